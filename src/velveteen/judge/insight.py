"""A self-rating that comes down towards another's who stays where they were: a sign of insight, said and not weighed.

How someone rates themselves is theirs to choose, whatever they do. So it moves no odds, in either direction: it is a
sentence beside the verdict (docs/decisions/0018).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from velveteen.judge.arrays import Floats
from velveteen.judge.record import Record, channel_scale
from velveteen.measure.cells import Cell
from velveteen.measure.channels import Channel
from velveteen.problems import Problem

FEWEST_WEEKS = 5  # with a rating, of each of the two, in the first and in the last third of the record
FELL = 1.0  # channel scales that the self-rating was above the other's, and has come down by
STAYED = 0.5  # channel scales that the other's may have moved, and that the self-rating may have gone past it
CLEAR = 2.0  # standard errors that the fall is more than
_WHOSE = {"other": "another’s"}


def find_insight(record: Record) -> Iterator[Problem]:
    """One problem for each rating that someone has come to give of themselves as another gave it all along.

    Self-rating and the other's are compared between the first and the last third of the weeks. The self-rating was the
    better one and fell; the other's stayed. One that was raised within the record has not fallen below where it began.
    Ratings of which less is better are left out.
    """
    inside = [c for c in record.self_reports if 0 <= c.week - record.first < record.weeks]
    for channel in (c for c in record.channels if (c.family, c.better) == ("rating", "more")):
        own = _ends(record, [c for c in inside if c.channel == channel.name])
        for informant in record.informants:
            chosen = [c for c in record.cells if (c.channel, c.informant) == (channel.name, informant)]
            seen = _ends(record, chosen)
            if own and seen and _came_down(own, seen, channel):
                yield _told(own, seen, channel, informant)


@dataclass(frozen=True, slots=True)
class _Ends:
    """A rating at both ends of a record: (weeks,) means of each week in its first and in its last third."""

    first: Floats
    last: Floats

    @property
    def before(self) -> float:
        """Where it began: of the first third and its first few weeks, the lower."""
        return float(min(self.first.mean(), self.first[:FEWEST_WEEKS].mean()))

    @property
    def now(self) -> float:
        return float(self.last.mean())

    @property
    def error(self) -> float:
        """Standard error of the difference of both thirds."""
        return math.sqrt(sum(float(x.var(ddof=1)) / x.size for x in (self.first, self.last)))


def _ends(record: Record, cells: Sequence[Cell]) -> _Ends | None:
    """None where either third has too few weeks."""
    week = np.array([c.week - record.first for c in cells], dtype=np.int64)
    of = np.bincount(week, [c.of for c in cells], record.weeks)
    total = np.bincount(week, [c.of * c.value for c in cells], record.weeks)
    mean = np.divide(total, of, out=np.full(record.weeks, np.nan), where=of > 0)
    third = record.weeks // 3
    first, last = (part[~np.isnan(part)] for part in (mean[:third], mean[record.weeks - third :]))
    return _Ends(first, last) if min(first.size, last.size) >= FEWEST_WEEKS else None


def _came_down(own: _Ends, seen: _Ends, channel: Channel) -> bool:
    scale = channel_scale(channel, [*own.first, *own.last, *seen.first, *seen.last])
    fall = own.before - own.now
    return (
        fall >= FELL * scale
        and fall > CLEAR * own.error
        and own.before - seen.before >= FELL * scale
        and abs(seen.now - seen.before) <= STAYED * scale
        and seen.now - own.now <= STAYED * scale
    )


def _told(own: _Ends, seen: _Ends, channel: Channel, informant: str) -> Problem:
    whose = _WHOSE.get(informant, f"the {informant}’s")
    message = (
        f"The self-rating of “{channel.label}” came down from {own.before:.1f} to {own.now:.1f}, towards {whose}, which "
        f"stayed near {seen.now:.1f}. That can be insight, and it can be said to please; it changes no odds."
    )
    return Problem("self_rating_fell", message, f"channel {channel.name}")
