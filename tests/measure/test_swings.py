"""Swings: warm to cold and back counts; trends, steps, single days and gaps do not."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.measure.diary import entry, on, rated, wrote

from velveteen.measure.swings import NEEDED, Swings, deviations, swings
from velveteen.measure.told import told

FLAT = [5.0] * 120


def found(ratings: list[float | None]) -> Swings:
    return swings(told(rated(ratings), on(9999)))


def put(ratings: list[float | None], at: int, *values: float | None) -> list[float | None]:
    return [*ratings[:at], *values, *ratings[at + len(values) :]]


def test_warm_then_cold_then_warm_is_two_swings_with_how_far_and_how_fast() -> None:
    swung = found(put(FLAT, 50, 8, 8, 5, 2, 3, 5, 5, 7, 7))
    assert [(s.day, s.cold, s.points, s.days) for s in swung.found] == [
        (on(53), True, 6.0, 2),
        (on(57), False, 4.0, 3),
    ]
    assert (swung.often.count, swung.far, swung.fast) == (2, None, None)


def test_a_single_cold_day_is_none() -> None:
    assert found(put(FLAT, 50, 8, 8, 2, 8, 8)).found == ()


def test_wavering_about_one_line_is_none() -> None:
    assert found(put(FLAT, 50, 8, 8, 5, 8, 8, 5, 8, 8, 5)).found == ()


def test_half_a_point_is_no_warmth() -> None:
    assert found(put(FLAT, 50, 5.5, 5.5, 4.5, 4.5, 5.5, 5.5)).found == ()


def test_where_days_differ_widely_small_swings_are_none() -> None:
    wide: list[float | None] = [10.0 if n // 4 % 2 else 0.0 for n in range(200)]
    small = put(wide, 100, *[6.5 if n // 4 % 2 else 3.5 for n in range(40)])
    assert not [s for s in found(small).found if on(101) <= s.day < on(140)]
    assert len(found(wide).found) == 49


def test_days_without_a_word_are_not_bridged() -> None:
    assert len(found(put(FLAT, 50, 8, 8, 2, 2, 8, 8)).found) == 2
    assert found(put(FLAT, 50, 8, 8, None, 2, 2, None, 8, 8)).found == ()


def test_a_day_without_a_rating_is_not_bridged_either() -> None:
    entries = rated(put(FLAT, 50, 8, 8, None, 2, 2, None, 8, 8))
    assert swings(told([*entries, wrote(52), wrote(55)], on(999))).found == ()


def test_a_written_day_without_contact_is_passed_over_and_one_together_is_not() -> None:
    def with_a_day(**payload: object) -> int:
        entries = rated(put(FLAT, 50, 8, 8, None, 2, 2, None, 8, 8))
        return len(swings(told([*entries, *[entry("day", n, **payload) for n in (52, 55)]], on(999))).found)

    assert with_a_day(contact=False) == 2
    assert with_a_day(contact=True) == 0


@pytest.mark.parametrize("end", [0.0, 10.0])
def test_a_steady_trend_over_the_whole_scale_is_no_swing(end: float) -> None:
    assert found([5 + (end - 5) * n / 299 for n in range(300)]).found == ()


@pytest.mark.parametrize("after", [1.0, 9.0])
def test_a_lasting_step_is_no_swing(after: float) -> None:
    assert found([5.0] * 150 + [after] * 150).found == ()


def test_a_step_that_is_undone_within_a_quarter_is_two_and_later_is_none() -> None:
    assert len(found([3.0] * 150 + [8.0] * 60 + [3.0] * 150).found) == 2
    assert found([3.0] * 150 + [8.0] * 120 + [3.0] * 150).found == ()


def test_a_trend_under_swings_leaves_their_number_as_it_is() -> None:
    waves = [1.7 if n // 4 % 2 else -1.7 for n in range(400)]
    level, rising = ([5 + trend * (n - 200) / 400 + w for n, w in enumerate(waves)] for trend in (0.0, 3.0))
    assert len(found(level).found) == 99
    assert len(found(rising).found) == 99


def test_watched_days_follow_a_known_side_and_are_the_exposure() -> None:
    swung = found(put(FLAT, 50, 8, 8))
    assert swung.watched == tuple(on(n) for n in range(52, 120))
    assert swung.often.days == 68
    assert [(day, r.days) for day, r in swung.quarters] == [(on(52), 68)]


def test_quarters_hold_all_swings_and_leave_out_what_nobody_watched() -> None:
    waves: list[float | None] = [7.0 if n // 4 % 2 else 3.0 for n in range(100)]
    swung = found([*waves, *[None] * 100, *waves])
    assert sum(r.count for _, r in swung.quarters) == len(swung.found) == 48
    assert [(day - swung.watched[0]).days for day, _ in swung.quarters] == [0, 91, 182, 273][
        : len(swung.quarters)
    ]
    assert swung.far is not None
    assert swung.far.value == 4.0
    assert swung.fast is not None
    assert swung.fast.value == 1


def test_too_few_ratings_around_give_no_level() -> None:
    days = [on(n) for n in range(NEEDED - 1)]
    assert np.isnan(deviations(days, np.full(len(days), 5.0))).all()
    assert found([8.0] * 5 + [2.0] * 5).watched == ()
    assert found([]).found == ()


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 20)), min_size=1, max_size=120))
@settings(max_examples=60, deadline=None)
def test_the_level_is_the_mean_of_the_ratings_around(steps: list[tuple[int, int]]) -> None:
    at = np.cumsum([gap + 1 for gap, _ in steps])
    values = np.array([half / 2 for _, half in steps])
    plain = [
        np.mean(values[abs(at - day) <= 45]) if (abs(at - day) <= 45).sum() >= NEEDED else np.nan
        for day in at
    ]
    assert deviations([on(int(n)) for n in at], values) == pytest.approx(
        values - np.array(plain), nan_ok=True
    )
