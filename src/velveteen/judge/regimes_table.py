"""What one more change is worth along a path, for every week in which it may come, from products taken once a record.

In the stand-in, x' P x of a profile x on top of a path is what it is without the path, less what x shares with the path's
own columns. The first is taken once for every ramp and pulse; the second is linear in x and taken once a regime. So a path
costs sums over its few columns instead of products of matrices over weeks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from velveteen.judge.arrays import Floats, Ints
from velveteen.judge.record import Record
from velveteen.judge.regimes import KINDS, SPANS, Path, Regime, regime_block
from velveteen.judge.regimes_gaussian import Stand


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind's q columns, the sign it enters with, its form (ramp or pulse), and the natural parameters of its prior."""

    columns: Ints
    sign: float
    form: str
    mean: Floats
    precision: Floats
    log_det: float


@dataclass(frozen=True, slots=True)
class _Part:
    """One regime of a path.

    Attributes:
        kind, profile: its kind, and its profile (n,) over bins.
        across: (A, n, q) the stand-in's precision times its q columns.
        shared: for each form, (S m, A, q) every profile of that form times `across`.
    """

    kind: Kind
    profile: Floats
    across: Floats
    shared: dict[str, Floats]


@dataclass(frozen=True, slots=True)
class Given:
    """A path's k sizes integrated out: its regimes, posterior mean (k,), a root (k, k) of the covariance, log evidence."""

    parts: tuple[_Part, ...]
    mean: Floats
    root: Floats
    log_evidence: float

    def less(self, shared: Sequence[Floats], square: Floats, pull: Floats) -> tuple[Floats, Floats]:
        """Squares (M, q, q) and pulls (M, q) of profiles, less what they share (each part's (M, q, q')) with the path."""
        if not self.parts:
            return square, pull
        together = np.concatenate(shared, axis=2)
        cut = together @ self.root
        return square - cut @ cut.transpose(0, 2, 1), pull - together @ self.mean


class Table:
    """Every ramp and every pulse that may begin with a bin, S spans of m onsets each, in one stand-in."""

    def __init__(self, record: Record, stand: Stand) -> None:
        self._stand = stand
        self.onsets: Ints = np.arange(stand.width, record.weeks, stand.width)
        self._kinds = {name: _kind(record, stand, name) for name in KINDS}
        self._rows = {form: self._profiles(form) for form in ("level", "pulse")}
        self._pull = {form: rows @ stand.pull.T for form, rows in self._rows.items()}
        self._squares: dict[tuple[str, int], Floats] = {}
        self._parts: dict[Regime, _Part] = {}

    def given(self, path: Path) -> Given:
        """Integrate the sizes of a path's regimes out."""
        if not path:
            return Given((), np.zeros(0), np.zeros((0, 0)), 0.0)
        parts = tuple(self._part(regime) for regime in path)
        rows = [[p.kind.sign * _times(p.profile, other, p.kind) for other in parts] for p in parts]
        pull = np.concatenate([p.kind.sign * self._stand.pull[p.kind.columns] @ p.profile for p in parts])
        square, mean = np.block(rows), np.concatenate([p.kind.mean for p in parts])
        prior = _block_diagonal([p.kind.precision for p in parts])
        log_det = sum(p.kind.log_det for p in parts)
        evidence = _log_integral(square[None], pull[None], mean, prior, log_det)[0]
        inner = np.linalg.inv(square + prior)
        return Given(parts, inner @ (pull + prior @ mean), np.linalg.cholesky(inner), float(evidence))

    def gains(self, given: Given, name: str) -> Floats:
        """(S, m) log evidence gained by one more regime of a kind, of every span in every week."""
        kind = self._kinds[name]
        shared = [part.shared[kind.form][:, kind.columns] for part in given.parts]
        pull = self._pull[kind.form][:, kind.columns]
        return self._gained(kind, *given.less(shared, self._square(kind), pull))

    def end_gains(self, given: Given, regime: Regime) -> Floats:
        """(S, m) log evidence gained by this regime, ended in every week, for every width of the way back.

        Where the regime's ramp is through, its profile times one less the way back is the difference of the two.
        """
        part = self._part(regime)
        kind = part.kind
        back = kind.sign * part.shared[kind.form][:, kind.columns]
        own = kind.sign * _times(part.profile, part, kind)
        square = own + self._square(kind) - back - back.transpose(0, 2, 1)
        pull = self._stand.pull[kind.columns] @ part.profile - self._pull[kind.form][:, kind.columns]
        shared = [
            _times(part.profile, other, kind) - other.shared[kind.form][:, kind.columns]
            for other in given.parts
        ]
        return self._gained(kind, *given.less(shared, square, pull))

    def _gained(self, kind: Kind, square: Floats, pull: Floats) -> Floats:
        found = _log_integral(square, kind.sign * pull, kind.mean, kind.precision, kind.log_det)
        return found.reshape(-1, self.onsets.size)

    def _profiles(self, form: str) -> Floats:
        """(S m, n) binned profiles of every span and onset."""
        weeks = self._stand.weeks
        rows = [Regime(o, form, span).profile(weeks) for span in SPANS[form] for o in self.onsets.tolist()]
        return self._stand.binned(np.array(rows))

    def _square(self, kind: Kind) -> Floats:
        """(S m, q, q) each profile's square in the stand-in alone."""
        key = kind.form, int(kind.columns[0])
        if key not in self._squares:
            rows, size = self._rows[kind.form], kind.columns.size
            square = np.empty((len(rows), size, size))
            for i, a in enumerate(kind.columns.tolist()):
                for j, b in enumerate(kind.columns.tolist()[: i + 1]):
                    product = rows @ self._stand.precision[a, :, b]
                    square[:, i, j] = square[:, j, i] = np.einsum("mn,mn->m", product, rows)
            self._squares[key] = square
        return self._squares[key]

    def _part(self, regime: Regime) -> _Part:
        if regime not in self._parts:
            kind, stand = self._kinds[regime.kind], self._stand
            profile = stand.binned(regime.profile(stand.weeks))
            across = kind.sign * np.tensordot(stand.precision[:, :, kind.columns], profile, axes=(3, 0))
            shared = {
                form: np.ascontiguousarray(np.tensordot(rows, across, axes=(1, 1)))
                for form, rows in self._rows.items()
            }
            self._parts[regime] = _Part(kind, profile, across, shared)
        return self._parts[regime]


def _times(profile: Floats, part: _Part, kind: Kind) -> Floats:
    """(q, q') a profile on each of a kind's columns times the columns of a part."""
    found: Floats = np.tensordot(part.across[kind.columns], profile, axes=(1, 0))
    return found


def _kind(record: Record, stand: Stand, name: str) -> Kind:
    block = regime_block(record, name)
    touched = sorted(set(record.channel[block.column[:, 0] >= 0].tolist()))
    columns = np.array(
        [stand.columns.index((channel, name == "outward")) for channel in touched], dtype=np.int64
    )
    precision: Floats = np.ascontiguousarray(np.linalg.inv(block.covariance))
    sign, form = -1.0 if name == "worse" else 1.0, "pulse" if name == "pulse" else "level"
    return Kind(columns, sign, form, block.mean, precision, float(np.linalg.slogdet(precision)[1]))


def _log_integral(square: Floats, pull: Floats, mean: Floats, precision: Floats, log_det: float) -> Floats:
    """(m,) log of the integral over a ~ N(mean, precision^-1) of exp(pull . a - a' square a / 2); square (m, q, q).

    All m at once by elimination, a column at a time.
    """
    inner, rest = square + precision, pull + precision @ mean
    value = np.full(len(rest), log_det - mean @ precision @ mean)
    for j in range(mean.size):
        pivot = inner[:, j, j]
        value += rest[:, j] ** 2 / pivot - np.log(pivot)
        factor = inner[:, j + 1 :, j] / pivot[:, None]
        rest[:, j + 1 :] -= factor * rest[:, j, None]
        inner[:, j + 1 :, j + 1 :] -= factor[:, :, None] * inner[:, None, j, j + 1 :]
    return 0.5 * value


def _block_diagonal(blocks: list[Floats]) -> Floats:
    size = sum(len(b) for b in blocks)
    out, at = np.zeros((size, size)), 0
    for block in blocks:
        out[at : at + len(block), at : at + len(block)] = block
        at += len(block)
    return out
