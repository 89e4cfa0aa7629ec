"""What changes and when: the course of each account. A course gives, for a day of some kind, how far conduct is changed."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.random import Generator

from .households import Floats

WEEK = 7.0
# Median and log spread of the weeks from the first sign to the full change.
_SPEED = {
    "same": (1, 0.1), "worse": (8, 1.0), "temporary": (1.2, 0.8), "surface": (4, 0.9), "conditional": (1, 0.5),
    "lasting": (10, 0.9),
}  # fmt: skip
_AFTER_TURNING = 0.1  # forced; with those that follow one by chance, about a fifth (README.md)


@dataclass(frozen=True, slots=True)
class Shape:
    """How a full change looks in each respect; what each is multiplied by the height of the day.

    Attributes:
        conduct: fall of the log hazard of harm on a calm day.
        stress, hard: share of it left on days of stress; of refusal or criticism.
        regard: points of the evening rating on a calm day.
        promises: logit; inward: logit of owning and of hearing; points: of equals and freedom.
        blind: inward respects that move less than the rest, as factors of (owning, hearing, equals, freedom).
    """

    conduct: float = 0.0
    stress: float = 1.0
    hard: float = 1.0
    regard: float = 0.0
    promises: float = 0.0
    inward: float = 0.0
    points: float = 0.0
    blind: tuple[float, float, float, float] = (1.0, 1.0, 1.0, 1.0)


@dataclass(slots=True)
class Course:
    """The course of one household.

    Attributes:
        account: its name.
        shape: the full change.
        height: 0-1 a day (a little below 0 after some collapses); for `conditional` what a standing limit brings.
        inner: the same for the inward side, which may lag behind.
        onset: first day of change; None where there is none.
        forced: turning points that come from outside: (day, kind).
        lasting_part: share of a conditional change that stays without a limit.
        rise, fall: days in which conduct answers a limit that stands, or that slipped.
        answer: state of that answer, 0-1.
    """

    account: str
    shape: Shape
    height: Floats
    inner: Floats
    onset: int | None = None
    forced: list[tuple[int, str]] = field(default_factory=list)
    lasting_part: float = 0.0
    rise: float = 5.0
    fall: float = 10.0
    answer: float = 0.0

    def advance(self, *, standing: bool) -> None:
        """One day on: conduct follows the limit with some inertia."""
        span = self.rise if standing else self.fall
        self.answer += (standing - self.answer) * (1 - np.exp(-1 / span))

    def milder(self, t: int, kind: str) -> float:
        """Fall of the log hazard of harm on a day of that kind."""
        return self.shape.conduct * self.outer_at(t) * self._hold(kind)

    def kinder(self, t: int, kind: str) -> float:
        """Points of the evening rating."""
        return self.shape.regard * self.outer_at(t) * self._hold(kind)

    def reliable(self, t: int) -> float:
        """Logit of keeping a promise."""
        return self.shape.promises * self.outer_at(t)

    def insight(self, t: int, respect: int, kind: str) -> float:
        """Logit of owning (0) or hearing (1); half of it gives way on a hard day as conduct does."""
        inward = self.shape.inward * self.shape.blind[respect] * float(self.inner[t]) * self._given()
        return inward * (0.5 + 0.5 * self._hold(kind))

    def esteem(self, t: int, respect: int) -> float:
        """Points of being taken as a person (2) or free to say no (3)."""
        return self.shape.points * self.shape.blind[respect] * float(self.inner[t]) * self._given()

    def outer_at(self, t: int) -> float:
        """Height of the outward change on day t."""
        return float(self.height[t]) * self._given()

    def _hold(self, kind: str) -> float:
        return {"calm": 1.0, "stress": self.shape.stress}.get(kind, self.shape.hard)

    def _given(self) -> float:
        if self.account != "conditional":
            return 1.0
        return self.lasting_part + (1 - self.lasting_part) * self.answer


def draw_course(account: str, days: int, half_life: float | None, rng: Generator) -> Course:
    """The course of one household over `days`; `half_life` (weeks) fixes how long a temporary change is kept up."""
    shape, nothing = _shape(account, rng), np.zeros(days)
    median, spread = _SPEED[account]
    speed = float(np.clip(median * np.exp(spread * rng.standard_normal()), 0.2, 45)) * WEEK
    speed = min(speed, 0.4 * days)
    onset = int(rng.uniform(0.08, 0.6) * days)
    if account == "same":
        return Course(account, shape, nothing, nothing)
    if account == "temporary" and half_life is not None:  # it must be seen to end
        onset = min(onset, max(int(days - speed - 2 * half_life * WEEK), int(0.08 * days)))
    forced = _turning(onset, rng) if rng.random() < _AFTER_TURNING else []
    if account == "temporary":
        height, more = _spells(onset, speed, days, half_life, rng)
        forced += more
    else:
        height = _ramp(days, onset, speed)
    if account == "lasting":
        height *= 1 - _lapses(days, onset, rng)
    inner = _late(height, rng.uniform(0, 10) * WEEK) if account == "lasting" else height
    return Course(
        account, shape, height, inner, onset, forced,
        lasting_part=rng.uniform(0, 0.25), rise=rng.uniform(2, 10), fall=rng.uniform(4, 25),
    )  # fmt: skip


def _shape(account: str, rng: Generator) -> Shape:
    """Sizes differ widely; a few real changes are hardly to be seen."""
    size = float(np.clip(0.9 * np.exp(0.6 * rng.standard_normal()), 0.2, 3))
    regard = size * rng.uniform(0.6, 1.8)
    inward = size * rng.uniform(0.6, 1.8)
    promises = size * rng.uniform(0.1, 1.5)
    blind = tuple(np.where(rng.random(4) < 0.12, rng.uniform(0, 0.5, 4), rng.uniform(0.7, 1.3, 4)))
    u = rng.uniform(size=3)
    match account:
        case "same":
            return Shape()
        case "worse":
            part = 0.6 + 0.3 * u[0]
            return Shape(
                -part * size, 0.8 + 0.4 * u[1], 0.7 + 0.7 * u[2], -part * regard, -0.6 * promises, -u[0] * inward,
                -u[0] * inward, blind,
            )  # fmt: skip
        case "temporary":
            return Shape(
                size,
                0.5 + 0.5 * u[0],
                0.1 + 0.8 * u[1],
                regard,
                promises,
                u[2] * inward,
                u[2] * inward,
                blind,
            )
        case "surface":
            return Shape(size, 0.5 + 0.5 * u[0], 0.0, regard, promises)
        case "conditional":
            return Shape(
                size,
                0.6 + 0.4 * u[0],
                0.3 + 0.7 * u[1],
                regard,
                promises,
                0.8 * u[2] * inward,
                0.8 * u[2] * inward,
                blind,
            )
        case _:
            return Shape(size, 0.8 + 0.25 * u[0], 0.6 + 0.45 * u[1], regard, promises, inward, inward, blind)


def _turning(onset: int, rng: Generator) -> list[tuple[int, str]]:
    kind = rng.choice(["loss_threatened", "left", "therapy_began", "medication"], p=[0.5, 0.2, 0.22, 0.08])
    return [(max(onset - int(rng.integers(0, 29)), 0), str(kind))]


def _ramp(days: int, onset: int, speed: float) -> Floats:
    """Smooth rise from 0 to 1 within `speed` days."""
    x = np.clip((np.arange(days) - onset) / max(speed, 1.0), 0, 1)
    return x * x * (3 - 2 * x)


def _spells(
    onset: int, speed: float, days: int, half_life: float | None, rng: Generator
) -> tuple[Floats, list[tuple[int, str]]]:
    """One or several good times, each faded or collapsed; later ones follow a threat to leave as often as not."""
    height, forced, t, first = np.zeros(days), [], float(onset), True
    while t < days:
        half = _kept_up(days - t - speed, half_life, rng, truncated=first) * WEEK
        width = 1.0 if rng.random() < 0.4 else half / rng.uniform(3, 8)  # collapse, or fade
        since = np.arange(days) - t - speed - half
        tail = 1 / (1 + np.exp(np.clip(since / width, -50, 50)))
        dip = rng.gamma(1.5, 0.1) * ((since > 2 * width) & (since < 2 * width + 35))
        spell = _ramp(days, int(t), speed) * tail * (1 if first else rng.uniform(0.4, 1)) - dip
        height = np.where(np.abs(spell) > np.abs(height), spell, height)
        if not first and rng.random() < 0.5:
            forced.append((max(int(t) - int(rng.integers(0, 8)), 0), "loss_threatened"))
        if rng.random() < 0.45:
            break
        t += speed + half + 2 * width + rng.exponential(12 * WEEK) + 7
        first = False
    return height, forced


def _kept_up(left: float, half_life: float | None, rng: Generator, *, truncated: bool) -> float:
    """Weeks until half of it is gone: from two to about forty; the first good time ends within the record."""
    if half_life is not None:
        return half_life * float(np.exp(0.15 * rng.standard_normal()))
    weeks = float(np.clip(9 * np.exp(0.85 * rng.standard_normal()), 2, 42))
    return min(weeks, max(0.85 * left / WEEK * rng.uniform(0.5, 1), 2)) if truncated else weeks


def _lapses(days: int, onset: int, rng: Generator) -> Floats:
    """A change that lasts is no straight line: days to a fortnight of falling back, rarer as time goes on."""
    lost = np.zeros(days)
    for _ in range(rng.poisson(3 * (days - onset) / 365)):
        at = onset + int((days - onset) * rng.beta(1, 1.8))
        lost[at : at + int(rng.integers(2, 15))] = rng.uniform(0.3, 1.0)
    return lost * _ramp(days, onset, 30)


def _late(height: Floats, days: float) -> Floats:
    """The inward side follows with a lag of that many days."""
    shift = int(days)
    return np.concatenate([np.zeros(shift), height[: len(height) - shift]]) if shift else height
