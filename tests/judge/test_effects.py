"""The effects that every account shares: the walk's basis, levels, and where each enters."""

from __future__ import annotations

import math

import numpy as np
import pytest
from tests.judge.records import set_up

from velveteen.judge.effects import CONTRAST_TERMS, DRIFT_SD, DRIFT_TERMS, joined, shared_effects, walk_basis
from velveteen.judge.record import build_record
from velveteen.measure.cells import Cell
from velveteen.measure.channels import parse_channels


@pytest.mark.parametrize("weeks", [10, 52, 130])
def test_the_basis_is_that_of_a_random_walk(weeks):
    basis = walk_basis(weeks, 400)
    middle = np.arange(weeks) + 0.5
    np.testing.assert_allclose(basis.T @ basis, np.minimum.outer(middle, middle) / 52, atol=2e-3 * weeks / 52)


def test_few_terms_keep_most_of_the_variance():
    few, many = walk_basis(52, DRIFT_TERMS), walk_basis(52, 400)
    assert (few**2).sum() >= 0.85 * (many**2).sum()


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
        drift.setdefault(instrument, set()).add(tuple(shared.column[i, -DRIFT_TERMS:].tolist()))
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
    assert shared.size == without.size + CONTRAST_TERMS
    harm = np.array([c.channel == "harm" for c in record.cells])
    calm, hard = shared.v0[:, -CONTRAST_TERMS:], (shared.v0 + shared.v1)[:, -CONTRAST_TERMS:]
    np.testing.assert_allclose(hard, -calm)
    assert calm[harm].any(axis=1).all()
    assert not calm[~harm].any()


def test_joined_effects_keep_their_places_and_are_independent():
    _, first, _ = set_up(cells("harm", [1, 2]))
    both = joined(first, first)
    np.testing.assert_array_equal(both.column[:, first.column.shape[1] :], first.column + first.size)
    np.testing.assert_array_equal(both.covariance[: first.size, first.size :], 0)
    np.testing.assert_array_equal(both.covariance[first.size :, first.size :], first.covariance)
