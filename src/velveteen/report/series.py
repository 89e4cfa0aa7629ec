"""Cells of one channel become marks; weeks become runs of written and unwritten ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from velveteen.measure.cells import Cell
from velveteen.measure.channels import Channel
from velveteen.report.phrases import amount

KINDS = ("calm", "hard", "not told")


@dataclass(frozen=True, slots=True)
class Mark:
    """What the days of one kind came to, in the channel's unit.

    Attributes:
        week: the week, or the first of those that the mark stands for.
        kind: one of KINDS.
        value: in the channel's unit.
        weight: exposure in weeks, trials, or number of ratings behind it.
    """

    week: int
    kind: str
    value: float
    weight: float


@dataclass(frozen=True, slots=True)
class Run:
    """Consecutive weeks, first and last inclusive."""

    first: int
    last: int

    @property
    def weeks(self) -> int:
        """Number of weeks."""
        return self.last - self.first + 1


def step(channel: Channel) -> int:
    """Weeks that one drawn mark stands for: 1 for ratings; 4 where a week holds too few days to be a rate or a share."""
    return 1 if channel.family == "rating" else 4


def spoken_step(channel: Channel) -> int:
    """Weeks that one mark of the words and the table stands for: 4 for proportions, 1 otherwise."""
    return 4 if channel.family == "proportion" else 1


def marks(cells: Sequence[Cell], channel: Channel, width: int) -> list[Mark]:
    """One mark every `width` weeks and kind of day, from all informants but the person's own rating of themselves.

    Counts and proportions are sums over sums; ratings are means weighted by their number.
    """
    first = min((c.week for c in cells), default=0)
    sums: dict[tuple[int, str], list[float]] = {}
    for cell in cells:
        if cell.channel == channel.name and cell.informant != "self" and cell.of > 0:
            week = cell.week - (cell.week - first) % width
            pair = sums.setdefault((week, _kind(cell.strain)), [0.0, 0.0])
            pair[0] += cell.value * cell.of if channel.family == "rating" else cell.value
            pair[1] += cell.of
    return [Mark(week, kind, value / of, of) for (week, kind), (value, of) in sorted(sums.items())]


def _kind(strain: float | None) -> str:
    if strain is None:
        return "not told"
    return "hard" if strain >= 0.5 else "calm"


def runs(weeks: Iterable[int]) -> list[Run]:
    """Maximal runs of consecutive weeks, ascending."""
    found: list[Run] = []
    for week in sorted(set(weeks)):
        if found and found[-1].last == week - 1:
            found[-1] = Run(found[-1].first, week)
        else:
            found.append(Run(week, week))
    return found


def gaps(written: Sequence[Run]) -> list[Run]:
    """The unwritten runs between written ones."""
    return [Run(one.last + 1, other.first - 1) for one, other in pairwise(written)]


def mean(found: Sequence[Mark]) -> float:
    """Mean weighted by exposure, trials or number of ratings."""
    return sum(m.value * m.weight for m in found) / sum(m.weight for m in found)


def said(value: float, channel: Channel) -> str:
    """A value of the channel in words of its unit: 31 % for shares, one decimal otherwise."""
    return f"{100 * value:.0f} %" if channel.family == "proportion" else amount(value)
