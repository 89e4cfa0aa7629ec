"""Weeks: Monday to Sunday, numbered without gaps, so that a difference is a number of weeks."""

from __future__ import annotations

from datetime import date


def week_of(day: date) -> int:
    """Number of the week in which `day` lies (0 is the week of Monday, 1 January of the year 1)."""
    return (day.toordinal() - 1) // 7


def monday(week: int) -> date:
    """The Monday with which `week` begins; the inverse of `week_of`."""
    return date.fromordinal(week * 7 + 1)


def week_name(week: int, *, dated: bool = True) -> str:
    """How a week is named to people: by its Monday, or by its number in a record without dates."""
    return f"week of {monday(week).isoformat()}" if dated else f"week {week}"
