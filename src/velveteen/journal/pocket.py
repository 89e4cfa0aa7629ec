"""Pocket notation: a day as three small numbers in any notes app, which look like nothing.

A line is: day of the month, kind of day, how I was treated, and letters for what happened, if anything did.

    12 2 6        the 12th, ordinary stress, treated 6 of 10
    13 3 2 sb     the 13th, I said no or disagreed, treated 2; shouted, blamed me
    14 0          the 14th, no contact

Kind of day: 0 no contact, 1 calm, 2 ordinary stress, 3 I said no or disagreed, 4 they were criticised or lost face.
How I was treated: 0 to 10, or “-” where it cannot be said; on a day without contact it may be left out.
Letters: see LETTERS; written twice, it happened twice. A space or a comma stands between the numbers. A line with a month
(2026-03, 03/2026, March 2026, Mar 26) says to which month the lines below belong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from velveteen.journal.catalogue import catalogue
from velveteen.journal.dates import month_number
from velveteen.journal.entries import Entry, uuid7
from velveteen.problems import Problem

KINDS = {"1": "calm", "2": "stress", "3": "refused", "4": "criticised"}
LETTERS = {
    "s": "shouted", "p": "put_me_down", "b": "blamed_me", "d": "denied_it", "l": "lied", "n": "did_not_take_no",
    "t": "threatened", "w": "punished_with_silence", "c": "decided_for_me", "x": "harm",
    "h": "listened", "k": "took_no", "o": "owned_up", "u": "helped_unasked",
}  # fmt: skip
_MOST_BACK = 14
_LINE = re.compile(r"(\d{1,2})[\s,]+([0-4])(?:[\s,]+(\d{1,2}|-))?[\s,]*([A-Za-z][A-Za-z\s,]*)?")
_MONTH_LINES = (
    re.compile(r"(?P<year>\d{4})\s*[-/.]\s*(?P<month>\d{1,2})"),
    re.compile(r"(?P<month>\d{1,2})\s*[-/.]\s*(?P<year>\d{4})"),
    re.compile(r"(?P<name>[^\W\d]{3,})\.?\s+(?P<year>\d{4}|\d{2})"),
)


def _card() -> str:
    letters = "\n".join(f"  {letter}  {catalogue()[name].label}" for letter, name in LETTERS.items())
    return (
        "One line a day: day, kind of day, how I was treated (0-10).   12 2 6\n"
        "Kind of day:\n"
        "  0  no contact\n  1  calm\n  2  ordinary stress\n  3  I said no or disagreed\n"
        "  4  they were criticised or lost face\n"
        "Treated: - if it cannot be said.   12 2 -     No contact needs no more.   14 0\n"
        "Then, only if something happened, letters (twice if it happened twice).   13 3 2 sb\n"
        f"{letters}\n"
        "A new month stands on a line of its own.   2026-03\n"
    )


CARD = _card()


def parse(
    text: str,
    *,
    year: int | None = None,
    month: int | None = None,
    now: datetime | None = None,
    about: str = "",
) -> tuple[list[Entry], list[Problem]]:
    """Entries of the lines in pocket notation, and a problem for each line that is not, or not wholly.

    Args:
        text: notes; blank lines are nothing.
        year: with `month`, where the lines before the first line with a month belong.
        month: 1-12; None: such lines are problems.
        now: moment of writing of the entries (local, naive), and the last day that can have been; None: this moment.
        about: whom the entries are about.
    """
    notes = _Notes(now or datetime.now(), about, (year, month) if year and month else None)
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        if line.strip():
            notes.read(number, line.strip())
    return notes.entries, notes.problems


@dataclass(slots=True)
class _Notes:
    """Where the reading stands: the month, the day before, and what was found."""

    now: datetime
    about: str
    month: tuple[int, int] | None
    last: int = 0
    seen: set[date] = field(default_factory=set)
    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def read(self, number: int, line: str) -> None:
        if found := _LINE.fullmatch(line):
            problem = self._day(*found.groups())
        elif month := _month(line):
            self.month, self.last, problem = month, 0, None
        else:
            problem = "not_pocket", "This is not pocket notation, so it was not added."
        if problem:
            self.problems.append(Problem(*problem, where=f"line {number}", text=line))

    def _day(self, day: str, kind: str, treated: str | None, letters: str | None) -> tuple[str, str] | None:
        on, problem = self._date(int(day))
        if on is None:
            return problem
        if kind != "0" and treated is None:
            return (
                "not_pocket",
                "How you were treated is missing (0 to 10, or - if it cannot be said); it was not added.",
            )
        if (treated or "-") != "-" and int(treated or 0) > 10:
            return "out_of_range", "How you were treated should be 0 to 10; the line was not added."
        self.seen.add(on)
        self.last = on.day
        marks = "".join(filter(str.isalpha, letters or "")).lower()
        problem = _unknown(marks)
        # A word is no list of acts: one letter that is not on the card, and none of them is read as one.
        self._add(on, "day", _payload(kind, treated) | ({"acts": False} if problem else {}))
        for name in () if problem else (LETTERS[mark] for mark in marks):
            self._add(on, "act", {"act": name, "harm": catalogue()[name].harm})
        return problem

    def _date(self, day: int) -> tuple[date | None, tuple[str, str] | None]:
        if self.month is None:
            return None, (
                "month_missing",
                "No month stands above this line, so it was not added. Write one, like 2026-03.",
            )
        if day < self.last - _MOST_BACK:
            self.month = None
            return None, (
                "month_missing",
                "The days begin again without a month above them, so it was not added.",
            )
        try:
            on = date(*self.month, day)
        except ValueError:
            return None, ("no_such_day", f"That month has no day {day}, so the line was not added.")
        if on > self.now.date():
            return None, (
                "future_date",
                f"{on} is still to come, so the line was not added. Is the month right?",
            )
        if on in self.seen:
            return None, (
                "repeated_day",
                f"{on} is written already; the first line stands, this one was not added.",
            )
        return on, None

    def _add(self, on: date, kind: str, payload: dict[str, Any]) -> None:
        at = datetime.combine(on, time() if kind == "day" else time(12))
        self.entries.append(Entry(uuid7(), kind, at, self.now, payload, self.about))


def looks_like(lines: Sequence[str]) -> bool:
    """Whether lines are pocket notes: days in its notation under a month, or at least every second line one."""
    days = sum(_LINE.fullmatch(line.strip()) is not None for line in lines)
    return days > 0 and (2 * days >= len(lines) or any(_month(line.strip()) for line in lines))


def _unknown(marks: str) -> tuple[str, str] | None:
    unknown = "".join(dict.fromkeys(mark for mark in marks if mark not in LETTERS))
    if not unknown:
        return None
    return (
        "unknown_letter",
        f"“{unknown[:40]}” is not on the card, so what happened was not read; the rest of the day was added.",
    )


def _payload(kind: str, treated: str | None) -> dict[str, Any]:
    payload: dict[str, Any] = {"contact": kind != "0"}
    if kind in KINDS:
        payload["day"] = KINDS[kind]
    if treated not in (None, "-"):
        payload["treated"] = int(treated)
    return payload


def _month(line: str) -> tuple[int, int] | None:
    for found in _matches(line):
        parts = found.groupdict()
        month = month_number(parts["name"]) if "name" in parts else int(parts["month"])
        year = int(parts["year"])
        year += 2000 if year < 100 else 0
        if month and 1 <= month <= 12 and year >= 1900:
            return year, month
    return None


def _matches(line: str) -> Iterator[re.Match[str]]:
    return filter(None, (pattern.fullmatch(line.rstrip(":")) for pattern in _MONTH_LINES))
