"""A cheap look at every trajectory: one Newton step from no change, with the cells' scores taken once for all accounts.

The log posterior of (u, b) is expanded to second order about the mode without any change, own effects at 0. There the rows'
score and information are the same for every trajectory of every account. Ebb and shared effects are eliminated once; what a
trajectory g adds is a sum over weeks of g(t) times what its week holds, so that one product serves all trajectories. The
integral of the expansion is ranked and interpolated with, never reported: `evidence.Profile` corrects it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import itemgetter

import numpy as np
from numba import njit

from velveteen.judge.accounts import Account
from velveteen.judge.arrays import Floats, Ints
from velveteen.judge.layout import Design, Layout, rows_of
from velveteen.judge.shapes import Shape

_ELEMENTS = 300_000  # most values held at once: memory stays linear in the record


@dataclass(frozen=True, slots=True)
class Expansion:
    """The log posterior about the mode without change, ebb and shared effects eliminated.

    Attributes:
        layout: the record's rows.
        scores: (5, R) the rows' score and information, as `likelihood.score_rows` writes them, without negative parts.
        kappa: (R,) what the ebb is multiplied by.
        a0, a1: (R, p) design of the shared effects.
        ratio, pivot: (T,) of the elimination of the ebb's tridiagonal block.
        solved: (T, p) H_uu^-1 H_ub.
        root: (p, p) lower Cholesky factor of the precision of the shared effects with the ebb integrated out.
    """

    layout: Layout
    scores: Floats
    kappa: Floats
    a0: Floats
    a1: Floats
    ratio: Floats
    pivot: Floats
    solved: Floats
    root: Floats

    def screen(self, account: Account) -> list[Floats]:
        """For each shape, (onsets,) the log integral along each trajectory, up to a constant that all have."""
        sizes = [shape.onsets.size for shape in account.shapes]
        if account.effects.size == account.first_own:
            return [np.zeros(size) for size in sizes]
        own = _Own(self, account)
        most = max(1, _ELEMENTS // (len(own.pull) * len(self.pivot)))
        slots = sorted(set(account.slots))
        blocks = _blocks([(s, k) for s, size in enumerate(sizes) for k in range(size)], most)
        values = [
            own.integrals(np.concatenate([scales(account.shapes[s], onsets, slots) for s, onsets in block]))
            for block in blocks
        ]
        return np.split(np.concatenate(values), np.cumsum(sizes)[:-1])


def _blocks(pairs: list[tuple[int, int]], most: int) -> list[list[tuple[int, list[int]]]]:
    """(shape, onset) in blocks of at most so many, each as its shapes with their onsets."""
    parts = [pairs[k : k + most] for k in range(0, len(pairs), most)]
    return [[(s, [o for _, o in group]) for s, group in groupby(part, key=itemgetter(0))] for part in parts]


def expand(
    layout: Layout,
    design: Design,
    scores: Floats,
    kappa: Floats,
    rho: float,
    sigma: float,
    precision: Floats,
    weeks: int,
) -> Expansion:
    """Eliminate ebb and shared effects of the expansion.

    Args:
        layout, design: rows of the record and of the shared effects.
        scores: (5, R) at the mode without change.
        kappa: (R,) what the ebb is multiplied by.
        rho, sigma: lag-one correlation and standard deviation of the ebb.
        precision: (p, p) prior precision of the shared effects.
        weeks: T.
    """
    a0, a1 = dense_columns(design, 0, len(precision))
    scores = without_negative_parts(scores)
    _, _, h00, h01, h11 = scores
    c0, c1 = h00[:, None] * a0 + h01[:, None] * a1, h01[:, None] * a0 + h11[:, None] * a1
    h_ub = by_week(layout.week, kappa[:, None] * c0, weeks)
    scale = 1.0 / (sigma**2 * (1.0 - rho**2))
    diagonal = scale * np.where(np.isin(np.arange(weeks), (0, weeks - 1)), 1.0, 1.0 + rho**2)
    ratio, pivot = _pivots(diagonal + by_week(layout.week, h00 * kappa**2, weeks), -rho * scale)
    forward = _forward(h_ub, ratio)
    solved = forward / pivot[:, None]
    for t in range(weeks - 2, -1, -1):
        solved[t] -= ratio[t + 1] * solved[t + 1]
    marginal = a0.T @ c0 + a1.T @ c1 + precision - h_ub.T @ solved
    return Expansion(layout, scores, kappa, a0, a1, ratio, pivot, solved, np.linalg.cholesky(marginal))


class _Own:
    """What the own effects of an account add to an expansion, week by week, before a trajectory scales them."""

    def __init__(self, base: Expansion, account: Account) -> None:
        effects, week = account.effects, base.layout.week
        weeks, first = len(base.pivot), account.first_own
        own = slice(account.shared, None)
        design = rows_of(base.layout, effects.column[:, own], effects.v0[:, own], effects.v1[:, own])
        a0, a1 = dense_columns(design, first, effects.size)
        s0, s1, h00, h01, h11 = base.scores[:, :, None]
        c0, c1 = h00 * a0 + h01 * a1, h01 * a0 + h11 * a1
        self.base, self.slots = base, _effects_of_slots(design, account)
        precision = np.linalg.inv(effects.covariance)
        self.precision, self.pull = (
            precision[first:, first:],
            precision[first:, first:] @ effects.mean[first:],
        )
        self.gradient = by_week(week, s0 * a0 + s1 * a1, weeks)
        self.border = by_week(week, base.kappa[:, None] * c0, weeks)
        pairs = a0[:, :, None] * c0[:, None, :] + a1[:, :, None] * c1[:, None, :]
        self.corner = by_week(week, pairs, weeks)
        shared = base.a0[:, :, None] * c0[:, None, :] + base.a1[:, :, None] * c1[:, None, :]
        side = by_week(week, shared, weeks) - base.solved[:, :, None] * self.border[:, None, :]
        self.side = np.linalg.inv(base.root) @ side

    def integrals(self, g: Floats) -> Floats:
        """(n,) log integral of the expansion along trajectories that scale the effects of each slot by g (n, S, T)."""
        gradient = np.concatenate([g[:, s] @ self.gradient[:, e] for s, e in self.slots], axis=1) + self.pull
        information = self._information(g)
        log_det = np.linalg.slogdet(information)[1]
        step = np.linalg.solve(information, gradient[:, :, None])[:, :, 0]
        found: Floats = 0.5 * (np.einsum("nq,nq->n", gradient, step) - log_det)
        return found

    def _information(self, g: Floats) -> Floats:
        """(n, q, q) precision of the own effects along each trajectory, ebb and shared effects eliminated."""
        information = self.precision - self._eliminated(g)
        for s, e in self.slots:
            for r, f in self.slots[s:]:
                added = _weekly(g[:, s] * g[:, r], self.corner[:, e, f])
                information[:, e, f] += added
                if r > s:
                    information[:, f, e] += added.transpose(0, 2, 1)
        return information

    def _eliminated(self, g: Floats) -> Floats:
        """(n, q, q) what the elimination of ebb and shared effects takes from the information."""
        reduced = np.concatenate([_weekly(g[:, s], self.side[:, :, e]) for s, e in self.slots], axis=2)
        ebb = np.empty((g.shape[2], len(self.pull), len(g)))
        for s, e in self.slots:
            ebb[:, e] = g[:, s].T[:, None, :] * self.border[:, e, None]
        eliminate(ebb.reshape(len(ebb), -1), self.base.ratio)
        ebb /= np.sqrt(self.base.pivot)[:, None, None]
        taken: Floats = reduced.transpose(0, 2, 1) @ reduced + np.einsum("ten,tfn->nef", ebb, ebb)
        return taken


def _weekly(g: Floats, weeks: Floats) -> Floats:
    """(n, a, b) sums over weeks (T, a, b) that g (n, T) weighs."""
    found: Floats = (g @ weeks.reshape(len(weeks), -1)).reshape(len(g), *weeks.shape[1:])
    return found


def without_negative_parts(scores: Floats) -> Floats:
    """Rows' scores with the nearest information that is nowhere negative: strain mixtures can have such directions."""
    _, _, h00, h01, h11 = scores
    values, vectors = np.linalg.eigh(np.stack([h00, h01, h01, h11], axis=1).reshape(-1, 2, 2))
    nearest = (vectors * np.maximum(values, 0.0)[:, None, :]) @ vectors.transpose(0, 2, 1)
    return np.vstack([scores[:2], nearest[:, 0, 0], nearest[:, 0, 1], nearest[:, 1, 1]])


def scales(shape: Shape, onsets: Sequence[int], slots: Sequence[int]) -> Floats:
    """(onsets, own columns, T) what scales each own column along each trajectory."""
    found = np.empty((len(onsets), len(slots), shape.profiles.shape[1]))
    for k, slot in enumerate(slots):
        fixed = slot < len(shape.columns)
        found[:, k] = shape.columns[slot] if fixed else shape.profiles[np.asarray(onsets)]
    return found


def paths(pairs: Sequence[tuple[Shape, int]], slots: Sequence[int]) -> Floats:
    """(n, own columns, T) the same along each of a few (shape, onset), of one shape or of several."""
    found = np.empty((len(pairs), len(slots), pairs[0][0].profiles.shape[1]))
    for i, (shape, onset) in enumerate(pairs):
        for k, slot in enumerate(slots):
            found[i, k] = shape.columns[slot] if slot < len(shape.columns) else shape.profiles[onset]
    return found


def dense_columns(design: Design, first: int, end: int) -> tuple[Floats, Floats]:
    """(R, end - first) each: where the effects from `first` to `end` enter each row, v0 and v1."""
    rows = design.v0.shape[1]
    column = np.repeat(design.column, np.diff(design.start), axis=0)
    a0, a1 = np.zeros((rows, end - first)), np.zeros((rows, end - first))
    for m in range(column.shape[1]):
        here = np.flatnonzero((column[:, m] >= first) & (column[:, m] < end))
        a0[here, column[here, m] - first] += design.v0[m, here]
        a1[here, column[here, m] - first] += design.v1[m, here]
    return a0, a1


def by_week(week: Ints, values: Floats, weeks: int) -> Floats:
    """Rows summed by week: (T, ...)."""
    total = np.zeros((weeks, *values.shape[1:]))
    np.add.at(total, week, values)
    return total


def _effects_of_slots(design: Design, account: Account) -> list[tuple[int, slice]]:
    """Each slot, counted from 0 in order, with the own effects that it scales; `design` holds the own columns alone.

    Together they are all own effects: one that no cell shows, known by its prior alone, goes with a neighbour.
    """
    found: dict[int, set[int]] = {slot: set() for slot in sorted(set(account.slots))}
    for m, slot in enumerate(account.slots):
        found[slot] |= set(design.column[:, m].tolist()) - {-1}
    ends = [max(shown) + 1 - account.first_own for shown in found.values()]
    ends[-1] = account.effects.size - account.first_own
    return [(s, slice(begin, end)) for s, (begin, end) in enumerate(pairwise([0, *ends]))]


def _pivots(diagonal: Floats, off: float) -> tuple[Floats, Floats]:
    """Ratio (the first 0) and pivot of each step of the elimination of a tridiagonal matrix."""
    ratio, pivot = np.zeros_like(diagonal), diagonal.copy()
    for t in range(1, len(diagonal)):
        ratio[t] = off / pivot[t - 1]
        pivot[t] -= ratio[t] * off
    return ratio, pivot


def _forward(values: Floats, ratio: Floats) -> Floats:
    """L^-1 values, values (T, m) with weeks first."""
    solved = np.array(values, order="C")
    eliminate(solved, ratio)
    return solved


@njit(cache=True, error_model="numpy")
def eliminate(values: Floats, ratio: Floats) -> None:
    """Replace values (T, m) by L^-1 values."""
    for t in range(1, ratio.size):
        for k in range(values.shape[1]):
            values[t, k] -= ratio[t] * values[t - 1, k]
