"""The effects that every account shares: the walk's basis, levels, and where each enters."""

from __future__ import annotations

import math

import numpy as np
import pytest
from tests.judge.records import set_up

from velveteen.judge.effects import (
    CONTRAST_SD,
    DRIFT_SD,
    MOST_TERMS,
    TERMS,
    joined,
    shared_effects,
    walk_basis,
    walk_terms,
)
from velveteen.judge.record import LONG, build_record
from velveteen.measure.cells import Cell
from velveteen.measure.channels import parse_channels


@pytest.mark.parametrize("weeks", [10, 52, 130])
def test_the_basis_is_that_of_a_random_walk(weeks):
    basis = walk_basis(weeks, 400)
    middle = np.arange(weeks) + 0.5
    np.testing.assert_allclose(basis.T @ basis, np.minimum.outer(middle, middle) / 52, atol=2e-3 * weeks / 52)


def test_few_terms_keep_most_of_the_variance():
    few, many = walk_basis(52, TERMS), walk_basis(52, 400)
    assert (few**2).sum() >= 0.85 * (many**2).sum()


def left_out(sd, weeks, terms):
    """Variance, averaged over the weeks, that a walk of that sd has beyond so many terms."""
    return sd**2 * (walk_basis(weeks, 1500)[terms:] ** 2).sum(axis=0).mean()


@pytest.mark.parametrize("sd", [*DRIFT_SD, CONTRAST_SD])
@pytest.mark.parametrize("weeks", [130, 208, 416, 600])
def test_a_longer_record_leaves_no_more_of_a_walk_out(sd, weeks):
    """A count of terms is rounded, which a half of a term or less may cost."""
    allowed = max(left_out(sd, LONG, TERMS), left_out(DRIFT_SD[1], LONG, TERMS))
    terms = walk_terms(sd, weeks)
    assert left_out(sd, weeks, terms) <= 1.25 * allowed
    assert (
        terms == TERMS or left_out(sd, weeks, terms - 2) > allowed
    )  # nor are there many more than are needed


@pytest.mark.parametrize("sd", [*DRIFT_SD, CONTRAST_SD])
def test_up_to_two_years_a_walk_has_two_terms_and_never_very_many(sd):
    assert {walk_terms(sd, weeks) for weeks in range(6, LONG + 1)} == {TERMS}
    assert walk_terms(sd, 2600) == MOST_TERMS


def test_over_eight_years_a_rating_drifts_in_more_terms_than_a_count():
    record, shared, _ = set_up(cells("harm", [2] * 416) + cells("equals", [4] * 416))
    used = {}
    for i, cell in enumerate(record.cells):
        here = shared.column[i, 3:][shared.v0[i, 3:] != 0.0]
        used.setdefault(cell.channel, set()).add(tuple(here.tolist()))
    counted, rated = (set().union(*used[name]) for name in ("harm", "equals"))
    assert (len(counted), len(rated)) == (walk_terms(DRIFT_SD[0], 416), walk_terms(DRIFT_SD[1], 416))
    assert not counted & rated
    basis = walk_basis(416, 8)
    rows = np.array([c.channel == "equals" for c in record.cells])
    scale = (record.sign * record.scale)[rows][:, None]
    np.testing.assert_allclose(shared.v0[rows][:, 3:], scale * basis[:, record.week[rows]].T)


def cells(channel, values, of=1.0, informant="partner"):
    return [Cell(t, channel, float(v), of, informant, 0.0) for t, v in enumerate(values)]


CUSTOM = parse_channels(
    '[acts]\nfamily = "count"\nbetter = "less"\n[share]\nfamily = "proportion"\nbetter = "more"\n'
    '[marks]\nfamily = "rating"\nbetter = "more"\n'
)


@pytest.mark.parametrize(
    ("channel", "values", "of", "centre"),
    [
        ("acts", [4, 6, 2], 0.5, math.log(12.5 / 1.5)),
        ("share", [1, 2, 0], 2.0, math.log((3.5 / 7) / (3.5 / 7))),
        ("marks", [1, 3, 8], 1.0, 4.0),
    ],
)
def test_a_channel_without_a_level_takes_a_wide_one_about_its_own_mean(channel, values, of, centre):
    record = build_record(cells(channel, values, of), [], CUSTOM)
    effects = shared_effects(record)
    assert effects.mean[0] == pytest.approx(centre)
    assert math.sqrt(effects.covariance[0, 0]) >= 1.0


def test_each_instrument_drifts_on_its_own_in_counting_and_in_rating():
    own = [
        (channel, who)
        for channel in ("harm", "promises", "regard", "equals")
        for who in ("partner", "therapist")
    ]
    record, shared, _ = set_up([c for channel, who in own for c in cells(channel, [1, 0], informant=who)])
    drift = {}
    for i, cell in enumerate(record.cells):
        instrument = (cell.informant, cell.channel in ("regard", "equals"))
        drift.setdefault(instrument, set()).add(tuple(shared.column[i, -TERMS:].tolist()))
    assert all(len(columns) == 1 for columns in drift.values())
    assert len(set().union(*drift.values())) == 4
    sds = np.sqrt(np.diag(shared.covariance))
    for (_, rated), columns in drift.items():
        np.testing.assert_allclose(sds[list(next(iter(columns)))], DRIFT_SD[rated])


def test_the_transient_is_gone_after_four_weeks():
    _, shared, _ = set_up(cells("equals", [4] * 8))
    fading = shared.v0[:, 2]
    assert (fading[:4] > 0).all()
    assert (np.diff(fading[:5]) < 0).all()
    assert (fading[4:] == 0).all()


def test_hard_days_are_worse_whichever_way_is_better():
    for channel in ("harm", "equals"):
        record, shared, _ = set_up(cells(channel, [2, 2]))
        worse = -record.sign[0]  # direction of worse on the linear predictor
        assert np.sign(shared.v1[0, 1] * shared.mean[1]) == worse


def test_the_contrast_of_hard_and_calm_days_drifts_where_both_are_told():
    told = [Cell(t, "harm", 2.0, strain=float(t % 2)) for t in range(8)]
    plain = [Cell(t, "regard", 4.0) for t in range(8)]
    record, shared, _ = set_up([*told, *plain])
    _, without, _ = set_up([*told[::2], *plain])
    assert shared.size == without.size + TERMS
    harm = np.array([c.channel == "harm" for c in record.cells])
    calm, hard = shared.v0[:, -TERMS:], (shared.v0 + shared.v1)[:, -TERMS:]
    np.testing.assert_allclose(hard, -calm)
    assert calm[harm].any(axis=1).all()
    assert not calm[~harm].any()


def test_joined_effects_keep_their_places_and_are_independent():
    _, first, _ = set_up(cells("harm", [1, 2]))
    both = joined(first, first)
    np.testing.assert_array_equal(both.column[:, first.column.shape[1] :], first.column + first.size)
    np.testing.assert_array_equal(both.covariance[: first.size, first.size :], 0)
    np.testing.assert_array_equal(both.covariance[first.size :, first.size :], first.covariance)
