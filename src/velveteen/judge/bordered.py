"""Linear algebra of a tridiagonal block bordered by p dense columns: factorise, log determinant, solve."""

from __future__ import annotations

import math

import numpy as np
from numba import njit

from velveteen.judge.arrays import Floats

_HUGE, _TINY = 1e100, 1e-100


@njit(cache=True, error_model="numpy")
def eliminate(diag: Floats, off: float, h_ub: Floats, g_u: Floats) -> float:
    """Eliminate the tridiagonal block downwards; returns its log determinant, NaN if it is not positive definite.

    Args:
        diag, off: (T,) diagonal and the constant off-diagonal; diag is left with the inverse pivots 1 / D of L D L'.
        h_ub: (T, p) border, left as L^-1 H_ub.
        g_u: (T,) right-hand side, left as L^-1 g_u.
    """
    log_det, product, ratio = 0.0, 1.0, 0.0
    for t in range(diag.size):
        if t > 0:
            ratio = off * diag[t - 1]
            diag[t] -= ratio * off
            g_u[t] -= ratio * g_u[t - 1]
            for j in range(h_ub.shape[1]):
                h_ub[t, j] -= ratio * h_ub[t - 1, j]
        if not diag[t] > 0.0:
            return np.nan
        product *= diag[t]
        if product > _HUGE or product < _TINY:
            log_det += math.log(product)
            product = 1.0
        diag[t] = 1.0 / diag[t]
    return log_det + math.log(product)


@njit(cache=True, error_model="numpy")
def subtract_border(inverse: Floats, h_ub: Floats, g_u: Floats, h_bb: Floats, g_b: Floats) -> None:
    """Subtract H_bu H_uu^-1 H_ub from the upper triangle of h_bb, and H_bu H_uu^-1 g_u from g_b, after `eliminate`."""
    weeks, p = h_ub.shape
    for t in range(0, weeks - weeks % 2, 2):
        for j in range(p):
            one, two = h_ub[t, j] * inverse[t], h_ub[t + 1, j] * inverse[t + 1]
            g_b[j] -= one * g_u[t] + two * g_u[t + 1]
            for k in range(j, p):
                h_bb[j, k] -= one * h_ub[t, k] + two * h_ub[t + 1, k]
    if weeks % 2:
        t = weeks - 1
        for j in range(p):
            one = h_ub[t, j] * inverse[t]
            g_b[j] -= one * g_u[t]
            for k in range(j, p):
                h_bb[j, k] -= one * h_ub[t, k]


@njit(cache=True, error_model="numpy")
def cholesky(h: Floats) -> float:
    """Replace the upper triangle of h by U with U'U = H; returns the log determinant, NaN if it is not positive definite."""
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
def inner(a_u: Floats, a_b: Floats, b_u: Floats, b_b: Floats) -> float:
    """Inner product of two latent vectors, each as its (T,) and (p,) part."""
    total = 0.0
    for t in range(a_u.size):
        total += a_u[t] * b_u[t]
    for j in range(a_b.size):
        total += a_b[j] * b_b[j]
    return total


@njit(cache=True, error_model="numpy")
def factorise(diag: Floats, off: float, h_ub: Floats, h_bb: Floats, g_u: Floats, g_b: Floats) -> float:
    """Solve H (step_u, step_b) = (g_u, g_b) in place; returns log det H, NaN if H is not positive definite.

    Args:
        diag, off: (T,) diagonal and constant off-diagonal of the tridiagonal block; diag is overwritten.
        h_ub: (T, p) border, overwritten.
        h_bb: (p, p) upper triangle; left with U, U'U the Schur complement, the marginal precision of b.
        g_u, g_b: (T,), (p,) right-hand side; left with the solution.
    """
    log_det = eliminate(diag, off, h_ub, g_u)
    if math.isnan(log_det):
        return log_det
    subtract_border(diag, h_ub, g_u, h_bb, g_b)
    log_det += cholesky(h_bb)
    if math.isnan(log_det):
        return log_det
    solve_cholesky(h_bb, g_b)
    last = g_u.size - 1
    for t in range(last, -1, -1):
        value = g_u[t]
        for j in range(g_b.size):
            value -= h_ub[t, j] * g_b[j]
        value *= diag[t]
        g_u[t] = value - off * diag[t] * g_u[t + 1] if t < last else value
    return log_det
