"""Dates as people write them. Which number is the day is told by the whole file, or asked; never guessed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from velveteen.problems import AmbiguousDates

# English, German, Spanish, French, Italian, Dutch, Portuguese; by their first three or four letters.
_MONTHS = {
    1: "jan ene gen jän", 2: "feb fév fev", 3: "mar mär mrz maa mrt", 4: "apr abr avr", 5: "may mai mag mei",
    6: "jun giu juin", 7: "jul lug juil", 8: "aug ago aoû aou", 9: "sep set", 10: "oct okt ott out", 11: "nov",
    12: "dec dez dic déc",
}  # fmt: skip
_BY_NAME = {name: number for number, names in _MONTHS.items() for name in names.split()}
_TIME = r"(?:[T,\s]+\d{1,2}[:.]\d{2}.*)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})[-/.\s]+(\d{{1,2}})[-/.\s]+(\d{{1,2}})\.?{_TIME}")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_NUMBERS = re.compile(rf"(\d{{1,2}})[-/.\s]+(\d{{1,2}})[-/.\s]+(\d{{4}}|\d{{2}})\.?{_TIME}")
_DAY_NAME = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th|\.|º)?[-/.\s]*(?:de\s+)?([^\W\d]+)\.?[-/,.\s]*(?:de\s+)?(\d{{4}}|\d{{2}}){_TIME}"
)
_NAME_DAY = re.compile(rf"([^\W\d]+)\.?[-/\s]*(\d{{1,2}})(?:st|nd|rd|th)?[-/,.\s]+(\d{{4}}|\d{{2}}){_TIME}")
_WEEKDAY = re.compile(r"[^\W\d]+\.?,?\s+(?=\S+.*\d)")

Reading = tuple[date | None, date | None]


def month_number(name: str) -> int | None:
    """1-12 for a month's name or its abbreviation, else None."""
    name = name.casefold()
    return next((_BY_NAME[name[:n]] for n in (4, 3) if len(name) >= 3 and name[:n] in _BY_NAME), None)


def read_both(text: str) -> Reading:
    """A date with the day first and with the month first: equal where there is one reading, None where there is none."""
    text = text.strip()
    bare = _WEEKDAY.sub("", text, count=1)
    return _read(bare) if bare != text and _read(text) == (None, None) else _read(text)


def _read(text: str) -> Reading:
    if found := _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text):
        year, month, day = map(int, found.groups())
        return (_date(year, month, day),) * 2
    if found := _NUMBERS.fullmatch(text):
        first, second, year = map(int, found.groups())
        return _date(year, second, first), _date(year, first, second)
    return (_named(text),) * 2


def day_comes_first(texts: Sequence[str]) -> bool:
    """Whether a column of dates, in the order of the file, has the day before the month.

    An order in which fewer dates exist is out, unless only that one runs steadily through the file and what speaks
    against it may be a slip of the pen. If as many exist in both, the one is taken that alone runs steadily.

    Raises:
        AmbiguousDates: with an example of the two readings.
    """
    readings = [pair for pair in map(read_both, texts) if pair != (None, None)]
    if all(first == second for first, second in readings):
        return True
    exist = [sum(pair[side] is not None for pair in readings) for side in (0, 1)]
    steady = [_one_way([pair[side] for pair in readings]) for side in (0, 1)]
    best = 0 if exist[0] > exist[1] or (exist[0] == exist[1] and steady[0]) else 1
    if exist[0] == exist[1]:
        sure = steady[0] != steady[1]
    else:
        slip = abs(exist[0] - exist[1]) <= max(1, len(readings) // 20)
        sure = exist[best] == len(readings) and (steady[best] or not steady[1 - best] or not slip)
    if not sure:
        raise _ask(texts)
    return best == 0


def _one_way(days: list[date | None]) -> bool:
    known = [day for day in days if day is not None]
    return known in (sorted(known), sorted(known, reverse=True))


def _ask(texts: Sequence[str]) -> AmbiguousDates:
    example = next((t for t in texts if len({*read_both(t), None}) == 3), texts[0])
    first, second = read_both(example)
    readings = " or ".join(f"{day.day} {day:%B %Y}" for day in (first, second) if day)
    return AmbiguousDates(
        f"In this file day and month could be either way round: “{example.strip()}” may be {readings}. Nothing was added. "
        "Say which with --day-first or --month-first.",
        example.strip(),
    )


def _named(text: str) -> date | None:
    if found := _DAY_NAME.fullmatch(text):
        day, name, year = found.groups()
    elif found := _NAME_DAY.fullmatch(text):
        name, day, year = found.groups()
    else:
        return None
    month = month_number(name)
    return _date(int(year), month, int(day)) if month else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None
