"""What comes from outside and is no change: load, seasons, life events, holidays, slow waves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.random import Generator

from .households import Floats


@dataclass(frozen=True, slots=True)
class Weather:
    """One value a day each.

    Attributes:
        load: strain from money, work, illness, in-laws, holidays; about 0 in mean, 1 is a bad week.
        heat: slow wave and season of the log hazard of harm.
        mood: slow wave of the evening ratings, points; openness: slow wave of the inward logits.
        holiday: whether the day lies in a holiday.
    """

    load: Floats
    heat: Floats
    mood: Floats
    openness: Floats
    holiday: np.ndarray


def draw_weather(start: date, days: int, rng: Generator) -> Weather:
    """The weather of one household from `start` on."""
    year_day = np.array([(start + timedelta(t)).timetuple().tm_yday for t in range(days)])
    holiday = (year_day >= 354) | (year_day <= 2) | _summer(year_day, rng)
    season = rng.gamma(2, 0.06) * np.cos(2 * np.pi * (year_day - rng.uniform(0, 365)) / 365.25)
    load = _wave(days, rng.uniform(8, 25), rng.uniform(0.3, 0.7), rng) + _life_events(days, rng)
    slow = rng.uniform(20, 60)
    return Weather(
        load=load + rng.normal(0.1, 0.5) * holiday,
        heat=season + _wave(days, slow, rng.uniform(0.1, 0.45), rng),
        mood=_wave(days, rng.uniform(10, 50), rng.uniform(0.2, 0.6), rng),
        openness=_wave(days, slow, rng.uniform(0.1, 0.4), rng),
        holiday=holiday,
    )


def _summer(year_day: np.ndarray, rng: Generator) -> np.ndarray:
    first = rng.integers(175, 225)
    return (year_day >= first) & (year_day < first + rng.integers(7, 22))


def _wave(days: int, memory: float, sd: float, rng: Generator) -> Floats:
    """A stationary first-order autoregression with that memory in days."""
    keep = np.exp(-1 / memory)
    shocks = rng.standard_normal(days) * sd * np.sqrt(1 - keep**2)
    wave = np.empty(days)
    value = sd * rng.standard_normal()
    for t in range(days):
        value = keep * value + shocks[t]
        wave[t] = value
    return wave


def _life_events(days: int, rng: Generator) -> Floats:
    """Sudden, then wearing off over weeks; mostly burdens, some reliefs; heavy tails, none longer than four months."""
    load = np.zeros(days)
    count = rng.poisson(rng.gamma(4, 1.4) * days / 365)
    for first in rng.integers(0, days, count):
        lasts = min(21 * np.exp(0.7 * rng.standard_normal()), 112)
        size = np.clip(0.35 + 0.5 * rng.standard_t(4), -1.5, 2.5)
        t = np.arange(days - first)
        load[first:] += size * np.exp(-2 * t / lasts) * (t < lasts)
    return load
