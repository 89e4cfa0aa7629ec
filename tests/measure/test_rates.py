"""Rates a day, and acts by who was there and whom they met."""

from __future__ import annotations

from collections import Counter

import pytest
from tests.measure.diary import hurt, kind, on, wrote

from velveteen.measure.intervals import rate_range
from velveteen.measure.rates import by_audience, by_toward, dispersion, rate
from velveteen.measure.told import told


def test_a_rate_is_of_the_days_given() -> None:
    found = rate([on(0), on(0), on(8)], [on(n) for n in range(14)])
    assert (found.count, found.days) == (3, 14)
    assert found.daily is not None
    assert found.daily.value == pytest.approx(3 / 14)
    assert rate([], []).daily is None


def test_even_weeks_give_the_plain_interval_and_bunched_weeks_a_wider_one() -> None:
    days = [on(n) for n in range(70)]
    even, bunched = rate([on(7 * n) for n in range(10)], days), rate([on(0)] * 10, days)
    assert even.daily == rate_range(10, 70)
    assert bunched.daily is not None
    assert even.daily is not None
    assert bunched.daily.high > even.daily.high


def test_dispersion_is_pearson_s_by_hand() -> None:
    # Two weeks of seven days, 6 and 2 acts, 4 expected in each: (4 + 4) / 4 over one degree of freedom.
    assert dispersion(Counter({1: 6, 2: 2}), Counter({1: 7, 2: 7})) == pytest.approx(2.0)
    assert dispersion(Counter({1: 6}), Counter({1: 7})) == 1.0
    assert dispersion(Counter(), Counter({1: 7, 2: 7})) == 1.0


def test_acts_by_who_was_there_are_over_all_known_days() -> None:
    diary = told(
        [
            *map(wrote, range(3)), hurt(0, audience="alone"), kind(1, audience="public"), hurt(1), hurt(1, audience="x"),
        ],
        on(9),
    )  # fmt: skip
    found = by_audience(diary)
    assert list(found) == ["alone", "public", ""]
    assert [(b.harm.count, b.care.count, b.harm.days) for b in found.values()] == [
        (1, 0, 3),
        (0, 1, 3),
        (2, 0, 3),
    ]
    assert found["public"].kind is not None
    assert found["public"].kind.value == 1.0


def test_acts_by_whom_they_met() -> None:
    diary = told([hurt(0, toward="child"), kind(0, toward="me"), kind(1, toward="me")], on(9))
    found = by_toward(diary)
    assert {n: (b.harm.count, b.care.count) for n, b in found.items()} == {"me": (0, 2), "child": (1, 0)}
