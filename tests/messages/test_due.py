"""Days that are named as due, from the day of writing."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from velveteen.messages.due import due

SUNDAY, MONDAY = date(2026, 11, 22), date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "on", "expected"),
    [
        ("by Friday", SUNDAY, date(2026, 11, 27)),
        ("on Sunday", SUNDAY, date(2026, 11, 29)),
        ("next Friday", SUNDAY, date(2026, 11, 27)),
        ("next Friday", MONDAY, date(2026, 12, 4)),
        ("bis Mittwoch", MONDAY, date(2026, 11, 25)),
        ("tomorrow morning", SUNDAY, MONDAY),
        ("the day after tomorrow", SUNDAY, date(2026, 11, 24)),
        ("übermorgen", SUNDAY, date(2026, 11, 24)),
        ("tonight", SUNDAY, SUNDAY),
        ("by six", SUNDAY, SUNDAY),
        ("this week", MONDAY, date(2026, 11, 29)),
        ("at the weekend", MONDAY, date(2026, 11, 29)),
        ("next week", MONDAY, date(2026, 12, 6)),
        ("by the end of the month", MONDAY, date(2026, 11, 30)),
        ("bis Monatsende", MONDAY, date(2026, 11, 30)),
        ("next month", date(2026, 12, 5), date(2027, 1, 31)),
        ("this year", MONDAY, date(2026, 12, 31)),
        ("by Christmas", MONDAY, date(2026, 12, 25)),
        ("by Christmas", date(2026, 12, 26), date(2027, 12, 25)),
        ("in two weeks", MONDAY, date(2026, 12, 7)),
        ("within 10 days", MONDAY, date(2026, 12, 3)),
        ("in a month", date(2027, 1, 31), date(2027, 2, 28)),
        ("in drei Wochen", MONDAY, date(2026, 12, 14)),
        ("by 3 December", MONDAY, date(2026, 12, 3)),
        ("on January 5th", MONDAY, date(2027, 1, 5)),
        ("am 3.12.", MONDAY, date(2026, 12, 3)),
        ("on 1 March", MONDAY, date(2027, 3, 1)),
    ],
)
def test_the_day_that_is_meant(text, on, expected) -> None:
    found = due(text, on)
    assert found is not None
    assert found[0] == expected


@pytest.mark.parametrize("text", ["soon", "one day", "31 February", "the Fridays of old", "mondaine"])
def test_no_day_is_named(text) -> None:
    assert due(text, SUNDAY) is None


def test_of_two_days_the_first_is_due_and_its_words_are_pointed_at() -> None:
    text = "call on Tuesday, then again on Friday"
    day, (start, end) = due(text, SUNDAY)
    assert (day, text[start:end]) == (date(2026, 11, 24), "on Tuesday")


@given(st.text(), st.dates(date(1900, 1, 1), date(2200, 1, 1)))
def test_no_day_that_is_due_lies_before_the_day_of_writing(text, on) -> None:
    found = due(text, on)
    assert found is None or found[0] >= on
