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


_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def about_week(week: int, *, dated: bool = True) -> str:
    """How a week that is known roughly is named: "about March 2024", or "about week 312" in a record without dates."""
    if not dated:
        return f"about week {week}"
    thursday = date.fromordinal(week * 7 + 4)  # the month in which most of the week lies
    return f"about {_MONTHS[thursday.month - 1]} {thursday.year}"
