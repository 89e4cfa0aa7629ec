"""Linear algebra of a tridiagonal block bordered by p dense columns: factorise, log determinant, solve.

The border is held as p rows of T weeks, so that what is summed over weeks lies side by side.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit

from velveteen.judge.arrays import Floats

_HUGE, _TINY = 1e100, 1e-100


@njit(cache=True, error_model="numpy", fastmath={"reassoc", "contract"})
def dot(a: Floats, b: Floats) -> float:
    """Sum of a b. The order of summation is the compiler's, so that it sums several at once."""
    total = 0.0
    for i in range(a.size):
        total += a[i] * b[i]
    return total


@njit(cache=True, error_model="numpy")
def add_scaled(v: Floats, scale: float, to: Floats) -> None:
    """Add scale * v."""
    for i in range(to.size):
        to[i] += scale * v[i]


@njit(cache=True, error_model="numpy")
def pivots(diag: Floats, off: float, ratio: Floats) -> float:
    """Eliminate a tridiagonal matrix downwards; returns its log determinant, NaN if it is not positive definite.

    Args:
        diag, off: (T,) diagonal and the constant off-diagonal; diag is left with the inverse pivots 1 / D of L D L'.
        ratio: (T,) written: the off-diagonal of L, the first 0.
    """
    log_det, product = 0.0, 1.0
    ratio[0] = 0.0
    for t in range(diag.size):
        if t > 0:
            ratio[t] = off * diag[t - 1]
            diag[t] -= ratio[t] * off
        if not diag[t] > 0.0:
            return np.nan
        product *= diag[t]
        if product > _HUGE or product < _TINY:
            log_det += math.log(product)
            product = 1.0
        diag[t] = 1.0 / diag[t]
    return log_det + math.log(product)


@njit(cache=True, error_model="numpy")
def forward(ratio: Floats, root: Floats, values: Floats) -> None:
    """Replace values (T,) by D^-1/2 L^-1 values; `root` (T,) is D^-1/2."""
    for t in range(1, values.size):
        values[t] -= ratio[t] * values[t - 1]
    for t in range(values.size):
        values[t] *= root[t]


@njit(cache=True, error_model="numpy")
def forward_rows(ratio: Floats, root: Floats, rows: Floats) -> None:
    """The same for every row of rows (p, T), four at a time: each waits for its own last week, not for the others."""
    whole = rows.shape[0] - rows.shape[0] % 4
    for j in range(0, whole, 4):
        a, b, c, d = rows[j, 0], rows[j + 1, 0], rows[j + 2, 0], rows[j + 3, 0]
        for t in range(rows.shape[1]):
            if t > 0:
                a = rows[j, t] - ratio[t] * a
                b = rows[j + 1, t] - ratio[t] * b
                c = rows[j + 2, t] - ratio[t] * c
                d = rows[j + 3, t] - ratio[t] * d
            rows[j, t], rows[j + 1, t] = a * root[t], b * root[t]
            rows[j + 2, t], rows[j + 3, t] = c * root[t], d * root[t]
    for j in range(whole, rows.shape[0]):
        forward(ratio, root, rows[j])


@njit(cache=True, error_model="numpy")
def cholesky(h: Floats) -> float:
    """Replace the upper triangle of h (p, p) by U with U'U = H; returns log det H, NaN if H is not positive definite."""
    log_det, product = 0.0, 1.0
    p = h.shape[0]
    for j in range(p):
        if not h[j, j] > 0.0:
            return np.nan
        product *= h[j, j]
        if product > _HUGE or product < _TINY:
            log_det += math.log(product)
            product = 1.0
        root = math.sqrt(h[j, j])
        inverse = 1.0 / root
        h[j, j] = root
        for k in range(j + 1, p):
            h[j, k] *= inverse
        for i in range(j + 1, p):
            f = h[j, i]
            for k in range(i, p):
                h[i, k] -= f * h[j, k]
    return log_det + math.log(product)


@njit(cache=True, error_model="numpy")
def solve_cholesky(factor: Floats, g: Floats) -> None:
    """Replace g (p,) by (U'U)^-1 g, U in the upper triangle of `factor`."""
    p = g.size
    for i in range(p):
        g[i] /= factor[i, i]
        for k in range(i + 1, p):
            g[k] -= factor[i, k] * g[i]
    for i in range(p - 1, -1, -1):
        value = g[i]
        for k in range(i + 1, p):
            value -= factor[i, k] * g[k]
        g[i] = value / factor[i, i]


@njit(cache=True, error_model="numpy")
def factorise(diag: Floats, off: float, h_bu: Floats, h_bb: Floats, g_u: Floats, g_b: Floats) -> float:
    """Solve H (step_u, step_b) = (g_u, g_b) in place; returns log det H, NaN if H is not positive definite.

    Args:
        diag, off: (T,) diagonal and constant off-diagonal of the tridiagonal block; diag is overwritten.
        h_bu: (p, T) border, left as that of the solved system: H_bu L^-T D^-1/2.
        h_bb: (p, p) upper triangle; left with U, U'U the Schur complement, the marginal precision of b.
        g_u, g_b: (T,), (p,) right-hand side; left with the solution.
    """
    ratio, root = np.empty(diag.size), np.empty(diag.size)
    log_det = pivots(diag, off, ratio)
    if math.isnan(log_det):
        return log_det
    for t in range(diag.size):
        root[t] = math.sqrt(diag[t])
    forward(ratio, root, g_u)
    forward_rows(ratio, root, h_bu)
    for j in range(g_b.size):
        g_b[j] -= dot(h_bu[j], g_u)
        for k in range(j + 1):
            h_bb[k, j] -= dot(h_bu[k], h_bu[j])
    log_det += cholesky(h_bb)
    if math.isnan(log_det):
        return log_det
    solve_cholesky(h_bb, g_b)
    for j in range(g_b.size):
        add_scaled(h_bu[j], -g_b[j], g_u)
    last = g_u.size - 1
    for t in range(last, -1, -1):
        g_u[t] *= root[t]
        if t < last:
            g_u[t] -= ratio[t + 1] * g_u[t + 1]
    return log_det
