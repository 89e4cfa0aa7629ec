"""One account of one record as a function of (trajectory, hyperparameters)."""

from __future__ import annotations

from bisect import bisect, insort
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from velveteen.judge.accounts import Account
from velveteen.judge.arrays import Floats, Ints
from velveteen.judge.hyper import Hyper
from velveteen.judge.layout import Design, Layout, layout_of, rows_of
from velveteen.judge.points import evaluate_points
from velveteen.judge.record import Record
from velveteen.judge.screen import Expansion, expand, paths
from velveteen.judge.shapes import Shape

# Newton decrement at which a search for the mode ends: what is left is added to second order, and the rest is below 1e-4.
TOLERANCE = 1e-4
EXACT = 1e-12  # where the gradient left over would be taken for 0
LOOSE = 0.1  # where trajectories are only compared
BESIDE = 0.1  # beside the middle of a rule over hyperparameters, where a point weighs little
ROUGH = 0.5  # at the corners, whose mean alone is used
KNOWN = 1e-3  # where the effects are drawn


@dataclass(frozen=True, slots=True)
class Bend:
    """How the mode of (u, b) moves with z, to second order along axes.

    Attributes:
        axes: (d, d) orthonormal directions, one a row.
        first, second: (d, T + p) derivatives of the mode along each; p are the effects known then.
    """

    axes: Floats
    first: Floats
    second: Floats

    def shift(self, steps: Floats) -> Floats:
        """(n, T + p) predicted moves of the mode for steps (n, d) of z."""
        t = steps @ self.axes.T
        moved: Floats = t @ self.first + 0.5 * t**2 @ self.second
        return moved


def bend_of(zs: Floats, modes: Floats) -> Bend:
    """The bend from points (2 d + 1, d), a centre and then as far up as down d orthogonal axes, and their modes."""
    size = zs.shape[1]
    steps = zs[1 : size + 1] - zs[0]
    length = np.sqrt(np.einsum("kd,kd->k", steps, steps))[:, None]
    up, down = modes[1 : size + 1], modes[size + 1 :]
    return Bend(steps / length, (up - down) / (2.0 * length), (up + down - 2.0 * modes[0]) / length**2)


@dataclass(frozen=True, slots=True)
class Posterior:
    """Gaussian posterior of the effects at one trajectory: mode (p,) and lower Cholesky factor (p, p) of the precision."""

    mode: Floats
    factor: Floats

    def drawn(self, noise: Floats) -> Floats:
        """(n, p) draws from standard normal noise (p, n)."""
        draws: Floats = self.mode + np.linalg.solve(self.factor.T, noise).T
        return draws


class Evaluator:
    """Laplace log evidences of one account, each search started from one near by.

    The first starts from `mode`: the ebb and as many effects as are known; the others start at their prior mean.
    """

    def __init__(
        self,
        record: Record,
        account: Account,
        hyper: Hyper,
        layout: Layout | None = None,
        tolerance: tuple[float, float] = (TOLERANCE, BESIDE),
        bend: Bend | None = None,
        mode: Floats | None = None,
    ) -> None:
        layout = layout_of(record) if layout is None else layout
        self.account = account
        self.evaluations = 0
        self.hyper = hyper
        self._tolerance = tolerance
        effects = account.effects
        self._precision: Floats = np.ascontiguousarray(np.linalg.inv(effects.covariance))
        self._log_det = float(np.linalg.slogdet(self._precision)[1])
        self._layout = layout
        self._design = rows_of(layout, effects.column, effects.v0, effects.v1)
        self._inward = record.inward.astype(np.float64)[layout.first]
        self._kappa = (record.sign * record.scale)[layout.first]
        self._fixed = _fixed_arguments(layout, self._kappa, self._inward, self._design)
        self._weeks = record.weeks
        self._mode = np.concatenate([np.zeros(record.weeks), effects.mean])
        if mode is not None:
            self._mode[: mode.size] = mode
        self._place: Floats | None = None
        self._known: dict[tuple[int, int], tuple[Floats, Floats]] = {}
        self._onsets: dict[int, list[int]] = {}
        self._bend = bend
        self._factor = np.zeros((effects.size, effects.size))
        self._scores = np.zeros((5, layout.week.size))
        self._scale = np.zeros((1, len(account.slots), record.weeks))

    def follow(self, shape: Shape, onset: int) -> None:
        """Take the trajectory of a shape's `onset`-th onset."""
        self._scale = paths([(shape, onset)], self.account.slots)
        self._mode, self._place = self._known.get((id(shape), onset), (self._mode, None))

    def __call__(self, z: Floats) -> float:
        """Log p(record | trajectory, z) + log prior of z, the prior without its constant -d/2 log 2 pi."""
        return float(self.along(z[None])[0])

    def along(self, zs: Floats, tolerance: tuple[float, float] | None = None) -> Floats:
        """(n,) the same at each row of zs (n, d), on the trajectory last followed; the first should lie in the middle.

        Where they lie up and down axes along which others lay before, the modes there are predicted from the others'.
        """
        count = len(zs)
        modes = np.zeros((count, self._mode.size))
        modes[0] = self._mode
        if self._bend is not None:
            step = zs - zs[0]
            step[0] = 0.0 if self._place is None else zs[0] - self._place
            known = self._bend.shift(step)
            modes[:, : known.shape[1]] += known
        after = np.zeros(count, dtype=np.int64)
        after[0] = -1
        middle, beside = tolerance or self._tolerance
        ends = np.full(count, beside)
        ends[0] = middle
        values = self._evaluate(zs, self._scale, np.zeros(count, dtype=np.int64), modes, after, ends)
        self._mode, self._place = modes[0], zs[0]
        if count == 2 * zs.shape[1] + 1:
            self._bend = bend_of(zs, modes)
        return values

    def roughly(self, zs: Floats) -> Floats:
        """(n,) the same to a hundredth of a nat or so."""
        return self.along(zs, (self._tolerance[0], ROUGH))

    def across(self, z: Floats, pairs: Sequence[tuple[Shape, int]]) -> Floats:
        """(n,) the same at one z along the trajectories of several (shape, onset), to a hundredth of a nat or better."""
        modes, after = self._starts(z, pairs)
        scale = paths(pairs, self.account.slots)
        zs = np.broadcast_to(z, (len(pairs), z.size))
        values = self._evaluate(zs, scale, np.arange(len(pairs)), modes, after, np.full(len(pairs), LOOSE))
        self._mode, self._place = modes[0], z
        for (shape, onset), mode in zip(pairs, modes, strict=True):
            if (id(shape), onset) not in self._known:
                insort(self._onsets.setdefault(id(shape), []), onset)
            self._known[id(shape), onset] = mode, z
        return values

    def _starts(self, z: Floats, pairs: Sequence[tuple[Shape, int]]) -> tuple[Floats, Ints]:
        """Where the searches along several trajectories start, as `points.start_from` takes them.

        Where a trajectory's mode is known at another z, it is taken to move as that of the one before it did, or else
        along the bend. Where it is not known, that of the same onset in the shape before is taken, or of the onsets about.
        """
        modes = np.zeros((len(pairs), self._mode.size))
        after = np.full(len(pairs), -1)
        before: tuple[Floats, Floats] | None = None
        alike: dict[int, int] = {}
        for i, (shape, onset) in enumerate(pairs):
            known = self._known.get((id(shape), onset))
            if known is None:
                before = None
                modes[i], after[i] = self._near(shape, onset, alike.get(int(shape.onsets[onset]), i - 1))
            elif before is not None and before[1] is known[1]:
                modes[i], after[i] = known[0] - before[0], i - 1
            else:
                modes[i] = known[0] + self._moved(z - known[1])
            before = known
            alike[int(shape.onsets[onset])] = i
        return modes, after

    def _near(self, shape: Shape, onset: int, after: int) -> tuple[Floats, int]:
        """A start from the modes at the onsets on both sides, where they are known, or else after another search."""
        mine = self._onsets.get(id(shape), [])
        place = bisect(mine, onset)
        about = [self._known[id(shape), o][0] for o in mine[max(0, place - 1) : place + 1]]
        if len(about) == 2:
            share = (onset - mine[place - 1]) / (mine[place] - mine[place - 1])
            return (1.0 - share) * about[0] + share * about[1], -1
        if after < 0:
            return self._mode, -1
        return np.zeros(self._mode.size), after

    def _moved(self, step: Floats) -> Floats:
        """(T + p,) how the mode moves with z, as far as that is known."""
        found = np.zeros(self._mode.size)
        if self._bend is not None:
            moved = self._bend.shift(step[None])[0]
            found[: moved.size] = moved
        return found

    def _evaluate(
        self, zs: Floats, scale: Floats, trajectory: Ints, modes: Floats, after: Ints, tolerance: Floats
    ) -> Floats:
        self.evaluations += len(zs)
        values = np.empty(len(zs))
        arguments: tuple[Any, ...] = (
            *self._fixed, self.account.effects.mean, self._precision, self.account.shared,
            scale, trajectory, self.hyper.naturals(zs), after, tolerance, modes, values, self._factor, self._scores,
        )  # fmt: skip
        evaluate_points(*arguments)
        found: Floats = values + 0.5 * (self._log_det - (zs * zs).sum(axis=1))
        return found

    @property
    def ebb(self) -> Floats:
        """(T,) mode of the ebb where the log evidence was last taken."""
        return self._mode[: self._weeks].copy()

    @property
    def mode(self) -> Floats:
        """(T + p,) mode of ebb and effects where the log evidence was last taken."""
        return self._mode.copy()

    @property
    def bend(self) -> Bend | None:
        """How the mode moved along the last axes that z was moved along."""
        return self._bend

    def expansion(self, z: Floats) -> Expansion:
        """The log posterior about the mode at z, for an account without own effects."""
        self.along(z[None], (EXACT, EXACT))
        natural = self.hyper.natural(z)
        kappa = self._kappa * np.where(self._inward > 0.0, natural.inward_loading, 1.0)
        return expand(
            self._layout, self._design, self._scores.copy(), kappa, natural.rho, natural.ebb_sd, self._precision,
            self._weeks,
        )  # fmt: skip

    def posterior(self, z: Floats) -> Posterior:
        """Posterior of the effects at the trajectory last followed."""
        self.along(z[None], (KNOWN, KNOWN))
        return Posterior(self._mode[self._weeks :].copy(), np.triu(self._factor).T.copy())


def _fixed_arguments(layout: Layout, kappa: Floats, inward: Floats, design: Design) -> tuple[Any, ...]:
    """The first arguments of `points.evaluate_points`."""
    return (
        layout.y, layout.of, layout.scale, layout.row, layout.strain, layout.log_weight, layout.many, layout.ends,
        layout.coder, layout.coded, layout.tallied, layout.parts, layout.fixed, layout.week, kappa, inward,
        design.start, design.column, design.part, design.v0, design.v1,
    )  # fmt: skip
