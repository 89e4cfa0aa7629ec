"""Which households the power runs ask for: a world, the accounts that are true in it, and how the diary is kept.

A world is a module of this folder with `simulate(account, weeks, seed)` that returns journal entries, or the circle, whose
keeping and parameters can be set. Scenarios that need these are for the circle alone.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import groupby
from statistics import mean

import numpy as np

import velveteen as vt
from velveteen.circle import RecordKeeping
from velveteen.journal.catalogue import is_harm
from velveteen.journal.entries import HARD_DAYS, Entry, current
from velveteen.judge.verdict import ACCOUNTS
from velveteen.measure.weeks import week_of

SIX = ACCOUNTS[:6]
FIVE = tuple(a for a in SIX if a != "conditional")
WHOLE_WEEKS_KEEP = frozenset({"inward", "turning_point", "limit"})
Transform = Callable[[list[Entry]], list[Entry]]


@dataclass(frozen=True)
class Scenario:
    """A kind of household.

    Attributes:
        means: in a line, for the tables.
        accounts: true in equal numbers.
        keeping: knobs of the circle's `RecordKeeping`; person: range of each fixed parameter, drawn evenly by seed.
        transform: what becomes of the entries, or None.
    """

    means: str
    accounts: tuple[str, ...] = SIX
    keeping: Mapping[str, float] = field(default_factory=dict)
    person: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    transform: Transform | None = None

    @property
    def circle_only(self) -> bool:
        """Whether it needs knobs that only the circle has."""
        return bool(self.keeping or self.person)


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
        "temporary, half-life 26 to 60 weeks", ("temporary",), person={"pulse_weeks": (26, 60)}
    ),
    "drift": Scenario(
        "no change while the yardstick drifts by 1.5 points a year",
        ("same",),
        keeping={"yardstick_drift": 1.5},
    ),
    "mislabelled": Scenario(
        "one contact day in five called hard or not hard wrongly", keeping={"strain_mislabel": 0.2}
    ),
    "weekly": Scenario("one entry a week instead of days", transform=whole_weeks),
    "thin": Scenario("three days in ten written", keeping={"days_written": 0.3}),
    "decaying": Scenario("the share of days written falls to a fifth within a year", keeping={"diligence_decay": 1.6}),
    "bad_unwritten": Scenario("six bad weeks in ten unwritten", keeping={"bad_weeks_unwritten": 0.6}),
    "good_unwritten": Scenario("six good weeks in ten unwritten", keeping={"good_weeks_unwritten": 0.6}),
}  # fmt: skip


def household(scenario: str, world: str, account: str, weeks: int, seed: int) -> list[Entry]:
    """The entries of one household.

    Raises:
        ValueError: the scenario needs knobs that the world does not have.
    """
    asked = SCENARIOS[scenario]
    if world == "circle":
        entries = _circle(asked, account, weeks, seed)
    elif asked.circle_only:
        raise ValueError(f"Scenario “{scenario}” is for the circle alone.")
    else:
        entries = importlib.import_module(world).simulate(account, weeks, seed)
    return asked.transform(entries) if asked.transform else entries


def _circle(asked: Scenario, account: str, weeks: int, seed: int) -> list[Entry]:
    rng = np.random.default_rng([seed, 26])
    fixed = {name: float(rng.uniform(*ends)) for name, ends in asked.person.items()}
    keeping = RecordKeeping(**asked.keeping)
    return vt.simulate(account, weeks, seed, record=keeping, fixed=fixed).entries()
