"""The rows of the design: predictors from the latent values, and the rows' score and information back to these.

A row is one week of one level. Consecutive rows with the same columns are a block, so that what is summed over its rows
is summed without looking up where it belongs.

`Rows` below is (week, kappa, start, column, part, v0, v1): (R,) week, and what the ebb is multiplied by; (B + 1,) first row
of each block and R; (B, M) effects of each block, rising along each row, -1 = none; (B, M) whether v0 (1), v1 (2) or
both (3) are anywhere but 0; (M, R) the effect enters eta(x) as (v0 + x v1) b.
"""

from __future__ import annotations

from numba import njit, uint64

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
def weigh_column(h: Floats, v: Floats, out: Floats) -> None:
    """Write h v."""
    for r in range(out.size):
        out[r] = h[r] * v[r]


@njit(cache=True, error_model="numpy")
def weigh_columns(h: Floats, v: Floats, g: Floats, w: Floats, out: Floats) -> None:
    """Write h v + g w."""
    for r in range(out.size):
        out[r] = h[r] * v[r] + g[r] * w[r]


@njit(cache=True, error_model="numpy")
def add_weekly(week: Ints, kappa: Floats, c: Floats, to: Floats) -> None:
    """Add kappa c of each row to its week."""
    for r in range(week.size):
        to[week[r]] += kappa[r] * c[r]


@njit(cache=True, error_model="numpy", fastmath={"reassoc", "contract"})
def dot_row(c: Floats, v: Floats, row: int, first: int) -> float:
    """Sum of c and row `row` of v from `first` on. A slice for each would cost as much as the sum itself."""
    total = 0.0
    k, start = uint64(row), uint64(first)  # unsigned: no look whether an index counts from the end
    for r in range(uint64(c.size)):
        total += c[r] * v[k, start + r]
    return total


@njit(cache=True, error_model="numpy")
def add_block(
    first: int, week: Ints, kappa: Floats, column: Ints, part: Ints, v0: Floats, v1: Floats,
    s0: Floats, s1: Floats, h00: Floats, h01: Floats, h11: Floats, c0: Floats, c1: Floats,
    grad_b: Floats, h_bu: Floats, h_bb: Floats,
) -> None:  # fmt: skip
    """What `add_rows` adds for the rows of one block, whose first is `first`.

    All that is of rows is cut out by the caller, but for v0 and v1: a slice taken in here costs as much as a sum over it.

    Args:
        first: see above.
        week .. v1: as in `Rows`, of the block.
        s0, s1, h00, h01, h11: score in (eta0, eta1) and information.
        c0, c1: workspace.
        grad_b, h_bu, h_bb: added to.
    """
    end = first + week.size
    for m in range(column.size):
        j = column[m]
        if j < 0:
            continue
        a0, a1 = v0[m, first:end], v1[m, first:end]
        if part[m] == 1:
            grad_b[j] += dot(s0, a0)
            weigh_column(h00, a0, c0)
            weigh_column(h01, a0, c1)
        elif part[m] == 2:
            grad_b[j] += dot(s1, a1)
            weigh_column(h01, a1, c0)
            weigh_column(h11, a1, c1)
        else:
            grad_b[j] += dot(s0, a0) + dot(s1, a1)
            weigh_columns(h00, a0, h01, a1, c0)
            weigh_columns(h01, a0, h11, a1, c1)
        add_weekly(week, kappa, c0, h_bu[j])
        for n in range(m, column.size):
            if column[n] >= 0 and part[n] & 1:
                h_bb[j, column[n]] += dot_row(c0, v0, n, first)
            if column[n] >= 0 and part[n] & 2:
                h_bb[j, column[n]] += dot_row(c1, v1, n, first)


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
        a, e = start[k], start[k + 1]
        add_block(
            a, week[a:e], kappa[a:e], column[k], part[k], v0, v1,
            by_row[0, a:e], by_row[1, a:e], by_row[2, a:e], by_row[3, a:e], by_row[4, a:e], by_row[5, a:e], by_row[6, a:e],
            grad_b, h_bu, h_bb,
        )  # fmt: skip
