"""What a household carries from one day to the next, and the luck of each day."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

    from velveteen.circle.days import Promise
    from velveteen.circle.parameters import Person

PICKS = 21
"""Uniform draws a day beside the named ones, for choices among names."""


@dataclass(frozen=True, slots=True)
class Luck:
    """One day's chance, drawn before anything happens, so that accounts can be compared at the same luck.

    Attributes `stress` to `wellbeing` are standard normal, all others uniform on [0, 1).
    """

    stress: float
    wave: float
    wander: float
    day: float
    treated: float
    wellbeing: float
    contact: float
    kind: float
    audience: float
    acts: float
    care: float
    admiration: float
    threat: float
    leave: float
    pulse: float
    limit: float
    limit_event: float
    confront: float
    owns: float
    answer: float
    promise: float
    due: float
    session: float
    picks: tuple[float, ...]


def draw_luck(days: int, rng: np.random.Generator) -> list[Luck]:
    """One `Luck` a day."""
    normal = rng.standard_normal((days, 6)).tolist()
    uniform = rng.random((days, 17 + PICKS)).tolist()
    named = [name.name for name in fields(Luck)][:-1]
    return [
        Luck(**dict(zip(named, n + u, strict=False)), picks=tuple(u[17:]))
        for n, u in zip(normal, uniform, strict=True)
    ]


@dataclass(slots=True)
class State:
    """The stocks of the circle.

    Attributes:
        stress, wave: fast and slow strain of life, in sd.
        wander: log of fragility's wandering; fragility: share of the person's own, without it.
        shame: in shame units; respect: 0 to 1, without what a fright or a limit lends.
        alarm: 0 to 1; alarm_days: its half-life; felt: whether it is more than a small fright.
        closeness: of the partner, 0 to 1; wellbeing: of the partner, 0 to 10.
        recent_harm: acts a contact day, smoothed over about two weeks.
        limit: whether one stands; since_threat: days since the last; away: days left until the return.
        attended: sessions a week, smoothed; due: promises not yet come to their day.
        pending: turning points that still wait for a day of their own, (kind, known).
    """

    shame: float
    respect: float
    stress: float = 0.0
    wave: float = 0.0
    wander: float = 0.0
    fragility: float = 1.0
    alarm: float = 0.0
    alarm_days: float = 7.0
    felt: bool = False
    closeness: float = 0.4
    wellbeing: float = 5.0
    recent_harm: float = 0.75
    limit: bool = False
    since_threat: int = 60
    away: int = 0
    attended: float = 0.0
    due: list[Promise] = field(default_factory=list)
    pending: deque[tuple[str, bool]] = field(default_factory=deque)


def begin(person: Person) -> State:
    """Where a household stands when the simulation, not yet the record, begins."""
    return State(shame=0.8 * person.fragility, respect=person.respect)
