"""What was lived and noticed, as the entries that the import of a diary would give."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

import numpy as np
from numpy.random import Generator

from velveteen.journal.entries import Entry

from . import keeping
from .days import Day, Promise
from .households import Household
from .keeping import Keeper, Knobs

_AUDIENCES, _WHERE = ("alone", "family", "public"), (0.7, 0.92)
_LIMIT = "no shouting, or I leave the room"


@dataclass(slots=True)
class Diary:
    """One diary in the making.

    Attributes:
        start: its first day, a Monday; home: whose levels the ratings are spread around.
        written: days that are written; rng: of the keeping, ids: of the ids alone; entries: what stands in it so far.
    """

    start: date
    home: Household
    keeper: Keeper
    knobs: Knobs
    written: np.ndarray
    rng: Generator
    ids: Generator
    entries: list[Entry] = field(default_factory=list)

    def write(self, days: list[Day], promises: list[Promise]) -> list[Entry]:
        """All entries, in the order of their days; nothing later than the last week with something to count."""
        for first in range(0, len(days), 7):
            week = list(enumerate(days[first : first + 7], first))
            if self.knobs.weekly_recall:
                self._week(week)
            else:
                for t, day in week:
                    self._day(t, day)
            self._through_the_week(week)
            self._inward(week)
            self._standing(week)
        for promise in promises:
            self._promise(promise)
        last = self._last_week()
        kept = [e for e in self.entries if (e.at.date() - self.start).days // 7 <= last]
        return sorted(kept, key=lambda e: (e.at, e.id))

    def drift(self, t: int) -> float:
        """Points by which the standard has moved by day t."""
        return self.knobs.yardstick_drift * t / max(len(self.written) - 1, 1)

    def _add(self, t: int, kind: str, payload: dict[str, Any], corrects: str | None = None) -> str:
        """An entry at noon, a day or week at midnight; all written down at one moment, as an import has it."""
        at = datetime.combine(self.start + timedelta(t), time() if kind in ("day", "week") else time(12))
        moment = datetime.combine(self.start + timedelta(len(self.written)), time(20))
        identity = _uuid7(moment, len(self.entries), int(self.ids.integers(2**48)))
        self.entries.append(Entry(identity, kind, at, moment, payload, "M", corrects=corrects))
        return identity

    def _day(self, t: int, day: Day) -> None:
        wrong = keeping.kind_written(day, self.knobs, self.rng)
        treated = keeping.rating(day.treated, self.home.warmth, self.keeper, self.drift(t))
        wellbeing = keeping.rating(day.wellbeing, self.home.wellness, self.keeper, 0.0)
        skipped = self.rng.random() < self.keeper.skips
        noticed = [keeping.notices(act.weight, self.keeper, self.drift(t), self.rng) for act in day.acts]
        where = [_AUDIENCES[np.searchsorted(_WHERE, self.rng.random())] for _ in day.acts]
        if not self.written[t]:
            return
        payload: dict[str, Any] = {"contact": day.contact}
        if day.contact:
            payload |= ({"day": wrong} if wrong else {}) | ({} if skipped else {"treated": treated})
        self._add(t, "day", payload | {"wellbeing": wellbeing})
        for act, seen, audience in zip(day.acts, noticed, where, strict=True):
            if seen:
                told = {"act": act.name, "toward": "me", "audience": audience, "weight": act.weight}
                self._add(t, "act", told)

    def _week(self, week: list[tuple[int, Day]]) -> None:
        """Two minutes on the last day of the week: the mean, the worst day and the last days make the rating."""
        together = [(t, day) for t, day in week if day.contact]
        t = week[-1][0]
        weights = [act.weight for _, day in together for act in day.acts if act.harm]
        harm = keeping.recalled(weights, self.keeper, self.drift(t), self.rng)
        slip = int(self.rng.integers(-1, 2)) if self.rng.random() < 0.3 else 0
        if not self.written[t]:
            return
        payload: dict[str, Any] = {"days_contact": len(together)}
        if together:
            felt = np.array([day.treated for _, day in together])
            whole = 0.5 * felt.mean() + 0.25 * felt.min() + 0.25 * felt[-2:].mean()
            hard = sum(day.hard for _, day in together) + slip
            treated = keeping.rating(whole, self.home.warmth, self.keeper, self.drift(t))
            payload |= {"hard_days": int(np.clip(hard, 0, len(together))), "treated": treated, "harm": harm}
        well = float(np.mean([day.wellbeing for _, day in week]))
        self._add(
            t, "week", payload | {"wellbeing": keeping.rating(well, self.home.wellness, self.keeper, 0.0)}
        )

    def _open(self, t: int, week: list[tuple[int, Day]]) -> bool:
        """Whether something of that day can stand in the diary."""
        return bool(self.written[week[-1][0] if self.knobs.weekly_recall else t])

    def _through_the_week(self, week: list[tuple[int, Day]]) -> None:
        """What has a day of its own: turning points always, the rest where the day is written."""
        for t, day in week:
            noted = self.rng.random() < 0.85
            for point in day.points:
                self._add(t, "turning_point", dict(point))
            if not self._open(t, week):
                continue
            if day.session is not None:
                self._add(t, "therapy_session", {"attended": day.session})
            if day.answer is not None and noted:
                self._add(t, "confrontation", {"raised": "what happened", "answer": day.answer})
            for event in day.limits:
                self._add(t, "limit", {"limit": _LIMIT, "event": event})

    def _inward(self, week: list[tuple[int, Day]]) -> None:
        """Once in most weeks: the last feeling told, and the two ratings of the week as it stood that evening."""
        noted = self.rng.random() < self.keeper.notes_week
        possible = [(t, day) for t, day in week if day.contact and self._open(t, week)]
        if not noted or not possible:
            return
        t, day = next(((t, day) for t, day in reversed(possible) if day.told is not None), possible[-1])
        met = [day for _, day in week if day.contact]
        payload: dict[str, Any] = {"told": day.told is not None}
        payload |= {} if day.told is None else {"acknowledged": day.told}
        for key, centre in (("equals", self.home.equals), ("free_to_say_no", self.home.free)):
            value = float(np.mean([d.equals if key == "equals" else d.free for d in met]))
            value = 0.6 * value + 0.4 * (day.equals if key == "equals" else day.free)
            payload[key] = keeping.rating(value, centre, self.keeper, self.drift(t))
        self._add(t, "inward", payload)

    def _standing(self, week: list[tuple[int, Day]]) -> None:
        """A week in which a limit stood and nothing came of it is mostly noted as held, at its end."""
        noted = self.rng.random() < self.keeper.notes_limit
        possible = [t for t, day in week if day.contact and day.standing and self._open(t, week)]
        told = any(day.limits and self._open(t, week) for t, day in week)
        if noted and possible and week[-1][1].standing and not told:
            self._add(possible[-1], "limit", {"limit": _LIMIT, "event": "held"})

    def _promise(self, promise: Promise) -> None:
        """A promise is noted when it is made, and what came of it later; one whose end nobody followed is left out."""
        noted = self.rng.random() < 0.8
        first = promise.made - promise.made % 7
        written = self.written[
            min(first + 6, len(self.written) - 1) if self.knobs.weekly_recall else promise.made
        ]
        if not noted or not written:
            return
        due = (self.start + timedelta(promise.due)).isoformat()
        payload = {"what": promise.what, "due": due}
        made = self._add(promise.made, "promise", payload)
        if promise.outcome is not None:
            self._add(
                promise.made,
                "promise",
                {**payload, "outcome": promise.outcome, "resolved": due},
                corrects=made,
            )

    def _last_week(self) -> int:
        """The last week with a day together in the diary, after which nothing is left to count."""
        together = [e for e in self.entries if e.payload.get("contact") or e.payload.get("days_contact")]
        return max(((e.at.date() - self.start).days // 7 for e in together), default=-1)


def _uuid7(moment: datetime, number: int, chance: int) -> str:
    """A UUIDv7 of that moment with the entry's number, so that ids sort as written and one seed gives one diary."""
    milliseconds = round((moment - datetime(1970, 1, 1)).total_seconds() * 1000)
    return str(
        uuid.UUID(
            int=milliseconds << 80
            | 0x7 << 76
            | (number >> 12 & 0xFFF) << 64
            | 0x2 << 62
            | (number & 0xFFF) << 48
            | chance
        )
    )
