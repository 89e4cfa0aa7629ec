"""Swings: from warm to cold and back, in the days' ratings, apart from any slow change.

The level of a day is the mean rating of the thirteen weeks around it. A day is warm when its rating lies above its level by
at least one point, and by half the standard deviation that the record itself has about its levels; cold likewise below. Two
warm days in a row begin a warm time, which goes on until two cold days in a row begin a cold one: that is a turn. What lies
between the two lines changes nothing, so that days that waver about one line do not count (hysteresis), and a single day
does not either. A day without a word ends whatever time it was, and so does a day together without a rating; nothing is said
across them. A day that is written as one without contact is passed over.

A turn is a swing if it is turned back: if the opposite turn comes within thirteen weeks before or after. A trend moves the
level and not the deviations, and a lasting step is a turn without another, so neither is a swing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from velveteen.measure.intervals import Range, median_range
from velveteen.measure.rates import Rate, rate
from velveteen.measure.told import Told

AROUND = 45  # days to each side: thirteen weeks
NEEDED = 14  # ratings in them
AT_LEAST = 28  # days on which a swing could be seen
QUARTER = 91  # days

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Swing:
    """One swing.

    Attributes:
        day: the first day of the new side.
        cold: whether it went to cold, or back to warm.
        points: how far, from the last day of the old side to the first of the new.
        days: how fast, between those two days.
    """

    day: date
    cold: bool
    points: float
    days: int


@dataclass(frozen=True, slots=True)
class Swings:
    """All swings of a record.

    Attributes:
        found: in order.
        watched: days on which one could have been seen: the day after a day on a known side.
        often: swings a watched day.
        far, fast: medians over the swings, in points and days; None where they are too few to bound.
        quarters: (first day, swings a watched day) for every 91 days with a watched day.
    """

    found: tuple[Swing, ...]
    watched: tuple[date, ...]
    often: Rate
    far: Range | None
    fast: Range | None
    quarters: tuple[tuple[date, Rate], ...]


def swings(told: Told) -> Swings:
    """Swings of the rated days; see the module for what counts as one."""
    rated = [d for d in told.days if d.treated is not None]
    days, values = [d.date for d in rated], np.array([d.treated for d in rated], float)
    turns, watched = _walked(days, values.tolist(), _sides(deviations(days, values)), _breaks(told))
    found = _turned_back(turns)
    often = rate((s.day for s in found), watched)
    far, fast = median_range([s.points for s in found]), median_range([s.days for s in found])
    return Swings(tuple(found), tuple(watched), often, far, fast, _quarters(found, watched))


def deviations(days: Sequence[date], values: Floats) -> Floats:
    """Each rating less the mean of the ratings up to AROUND days away; NaN where those are too few."""
    at = np.array([d.toordinal() for d in days], int)
    low, high = np.searchsorted(at, at - AROUND), np.searchsorted(at, at + AROUND, "right")
    sums, number = np.concatenate([[0.0], np.cumsum(values)]), high - low
    level = (sums[high] - sums[low]) / number
    return np.where(number >= NEEDED, values - level, np.nan)


def _sides(deviation: Floats) -> list[int]:
    """1 warm, -1 cold, 0 between, 2 where there is no level."""
    known = deviation[~np.isnan(deviation)]
    line = max(1.0, float(np.std(known)) / 2) if known.size else 1.0
    side = np.where(deviation >= line, 1, np.where(deviation <= -line, -1, 0))
    return [int(s) for s in np.where(np.isnan(deviation), 2, side)]


def _breaks(told: Told) -> set[date]:
    """Rated days that nothing leads up to without a break."""
    breaks, broken = set(), False
    for before, day in pairwise(told.days):
        broken |= (day.date - before.date).days > 1 or (before.contact and before.treated is None)
        if day.treated is not None:
            breaks.update([day.date] if broken else [])
            broken = False
    return breaks


@dataclass(slots=True)
class _Walk:
    """Where a walk along the days stands: the side, and the last day on it."""

    side: int = 0
    last: int = 0


def _walked(
    days: Sequence[date], values: Sequence[float], sides: Sequence[int], breaks: AbstractSet[date]
) -> tuple[list[Swing], list[date]]:
    found, watched, walk = [], [], _Walk()
    for i in range(1, len(days)):
        if 2 in sides[i - 1 : i + 1] or days[i] in breaks:
            walk.side = 0
            continue
        if walk.side:
            watched.append(days[i])
        side = sides[i]
        if side and side == sides[i - 1]:
            if walk.side == -side:
                found.append(_swing(days, values, walk.last, i - 1))
            walk.side = side
        if side and side == walk.side:
            walk.last = i
    return found, watched


def _swing(days: Sequence[date], values: Sequence[float], old: int, new: int) -> Swing:
    points = values[new] - values[old]
    return Swing(days[new], points < 0, abs(points), (days[new] - days[old]).days)


def _turned_back(turns: Sequence[Swing]) -> list[Swing]:
    """Turns with an opposite one at most a quarter away."""
    days = {cold: [t.day.toordinal() for t in turns if t.cold is cold] for cold in (True, False)}
    return [t for t in turns if _near(t.day.toordinal(), days[not t.cold])]


def _near(day: int, others: Sequence[int]) -> bool:
    at = bisect_left(others, day - QUARTER)
    return at < len(others) and others[at] <= day + QUARTER


def _quarters(found: Sequence[Swing], watched: Sequence[date]) -> tuple[tuple[date, Rate], ...]:
    if not watched:
        return ()
    first = watched[0].toordinal()
    seen: dict[int, tuple[list[date], list[date]]] = {}
    for day in watched:
        seen.setdefault((day.toordinal() - first) // QUARTER, ([], []))[1].append(day)
    for swing in found:
        seen[(swing.day.toordinal() - first) // QUARTER][0].append(swing.day)
    return tuple((date.fromordinal(first + n * QUARTER), rate(*pair)) for n, pair in sorted(seen.items()))
