"""One household, day after day."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from . import bargaining, quarrels
from .changes import Course
from .days import Between, Day, Promise
from .households import Household
from .weather import Weather


@dataclass(frozen=True, slots=True)
class Lived:
    """What happened, whether or not anybody wrote it down."""

    days: list[Day]
    promises: list[Promise]


def live(home: Household, weather: Weather, course: Course, rng: Generator) -> Lived:
    """Every day of the record, in order."""
    between, days = Between(), []
    for t in range(len(weather.load)):
        between.overnight(home, course, t)
        day = Day()
        bargaining.turning_points(home, course, between, day, t, rng)
        bargaining.therapy(home, course, between, day, t, rng)
        day.contact = _contact(home, weather, between, t, rng)
        if day.contact:
            _together(home, weather, course, between, day, t, rng)
        bargaining.promises(home, weather, course, between, day, t, rng)
        if day.contact:
            bargaining.limits(home, course, between, day, t, rng)
        _evening(home, weather, course, between, day, t, rng)
        days.append(day)
    return Lived(days, between.promises)


def _contact(home: Household, weather: Weather, between: Between, t: int, rng: Generator) -> bool:
    if between.gone:
        return bool(rng.random() < 0.12)
    if t < between.away_until:
        return False
    if rng.random() < home.trips and not weather.holiday[t]:
        between.away_until = t + 1 + int(min(rng.exponential(4), 40))
        return False
    if home.lives_apart and not weather.holiday[t]:
        return bool(rng.random() < (0.9 if t % 7 >= 5 else 0.3))
    return bool(rng.random() < 0.985)


def _together(
    home: Household, weather: Weather, course: Course, between: Between, day: Day, t: int, rng: Generator
) -> None:
    day.kind = quarrels.kind_of_day(home, between, weather.load[t], rng)
    if quarrels.raises_it(home, between, rng):
        if not day.hard and rng.random() < 0.6:
            day.kind = "criticised"
        day.answer = quarrels.answer(home, weather, course, between, day, t, rng)
        if day.answer in ("owned", "repaired"):
            between.hurt *= 0.6
            between.voice += 0.1
        elif day.answer in ("attacked", "controlled"):
            between.voice -= 0.15
    quarrels.quarrel(home, weather, course, between, day, t, rng)
    quarrels.petty(home, weather, course, between, day, t, rng)
    if rng.random() < min(0.13 * np.exp(0.3 * between.voice), 0.5):
        day.told = _heard(home, weather, course, day, t, rng)


def _heard(home: Household, weather: Weather, course: Course, day: Day, t: int, rng: Generator) -> bool:
    inward = (
        course.inner_at(t) * course.shape.inward * course.shape.blind[1] * (0.5 + 0.5 * course.hold(day.kind))
    )
    logit = home.hearing + inward + weather.openness[t] - 0.5 * np.log1p(day.severity) - 0.3 * weather.load[t]
    return bool(rng.random() < 1 / (1 + np.exp(-logit)))


def _evening(
    home: Household, weather: Weather, course: Course, between: Between, day: Day, t: int, rng: Generator
) -> None:
    """How the day was for her. What is taken as a person and free to say no are views of the week, with some halo."""
    warmer = course.shape.regard * course.outer_at(t) * course.hold(day.kind)
    warmer += 1.2 * between.contrition * (day.severity == 0) + weather.mood[t] - 0.25 * weather.load[t]
    hurt = 1.3 * np.log1p(day.severity) + 0.35 * min(day.harms, 5) + 0.45 * np.log1p(between.hurt)
    day.treated = home.warmth + warmer - hurt - 0.5 * day.hard + 0.8 * rng.standard_normal()
    day.wellbeing = (
        home.wellness
        + 0.35 * (day.treated - home.warmth)
        - 0.5 * weather.load[t]
        + 0.9 * rng.standard_normal()
    )
    inward = course.inner_at(t) * course.shape.points
    halo = 0.15 * (warmer - 0.45 * np.log1p(between.hurt)) + 0.5 * weather.openness[t]
    day.equals = home.equals + inward * course.shape.blind[2] + halo + 0.9 * rng.standard_normal()
    day.free = (
        home.free
        + 0.7 * inward * course.shape.blind[3]
        + halo
        + 0.4 * between.voice
        + 0.9 * rng.standard_normal()
    )
