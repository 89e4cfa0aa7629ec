"""One robustness item at a time is out while a household is judged, and back afterwards."""

import argparse

import numpy as np
import pytest
import robustness
from tests.judge.records import LIMITS, mixed_cells, set_up

from velveteen.judge import api
from velveteen.judge.accounts import ALL
from velveteen.judge.hyper import hyper_for
from velveteen.judge.record import build_record
from velveteen.measure.cells import TurningPoint
from velveteen.measure.channels import registry

CELLS = mixed_cells(8, 1, informants=("partner", "other"))
POINTS = [*LIMITS, TurningPoint(3, "loss_threatened"), TurningPoint(4, "boundary_held", 0.0)]
JUDGED = [name for name, item in robustness.ITEMS.items() if item.instead]


def seen():
    """Everything of a record that an item can touch, as numbers."""
    record = build_record(CELLS, POINTS, registry())
    shared, hyper = api.shared_effects(record), api.hyper_for(record)
    shapes = [
        (s.log_prior, *s.onset_log_prior) for f in ALL.values() for s in f(record, set_up(CELLS)[1]).shapes
    ]
    arrays = (
        record.node, record.log_weight, record.limit, shared.column, shared.mean, shared.covariance, hyper.sd,
        *map(np.array, shapes),
    )  # fmt: skip
    return [a.tolist() for a in arrays]


@pytest.mark.parametrize("name", JUDGED)
def test_an_item_is_out_inside_and_back_outside(name):
    before = seen()
    with robustness.without(name):
        assert seen() != before
    assert seen() == before


def test_with_no_name_the_judge_is_whole():
    before = seen()
    with robustness.without(""):
        assert seen() == before


def test_informants_that_drift_together_share_their_columns():
    record = build_record(CELLS, POINTS, registry())
    own, shared = api.shared_effects(record), robustness.drifting_together(record)
    assert len(record.informants) == 3
    assert own.size - shared.size == 2 * 2 * 2  # counting and rating, two terms each, of two informants


def test_ratings_at_their_median_leave_the_rest_of_the_hyperparameters():
    record = build_record(CELLS, POINTS, registry())
    free, fixed = hyper_for(record), robustness.fixed_ratings(record)
    changed = {n for n, a, b in zip(free.names, free.sd, fixed.sd, strict=True) if a != b}
    assert changed == {"rating_sd", "rating_share"}
    assert fixed.centre.tolist() == free.centre.tolist()


def row(truth, **nats):
    known = dict.fromkeys((*robustness.SIX, "none_of_these"), 0.0) | nats
    return {"truth": truth, "weeks": 32, "log_evidence": known}


def test_differences_are_of_the_same_households():
    whole = [row("same", same=9.0), row("worse", worse=0.5), row("same", lasting=9.0)]
    less = [row("same", same=9.0), row("worse", same=5.0), row("same", lasting=9.0)]
    told = robustness.compared(whole, less, "drift")
    first, second, apart, error = told["right"]
    assert (first, second, apart) == pytest.approx((2 / 3, 1 / 3, 1 / 3))
    assert error == pytest.approx(1 / 3)  # of 0, 1, 0: sd sqrt(1/3), by sqrt(3)
    assert (told["with"]["sure"], told["with"]["sure and right"]) == (2, 1)
    assert (told["without"]["sure"], told["without"]["sure and right"]) == (3, 1)
    assert (told["with"]["false hope"], told["with"]["false improvement"], told["with"]["still"]) == (1, 1, 3)


def test_none_of_these_is_weighed_or_not_on_the_same_evidence():
    rows = [row("same", same=9.0, none_of_these=20.0)]
    odds = robustness.odds(rows[0], robustness.FIVE, none=True)
    assert odds["none_of_these"] == pytest.approx(
        1 / (1 + 0.95 / 5 / 0.05 * (np.exp(-11) + 4 * np.exp(-20))), rel=1e-9
    )
    told = robustness.compared(rows, rows, "none_of_these")
    assert told["right"][:2] == (0.0, 1.0)


def test_a_refused_household_counts_in_neither():
    whole, less = (
        [row("same", same=9.0), {"truth": "same", "refused": "too_few_weeks"}],
        [row("same"), row("same")],
    )
    assert robustness.compared(whole, less, "drift")["households"] == 1


def test_plain_households_come_from_three_worlds_and_never_from_the_one_kept_for_last():
    for name, item in robustness.ITEMS.items():
        met = robustness.settings(name, robustness.WORLDS)
        assert {scenario for scenario, _ in met} == set(item.scenarios)
        if "plain" in item.scenarios:
            assert {w for s, w in met if s == "plain"} == {"circle", "other_world", "blind_world"}
    assert {name for name, item in robustness.ITEMS.items() if "plain" not in item.scenarios} == {
        "two_drifts"
    }


def test_households_are_the_same_with_an_item_and_without():
    args = argparse.Namespace(households=7, weeks=32, seed=3)
    whole, less = (
        robustness.jobs(item, "felt_limit", "plain", "circle", args) for item in ("", "felt_limit")
    )
    assert [j[1:] for j in whole] == [j[1:] for j in less]
    assert {j[3] for j in whole} == set(robustness.SIX)
    assert "conditional" not in {j[3] for j in robustness.jobs("", "drift", "plain", "circle", args)}
