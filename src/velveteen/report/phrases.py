"""Numbers, dates and lists as a person would say them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time


def day(moment: date) -> str:
    """12 March 2024."""
    return f"{moment.day} {moment:%B %Y}"


def short_day(moment: date) -> str:
    """12 Mar 2024."""
    return f"{moment.day} {moment:%b %Y}"


def moment(at: datetime) -> str:
    """12 Mar 2024, 08:05."""
    return f"{short_day(at)}, {at:%H:%M}"


def happened(at: datetime) -> str:
    """12 Mar 2024, 08:05; without the hour where only the day is known, which is kept as midnight."""
    return moment(at) if at.time() != time() else short_day(at)


def span(first: date, last: date) -> str:
    """5 May to 1 June 2024; the year once where it is the same."""
    if first.year == last.year:
        return f"{first.day} {first:%B} to {day(last)}"
    return f"{day(first)} to {day(last)}"


def count(number: int, one: str, many: str = "") -> str:
    """1 day, 3 days, no days."""
    noun = one if number == 1 else many or f"{one}s"
    return f"{number or 'no'} {noun}"


def times(number: int) -> str:
    """Once, twice, 3 times."""
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def amount(number: float) -> str:
    """One decimal below ten, none above; never a trailing .0."""
    text = f"{number:.1f}" if abs(number) < 10 else f"{number:.0f}"
    return text.removesuffix(".0")


def joined(parts: Sequence[str]) -> str:
    """a, b and c."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def plain(name: str) -> str:
    """An identifier as words: put_down -> put down."""
    return name.replace("_", " ")
