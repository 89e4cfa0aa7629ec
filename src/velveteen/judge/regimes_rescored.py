"""Paths of regimes scored by the full inner approximation, and moved to the weeks where they are likeliest."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from velveteen.judge.accounts import Account, same
from velveteen.judge.arrays import Floats
from velveteen.judge.effects import Effects
from velveteen.judge.evaluate import Evaluator
from velveteen.judge.hyper import Hyper
from velveteen.judge.layout import layout_of
from velveteen.judge.record import Record
from velveteen.judge.regimes import (
    Path,
    Regime,
    arranged,
    changes,
    path_log_prior,
    start_of,
    survival,
    well_spaced,
    with_regimes,
)

STEPS = (4, 2, 1)  # weeks by which a change is moved while that gains
JITTER = (1, 2, 4, 8)  # weeks by which a change is moved to see how sharply it is known
_NOTHING = -50.0  # nats below which a value no longer counts


def evaluator_along(record: Record, shared: Effects, hyper: Hyper, path: Path) -> Evaluator:
    """A complete path, its last change included, as one function of the hyperparameters."""
    return Evaluator(record, _account_along(record, shared, path), hyper)


def _account_along(record: Record, shared: Effects, path: Path) -> Account:
    return same(record, with_regimes(record, shared, path))


class Rescored:
    """Log evidence of complete paths at one z, plus their log prior and that nothing came after."""

    def __init__(self, record: Record, shared: Effects, hyper: Hyper, z: Floats) -> None:
        self._record, self._shared, self._hyper, self._z = record, shared, hyper, z
        self._layout = layout_of(record)
        self._mode = np.zeros(record.weeks)
        self._known: dict[Path, float] = {}

    def __call__(self, path: Path) -> float:
        """Log score of a path; -inf where a regime of it is too short."""
        if not well_spaced(path, self._record.weeks):
            return -math.inf
        prior = path_log_prior(path) + math.log(survival(self._record.weeks - start_of(path)))
        return self.evidence(path) + prior

    def evidence(self, path: Path) -> float:
        """Log evidence of the record along a path."""
        if path not in self._known:
            record, account = self._record, _account_along(self._record, self._shared, path)
            like = self._mode.size == record.weeks + account.effects.size
            start = self._mode if like else self._mode[: record.weeks + self._shared.size]
            evaluate = Evaluator(record, account, self._hyper, self._layout, mode=start)
            self._known[path] = evaluate(self._z)
            self._mode = evaluate.mode
        return self._known[path]

    def returned(self, path: Path, place: int, end: Regime) -> float:
        """Log of P(the path's regime at `place` ended as `end` did, and nothing came after) times the evidence it gains.

        Args:
            path: a path in which that regime has not ended.
            place: index of the regime.
            end: a regime of the same kind with the week and the fade of its end; the week is moved to where it is likeliest.
        """
        ended = replace(path[place], until=end.until, fade=end.fade)
        whole = arranged((*path[:place], ended, *path[place + 1 :]))
        if self(whole) == -math.inf:
            return -math.inf
        for step in STEPS:
            whole = self._moved(whole, start_of(whole), step)
        summed = self(whole) + self._log_spread(whole, start_of(whole))
        return summed - path_log_prior(path) - self.evidence(path)

    def refined(self, path: Path) -> Path:
        """The path with each change moved to its likeliest week near by."""
        for step in STEPS:
            for week in changes(path):
                path = self._moved(path, week, step)
        return path

    def log_volume(self, path: Path) -> float:
        """Log of how many paths as good as this one small shifts of its changes give, the last change kept where it is."""
        return sum(self._log_spread(path, week) for week in changes(path)[:-1])

    def _moved(self, path: Path, week: int, step: int) -> Path:
        """The path with the change of that week moved a step either way, twice at most, as long as that gains."""
        for _ in range(2):
            best = max((week - step, week + step), key=lambda to: self(shifted(path, week, to)))
            moved = shifted(path, week, best)
            if self(moved) <= self(path):
                break
            path, week = moved, best
        return path

    def _log_spread(self, path: Path, week: int) -> float:
        """Log of the sum over weeks near a change of the path's score there, relative to its score."""
        offsets = sorted({0, *JITTER, *(-j for j in JITTER)})
        drops = [self(shifted(path, week, week + o)) - self(path) for o in offsets]
        every = np.arange(offsets[0], offsets[-1] + 1)
        return float(np.logaddexp.reduce(np.interp(every, offsets, np.maximum(drops, _NOTHING))))


def shifted(path: Path, week: int, to: int) -> Path:
    """The path with the change of one week moved to another."""
    return arranged(
        replace(r, onset=to if r.onset == week else r.onset, until=to if r.until == week else r.until)
        for r in path
    )
