"""The likelihood of all cells, each mixed over its strain nodes, with gradient and information in the latent vector."""

from __future__ import annotations

import math

import numpy as np
from numba import njit

from velveteen.judge.arrays import Floats, Ints
from velveteen.judge.families import cell_terms

CELLS = "int64[::1], int64[::1], float64[::1], float64[::1], float64[::1], float64[::1], float64[::1]"
DESIGN = "int64[:, ::1], float64[:, ::1], float64[:, ::1], float64[:, ::1], float64[:, ::1]"


@njit(cache=True)
def mixture(
    family: int,
    y: float,
    of: float,
    parameter: float,
    eta0: float,
    eta1: float,
    node: Floats,
    log_weight: Floats,
    observed: bool,
) -> tuple[float, float, float, float, float, float]:
    """One cell as a mixture over strain nodes x_k with weights pi_k and predictors eta0 + x_k eta1.

    One pass; the sums are rescaled whenever a likelier node comes.

    Args:
        node, log_weight: (K,); a log weight of -inf marks a node that is not there.
        observed: observed information; else the complete-data information, which leaves out the mixture's negative part.

    Returns:
        Log likelihood; score in (eta0, eta1); information as h00, h01, h11.
    """
    top, total = -np.inf, 0.0
    s0, s1, h00, h01, h11 = 0.0, 0.0, 0.0, 0.0, 0.0
    for k in range(node.size):
        if log_weight[k] == -np.inf:
            continue
        x = node[k]
        value, s, h = cell_terms(family, y, of, parameter, eta0 + x * eta1)
        value += log_weight[k]
        r = 1.0
        if value > top:
            shrink = math.exp(top - value)
            total, s0, s1 = total * shrink, s0 * shrink, s1 * shrink
            h00, h01, h11 = h00 * shrink, h01 * shrink, h11 * shrink
            top = value
        else:
            r = math.exp(value - top)
        info = h - s * s if observed else max(h, 0.0)
        total += r
        s0 += r * s
        s1 += r * s * x
        h00 += r * info
        h01 += r * info * x
        h11 += r * info * x * x
    s0, s1, h00, h01, h11 = s0 / total, s1 / total, h00 / total, h01 / total, h11 / total
    if observed:
        h00, h01, h11 = h00 + s0 * s0, h01 + s0 * s1, h11 + s1 * s1
    return top + math.log(total), s0, s1, h00, h01, h11


@njit(cache=True)
def predictors(column: Ints, v0: Floats, v1: Floats, ebb: float, b: Floats) -> tuple[float, float]:
    """(eta0, eta1) of one cell: eta(x) = eta0 + x eta1 = ebb + sum_j (v0_j + x v1_j) b_j."""
    eta0, eta1 = ebb, 0.0
    for m in range(column.size):
        j = column[m]
        if j >= 0:
            eta0 += v0[m] * b[j]
            eta1 += v1[m] * b[j]
    return eta0, eta1


@njit(cache=True)
def accumulate(
    week: Ints, family: Ints, y: Floats, of: Floats, parameter: Floats, constant: Floats, kappa: Floats,
    column: Ints, v0: Floats, v1: Floats, node: Floats, log_weight: Floats,
    u: Floats, b: Floats, observed: bool,
    grad_u: Floats, grad_b: Floats, h_uu: Floats, h_ub: Floats, h_bb: Floats,
) -> float:  # fmt: skip
    """Log likelihood at (u, b); adds its gradient and information to the five arrays.

    Args:
        week, family, y, of, parameter, constant, kappa: (N,) cells; kappa is what the ebb is multiplied by.
        column: (N, M) effects of each cell, rising along each row, -1 = none; v0, v1: (N, M).
        node, log_weight, observed: (N, K) and flag, as in `mixture`.
        u, b: (T,), (p,) where to look.
        grad_u, grad_b, h_uu, h_ub, h_bb: (T,), (p,), (T,), (T, p), (p, p; upper triangle): added to.
    """
    total = 0.0
    width = column.shape[1]
    for i in range(y.size):
        t, kap = week[i], kappa[i]
        eta0, eta1 = predictors(column[i], v0[i], v1[i], kap * u[t], b)
        value, s0, s1, h00, h01, h11 = mixture(
            family[i], y[i], of[i], parameter[i], eta0, eta1, node[i], log_weight[i], observed
        )
        total += constant[i] + value
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
                k = column[i, n]
                if k >= 0:
                    h_bb[j, k] += c0 * v0[i, n] + c1 * v1[i, n]
    return total


@njit(cache=True)
def log_likelihood(
    week: Ints, family: Ints, y: Floats, of: Floats, parameter: Floats, constant: Floats, kappa: Floats,
    column: Ints, v0: Floats, v1: Floats, node: Floats, log_weight: Floats, u: Floats, b: Floats,
) -> float:  # fmt: skip
    """Log likelihood at (u, b) alone: what the line search needs. Arguments as in `accumulate`."""
    total = 0.0
    for i in range(y.size):
        eta0, eta1 = predictors(column[i], v0[i], v1[i], kappa[i] * u[week[i]], b)
        total += constant[i]
        total += mixture(family[i], y[i], of[i], parameter[i], eta0, eta1, node[i], log_weight[i], False)[0]
    return total
