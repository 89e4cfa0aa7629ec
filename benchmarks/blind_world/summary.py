"""Means of what records tell, over households: by thirds of the record, and by whether a limit stood."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from velveteen.journal.entries import Entry
from velveteen.measure.cells import Cell
from velveteen.measure.weekly import weekly_cells
from velveteen.measure.weeks import week_of

from .diary import FIRST, simulate

CHANNELS = (
    ("harm", "calm"), ("harm", "hard"), ("regard", "calm"), ("regard", "hard"), ("promises", ""), ("owning", ""),
    ("empathy", ""), ("equals", ""), ("free_to_say_no", ""),
)  # fmt: skip
_STRAIN = {"calm": 0.0, "hard": 1.0}
_RATINGS = frozenset({"regard", "equals", "free_to_say_no"})

Part = Callable[[int], bool]  # of a week, counted from the record's first


def by_thirds(account: str, weeks: int, seeds: Iterable[int]) -> np.ndarray:
    """Mean over households in the first and in the last third, shape (len(CHANNELS), 2)."""
    values = []
    for seed in seeds:
        cells = weekly_cells(simulate(account, weeks, seed))[0]
        values.append(two_parts(cells, lambda week: week < weeks / 3, lambda week: week >= 2 * weeks / 3))
    return _mean(values)


def by_limit(account: str, weeks: int, seeds: Iterable[int]) -> np.ndarray:
    """Mean over the households that state limits, in weeks without and with one, shape (len(CHANNELS), 2)."""
    values = []
    for seed in seeds:
        held, cells = limit_weeks(simulate(account, weeks, seed))
        if held:
            values.append(two_parts(cells, lambda week, held=held: week not in held, held.__contains__))
    return _mean(values)


def limit_weeks(entries: list[Entry]) -> tuple[set[int], list[Cell]]:
    """Weeks, counted from the record's first, that are marked with a held limit; and the cells."""
    cells, points, _ = weekly_cells(entries)
    first = week_of(FIRST)
    return {p.week - first for p in points if p.kind == "boundary_held" and p.share >= 0.5}, cells


def two_parts(cells: list[Cell], one: Part, other: Part) -> np.ndarray:
    """Each channel's value in two parts of one record; NaN where nothing is told. Shape (len(CHANNELS), 2)."""
    return np.array(
        [[_value(cells, channel, days, part) for part in (one, other)] for channel, days in CHANNELS]
    )


def _value(cells: list[Cell], channel: str, days: str, part: Part) -> float:
    first = week_of(FIRST)
    chosen = [c for c in cells if c.channel == channel and part(c.week - first)]
    chosen = [c for c in chosen if not days or c.strain == _STRAIN[days]]
    total = sum(c.value * (c.of if channel in _RATINGS else 1) for c in chosen)
    of = sum(c.of for c in chosen)
    return total / of if of else np.nan


def _mean(values: list[np.ndarray]) -> np.ndarray:
    """Mean over the households in which both parts are told; NaN where there are none."""
    stacked = np.array(values)
    both = ~np.isnan(stacked).any(axis=2, keepdims=True)
    return np.where(both, stacked, 0).sum(axis=0) / np.maximum(both.sum(axis=0), 1)
