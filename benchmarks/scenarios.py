"""Which households the power runs ask for: a world, the accounts that are true in it, and how the diary is kept.

A world is a module of this folder with `simulate(account, weeks, seed)` that returns journal entries, or the circle, whose
keeping and parameters can be set. Worlds in KNOBBED take knobs of their own that mean nearly the same; those in neither
group get no scenario that needs them.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import groupby
from statistics import mean
from typing import Any

import numpy as np

import velveteen as vt
from velveteen.circle import RecordKeeping
from velveteen.journal.catalogue import is_harm
from velveteen.journal.entries import HARD_DAYS, Entry, current
from velveteen.judge.verdict import ACCOUNTS
from velveteen.measure.weeks import week_of

SIX = ACCOUNTS[:6]
FIVE = tuple(a for a in SIX if a != "conditional")
KNOBBED = ("blind_world", "kept_world")
WHOLE_WEEKS_KEEP = frozenset({"inward", "turning_point", "limit"})
Transform = Callable[[list[Entry]], list[Entry]]


@dataclass(frozen=True)
class Scenario:
    """A kind of household.

    Attributes:
        means: in a line, for the tables.
        accounts: true in equal numbers.
        keeping: knobs of the circle's `RecordKeeping`; person: range of each fixed parameter, drawn evenly by seed.
        knobs: what the worlds in KNOBBED are asked for instead; a pair is a range, drawn from evenly by seed.
        transform: what becomes of the entries, or None.
    """

    means: str
    accounts: tuple[str, ...] = SIX
    keeping: Mapping[str, float] = field(default_factory=dict)
    person: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    knobs: Mapping[str, Any] = field(default_factory=dict)
    transform: Transform | None = None

    def possible_in(self, world: str) -> bool:
        """Whether a world has what this scenario asks for."""
        return world == "circle" or world in KNOBBED or not (self.keeping or self.person)


def whole_weeks(entries: list[Entry]) -> list[Entry]:
    """One entry a week in place of its days: how many days together, how many hard, how treated, how many harmful acts.

    The inward occasion of the week, turning points and limits stay; acts, promises and confrontations are not written.
    """
    standing = current(entries)
    kept = [e for e in standing if e.kind in WHOLE_WEEKS_KEEP]
    for week, part in groupby(standing, key=lambda e: week_of(e.at.date())):
        kept += _whole_week(week, list(part))
    return sorted(kept, key=lambda e: e.at)


def _whole_week(week: int, entries: list[Entry]) -> Iterable[Entry]:
    days = [e for e in entries if e.kind == "day"]
    met = [e for e in days if e.payload.get("contact") is True]
    if not met:
        return []
    treated = [e.payload["treated"] for e in met if "treated" in e.payload]
    payload = {
        "days_contact": len(met),
        "hard_days": sum(e.payload.get("day") in HARD_DAYS for e in met),
        "harm": sum(e.kind == "act" and is_harm(e.payload) for e in entries),
    }
    rated = {"treated": round(mean(treated))} if treated else {}
    last = days[-1]
    sunday = datetime.fromordinal(week * 7 + 7)
    return [
        replace(last, kind="week", at=sunday, written=sunday + timedelta(hours=20), payload=payload | rated)
    ]


SCENARIOS: dict[str, Scenario] = {
    "plain": Scenario("a diligent keeper"),
    "half_lives": Scenario(
        "temporary, half-life 26 to 60 weeks", ("temporary",), person={"pulse_weeks": (26, 60)},
        knobs={"half_life": (26, 60)},
    ),
    "drift": Scenario(
        "no change while the yardstick drifts by 1.5 points a year", ("same",), keeping={"yardstick_drift": 1.5},
        knobs={"yardstick_drift": (-1.5, 1.5)},
    ),
    "mislabelled": Scenario(
        "one contact day in five called hard or not hard wrongly", keeping={"strain_mislabel": 0.2},
        knobs={"strain_mislabel": 0.2},
    ),
    "weekly": Scenario("one entry a week instead of days", transform=whole_weeks),
    "thin": Scenario("three days in ten written", keeping={"days_written": 0.3}, knobs={"days_written": 0.3}),
    "decaying": Scenario(
        "the share of days written falls to a fifth within a year", keeping={"diligence_decay": 1.6},
        knobs={"diligence_decay": 0.8},
    ),
    "bad_unwritten": Scenario(
        "six bad weeks in ten unwritten", keeping={"bad_weeks_unwritten": 0.6}, knobs={"bad_weeks_unwritten": 0.6}
    ),
    "good_unwritten": Scenario(
        "six good weeks in ten unwritten", keeping={"good_weeks_unwritten": 0.6}, knobs={"good_weeks_unwritten": 0.6}
    ),
}  # fmt: skip


def household(scenario: str, world: str, account: str, weeks: int, seed: int) -> list[Entry]:
    """The entries of one household.

    Raises:
        ValueError: the world does not have what the scenario asks for.
    """
    asked = SCENARIOS[scenario]
    if not asked.possible_in(world):
        raise ValueError(f"“{world}” has not what scenario “{scenario}” asks for.")
    if world == "circle":
        entries = _circle(asked, account, weeks, seed)
    else:
        knobs = drawn(asked.knobs, seed) if world in KNOBBED else {}
        entries = importlib.import_module(world).simulate(account, weeks, seed, **knobs)
    return asked.transform(entries) if asked.transform else entries


def _circle(asked: Scenario, account: str, weeks: int, seed: int) -> list[Entry]:
    keeping = RecordKeeping(**asked.keeping)
    return vt.simulate(account, weeks, seed, record=keeping, fixed=drawn(asked.person, seed)).entries()


def drawn(values: Mapping[str, Any], seed: int) -> dict[str, float]:
    """Values as they are; of a pair, one drawn evenly between its ends."""
    rng = np.random.default_rng([seed, 26])
    return {
        name: float(rng.uniform(*value)) if isinstance(value, tuple) else value
        for name, value in values.items()
    }
