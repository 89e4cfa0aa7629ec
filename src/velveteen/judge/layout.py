"""A record and the effects of an account as the arrays that the kernels read."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from velveteen.judge.arrays import Floats, Ints
from velveteen.judge.dispersion import fixed_constant, tally
from velveteen.judge.families import CODED_COUNT
from velveteen.judge.record import Record


@dataclass(frozen=True, slots=True)
class Layout:
    """Cells sorted by family and number of strain nodes, and their rows; a row is what shares a week and a level.

    Attributes:
        order: (N,) cells in this order.
        row: (N,) row of each.
        first: (R,) a cell of each row, in the record's order.
        week: (R,) week of each row.
        y, of, scale: (N,) value, exposure / trials / ratings, channel scale.
        strain, log_weight: (K, N) strain nodes, the likeliest first; log weight -inf = absent.
        many: (K, 5) how many cells of each family have a k-th node; they come first in their family.
        ends: (5,) cells up to the last count, proportion, rating, coded count, coded proportion.
        coder, coded: (M,) coder of each coded cell, and how many items it coded.
        tallied, parts, fixed: from `dispersion.tally` and `dispersion.fixed_constant`.
    """

    order: Ints
    row: Ints
    first: Ints
    week: Ints
    y: Floats
    of: Floats
    scale: Floats
    strain: Floats
    log_weight: Floats
    many: Ints
    ends: Ints
    coder: Ints
    coded: Floats
    tallied: Floats
    parts: Ints
    fixed: float


def lay_out(
    week: Ints,
    level: Ints,
    family: Ints,
    y: Floats,
    of: Floats,
    scale: Floats,
    node: Floats,
    log_weight: Floats,
    coder: Ints,
    coded: Floats,
) -> Layout:
    """Sort N cells for the kernels.

    Args:
        week, level, family, y, of, scale: (N,); cells of one level and week share their row of the design.
        node, log_weight: (N, K) strain nodes.
        coder, coded: (N,) coder of each cell, -1 = none, and how many items it coded.
    """
    family = family + np.where(coder >= 0, CODED_COUNT, 0)
    count = np.isfinite(log_weight).sum(axis=1)
    order = np.lexsort((week, level, -count, family))
    by_row = np.lexsort((week, level, family))
    new = (np.diff(level[by_row]) != 0) | (np.diff(week[by_row]) != 0)
    row = np.empty_like(order)
    row[by_row] = np.concatenate([[0], np.cumsum(new)])
    first = by_row[np.concatenate([[True], new])]
    likeliest = np.argsort(-log_weight[order], axis=1, kind="stable")[:, : count.max()].T
    many = np.array([np.bincount(family[count > k], minlength=5) for k in range(count.max())])
    ends = np.cumsum(many[0])
    tallied, parts = tally(y[order], of[order], ends)
    return Layout(
        order, row[order], first, week[first], y[order], of[order], scale[order],
        np.ascontiguousarray(node[order, likeliest]), np.ascontiguousarray(log_weight[order, likeliest]),
        many, ends, coder[order][ends[2] :], coded[order][ends[2] :], tallied, parts,
        fixed_constant(y[order], of[order], ends),
    )  # fmt: skip


def layout_of(record: Record) -> Layout:
    """The layout of a record."""
    return lay_out(
        record.week, record.level, record.family, record.y, record.of, record.scale, record.node, record.log_weight,
        record.coder, record.coded,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Design:
    """Where the effects enter each row: see `design`."""

    start: Ints
    column: Ints
    part: Ints
    v0: Floats
    v1: Floats


def rows_of(layout: Layout, column: Ints, v0: Floats, v1: Floats) -> Design:
    """The design (N, M) of an account by row.

    Raises:
        ValueError: if two cells of one row have different designs.
    """
    for each in (column, v0, v1):
        if not np.array_equal(each[layout.order], each[layout.first][layout.row]):
            raise ValueError("cells of one week and level must share their row of the design")
    by_row, row_v0, row_v1 = column[layout.first], v0[layout.first], v1[layout.first]
    changes = np.flatnonzero((np.diff(by_row, axis=0) != 0).any(axis=1)) + 1
    start = np.concatenate([[0], changes, [len(by_row)]])
    inside = [np.logical_or.reduceat(v != 0.0, start[:-1]).astype(np.int64) for v in (row_v0, row_v1)]
    return Design(
        start, np.ascontiguousarray(by_row[start[:-1]]), inside[0] + 2 * inside[1],
        np.ascontiguousarray(row_v0.T), np.ascontiguousarray(row_v1.T),
    )  # fmt: skip
