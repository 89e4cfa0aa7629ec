"""The log evidence of an account: a sum over trajectories, coarse to fine, of integrals over the hyperparameters."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from velveteen.judge.accounts import Account
from velveteen.judge.arrays import Floats
from velveteen.judge.evaluate import Evaluator
from velveteen.judge.hyper import Hyper
from velveteen.judge.quadrature import Frame, find_frame, integrate, recentred
from velveteen.judge.record import Record

COARSE = 8  # first onsets looked at, a shape
MATTERS = 2e-3  # share of the evidence below which an interval between two onsets is left to interpolation
SMOOTH = 0.03  # nats: an interval whose middle lies this close to the straight line is not halved further
INTEGRATE_WITHIN = 5.0
MOST_INTEGRALS = 5


@dataclass(frozen=True, slots=True)
class Component:
    """One trajectory that carries posterior mass: shape and onset index, log weight, and where its z lies."""

    shape: int
    onset: int
    log_weight: float
    centre: Floats


@dataclass(frozen=True, slots=True)
class Evidence:
    """Log evidence of an account by the fine and the coarse rule, its components by falling weight, and where z lies."""

    log: float
    coarse: float
    components: tuple[Component, ...]
    frame: Frame
    evaluator: Evaluator

    @property
    def evaluations(self) -> int:
        """How many times the inner Laplace approximation ran."""
        return self.evaluator.evaluations


def account_evidence(record: Record, account: Account, hyper: Hyper, frame: Frame | None = None) -> Evidence:
    """Log evidence of one account.

    The profile over trajectories is taken at one z; it is then integrated over z for the trajectories that matter, and the
    others take the correction of the nearest of these.

    Args:
        record, account, hyper: what is weighed.
        frame: where z lay under another account of the same record; saves the search for the principal axes.
    """
    evaluator = Evaluator(record, account, hyper)
    centre = np.zeros(hyper.size) if frame is None else frame.centre
    first = Profile(evaluator, centre)
    first.climb()
    at_best = first.at_best()
    frame = find_frame(at_best, hyper.size, centre) if frame is None else recentred(at_best, frame)
    profile = Profile(evaluator, frame.centre)
    profile.climb()
    profile.refine()
    return _sum(profile, frame)


class Profile:
    """Log evidence plus log prior of the trajectories of an account at one z: looked at coarsely, then where it matters."""

    def __init__(self, evaluator: Evaluator, z: Floats) -> None:
        self.evaluator = evaluator
        self.z = z
        self.shapes = evaluator.account.shapes
        self._seen: list[dict[int, float]] = [{} for _ in self.shapes]
        for s, shape in enumerate(self.shapes):
            for onset in _evenly(shape.onsets.size, COARSE):
                self._look(s, onset)

    def _look(self, shape: int, onset: int) -> float:
        self.evaluator.follow(self.shapes[shape], onset)
        value = self.evaluator(self.z) + self.shapes[shape].log_prior
        self._seen[shape][onset] = value
        return value

    def climb(self) -> None:
        """Close in on each shape's likeliest onset: a sharp change stands out only beside its own week."""
        for shape in range(len(self.shapes)):
            while (onset := self._gap_beside_highest(shape)) is not None:
                self._look(shape, onset)

    def _gap_beside_highest(self, shape: int) -> int | None:
        """The middle of a gap next to the likeliest onset seen so far, or None."""
        seen = self._seen[shape]
        known, top = sorted(seen), max(seen, key=seen.__getitem__)
        gaps = [(a, b) for a, b in pairwise(known) if top in (a, b) and b - a > 1]
        return (gaps[0][0] + gaps[0][1]) // 2 if gaps else None

    def refine(self) -> None:
        """Halve the intervals that matter until each is smooth or a week long."""
        queue = [
            (s, a, b) for s, seen in enumerate(self._seen) for a, b in pairwise(sorted(seen)) if b - a > 1
        ]
        while queue:
            total = float(np.logaddexp.reduce(np.concatenate(self.values())))
            worth = [(s, a, b) for s, a, b in queue if self._mass(s, a, b) > total + math.log(MATTERS)]
            queue = [half for s, a, b in worth for half in self._halved(s, a, b)]

    def _mass(self, shape: int, left: int, right: int) -> float:
        """Log of the most that an interval can hold if it is no higher than its ends."""
        top = max(self._seen[shape][left], self._seen[shape][right])
        return top + float(np.logaddexp.reduce(self.shapes[shape].onset_log_prior[left : right + 1]))

    def _halved(self, shape: int, left: int, right: int) -> list[tuple[int, int, int]]:
        """The halves that are worth another look, after a look at the middle."""
        middle = (left + right) // 2
        seen = self._seen[shape]
        share = (middle - left) / (right - left)
        straight = seen[left] + share * (seen[right] - seen[left])
        if abs(self._look(shape, middle) - straight) < SMOOTH:
            return []
        return [(shape, a, b) for a, b in ((left, middle), (middle, right)) if b - a > 1]

    def values(self) -> list[Floats]:
        """For each shape, (onsets,) the log evidence plus log priors; straight lines between the onsets looked at."""
        return [
            np.interp(np.arange(shape.onsets.size), known, [seen[k] for k in known]) + shape.onset_log_prior
            for shape, seen in zip(self.shapes, self._seen, strict=True)
            for known in [sorted(seen)]
        ]

    def ranked(self) -> list[tuple[float, int, int]]:
        """(value, shape, onset) of the trajectories looked at, best first; without the onset's prior."""
        return sorted(((v, s, o) for s, seen in enumerate(self._seen) for o, v in seen.items()), reverse=True)

    def at_best(self) -> Evaluator:
        """The evaluator, following the best trajectory."""
        _, shape, onset = self.ranked()[0]
        self.evaluator.follow(self.shapes[shape], onset)
        return self.evaluator


def _evenly(size: int, most: int) -> list[int]:
    """At most so many indices, evenly over range(size), both ends among them."""
    return sorted({round(i) for i in np.linspace(0, size - 1, min(most, size)).tolist()})


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
        base = value - shape.log_prior
        corrections[s, o] = result.fine - base, result.coarse - base, result.frame.centre
    fine, coarse, components = [], [], []
    for s, values in enumerate(profile.values()):
        for o, value in enumerate(values):
            up, low, centre = corrections[_nearest(corrections, s, o)]
            fine.append(value + up)
            coarse.append(value + low)
            components.append(Component(s, o, float(value + up), centre))
    components.sort(key=lambda c: -c.log_weight)
    return Evidence(
        float(np.logaddexp.reduce(fine)),
        float(np.logaddexp.reduce(coarse)),
        tuple(components),
        frame,
        evaluator,
    )


def _nearest(
    known: dict[tuple[int, int], tuple[float, float, Floats]], shape: int, onset: int
) -> tuple[int, int]:
    """The integrated trajectory nearest to this one: of the same shape if there is one, then by onset."""
    return min(known, key=lambda k: (k[0] != shape, abs(k[0] - shape), abs(k[1] - onset)))
