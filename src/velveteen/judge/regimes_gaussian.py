"""A Gaussian stand-in for a long record, in which a path of regimes costs a small matrix instead of a search.

Each cell becomes a pseudo-observation: its working response with its expected information (iteratively reweighted least
squares, Nelder & Wedderburn 1972), around a flexible fit, at its mean strain. Ebb and shared effects are integrated out
exactly; what is left is a precision and a pull on each bin of weeks of each channel. Paths are proposed with it, not judged.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from velveteen.judge.arrays import Floats, Ints
from velveteen.judge.effects import Effects
from velveteen.judge.families import COUNT, PROPORTION, RATING_FLOOR
from velveteen.judge.hyper import Natural
from velveteen.judge.record import Record
from velveteen.judge.regimes import Path, with_regimes

BINS = 130  # most bins of weeks: beyond, a bin is wider than a week, and cost stays linear in weeks
ROUNDS = 5  # reweighted fits before the expansion is taken
_FAR = 6.0  # linear predictors beyond this tell no more


@dataclass(frozen=True, slots=True)
class Stand:
    """The record as a Gaussian in what is added to each bin of weeks of each column, ebb and shared effects integrated out.

    Attributes:
        weeks, width: T, and weeks of a bin.
        columns: (channel, whether on calm days alone) of each of the A columns.
        precision: (A, n, A, n); pull: (A, n): log density x . pull - x' precision x / 2 of additions x.
    """

    weeks: int
    width: int
    columns: tuple[tuple[int, bool], ...]
    precision: Floats
    pull: Floats

    def binned(self, profile: Floats) -> Floats:
        """(..., n) mean over each bin of (..., T)."""
        starts = np.arange(0, self.weeks, self.width)
        mean: Floats = np.add.reduceat(profile, starts, axis=-1) / np.diff(np.append(starts, self.weeks))
        return mean


class Expansion:
    """The pseudo-observations of a record at given hyperparameters."""

    def __init__(self, record: Record, shared: Effects, natural: Natural) -> None:
        self.record = record
        self._shared = shared
        self._natural = natural
        self._strain = (np.exp(record.log_weight) * record.node).sum(axis=1)
        self._kappa = record.sign * record.scale * np.where(record.inward, natural.inward_loading, 1.0)
        self._width = -(-record.weeks // BINS)

    def around(self, path: Path) -> Stand:
        """The stand-in expanded about the mode with this path's regimes in it."""
        weight, response = self._pseudo(self._fitted(with_regimes(self.record, self._shared, path)))
        return self._marginal(weight, response)

    def _dense(self, effects: Effects) -> Floats:
        """(N, p) what each effect is multiplied by in each cell, at the cell's mean strain."""
        dense = np.zeros((len(effects.column), effects.size + 1))
        value = effects.v0 + self._strain[:, None] * effects.v1
        rows = np.arange(len(dense))
        for k, column in enumerate(effects.column.T):
            dense[rows, column] += value[:, k]  # -1, no effect, is the last, spare column
        return dense[:, :-1]

    def _pseudo(self, eta: Floats) -> tuple[Floats, Floats]:
        """(N,) weight and working response of each cell at its linear predictor."""
        record, dispersion = self.record, self._natural.dispersion
        gain, made_up = self._natural.rates_by(record.coder)
        rating_variance = RATING_FLOOR + dispersion[2] ** 2 + dispersion[3] ** 2 / record.of
        weight, response = 1.0 / (record.scale**2 * rating_variance), record.y.copy()
        count, share = record.family == COUNT, record.family == PROPORTION
        slope = (gain * record.of)[count] * np.exp(eta[count])
        mean = slope + (made_up * record.coded)[count]
        weight[count] = slope**2 / (mean * (1.0 + mean / dispersion[0]))
        response[count] = eta[count] + (record.y[count] - mean) / slope
        mu, n = 1.0 / (1.0 + np.exp(-eta[share])), record.of[share]
        slope, mean = gain[share] * mu * (1.0 - mu), made_up[share] + gain[share] * mu
        weight[share] = n * slope**2 / (mean * (1.0 - mean) * (1.0 + (n - 1.0) / (1.0 + dispersion[1])))
        response[share] = eta[share] + (record.y[share] / n - mean) / slope
        return weight, response

    def _fitted(self, effects: Effects) -> Floats:
        """(N,) linear predictors at the mode of ebb and effects."""
        design, week = self._dense(effects), self.record.week
        prior = np.linalg.inv(effects.covariance)
        eta = self._clipped(design @ effects.mean)
        for _ in range(ROUNDS):
            weight, response = self._pseudo(eta)
            ebb = _Ebb(self.record, self._natural, self._kappa, weight)
            residual = response - design @ effects.mean
            border, pull = ebb.cross(design), ebb.cross(residual[:, None])
            solved, pulled = ebb.solve(border), ebb.solve(pull)[:, 0]
            weighted = weight[:, None] * design
            b = np.linalg.solve(
                design.T @ weighted + prior - border.T @ solved, weighted.T @ residual - border.T @ pulled
            )
            eta = self._clipped(design @ (effects.mean + b) + self._kappa * (pulled - solved @ b)[week])
        return eta

    def _clipped(self, eta: Floats) -> Floats:
        """Linear predictors, those of counts and proportions within reach."""
        return np.where(self.record.family <= PROPORTION, np.clip(eta, -_FAR, _FAR), eta)

    def _marginal(self, weight: Floats, response: Floats) -> Stand:
        """Integrate ebb and shared effects out of the pseudo-observations."""
        shared, record = self._shared, self.record
        ebb = _Ebb(record, self._natural, self._kappa, weight)
        design = self._dense(shared)
        residual = response - design @ shared.mean
        bins = _Bins(record, self._strain, self._width)
        border = ebb.cross(design)
        wide = ebb.spread(bins)
        solved = ebb.solve(np.hstack([border, ebb.cross(residual[:, None]), wide]))
        p = shared.size
        inner = np.linalg.inv(
            design.T @ (weight[:, None] * design)
            + np.linalg.inv(shared.covariance)
            - border.T @ solved[:, :p]
        )
        own = (
            bins.sums(weight[:, None] * np.hstack([design, residual[:, None]])) - wide.T @ solved[:, : p + 1]
        )
        pull_b = design.T @ (weight * residual) - border.T @ solved[:, p]
        precision = bins.square(weight) - wide.T @ solved[:, p + 1 :] - own[:, :p] @ inner @ own[:, :p].T
        pull = own[:, p] - own[:, :p] @ (inner @ pull_b)
        shape = (len(bins.columns), bins.count)
        return Stand(
            record.weeks, self._width, bins.columns, precision.reshape(shape + shape), pull.reshape(shape)
        )


class _Ebb:
    """The ebb's tridiagonal precision given the cells' weights, factorised."""

    def __init__(self, record: Record, natural: Natural, kappa: Floats, weight: Floats) -> None:
        weeks = record.weeks
        self._week, self._weeks, self._kappa, self._pull = record.week, weeks, kappa, weight * kappa
        scale = 1.0 / (natural.ebb_sd**2 * (1.0 - natural.rho**2))
        diagonal = np.full(weeks, scale * (1.0 + natural.rho**2))
        diagonal[[0, -1]] = scale
        diagonal += np.bincount(record.week, self._pull * kappa, weeks)
        self._off = -scale * natural.rho
        self._pivot = diagonal
        for t in range(1, weeks):
            self._pivot[t] -= self._off**2 / self._pivot[t - 1]

    def cross(self, columns: Floats) -> Floats:
        """(T, q) precision between the ebb and columns (N, q)."""
        out = np.zeros((self._weeks, columns.shape[1]))
        np.add.at(out, self._week, self._pull[:, None] * columns)
        return out

    def spread(self, bins: _Bins) -> Floats:
        """(T, A n) precision between the ebb and every bin of every column."""
        out = np.zeros((self._weeks, len(bins.columns) * bins.count))
        for a, value in enumerate(bins.values):
            place = a * bins.count + bins.place
            np.add.at(out, (self._week, place), self._pull * value)
        return out

    def solve(self, right: Floats) -> Floats:
        """(T, q) precision^-1 times (T, q)."""
        x = right.copy()
        for t in range(1, self._weeks):
            x[t] -= (self._off / self._pivot[t - 1]) * x[t - 1]
        x /= self._pivot[:, None]
        for t in range(self._weeks - 2, -1, -1):
            x[t] -= (self._off / self._pivot[t]) * x[t + 1]
        return x


class _Bins:
    """Every bin of weeks of every column: each channel on all days, each outward channel on calm days alone."""

    def __init__(self, record: Record, strain: Floats, width: int) -> None:
        channels = range(len(record.channels))
        outward = [i for i in channels if record.channels[i].side == "outward"]
        self.columns = (*((i, False) for i in channels), *((i, True) for i in outward))
        self.count = -(-record.weeks // width)
        self.place: Ints = record.week // width
        signed = record.sign * record.scale
        self.values = [
            np.where(record.channel == i, signed * (1.0 - strain if calm else 1.0), 0.0)
            for i, calm in self.columns
        ]

    def sums(self, rows: Floats) -> Floats:
        """(A n, q) sums over the cells of each bin of the column's value times rows (N, q)."""
        out = np.zeros((len(self.columns), self.count, rows.shape[1]))
        for a, value in enumerate(self.values):
            np.add.at(out[a], self.place, value[:, None] * rows)
        return out.reshape(-1, rows.shape[1])

    def square(self, weight: Floats) -> Floats:
        """(A n, A n) weighted squares: columns of one channel meet in the same bin alone."""
        size, n = len(self.columns), self.count
        out = np.zeros((size, n, size, n))
        diagonal = np.arange(n)
        for a in range(size):
            for b in range(size):
                sums = np.bincount(self.place, weight * self.values[a] * self.values[b], n)
                out[a, diagonal, b, diagonal] = sums
        return out.reshape(size * n, size * n)
