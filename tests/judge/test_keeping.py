"""A record whose keeping bends its odds says so, and a record kept evenly does not."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from tests.judge.records import CHANNELS, harm

from velveteen.judge.keeping import at_least, falls, find_keeping
from velveteen.judge.record import build_record
from velveteen.measure.cells import Cell


def codes(cells):
    return [p.code for p in find_keeping(build_record(cells, [], CHANNELS))]


EVEN = harm(range(40), [3, 1] * 20)


def test_a_record_kept_evenly_has_no_warning():
    assert codes(EVEN) == []


def test_a_short_record_has_none_and_neither_has_one_without_a_writer():
    assert codes(harm(range(11), 1, strain=None)) == []
    assert codes(harm(range(40), 1, strain=None, informant="messages")) == []
    assert codes([Cell(t, "equals", 5.0, 1.0, "partner") for t in range(40)]) == []


def test_writing_that_thins_out():
    thinner = [Cell(t, "harm", 1.0, max(0.15, 1.0 - t / 40), "partner", 0.0) for t in range(40)]
    assert codes(thinner) == ["writing_thins_out"]
    assert codes([Cell(39 - c.week, *c.key[1:2], c.value, c.of, "partner", 0.0) for c in thinner]) == []


def test_thinner_by_a_little_or_by_chance_is_not_said():
    little = [Cell(t, "harm", 1.0, 1.0 - t / 160, "partner", 0.0) for t in range(40)]
    assert codes(little) == []
    assert codes(harm([*range(12), 13], 1)) == []


def test_how_much_is_left_is_the_records_own():
    cells = [Cell(t, "harm", 1.0, 1.0 if t < 20 else 0.25, "partner", 0.0) for t in range(36)]
    (problem,) = find_keeping(build_record(cells, [], CHANNELS))
    assert "about 25 in 100" in problem.message


def alternating(hard_beside):
    """Every fifth week is missing; the weeks next to it are hard, or calm, and the others are not."""
    cells = []
    for t in range(60):
        beside = t % 5 in (1, 4)
        if t % 5:
            cells += harm([t], 9 if beside == hard_beside else 1)
    return cells


@pytest.mark.parametrize(("hard", "code"), [(True, "hard_weeks_missing"), (False, "calm_weeks_missing")])
def test_weeks_missing_beside_hard_or_calm_ones(hard, code):
    assert codes(alternating(hard)) == [code]


def test_weeks_missing_anywhere_are_not_said_to_follow_anything():
    rng = np.random.default_rng(5)
    cells = [c for t in range(60) if t % 5 for c in harm([t], int(rng.poisson(3)))]
    assert codes(cells) == []


def test_several_channels_say_together_how_hard_a_week_was():
    rated = [
        Cell(c.week, "regard", 10.0 - c.value, 1.0, "partner", 0.0) for c in alternating(hard_beside=True)
    ]
    assert codes([*alternating(hard_beside=True), *rated]) == ["hard_weeks_missing"]


@pytest.mark.parametrize(("strain", "found"), [(None, True), (0.3, True), (0.0, False), (1.0, False)])
def test_one_figure_for_a_whole_week(strain, found):
    assert codes(harm(range(30), [2, 1] * 15, strain=strain)) == (["whole_weeks"] if found else [])


def test_calm_and_hard_days_apart_are_no_whole_weeks():
    both = [*harm(range(30), 2, strain=0.3), *harm(range(30), 2, strain=1.0)]
    assert codes(both) == []


@pytest.mark.parametrize(
    ("hits", "drawn", "marked", "size"), [(0, 3, 4, 9), (3, 3, 4, 9), (5, 8, 10, 25), (2, 2, 1, 5)]
)
def test_the_exact_test_is_the_hypergeometric_tail(hits, drawn, marked, size):
    assert at_least(hits, drawn, marked, size) == pytest.approx(
        stats.hypergeom.sf(hits - 1, size, marked, drawn)
    )


@pytest.mark.parametrize("seed", range(4))
def test_the_trend_test_is_near_kendalls(seed):
    rng = np.random.default_rng(seed)
    values = rng.integers(0, 6, 40) - 0.05 * np.arange(40)
    other = stats.kendalltau(np.arange(40), values, method="asymptotic", alternative="less").pvalue
    assert falls(values) == pytest.approx(other, abs=0.02)


def test_no_trend_in_a_constant():
    assert falls(np.ones(12)) == 1.0
