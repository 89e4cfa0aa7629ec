"""The inner Laplace approximation: p(record | trajectory, hyperparameters), the latent ebb and effects integrated out.

Latent vector z = (u, b): u (T,) is the stationary AR(1) ebb, b (p,) are Gaussian effects (levels, strain slopes,
transient, drift, change). A cell's linear predictor is eta(x) = kappa u_t + sum_j (v0_j + x v1_j) b_j, mixed over
strain nodes. The negative Hessian is a tridiagonal block bordered by p dense columns, so one Newton step costs
O(N + T p^2): linear in weeks.

`Prior` below is (rho, sigma, mean, precision): lag-one correlation in (0, 1) and standard deviation of the ebb; (p,),
(p, p) prior of b. `Cells` and `Rows` are those of `likelihood` and `design`.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit

from velveteen.judge.arrays import Cells, Floats, Prior, Rows
from velveteen.judge.bordered import dot, factorise
from velveteen.judge.design import add_rows, predict, spread
from velveteen.judge.likelihood import score_rows

_MOST_STEPS = 400  # tried, halved ones included: a record that needs so many is nothing anybody kept
_QUADRATIC = 0.02  # decrement below which a full step needs no check: Newton converges quadratically there


@njit(cache=True, error_model="numpy")
def ebb_quadratic(u: Floats, rho: float, sigma: float) -> float:
    """The quadratic form u' Q u of a stationary AR(1) with lag-one correlation rho and standard deviation sigma."""
    total = 0.0
    for t in range(1, u.size):
        step = u[t] - rho * u[t - 1]
        total += step * step
    return float((u[0] * u[0] + total / (1.0 - rho * rho)) / (sigma * sigma))


@njit(cache=True, error_model="numpy")
def add_ebb_prior(h_uu: Floats, u: Floats, rho: float, sigma: float, grad_u: Floats) -> None:
    """Add Q's diagonal to h_uu and -Q u to grad_u."""
    last = u.size - 1
    scale = 1.0 / (sigma * sigma * (1.0 - rho * rho))
    for t in range(u.size):
        diagonal = scale if t in (0, last) else scale * (1.0 + rho * rho)
        h_uu[t] += diagonal
        pull = diagonal * u[t]
        if t > 0:
            pull -= scale * rho * u[t - 1]
        if t < last:
            pull -= scale * rho * u[t + 1]
        grad_u[t] -= pull


@njit(cache=True, error_model="numpy")
def add_effect_prior(h_bb: Floats, b: Floats, mean: Floats, precision: Floats, grad_b: Floats) -> float:
    """Add P to the upper triangle of h_bb and -P (b - mean) to grad_b; returns (b - mean)' P (b - mean)."""
    total = 0.0
    for i in range(b.size):
        pull = 0.0
        for j in range(b.size):
            pull += precision[i, j] * (b[j] - mean[j])
        grad_b[i] -= pull
        total += pull * (b[i] - mean[i])
        for j in range(i, b.size):
            h_bb[i, j] += precision[i, j]
    return total


@njit(inline="always", error_model="numpy")
def newton_step(
    cells: Cells, rows: Rows, prior: Prior, u: Floats, b: Floats, observed: float,
    step_u: Floats, step_b: Floats, factor: Floats, by_row: Floats, by_cell: Floats,
) -> tuple[float, float, float]:  # fmt: skip
    """One Newton step at (u, b), written to step_u, step_b; `factor` as in `laplace`.

    Args:
        cells, rows, prior: see above.
        u, b: (T,), (p,) where.
        observed: as in `likelihood.score_rows`.
        step_u, step_b, factor: (T,), (p,), (p, p) written.
        by_row, by_cell: (7, R), (11, N) workspace; by_row[:5] is left with the rows' score and information.

    Returns:
        Log likelihood plus log prior up to their constants; the Newton decrement g' H^-1 g; log det H, NaN where H is not
        positive definite (the step is then worthless).
    """
    rho, sigma, mean, precision = prior
    weeks, p = u.size, b.size
    predict(rows, u, b, by_row)
    spread(cells[3], by_row, by_cell)
    value = score_rows(cells, observed, by_cell, by_row)
    h_uu, h_bu, gradient_u, gradient_b = np.zeros(weeks), np.zeros((p, weeks)), np.zeros(weeks), np.zeros(p)
    factor.fill(0.0)
    add_rows(rows, by_row, gradient_u, gradient_b, h_uu, h_bu, factor)
    value -= 0.5 * (ebb_quadratic(u, rho, sigma) + add_effect_prior(factor, b, mean, precision, gradient_b))
    add_ebb_prior(h_uu, u, rho, sigma, gradient_u)
    for t in range(weeks):
        step_u[t] = gradient_u[t]
    for j in range(p):
        step_b[j] = gradient_b[j]
    log_det = factorise(h_uu, -rho / (sigma * sigma * (1.0 - rho * rho)), h_bu, factor, step_u, step_b)
    return value, dot(gradient_u, step_u) + dot(gradient_b, step_b), log_det


@njit(cache=True, error_model="numpy")
def move(u: Floats, b: Floats, start: Floats, along: Floats, size: float) -> None:
    """Set (u, b) to start + size * along, both (T + p,)."""
    for t in range(u.size):
        u[t] = start[t] + size * along[t]
    for j in range(b.size):
        b[j] = start[u.size + j] + size * along[u.size + j]


@njit(cache=True, error_model="numpy")
def keep(u: Floats, b: Floats, to: Floats) -> None:
    """Copy (u, b) to (T + p,)."""
    for t in range(u.size):
        to[t] = u[t]
    for j in range(b.size):
        to[u.size + j] = b[j]


@njit(inline="always", error_model="numpy")
def laplace(
    cells: Cells, rows: Rows, prior: Prior, tolerance: float, u: Floats, b: Floats, factor: Floats,
    by_row: Floats, by_cell: Floats,
) -> float:  # fmt: skip
    """Laplace approximation of the log evidence, log of the integral over (u, b); constants of cells and of P left out.

    log p(y) ~ l(z*) + log p(z*) + (dim/2) log 2 pi - 1/2 log det H(z*)  (Tierney & Kadane 1986), with H the observed
    information where it is positive definite, else the complete-data information. What is left out is the sum of the
    cells' constants and 1/2 log det P.

    Args:
        cells, rows, prior: see above.
        tolerance: Newton decrement at which the search ends; the quadratic rest is added.
        u, b: (T,), (p,) start of the search; hold the mode afterwards.
        factor: (p, p) written: its upper triangle U has U'U = the marginal precision of b.
        by_row, by_cell: (7, R), (11, N) workspace.
    """
    rho, sigma, _, _ = prior
    step_u, step_b = np.empty(u.size), np.empty(b.size)
    start, along = np.empty(u.size + b.size), np.empty(u.size + b.size)
    value, decrement, log_det = 0.0, 0.0, np.nan
    before, expected, size = -np.inf, 0.0, 1.0
    for _ in range(_MOST_STEPS):
        for observed in (1.0, 0.0):
            value, decrement, log_det = newton_step(
                cells, rows, prior, u, b, observed, step_u, step_b, factor, by_row, by_cell
            )
            if not math.isnan(log_det):
                break
        if value >= before + 1e-4 * size * expected or expected < _QUADRATIC:
            if not decrement >= tolerance:
                break
            keep(u, b, start)
            keep(step_u, step_b, along)
            before, expected, size = value, decrement, 1.0
        else:
            size *= 0.5
        move(u, b, start, along, size)
    if decrement < tolerance:
        keep(u, b, start)
        keep(step_u, step_b, along)
        move(u, b, start, along, 1.0)
        value += 0.5 * decrement
    log_det_q = -u.size * 2.0 * math.log(sigma) - (u.size - 1) * math.log(1.0 - rho * rho)
    return value + 0.5 * (log_det_q - log_det)
