"""Trajectories g(t): ramps, pulses, and how likely each onset is before the record is seen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from velveteen.judge.arrays import Floats

# Width in weeks of the ramp from no change to all of it, with prior weight: from a step to most of a year.
WIDTHS = ((1, 0.25), (6, 0.25), (16, 0.30), (40, 0.20))
# Half-life of a pulse in weeks: median about 8, a year included (heavy tail; without it long pulses pass for lasting).
HALF_LIVES = ((2, 0.12), (4, 0.20), (8, 0.26), (16, 0.20), (32, 0.13), (60, 0.09))
ANCHORED_WEEKS = 10  # half of the onset mass lies this many weeks or fewer after a turning point
BEFORE = 26  # a pulse may have begun this many weeks before the record
MOST_ONSETS = 260
MANY_PULSES = 0.35  # prior weight of "a pulse after each loss" against "one pulse", where a loss is on record


@dataclass(frozen=True, slots=True)
class Shape:
    """A family of trajectories that differ in onset alone.

    Attributes:
        log_prior: log weight of the shape within its account.
        onsets: (n,) candidate onsets, week from 0.
        onset_log_prior: (n,) log probability of each, given the shape.
        profiles: (n, T) the trajectory g(t) of each onset, in [0, 1].
        columns: (q, T) further fixed profiles that go before g (the share of the week with a limit, a walk's basis).
        of_lag: what g is so many weeks after its onset, where that alone tells it; None elsewhere.
    """

    log_prior: float
    onsets: np.ndarray
    onset_log_prior: Floats
    profiles: Floats
    columns: Floats
    of_lag: Floats | None = None

    def rows(self, onset: int) -> Floats:
        """(q + 1, T) the fixed columns and then g of the `onset`-th onset, as an account's slots index them."""
        found: Floats = np.vstack([self.columns, self.profiles[onset]])
        return found


def ramp(weeks: int, onset: int, width: int) -> Floats:
    """0 before the onset, then linear to 1 over `width` weeks (width 1: a step)."""
    return np.clip((np.arange(weeks) - onset + 1.0) / width, 0.0, 1.0)


def pulse(weeks: int, onsets: tuple[int, ...], half_life: float) -> Floats:
    """Largest of 2^-((t - onset) / half_life) over the pulses that have begun by t."""
    lag = np.arange(weeks)[None, :] - np.array(onsets)[:, None]
    height = np.where(lag >= 0, 0.5 ** (np.maximum(lag, 0) / half_life), 0.0)
    highest: Floats = height.max(axis=0)
    return highest


def moving(of_lag: Floats, onsets: np.ndarray, weeks: int) -> Floats:
    """(n, T) trajectories that are 0 before the onset and of_lag[k] k weeks after it.

    The onsets lie evenly, so that these are windows on one table: on a long record the rows themselves would fill memory.
    """
    span, step = int(onsets[-1] - onsets[0]), int(onsets[1] - onsets[0]) if onsets.size > 1 else 1
    last = int(onsets[-1])
    table = np.concatenate([np.zeros(max(0, last)), of_lag[max(0, -last) :]])
    windows: Floats = np.lib.stride_tricks.sliding_window_view(table, weeks)[span::-step]
    return windows


def _weeks_between(first: int, end: int) -> np.ndarray:
    """Candidate onsets: every week, or every few weeks of a record so long that the cost must not grow with its square."""
    return np.arange(first, end, -(-(end - first) // MOST_ONSETS))


def onset_prior(onsets: np.ndarray, anchors: tuple[int, ...]) -> Floats:
    """Log probability of each onset: half within ANCHORED_WEEKS after a turning point, half uniform; all uniform without.

    Turning points from which no candidate onset can follow do not count.
    """
    uniform = np.full(onsets.size, 1.0 / onsets.size)
    uniform_log: Floats = np.log(uniform)
    lag = onsets[None, :] - np.array(anchors, dtype=np.int64)[:, None]
    near = ((lag >= 0) & (lag <= ANCHORED_WEEKS)).astype(float)
    near = near[near.any(axis=1)]
    if not near.size:
        return uniform_log
    anchored = (near / near.sum(axis=1, keepdims=True)).mean(axis=0)
    mixed: Floats = np.log(0.5 * anchored + 0.5 * uniform)
    return mixed


def still(weeks: int, columns: Floats | None = None) -> list[Shape]:
    """One trajectory without an onset: g = 0."""
    none = np.zeros((0, weeks)) if columns is None else columns
    return [Shape(0.0, np.zeros(1, dtype=np.int64), np.zeros(1), np.zeros((1, weeks)), none)]


def ramps(
    weeks: int,
    anchors: tuple[int, ...],
    widths: tuple[tuple[int, float], ...] = WIDTHS,
    columns: Floats | None = None,
) -> list[Shape]:
    """Ramps of every width; onsets from the second week to the last but one."""
    onsets = _weeks_between(1, weeks - 1)
    prior = onset_prior(onsets, anchors)
    none = np.zeros((0, weeks)) if columns is None else columns
    shapes = []
    for width, weight in widths:
        risen = np.clip((np.arange(weeks) + 1.0) / width, 0.0, 1.0)
        shapes.append(Shape(np.log(weight), onsets, prior, moving(risen, onsets, weeks), none, risen))
    return shapes


def pulses(weeks: int, anchors: tuple[int, ...], losses: tuple[int, ...]) -> list[Shape]:
    """One pulse at any week from BEFORE the record on, and a pulse some weeks after each loss."""
    onsets = _weeks_between(-BEFORE, weeks - 1)
    prior = onset_prior(onsets, anchors)
    many = MANY_PULSES if losses else 0.0
    none = np.zeros((0, weeks))
    shapes = []
    for half_life, weight in HALF_LIVES:
        faded = 0.5 ** (np.arange(weeks + BEFORE) / half_life)
        single = moving(faded, onsets, weeks)
        shapes.append(Shape(np.log(weight * (1.0 - many)), onsets, prior, single, none, faded))
        if losses:
            delays = np.arange(5)
            each = np.array([pulse(weeks, tuple(t + int(d) for t in losses), half_life) for d in delays])
            flat = np.full(delays.size, -np.log(delays.size))
            shapes.append(Shape(np.log(weight * many), delays, flat, each, none))
    return shapes
