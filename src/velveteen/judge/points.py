"""Laplace log evidences of one account at many points (trajectory, hyperparameters), in one call."""

from __future__ import annotations

import numpy as np
from numba import njit

from velveteen.judge.arrays import Floats, Ints
from velveteen.judge.dispersion import fill_cells
from velveteen.judge.laplace import laplace

F1, F2, F3, I1, I2 = "float64[::1]", "float64[:, ::1]", "float64[:, :, ::1]", "int64[::1]", "int64[:, ::1]"


@njit(cache=True, error_model="numpy")
def scale_own(
    week: Ints, v0: Floats, v1: Floats, shared: int, scale: Floats, to0: Floats, to1: Floats
) -> None:
    """Write the own columns, from `shared` on, scaled by what a trajectory gives each of them in each row's week."""
    for k in range(scale.shape[0]):
        for r in range(week.size):
            to0[shared + k, r] = v0[shared + k, r] * scale[k, week[r]]
            to1[shared + k, r] = v1[shared + k, r] * scale[k, week[r]]


@njit(cache=True, error_model="numpy")
def alike(a: Floats, b: Floats) -> bool:
    """Whether two dispersions (4,) are the same."""
    return bool(a[0] == b[0] and a[1] == b[1] and a[2] == b[2] and a[3] == b[3])


@njit(cache=True, error_model="numpy")
def start_from(modes: Floats, i: int, a: int) -> None:
    """Set modes[i]: as it is where a < 0, else modes[a] plus it."""
    if a >= 0:
        for d in range(modes.shape[1]):
            modes[i, d] += modes[a, d]


@njit(
    f"void({F1}, {F1}, {F1}, {I1}, {F2}, {F2}, {I2}, {I1}, {I1}, {F1}, {F2}, {I1}, float64, {I1}, {F1}, {F1}, {I1}, {I2},"
    f" {I2}, {F2}, {F2}, {F1}, {F2}, int64, {F3}, {I1}, {F2}, {I1}, {F1}, {F2}, {F1}, {F2}, {F2})",
    cache=True,
    error_model="numpy",
    nogil=True,  # a page is answered while a record is weighed in another thread
)
def evaluate_points(
    y: Floats, of: Floats, scale: Floats, row: Ints, strain: Floats, log_weight: Floats, many: Ints, ends: Ints,
    coder: Ints, coded: Floats, tallied: Floats, parts: Ints, fixed: float,
    week: Ints, kappa: Floats, inward: Floats, start: Ints, column: Ints, part: Ints, v0: Floats, v1: Floats,
    mean: Floats, precision: Floats, shared: int,
    scales: Floats, trajectory: Ints, naturals: Floats, after: Ints, tolerance: Floats,
    modes: Floats, values: Floats, factor: Floats, scores: Floats,
) -> None:  # fmt: skip
    """Write the log evidence at n points, up to 1/2 log det P.

    Args:
        y .. fixed: as `layout.Layout` holds them.
        week, kappa, inward: (R,) week, what the ebb is multiplied by, 1 where it is multiplied by the inward loading too.
        start, column, part, v0, v1: as `layout.Design` holds them, own columns unscaled.
        mean, precision: (p,), (p, p) prior of the effects.
        shared: number of columns that no trajectory scales.
        scales: (J, own columns, T) what scales each own column along each trajectory.
        trajectory: (n,) trajectory of each point.
        naturals: (n, 7 + 2 C) rho, sigma, inward loading, and the dispersion and rates of `fill_cells`.
        after: (n,) where each search starts, see `start_from`.
        tolerance: (n,) as in `laplace.laplace`.
        modes: (n, T + p) starts or shifts; hold the modes afterwards.
        values: (n,) written.
        factor, scores: (p, p), (5, R) of the last point: see `laplace.laplace`, `likelihood.score_rows`.
    """
    weeks = modes.shape[1] - mean.size
    parameter, offset, ebb = np.empty(y.size), np.empty(y.size), np.empty(week.size)
    by_row, by_cell, coding = np.empty((7, week.size)), np.empty((11, y.size)), np.empty((2, coder.size))
    scaled0, scaled1 = v0.copy(), v1.copy()
    first = np.array([0, ends[0], ends[1], ends[2], ends[3]])
    constant = 0.0
    for i in range(values.size):
        rho, sigma, loading = naturals[i, 0], naturals[i, 1], naturals[i, 2]
        if i == 0 or not alike(naturals[i, 3:], naturals[i - 1, 3:]):
            constant = fill_cells(
                of, scale, ends, coder, coded, naturals[i, 3:7], naturals[i, 7:], tallied, parts, fixed,
                parameter, offset, coding,
            )  # fmt: skip
        for r in range(week.size):
            ebb[r] = kappa[r] * (loading if inward[r] > 0.0 else 1.0)
        if i == 0 or trajectory[i] != trajectory[i - 1]:
            scale_own(week, v0, v1, shared, scales[trajectory[i]], scaled0, scaled1)
        start_from(modes, i, after[i])
        cells = (y, parameter, offset, row, strain, log_weight, first, many, coding)
        rows = (week, ebb, start, column, part, scaled0, scaled1)
        prior = (rho, sigma, mean, precision)
        u, b = modes[i, :weeks], modes[i, weeks:]
        values[i] = constant + laplace(cells, rows, prior, tolerance[i], u, b, factor, by_row, by_cell)
    for r in range(week.size):
        for k in range(5):
            scores[k, r] = by_row[k, r]
