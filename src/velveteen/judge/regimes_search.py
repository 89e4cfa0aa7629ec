"""Proposing paths of regimes for a long record: a beam over changes, scored by the Gaussian stand-in. Deterministic."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from velveteen.judge.arrays import Floats, Ints
from velveteen.judge.record import Record
from velveteen.judge.regimes import (
    KINDS,
    SPANS,
    Path,
    Regime,
    arranged,
    changes,
    path_log_prior,
    regime_block,
    start_of,
    survival,
    well_spaced,
)
from velveteen.judge.regimes_gaussian import Stand

MOST_CHANGES = 12
GIVE_UP = 10.0  # nats below the best path at which a longer one is not followed further
POLISHES = 8
_NO_GAIN = 1e-9
APART = 16  # weeks: two changes of one kind nearer than this are one proposal


@dataclass(frozen=True, slots=True)
class _Kind:
    """Columns that a kind touches, the sign it enters with, and the natural parameters of the prior of its sizes."""

    columns: Ints
    sign: float
    mean: Floats
    precision: Floats
    log_det: float


@dataclass(frozen=True, slots=True)
class _Given:
    """The stand-in with a path's regimes integrated out: precision (A, n, A, n), pull (A, n), log evidence so far."""

    precision: Floats
    pull: Floats
    log_evidence: float


class Proposer:
    """Scores paths of one stand-in and finds good ones."""

    def __init__(self, record: Record, stand: Stand) -> None:
        self._weeks = record.weeks
        self._stand = stand
        self._kinds = {kind: _kind(record, stand, kind) for kind in KINDS}
        self._onsets = list(range(stand.width, record.weeks, stand.width))
        self._profiles: dict[tuple[str, int], Floats] = {}
        self._options: dict[Path, list[tuple[Path, float]]] = {}

    def search(self, beam: int, starts: tuple[Path, ...] = ((),)) -> dict[Path, float]:
        """Paths with their scores; the best `beam` of each length are extended, the best of all is polished."""
        found = {start: self.score(start) for start in starts}
        front = list(found)
        while front:
            nearby = {path: score for start in front for path, score in self._extended(start, beam)}
            found |= nearby
            best = max(found.values())
            ranked = sorted(nearby, key=lambda p: -nearby[p])[:beam]
            front = [p for p in ranked if nearby[p] > best - GIVE_UP and len(changes(p)) < MOST_CHANGES]
        return found | self._polished(max(found, key=found.__getitem__))

    def score(self, path: Path) -> float:
        """Log evidence of the stand-in along the path, plus the path's log prior and that nothing came after."""
        return self._given(path).log_evidence + self._prior(path)

    def followed(self, path: Path) -> float:
        """Log of the summed scores of the path with one more change after its last: another regime, or a return."""
        start = start_of(path)
        after = np.array(self._onsets) > start
        totals = [np.where(after, total, -math.inf) for _, _, total in self._totals(path)]
        for regime in (r for r in path if r.may_end):
            for ended, total in self._end_totals(_without(path, regime), regime):
                totals.append(np.where([r.changes[-1] > start for r in ended], total, -math.inf))
        summed = float(np.logaddexp.reduce(np.concatenate(totals))) + math.log(self._stand.width)
        return summed if path else float(np.logaddexp(summed, self.score(())))

    def _prior(self, path: Path) -> float:
        return path_log_prior(path) + math.log(survival(self._weeks - start_of(path)))

    def _extended(self, path: Path, most: int) -> list[tuple[Path, float]]:
        """The best paths with one more change than this one, no two alike."""
        chosen: list[tuple[Path, float]] = []
        for option in self._options_of(path):
            if len(chosen) < most and not any(alike(option[0], other) for other, _ in chosen):
                chosen.append(option)
        return chosen

    def _options_of(self, path: Path) -> list[tuple[Path, float]]:
        """Paths with one more change, best first: for each kind, span and fade the likeliest week."""
        if path not in self._options:
            options = list(self._added(path))
            for regime in path:
                if regime.may_end:
                    options += self._ended(_without(path, regime), regime)
            self._options[path] = sorted(options, key=lambda option: -option[1])
        return self._options[path]

    def _polished(self, path: Path) -> dict[Path, float]:
        """The path with each change in turn taken back and the best one made instead, until nothing gains."""
        found = {path: self.score(path)}
        for _ in range(POLISHES):
            options = [option for parent in _with_one_less(path) for option in self._options_of(parent)[:1]]
            best, score = max(options, key=lambda option: option[1], default=(path, -math.inf))
            if score <= found[path] + _NO_GAIN:
                break
            path = best
            found[path] = score
        return found

    def _added(self, path: Path) -> Iterator[tuple[Path, float]]:
        """For each kind and span, the path with one such regime more where that is likeliest."""
        for kind, span, total in self._totals(path):
            yield from self._best(total, [Regime(o, kind, span) for o in self._onsets], path)

    def _totals(self, path: Path) -> Iterator[tuple[str, int, Floats]]:
        """For each kind and span, (onsets,) scores of the path with one such regime more."""
        given = self._given(path)
        prior = {kind: self._added_prior(path, kind) for kind in ("level", "pulse")}
        for kind in KINDS:
            like = prior["pulse" if kind == "pulse" else "level"]
            for span, weight in SPANS[kind].items():
                gain = self._gains(given, kind, self._profile(kind, span))
                yield kind, span, given.log_evidence + gain + like + math.log(weight)

    def _added_prior(self, path: Path, kind: str) -> Floats:
        """(onsets,) log prior of the path with one more regime of a kind, its span's weight left out."""
        span, weight = next(iter(SPANS[kind].items()))
        paths = [arranged((*path, Regime(onset, kind, span))) for onset in self._onsets]
        return self._priors(paths) - math.log(weight)

    def _priors(self, paths: list[Path]) -> Floats:
        """Log priors, -inf where a regime is too short."""
        return np.array([self._prior(p) if well_spaced(p, self._weeks) else -math.inf for p in paths])

    def _ended(self, rest: Path, regime: Regime) -> Iterator[tuple[Path, float]]:
        """For each fade, the path with the regime ended where that is likeliest."""
        for regimes, total in self._end_totals(rest, regime):
            yield from self._best(total, regimes, rest)

    def _end_totals(self, rest: Path, regime: Regime) -> Iterator[tuple[list[Regime], Floats]]:
        """For each fade, the regime ended in every possible week, and the scores of the path with it."""
        ends = [o for o in self._onsets if o > regime.onset]
        prior = self._priors([arranged((*rest, replace(regime, until=end, fade=1))) for end in ends])
        if not np.isfinite(prior).any():
            return
        given = self._given(rest)
        for fade, weight in SPANS["level"].items():
            regimes = [replace(regime, until=end, fade=fade) for end in ends]
            profiles = self._stand.binned(np.array([r.profile(self._weeks) for r in regimes]))
            total = given.log_evidence + self._gains(given, regime.kind, profiles) + prior
            yield regimes, total + math.log(weight / SPANS["level"][1])

    def _best(self, total: Floats, regimes: list[Regime], path: Path) -> Iterator[tuple[Path, float]]:
        best = int(total.argmax())
        if total[best] > -math.inf:
            yield arranged((*path, regimes[best])), float(total[best])

    def _profile(self, kind: str, span: int) -> Floats:
        """(onsets, n) binned profiles of every onset."""
        key = ("pulse" if kind == "pulse" else "ramp", span)
        if key not in self._profiles:
            rows = [Regime(onset, kind, span).profile(self._weeks) for onset in self._onsets]
            self._profiles[key] = self._stand.binned(np.array(rows))
        return self._profiles[key]

    def _gains(self, given: _Given, name: str, profiles: Floats) -> Floats:
        """(m,) log evidence gained by a regime of this kind along each of (m, n) profiles."""
        kind = self._kinds[name]
        size = kind.columns.size
        square = np.empty((len(profiles), size, size))
        for i, a in enumerate(kind.columns.tolist()):
            for j, b in enumerate(kind.columns.tolist()[: i + 1]):
                square[:, i, j] = square[:, j, i] = ((profiles @ given.precision[a, :, b]) * profiles).sum(
                    axis=1
                )
        pull = kind.sign * profiles @ given.pull[kind.columns].T
        return _log_integral(square, pull, kind.mean, kind.precision, kind.log_det)

    def _given(self, path: Path) -> _Given:
        """Integrate the sizes of a path's regimes out of the stand-in."""
        stand = self._stand
        if not path:
            return _Given(stand.precision, stand.pull, 0.0)
        shape = stand.pull.shape
        rows, means, precisions, log_det = [], [], [], 0.0
        for regime in path:
            kind = self._kinds[regime.kind]
            row = np.zeros((kind.columns.size, *shape))
            row[np.arange(kind.columns.size), kind.columns] = kind.sign * stand.binned(
                regime.profile(stand.weeks)
            )
            rows.append(row.reshape(kind.columns.size, -1))
            means.append(kind.mean)
            precisions.append(kind.precision)
            log_det += kind.log_det
        design, mean, prior = np.vstack(rows), np.concatenate(means), _block_diagonal(precisions)
        flat, pull = stand.precision.reshape(stand.pull.size, -1), stand.pull.ravel()
        across = flat @ design.T
        square, own = design @ across, design @ pull
        inner = np.linalg.inv(square + prior)
        evidence = _log_integral(square[None], own[None], mean, prior, log_det)[0]
        precision = flat - across @ inner @ across.T
        pull = pull - across @ (inner @ (own + prior @ mean))
        return _Given(precision.reshape(stand.precision.shape), pull.reshape(shape), float(evidence))


def _kind(record: Record, stand: Stand, name: str) -> _Kind:
    block = regime_block(record, name)
    touched = sorted(set(record.channel[block.column[:, 0] >= 0].tolist()))
    columns = np.array(
        [stand.columns.index((channel, name == "outward")) for channel in touched], dtype=np.int64
    )
    precision: Floats = np.ascontiguousarray(np.linalg.inv(block.covariance))
    sign = -1.0 if name == "worse" else 1.0
    return _Kind(columns, sign, block.mean, precision, float(np.linalg.slogdet(precision)[1]))


def _log_integral(square: Floats, pull: Floats, mean: Floats, precision: Floats, log_det: float) -> Floats:
    """(m,) log of the integral over a ~ N(mean, precision^-1) of exp(pull . a - a' square a / 2); square (m, q, q)."""
    inner, shifted = square + precision, pull + precision @ mean
    solved = np.linalg.solve(inner, shifted[..., None])[..., 0]
    fit = np.einsum("mq,mq->m", shifted, solved) - mean @ precision @ mean
    value: Floats = 0.5 * (fit + log_det - np.linalg.slogdet(inner)[1])
    return value


def _block_diagonal(blocks: list[Floats]) -> Floats:
    size = sum(len(b) for b in blocks)
    out, at = np.zeros((size, size)), 0
    for block in blocks:
        out[at : at + len(block), at : at + len(block)] = block
        at += len(block)
    return out


def _without(path: Path, regime: Regime) -> Path:
    return tuple(r for r in path if r != regime)


def _with_one_less(path: Path) -> list[Path]:
    """The paths with one change less: a regime that has not ended taken out, or an end taken back."""
    return [
        _without(path, r)
        if r.until is None
        else arranged((*_without(path, r), replace(r, until=None, fade=1)))
        for r in path
    ]


def alike(one: Path, other: Path) -> bool:
    """Whether two paths are the same but for a shift of their changes by less than APART weeks, and for spans."""
    same_kinds = [(r.kind, r.until is None) for r in one] == [(r.kind, r.until is None) for r in other]
    pairs = zip(changes(one), changes(other), strict=False)
    return same_kinds and all(abs(a - b) < APART for a, b in pairs)
