"""Weeks of a chat: how often each code was counted, among how many messages, and the lines behind the counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Any

from velveteen.journal.entries import Entry
from velveteen.measure.coded_days import MOST, counted_once, is_counts
from velveteen.measure.days import free_entries, readable
from velveteen.measure.weeks import week_of

HURT = "hurt_in_messages"
HURTING = ("blame", "denial", "contempt", "threat")
"""Codes of which any makes a message one that hurts, as `messages.coding.HURT` has them."""
THEM, MINE = "them", "me"


@dataclass(frozen=True, slots=True)
class Line:
    """One message of the coded person.

    Attributes:
        at: its moment by the phone's clock, to the minute.
        codes: what was counted in it; empty where nothing that hurts was, and it was drawn by chance.
        text: its words, cut where it was long.
        ref: which message of the journal it is, for as long as the import stands.
    """

    at: datetime
    codes: tuple[str, ...]
    text: str
    ref: str


@dataclass(slots=True)
class CodedWeek:
    """One week with a message of the coded person.

    Attributes:
        week: its number.
        counts: by code, and messages, words, starts, replies, reply_seconds, late_night; a missing one is zero.
        mine: the owner's own messages, words and starts; empty where they are the ones that are coded.
        looked_at: messages with words, of which each code is a part.
        hurt: of these, messages with any code of `HURTING`; None where that was not counted.
        lines: with a code that is quoted, in order of time.
    """

    week: int
    counts: Counter[str] = field(default_factory=Counter)
    mine: Counter[str] = field(default_factory=Counter)
    looked_at: int = 0
    hurt: int | None = None
    lines: list[Line] = field(default_factory=list)


def coded_weeks(entries: Sequence[Entry], *, own: bool = False) -> list[CodedWeek]:
    """The weeks of a journal's chats, in order; each message counts once, and days that were not free do not.

    Args:
        entries: all entries, corrections included.
        own: of the owner's own messages, as notes about oneself hold them; else of the other's.
    """
    weeks: dict[int, CodedWeek] = {}
    for entry in coded_days(entries, own=own):
        number = week_of(entry.at.date())
        _add(weeks.setdefault(number, CodedWeek(number)), entry)
    for week in weeks.values():
        week.lines.sort(key=lambda line: line.at)
    return [weeks[number] for number in sorted(weeks)]


def coded_days(entries: Sequence[Entry], *, own: bool = False) -> list[Entry]:
    """The coded days that count, of one person, those of the owner as if they were another's."""
    free, _ = readable(free_entries(entries))
    chosen = [
        _as_theirs(e) for e in free if e.kind in ("coded_day", "imported") and _is_mine(e.payload) is own
    ]
    days, _ = counted_once(*([e for e in chosen if e.kind == kind] for kind in ("coded_day", "imported")))
    return days


def _is_mine(payload: dict[str, Any]) -> bool:
    return payload.get("whose") == MINE


def _as_theirs(entry: Entry) -> Entry:
    if not _is_mine(entry.payload):
        return entry
    counts = entry.payload.get("counts")
    counted = counts.get(MINE) if isinstance(counts, dict) else None
    return replace(entry, payload={**entry.payload, "counts": {THEM: counted}, "whose": THEM})


def _add(week: CodedWeek, entry: Entry) -> None:
    counts = entry.payload.get("counts")
    people = counts if isinstance(counts, dict) else {}
    theirs = Counter(dict(_numbers(people.get(THEM))))
    week.counts += theirs
    week.mine += Counter(dict(_numbers(people.get(MINE))))
    hurt = hurting(entry)
    week.looked_at += theirs["messages"] if hurt is None else hurt[1]
    if hurt is not None:
        week.hurt = (week.hurt or 0) + hurt[0]
    week.lines += quoted(entry)


def hurting(entry: Entry) -> tuple[int, int] | None:
    """(messages with a code that hurts, messages looked at) of a coded day; None where that was not counted."""
    channels = entry.payload.get("channels")
    numbers = channels.get(HURT) if isinstance(channels, dict) else None
    if not is_counts(numbers) or len(numbers) != 3 or numbers[0] > numbers[2]:
        return None
    return int(numbers[0]), int(numbers[2])


def quoted(entry: Entry) -> list[Line]:
    """The lines of a coded day that have a quoted code."""
    return [
        Line(at, tuple(str(code) for code in line[1] if isinstance(code, str)), text, f"{entry.id} l{place}")
        for place, at, text, line in _lines(entry, "lines", 3)
        if isinstance(line[1], list)
    ]


def drawn(entry: Entry) -> list[Line]:
    """The lines of a coded day in which nothing that hurts was counted and on which the draw fell."""
    return [Line(at, (), text, f"{entry.id} o{place}") for place, at, text, _ in _lines(entry, "others", 2)]


def _lines(entry: Entry, key: str, size: int) -> Iterator[tuple[int, datetime, str, list[Any]]]:
    found = entry.payload.get(key)
    for place, line in enumerate(found if isinstance(found, list) else ()):
        if isinstance(line, list) and len(line) == size and isinstance(line[-1], str):
            yield place, _moment(entry.at.date(), line[0]), line[-1], line


def _moment(day: date, clock: object) -> datetime:
    try:
        hour = time.fromisoformat(clock) if isinstance(clock, str) else time()
    except ValueError:
        hour = time()
    return datetime.combine(day, hour.replace(tzinfo=None))


def _numbers(counts: object) -> Iterable[tuple[str, int]]:
    for name, number in counts.items() if isinstance(counts, dict) else ():
        if isinstance(number, int) and not isinstance(number, bool) and 0 < number <= MOST:
            yield str(name), number
