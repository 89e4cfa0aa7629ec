"""What moves days about without being a change: smooth and rough spells, slow waves, life events, stretches apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .households import Household

Rng = np.random.Generator


@dataclass(frozen=True, slots=True)
class Weather:
    """Arrays of shape (days,).

    Attributes:
        rough: whether the day lies in a rough spell.
        pressure: log rate added by the slow wave and by life events.
        strain: what life events and the wave add to the log odds of a stressed day.
        yields: probability that the partner gives in, before any limit.
    """

    rough: np.ndarray
    pressure: np.ndarray
    strain: np.ndarray
    yields: np.ndarray


def draw_weather(home: Household, days: int, rng: Rng) -> Weather:
    """The weather of `days` days."""
    wave = _wave(days, home.wave_days, rng) * home.wave_sd
    events = _events(days, home.events_a_year, rng)
    fatigue = _wave(days, 60.0, rng) * 0.1
    return Weather(
        rough=_spells(days, home.smooth, home.rough, rng),
        pressure=wave + events,
        strain=0.8 * np.maximum(events, 0) + 0.5 * _wave(days, 10.0, rng),
        yields=np.clip(home.yields + fatigue, 0.03, 0.97),
    )


def _wave(days: int, time_constant: float, rng: Rng) -> np.ndarray:
    """First-order autoregression of unit variance, begun at rest."""
    keep = np.exp(-1 / time_constant)
    level, out = rng.normal(), np.empty(days)
    for day, shock in enumerate(rng.normal(0, np.sqrt(1 - keep**2), days)):
        level = keep * level + shock
        out[day] = level
    return out


def _spells(days: int, smooth: float, rough: float, rng: Rng) -> np.ndarray:
    """Two-state Markov chain (Hamilton 1989) with the given mean lengths, in its stationary state from the first day."""
    state, out = rng.random() < rough / (smooth + rough), np.empty(days, dtype=bool)
    for day, u in enumerate(rng.random(days)):
        state = state != (u < 1 / (rough if state else smooth))
        out[day] = state
    return out


def _events(days: int, a_year: float, rng: Rng) -> np.ndarray:
    """Life events: sudden, waning over weeks, mostly for the harder, some a relief; sizes with a heavy tail."""
    total = np.zeros(days)
    for _ in range(rng.poisson(a_year * days / 365)):
        start, length = int(rng.integers(days)), 25 * np.exp(rng.normal(0, 0.7))
        size = np.clip(0.2 + 0.3 * rng.standard_t(3), -1.2, 1.2)
        total[start:] += size * np.exp(-np.arange(days - start) / length)
    return total
