"""The log evidence of an account: a sum over trajectories, coarse to fine, of integrals over the hyperparameters."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from velveteen.judge.accounts import Account
from velveteen.judge.arrays import Floats
from velveteen.judge.evaluate import Evaluator
from velveteen.judge.hyper import Hyper
from velveteen.judge.quadrature import Frame, find_frame, integrate
from velveteen.judge.record import Record

COARSE = 8  # first onsets looked at, a shape
REFINE_WITHIN = 7.0  # nats below the best: intervals there are halved until every week is looked at
INTEGRATE_WITHIN = 5.0
MOST_INTEGRALS = 6


@dataclass(frozen=True, slots=True)
class Component:
    """One trajectory that carries posterior mass: shape and onset index, log weight, and where its z lies."""

    shape: int
    onset: int
    log_weight: float
    centre: Floats


@dataclass(frozen=True, slots=True)
class Evidence:
    """Log evidence of an account by the fine and the coarse rule, its components by falling weight, and the cost."""

    log: float
    coarse: float
    components: tuple[Component, ...]
    evaluator: Evaluator

    @property
    def evaluations(self) -> int:
        """How many times the inner Laplace approximation ran."""
        return self.evaluator.evaluations


def account_evidence(record: Record, account: Account, hyper: Hyper, start: Floats | None = None) -> Evidence:
    """Log evidence of one account.

    The profile over trajectories is taken at one z; it is then integrated over z for the trajectories that matter, and the
    others take the correction of the nearest of these.

    Args:
        record, account, hyper: what is weighed.
        start: (d,) first guess of z, for instance the mode under `same`.
    """
    evaluator = Evaluator(record, account, hyper)
    centre = np.zeros(hyper.size) if start is None else start
    profile = Profile(evaluator, centre)
    frame = find_frame(profile.at_best(), hyper.size, centre)
    profile = Profile(evaluator, frame.centre)
    return _sum(profile, frame)


class Profile:
    """Log evidence plus log prior of every trajectory of an account at one z: looked at coarsely, then where it matters."""

    def __init__(self, evaluator: Evaluator, z: Floats) -> None:
        self.evaluator = evaluator
        self.z = z
        self.shapes = evaluator.account.shapes
        self._seen: list[dict[int, float]] = [{} for _ in self.shapes]
        for s, shape in enumerate(self.shapes):
            last = shape.onsets.size - 1
            for onset in np.unique(np.linspace(0, last, min(COARSE, last + 1)).round().astype(int)):
                self._look(s, int(onset))
        while self._refine():
            pass
        self.values = [self._interpolated(s) for s in range(len(self.shapes))]

    def _look(self, shape: int, onset: int) -> None:
        self.evaluator.follow(self.shapes[shape], onset)
        self._seen[shape][onset] = self.evaluator(self.z) + self.shapes[shape].log_prior

    def _refine(self) -> bool:
        """Halve every interval that reaches within REFINE_WITHIN of the best; whether there was one."""
        best = max(max(seen.values()) for seen in self._seen)
        added = False
        for s, seen in enumerate(self._seen):
            known = sorted(seen)
            for left, right in zip(known[:-1], known[1:], strict=True):
                if right - left > 1 and max(seen[left], seen[right]) > best - REFINE_WITHIN:
                    self._look(s, (left + right) // 2)
                    added = True
        return added

    def _interpolated(self, shape: int) -> Floats:
        known = sorted(self._seen[shape])
        values = np.interp(np.arange(self.shapes[shape].onsets.size), known, [self._seen[shape][k] for k in known])
        return values + self.shapes[shape].onset_log_prior

    def ranked(self) -> list[tuple[float, int, int]]:
        """(value, shape, onset) of the trajectories looked at, best first."""
        looked = [(float(self.values[s][o]), s, o) for s, seen in enumerate(self._seen) for o in seen]
        return sorted(looked, reverse=True)

    def at_best(self) -> Evaluator:
        """The evaluator, following the best trajectory."""
        _, shape, onset = self.ranked()[0]
        self.evaluator.follow(self.shapes[shape], onset)
        return self.evaluator


def _spread(ranked: list[tuple[float, int, int]]) -> list[tuple[float, int, int]]:
    """The trajectories to integrate: the best of each shape first, then the next best, within reach and the budget."""
    near = [r for r in ranked if r[0] > ranked[0][0] - INTEGRATE_WITHIN]
    firsts = {r[1]: r for r in reversed(near)}
    leaders = sorted(firsts.values(), reverse=True)
    others = [r for r in near if r not in leaders]
    return (leaders + others)[:MOST_INTEGRALS]


def _sum(profile: Profile, frame: Frame) -> Evidence:
    evaluator = profile.evaluator
    corrections: dict[tuple[int, int], tuple[float, float, Floats]] = {}
    for value, s, o in _spread(profile.ranked()):
        shape = profile.shapes[s]
        evaluator.follow(shape, o)
        result = integrate(evaluator, frame)
        base = value - shape.log_prior - float(shape.onset_log_prior[o])
        corrections[s, o] = result.fine - base, result.coarse - base, result.frame.centre
    fine, coarse, components = [], [], []
    for s, values in enumerate(profile.values):
        for o, value in enumerate(values):
            up, low, centre = corrections[_nearest(corrections, s, o)]
            fine.append(value + up)
            coarse.append(value + low)
            components.append(Component(s, o, float(value + up), centre))
    components.sort(key=lambda c: -c.log_weight)
    return Evidence(float(np.logaddexp.reduce(fine)), float(np.logaddexp.reduce(coarse)), tuple(components), evaluator)


def _nearest(known: dict[tuple[int, int], tuple[float, float, Floats]], shape: int, onset: int) -> tuple[int, int]:
    """The integrated trajectory nearest to this one: of the same shape if there is one, then by onset."""
    return min(known, key=lambda k: (k[0] != shape, abs(k[0] - shape), abs(k[1] - onset)))
