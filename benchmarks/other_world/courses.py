"""What is true: an account as three courses in time, with the turning points and limits around them."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

ACCOUNTS = ("same", "worse", "temporary", "surface", "conditional", "lasting")

Days = NDArray[np.float64]

# Chance that a change comes with a turning point: (loss threatened, left and returned, therapy began). Judgement.
_OCCASIONS = {
    "worse": (0.2, 0.1, 0.05),
    "temporary": (0.4, 0.2, 0.15),
    "surface": (0.3, 0.1, 0.2),
    "conditional": (0.25, 0.05, 0.1),
    "lasting": (0.2, 0.1, 0.35),
}
_A_YEAR = {
    "loss_threatened": 0.6,
    "left": 0.15,
    "therapy_began": 0.25,
}  # without relation to change. Judgement.


@dataclass(slots=True)
class Course:
    """Three courses, a value a day, zero where nothing differs from before.

    Attributes:
        ordinary: logarithm of the factor on harm on ordinary days.
        hard: the same on hard days.
        inward: shift of the inward stance, in logits.
        onsets: days on which a change began (may lie before the record).
        marks: (day, kind) of the turning points.
        apart: (first, last) day of living apart.
        held: 1 on days on which a limit stood, 0 where it slipped, NaN where there was none.
    """

    ordinary: Days
    hard: Days
    inward: Days
    onsets: list[int] = field(default_factory=list)
    marks: list[tuple[int, str]] = field(default_factory=list)
    apart: list[tuple[int, int]] = field(default_factory=list)
    held: Days = field(default_factory=lambda: np.empty(0))


def draw_course(account: str, days: int, rng: Generator) -> Course:
    """A course of which `account` is true over `days` days."""
    course = Course(np.zeros(days), np.zeros(days), np.zeros(days), held=np.full(days, np.nan))
    if account == "conditional" or rng.random() < 0.4:
        course.held = _limit(days, rng, sure=account == "conditional")
    if account != "same":
        _RULES[account](course, rng)
        _occasions(course, account, rng)
    _chance_marks(course, rng)
    course.marks = sorted({(day, kind) for day, kind in course.marks if 0 <= day < days})
    return course


def _worse(course: Course, rng: Generator) -> None:
    onset = _onset(len(course.ordinary), rng)
    shape = _rise(course, onset, 7 * rng.uniform(1, 20))
    size = np.log(rng.uniform(1.35, 2.6))
    _move(course, shape, size, rng.uniform(0.7, 1.2), -rng.uniform(0.2, 1.2))
    course.onsets = [onset]


def _temporary(course: Course, rng: Generator) -> None:
    size, broad, inward = np.log(_left_over(rng)), rng.uniform(0.4, 1.1), rng.uniform(0.2, 0.9)
    for first, last in _spells(len(course.ordinary), rng):
        shape = _rise(course, first, rng.uniform(2, 21))
        fade = rng.uniform(2, 7) if rng.random() < 0.5 else (last - first) * rng.uniform(0.1, 0.4)
        shape = np.minimum(shape, 1 - _rise(course, int(last - fade), fade))
        _move(course, shape, size, broad, -size * inward)
        course.onsets.append(first)
        size *= rng.uniform(0.7, 1.05)


def _surface(course: Course, rng: Generator) -> None:
    onset = _onset(len(course.ordinary), rng)
    shape = _rise(course, onset, 7 * rng.uniform(0.5, 10))
    course.ordinary += np.log(_left_over(rng)) * shape
    course.hard += rng.normal(0, 0.06) * shape
    course.inward += rng.normal(0, 0.1) * shape
    course.onsets = [onset]


def _conditional(course: Course, rng: Generator) -> None:
    size, broad, inward = np.log(_left_over(rng)), rng.uniform(0.6, 1.1), rng.uniform(0, 0.8)
    onset = int(np.argmax(~np.isnan(course.held)))
    rest = 0.0 if rng.random() < 0.6 else rng.uniform(0.05, 0.3)
    begun = _rise(course, onset, 7.0)
    standing = _follow(np.nan_to_num(course.held), keep=np.exp(-1 / rng.uniform(1, 5)))
    _move(course, rest * begun + (1 - rest) * standing, size, broad, -size * inward)
    course.onsets = [onset]


def _lasting(course: Course, rng: Generator) -> None:
    days = len(course.ordinary)
    onset, size = _onset(days, rng), np.log(_left_over(rng))
    sudden = rng.random() < 0.3
    length = rng.uniform(3, 21) if sudden else min(7 * rng.uniform(6, 30), 0.7 * (days - onset))
    shape = _rise(course, onset, length)
    for lapse in onset + np.cumsum(rng.exponential(7 * rng.uniform(6, 25) * np.arange(1, 6))):
        day = int(lapse)
        shape[day : day + int(rng.integers(2, 10))] *= rng.uniform(0, 0.6)
    lag = int(min(7 * rng.uniform(0, 8), 0.3 * (days - onset)))
    inward = _rise(course, onset + lag, length)
    course.ordinary += size * shape
    course.hard += size * rng.uniform(0.75, 1.2) * shape
    course.inward -= size * rng.uniform(0.8, 2.0) * inward
    course.onsets = [onset]


_RULES = {
    "worse": _worse,
    "temporary": _temporary,
    "surface": _surface,
    "conditional": _conditional,
    "lasting": _lasting,
}


def _left_over(rng: Generator) -> float:
    """Factor on the rate of quarrels after a change for the better; with the fainter echo, .25 to .75 of the harm."""
    return float(np.exp(rng.uniform(np.log(0.31), np.log(0.79))))


def _onset(days: int, rng: Generator) -> int:
    """A day on which a change begins: not in the first three weeks nor the last seven, of records that allow it."""
    low, high = min(21, days // 4), max(days - 49, days // 2)
    return int(rng.integers(low, max(high, low + 1)))


def _rise(course: Course, first: float, length: float) -> Days:
    """A smooth rise from 0 to 1 over `length` days from day `first`."""
    x = np.clip((np.arange(len(course.ordinary)) - first) / max(length, 1.0), 0, 1)
    return x * x * (3 - 2 * x)


def _follow(target: Days, keep: float) -> Days:
    """What lags behind a target, with share `keep` of yesterday's value."""
    out, value = np.empty(len(target)), 0.0
    for day, aim in enumerate(target):
        value = keep * value + (1 - keep) * aim
        out[day] = value
    return out


def _move(course: Course, shape: Days, size: float, broad: float, inward: float) -> None:
    course.ordinary += size * shape
    course.hard += size * broad * shape
    course.inward += inward * shape


def _spells(days: int, rng: Generator) -> list[tuple[int, int]]:
    """Better spells that end inside the record: median 12 weeks before they are cut to fit, one in ten above a year."""
    for _ in range(60):
        count = 1 + min(int(rng.poisson(days / 600)), 2)
        lengths = 7 * np.clip(rng.lognormal(np.log(12), 1.1, count), 3, 85)
        gaps = 7 * rng.uniform(2, max(days / 7 * 0.5, 4), count)
        if rng.random() < 0.15:
            gaps[0] = -lengths[0] * rng.uniform(0.1, 0.7)
        lasts = np.cumsum(gaps + lengths)
        if lasts[-1] <= days - 35 and lasts[0] >= 21:
            return [(int(b - n), int(b)) for b, n in zip(lasts, lengths, strict=True)]
    return [(days // 4, days * 3 // 5)]


def _limit(days: int, rng: Generator, *, sure: bool) -> Days:
    """Weeks in which a limit stood or slipped, from some week on; `sure` of both, where the record has room for them."""
    weeks = days // 7
    for _ in range(60):
        held = np.full(weeks, np.nan)
        start = int(rng.integers(min(3, weeks // 4), max(weeks - 10, weeks // 3) + 1))
        stay, slip = rng.uniform(5, 16), rng.uniform(2, 7)
        week, stands = start, True
        while week < weeks:
            length = int(rng.geometric(1 / (stay if stands else slip)))
            held[week : week + length] = float(stands)
            week, stands = week + length, not stands
        if not sure or (np.sum(held == 1) >= 5 and np.sum(held == 0) >= 3):
            break
    return np.repeat(held, 7)


def _occasions(course: Course, account: str, rng: Generator) -> None:
    for onset in course.onsets:
        kind = rng.choice(4, p=[*_OCCASIONS[account], 1 - sum(_OCCASIONS[account])])
        if kind == 0:
            course.marks.append((onset - int(rng.integers(0, 15)), "loss_threatened"))
        elif kind == 1:
            _leave(course, onset - int(rng.integers(7, 43)), onset - int(rng.integers(0, 6)))
        elif kind == 2:
            course.marks.append((onset - int(rng.integers(0, 60)), "therapy_began"))


def _chance_marks(course: Course, rng: Generator) -> None:
    days = len(course.ordinary)
    for kind, rate in _A_YEAR.items():
        for day in rng.integers(0, days, rng.poisson(rate * days / 365)):
            if kind == "left":
                _leave(course, int(day), int(day) + int(rng.integers(5, 50)))
            else:
                course.marks.append((int(day), kind))


def _leave(course: Course, left: int, returned: int) -> None:
    course.marks += [(left, "left"), (returned, "returned")]
    course.apart.append((max(left, 0), max(returned, 0)))
