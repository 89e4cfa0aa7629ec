"""The door of this world: one household, lived and written."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any

import numpy as np

from velveteen.journal.entries import Entry
from velveteen.problems import BadInput

from .changes import draw_course
from .days import Day, Pair
from .households import draw_household
from .keeping import Knobs, draw_keeper, written_days
from .life import live
from .weather import draw_weather
from .writing import Diary

ACCOUNTS = ("same", "worse", "temporary", "surface", "conditional", "lasting")
FIRST_MONDAY = date(2015, 1, 5)


@dataclass(frozen=True, slots=True)
class World:
    """One household with its whole truth: who they are, what changed (`pair.course`), what happened."""

    start: date
    days: list[Day]
    pair: Pair


def simulate(account: str, weeks: int, seed: int, **knobs: Any) -> list[Entry]:
    """The diary that the partner of one household would have kept.

    Args:
        account: one of ACCOUNTS, the truth of this household.
        weeks: length of the record, 8 to 520, from a Monday on.
        seed: of everything; equal seeds give equal diaries, and the same couple in the same weather under every account.
        knobs: see `Knobs`; how the diary is kept does not touch what happens, except `half_life`.

    Returns:
        Entries in the order of their days, as an import would give them.

    Raises:
        BadInput: an unknown account or knob, or a value out of its range.
    """
    chosen = _knobs(knobs)
    world = live_one(account, weeks, seed, chosen.half_life)
    rng = np.random.default_rng([seed, 4])
    keeper = draw_keeper(chosen, rng)
    written = written_days(world.days, keeper, chosen, rng)
    return Diary(
        world.start, world.pair.home, keeper, chosen, written, rng, np.random.default_rng([seed, 5])
    ).write(world.days, world.pair.promises)


def live_one(account: str, weeks: int, seed: int, half_life: float | None = None) -> World:
    """What happened in that household, with nobody writing: for those who check this world.

    Raises:
        BadInput: an unknown account, or weeks out of their range.
    """
    if account not in ACCOUNTS:
        known = ", ".join(ACCOUNTS)
        raise BadInput(
            "unknown_account", f"There is no account “{account}” in this world; use one of {known}."
        )
    if not 8 <= weeks <= 520:
        raise BadInput("weeks_range", f"A record here has 8 to 520 weeks; {weeks} was asked for.")
    who, outside, change, daily = (np.random.default_rng([seed, stream]) for stream in range(4))
    home = draw_household(who)
    start = FIRST_MONDAY + timedelta(7 * int(who.integers(0, 260)))
    weather = draw_weather(start, 7 * weeks, outside)
    pair = Pair(home, weather, draw_course(account, 7 * weeks, half_life, change), daily)
    return World(start, live(pair), pair)


def _knobs(given: dict[str, Any]) -> Knobs:
    names = [f.name for f in fields(Knobs)]
    if strange := sorted(set(given) - set(names)):
        raise BadInput("unknown_knob", f"There is no knob “{strange[0]}”; there are {', '.join(names)}.")
    knobs = Knobs(**given)
    shares = ("diligence_decay", "bad_weeks_unwritten", "good_weeks_unwritten", "strain_mislabel")
    if any(not 0 <= getattr(knobs, name) <= 1 for name in shares):
        raise BadInput("knob_range", f"These knobs are shares from 0 to 1: {', '.join(shares)}.")
    if knobs.days_written is not None and not 0 < knobs.days_written <= 1:
        raise BadInput("knob_range", "The share of days written lies above 0 and at most at 1.")
    if knobs.half_life is not None and knobs.half_life <= 0:
        raise BadInput("knob_range", "A half-life is a number of weeks above 0.")
    return knobs
