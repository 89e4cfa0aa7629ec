"""The odds as the record grew: the same judge, on the record as it stood every few weeks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from velveteen.judge.api import (
    MIN_CELLS,
    Progress,
    read_cells,
    read_turning_points,
    refuse_too_little,
    weigh,
)
from velveteen.measure.cells import Cell
from velveteen.measure.channels import load_channels
from velveteen.problems import Refused

EVERY = 4


def odds_as_it_grew(
    cells: Any,
    turning_points: Any = None,
    channels: Any = None,
    therapy: str = "none",
    every: int = EVERY,
    progress: Progress | None = None,
    reader: str = "neutral",
    min_cells: int = MIN_CELLS,
) -> list[tuple[int, dict[str, float]]]:
    """Odds of one reader at every `every`-th week from which on a verdict was possible, and at the last.

    Args:
        cells, turning_points, channels, therapy, min_cells: as in `judge`.
        every: weeks between two looks.
        progress: called as ("week", done, total).
        reader: whose odds.

    Returns:
        (index of the last week seen, account -> posterior probability), oldest first.
    """
    registry = load_channels(channels)
    rows, dated = read_cells(cells, registry)
    first, last = min(c.week for c in rows), max(c.week for c in rows)
    points = read_turning_points(turning_points, dated=dated, last_week=last)
    looks = sorted({*range(first + every - 1, last + 1, every), last})
    grown = []
    for done, week in enumerate(looks):
        if progress:
            progress("week", done, len(looks))
        seen = [c for c in rows if c.week <= week]
        if _enough(seen, min_cells):
            weighed = weigh(seen, [p for p in points if p.week <= week], registry)
            grown.append((week, weighed.odds(therapy)[reader]))
    return grown


def _enough(cells: Sequence[Cell], min_cells: int) -> bool:
    try:
        refuse_too_little(cells, min_cells)
    except Refused:
        return False
    return True
