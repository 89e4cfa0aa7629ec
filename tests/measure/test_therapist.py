"""A therapist's ratings beside those from home, in the same weeks."""

from __future__ import annotations

import pytest

from velveteen.measure.cells import Cell
from velveteen.measure.therapist import beside_home


def cell(week: int, value: float, informant: str, of: float = 1.0, strain: float | None = None) -> Cell:
    return Cell(week, "regard", value, of, informant, strain)


def test_weeks_that_both_rated_are_compared_and_others_are_not() -> None:
    cells = [
        *[cell(w, 7.0, "therapist") for w in range(6)], *[cell(w, 4.0, "partner", 3, 0.0) for w in range(1, 9)],
        *[cell(w, 1.0, "partner", 1, 1.0) for w in range(1, 9)],
    ]  # fmt: skip
    (found,) = beside_home(cells)
    assert (found.channel.name, found.weeks, found.therapist) == ("regard", 5, 7.0)
    assert found.home == pytest.approx(3.25)
    assert found.higher is not None
    assert found.higher.value == pytest.approx(3.75)


def test_few_weeks_bound_nothing_and_none_say_nothing() -> None:
    (found,) = beside_home([cell(0, 7, "therapist"), cell(0, 4, "partner")])
    assert found.higher is None
    assert beside_home([cell(0, 7, "therapist"), cell(1, 4, "partner"), cell(0, 4, "self")]) == []


def test_counts_are_not_ratings_and_weeks_without_weight_do_not_count() -> None:
    counts = [Cell(0, "harm", 2.0, 1.0, who) for who in ("therapist", "partner")]
    assert beside_home([*counts, cell(0, 7, "therapist", 0.0), cell(0, 4, "partner")]) == []
