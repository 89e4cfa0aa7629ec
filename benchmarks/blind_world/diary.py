"""The diary that the partner would have kept, as the entries of an import."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any

import numpy as np

from velveteen.journal.entries import HARD_DAYS, Entry

from .life import Day, Promise
from .reporter import Knobs, Reporter, draw_reporter, notices, rated, silent_weeks, written_days, written_kind
from .world import REPORTER, live, stream

FIRST = date(2023, 1, 2)  # a Monday
_WORDS = (
    "be home when agreed", "call the office", "not shout", "pay back the money", "ask before deciding", "go to the talk",
    "leave my phone alone", "take the children", "speak kindly of my family", "fix the door",
)  # fmt: skip
_LIMIT = "I leave the room when I am shouted at"


def simulate(
    account: str, weeks: int, seed: int, *, half_life: float | None = None, **knobs: Any
) -> list[Entry]:
    """The diary of one household of a known account, in the order of its days.

    Args:
        account: "same", "worse", "temporary", "surface", "conditional" or "lasting".
        weeks: length of the record, at least 4.
        seed: the same seed gives the same diary.
        half_life: median weeks after which half of a temporary change is gone.
        knobs: fields of `Knobs`; they change what is written, never what happened.

    Raises:
        BadInput: `unknown_account`, `too_few_weeks`, `knob_out_of_range`.
    """
    chosen = Knobs(**knobs)
    chosen.check()
    days = live(account, weeks, seed, half_life).days
    rng = stream(seed, REPORTER)
    harmed = sum(bool(d.acts) for d in days) / len(days)
    return _Diary(days, draw_reporter(rng, chosen, harmed), chosen, rng).entries()


@dataclass(slots=True)
class _Diary:
    """One partner writing down what was."""

    days: list[Day]
    who: Reporter
    knobs: Knobs
    rng: np.random.Generator
    now: datetime = field(init=False)
    made: int = 0

    def __post_init__(self) -> None:
        self.now = datetime.combine(FIRST + timedelta(len(self.days)), time(20))

    def entries(self) -> list[Entry]:
        told = self._weeks() if self.knobs.weekly_recall else self._days()
        kept = list(told)
        last = max((_week(entry) for entry in kept if _weighs(entry)), default=-1)
        kept = [e for e in kept if e.kind not in ("turning_point", "limit") or _week(e) <= last]
        return sorted(kept, key=lambda entry: (entry.at, entry.id))

    def _days(self) -> Iterator[Entry]:
        written = written_days(self.days, self.who, self.knobs, self.rng)
        asleep = {week for week in range(len(written) // 7) if not written[7 * week : 7 * week + 7].any()}
        for day in self.days:
            if written[day.index]:
                yield from self._day(day)
            if day.index // 7 not in asleep:
                yield from self._told(day, 1.0 if written[day.index] else self.who.recalls)
            yield from self._turning_points(day)
        for week in sorted(set(range(len(written) // 7)) - asleep):
            yield from self._inward(week, written)

    def _weeks(self) -> Iterator[Entry]:
        """One entry a week from memory; what else is told comes from memory too, and acts are not named."""
        silent = silent_weeks(self.days, self.knobs, self.rng)
        everything = np.ones(len(self.days), dtype=bool)
        for week in range(len(self.days) // 7):
            share = self.who.share * np.exp(-self.knobs.diligence_decay * week / 52)
            writes = self.rng.random() < share and week not in silent
            if writes:
                yield self._entry(7 * week + 6, "week", self._remembered(self.days[7 * week : 7 * week + 7]))
                yield from self._inward(week, everything)
            for day in self.days[7 * week : 7 * week + 7]:
                if writes:
                    yield from self._told(day, 0.6)
                yield from self._turning_points(day)

    def _day(self, day: Day) -> Iterator[Entry]:
        if not day.together:
            yield self._entry(day.index, "day", {"contact": False}, at=time())
            return
        later, years = self.rng.random() < self.who.backfills, day.index / 365
        payload: dict[str, Any] = {"contact": True}
        if kind := written_kind(day, self.who, self.rng):
            payload["day"] = kind
        blank = self.rng.random() < self.who.skips
        payload["treated"] = rated(
            self._from_memory(day) if later else day.treated, years, self.knobs, self.rng
        )
        payload["wellbeing"] = rated(day.wellbeing, 0.0, self.knobs, self.rng)
        if blank:
            del payload["treated"]
        yield self._entry(day.index, "day", payload, at=time())
        chance = notices(self.who, years, self.knobs) * (0.75 if later else 1.0)
        for act, toward, audience, weight in day.acts:
            if self.rng.random() < chance:
                told = {"act": act, "harm": True, "weight": weight, "toward": toward, "audience": audience}
                yield self._entry(day.index, "act", told)
        for act in day.care:
            if self.rng.random() < 0.7:
                yield self._entry(day.index, "act", {"act": act, "harm": False})

    def _from_memory(self, day: Day) -> float:
        """A day rated days later: half itself, half the days around it."""
        around = [d.treated for d in self.days[max(day.index - 3, 0) : day.index + 4] if d.together]
        return 0.5 * day.treated + 0.5 * float(np.mean(around))

    def _told(self, day: Day, chance: float) -> Iterator[Entry]:
        """Confrontations, promises, limits and sessions of a day."""
        for raised, answer in day.answers:
            if self.rng.random() < 0.9 * chance:
                yield self._entry(day.index, "confrontation", {"raised": raised, "answer": answer})
        for promise in day.promises:
            if self.rng.random() < 0.85 * chance:
                yield from self._promise(promise)
        for event in day.limit:
            if self.rng.random() < 0.9 * chance:
                yield self._entry(day.index, "limit", {"limit": _LIMIT, "event": event})
        if day.session is not None and self.rng.random() < 0.9 * chance:
            yield self._entry(day.index, "therapy_session", {"attended": day.session})

    def _promise(self, promise: Promise) -> Iterator[Entry]:
        """A promise, and what came of it as a correction; the partner mixes up some outcomes that were not clear."""
        payload = {
            "what": str(self.rng.choice(_WORDS)), "can": promise.able, "due": self._date(promise.due).isoformat(),
        }  # fmt: skip
        entry = self._entry(promise.made, "promise", payload)
        yield entry
        if promise.outcome is not None:
            outcome = promise.outcome
            if self.rng.random() < 0.08:
                outcome = {"kept": "partly", "broken": "partly", "partly": "kept"}.get(outcome, outcome)
            resolved = {**payload, "outcome": outcome, "resolved": payload["due"]}
            yield replace(self._entry(promise.made, "promise", resolved), corrects=entry.id)

    def _turning_points(self, day: Day) -> Iterator[Entry]:
        """Remembered and dated even where the days around are not."""
        for kind in day.turning_points:
            if self.rng.random() < 0.96:
                yield self._entry(day.index, "turning_point", self._idea(kind))

    def _idea(self, kind: str) -> dict[str, Any]:
        if kind != "therapy_began":
            return {"kind": kind}
        return {
            "kind": kind,
            "idea": str(self.rng.choice(["mine", "theirs", "court", "other"], p=[0.5, 0.35, 0.08, 0.07])),
        }

    def _inward(self, week: int, written: np.ndarray) -> Iterator[Entry]:
        """Told feelings on their days; on the last of the written days of the week, its two ratings."""
        days = [d for d in self.days[7 * week : 7 * week + 7] if written[d.index]]
        together = [d for d in days if d.together]
        rates = bool(together) and self.rng.random() < self.who.weekly
        for day in together:
            payload: dict[str, Any] = {}
            if day.told is not None and self.rng.random() < 0.85:
                payload = {"told": True, "acknowledged": day.told}
            if rates and day is together[-1]:
                years = day.index / 365
                payload["equals"] = rated(day.equals, years, self.knobs, self.rng)
                payload["free_to_say_no"] = rated(day.free, years, self.knobs, self.rng)
            if payload:
                yield self._entry(day.index, "inward", payload)

    def _remembered(self, days: list[Day]) -> dict[str, Any]:
        """A week in two minutes: the worst and the last day weigh most, and small harm is forgotten."""
        together, years = [d for d in days if d.together], days[0].index / 365
        payload: dict[str, Any] = {"days_contact": len(together)}
        if not together:
            return payload
        hard = sum((written_kind(d, self.who, self.rng) or "calm") in HARD_DAYS for d in together)
        ratings = [d.treated for d in together]
        overall = 0.5 * float(np.mean(ratings)) + 0.25 * min(ratings) + 0.25 * ratings[-1]
        harm = int(
            self.rng.binomial(sum(len(d.acts) for d in together), 0.8 * notices(self.who, years, self.knobs))
        )
        payload |= {"hard_days": hard, "treated": rated(overall, years, self.knobs, self.rng), "harm": harm}
        payload["wellbeing"] = rated(
            float(np.mean([d.wellbeing for d in together])), 0.0, self.knobs, self.rng
        )
        return payload

    def _date(self, index: int) -> date:
        return FIRST + timedelta(index)

    def _entry(self, index: int, kind: str, payload: dict[str, Any], at: time = time(12)) -> Entry:
        """An entry of an import: all written at one moment, with an id that depends on the seed alone."""
        self.made += 1
        milliseconds = (datetime.combine(FIRST, time()) - datetime(1970, 1, 1)) // timedelta(
            milliseconds=1
        ) + self.made
        value = (milliseconds << 80) | int.from_bytes(self.rng.bytes(10), "big")
        value = (value & ~(0xF << 76)) | (0x7 << 76)
        value = (value & ~(0x3 << 62)) | (0x2 << 62)
        moment = datetime.combine(self._date(index), at)
        return Entry(str(uuid.UUID(int=value)), kind, moment, self.now, payload)


def _week(entry: Entry) -> int:
    return (entry.at.date() - FIRST).days // 7


def _weighs(entry: Entry) -> bool:
    """Whether the two of them met, and it is told: who has stopped writing of it notes no turning point any more."""
    return entry.payload.get("contact") is True or entry.payload.get("days_contact", 0) > 0
