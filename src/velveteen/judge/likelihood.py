"""The likelihood of all cells, each mixed over its strain nodes, with score and information by row of the design.

Cells that share a week and a level share a row: predictor eta(x) = eta0 + x eta1 at strain x, one eta0 and eta1 a row.
The loops are short, touch few arrays each and hold plain arithmetic: compiled, they then do several cells at once.

`Cells` below is (y, parameter, offset, row, strain, log_weight, first, many, coding): (N,) cells by family, coded ones last,
within it by falling number of strain nodes; `strain` and `log_weight` are (K, N); `first` (5,) is the first cell of each
family and `many` (K, 5) how many cells of each family have a k-th node; `coding` (2, M) gain and background of the coded.
"""

from __future__ import annotations

from numba import njit

from velveteen.judge.arrays import Cells, Floats
from velveteen.judge.elementary import exp_negative, log_from_one_to_two
from velveteen.judge.families import (
    CODED_COUNT,
    COUNT,
    PROPORTION,
    RATING,
    clipped,
    coded_count_terms,
    coded_proportion_terms,
    proportion_terms,
    softplus_and_slope,
)

# Rows of the workspace `by_cell` (11, N): terms of one node; mixture so far and its means; predictor at strain 0, its slope.
LOG, SCORE, CURVE = 0, 1, 2
MIXED, S0, S1, H00, H01, H11 = 3, 4, 5, 6, 7, 8
BASE, TILT = 9, 10


@njit(cache=True, error_model="numpy")
def count_nodes(y: Floats, size: Floats, offset: Floats, log: Floats, score: Floats, curve: Floats) -> None:
    """Negative binomial of every cell: `log` comes with eta, and all three leave as in `node_terms`.

    With p = m / (size + m), m the mean: l = y eta - (y + size) log(1 + m / size), s = y - (y + size) p,
    h = (y + size) p (1 - p). `offset` is log(exposure / size).
    """
    for i in range(y.size):
        score[i], curve[i] = softplus_and_slope(log[i] + offset[i])
    for i in range(y.size):
        log[i] = y[i] * log[i] - (y[i] + size[i]) * score[i]
    for i in range(y.size):
        score[i] = y[i] - (y[i] + size[i]) * curve[i]
    for i in range(y.size):
        curve[i] = (y[i] + size[i]) * curve[i] * (1.0 - curve[i])


@njit(cache=True, error_model="numpy")
def proportion_nodes(
    y: Floats, precision: Floats, trials: Floats, log: Floats, score: Floats, curve: Floats
) -> None:
    """Beta-binomial of every cell, as `count_nodes`."""
    for i in range(y.size):
        log[i], score[i], curve[i] = proportion_terms(y[i], trials[i], precision[i], log[i])


@njit(cache=True, error_model="numpy")
def rating_nodes(y: Floats, variance: Floats, log: Floats, score: Floats, curve: Floats) -> None:
    """Normal of every cell, as `count_nodes`."""
    for i in range(y.size):
        curve[i] = 1.0 / variance[i]
    for i in range(y.size):
        score[i] = (y[i] - log[i]) * curve[i]
    for i in range(y.size):
        log[i] = -0.5 * (y[i] - log[i]) * score[i]


@njit(cache=True, error_model="numpy")
def coded_nodes(
    y: Floats, parameter: Floats, trials: Floats, gain: Floats, background: Floats, family: int, observed: float,
    log: Floats, score: Floats, curve: Floats,
) -> None:  # fmt: skip
    """Coded counts or proportions of every cell, as `count_nodes`; `observed` as in `families.coded_count_terms`."""
    if family == CODED_COUNT:
        for i in range(y.size):
            log[i], score[i], curve[i] = coded_count_terms(
                y[i], parameter[i], gain[i], background[i], log[i], observed
            )
    else:
        for i in range(y.size):
            log[i], score[i], curve[i] = coded_proportion_terms(
                y[i], trials[i], parameter[i], gain[i], background[i], log[i], observed
            )


@njit(cache=True, error_model="numpy")
def node_terms(
    cells: Cells, k: int, family: int, begin: int, end: int, observed: float, by_cell: Floats
) -> None:
    """Write log likelihood, score and information at the k-th strain node of the cells from `begin` to `end`.

    The information is the observed one; that of coded cells is one that is nowhere negative where `observed` is 0.0.
    """
    y, parameter, offset, _, strain, _, first, _, coding = cells
    y, parameter, offset, x = y[begin:end], parameter[begin:end], offset[begin:end], strain[k, begin:end]
    base, tilt = by_cell[BASE, begin:end], by_cell[TILT, begin:end]
    log, score, curve = by_cell[LOG, begin:end], by_cell[SCORE, begin:end], by_cell[CURVE, begin:end]
    for i in range(x.size):
        log[i] = clipped(base[i] + x[i] * tilt[i]) if family != RATING else base[i] + x[i] * tilt[i]
    if family == COUNT:
        count_nodes(y, parameter, offset, log, score, curve)
    elif family == PROPORTION:
        proportion_nodes(y, parameter, offset, log, score, curve)
    elif family == RATING:
        rating_nodes(y, parameter, log, score, curve)
    else:
        here = slice(begin - first[CODED_COUNT], end - first[CODED_COUNT])
        gain, background = coding[0, here], coding[1, here]
        coded_nodes(y, parameter, offset, gain, background, family, observed, log, score, curve)


@njit(cache=True, error_model="numpy")
def merge_shares(log_weight: Floats, log: Floats, mixed: Floats) -> None:
    """Add one node to the mixtures' log likelihoods; `log` is left with the share that the node has in them by now."""
    for i in range(log.size):
        log[i] += log_weight[i] - mixed[i]
    for i in range(log.size):
        t = exp_negative(-abs(log[i]))
        mixed[i] += max(log[i], 0.0) + log_from_one_to_two(1.0 + t)
        log[i] = (1.0 if log[i] > 0.0 else t) / (1.0 + t)


@njit(cache=True, error_model="numpy")
def merge(share: Floats, x: Floats, score: Floats, curve: Floats, by_cell: Floats, begin: int) -> None:
    """Move the means over nodes of s, s x, i, i x, i x^2 towards the new node's by its share; `curve` holds i."""
    s0, s1 = by_cell[S0, begin:], by_cell[S1, begin:]
    h00, h01, h11 = by_cell[H00, begin:], by_cell[H01, begin:], by_cell[H11, begin:]
    for i in range(x.size):
        s0[i] += share[i] * (score[i] - s0[i])
    for i in range(x.size):
        s1[i] += share[i] * (score[i] * x[i] - s1[i])
    for i in range(x.size):
        h00[i] += share[i] * (curve[i] - h00[i])
    for i in range(x.size):
        h01[i] += share[i] * (curve[i] * x[i] - h01[i])
    for i in range(x.size):
        h11[i] += share[i] * (curve[i] * x[i] * x[i] - h11[i])


@njit(cache=True, error_model="numpy")
def merge_node(cells: Cells, k: int, observed: float, begin: int, end: int, by_cell: Floats) -> None:
    """Merge the k-th strain node of the cells from `begin` to `end` into their mixtures.

    `observed` 1.0 takes i = h - s^2, for the observed information; 0.0 takes h where it is positive (complete data).
    """
    x, log_weight = cells[4][k, begin:end], cells[5][k, begin:end]
    log, score, curve = by_cell[LOG, begin:end], by_cell[SCORE, begin:end], by_cell[CURVE, begin:end]
    mixed = by_cell[MIXED, begin:end]
    if k == 0:
        for i in range(x.size):
            mixed[i] = log[i] + log_weight[i]
        for i in range(x.size):
            log[i] = 1.0
    else:
        merge_shares(log_weight, log, mixed)
    for i in range(x.size):
        c = curve[i]
        curve[i] = c - score[i] * score[i] if observed > 0.0 else (max(0.0, c))
    merge(log, x, score, curve, by_cell, begin)


@njit(cache=True, error_model="numpy")
def score_rows(cells: Cells, observed: float, by_cell: Floats, by_row: Floats) -> float:
    """Log likelihood of all cells, without the constants of `fill_cells`.

    Args:
        cells: see above.
        observed: 1.0 for the observed information; 0.0 for the complete-data information, which leaves out the mixture's
            negative part.
        by_cell: (11, N) workspace, its predictors filled.
        by_row: (7, R) the first five rows written: score in (eta0, eta1) and information h00, h01, h11.
    """
    _, _, _, row, _, _, first, many, _ = cells
    by_cell[S0:BASE] = 0.0
    for k in range(many.shape[0]):
        for family in range(first.size):
            begin, end = first[family], first[family] + many[k, family]
            if end > begin:
                node_terms(cells, k, family, begin, end, observed, by_cell)
                merge_node(cells, k, observed, begin, end, by_cell)
    by_row[:5] = 0.0
    total = 0.0
    for i in range(row.size):
        r, s0, s1 = row[i], by_cell[S0, i], by_cell[S1, i]
        total += by_cell[MIXED, i]
        by_row[0, r] += s0
        by_row[1, r] += s1
        by_row[2, r] += by_cell[H00, i] + observed * s0 * s0
        by_row[3, r] += by_cell[H01, i] + observed * s0 * s1
        by_row[4, r] += by_cell[H11, i] + observed * s1 * s1
    return total
