"""Which of a date's three numbers is the day: decided by the whole file, or asked, never guessed.

Every order under which the dates exist is scored: how many are no date at all (a month above 12), and how many
steps from one line to the next go back by more than two weeks. Clocks of two phones and late messages step back by
hours or days; a wrong order steps back by at least 20 days each time that a month turns.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from velveteen.messages.formats import calendars
from velveteen.problems import AmbiguousDates, BadInput, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

Order = tuple[int, int, int]
"""Positions of year, month and day among the three numbers."""
DAY_MONTH_YEAR: Order = (2, 1, 0)
MONTH_DAY_YEAR: Order = (2, 0, 1)
YEAR_MONTH_DAY: Order = (0, 1, 2)
YEAR_DAY_MONTH: Order = (0, 2, 1)
DAY_YEAR_MONTH: Order = (1, 2, 0)
MONTH_YEAR_DAY: Order = (1, 0, 2)
_DAY_FIRST = {DAY_MONTH_YEAR: True, MONTH_DAY_YEAR: False, DAY_YEAR_MONTH: True, MONTH_YEAR_DAY: False}

STEP_BACK = timedelta(days=14).days
_NUMBERS = re.compile(r"\d+")
_ERA = re.compile(r"[RrHh](?=\d)")


@dataclass(frozen=True, slots=True)
class _Reading:
    """The dates of a file under one order: one entry a run of lines with the same date text; None is no date."""

    order: Order
    calendar: str
    days: tuple[date | None, ...]

    @property
    def invalid(self) -> int:
        return sum(day is None for day in self.days)

    @property
    def steps_back(self) -> int:
        valid = [day.toordinal() for day in self.days if day is not None]
        return sum(before - after > STEP_BACK for before, after in pairwise(valid))

    @property
    def misfits(self) -> int:
        return self.invalid + self.steps_back


def read_dates(texts: Sequence[str], day_first: bool | None) -> tuple[dict[str, date | None], list[Problem]]:
    """The date of each distinct text (None: no date in the file's order), and what is to be said about how it was read.

    Args:
        texts: the date part of each header, in the order of the file, repetitions left out or not; at least one.
        day_first: the reader's own answer, or None.

    Raises:
        AmbiguousDates: day and month could be either way round.
        BadInput: `day_first` cannot be right for this file, or its years are of a calendar that is not known.
    """
    runs = [text for i, text in enumerate(texts) if i == 0 or text != texts[i - 1]]
    numbers = {text: _numbers(text) for text in set(runs)}
    readings = [_reading(order, runs, numbers) for order in _orders(list(numbers.values()))]
    if all(day is None for reading in readings for day in reading.days):
        raise BadInput("unknown_calendar", f"The dates in this chat, such as “{runs[0]}”, are of a calendar that cannot "
                       "be read yet, so no date was guessed. Nothing is lost: set the phone to the Gregorian calendar "
                       "and export the chat again.")  # fmt: skip
    chosen, problems = _choose(_comparable(readings), day_first, runs[0])
    whole = next(reading for reading in readings if reading.order == chosen.order)
    return dict(zip(runs, whole.days, strict=True)), problems + _calendar_note(whole)


def _numbers(text: str) -> tuple[tuple[int, int, str], ...]:
    """(value, number of digits, era letter) of each of the three numbers."""
    era = "era" if _ERA.search(text) else ""
    values = [(int(n), len(n)) for n in _NUMBERS.findall(text)]
    return tuple(
        (value, digits, _era_letter(text) if era and i == 2 else "")
        for i, (value, digits) in enumerate(values)
    )


def _era_letter(text: str) -> str:
    found = _ERA.search(text)
    return found[0].upper() if found else ""


def _orders(dates: list[tuple[tuple[int, int, str], ...]]) -> list[Order]:
    """Orders that the numbers' sizes leave open; the year is where most dates have it."""
    long = [sum(d[i][1] >= 3 or d[i][0] > 31 or d[i][2] != "" for d in dates) for i in range(3)]
    if max(long) * 2 <= len(dates):
        return [DAY_MONTH_YEAR, MONTH_DAY_YEAR, YEAR_MONTH_DAY]
    position = long.index(max(long))
    if position == 0:
        swapped = sum(d[1][0] > 12 for d in dates) * 2 > len(dates)
        return [YEAR_DAY_MONTH if swapped else YEAR_MONTH_DAY]
    return [DAY_YEAR_MONTH, MONTH_YEAR_DAY] if position == 1 else [DAY_MONTH_YEAR, MONTH_DAY_YEAR]


def _reading(order: Order, runs: list[str], numbers: dict[str, tuple[tuple[int, int, str], ...]]) -> _Reading:
    calendar = calendars.of_years([n[order[0]] for n in numbers.values()])
    days = {text: _day(n, order, calendar) for text, n in numbers.items()}
    return _Reading(order, calendar, tuple(days[text] for text in runs))


def _day(numbers: tuple[tuple[int, int, str], ...], order: Order, calendar: str) -> date | None:
    year, month, day = (numbers[i] for i in order)
    return calendars.to_date(calendar, year, month[0], day[0])


def _comparable(readings: list[_Reading]) -> list[_Reading]:
    """The readings on the dates that exist under at least one of them; a date that is none anyway speaks for no order.

    With two-digit years, the year first is dropped where it would put all messages on one and the same day of
    different months or years: that is a chat of one year with the year last.
    """
    some = [any(days) for days in zip(*(r.days for r in readings), strict=True)]
    kept = [
        _Reading(r.order, r.calendar, tuple(d for d, use in zip(r.days, some, strict=True) if use))
        for r in readings
    ]
    fits = any(r.misfits == 0 for r in kept if r.order in _DAY_FIRST)
    return [r for r in kept if len(kept) <= 2 or r.order in _DAY_FIRST or not (fits and _one_day_of_month(r))]


def _one_day_of_month(reading: _Reading) -> bool:
    distinct = {day for day in reading.days if day is not None}
    return len(distinct) > 1 and len({day.day for day in distinct}) == 1


def _beats(a: _Reading, b: _Reading) -> bool:
    """Whether `a` is right beyond doubt when the choice is between the two."""
    if a.days == b.days:
        return True
    if (
        a.invalid == 0 and b.invalid > 0
    ):  # numbers above 12 decide, unless everything else speaks against them
        return not (a.steps_back > 3 and a.steps_back > 4 * b.misfits)
    if a.misfits == 0:
        return b.misfits > 0
    return b.misfits >= 3 and b.misfits >= 4 * a.misfits


def _choose(readings: list[_Reading], day_first: bool | None, example: str) -> tuple[_Reading, list[Problem]]:
    best = next((a for a in readings if all(_beats(a, b) for b in readings if b is not a)), None)
    asked = [r for r in readings if _DAY_FIRST.get(r.order) is day_first] if day_first is not None else []
    if asked and (best is None or best.order in _DAY_FIRST):
        return asked[0], _contradiction(asked[0], readings, best, example)
    if best is not None:
        return best, []
    fitting = sum(r.misfits == 0 for r in readings)
    how = "more than one fits the whole chat" if fitting > 1 else "none fits the whole chat clearly better"
    which = (
        "the day, the month or the year first" if len(readings) > 2 else "the day first or the month first"
    )
    raise AmbiguousDates(f"The dates in this chat, such as “{example}”, may have {which}, and {how}. "
                         "Nothing was guessed and nothing is lost. Look at one message whose day you know, then choose "
                         "--day-first or --month-first.", example)  # fmt: skip


def _contradiction(
    asked: _Reading, readings: list[_Reading], best: _Reading | None, example: str
) -> list[Problem]:
    others = [r for r in readings if r.order in _DAY_FIRST and r is not asked]
    words = "day" if _DAY_FIRST[asked.order] else "month"
    if asked.invalid and any(r.invalid * 4 <= asked.invalid for r in others):
        raise BadInput("order_contradicted", f"With the {words} first, some dates in this chat do not exist (a month above "
                       "12). Nothing is lost: try again with the other choice, or "
                       "with none.")  # fmt: skip
    if best is not None and best is not asked and best.days != asked.days:
        return [Problem("order_unlikely", f"The {words} was read first, as you chose; the other way round the messages "
                        "would stand in better order.", text=example)]  # fmt: skip
    return []


def _calendar_note(chosen: _Reading) -> list[Problem]:
    name = calendars.NAMES.get(chosen.calendar)
    if name is None:
        return []
    first = next((d for d in chosen.days if d is not None), None)
    return [Problem("calendar", f"The years in this chat are of the {name} calendar; they were converted. The first day "
                    f"is {first}.")]  # fmt: skip
