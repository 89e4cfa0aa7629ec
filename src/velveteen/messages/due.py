"""When something is due, from words said on a day: "by Friday", "next week", "bis Monatsende"."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from velveteen.journal.dates import month_number

_I = re.IGNORECASE
_DAYS = {
    "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6,
    "montag": 0, "dienstag": 1, "mittwoch": 2, "donnerstag": 3, "freitag": 4, "samstag": 5, "sonnabend": 5, "sonntag": 6,
}  # fmt: skip
_NUMBERS = {
    "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "einem": 1, "einer": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6,
}  # fmt: skip
_WEEKDAYS = "|".join(_DAYS)
_COUNT = rf"\d{{1,2}}|{'|'.join(_NUMBERS)}"
_PREFIX = r"(?:\b(?:by|on|until|till|before|bis|am|zum|spätestens)\s+(?:the\s+|zum\s+)?)?"
_MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december|"
    "januar|jänner|februar|märz|mai|juni|juli|oktober|dezember"
)

_PART_OF_DAY = r"(?: (?:morning|evening|night|afternoon)|abend)?"
Reader = Callable[[re.Match[str], date], date | None]


def _month_end(day: date, months: int = 0) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, monthrange(year, month + 1)[1])


def _weekday(found: re.Match[str], on: date) -> date:
    """The next such day, never the day of writing; “next” is the one of the coming week, Monday to Sunday."""
    number = _DAYS[found["weekday"].lower()]
    if found["next"]:
        return on + timedelta(days=7 - on.weekday() + number)
    return on + timedelta(days=(number - on.weekday() - 1) % 7 + 1)


def _after(found: re.Match[str], on: date) -> date:
    count = found["count"].lower()
    number = int(count) if count.isdecimal() else _NUMBERS[count]
    unit = found["unit"].lower()
    if unit.startswith("mon"):
        return min(_month_end(on, number), _month_end(on, number).replace(day=1) + timedelta(days=on.day - 1))
    return on + timedelta(days=number * (7 if unit[0] == "w" else 1))


def _named(found: re.Match[str], on: date) -> date | None:
    groups = found.groupdict()
    month = month_number(groups["month"]) if "month" in groups else int(groups["number"] or groups["written"])
    for year in (on.year, on.year + 1):
        try:
            day = date(year, month or 0, int(groups["day"]))
        except ValueError:
            continue
        if day >= on:
            return day
    return None


_READERS: tuple[tuple[re.Pattern[str], Reader], ...] = tuple(
    (re.compile(_PREFIX + rf"(?<!\w)(?:{pattern})(?!\w)", _I), reader)
    for pattern, reader in (
        (rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?\s+(?:of\s+)?(?P<month>{_MONTHS})", _named),
        (rf"(?P<month>{_MONTHS})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?", _named),
        (r"(?P<day>\d{1,2})\.\s?(?P<number>\d{1,2})\.(?P<written>)?", _named),
        (
            r"the day after tomorrow|day after tomorrow|übermorgen",
            lambda _, on: on + timedelta(days=2),
        ),
        (
            r"tomorrow(?: (?:morning|evening|night|afternoon))?|morgen(?: (?:früh|abend))?",
            lambda _, on: on + timedelta(days=1),
        ),
        (
            r"today|tonight|this (?:evening|afternoon)|heute(?: abend)?",
            lambda _, on: on,
        ),
        (
            rf"(?:this\s+|nächsten\s+|(?P<next>next)\s+|kommenden\s+)?(?P<weekday>{_WEEKDAYS}){_PART_OF_DAY}",
            _weekday,
        ),
        (
            r"(?:the )?end of (?:the|this) week|this week|ende der woche|diese woche",
            lambda _, on: on + timedelta(days=6 - on.weekday()),
        ),
        (
            r"the weekend|this weekend|am wochenende|zum wochenende|dieses wochenende|wochenende",
            lambda _, on: on + timedelta(days=6 - on.weekday()),
        ),
        (
            r"(?:sometime )?next week|nächste woche|kommende woche",
            lambda _, on: on + timedelta(days=13 - on.weekday()),
        ),
        (
            r"(?:the )?end of (?:the|this) month|this month|ende des monats|monatsende|diesen monat",
            lambda _, on: _month_end(on),
        ),
        (r"next month|nächsten monat", lambda _, on: _month_end(on, 1)),
        (
            r"(?:the )?end of (?:the|this) year|this year|jahresende|ende des jahres|dieses jahr",
            lambda _, on: date(on.year, 12, 31),
        ),
        (
            r"christmas|weihnachten",
            lambda _, on: date(on.year + (on > date(on.year, 12, 25)), 12, 25),
        ),
        (
            rf"(?:with)?in (?P<count>{_COUNT}) (?P<unit>days?|weeks?|months?|tagen?|wochen?|monate?n?)",
            _after,
        ),
    )
)
_CLOCK = re.compile(
    r"\b(?:by|at|before|um|bis)\s+(?:\d{1,2}(?::\d{2})?(?:\s?(?:am|pm|o['’]clock|uhr))?|half past \w+|six|seven|eight|nine|"
    r"ten|eleven|noon|midnight|mitternacht)\b",
    _I,
)


def due(text: str, on: date) -> tuple[date, tuple[int, int]] | None:
    """The first day that the text names as due, and the place of its words; None where it names none.

    A clock time alone is the day of writing, and has an empty place: it stays part of what was promised.

    Args:
        text: what was promised.
        on: the day of writing; weekdays lie after it, and "week" is Monday to Sunday.
    """
    found = [
        (match.start(), -match.end(), day)
        for pattern, reader in _READERS
        if (match := pattern.search(text)) and (day := reader(match, on)) is not None
    ]
    if found:
        start, end, day = min(found)
        return day, (start, -end)
    clock = _CLOCK.search(text)
    return (on, (clock.end(), clock.end())) if clock else None
