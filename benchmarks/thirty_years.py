"""A record of thirty years as somebody keeps it who writes much: every kind that a page or a cell is made from.

One household of the circle, every day of it written; the acts, promises, confrontations and limits of further ones beside
it, so that a day holds several; each month the danger questions, each quarter a fixed story; every week words of one's own
and a guess; every day counts of a chat. Nobody has kept a record so long; this is what a heavy one could hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import count, islice

import velveteen as vt
from velveteen.circle import RecordKeeping
from velveteen.guide.danger import answers
from velveteen.journal.entries import Entry, uuid7

EVERY_DAY = RecordKeeping(
    days_written=1.0, diligence_decay=0.0, bad_weeks_unwritten=0.0, forgetting=0.0, fatigue=0.0
)
YEARS = 30
WORDS = "We had supper together, and it was quiet until the telephone rang; then it was as it always is."


def record(number: int = 100_000, years: int = YEARS, *, last: date | None = None) -> list[Entry]:
    """So many entries over so many years up to a day (today), in the order of writing; where they hold more, the newest."""
    end = last or date.today()
    start = end - timedelta(weeks=52 * years)
    found = [*_diary(start, years), *_evenings(start, end)]
    further = (e for seed in count(2) for e in _household(start, years, seed) if e.kind != "day")
    found += islice(further, max(0, number - len(found)))
    return sorted(found, key=lambda e: e.written)[-number:]


def _diary(start: date, years: int) -> list[Entry]:
    return _household(start, years, 1)


def _household(start: date, years: int, seed: int) -> list[Entry]:
    return vt.simulate("temporary", 52 * years, seed, start=start, record=EVERY_DAY).entries()


def _evenings(start: date, end: date) -> Iterator[Entry]:
    """What a diary of the circle does not hold."""
    for n in range((end - start).days):
        evening = datetime.combine(start + timedelta(days=n), time(23, 55))
        yield _entry(
            "coded_day", evening, {"channels": {"courtesy": [n % 4, 5 + n % 9]}, "counts": _counts(n)}
        )
        if n % 7 == 0:
            yield _entry("note", evening, {}, WORDS)
            yield _entry("guess", evening, {"account": "same", "chance": 10 * (n % 11)})
        if n % 30 == 0:
            yield from answers([], at=evening)
        if n % 91 == 0:
            yield _entry("vignette", evening, {"story": "1", "rating": n % 11})


def _counts(n: int) -> dict[str, dict[str, int]]:
    return {
        "them": {"messages": 9 + n % 30, "late_night": n % 3, "replies": n % 7},
        "me": {"messages": 4 + n % 20},
    }


def _entry(kind: str, at: datetime, payload: dict[str, object], words: str = "") -> Entry:
    dated = datetime.combine(at.date(), time()) if kind == "coded_day" else at
    return Entry(uuid7(), kind, dated, at, payload, "Sam", words)
