"""Corrections: a new entry that names the one it corrects. Nothing that was written is ever changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from velveteen.journal.entries import WITHDRAWN, Entry, current, uuid7

MARKED = frozenset({"day", WITHDRAWN})  # kinds that a mark can stand on


def corrected(
    entry: Entry,
    *,
    at: datetime,
    happened: datetime | None = None,
    payload: Mapping[str, Any] | None = None,
    about: str | None = None,
    facts: str | None = None,
    feelings: str | None = None,
) -> Entry:
    """The entry as it should have been written. What is not given stays as it was.

    An answer to a danger sign is taken back by `guide.danger.retractions` alone.

    Args:
        entry: the entry that stands, itself a correction perhaps.
        at: local naive moment at which the correction is written.
        happened: the moment at which it happened, where that was wrong.
        payload: the keys that change (a promise's outcome, for example); None takes a key out.
        about, facts, feelings: the whole text that takes the place of the old one.
    """
    told = {**entry.payload, **(payload or {})}
    said = {"about": about, "facts": facts, "feelings": feelings}
    return replace(
        entry,
        id=uuid7(),
        at=happened or entry.at,
        written=at,
        payload={key: value for key, value in told.items() if value is not None},
        corrects=entry.id,
        **{name: words for name, words in said.items() if words is not None},
    )


def withdrawn(entry: Entry, at: datetime) -> Entry:
    """What takes an entry back that was a mistake: it takes its place, says nothing, and both stay to be read.

    A mark on a day stays in force. An answer to a danger sign is taken back by `guide.danger.retractions` alone.

    Args:
        entry: the entry that stands.
        at: local naive moment of taking it back.
    """
    return Entry(uuid7(), WITHDRAWN, entry.at, at, _mark_of(entry), entry.about, corrects=entry.id)


def as_before(entry: Entry, before: Entry, at: datetime) -> Entry:
    """An earlier writing of an entry once more, as the correction of the one that stands; a mark on a day stays as it is.

    Args:
        entry: the entry that stands.
        before: what it says again.
        at: local naive moment of going back.
    """
    said = {key: value for key, value in before.payload.items() if key != "free"}
    return replace(before, id=uuid7(), written=at, payload={**said, **_mark_of(entry)}, corrects=entry.id)


def _mark_of(entry: Entry) -> dict[str, Any]:
    return {"free": entry.payload["free"]} if entry.kind in MARKED and "free" in entry.payload else {}


def not_free(entries: Sequence[Entry], day: date, at: datetime) -> list[Entry]:
    """What marks a day as not written freely: nothing dated to it or written on it counts (`measure.days.free_entries`).

    Args:
        entries: all entries of one journal, corrections and corrected included.
        day: the day that is marked.
        at: local naive moment of marking it.

    Returns:
        A correction of each day entry that stands for it; one new day entry where none does; nothing where the day is
        marked already.
    """
    dated = [e for e in current(list(entries)) if e.kind in MARKED and e.at.date() == day]
    if any(e.payload.get("free") is False for e in dated):
        return []
    standing = [e for e in dated if e.kind == "day"]
    if not standing:
        return [Entry(uuid7(), "day", datetime.combine(day, time()), at, {"free": False})]
    return [corrected(e, at=at, payload={"free": False}) for e in standing]
