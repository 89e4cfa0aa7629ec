"""Means of what records tell, over households: by thirds of the record, and by whether a limit is on record."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from velveteen.measure.cells import Cell
from velveteen.measure.weekly import weekly_cells
from velveteen.measure.weeks import week_of

from .courses import ACCOUNTS
from .diary import FIRST, simulate
from .world import live

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


def spread(weeks: int, seeds: Iterable[int]) -> dict[str, list[float]]:
    """What differs between households and courses: one value a household (or a change) under each name."""
    found: dict[str, list[float]] = {}
    for seed in seeds:
        for name, value in _household(weeks, seed).items():
            found.setdefault(name, []).append(value)
        for account in ACCOUNTS[1:]:
            course = live(account, weeks, seed).course
            found.setdefault(f"size: {account}", []).append(course.size)
            if account == "lasting":
                found.setdefault("weeks to nearly the full size: lasting", []).append(course.ramp)
            ends = zip(course.onsets, course.ends, strict=False)
            found.setdefault("weeks kept up: temporary", []).extend((end - onset) / 7 for onset, end in ends)
    return found


def _household(weeks: int, seed: int) -> dict[str, float]:
    """One household without a change: rates, and how harm is spread over its weeks."""
    days = live("same", weeks, seed).days
    harm = np.array([len(d.acts) for d in days]).reshape(weeks, 7).sum(axis=1)
    written = sum(e.kind == "day" for e in simulate("same", weeks, seed))
    values = {
        "harmful acts a week": harm.mean(),
        "share of days written": written / len(days),
        "turning points a year": 52 / weeks * sum(len(d.turning_points) for d in days),
        "confrontations a week": sum(len(d.answers) for d in days) / weeks,
        "feelings told a week": sum(d.told is not None for d in days) / weeks,
        "promises a week": sum(len(d.promises) for d in days) / weeks,
    }
    if harm.mean() > 1:  # fewer tell nothing of how they are spread
        values["variance over mean of a week's acts"] = harm.var() / harm.mean()
        values["correlation of a week's acts with the next"] = np.corrcoef(harm[1:], harm[:-1])[0, 1]
    return {name: float(value) for name, value in values.items()}
