"""The rows of the design: predictors from the latent values, and the rows' score and information back to these.

A row is one week of one level. Consecutive rows with the same columns are a block, so that what is summed over its rows
is summed without looking up where it belongs.

`Rows` below is (week, kappa, start, column, part, v0, v1): (R,) week, and what the ebb is multiplied by; (B + 1,) first row
of each block and R; (B, M) effects of each block, rising along each row, -1 = none; (B, M) whether v0 (1), v1 (2) or
both (3) are anywhere but 0; (M, R) the effect enters eta(x) as (v0 + x v1) b.
"""

from __future__ import annotations

from numba import njit

from velveteen.judge.arrays import Floats, Ints, Rows
from velveteen.judge.bordered import add_scaled, dot
from velveteen.judge.likelihood import BASE, TILT


@njit(cache=True, error_model="numpy")
def predict(rows: Rows, u: Floats, b: Floats, by_row: Floats) -> None:
    """Write eta(x) = kappa u_t + sum_j (v0_j + x v1_j) b_j of every row, at strain 0 and its slope: by_row[5], by_row[6]."""
    week, kappa, start, column, part, v0, v1 = rows
    for r in range(week.size):
        by_row[5, r], by_row[6, r] = kappa[r] * u[week[r]], 0.0
    for k in range(column.shape[0]):
        first, end = start[k], start[k + 1]
        for m in range(column.shape[1]):
            if column[k, m] >= 0 and part[k, m] & 1:
                add_scaled(v0[m, first:end], b[column[k, m]], by_row[5, first:end])
            if column[k, m] >= 0 and part[k, m] & 2:
                add_scaled(v1[m, first:end], b[column[k, m]], by_row[6, first:end])


@njit(cache=True, error_model="numpy")
def spread(row: Ints, by_row: Floats, by_cell: Floats) -> None:
    """Give each cell the predictor of its row."""
    for i in range(row.size):
        by_cell[BASE, i], by_cell[TILT, i] = by_row[5, row[i]], by_row[6, row[i]]


@njit(cache=True, error_model="numpy")
def weigh_column(h: Floats, g: Floats, v: Floats, w: Floats, out: Floats) -> None:
    """Write h v + g w."""
    for r in range(out.size):
        out[r] = h[r] * v[r] + g[r] * w[r]


@njit(cache=True, error_model="numpy")
def add_block(
    week: Ints, kappa: Floats, column: Ints, part: Ints, v0: Floats, v1: Floats, by_row: Floats, first: int, end: int,
    grad_b: Floats, h_bu: Floats, h_bb: Floats,
) -> None:  # fmt: skip
    """What `add_rows` adds for the rows of one block, from `first` to `end`."""
    c0, c1 = by_row[5, first:end], by_row[6, first:end]
    for m in range(column.size):
        j = column[m]
        if j < 0:
            continue
        a0, a1 = v0[m, first:end], v1[m, first:end]
        grad_b[j] += dot(by_row[0, first:end], a0) + dot(by_row[1, first:end], a1)
        weigh_column(by_row[2, first:end], by_row[3, first:end], a0, a1, c0)
        weigh_column(by_row[3, first:end], by_row[4, first:end], a0, a1, c1)
        for r in range(c0.size):
            h_bu[j, week[first + r]] += kappa[first + r] * c0[r]
        for n in range(m, column.size):
            if column[n] >= 0 and part[n] & 1:
                h_bb[j, column[n]] += dot(c0, v0[n, first:end])
            if column[n] >= 0 and part[n] & 2:
                h_bb[j, column[n]] += dot(c1, v1[n, first:end])


@njit(cache=True, error_model="numpy")
def add_rows(
    rows: Rows, by_row: Floats, grad_u: Floats, grad_b: Floats, h_uu: Floats, h_bu: Floats, h_bb: Floats
) -> None:
    """Add gradient and information of all rows in the latent values.

    Args:
        rows: see above.
        by_row: (7, R) from `likelihood.score_rows`; its last two rows are overwritten.
        grad_u, grad_b, h_uu, h_bu, h_bb: (T,), (p,), (T,), (p, T), (p, p; upper triangle): added to.
    """
    week, kappa, start, column, part, v0, v1 = rows
    for r in range(week.size):
        grad_u[week[r]] += by_row[0, r] * kappa[r]
        h_uu[week[r]] += by_row[2, r] * kappa[r] * kappa[r]
    for k in range(column.shape[0]):
        add_block(week, kappa, column[k], part[k], v0, v1, by_row, start[k], start[k + 1], grad_b, h_bu, h_bb)
