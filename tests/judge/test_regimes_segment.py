"""The accounts of a present segment: the short judge's trajectories, begun within it, on top of what was before."""

from __future__ import annotations

import numpy as np
import pytest
from tests.judge.records import LIMITS, NAMES, harm, mixed_cells, set_up

from velveteen.judge.accounts import ALL
from velveteen.judge.api import weigh
from velveteen.judge.record import build_record
from velveteen.judge.regimes import Regime, with_regimes
from velveteen.judge.regimes_segment import present, segment_account, weigh_segment
from velveteen.measure.cells import TurningPoint
from velveteen.measure.channels import registry

START, WEEKS = 25, 40
POINTS = [
    TurningPoint(5, "loss_threatened"), TurningPoint(30, "loss_threatened"), TurningPoint(31, "boundary_held"), *LIMITS,
]  # fmt: skip
CELLS = mixed_cells(WEEKS, 3)


@pytest.fixture(scope="module")
def setting():
    return set_up(CELLS, POINTS)


@pytest.mark.parametrize("name", NAMES)
def test_trajectories_are_those_of_the_segment_taken_alone(setting, name):
    record, shared, _ = setting
    alone = build_record([c for c in CELLS if c.week >= START], POINTS[1:3], registry())
    effects = with_regimes(record, shared, (Regime(START, "worse", 6),))
    account = segment_account(name, record, effects, START)
    expected = ALL[name](present(record, START), set_up([c for c in CELLS if c.week >= START])[1]).shapes
    assert alone.weeks == WEEKS - START
    assert len(account.shapes) == len(expected)
    for shape, own in zip(account.shapes, expected, strict=True):
        inside = own.onsets >= 0
        np.testing.assert_array_equal(shape.onsets, own.onsets[inside] + START)
        np.testing.assert_array_equal(shape.profiles[:, START:], own.profiles[inside])
        np.testing.assert_array_equal(shape.columns[:, START:], own.columns)
        assert not shape.profiles[:, :START].any()
        assert not shape.columns[:, :START].any()
        assert np.exp(shape.onset_log_prior).sum() == pytest.approx(1)


@pytest.mark.parametrize("name", NAMES)
def test_every_account_shares_the_earlier_regimes(setting, name):
    record, shared, _ = setting
    path = (Regime(10, "level", 1), Regime(START, "worse", 6))
    effects = with_regimes(record, shared, path)
    account = segment_account(name, record, effects, START)
    assert account.first_own == effects.size
    np.testing.assert_array_equal(account.effects.column[:, : account.shared], effects.column)
    np.testing.assert_array_equal(account.effects.mean[: account.first_own], effects.mean)


def test_the_present_is_the_record_of_its_weeks(setting):
    record = setting[0]
    now = present(record, START)
    alone = build_record([c for c in CELLS if c.week >= START], POINTS, registry())
    for name in ("first", "weeks", "cells", "loss", "last_threat"):
        assert getattr(now, name) == getattr(alone, name) or name == "loss"
    for name in ("channel", "week", "y", "of", "family", "node", "log_weight"):
        np.testing.assert_array_equal(getattr(now, name), getattr(alone, name))
    np.testing.assert_array_equal(now.limit[0], alone.limit[0])
    assert now.loss == (30 - START,)
    assert present(harm_record(), START).last_threat is None


def harm_record():
    return build_record(harm(range(WEEKS), 2.0), [], registry())


def test_without_earlier_regimes_it_is_the_short_judge(setting):
    record, shared, hyper = setting
    short = weigh(CELLS, POINTS, registry()).log_evidence()
    long = weigh_segment(record, shared, hyper, (), None)
    assert set(long) == set(NAMES)
    for name, evidence in long.items():
        assert evidence.log == pytest.approx(short[name], abs=1e-8)


def test_what_cannot_be_told_in_the_present_is_left_out_or_shared():
    """Hard days and limits that lie before the segment tell nothing of it."""
    cells = harm(range(START), 2.0, strain=1.0) + harm(range(WEEKS), 3.0)
    record, shared, hyper = set_up(cells, LIMITS)
    evidences = weigh_segment(record, shared, hyper, (Regime(START, "worse", 1),), None)
    assert set(evidences) == set(NAMES) - {"conditional"}
    assert evidences["surface"] is evidences["lasting"]
