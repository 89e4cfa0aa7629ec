"""Proposing paths of regimes for a long record: a beam over changes, scored by the Gaussian stand-in. Deterministic."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from velveteen.judge.arrays import Floats
from velveteen.judge.record import Record
from velveteen.judge.regimes import (
    KINDS,
    SPANS,
    Path,
    Regime,
    arranged,
    changes,
    path_log_prior,
    start_of,
    survival,
)
from velveteen.judge.regimes_gaussian import Stand
from velveteen.judge.regimes_priors import each_log_prior
from velveteen.judge.regimes_table import Table

MOST_CHANGES = 12
GIVE_UP = 10.0  # nats below the best path at which a longer one is not followed further
POLISHES = 8
_NO_GAIN = 1e-9
APART = 16  # weeks: two changes of one kind nearer than this are one proposal

_LOG_WEIGHTS = {kind: np.log(list(spans.values()))[:, None] for kind, spans in SPANS.items()}


class Proposer:
    """Scores paths of one stand-in and finds good ones."""

    def __init__(self, record: Record, stand: Stand) -> None:
        self._weeks = record.weeks
        self._width = stand.width
        self._table = Table(record, stand)
        self._onsets = self._table.onsets
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
        prior = path_log_prior(path) + math.log(survival(self._weeks - start_of(path)))
        return self._table.given(path).log_evidence + prior

    def followed(self, path: Path) -> float:
        """Log of the summed scores of the path with one more change after its last: another regime, or a return."""
        after = self._onsets > start_of(path)
        totals = [total for _, total in self._totals(path)]
        totals += [self._end_totals(_without(path, r), r) for r in path if r.may_end]
        summed = float(np.logaddexp.reduce(np.concatenate(totals)[:, after], axis=None)) + math.log(
            self._width
        )
        return summed if path else float(np.logaddexp(summed, self.score(())))

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
        for kind, totals in self._totals(path):
            for span, total in zip(SPANS[kind], totals, strict=True):
                best = int(total.argmax())
                if total[best] > -math.inf:
                    regime = Regime(int(self._onsets[best]), kind, span)
                    yield arranged((*path, regime)), float(total[best])

    def _totals(self, path: Path) -> Iterator[tuple[str, Floats]]:
        """For each kind, (spans, onsets) scores of the path with one such regime more."""
        given = self._table.given(path)
        for kind in KINDS:
            prior = each_log_prior(path, self._onsets, self._weeks, lasts=kind != "pulse")
            yield kind, given.log_evidence + self._table.gains(given, kind) + prior + _LOG_WEIGHTS[kind]

    def _ended(self, rest: Path, regime: Regime) -> Iterator[tuple[Path, float]]:
        """For each fade, the path with the regime ended where that is likeliest."""
        for fade, total in zip(SPANS["level"], self._end_totals(rest, regime), strict=True):
            best = int(total.argmax())
            if total[best] > -math.inf:
                ended = replace(regime, until=int(self._onsets[best]), fade=fade)
                yield arranged((*rest, ended)), float(total[best])

    def _end_totals(self, rest: Path, regime: Regime) -> Floats:
        """(fades, onsets) scores of the path with the regime ended in each week from which on its ramp is through."""
        prior = each_log_prior(rest, regime.onset, self._weeks, ends=self._onsets)
        prior = np.where(self._onsets >= regime.onset + regime.span, prior, -math.inf)
        spans = math.log(SPANS[regime.kind][regime.span]) + _LOG_WEIGHTS["level"]
        given = self._table.given(rest)
        return given.log_evidence + self._table.end_gains(given, regime) + prior + spans


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
