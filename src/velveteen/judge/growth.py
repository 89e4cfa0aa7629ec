"""The odds as the record grew: the same judge, on the record as it stood every few weeks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from velveteen.judge.api import (
    read_cells,
    read_turning_points,
    weigh,
)
from velveteen.judge.enough import MIN_CELLS, refuse_too_little
from velveteen.judge.evidence import MOST_INTEGRALS
from velveteen.judge.progress import Progress
from velveteen.judge.verdict import Verdict
from velveteen.measure.cells import Cell
from velveteen.measure.channels import Channel, load_channels
from velveteen.problems import Refused

EVERY = 4
LOOKS = 8  # at most, where nobody says how often to look
INTEGRALS = (
    2  # trajectories of an account that an earlier look integrates: good to some hundredths of the odds
)


def odds_as_it_grew(
    cells: Any,
    turning_points: Any = None,
    channels: Any = None,
    therapy: str = "none",
    every: int | None = None,
    progress: Progress | None = None,
    reader: str = "neutral",
    min_cells: int = MIN_CELLS,
    verdict: Verdict | None = None,
) -> list[tuple[int, dict[str, float]]]:
    """Odds of one reader at every `every`-th week from which on a verdict was possible, and at the last.

    Looks before the last integrate fewer trajectories than the judge does.

    Args:
        cells, turning_points, channels, therapy, min_cells: as in `judge`.
        every: weeks between two looks; None: EVERY, or as many times that as leaves at most LOOKS.
        progress: called as ("week", done, total).
        reader: whose odds.
        verdict: of the whole record, where it is known: its odds are the last ones, and are not computed again.

    Returns:
        (index of the last week seen, account -> posterior probability), oldest first.
    """
    registry = load_channels(channels)
    rows, dated = read_cells(cells, registry)
    first, last = min(c.week for c in rows), max(c.week for c in rows)
    points = read_turning_points(turning_points, dated=dated, last_week=last)
    step = every or EVERY * -(-(last - first + 1) // (EVERY * LOOKS))
    looks = sorted({*range(first + step - 1, last + 1, step), last})
    grown = []
    for done, week in enumerate(looks):
        if progress:
            progress("week", done, len(looks))
        seen = [c for c in rows if c.week <= week]
        if week == last and verdict is not None:
            grown.append((week, verdict.odds[reader]))
        elif _enough(seen, min_cells, registry):
            integrals = MOST_INTEGRALS if week == last else INTEGRALS
            weighed = weigh(seen, [p for p in points if p.week <= week], registry, integrals=integrals)
            grown.append((week, weighed.odds(therapy)[reader]))
    return grown


def _enough(cells: Sequence[Cell], min_cells: int, channels: Mapping[str, Channel]) -> bool:
    try:
        refuse_too_little(cells, min_cells, channels)
    except Refused:
        return False
    return True
