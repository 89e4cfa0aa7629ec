"""Paths scored in full: against one evaluation by hand, moved uphill, and how sharply a change is known."""

from __future__ import annotations

import math

import numpy as np
import pytest
from tests.judge.long_records import course, long_cells
from tests.judge.records import set_up

from velveteen.judge.accounts import ALL
from velveteen.judge.evaluate import Evaluator
from velveteen.judge.regimes import Regime, path_log_prior, survival
from velveteen.judge.regimes_rescored import Rescored, shifted

SHARP = (Regime(44, "worse", 1), Regime(70, "level", 1))


@pytest.fixture(scope="module")
def setting():
    cells = long_cells(course(100, (40, -1.6), (70, 1.4)), 3)
    record, shared, hyper = set_up(cells)
    return record, shared, hyper, Rescored(record, shared, hyper, np.zeros(hyper.size))


def test_a_path_of_one_change_is_the_account_of_that_change(setting):
    record, shared, hyper, full = setting
    account = ALL["worse"](record, shared)
    evaluator = Evaluator(record, account, hyper)
    evaluator.follow(account.shapes[0], 43)  # onsets begin with week 1
    regime = Regime(44, "worse", 1)
    expected = evaluator(np.zeros(hyper.size)) + path_log_prior((regime,)) + math.log(survival(56))
    assert full((regime,)) == pytest.approx(expected, abs=1e-7)


def test_changes_move_to_where_they_are_likeliest(setting):
    full = setting[3]
    refined = full.refined(SHARP)
    assert full(refined) > full(SHARP)
    assert [abs(r.onset - week) <= 2 for r, week in zip(refined, (40, 70), strict=True)] == [True, True]
    assert full.refined(refined) == refined


def test_a_regime_too_short_to_be_one_is_nothing(setting):
    assert setting[3]((Regime(40, "worse", 1), Regime(44, "level", 1))) == -math.inf


def test_the_volume_of_a_sharp_change_is_small_and_of_a_weak_one_large(setting):
    full = setting[3]
    refined = full.refined(SHARP)
    sharp = full.log_volume(refined)
    weak = full.log_volume((Regime(20, "outward", 40), refined[0]))
    assert 0 <= sharp < weak - 1


def test_the_volume_leaves_the_last_change_alone(setting):
    assert setting[3].log_volume((Regime(40, "worse", 1),)) == 0


def test_a_shift_moves_what_changed_in_that_week():
    ended = Regime(20, "level", 1, until=60, fade=6)
    assert shifted((ended,), 60, 63) == (Regime(20, "level", 1, until=63, fade=6),)
    assert shifted((ended,), 20, 18) == (Regime(18, "level", 1, until=60, fade=6),)
    assert shifted((ended,), 33, 34) == (ended,)


def test_a_return_gains_what_the_path_with_it_has_more(setting):
    full = setting[3]
    worse = (full.refined((Regime(40, "worse", 1),))[0],)
    end = Regime(30, "worse", 1, until=69, fade=1)  # of another onset: only its end is taken
    gained = full.returned(worse, 0, end)
    options = [(Regime(worse[0].onset, "worse", 1, until=week, fade=1),) for week in range(62, 79)]
    scores = [full(path) - path_log_prior(worse) - full.evidence(worse) for path in options]
    assert max(scores) <= gained <= max(scores) + math.log(17)


def test_a_return_too_soon_after_is_none(setting):
    worse = (Regime(40, "worse", 1),)
    assert setting[3].returned(worse, 0, Regime(40, "worse", 1, until=45, fade=1)) == -math.inf


def test_a_change_far_off_moves_two_steps_at_once():
    cells = long_cells(course(100, (40, -2.0)), 1)
    record, shared, hyper = set_up(cells)
    full = Rescored(record, shared, hyper, np.zeros(hyper.size))
    assert full._moved((Regime(60, "worse", 1),), 60, 4) == (Regime(52, "worse", 1),)
