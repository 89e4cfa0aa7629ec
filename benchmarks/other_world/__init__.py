"""A second world of households, written without sight of the judge or of the first simulator.

Mechanism. A person under *pressure* (a daily carry-over, a week's and a work cycle, a season, a slow wave, and bad seasons
that arrive and fade) lives with someone who writes. A contact day is ordinary or hard; the chance that the writer says no
falls with what saying no has lately cost. *Quarrels* are a self-exciting point process in days: a background that pressure
raises and a hard day multiplies, and an echo of earlier quarrels; a large one may bring some contrite days. A quarrel holds
one or more acts from the person's own repertoire of *tactics*. What the person could change are three *courses* in time:
conduct on ordinary days, conduct on hard days, and the inward stance. An account is nothing but a rule for these courses
(`courses.py`). A *diarist* with a scale, a mood, a memory and limited patience writes some of it down (`diary.py`).

Parameters. How long a better spell lasts: NIAAA and Gond30 of the evidence; provoked against unprovoked conduct: Kjaervik;
change mostly gradual, conduct before the trait: Auth; conduct without respect: Gond00. All else is judgement, effects
included (a change for the better leaves about .25 to .75 of the harm). Nothing is fitted to any judge.
"""

from __future__ import annotations

import numpy as np

from velveteen.journal.entries import Entry

from .courses import ACCOUNTS, Course, draw_course
from .diary import write_diary
from .life import Lived, live

__all__ = ["ACCOUNTS", "simulate", "whole_story"]


def simulate(account: str, weeks: int, seed: int) -> list[Entry]:
    """The diary of one household over `weeks` weeks, of which `account` is true; the same seed gives the same diary."""
    return whole_story(account, weeks, seed)[2]


def whole_story(account: str, weeks: int, seed: int) -> tuple[Course, Lived, list[Entry]]:
    """The true course, the days as lived, and the diary of them."""
    if account not in ACCOUNTS:
        raise ValueError(f"There is no account “{account}”; use one of {', '.join(ACCOUNTS)}.")
    rng = np.random.default_rng([seed, ACCOUNTS.index(account), weeks])
    course = draw_course(account, weeks * 7, rng)
    lived = live(course, rng)
    return course, lived, write_diary(course, lived, rng)
