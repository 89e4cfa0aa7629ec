"""Days as they were lived: pressure, hard days, and quarrels that excite each other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from .courses import Course, Days

KINDS = ("calm", "stress", "refused", "criticised")


@dataclass(slots=True)
class Lived:
    """What happened, a value a day.

    Attributes:
        contact: whether they met.
        kind: index into KINDS.
        acts: number of harmful acts.
        factor: logarithm of the factor that the course put on that day's conduct.
        pressure: logarithm of what the person was under.
        contrite: whether the day lay in the contrite days after a large quarrel.
    """

    contact: NDArray[np.bool_]
    kind: NDArray[np.int64]
    acts: NDArray[np.int64]
    factor: Days
    pressure: Days
    contrite: NDArray[np.bool_]

    @property
    def hard(self) -> NDArray[np.bool_]:
        """Whether the day was hard: a no, a disagreement, criticism, a loss of face."""
        return self.kind >= 2


@dataclass(frozen=True, slots=True)
class _Person:
    rate: float  # quarrels an ordinary day, before echo
    flare: float  # how many times more on a hard day
    echo: float  # further quarrels that one brings about
    fade: float  # share of the echo that is left a day later
    more: float  # acts beyond the first in a quarrel
    contrition: float  # days after a large quarrel; 0 for those who have none
    said_no: float  # chance that the writer says no on a day, unafraid
    criticised: float  # chance that the person is criticised or loses face on a day
    fear: float  # how much saying no falls with what came of it


def _draw_person(rng: Generator) -> _Person:
    return _Person(
        rate=rng.lognormal(np.log(0.11), 0.5),
        flare=rng.lognormal(np.log(3.5), 0.35),
        echo=rng.uniform(0.1, 0.4),
        fade=float(np.exp(-1 / rng.uniform(1, 4))),
        more=rng.uniform(0.2, 1.0),
        contrition=rng.uniform(3, 9) if rng.random() < 0.5 else 0.0,
        said_no=rng.uniform(0.06, 0.25),
        criticised=rng.uniform(0.04, 0.15),
        fear=rng.uniform(0, 0.8),
    )


def live(course: Course, rng: Generator) -> Lived:
    """The days of one household under a course."""
    days, person = len(course.ordinary), _draw_person(rng)
    pressure = _pressure(days, rng)
    contact = rng.random(days) < rng.uniform(0.7, 0.99)
    for first, last in course.apart:
        contact[first:last] &= rng.random(len(contact[first:last])) < rng.uniform(0.15, 0.5)
    lived = Lived(
        contact=contact,
        kind=(rng.random(days) < 0.2 * np.exp(pressure)).astype(np.int64),
        acts=np.zeros(days, dtype=np.int64),
        factor=course.ordinary.copy(),
        pressure=pressure,
        contrite=np.zeros(days, dtype=np.bool_),
    )
    _quarrel(lived, course, person, rng)
    return lived


def _pressure(days: int, rng: Generator) -> Days:
    """What the person is under: daily carry-over, cycles, a slow wave and bad seasons, about zero on the whole."""
    t = np.arange(days)
    total = carried(days, rng.uniform(1, 4), rng.uniform(0.15, 0.4), rng)
    total += carried(days, 7 * rng.uniform(5, 25), rng.uniform(0.1, 0.35), rng)
    total += rng.uniform(0, 0.2) * np.sin(2 * np.pi * t / 365.25 + rng.uniform(0, 7))
    total += rng.uniform(0, 0.2) * np.sin(2 * np.pi * t / (7 * rng.uniform(2, 7)) + rng.uniform(0, 7))
    total += rng.normal(0, 0.15, 7)[t % 7]
    for start in rng.integers(-60, days, rng.poisson(1.5 * (days + 60) / 365)):
        x = np.maximum(t - start, 0) / (7 * rng.uniform(1, 5))
        total += rng.uniform(0.15, 0.7) * np.e * x * np.exp(-x)  # rises, peaks after 1 to 5 weeks, fades
    return total - 0.15


def carried(days: int, memory: float, sd: float, rng: Generator) -> Days:
    """A stationary wave about zero that keeps its value for about `memory` days."""
    keep = float(np.exp(-1 / memory))
    steps = rng.normal(0, sd * np.sqrt(1 - keep * keep), days)
    value, out = float(rng.normal(0, sd)), np.empty(days)
    for day, step in enumerate(steps.tolist()):
        value = keep * value + step
        out[day] = value
    return out


def _quarrel(lived: Lived, course: Course, person: _Person, rng: Generator) -> None:
    days = len(lived.acts)
    heat, (chance_no, chance_face) = np.exp(lived.pressure).tolist(), rng.random((2, days)).tolist()
    ordinary, hard, contact = course.ordinary.tolist(), course.hard.tolist(), lived.contact.tolist()
    echo = afraid = contrite = 0.0
    for day in range(days):
        echo *= person.fade
        contrite -= 1
        if not contact[day]:
            continue
        is_hard = True
        if chance_no[day] < person.said_no * (1 - person.fear * afraid):
            lived.kind[day] = 2
        elif chance_face[day] < person.criticised * heat[day]:
            lived.kind[day] = 3
        else:
            is_hard = False
        change = hard[day] if is_hard else ordinary[day]
        rate = person.rate * heat[day] * np.exp(change) * (person.flare if is_hard else 1.0)
        rate *= 0.4 if contrite > 0 else 1.0
        quarrels = rng.poisson(min(rate + echo * min(1.0, np.exp(change)), 4.0))
        acts = quarrels + rng.poisson(person.more * quarrels) if quarrels else 0
        lived.acts[day], lived.factor[day], lived.contrite[day] = acts, change, contrite > 0
        echo += person.echo * (1 - person.fade) / person.fade * quarrels
        afraid += 0.1 * (min(1.0, acts / 3) - afraid)
        if acts >= 4 and person.contrition:
            contrite = 1 + rng.poisson(person.contrition)
