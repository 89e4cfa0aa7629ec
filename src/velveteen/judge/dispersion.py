"""What the cells' likelihood takes from the hyperparameters but not from the linear predictor.

Size, precision and variance of each cell, and the sum of the cells' normalising constants. Many counts and many numbers of
trials are alike, so what depends on them is computed once for each that occurs.
"""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
from numba import njit

from velveteen.judge.arrays import Floats, Ints
from velveteen.judge.families import RATING_FLOOR, rising

_LOG_2PI = math.log(2.0 * math.pi)


def fixed_constant(y: Floats, of: Floats, ends: Ints) -> float:
    """The part of the summed constants that no hyperparameter enters; arguments as in `fill_cells`."""
    counts, proportions, _, coded_counts, coded_proportions = _families(ends)
    total = float(y[counts] @ np.log(of[counts])) - 0.5 * _LOG_2PI * float(ends[2] - ends[1])
    total -= sum(math.lgamma(v + 1.0) for each in (counts, coded_counts) for v in y[each].tolist())
    for each in (proportions, coded_proportions):
        total += sum(map(_log_choose, of[each].tolist(), y[each].tolist()))
    return total


def _families(ends: Ints) -> list[slice]:
    """The cells of each family."""
    return [slice(begin, end) for begin, end in pairwise([0, *ends.tolist()])]


def _log_choose(n: float, k: float) -> float:
    return math.lgamma(n + 1.0) - math.lgamma(k + 1.0) - math.lgamma(n - k + 1.0)


def tally(y: Floats, of: Floats, ends: Ints) -> tuple[Floats, Ints]:
    """Counts and numbers of trials that occur, and how often.

    Returns:
        (n, 2) value and times; (4,) rows up to the last count, the last number of trials, and the last of each of the coded
        ones.
    """
    counts, proportions, _, coded_counts, coded_proportions = _families(ends)
    every = (y[counts], of[proportions], y[coded_counts], of[coded_proportions])
    found = [np.unique(v, return_counts=True) for v in every]
    rows = [np.column_stack([values, times.astype(np.float64)]) for values, times in found]
    return np.vstack(rows), np.cumsum([len(r) for r in rows])


@njit(cache=True, error_model="numpy")
def fill_coded(
    of: Floats, ends: Ints, coder: Ints, coded: Floats, dispersion: Floats, rates: Floats,
    parameter: Floats, offset: Floats, coding: Floats,
) -> None:  # fmt: skip
    """What `fill_cells` writes of the coded cells."""
    for m in range(coder.size):
        i, gain, made_up = ends[2] + m, rates[2 * coder[m]], rates[2 * coder[m] + 1]
        if i < ends[3]:
            parameter[i], offset[i] = dispersion[0], 0.0
            coding[0, m], coding[1, m] = gain * of[i] / dispersion[0], made_up * coded[m] / dispersion[0]
        else:
            parameter[i], offset[i] = dispersion[1], of[i]
            coding[0, m], coding[1, m] = gain, made_up


@njit(cache=True, error_model="numpy")
def fill_cells(
    of: Floats, scale: Floats, ends: Ints, coder: Ints, coded: Floats, dispersion: Floats, rates: Floats,
    tallied: Floats, parts: Ints, fixed: float, parameter: Floats, offset: Floats, coding: Floats,
) -> float:  # fmt: skip
    """Write each cell's parameter and offset for given dispersions; returns the sum of the cells' constants.

    Args:
        of, scale: (N,) exposure/trials/ratings, channel scale (> 0); by family.
        ends: (5,) cells up to the last count, proportion, rating, coded count, coded proportion.
        coder, coded: (M,) coder of each coded cell, and how many items it coded.
        dispersion: (4,) size of the counts, precision of the proportions, rating sd between weeks and between days
            (both in channel scales): a mean of n ratings has variance scale^2 (floor + kappa0^2 + kappa1^2 / n).
        rates: (2 C,) gain and false positive rate of each coder.
        tallied, parts: from `tally`; fixed: from `fixed_constant`.
        parameter: (N,) written: size, precision or variance.
        offset: (N,) written: log(exposure / size) of a count, the trials of a proportion, 0 for others.
        coding: (2, M) written: gain and background of each coded cell, of a count those of its mean over its size.
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
    for i in range(parts[1], parts[2]):
        constant += tallied[i, 1] * rising(size, tallied[i, 0])[0]
    for i in range(parts[2], parts[3]):
        constant -= tallied[i, 1] * rising(precision, tallied[i, 0])[0]
    fill_coded(of, ends, coder, coded, dispersion, rates, parameter, offset, coding)
    return constant
