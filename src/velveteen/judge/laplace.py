"""The inner Laplace approximation: p(record | trajectory, hyperparameters), the latent ebb and effects integrated out.

Latent vector z = (u, b): u (T,) is the stationary AR(1) ebb, b (p,) are Gaussian effects (levels, strain slopes,
transient, drift, change). A cell's linear predictor is eta(x) = kappa u_t + sum_j (v0_j + x v1_j) b_j, mixed over
strain nodes. The negative Hessian is a tridiagonal block bordered by p dense columns, so one Newton step costs
O(N + T p^2): linear in weeks.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit

from velveteen.judge.arrays import Floats, Ints
from velveteen.judge.bordered import factorise, inner
from velveteen.judge.likelihood import CELLS, DESIGN, accumulate, log_likelihood

_MAX_STEPS = 60
_HALVINGS = 30
_TOLERANCE = 1e-11  # of the Newton decrement; the evidence is then off by far less than 1e-6
_QUADRATIC = 0.02  # decrement below which a full step needs no check: Newton converges quadratically there


@njit(cache=True)
def ebb_quadratic(u: Floats, rho: float, sigma: float) -> float:
    """The quadratic form u' Q u of a stationary AR(1) with lag-one correlation rho and standard deviation sigma."""
    total = u[0] * u[0]
    for t in range(1, u.size):
        step = u[t] - rho * u[t - 1]
        total += step * step / (1.0 - rho * rho)
    return float(total / (sigma * sigma))


@njit(cache=True)
def effect_quadratic(b: Floats, mean: Floats, precision: Floats) -> float:
    """(b - mean)' P (b - mean)."""
    total = 0.0
    for i in range(b.size):
        row = 0.0
        for j in range(b.size):
            row += precision[i, j] * (b[j] - mean[j])
        total += row * (b[i] - mean[i])
    return total


@njit(cache=True)
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


@njit(cache=True)
def add_effect_prior(h_bb: Floats, b: Floats, mean: Floats, precision: Floats, grad_b: Floats) -> None:
    """Add P to the upper triangle of h_bb and -P (b - mean) to grad_b."""
    for i in range(b.size):
        for j in range(b.size):
            grad_b[i] -= precision[i, j] * (b[j] - mean[j])
            if j >= i:
                h_bb[i, j] += precision[i, j]


@njit(cache=True)
def newton_step(
    week: Ints, family: Ints, y: Floats, of: Floats, parameter: Floats, constant: Floats, kappa: Floats,
    column: Ints, v0: Floats, v1: Floats, node: Floats, log_weight: Floats,
    rho: float, sigma: float, mean: Floats, precision: Floats,
    u: Floats, b: Floats, observed: bool, step_u: Floats, step_b: Floats, factor: Floats,
) -> tuple[float, float, float]:  # fmt: skip
    """One Newton step at (u, b), written to step_u, step_b; `factor` as in `laplace`.

    Returns:
        Log likelihood plus log prior up to their constants; the Newton decrement g' H^-1 g; log det H, NaN where H is not
        positive definite (the step is then worthless).
    """
    weeks, p = u.size, b.size
    h_uu, h_ub = np.zeros(weeks), np.zeros((weeks, p))
    step_u[:], step_b[:], factor[:] = 0.0, 0.0, 0.0
    value = accumulate(
        week, family, y, of, parameter, constant, kappa, column, v0, v1, node, log_weight,
        u, b, observed, step_u, step_b, h_uu, h_ub, factor,
    )  # fmt: skip
    value -= 0.5 * (ebb_quadratic(u, rho, sigma) + effect_quadratic(b, mean, precision))
    add_ebb_prior(h_uu, u, rho, sigma, step_u)
    add_effect_prior(factor, b, mean, precision, step_b)
    gradient_u, gradient_b = step_u.copy(), step_b.copy()
    log_det = factorise(h_uu, -rho / (sigma * sigma * (1.0 - rho * rho)), h_ub, factor, step_u, step_b)
    return value, inner(gradient_u, gradient_b, step_u, step_b), log_det


@njit(cache=True)
def climb(
    week: Ints, family: Ints, y: Floats, of: Floats, parameter: Floats, constant: Floats, kappa: Floats,
    column: Ints, v0: Floats, v1: Floats, node: Floats, log_weight: Floats,
    rho: float, sigma: float, mean: Floats, precision: Floats,
    u: Floats, b: Floats, step_u: Floats, step_b: Floats, value: float, decrement: float,
) -> None:  # fmt: skip
    """Move (u, b) along the step, halved until the objective rises (Armijo); unchecked once Newton is quadratic."""
    start_u, start_b = u.copy(), b.copy()
    size = 1.0
    for _ in range(_HALVINGS):
        u[:] = start_u + size * step_u
        b[:] = start_b + size * step_b
        if decrement < _QUADRATIC:
            return
        new = log_likelihood(
            week, family, y, of, parameter, constant, kappa, column, v0, v1, node, log_weight, u, b
        )
        new -= 0.5 * (ebb_quadratic(u, rho, sigma) + effect_quadratic(b, mean, precision))
        if new >= value + 1e-4 * size * decrement:
            return
        size *= 0.5


@njit(
    f"float64({CELLS}, {DESIGN}, float64, float64, float64[::1], float64[:, ::1], float64,"
    " float64[::1], float64[::1], float64[:, ::1])",
    cache=True,
)
def laplace(
    week: Ints, family: Ints, y: Floats, of: Floats, parameter: Floats, constant: Floats, kappa: Floats,
    column: Ints, v0: Floats, v1: Floats, node: Floats, log_weight: Floats,
    rho: float, sigma: float, mean: Floats, precision: Floats, log_det_precision: float,
    u: Floats, b: Floats, factor: Floats,
) -> float:  # fmt: skip
    """Laplace approximation of the log evidence, log of the integral over (u, b).

    log p(y) ~ l(z*) + log p(z*) + (dim/2) log 2 pi - 1/2 log det H(z*)  (Tierney & Kadane 1986), with H the observed
    information where it is positive definite, else the complete-data information.

    Args:
        week .. log_weight: cells and design, as in `likelihood.accumulate`.
        rho, sigma: lag-one correlation in (0, 1) and standard deviation of the ebb.
        mean, precision, log_det_precision: (p,), (p, p) prior of b, and the log determinant of its precision.
        u, b: (T,), (p,) start of the search; hold the mode afterwards.
        factor: (p, p) written: its lower triangle is the Cholesky factor of the marginal precision of b.
    """
    step_u, step_b = np.empty(u.size), np.empty(b.size)
    value, log_det = -np.inf, np.nan
    for _ in range(_MAX_STEPS):
        decrement = 0.0
        for observed in (True, False):
            value, decrement, log_det = newton_step(
                week, family, y, of, parameter, constant, kappa, column, v0, v1, node, log_weight,
                rho, sigma, mean, precision, u, b, observed, step_u, step_b, factor,
            )  # fmt: skip
            if not math.isnan(log_det):
                break
        if decrement < _TOLERANCE:
            break
        climb(
            week, family, y, of, parameter, constant, kappa, column, v0, v1, node, log_weight,
            rho, sigma, mean, precision, u, b, step_u, step_b, value, decrement,
        )  # fmt: skip
    log_det_q = -u.size * 2.0 * math.log(sigma) - (u.size - 1) * math.log(1.0 - rho * rho)
    return value + 0.5 * (log_det_q + log_det_precision - log_det)
