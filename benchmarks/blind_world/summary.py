"""Means of what records tell, over households: by thirds of the record, and by whether a limit is on record."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from velveteen.measure.cells import Cell
from velveteen.measure.weekly import weekly_cells
from velveteen.measure.weeks import week_of

from .diary import FIRST, simulate

CHANNELS = (
    ("harm", "calm"), ("harm", "hard"), ("regard", "calm"), ("regard", "hard"), ("promises",), ("owning",),
    ("empathy",), ("equals",), ("free_to_say_no",),
)  # fmt: skip
_RATINGS = frozenset({"regard", "equals", "free_to_say_no"})

Part = Callable[[int], bool]  # of a week, counted from the record's first


def by_thirds(account: str, weeks: int, seeds: Iterable[int]) -> np.ndarray:
    """Mean over households in the first and in the last third, shape (len(CHANNELS), 2)."""
    cells = [weekly_cells(simulate(account, weeks, seed))[0] for seed in seeds]
    return _mean(
        [_parts(c, lambda week: week < weeks / 3, lambda week: week >= 2 * weeks / 3) for c in cells]
    )


def by_limit(account: str, weeks: int, seeds: Iterable[int]) -> np.ndarray:
    """Mean over the households with a limit on record, in weeks without and with it, shape (len(CHANNELS), 2)."""
    values = []
    for seed in seeds:
        cells, points, _ = weekly_cells(simulate(account, weeks, seed))
        held = {p.week - week_of(FIRST) for p in points if p.kind == "boundary_held" and p.share >= 0.5}
        if held:
            values.append(_parts(cells, _outside(held), held.__contains__))
    return _mean(values)


def _outside(weeks: set[int]) -> Part:
    return lambda week: week not in weeks


def _parts(cells: list[Cell], one: Part, other: Part) -> np.ndarray:
    """Each channel's value in two parts of one record; NaN where nothing is told. Shape (len(CHANNELS), 2)."""
    return np.array([[_value(cells, column, part) for part in (one, other)] for column in CHANNELS])


def _value(cells: list[Cell], column: tuple[str, ...], part: Part) -> float:
    channel, *days = column
    chosen = [c for c in cells if c.channel == channel and part(c.week - week_of(FIRST))]
    chosen = [c for c in chosen if not days or c.strain == float(days == ["hard"])]
    total = sum(c.value * (c.of if channel in _RATINGS else 1) for c in chosen)
    of = sum(c.of for c in chosen)
    return total / of if of else np.nan


def _mean(values: list[np.ndarray]) -> np.ndarray:
    """Mean over the households in which both parts are told; 0 where there are none."""
    stacked = np.array(values)
    both = ~np.isnan(stacked).any(axis=2, keepdims=True)
    mean: np.ndarray = np.where(both, stacked, 0).sum(axis=0) / np.maximum(both.sum(axis=0), 1)
    return mean
