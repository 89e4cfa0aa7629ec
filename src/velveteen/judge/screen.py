"""A cheap look at every trajectory: one Newton step from no change, with the cells' scores taken once.

The log posterior of (u, b) is expanded to second order about the mode without any change, own effects at 0. There the cells'
scores and information are the same for every trajectory; only the columns of the account's own effects differ. The integral
of the expansion is ranked and interpolated with, never reported: `evidence.Profile` corrects it by full evaluations.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit

from velveteen.judge.arrays import Floats, Ints
from velveteen.judge.bordered import factorise, inner
from velveteen.judge.laplace import add_ebb_prior, add_effect_prior
from velveteen.judge.likelihood import CELLS, DESIGN, mixture, predictors


@njit(cache=True)
def score_cells(
    week: Ints, family: Ints, y: Floats, of: Floats, parameter: Floats, kappa: Floats,
    column: Ints, v0: Floats, v1: Floats, node: Floats, log_weight: Floats, u: Floats, b: Floats, scores: Floats,
) -> None:  # fmt: skip
    """Write each cell's score and complete-data information in (eta0, eta1): scores (N, 5) = s0, s1, h00, h01, h11."""
    for i in range(y.size):
        eta0, eta1 = predictors(column[i], v0[i], v1[i], kappa[i] * u[week[i]], b)
        found = mixture(family[i], y[i], of[i], parameter[i], eta0, eta1, node[i], log_weight[i], False)
        for k in range(5):
            scores[i, k] = found[k + 1]


@njit(cache=True)
def add_columns(
    week: Ints, kappa: Floats, column: Ints, v0: Floats, v1: Floats, scores: Floats, first: int, shared: int,
    rows: Floats, grad_u: Floats, grad_b: Floats, h_uu: Floats, h_ub: Floats, h_bb: Floats,
) -> None:  # fmt: skip
    """Add gradient and information of the columns from `first` on to the five matrices.

    Args:
        week, kappa, column, v0, v1: cells and design, as in `likelihood.accumulate`.
        scores: (N, 5) from `score_cells`.
        first: 0 also adds the ebb's own part; later columns alone otherwise.
        shared: number of columns that no trajectory scales; a cell with an own column has every column before it.
        rows: (own columns, T) what scales each own column, week by week.
        grad_u, grad_b, h_uu, h_ub, h_bb: as in `likelihood.accumulate`.
    """
    for i in range(week.size):
        t, kap = week[i], kappa[i]
        s0, s1, h00, h01, h11 = scores[i, 0], scores[i, 1], scores[i, 2], scores[i, 3], scores[i, 4]
        if first == 0:
            grad_u[t] += s0 * kap
            h_uu[t] += h00 * kap * kap
        for m in range(first, column.shape[1]):
            j = column[i, m]
            scale = 1.0 if m < shared else rows[m - shared, t]
            if j < 0 or scale == 0.0:
                continue
            a0, a1 = scale * v0[i, m], scale * v1[i, m]
            c0, c1 = h00 * a0 + h01 * a1, h01 * a0 + h11 * a1
            grad_b[j] += s0 * a0 + s1 * a1
            h_ub[t, j] += kap * c0
            for n in range(m + 1):
                k = column[i, n]
                other = 1.0 if n < shared else rows[n - shared, t]
                h_bb[k, j] += (c0 * v0[i, n] + c1 * v1[i, n]) * other


@njit(
    f"void({CELLS}, {DESIGN}, float64, float64, float64[::1], float64[:, ::1], float64[::1], float64[::1], int64,"
    " float64[:, :, ::1], float64[::1])",
    cache=True,
)
def screen(
    week: Ints, family: Ints, y: Floats, of: Floats, parameter: Floats, constant: Floats, kappa: Floats,  # noqa: ARG001
    column: Ints, v0: Floats, v1: Floats, node: Floats, log_weight: Floats,
    rho: float, sigma: float, mean: Floats, precision: Floats, u: Floats, b: Floats, shared: int,
    rows: Floats, out: Floats,
) -> None:  # fmt: skip
    """Write the expansion's log integral of each trajectory, up to a constant that they share.

    Args:
        week .. log_weight: cells and design, own columns unscaled.
        rho, sigma, mean, precision: as in `laplace.laplace`.
        u, b: (T,), (p,) the mode without change, own effects at 0.
        shared: number of columns that no trajectory scales.
        rows: (n, own columns, T) what scales each own column along each trajectory.
        out: (n,) written.
    """
    weeks, p = u.size, b.size
    scores = np.empty((y.size, 5))
    score_cells(week, family, y, of, parameter, kappa, column, v0, v1, node, log_weight, u, b, scores)
    grad_u, grad_b, h_uu = np.zeros(weeks), np.zeros(p), np.zeros(weeks)
    h_ub, h_bb = np.zeros((weeks, p)), np.zeros((p, p))
    add_ebb_prior(h_uu, u, rho, sigma, grad_u)
    add_effect_prior(h_bb, b, mean, precision, grad_b)
    still = np.zeros(rows.shape[1:])
    add_columns(week, kappa, column, v0, v1, scores, 0, shared, still, grad_u, grad_b, h_uu, h_ub, h_bb)
    off = -rho / (sigma * sigma * (1.0 - rho * rho))
    for n in range(out.size):
        step_u, step_b, diag = grad_u.copy(), grad_b.copy(), h_uu.copy()
        border, corner = h_ub.copy(), h_bb.copy()
        add_columns(
            week, kappa, column, v0, v1, scores, shared, shared, rows[n], step_u, step_b, diag, border, corner
        )
        gradient_u, gradient_b = step_u.copy(), step_b.copy()
        log_det = factorise(diag, off, border, corner, step_u, step_b)
        decrement = inner(gradient_u, gradient_b, step_u, step_b)
        out[n] = 0.5 * (decrement - log_det) if not math.isnan(log_det) else -np.inf
