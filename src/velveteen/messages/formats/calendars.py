"""Years of the calendars that phones write: Gregorian, Buddhist, Persian (solar Hijri), Japanese eras.

A calendar is told by most of a file's years. One that is not known here (lunar Hijri, Minguo, Hebrew) gives "", and
is refused.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

Year = tuple[int, int, str]
"""(number, how many digits it was written with, era letter or "")"""

NAMES = {"buddhist": "Buddhist", "persian": "Persian", "era": "Japanese"}
FIRST_YEAR = 2009
"""WhatsApp began in 2009: a two-digit year before it is another number of the date."""
_ERAS = {"R": 2018, "H": 1988}
_NOWRUZ_1400 = date(2021, 3, 21)
_PERSIAN_LEAP = frozenset({1, 5, 9, 13, 17, 22, 26, 30})


def of_years(years: list[Year]) -> str:
    """The calendar of most of these years, or "" where it is none that can be read."""
    latest = date.today().year + 1
    return Counter(_of_year(year, latest) for year in years).most_common(1)[0][0]


def _of_year(year: Year, latest: int) -> str:
    number, digits, era = year
    if era:
        return "era"
    if digits <= 2:
        if 2000 + number <= latest:
            return "gregorian"
        return "buddhist" if FIRST_YEAR <= number + 1957 <= latest else ""
    if 1970 <= number < 2200:
        return "gregorian"
    if 2500 <= number < 2743:
        return "buddhist"
    return "persian" if 1380 <= number < 1430 else ""


def to_date(calendar: str, year: Year, month: int, day: int) -> date | None:
    """The Gregorian date, or None where there is no such day, or the year is not of this calendar."""
    number, digits, era = year
    if calendar == "" or (era != "") != (calendar == "era"):
        return None
    try:
        if calendar == "persian":
            return _persian(number, month, day)
        return _plausible(date(_gregorian_year(calendar, number, digits, era), month, day), digits)
    except (ValueError, OverflowError):
        return None


def _gregorian_year(calendar: str, number: int, digits: int, era: str) -> int:
    if calendar == "era":
        return _ERAS[era] + number
    if calendar == "buddhist":
        return number - 543 + (2500 if digits <= 2 else 0)
    return number + (2000 if digits <= 2 else 0)


def _plausible(day: date, digits: int) -> date | None:
    return day if day.year >= (FIRST_YEAR if digits <= 2 else 1970) and day.year < 2200 else None


def _persian(year: int, month: int, day: int) -> date | None:
    """Solar Hijri to Gregorian by the 33-year cycle of leap years: the official calendar for 1343-1472."""
    length = 31 if month <= 6 else 30 if month < 12 or _is_persian_leap(year) else 29
    if not (1343 <= year <= 1472 and 1 <= month <= 12 and 1 <= day <= length):
        return None
    span = range(1400, year) if year >= 1400 else range(year, 1400)
    days = sum(365 + _is_persian_leap(y) for y in span)
    new_year = _NOWRUZ_1400 + timedelta(days=days if year >= 1400 else -days)
    return new_year + timedelta(days=31 * (month - 1) - max(0, month - 7) + day - 1)


def _is_persian_leap(year: int) -> bool:
    return year % 33 in _PERSIAN_LEAP
