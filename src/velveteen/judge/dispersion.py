"""What the cells' likelihood takes from the hyperparameters but not from the linear predictor.

Size, precision and variance of each cell, and the sum of the cells' normalising constants. Many counts and many numbers of
trials are alike, so what depends on them is computed once for each that occurs.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit

from velveteen.judge.arrays import Floats, Ints
from velveteen.judge.families import RATING_FLOOR, rising

_LOG_2PI = math.log(2.0 * math.pi)


def fixed_constant(y: Floats, of: Floats, ends: Ints) -> float:
    """The part of the summed constants that no hyperparameter enters; arguments as in `fill_cells`."""
    counts, proportions = slice(0, ends[0]), slice(ends[0], ends[1])
    total = float(y[counts] @ np.log(of[counts])) - 0.5 * _LOG_2PI * float(ends[2] - ends[1])
    total -= sum(math.lgamma(v + 1.0) for v in y[counts].tolist())
    for successes, trials in zip(y[proportions].tolist(), of[proportions].tolist(), strict=True):
        total += (
            math.lgamma(trials + 1.0) - math.lgamma(successes + 1.0) - math.lgamma(trials - successes + 1.0)
        )
    return total


def tally(y: Floats, of: Floats, ends: Ints) -> tuple[Floats, Ints]:
    """Counts and numbers of trials that occur, and how often.

    Returns:
        (n, 2) value and times, counts first; (2,) rows up to the last count and the last number of trials.
    """
    found = [np.unique(v, return_counts=True) for v in (y[: ends[0]], of[ends[0] : ends[1]])]
    rows = [np.column_stack([values, times.astype(np.float64)]) for values, times in found]
    return np.vstack(rows), np.cumsum([len(r) for r in rows])


@njit(cache=True, error_model="numpy")
def fill_cells(
    of: Floats, scale: Floats, ends: Ints, dispersion: Floats, tallied: Floats, parts: Ints, fixed: float,
    parameter: Floats, offset: Floats,
) -> float:  # fmt: skip
    """Write each cell's parameter and offset for given dispersions; returns the sum of the cells' constants.

    Args:
        of, scale: (N,) exposure/trials/ratings, channel scale (> 0); counts, then proportions, then ratings.
        ends: (3,) cells up to the last count, proportion, rating.
        dispersion: (4,) size of the counts, precision of the proportions, rating sd between weeks and between days
            (both in channel scales): a mean of n ratings has variance scale^2 (floor + kappa0^2 + kappa1^2 / n).
        tallied, parts: from `tally`; fixed: from `fixed_constant`.
        parameter: (N,) written: size, precision or variance.
        offset: (N,) written: log(exposure / size) of a count, the trials of a proportion, 0 for a rating.
    """
    size, precision = dispersion[0], dispersion[1]
    constant = fixed
    for i in range(parts[0]):
        constant += tallied[i, 1] * (rising(size, tallied[i, 0])[0] - tallied[i, 0] * math.log(size))
    for i in range(parts[0], parts[1]):
        constant -= tallied[i, 1] * rising(precision, tallied[i, 0])[0]
    for i in range(ends[0]):
        parameter[i], offset[i] = size, math.log(of[i] / size)
    for i in range(ends[0], ends[1]):
        parameter[i], offset[i] = precision, of[i]
    for i in range(ends[1], ends[2]):
        noise = RATING_FLOOR + dispersion[2] * dispersion[2] + dispersion[3] * dispersion[3] / of[i]
        parameter[i], offset[i] = scale[i] * scale[i] * noise, 0.0
        constant -= 0.5 * math.log(parameter[i])
    return constant
