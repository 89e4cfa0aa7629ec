"""A household, its course and its days: what is true, before anybody writes it down."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .courses import Course, draw_course
from .households import Household, draw_household
from .life import BURN_IN, Day, Life
from .weather import draw_weather

_HOUSEHOLD, _COURSE, _WEATHER, _LIFE = range(4)  # the reporter's stream is the diary's own
REPORTER = 4


@dataclass(frozen=True, slots=True)
class World:
    """One household as it was: what differs, what became of it, and every day."""

    home: Household
    course: Course
    days: list[Day]


def live(account: str, weeks: int, seed: int, half_life: float | None = None) -> World:
    """Live one household for `weeks` weeks.

    The household and the weather depend on the seed alone, so that one seed meets every account.

    Args:
        account: one of ACCOUNTS.
        weeks: at least 4.
        seed: any whole number of at least 0.
        half_life: see `draw_course`.

    Raises:
        BadInput: `unknown_account`, `too_few_weeks`.
    """
    home = draw_household(stream(seed, _HOUSEHOLD))
    course = draw_course(account, weeks, stream(seed, _COURSE), half_life)
    weather = draw_weather(home, 7 * weeks + BURN_IN, stream(seed, _WEATHER))
    return World(home, course, Life(home, course, weather, stream(seed, _LIFE)).days())


def stream(seed: int, purpose: int) -> np.random.Generator:
    """Independent random numbers for one purpose of one seed."""
    return np.random.default_rng([seed, purpose])
