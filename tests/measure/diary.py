"""Entries of a diary by hand: days by number, the first being Monday 2024-01-01."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import count

from velveteen.journal.entries import Entry

FIRST = date(2024, 1, 1)
_ids = count(1)


def on(day: int) -> date:
    return FIRST + timedelta(days=day)


def entry(entry_kind: str, when: int, /, **payload: object) -> Entry:
    at = datetime.combine(on(when), datetime.min.time())
    return Entry(f"{next(_ids):06}", entry_kind, at, at, payload)


def wrote(when: int, kind: str = "calm", /, **payload: object) -> Entry:
    return entry("day", when, contact=True, day=kind, **payload)


def hurt(day: int, **payload: object) -> Entry:
    return entry("act", day, act="shouted", **payload)


def kind(day: int, **payload: object) -> Entry:
    return entry("act", day, act="listened", **payload)


def rated(ratings: list[float | None], start: int = 0) -> list[Entry]:
    """A day entry for each rating; no entry where it is None."""
    return [wrote(start + n, treated=r) for n, r in enumerate(ratings) if r is not None]
