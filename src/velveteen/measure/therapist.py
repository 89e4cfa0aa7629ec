"""What a therapist saw beside what was seen at home: ratings of the same channel in the same weeks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from velveteen.measure.cells import Cell
from velveteen.measure.channels import Channel, registry
from velveteen.measure.intervals import Range, median_range


@dataclass(frozen=True, slots=True)
class Beside:
    """One rating channel.

    Attributes:
        channel: of the registry.
        weeks: weeks that both rated.
        therapist, home: means over those weeks.
        higher: median of therapist's less home's, or None where the weeks are too few to bound it.
    """

    channel: Channel
    weeks: int
    therapist: float
    home: float
    higher: Range | None


def beside_home(cells: Sequence[Cell]) -> list[Beside]:
    """Every rating channel with weeks that a therapist and the partner both rated, in the registry's order."""
    found = [(c, _weekly(cells, c.name, "therapist"), _weekly(cells, c.name, "partner")) for c in registry().values()
             if c.family == "rating"]  # fmt: skip
    return [_beside(c, seen, home) for c, seen, home in found if seen.keys() & home.keys()]


def _weekly(cells: Sequence[Cell], channel: str, informant: str) -> dict[int, float]:
    sums: dict[int, list[float]] = {}
    for c in cells:
        if c.channel == channel and c.informant == informant and c.of > 0:
            pair = sums.setdefault(c.week, [0.0, 0.0])
            pair[0] += c.value * c.of
            pair[1] += c.of
    return {week: value / of for week, (value, of) in sums.items()}


def _beside(channel: Channel, therapist: dict[int, float], home: dict[int, float]) -> Beside:
    weeks = sorted(therapist.keys() & home.keys())
    theirs, mine = (sum(seen[w] for w in weeks) / len(weeks) for seen in (therapist, home))
    return Beside(channel, len(weeks), theirs, mine, median_range([therapist[w] - home[w] for w in weeks]))
