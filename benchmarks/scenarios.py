"""Which households the power runs ask for: a world, the accounts that are true in it, and how the diary is kept.

A world is a module of this folder with `simulate(account, weeks, seed)` that returns journal entries, or the circle, whose
keeping and parameters can be set. Worlds in KNOBBED take knobs of their own that mean nearly the same; those in neither
group get no scenario that needs them.
"""

from __future__ import annotations

import importlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import groupby
from statistics import mean
from typing import Any

import numpy as np

import velveteen as vt
from velveteen.circle import RecordKeeping
from velveteen.circle.household import THEM
from velveteen.journal.catalogue import is_harm
from velveteen.journal.entries import HARD_DAYS, Entry, current
from velveteen.judge.verdict import ACCOUNTS
from velveteen.measure.weeks import week_of
from velveteen.messages.chat import ChatExport, Message
from velveteen.messages.codes import coded_entries

SIX = ACCOUNTS[:6]
FIVE = tuple(a for a in SIX if a != "conditional")
KNOBBED = ("blind_world", "kept_world")
WHOLE_WEEKS_KEEP = frozenset({"inward", "turning_point", "limit"})
NAMED_AFTER = 0.4  # chance of a name after what happened: for each harmful act, and for a day without
Transform = Callable[[list[Entry], np.random.Generator], list[Entry]]


@dataclass(frozen=True)
class Scenario:
    """A kind of household.

    Attributes:
        means: in a line, for the tables.
        accounts: true in equal numbers.
        keeping: knobs of the circle's `RecordKeeping`; person: range of each fixed parameter, drawn evenly by seed.
        messages: whether the messages of the two are counted as well (circle alone).
        knobs: what the worlds in KNOBBED are asked for instead; a pair is a range, drawn from evenly by seed.
        transform: what becomes of the entries, with a source of chance of the household's own, or None.
    """

    means: str
    accounts: tuple[str, ...] = SIX
    keeping: Mapping[str, float] = field(default_factory=dict)
    person: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    messages: bool = False
    knobs: Mapping[str, Any] = field(default_factory=dict)
    transform: Transform | None = None

    def possible_in(self, world: str) -> bool:
        """Whether a world has what this scenario asks for."""
        if self.messages:
            return world == "circle"
        return world == "circle" or world in KNOBBED or not (self.keeping or self.person)


def whole_weeks(entries: list[Entry], _: np.random.Generator) -> list[Entry]:
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


def named_after_harm(entries: list[Entry], rng: np.random.Generator) -> list[Entry]:
    """Days called hard because they were hurt, and hard days that went well called calm.

    A contact day with k harmful acts is called hard with probability 1 - (1 - NAMED_AFTER)^k whatever it was, a hard day
    without one is called calm with probability NAMED_AFTER.
    """
    standing = current(entries)
    acts = Counter(e.at.date() for e in standing if e.kind == "act" and is_harm(e.payload))
    return [_renamed(e, acts[e.at.date()], rng.random()) if _told(e) else e for e in standing]


def _told(entry: Entry) -> bool:
    return entry.kind == "day" and entry.payload.get("contact") is True and "day" in entry.payload


def _renamed(day: Entry, acts: int, chance: float) -> Entry:
    kind = day.payload["day"]
    if acts and kind not in HARD_DAYS and chance > (1.0 - NAMED_AFTER) ** acts:
        kind = "criticised"
    elif not acts and kind in HARD_DAYS and chance < NAMED_AFTER:
        kind = "calm"
    return replace(day, payload={**day.payload, "day": kind})


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
    "mislabelled_by_harm": Scenario(
        "four contact days in ten called hard or not hard after what happened on them", transform=named_after_harm
    ),
    "with_messages": Scenario("messages counted beside the diary", messages=True),
    "drift_with_messages": Scenario(
        "no change while the yardstick drifts by 1.5 points a year, messages beside it", ("same",),
        keeping={"yardstick_drift": 1.5}, messages=True,
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
    return asked.transform(entries, np.random.default_rng([seed, 27])) if asked.transform else entries


def _circle(asked: Scenario, account: str, weeks: int, seed: int) -> list[Entry]:
    keeping = RecordKeeping(**asked.keeping)
    home = vt.simulate(account, weeks, seed, record=keeping, fixed=drawn(asked.person, seed))
    return home.entries() + (_coded(home.chat()) if asked.messages else [])


def _coded(chat: list[tuple[datetime, str, str]]) -> list[Entry]:
    messages = [Message(at, author, text, line) for line, (at, author, text) in enumerate(chat, 1)]
    written = dict(Counter(m.author for m in messages))
    return coded_entries(ChatExport(messages, [], 0, written, chat[0][0], chat[-1][0], [], ""), THEM)


def drawn(values: Mapping[str, Any], seed: int) -> dict[str, float]:
    """Values as they are; of a pair, one drawn evenly between its ends."""
    rng = np.random.default_rng([seed, 26])
    return {
        name: float(rng.uniform(*value)) if isinstance(value, tuple) else value
        for name, value in values.items()
    }
