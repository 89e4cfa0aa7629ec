"""Cells become marks, and weeks become runs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from velveteen.measure.cells import Cell
from velveteen.measure.channels import registry
from velveteen.report.series import Mark, Run, gaps, marks, mean, runs, said


def test_counts_are_rates_over_exposure_and_ratings_weighted_means() -> None:
    cells = [Cell(5, "harm", 3, 3 / 7, strain=0.0), Cell(5, "harm", 1, 4 / 7, "messages", 0.0)]
    cells += [Cell(5, "regard", 4.0, 3, strain=0.0), Cell(5, "regard", 8.0, 1, "other", 0.0)]
    assert marks(cells, registry()["harm"], 1) == [Mark(5, "calm", pytest.approx(4.0), pytest.approx(1.0))]
    assert marks(cells, registry()["regard"], 1) == [Mark(5, "calm", pytest.approx(5.0), 4)]


def test_proportions_are_gathered_by_four_weeks() -> None:
    cells = [
        Cell(week, "promises", kept, 1, strain=0.0) for week, kept in ((10, 1), (12, 0), (13, 1), (14, 1))
    ]
    assert [(m.week, m.value) for m in marks(cells, registry()["promises"], 4)] == [
        (10, pytest.approx(2 / 3)),
        (14, 1.0),
    ]


def test_kinds_of_day_stay_apart_and_their_own_rating_of_themselves_stays_out() -> None:
    cells = [Cell(1, "harm", 1, 1, strain=s) for s in (0.0, 0.4, 0.5, 1.0, None)]
    cells = [
        Cell(c.week, c.channel, c.value, c.of, strain=c.strain, audience=str(i)) for i, c in enumerate(cells)
    ]
    found = marks([*cells, Cell(1, "harm", 50, 1, "self", 0.0)], registry()["harm"], 1)
    assert [(m.kind, m.weight) for m in found] == [("calm", 2), ("hard", 2), ("not told", 1)]
    assert {m.value for m in found} == {1.0}


def test_a_mean_counts_what_stands_behind_each_mark() -> None:
    assert mean([Mark(1, "calm", 2.0, 3.0), Mark(2, "calm", 6.0, 1.0)]) == pytest.approx(3.0)


def test_values_in_words() -> None:
    assert said(0.314, registry()["promises"]) == "31 %"
    assert [said(v, registry()["harm"]) for v in (2.04, 12.6, 0.0)] == ["2", "13", "0"]


@given(st.sets(st.integers(0, 60)))
def test_runs_and_gaps_cover_every_week_once(weeks: set[int]) -> None:
    found = runs(weeks)
    covered = [w for r in found for w in range(r.first, r.last + 1)]
    assert covered == sorted(weeks)
    between = [w for r in gaps(found) for w in range(r.first, r.last + 1)]
    assert sorted(covered + between) == (list(range(min(weeks), max(weeks) + 1)) if weeks else [])


def test_a_gap_by_hand() -> None:
    assert gaps(runs([1, 2, 5])) == [Run(3, 4)]
