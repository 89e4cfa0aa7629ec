"""How weeks are named to people."""

from __future__ import annotations

from datetime import date

import pytest

from velveteen.measure.weeks import about_week, week_of


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2024, 3, 4), "about March 2024"),
        (date(2024, 2, 27), "about February 2024"),  # Thursday is the 29th
        (date(2023, 12, 31), "about December 2023"),
        (date(2024, 12, 30), "about January 2025"),  # most of that week lies in the new year
    ],
)
def test_a_week_known_roughly_is_named_by_the_month_that_most_of_it_lies_in(day, said):
    assert about_week(week_of(day)) == said


def test_a_record_without_dates_has_numbers():
    assert about_week(312, dated=False) == "about week 312"
