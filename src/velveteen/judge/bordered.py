"""Linear algebra of a tridiagonal block bordered by p dense columns: factorise, log determinant, solve."""

from __future__ import annotations

import math

import numpy as np
from numba import njit

from velveteen.judge.arrays import Floats


@njit(cache=True)
def eliminate(diag: Floats, off: float, h_ub: Floats, h_bb: Floats, g_u: Floats, g_b: Floats) -> float:
    """Eliminate the tridiagonal block downwards; returns its log determinant, NaN if it is not positive definite.

    Args:
        diag, off: (T,) diagonal and the constant off-diagonal; diag is left with the pivots D of L D L'.
        h_ub: (T, p) border, left as L^-1 H_ub.
        h_bb: (p, p) upper triangle, left as that of the Schur complement.
        g_u, g_b: (T,), (p,) right-hand side, left as L^-1 g_u and g_b - H_bu H_uu^-1 g_u.
    """
    weeks, p = h_ub.shape
    log_det = 0.0
    for t in range(weeks):
        if t > 0:
            ratio = off / diag[t - 1]
            diag[t] -= ratio * off
            g_u[t] -= ratio * g_u[t - 1]
            for j in range(p):
                h_ub[t, j] -= ratio * h_ub[t - 1, j]
        if not diag[t] > 0.0:
            return np.nan
        log_det += math.log(diag[t])
        for j in range(p):
            scaled = h_ub[t, j] / diag[t]
            g_b[j] -= scaled * g_u[t]
            for k in range(j, p):
                h_bb[j, k] -= scaled * h_ub[t, k]
    return log_det


@njit(cache=True)
def cholesky(h: Floats) -> float:
    """Cholesky factor of the matrix in the upper triangle of h, written to its lower one; log determinant or NaN."""
    log_det = 0.0
    for j in range(h.shape[0]):
        pivot = h[j, j]
        for k in range(j):
            pivot -= h[j, k] * h[j, k]
        if not pivot > 0.0:
            return np.nan
        log_det += math.log(pivot)
        root = math.sqrt(pivot)
        for i in range(j + 1, h.shape[0]):
            value = h[j, i]
            for k in range(j):
                value -= h[i, k] * h[j, k]
            h[i, j] = value / root
        h[j, j] = root
    return log_det


@njit(cache=True)
def solve_cholesky(factor: Floats, g: Floats) -> None:
    """Replace g (p,) by (L L')^-1 g, L in the lower triangle of `factor`."""
    p = g.size
    for i in range(p):
        for k in range(i):
            g[i] -= factor[i, k] * g[k]
        g[i] /= factor[i, i]
    for i in range(p - 1, -1, -1):
        for k in range(i + 1, p):
            g[i] -= factor[k, i] * g[k]
        g[i] /= factor[i, i]


@njit(cache=True)
def inner(a_u: Floats, a_b: Floats, b_u: Floats, b_b: Floats) -> float:
    """Inner product of two latent vectors, each as its (T,) and (p,) part."""
    total = 0.0
    for t in range(a_u.size):
        total += a_u[t] * b_u[t]
    for j in range(a_b.size):
        total += a_b[j] * b_b[j]
    return total


@njit(cache=True)
def factorise(diag: Floats, off: float, h_ub: Floats, h_bb: Floats, g_u: Floats, g_b: Floats) -> float:
    """Solve H (step_u, step_b) = (g_u, g_b) in place; returns log det H, NaN if H is not positive definite.

    Arguments as in `eliminate`; g_u and g_b are left with the solution, and the lower triangle of h_bb with the
    Cholesky factor of the Schur complement, the marginal precision of b.
    """
    log_det = eliminate(diag, off, h_ub, h_bb, g_u, g_b)
    if math.isnan(log_det):
        return log_det
    log_det += cholesky(h_bb)
    if math.isnan(log_det):
        return log_det
    solve_cholesky(h_bb, g_b)
    for t in range(g_u.size - 1, -1, -1):
        for j in range(g_b.size):
            g_u[t] -= h_ub[t, j] * g_b[j]
        g_u[t] /= diag[t]
        if t < g_u.size - 1:
            g_u[t] -= off / diag[t] * g_u[t + 1]
    return log_det
