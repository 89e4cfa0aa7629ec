"""Which channels moved, and which first: two halves of the record, compared channel by channel. No odds and no model.

Weeks are put together by fours. Hard and calm days are averaged apart and joined in the same mix for both halves, so that a
half with fewer hard days does not look kinder for that alone. The interval of the difference is a block bootstrap, the
blocks being those four weeks (Kuensch 1989, Annals of Statistics 17), with the spread of each half enlarged by n / (n - 1).
When it moved is where one step fits best, in least squares; its interval resamples what is left over around that step
(Huskova and Kirch 2008, Journal of Time Series Analysis 29).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from velveteen.measure.cells import Cell
from velveteen.measure.channels import Channel, registry
from velveteen.measure.intervals import TAIL, Range

BLOCK = 4  # weeks
NEEDED = 4  # blocks in each half
DRAWS = 400
_EDGE = 2  # blocks on each side of a step
_KINDS = 3

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Moved:
    """One channel in two halves of the record.

    Attributes:
        channel: of the registry.
        before, now: its mean in the first and the second half, in its unit (shares from 0 to 1).
        difference: now less before, with its interval.
        when: week at which one step fits best, with its interval; None unless `direction` tells of a move.
        direction: "better" or "worse" where the interval of the difference leaves out 0, else "".
    """

    channel: Channel
    before: float
    now: float
    difference: Range
    when: Range | None
    direction: str


def moved(cells: Sequence[Cell]) -> list[Moved]:
    """Every channel of the registry with NEEDED blocks of four weeks in each half of the record, in its order.

    What people say of themselves, and what therapists say, is left out.
    """
    seen = [c for c in cells if c.informative and c.informant != "therapist"]
    if not seen:
        return []
    first, last = min(c.week for c in seen), max(c.week for c in seen)
    blocks = (last - first) // BLOCK + 1
    found = [
        _channel(c, [x for x in seen if x.channel == c.name], first, blocks) for c in registry().values()
    ]
    return [one for one in found if one is not None]


def _channel(channel: Channel, cells: Sequence[Cell], first: int, blocks: int) -> Moved | None:
    sums = np.zeros((2, blocks, _KINDS))
    for cell in cells:
        value = cell.value * cell.of if channel.family == "rating" else cell.value
        sums[:, (cell.week - first) // BLOCK, _kind(cell.strain)] += value, cell.of
    kept = np.flatnonzero(sums[1].sum(1) > 0)
    halves = kept[2 * kept < blocks], kept[2 * kept >= blocks]
    if min(map(len, halves)) < NEEDED:
        return None
    return _compared(channel, sums, halves, first)


def _kind(strain: float | None) -> int:
    return 2 if strain is None else int(strain >= 0.5)


def _compared(channel: Channel, sums: Floats, halves: tuple[npt.NDArray[np.int64], ...], first: int) -> Moved:
    mix = _mix(sums, halves)
    before, now = (_mean(sums[:, half].sum(1), mix) for half in halves)
    rng = np.random.default_rng(0)
    drawn = [_drawn(sums[:, half], mix, rng) for half in halves]
    gap = float(now - before)
    spread = (drawn[1] - now) - (drawn[0] - before)
    low, high = gap + np.quantile(spread, [TAIL, 1 - TAIL])
    direction = _direction(channel, low, high)
    when = _when(sums, np.concatenate(halves), mix, first, rng) if direction else None
    return Moved(channel, float(before), float(now), Range(gap, float(low), float(high)), when, direction)


def _direction(channel: Channel, low: float, high: float) -> str:
    if low <= 0 <= high:
        return ""
    return "better" if (low > 0) == (channel.better == "more") else "worse"


def _mix(sums: Floats, halves: tuple[npt.NDArray[np.int64], ...]) -> Floats:
    """Weights of the kinds of day: their exposure in the whole record, where both halves know the kind; else all alike."""
    exposure = np.stack([sums[1, half].sum(0) for half in halves])
    shared = np.where((exposure > 0).all(0), exposure.sum(0), 0.0)
    return shared if shared.any() else np.ones(_KINDS)


def _mean(sums: Floats, mix: Floats) -> Floats:
    """Means of the kinds, in the mix; (2, ..., kinds) -> (...). A kind that a draw does not hold has no weight in it."""
    value, of = sums
    weight = np.where(of > 0, mix, 0.0)
    weight = np.where(weight.sum(-1, keepdims=True) > 0, weight, of > 0)
    mean = np.divide(value, of, out=np.zeros_like(value), where=of > 0)
    return np.asarray((weight * mean).sum(-1) / weight.sum(-1))


def _drawn(sums: Floats, mix: Floats, rng: np.random.Generator) -> Floats:
    """Means of DRAWS resampled halves, spread out by sqrt(n / (n - 1)) around their centre."""
    n = sums.shape[1]
    means = _mean(sums[:, rng.integers(n, size=(DRAWS, n))].sum(2), mix)
    centre = _mean(sums.sum(1), mix)
    return np.asarray(centre + (means - centre) * np.sqrt(n / (n - 1)))


def _when(
    sums: Floats, kept: npt.NDArray[np.int64], mix: Floats, first: int, rng: np.random.Generator
) -> Range:
    """The week at which one step fits best, with its interval over resampled residuals."""
    series, weight = _mean(sums[:, kept], mix), sums[1, kept].sum(1)
    step = int(_steps(series[None], weight)[0])
    fit = np.concatenate([np.full(len(p), np.average(p, weights=w)) for p, w in
                          ((series[:step], weight[:step]), (series[step:], weight[step:]))])  # fmt: skip
    left = (series - fit) * np.sqrt(weight)
    drawn = fit + left[rng.integers(len(left), size=(DRAWS, len(left)))] / np.sqrt(weight)
    low, high = np.quantile(_steps(drawn, weight), [TAIL, 1 - TAIL], method="nearest")
    return Range(*(float(first + BLOCK * kept[int(at)]) for at in (step, low, high)))


def _steps(series: Floats, weight: Floats) -> npt.NDArray[np.int64]:
    """For each row the block from which on a second mean fits best: the largest sum of squares between the two sides."""
    inner = slice(_EDGE - 1, series.shape[1] - _EDGE)
    left = np.cumsum(weight)[inner]
    right = weight.sum() - left
    total = (series * weight).sum(1, keepdims=True)
    below = np.cumsum(series * weight, 1)[:, inner]
    between = left * right * (below / left - (total - below) / right) ** 2
    return np.asarray(np.argmax(between, 1) + _EDGE)
