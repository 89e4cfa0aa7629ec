"""A diary read once: its days, its acts, and the days of a loss, of a promise and of an apology."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from velveteen.journal.catalogue import is_harm
from velveteen.journal.entries import Entry
from velveteen.measure.days import Days, free_entries, read_days, readable

APOLOGIES = frozenset({"owned", "repaired", "words_only", "gesture"})
LOSSES = frozenset({"loss_threatened", "left"})


@dataclass(frozen=True, slots=True)
class ToldDay:
    """One day about which something is written.

    Attributes:
        date: the day.
        contact: whether there was contact.
        strain: 0.0 calm, 1.0 hard, None where the kind of day was not told.
        treated: how the owner was treated, 0 to 10, or None.
        harm, care: acts of that day; None without contact, and where what they did was not asked.
    """

    date: date
    contact: bool
    strain: float | None
    treated: float | None
    harm: int | None
    care: int | None


@dataclass(frozen=True, slots=True)
class ToldAct:
    """One act of theirs; audience and toward are as written, or empty."""

    date: date
    harm: bool
    audience: str
    toward: str


@dataclass(frozen=True, slots=True)
class Told:
    """What the figures count from, in order of date.

    Attributes:
        days: every written day up to today.
        acts: their acts on days that count.
        losses: days on which a loss was threatened or came.
        promises: days on which they promised something or apologised.
    """

    days: tuple[ToldDay, ...] = ()
    acts: tuple[ToldAct, ...] = ()
    losses: frozenset[date] = frozenset()
    promises: frozenset[date] = frozenset()

    @property
    def asked(self) -> tuple[ToldDay, ...]:
        """Days with contact on which what they did is known."""
        return tuple(day for day in self.days if day.harm is not None)


def told(entries: Sequence[Entry], today: date) -> Told:
    """Read all entries of a journal. What is dated after today, not written freely, or not to be read is left out."""
    kept, _ = readable(free_entries(entries))
    past = [e for e in kept if e.at.date() <= today]
    days = read_days(past)
    acts = _acts(past) if days.asked() else ()
    return Told(_days(days, acts), acts, _dated(past, _is_loss), _dated(past, _is_promise))


def _acts(entries: Sequence[Entry]) -> tuple[ToldAct, ...]:
    known: dict[tuple[str, bool], bool] = {}
    found = []
    for entry in (e for e in entries if e.kind == "act"):
        payload = entry.payload
        name = (str(payload.get("act", "")), payload.get("harm") is False)
        if name not in known:
            known[name] = is_harm(payload)
        audience, toward = (str(payload.get(key) or "") for key in ("audience", "toward"))
        found.append(ToldAct(entry.at.date(), known[name], audience, toward))
    return tuple(found)


def _days(days: Days, acts: Sequence[ToldAct]) -> tuple[ToldDay, ...]:
    numbers: dict[date, list[int]] = {}
    for act in acts:
        numbers.setdefault(act.date, [0, 0])[0 if act.harm else 1] += 1
    asked = days.asked()
    return tuple(
        _day(day, days, numbers.get(day, [0, 0]) if asked and _known(day, days) else [None, None])
        for day in sorted(days.written.keys() | days.contact.keys())
    )


def _known(day: date, days: Days) -> bool:
    return day in days.contact and day not in days.unasked


def _day(day: date, days: Days, numbers: Sequence[int | None]) -> ToldDay:
    entry = days.written.get(day)
    treated = _rating(entry.payload.get("treated")) if entry else None
    return ToldDay(day, day in days.contact, days.strain(day), treated, *numbers)


def _rating(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if 0 <= value <= 10 else None


def _dated(entries: Sequence[Entry], chosen: Callable[[Entry], bool]) -> frozenset[date]:
    return frozenset(e.at.date() for e in entries if chosen(e))


def _is_loss(entry: Entry) -> bool:
    return entry.kind == "turning_point" and entry.payload.get("kind") in LOSSES


def _is_promise(entry: Entry) -> bool:
    if entry.kind == "confrontation":
        return entry.payload.get("answer") in APOLOGIES
    return entry.kind == "promise"
