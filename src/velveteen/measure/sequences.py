"""Their circle, read from the record: what followed a loss, a promise, a kind day; beside the same window without it.

Only three links are looked at, and each begins with something of theirs or with a loss:

    a loss (threatened or come) -> a promise or an apology, within two weeks
    a promise or an apology -> a kind day (an act of care and no harm), within one week
    a kind day -> a day with harm, within one week

What the owner did before harm is never looked at: no link leads from a loss to harm, and nothing else of theirs is read.

A window opens on a beginning; the next beginning that counts is one after its end. Windows to compare with open on days that
had no such beginning for as long before, and do not overlap each other either. Both are chosen by the past alone, so that
none is chosen for what came of it. Windows that have not ended, or in which fewer than half the days are told, are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from statistics import median

from velveteen.measure.intervals import Range, share_range
from velveteen.measure.told import Told


@dataclass(frozen=True, slots=True)
class Windows:
    """Windows of one kind.

    Attributes:
        number: those that count.
        followed: those in which it came.
        share: followed of number, or None where there are none.
        days: median days until it came, or None where it never did.
    """

    number: int
    followed: int
    share: Range | None
    days: float | None


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the circle.

    Attributes:
        name: "loss_promise", "promise_kind" or "kind_harm".
        weeks: length of the window.
        after: windows that open on a beginning; without: those to compare with.
        left_out: windows on a beginning that have ended and are told too thinly.
    """

    name: str
    weeks: int
    after: Windows
    without: Windows
    left_out: int


@dataclass(slots=True)
class _Line:
    """The days as a line: which are told, on which it begins, on which it comes."""

    told: AbstractSet[int]
    begins: AbstractSet[int]
    comes: AbstractSet[int]
    length: int


def circle(told: Told) -> list[Link]:
    """The three links, in the order of the circle."""
    known = [d for d in told.days if d.harm is not None or not d.contact]
    kind = {d.date for d in told.asked if d.care and not d.harm}
    harmed = {d.date for d in told.asked if d.harm}
    written, seen = {d.date for d in told.days}, {d.date for d in known}
    return [
        _link("loss_promise", 2, written, told.losses, told.promises),
        _link("promise_kind", 1, seen, told.promises, kind),
        _link("kind_harm", 1, seen, kind, harmed),
    ]


def _link(
    name: str, weeks: int, told: AbstractSet[date], begins: AbstractSet[date], comes: AbstractSet[date]
) -> Link:
    line = _Line(_numbers(told), _numbers(begins), _numbers(comes), 7 * weeks)
    after, thin = _waits(line, sorted(line.begins))
    without, _ = _waits(line, _clear(line))
    return Link(name, weeks, _windows(after), _windows(without), thin)


def _numbers(days: AbstractSet[date]) -> set[int]:
    return {d.toordinal() for d in days}


def _clear(line: _Line) -> Iterator[int]:
    """Days with no beginning on them or for a window's length before; what comes after plays no part."""
    last = min(line.told, default=0) - 1  # what was before the record is not known
    for day in range(last + 1, max(line.told, default=last) + 1):
        last = day if day in line.begins else last
        if day - last > line.length:
            yield day


def _waits(line: _Line, openings: Iterable[int]) -> tuple[list[int], int]:
    """Days until it came (0: it did not) of windows that do not overlap; and how many of them are told too thinly."""
    waits: list[int] = []
    thin, free, end = 0, 0, max(line.told, default=0)
    for day in openings:
        if day < free or day + line.length > end:
            continue
        free = day + line.length
        window = range(day + 1, free + 1)
        if 2 * sum(d in line.told for d in window) < line.length:
            thin += 1
        else:
            waits.append(next((d - day for d in window if d in line.comes), 0))
    return waits, thin


def _windows(waits: list[int]) -> Windows:
    came = [w for w in waits if w]
    return Windows(len(waits), len(came), share_range(len(came), len(waits)), median(came) if came else None)
