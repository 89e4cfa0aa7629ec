"""The log evidence of an account: a sum over trajectories, coarse to fine, of integrals over the hyperparameters."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from operator import attrgetter, itemgetter
from typing import NamedTuple

import numpy as np

from velveteen.judge.accounts import Account, same
from velveteen.judge.arrays import Floats, Ints
from velveteen.judge.corrections import Correction, corrected, gain
from velveteen.judge.effects import Effects, shared_effects
from velveteen.judge.evaluate import Bend, Evaluator
from velveteen.judge.hyper import Hyper
from velveteen.judge.layout import Layout, layout_of
from velveteen.judge.quadrature import Frame, Integral, find_frame, integrate, integrate_like
from velveteen.judge.record import Record
from velveteen.judge.screen import Expansion

EVENLY = 4  # onsets of each shape that are always looked at, evenly over it
MATTERS = 2e-2  # share of the evidence below which a gap between two onsets is left to interpolation
SMOOTH = 0.06  # nats: a gap whose likeliest onset was predicted this well is not split further
MOST_INTEGRALS = 12
AXES = 3  # of the frame, along which an account's trajectories are told apart
WORTH = 0.02  # share of the evidence that a trajectory must stand for to be integrated
ALIKE_WEEKS = 16  # onsets of one shape so far apart are taken as unlike
# Share of the corners' cross terms that is added: all of them overdo it on records not tuned on.
BELIEVED = 0.5
MATTERING = 9.0  # nats below an account's evidence, where a trajectory is not looked at a second time
NOTHING = 25.0  # nats below an account's evidence, where a trajectory is no part of it


class Component(NamedTuple):
    """One trajectory that carries posterior mass: shape and onset index, log weight, and where its z lies."""

    shape: int
    onset: int
    log_weight: float
    centre: Floats


@dataclass(frozen=True, slots=True)
class Evidence:
    """Log evidence of an account, its components by falling weight, and where z lies.

    `coarse` is off by what the cross terms come to in full, and by what corrections owe to a second place of z.
    """

    log: float
    coarse: float
    components: tuple[Component, ...]
    frame: Frame
    evaluator: Evaluator

    @property
    def evaluations(self) -> int:
        """How many times the inner Laplace approximation ran."""
        return self.evaluator.evaluations


@dataclass(frozen=True, slots=True)
class Base:
    """What the accounts of a record start from: its layout, where z lies without change, and the expansion there."""

    layout: Layout
    frame: Frame
    expansion: Expansion
    bend: Bend | None


def find_base(
    record: Record, hyper: Hyper, shared: Effects | None = None, frame: Frame | None = None
) -> Base:
    """Find mode and principal axes of z under `same`, and expand about the mode there.

    Args:
        record, hyper: what is weighed.
        shared: the effects that every account shares; those of the record where None.
        frame: where z lies, if that is known.
    """
    layout = layout_of(record)
    account = same(record, shared_effects(record) if shared is None else shared)
    evaluator = Evaluator(record, account, hyper, layout)
    frame = find_frame(evaluator.along, hyper.size) if frame is None else frame
    bend = evaluator.bend
    return Base(layout, frame, evaluator.expansion(frame.centre), bend)


def account_evidence(
    record: Record,
    account: Account,
    hyper: Hyper,
    base: Base | None = None,
    most: int = MOST_INTEGRALS,
) -> Evidence:
    """Log evidence of one account.

    All trajectories are screened; the profile over them is then taken by full evaluations at one z where it matters, and
    integrated over z for the trajectories that matter most. The others take the correction of the nearest of these.

    Args:
        record, account, hyper: what is weighed.
        base: from `find_base` of the same record; found here where None.
        most: how many trajectories are integrated at most.
    """
    base = find_base(record, hyper) if base is None else base
    evaluator = Evaluator(record, account, hyper, base.layout, bend=base.bend)
    screened = base.expansion.screen(account)
    first = _likeliest(evaluator, base.frame.centre, screened)
    evaluator.follow(account.shapes[first[0]], first[1])
    whole = integrate(evaluator.along, base.frame, at_corners=evaluator.roughly)
    profile = Profile(evaluator, whole.rule.frame.centre, screened, first)
    profile.refine()
    return _sum(profile, whole, base.frame.centre, most)


def _likeliest(evaluator: Evaluator, z: Floats, screened: list[Floats]) -> tuple[int, int]:
    """(shape, onset) of the likeliest of the trajectories that the screen likes best in each shape."""
    shapes = evaluator.account.shapes
    pairs = [
        (s, int((values + shape.onset_log_prior).argmax()))
        for s, (values, shape) in enumerate(zip(screened, shapes, strict=True))
    ]
    prior = [shapes[s].log_prior + shapes[s].onset_log_prior[o] for s, o in pairs]
    values = evaluator.across(z, [(shapes[s], o) for s, o in pairs])
    return pairs[int((values + prior).argmax())]


class Profile:
    """Log evidence plus log prior of an account's trajectories at one z.

    Every onset has a screened value; those looked at have the full one. Between them their difference is interpolated.
    """

    def __init__(
        self, evaluator: Evaluator, z: Floats, screened: list[Floats], foremost: tuple[int, int]
    ) -> None:
        self.evaluator = evaluator
        self.foremost = foremost
        self.z = z
        self.shapes = evaluator.account.shapes
        self._screened = screened
        self._seen: list[dict[int, float]] = [{} for _ in self.shapes]
        first = [foremost]
        for s, shape in enumerate(self.shapes):
            likeliest = int((screened[s] + shape.onset_log_prior).argmax())
            first += [(s, onset) for onset in sorted({*_evenly(shape.onsets.size, EVENLY), likeliest})]
        self._look(list(dict.fromkeys(first)))

    def _look(self, pairs: list[tuple[int, int]]) -> None:
        values = self.evaluator.across(self.z, [(self.shapes[s], onset) for s, onset in pairs])
        for (s, onset), value in zip(pairs, values.tolist(), strict=True):
            self._seen[s][onset] = value + self.shapes[s].log_prior

    def refine(self) -> None:
        """Look at the likeliest onset of every gap that matters, until each gap is small, light or as predicted."""
        gaps = [
            (s, a, b) for s, seen in enumerate(self._seen) for a, b in pairwise(sorted(seen)) if b - a > 1
        ]
        while gaps:
            values = self.values()
            floor = float(np.logaddexp.reduce(np.concatenate(values))) + math.log(MATTERS)
            heavy = [g for g in gaps if np.logaddexp.reduce(values[g[0]][g[1] + 1 : g[2]]) > floor]
            gaps = self._split(heavy, values)

    def _split(self, gaps: list[tuple[int, int, int]], values: list[Floats]) -> list[tuple[int, int, int]]:
        """Look at the likeliest onset inside each gap; the parts that are left, none of one that was as predicted."""
        inside = [(s, a + 1 + int(values[s][a + 1 : b].argmax())) for s, a, b in gaps]
        if inside:
            self._look(inside)
        left = []
        for (s, a, b), (_, onset) in zip(gaps, inside, strict=True):
            seen = self._seen[s][onset] + self.shapes[s].onset_log_prior[onset]
            if abs(seen - values[s][onset]) >= SMOOTH:
                left += [(s, i, j) for i, j in ((a, onset), (onset, b)) if j - i > 1]
        return left

    def values(self) -> list[Floats]:
        """For each shape, (onsets,) the log evidence plus log priors."""
        found = []
        for shape, screened, seen in zip(self.shapes, self._screened, self._seen, strict=True):
            known = sorted(seen)
            correction = np.interp(
                np.arange(shape.onsets.size), known, [seen[k] - screened[k] for k in known]
            )
            found.append(screened + correction + shape.onset_log_prior)
        return found

    def rises(
        self, z: Floats, floor: float, values: list[Floats], always: Collection[tuple[int, int]]
    ) -> list[Floats]:
        """For each shape, (onsets,) how much higher the log evidence is at another z.

        Those looked at whose value reaches the floor are looked at there, and `always`; between them it is interpolated.
        """
        pairs = [
            (s, o) for s, seen in enumerate(self._seen) for o in sorted(seen)
            if values[s][o] > floor or (s, o) in always
        ]  # fmt: skip
        found = self.evaluator.across(z, [(self.shapes[s], o) for s, o in pairs]).tolist()
        rise = {
            (s, o): value + self.shapes[s].log_prior - self._seen[s][o]
            for (s, o), value in zip(pairs, found, strict=True)
        }
        return [_between(s, value.size, rise) for s, value in enumerate(values)]

    def chosen(self, values: list[Floats], most: int) -> list[tuple[float, int, int]]:
        """(value, shape, onset) of the trajectories to integrate, the foremost first; value without the onset's prior.

        Each further one is that looked at whose neighbourhood holds most of the evidence that those before it do not
        stand for.
        """
        total = np.logaddexp.reduce(np.concatenate(values))
        left = [np.exp(v - total) for v in values]
        near = [self._near(s) for s in range(len(values))]
        s, onset = self.foremost
        best = sorted(self._seen[s]).index(onset)
        found: list[tuple[float, int, int]] = []
        while True:
            found.append((self._seen[s][onset], s, onset))
            left[s] = left[s] * (1.0 - near[s][best])
            worth = [close @ mass for close, mass in zip(near, left, strict=True)]
            s = max(range(len(worth)), key=lambda k: float(worth[k].max()))
            best = int(worth[s].argmax())
            onset = sorted(self._seen[s])[best]
            if len(found) == most or worth[s][best] < WORTH:
                return found

    def _near(self, shape: int) -> Floats:
        """(looked at, onsets) how alike each onset is to those looked at: from 1 to 0, ALIKE_WEEKS apart."""
        weeks = self.shapes[shape].onsets.astype(np.float64)
        near: Floats = 1.0 - np.abs(weeks[sorted(self._seen[shape])][:, None] - weeks) / ALIKE_WEEKS
        return np.maximum(near, 0.0)


def _between(shape: int, size: int, known: dict[tuple[int, int], float]) -> Floats:
    """(size,) interpolated over the onsets of a shape; 0 where nothing of it is known."""
    onsets = [o for s, o in known if s == shape]
    if not onsets:
        return np.zeros(size)
    found: Floats = np.interp(np.arange(size), onsets, [known[shape, o] for o in onsets])
    return found


def _evenly(size: int, most: int) -> list[int]:
    """At most so many indices, evenly over range(size), both ends among them."""
    return sorted({round(i) for i in np.linspace(0, size - 1, min(most, size)).tolist()})


def _sum(profile: Profile, whole: Integral, elsewhere: Floats, most: int) -> Evidence:
    """Evidence from a refined profile, the integral of its foremost trajectory, and where z lies under `same`."""
    evaluator, frame, cross = profile.evaluator, whole.frame, whole.cross
    at_z = profile.values()
    known = _integrated(profile, whole, profile.chosen(at_z, most))
    plain = corrected(at_z, known)
    second, apart = _farthest(frame, profile.z, [elsewhere, *(c.centre for c in known.values())])
    floor = float(np.logaddexp.reduce(np.concatenate(plain))) - MATTERING
    rises = profile.rises(second, floor, plain, known)
    values = [v + BELIEVED * cross for v in corrected(at_z, known, [gain(rise, apart) for rise in rises])]
    log, without = (float(np.logaddexp.reduce(np.concatenate(v))) for v in (values, plain))
    return Evidence(
        log, without - (1.0 - BELIEVED) * cross, _components(values, log, known), frame, evaluator
    )


def _integrated(
    profile: Profile, whole: Integral, chosen: list[tuple[float, int, int]]
) -> dict[tuple[int, int], Correction]:
    """Corrections of the trajectories chosen, by shape and onset, in their order; the first is integrated already.

    The one with the lowest value comes next. It tells along which axes an account's trajectories differ; the others are
    integrated along these alone, each about the frame of the trajectory most like it that has one of its own.
    """
    paths = {(s, o): profile.shapes[s].profiles[o] for _, s, o in chosen}
    (_, *first), *rest = chosen
    found = {(first[0], first[1]): whole}
    own = dict(found)
    axes: Ints | None = None
    for _, s, o in sorted(rest, key=itemgetter(0)):
        profile.evaluator.follow(profile.shapes[s], o)
        like = own[min(own, key=partial(_unlike, paths, (s, o)))]
        found[s, o], apart, alike = integrate_like(profile.evaluator.along, like, axes)
        if not alike:
            own[s, o] = found[s, o]
        axes = np.argsort(-np.abs(apart), kind="stable")[:AXES] if axes is None else axes
    return {
        (s, o): Correction(found[s, o].log - (value - profile.shapes[s].log_prior), found[s, o].frame.centre)
        for value, s, o in chosen
    }


def _unlike(paths: dict[tuple[int, int], Floats], one: tuple[int, int], other: tuple[int, int]) -> float:
    """How far two trajectories lie apart, summed over weeks."""
    return float(np.abs(paths[one] - paths[other]).sum())


def _farthest(frame: Frame, z: Floats, places: list[Floats]) -> tuple[Floats, float]:
    """The place farthest from z, and how far in posterior standard deviations."""
    apart = np.linalg.norm(np.linalg.solve(frame.axes, (np.array(places) - z).T), axis=0)
    far = int(apart.argmax())
    return places[far], float(apart[far])


def _components(
    values: list[Floats], total: float, known: dict[tuple[int, int], Correction]
) -> tuple[Component, ...]:
    """The trajectories that hold anything of the evidence, by falling weight; z lies as in the nearest one integrated."""
    found: list[Component] = []
    for s, value in enumerate(values):
        nearest = min(known, key=lambda k: abs(k[0] - s))[0]
        onsets = np.array([o for shape, o in known if shape == nearest])
        here = np.flatnonzero(value > total - NOTHING)
        like = onsets[np.abs(here[:, None] - onsets).argmin(axis=1)].tolist()
        weight = value[here].tolist()
        found += [
            Component(s, o, w, known[nearest, k].centre)
            for o, w, k in zip(here.tolist(), weight, like, strict=True)
        ]
    return tuple(sorted(found, key=attrgetter("log_weight"), reverse=True))
