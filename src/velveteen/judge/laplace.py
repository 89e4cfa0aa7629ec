"""The inner Laplace approximation: p(record | trajectory, hyperparameters) with the latent ebb and effects integrated out.

Latent vector z = (u, b): u (T,) is the stationary AR(1) ebb, b (p,) are Gaussian effects (levels, strain slopes, transient,
drift, change). A cell's linear predictor is eta(x) = kappa u_t + sum_j (v0_j + x v1_j) b_j, mixed over strain nodes x_k with
weights pi_k:  p(y) = sum_k pi_k f(y; eta(x_k)).  The negative Hessian is a tridiagonal block bordered by p dense columns, so that one
Newton step costs O(N + T p^2): linear in weeks.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit

from velveteen.judge.arrays import Floats, Ints
from velveteen.judge.families import cell_terms

_CELLS = "int64[::1], int64[::1], float64[::1], float64[::1], float64[::1], float64[::1], float64[::1]"
_DESIGN = "int64[:, ::1], float64[:, ::1], float64[:, ::1], float64[:, ::1], float64[:, ::1]"
_MAX_STEPS = 60
_TOLERANCE = 1e-11  # of the Newton decrement; the evidence is then off by far less than 1e-6
_QUADRATIC = 0.02  # decrement below which a full step needs no check: Newton converges quadratically there


@njit(
    f"float64({_CELLS}, {_DESIGN}, float64[::1], float64[::1], boolean, float64[::1], float64[::1],"
    " float64[::1], float64[:, ::1], float64[:, ::1])",
    cache=True,
)
def accumulate(
    week: Ints, family: Ints, y: Floats, of: Floats, parameter: Floats, constant: Floats, kappa: Floats,
    column: Ints, v0: Floats, v1: Floats, node: Floats, log_weight: Floats,
    u: Floats, b: Floats, observed: bool,
    grad_u: Floats, grad_b: Floats, h_uu: Floats, h_ub: Floats, h_bb: Floats,
) -> float:  # fmt: skip
    """Log likelihood at (u, b); adds its gradient and negative Hessian to the five arrays.

    Args:
        week, family: (N,); y, of, parameter, constant, kappa: (N,); column: (N, M) rising along each row, -1 = no
            column; v0, v1: (N, M).
        node, log_weight: (N, K) strain nodes and log mixture weights, -inf = absent node.
        observed: observed information; else the complete-data information, which leaves out the mixture's negative part.
        grad_u (T,), grad_b (p,), h_uu (T,), h_ub (T, p), h_bb (p, p; upper triangle): added to.
    """
    total = 0.0
    nodes = node.shape[1]
    width = column.shape[1]
    li = np.empty(nodes)
    si = np.empty(nodes)
    hi = np.empty(nodes)
    for i in range(y.size):
        t = week[i]
        eta0 = kappa[i] * u[t]
        eta1 = 0.0
        for m in range(width):
            j = column[i, m]
            if j >= 0:
                eta0 += v0[i, m] * b[j]
                eta1 += v1[i, m] * b[j]
        top = -np.inf
        for k in range(nodes):
            if log_weight[i, k] == -np.inf:
                continue
            ll, s, h = cell_terms(family[i], y[i], of[i], parameter[i], eta0 + node[i, k] * eta1)
            li[k] = ll + log_weight[i, k]
            si[k] = s
            hi[k] = h
            top = max(top, li[k])
        weight = 0.0
        for k in range(nodes):
            if log_weight[i, k] != -np.inf:
                weight += math.exp(li[k] - top)
        total += constant[i] + top + math.log(weight)
        s0, s1, h00, h01, h11 = 0.0, 0.0, 0.0, 0.0, 0.0
        for k in range(nodes):
            if log_weight[i, k] == -np.inf:
                continue
            r = math.exp(li[k] - top) / weight
            x = node[i, k]
            info = hi[k] - si[k] * si[k] if observed else max(hi[k], 0.0)
            s0 += r * si[k]
            s1 += r * si[k] * x
            h00 += r * info
            h01 += r * info * x
            h11 += r * info * x * x
        if observed:
            h00 += s0 * s0
            h01 += s0 * s1
            h11 += s1 * s1
        kap = kappa[i]
        grad_u[t] += s0 * kap
        h_uu[t] += h00 * kap * kap
        for m in range(width):
            j = column[i, m]
            if j < 0:
                continue
            c0 = h00 * v0[i, m] + h01 * v1[i, m]
            c1 = h01 * v0[i, m] + h11 * v1[i, m]
            grad_b[j] += s0 * v0[i, m] + s1 * v1[i, m]
            h_ub[t, j] += kap * c0
            for n in range(m, width):
                l = column[i, n]
                if l >= 0:
                    h_bb[j, l] += c0 * v0[i, n] + c1 * v1[i, n]
    return total


@njit(
    f"float64({_CELLS}, {_DESIGN}, float64[::1], float64[::1])",
    cache=True,
)
def log_likelihood(
    week: Ints, family: Ints, y: Floats, of: Floats, parameter: Floats, constant: Floats, kappa: Floats,
    column: Ints, v0: Floats, v1: Floats, node: Floats, log_weight: Floats, u: Floats, b: Floats,
) -> float:  # fmt: skip
    """Log likelihood at (u, b) alone: what the line search needs. Arguments as in `accumulate`."""
    total = 0.0
    for i in range(y.size):
        eta0 = kappa[i] * u[week[i]]
        eta1 = 0.0
        for m in range(column.shape[1]):
            j = column[i, m]
            if j >= 0:
                eta0 += v0[i, m] * b[j]
                eta1 += v1[i, m] * b[j]
        top = -np.inf
        rest = 0.0
        for k in range(node.shape[1]):
            if log_weight[i, k] == -np.inf:
                continue
            ll = log_weight[i, k] + cell_terms(family[i], y[i], of[i], parameter[i], eta0 + node[i, k] * eta1)[0]
            if ll > top:
                rest = rest * math.exp(top - ll) + 1.0 if top > -np.inf else 1.0
                top = ll
            else:
                rest += math.exp(ll - top)
        total += constant[i] + top + math.log(rest)
    return total


@njit("float64(float64[::1], float64, float64)", cache=True)
def ebb_quadratic(u: Floats, rho: float, sigma: float) -> float:
    """u' Q u for a stationary AR(1) with lag-one correlation rho and standard deviation sigma."""
    total = u[0] * u[0]
    for t in range(1, u.size):
        step = u[t] - rho * u[t - 1]
        total += step * step / (1.0 - rho * rho)
    return total / (sigma * sigma)


@njit("float64(float64[::1], float64[::1], float64[:, ::1])", cache=True)
def effect_quadratic(b: Floats, mean: Floats, precision: Floats) -> float:
    """(b - mean)' P (b - mean)."""
    total = 0.0
    for i in range(b.size):
        row = 0.0
        for j in range(b.size):
            row += precision[i, j] * (b[j] - mean[j])
        total += row * (b[i] - mean[i])
    return total


@njit("void(float64[::1], float64[::1], float64, float64, float64[::1])", cache=True)
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


@njit("void(float64[:, ::1], float64[::1], float64[::1], float64[:, ::1], float64[::1])", cache=True)
def add_effect_prior(h_bb: Floats, b: Floats, mean: Floats, precision: Floats, grad_b: Floats) -> None:
    """Add P to the upper triangle of h_bb and -P (b - mean) to grad_b."""
    for i in range(b.size):
        for j in range(b.size):
            grad_b[i] -= precision[i, j] * (b[j] - mean[j])
            if j >= i:
                h_bb[i, j] += precision[i, j]


@njit("float64(float64[::1], float64, float64[:, ::1], float64[:, ::1], float64[::1], float64[::1])", cache=True)
def factorise(diag: Floats, off: float, h_ub: Floats, h_bb: Floats, grad_u: Floats, grad_b: Floats) -> float:
    """Factorise the bordered tridiagonal Hessian in place and solve; returns its log determinant, NaN if not positive.

    In: diag (T,) and the constant off-diagonal of the ebb block, h_ub (T, p), h_bb (p, p; upper), the gradient. Out: diag holds the pivots
    of L D L', h_ub holds L^-1 H_ub, h_bb holds in its *lower* triangle the Cholesky factor of the Schur complement S, and
    grad_u, grad_b hold the Newton step H^-1 gradient.
    """
    weeks, p = h_ub.shape
    log_det = 0.0
    for t in range(weeks):
        if t > 0:
            ratio = off / diag[t - 1]
            diag[t] -= ratio * off
            grad_u[t] -= ratio * grad_u[t - 1]
            for j in range(p):
                h_ub[t, j] -= ratio * h_ub[t - 1, j]
        if not diag[t] > 0.0:
            return np.nan
        log_det += math.log(diag[t])
        inverse = 1.0 / diag[t]
        for j in range(p):
            scaled = h_ub[t, j] * inverse
            grad_b[j] -= scaled * grad_u[t]
            for l in range(j, p):
                h_bb[j, l] -= scaled * h_ub[t, l]
    for j in range(p):
        for i in range(j, p):
            value = h_bb[j, i]
            for k in range(j):
                value -= h_bb[i, k] * h_bb[j, k]
            if i == j:
                if not value > 0.0:
                    return np.nan
                log_det += math.log(value)
                h_bb[j, j] = math.sqrt(value)
            else:
                h_bb[i, j] = value / h_bb[j, j]
    for i in range(p):
        for k in range(i):
            grad_b[i] -= h_bb[i, k] * grad_b[k]
        grad_b[i] /= h_bb[i, i]
    for i in range(p - 1, -1, -1):
        for k in range(i + 1, p):
            grad_b[i] -= h_bb[k, i] * grad_b[k]
        grad_b[i] /= h_bb[i, i]
    for t in range(weeks - 1, -1, -1):
        for j in range(p):
            grad_u[t] -= h_ub[t, j] * grad_b[j]
        grad_u[t] /= diag[t]
        if t < weeks - 1:
            grad_u[t] -= off / diag[t] * grad_u[t + 1]
    return log_det


@njit(
    f"float64({_CELLS}, {_DESIGN}, float64, float64, float64[::1], float64[:, ::1], float64,"
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
        cells and design as in `accumulate`; rho in (0, 1), sigma > 0: the ebb; mean (p,), precision (p, p): prior of b.
        log_det_precision: log det of `precision`.
        u (T,), b (p,): start of the search; hold the mode afterwards.
        factor: (p, p) written: its lower triangle is the Cholesky factor of the marginal precision of b.
    """
    weeks, p = u.size, b.size
    off = -rho / (sigma * sigma * (1.0 - rho * rho))
    h_uu = np.empty(weeks)
    h_ub = np.empty((weeks, p))
    grad_u = np.empty(weeks)
    grad_b = np.empty(p)
    trial_u = np.empty(weeks)
    trial_b = np.empty(p)
    log_det_h = np.nan
    value = -np.inf
    for _ in range(_MAX_STEPS):
        for observed in (True, False):
            h_uu[:] = 0.0
            h_ub[:] = 0.0
            factor[:] = 0.0
            grad_u[:] = 0.0
            grad_b[:] = 0.0
            value = accumulate(
                week, family, y, of, parameter, constant, kappa, column, v0, v1, node, log_weight,
                u, b, observed, grad_u, grad_b, h_uu, h_ub, factor,
            )  # fmt: skip
            value -= 0.5 * (ebb_quadratic(u, rho, sigma) + effect_quadratic(b, mean, precision))
            add_ebb_prior(h_uu, u, rho, sigma, grad_u)
            add_effect_prior(factor, b, mean, precision, grad_b)
            trial_u[:] = grad_u
            trial_b[:] = grad_b
            log_det_h = factorise(h_uu, off, h_ub, factor, grad_u, grad_b)
            if not math.isnan(log_det_h):
                break
        decrement = 0.0
        for t in range(weeks):
            decrement += trial_u[t] * grad_u[t]
        for j in range(p):
            decrement += trial_b[j] * grad_b[j]
        if decrement < _TOLERANCE:
            break
        size = 1.0
        for _ in range(30):
            for t in range(weeks):
                trial_u[t] = u[t] + size * grad_u[t]
            for j in range(p):
                trial_b[j] = b[j] + size * grad_b[j]
            if decrement < _QUADRATIC:
                break
            new = log_likelihood(
                week, family, y, of, parameter, constant, kappa, column, v0, v1, node, log_weight, trial_u, trial_b
            )
            new -= 0.5 * (ebb_quadratic(trial_u, rho, sigma) + effect_quadratic(trial_b, mean, precision))
            if new >= value + 1e-4 * size * decrement:
                break
            size *= 0.5
        u[:] = trial_u
        b[:] = trial_b
    log_det_q = -weeks * 2.0 * math.log(sigma) - (weeks - 1) * math.log(1.0 - rho * rho)
    return value + 0.5 * (log_det_q + log_det_precision - log_det_h)
