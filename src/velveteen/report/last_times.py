"""Last times: after each promise, apology, return or threat of loss, how long until the next day with harm."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from velveteen.journal.entries import Entry
from velveteen.report.harm_now import harmful, unasked_days, written_days
from velveteen.report.phrases import amount, count, plain

AT_LEAST = 3  # fewer are not summed up in a sentence or a picture
_APOLOGIES = {
    "owned": "owned it",
    "repaired": "repaired it",
    "words_only": "words of apology",
    "gesture": "a gesture",
}
_TURNS = {"returned": "came back", "loss_threatened": "threat to leave"}


@dataclass(frozen=True, slots=True)
class Lull:
    """The time after one beginning.

    Attributes:
        start: its day.
        kinds: what began it, in words; several where they fell on one day.
        end: the next day with a harmful act, or None while none is written.
        days: from start to end; while none is written, to the last day on which what they did is written.
        ended_by: the first harmful act of that day, in words; empty while none is written.
        unwritten: days between start and end on which what they did is not written.
    """

    start: date
    kinds: tuple[str, ...]
    end: date | None
    days: int
    ended_by: str
    unwritten: int


def last_times(entries: Sequence[Entry]) -> list[Lull]:
    """Every beginning with how long it lasted, shortest first, then by date."""
    beginnings: dict[date, list[str]] = {}
    for entry in entries:
        kind = _kind(entry)
        if kind and kind not in beginnings.setdefault(entry.at.date(), []):
            beginnings[entry.at.date()].append(kind)
    hurt = {e.at.date(): e for e in sorted(harmful(entries), key=lambda e: e.at, reverse=True)}
    written = sorted(written_days(entries) - unasked_days(entries))
    harmed = sorted(hurt)
    lulls = [_lull(start, tuple(kinds), hurt, harmed, written) for start, kinds in beginnings.items()]
    return sorted(lulls, key=lambda lull: (lull.days, lull.start))


def _kind(entry: Entry) -> str:
    if entry.kind == "promise":
        return "promise"
    if entry.kind == "confrontation":
        return _APOLOGIES.get(str(entry.payload.get("answer")), "")
    return _TURNS.get(str(entry.payload.get("kind")), "") if entry.kind == "turning_point" else ""


def _lull(
    start: date, kinds: tuple[str, ...], hurt: dict[date, Entry], harmed: list[date], written: list[date]
) -> Lull:
    """One lull; `harmed` are the days of `hurt`, and `written` the days that tell, both from the first on."""
    later = bisect_right(harmed, start)
    end = harmed[later] if later < len(harmed) else None
    until = end or max(written[-1] if written else start, start)
    days = (until - start).days
    between = bisect_left(written, until) - bisect_right(written, start)
    ended_by = plain(str(hurt[end].payload.get("act", "something harmful"))) if end else ""
    return Lull(start, kinds, end, days, ended_by, max(days - 1, 0) - between)


def summary(lulls: Sequence[Lull]) -> str:
    """One sentence over all of them, or what will stand here."""
    if len(lulls) < AT_LEAST:
        return (
            f"From {AT_LEAST} promises, apologies or returns on, this says how long the time after each of them lasted. "
            f"{count(len(lulls), 'is', 'are') if lulls else 'None is'} written so far."
        )
    ended = [lull.days for lull in lulls if lull.end]
    open_ = len(lulls) - len(ended)
    parts = [f"{len(lulls)} times there was a promise, an apology, a return or a threat to leave."]
    if ended:
        half, longest = median(ended), max(ended)
        within = "1 day" if half == 1 else f"{amount(half)} days"
        parts.append(
            f"In half of those that ended, a day with harm came within {within}; the longest lasted {count(longest, 'day')}."
        )
    if open_:
        parts.append(f"After {open_} of them, no day with harm is written so far.")
    return " ".join(parts)
