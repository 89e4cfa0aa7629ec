"""One account of one record as a function of (trajectory, hyperparameters)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from velveteen.judge.accounts import Account
from velveteen.judge.arrays import Floats, Ints
from velveteen.judge.families import fill_cells
from velveteen.judge.hyper import Hyper, Natural
from velveteen.judge.laplace import laplace
from velveteen.judge.record import Record
from velveteen.judge.screen import screen
from velveteen.judge.shapes import Shape

_REMEMBERED = 32  # dispersions whose cell constants are kept: memory stays linear in the record


@dataclass(frozen=True, slots=True)
class Posterior:
    """Gaussian posterior of the effects at one trajectory: mode (p,) and lower Cholesky factor (p, p) of the precision."""

    mode: Floats
    factor: Floats


class Evaluator:
    """Laplace log evidences of one account, each search started where the last one ended."""

    def __init__(self, record: Record, account: Account, hyper: Hyper) -> None:
        self.account = account
        self._record = record
        self._hyper = hyper
        effects = account.effects
        self._mean = effects.mean
        self._precision: Floats = np.ascontiguousarray(np.linalg.inv(effects.covariance))
        self._log_det = float(np.linalg.slogdet(self._precision)[1])
        self._v0, self._v1 = effects.v0.copy(), effects.v1.copy()
        self._u = np.zeros(record.weeks)
        self._b = effects.mean.copy()
        self._factor = np.zeros((effects.size, effects.size))
        self._inward = np.array([c.side == "inward" for c in record.channels])[record.channel]
        self._known: dict[bytes, tuple[Floats, Floats]] = {}
        self.evaluations = 0

    def follow(self, shape: Shape, onset: int) -> None:
        """Take the trajectory of a shape's `onset`-th onset."""
        own = self.account.shared
        rows = np.vstack([shape.columns, shape.profiles[onset]])
        for k, slot in enumerate(self.account.slots):
            scaled = rows[slot][self._record.week]
            self._v0[:, own + k] = self.account.effects.v0[:, own + k] * scaled
            self._v1[:, own + k] = self.account.effects.v1[:, own + k] * scaled

    def __call__(self, z: Floats) -> float:
        """Log p(record | trajectory, z) + log prior of z, the prior without its constant -d/2 log 2 pi."""
        self.evaluations += 1
        natural = self._hyper.natural(z)
        value = laplace(
            *self._cells_at(natural), self.account.effects.column, self._v0, self._v1,
            self._record.node, self._record.log_weight, natural.rho, natural.ebb_sd,
            self._mean, self._precision, self._log_det, self._u, self._b, self._factor,
        )  # fmt: skip
        return float(value) - 0.5 * float(z @ z)

    def screen(self, z: Floats) -> list[Floats]:
        """For each shape, (onsets,) a cheap stand-in for the log evidence along each trajectory, up to a constant.

        Every shape of an account is expanded about the same point, so their values compare.
        """
        account, natural = self.account, self._hyper.natural(z)
        cells, (u, b) = self._cells_at(natural), self._still_mode(z)
        found = [np.zeros(shape.onsets.size) for shape in account.shapes]
        for shape, out in zip(account.shapes, found, strict=True):
            screen(
                *cells, account.effects.column, account.effects.v0, account.effects.v1,
                self._record.node, self._record.log_weight, natural.rho, natural.ebb_sd,
                self._mean, self._precision, u, b, account.shared, self._scales(shape), out,
            )  # fmt: skip
        return found

    def _still_mode(self, z: Floats) -> tuple[Floats, Floats]:
        """(u, b) at the mode without any change, own effects at 0."""
        own = self.account.shared
        self._v0[:, own:] = 0.0
        self._v1[:, own:] = 0.0
        self(z)
        b = self._b.copy()
        b[self.account.first_own :] = 0.0
        return self._u.copy(), b

    def _scales(self, shape: Shape) -> Floats:
        """(onsets, own columns, T) what scales each own column along each trajectory."""
        fixed = np.broadcast_to(shape.columns, (shape.onsets.size, *shape.columns.shape))
        rows = np.concatenate([fixed, shape.profiles[:, None, :]], axis=1)
        return np.ascontiguousarray(rows[:, list(self.account.slots), :])

    def posterior(self, z: Floats) -> Posterior:
        """Posterior of the effects at the trajectory last followed."""
        self(z)
        return Posterior(self._b.copy(), np.tril(self._factor))

    def _cells_at(self, natural: Natural) -> tuple[Ints, Ints, Floats, Floats, Floats, Floats, Floats]:
        """The kernels' first arguments: cells with their parameter, constant and what the ebb is multiplied by."""
        record = self._record
        parameter, constant = self._dispersed(natural.dispersion)
        kappa = record.sign * record.scale * np.where(self._inward, natural.inward_loading, 1.0)
        return record.week, record.family, record.y, record.of, parameter, constant, kappa

    def _dispersed(self, dispersion: Floats) -> tuple[Floats, Floats]:
        key = dispersion.tobytes()
        if key not in self._known:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            record = self._record
            parameter, constant = np.empty_like(record.y), np.empty_like(record.y)
            fill_cells(record.family, record.y, record.of, record.scale, dispersion, parameter, constant)
            self._known[key] = parameter, constant
        return self._known[key]
