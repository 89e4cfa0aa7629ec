"""What the diarist writes: one human's scale, mood, memory and patience between what happened and the record."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from velveteen.journal.entries import Entry

from .courses import Course, Days
from .life import KINDS, Lived, carried

_ORDINARY_ACTS = (
    "put_me_down", "looked_down", "decided_for_me", "lied", "took_short_cut", "punished_with_silence", "checked_phone",
    "demanded_praise", "controlled_money", "mocked", "broke_agreement", "showed_off", "harm",
)  # fmt: skip
_HARD_ACTS = (
    "shouted", "blamed_me", "did_not_take_no", "denied_it", "put_me_down", "punished_with_silence", "threatened",
    "exaggerated", "mocked", "hurt_or_broke",
)  # fmt: skip
_CARE_ACTS = (
    "thanked_me",
    "helped_unasked",
    "listened",
    "asked_first",
    "comforted",
    "took_no",
    "stayed_calm",
)
_OTHER_ANSWERS = (
    "words_only", "gesture", "denied", "blamed", "indifferent", "attacked", "withdrew", "played_victim",
    "controlled", "turned_round", "attacked_self",
)  # fmt: skip
_PERSON = "K."
_EPOCH = datetime(1970, 1, 1)


@dataclass(slots=True)
class _Diarist:
    rng: Generator
    start: datetime
    written: NDArray[np.bool_]  # days with a day entry
    late: NDArray[np.int64]  # days between a day and its writing
    mood: Days
    drift: Days  # of the yardstick, in points
    centre: float  # where on the scale an uneventful day lies
    spread: float  # how much of the scale is used
    step: float  # to what ratings are rounded
    sees: float  # chance that an act is written down on a written day
    mislabels: float
    untold: float
    entries: list[Entry] = field(default_factory=list)

    def rating(self, points: float, day: int) -> float | int:
        """Points about an uneventful day, as this diarist would rate them."""
        value = self.centre + self.spread * points + self.drift[day]
        value = min(max(round(value / self.step) * self.step, 0.0), 10.0)
        return int(value) if value == int(value) else value

    def write(self, kind: str, day: int, hour: int, corrects: str | None = None, /, **payload: Any) -> str:
        """Add an entry and return its id."""
        at = self.start + timedelta(days=day, hours=hour)
        written = self.start + timedelta(
            days=day + int(self.late[day]), hours=max(hour, 20), minutes=len(self.entries) % 60
        )
        number = (
            int((written - _EPOCH).total_seconds() * 1000) << 80 | 0x7 << 76 | 0x2 << 62 | len(self.entries)
        )
        entry = Entry(str(uuid.UUID(int=number)), kind, at, written, payload, _PERSON, corrects=corrects)
        self.entries.append(entry)
        return entry.id

    def kept(self, chance: float) -> bool:
        """Whether something of this chance came about."""
        return bool(self.rng.random() < chance)


def write_diary(course: Course, lived: Lived, rng: Generator) -> list[Entry]:
    """The entries of one diary, in the order of what happened."""
    diarist = _draw_diarist(lived, rng)
    _days(diarist, lived)
    _acts(diarist, lived)
    if diarist.kept(0.65):
        _promises(diarist, lived)
    if diarist.kept(0.8):
        _confrontations(diarist, course, lived)
    if diarist.kept(0.75):
        _inward(diarist, course, lived)
    _limits(diarist, course, lived)
    for day, kind in course.marks:
        if diarist.kept(0.95):
            diarist.write(
                "turning_point",
                min(max(day + int(rng.integers(-2, 3)), 0), len(lived.acts) - 1),
                18,
                kind=kind,
            )
    return sorted(diarist.entries, key=lambda e: (e.at, e.id))


def _draw_diarist(lived: Lived, rng: Generator) -> _Diarist:
    days = len(lived.acts)
    late = np.where(rng.random(days) < rng.uniform(0, 0.3), rng.integers(1, 4, days), 0)
    return _Diarist(
        rng=rng,
        start=datetime(2019, 1, 7) + timedelta(weeks=int(rng.integers(0, 260))),
        written=_patience(lived, rng),
        late=late,
        mood=_mood(lived, rng),
        drift=np.clip(np.cumsum(rng.normal(0, rng.uniform(0, 0.9) / np.sqrt(365), days)), -2, 2),
        centre=rng.uniform(4.5, 7.5),
        spread=rng.uniform(0.6, 1.3),
        step=float(rng.choice([1.0, 0.5, 2.0, 2.5], p=[0.75, 0.08, 0.1, 0.07])),
        sees=rng.uniform(0.6, 0.97),
        mislabels=rng.uniform(0.02, 0.15),
        untold=rng.uniform(0, 0.2) if rng.random() < 0.95 else 1.0,
    )


def _patience(lived: Lived, rng: Generator) -> NDArray[np.bool_]:
    """Days that get an entry: diligence wanes to a floor, whole stretches fall out, bad days may be told more or less."""
    days = len(lived.acts)
    floor = rng.uniform(0.35, 0.7)
    chance = floor + (rng.uniform(0.75, 0.99) - floor) * np.exp(-np.arange(days) / (7 * rng.uniform(20, 150)))
    chance += rng.normal(0, 0.08) * np.minimum(lived.acts, 3)
    for gap in rng.integers(0, days, rng.poisson(2.5 * days / 365)):
        chance[gap : gap + int(rng.integers(4, 24))] = 0.03
    return rng.random(days) < chance


def _mood(lived: Lived, rng: Generator) -> Days:
    """The diarist's mood: carries over, sinks with what happened, has slow waves of its own."""
    keep, hurt = rng.uniform(0.5, 0.9), rng.uniform(0.15, 0.5)
    steps = (rng.normal(0, 0.5, len(lived.acts)) - hurt * np.minimum(lived.acts, 5)).tolist()
    value, out = 0.0, np.empty(len(steps))
    for day, step in enumerate(steps):
        value = keep * value + step
        out[day] = value
    own = carried(len(steps), 7 * rng.uniform(3, 20), rng.uniform(0.2, 0.9), rng)
    return out - out.mean() + own


def _remembered(diarist: _Diarist) -> Days:
    """The mood in which each day was written down."""
    last = len(diarist.mood) - 1
    return diarist.mood[np.minimum(np.arange(last + 1) + diarist.late, last)]


def _days(diarist: _Diarist, lived: Lived) -> None:
    rng, days = diarist.rng, len(lived.acts)
    sting, warmth, pull = rng.uniform(0.5, 1.1), rng.uniform(0.6, 1.5), rng.uniform(0.1, 0.5)
    points = -sting * 2 * np.log1p(lived.acts) - warmth * lived.factor - 0.6 * lived.hard
    points += 0.5 * lived.contrite - 0.3 * lived.pressure + pull * _remembered(diarist)
    points += carried(days, 7 * rng.uniform(2, 20), rng.uniform(0.1, 0.5), rng) + rng.normal(0, 0.9, days)
    rates_self, rates_other = diarist.kept(0.85), diarist.kept(0.94)
    labels = _labels(diarist, lived)
    for day in np.flatnonzero(diarist.written).tolist():
        payload: dict[str, Any] = {"contact": bool(lived.contact[day])}
        if lived.contact[day]:
            if not diarist.kept(diarist.untold):
                payload["day"] = labels[day]
            if rates_other and diarist.kept(0.96):
                payload["treated"] = diarist.rating(points[day], day)
        if rates_self:
            payload["wellbeing"] = diarist.rating(diarist.mood[day], day)
        diarist.write("day", day, 0, **payload)


def _labels(diarist: _Diarist, lived: Lived) -> list[str]:
    """Kinds of day as told: some are mistaken, and a day that hurt is looked back on as hard more readily."""
    rng, days = diarist.rng, len(lived.acts)
    wrong = rng.random(days) < diarist.mislabels
    blur = rng.random(days) < 0.5 * diarist.mislabels * np.minimum(lived.acts, 3)
    kind = np.where(wrong, rng.choice(4, days, p=[0.35, 0.25, 0.25, 0.15]), lived.kind)
    kind = np.where(blur & (kind < 2), 2 + (rng.random(days) < 0.4), kind)
    return [KINDS[k] for k in kind.tolist()]


def _acts(diarist: _Diarist, lived: Lived) -> None:
    rng = diarist.rng
    tactics = [rng.dirichlet(np.full(len(a), 0.6)) for a in (_ORDINARY_ACTS, _HARD_ACTS)]
    mood, fondness = _remembered(diarist), rng.uniform(0, 0.06)
    for day in np.flatnonzero(lived.acts).tolist():
        hard = bool(lived.hard[day])
        names, shares = (_HARD_ACTS, tactics[1]) if hard else (_ORDINARY_ACTS, tactics[0])
        number = int(lived.acts[day])
        for which in rng.choice(len(names), number, p=shares).tolist():
            weight = int(rng.choice(3, p=[0.3, 0.5, 0.2] if hard else [0.5, 0.4, 0.1])) + 1
            seen = diarist.sees - fondness * mood[day] * (
                weight == 1
            )  # small things are let go in a good mood
            if diarist.kept(seen if diarist.written[day] else 0.03 * (weight == 3)):
                diarist.write("act", day, 19, act=names[which], harm=True, weight=weight)
    if diarist.kept(0.5):
        rate = rng.uniform(0.05, 0.3) * np.exp(-0.6 * lived.factor - 0.2 * lived.pressure)
        for day in np.flatnonzero(diarist.written & lived.contact & (rng.random(len(rate)) < rate)).tolist():
            diarist.write(
                "act", day, 17, act=str(rng.choice(_CARE_ACTS)), harm=False, weight=int(rng.integers(1, 3))
            )


def _promises(diarist: _Diarist, lived: Lived) -> None:
    rng, days = diarist.rng, len(lived.acts)
    rate = rng.uniform(0.2, 1.0) / 7 * (1 + 2 * lived.contrite)
    base, gain = rng.normal(-0.2, 0.8), rng.uniform(0.4, 1.3)
    for day in np.flatnonzero(lived.contact & diarist.written & (rng.random(days) < rate)).tolist():
        due = day + int(rng.integers(1, 22))
        promise = {
            "what": "what was promised",
            "due": (diarist.start + timedelta(days=due)).date().isoformat(),
        }
        first = diarist.write("promise", day, 16, **promise)
        if due >= days or diarist.kept(0.12):
            continue
        chance = _logistic(base - gain * lived.factor[due] - 0.5 * lived.pressure[due])
        outcome = "kept" if diarist.kept(chance) else str(rng.choice(["broken", "partly"], p=[0.7, 0.3]))
        if diarist.kept(0.05):
            outcome = str(rng.choice(["withdrawn", "excused"]))
        diarist.late[day] += due - day + int(rng.integers(0, 4))
        diarist.write("promise", day, 16, first, **promise, outcome=outcome)
        diarist.late[day] = 0


def _confrontations(diarist: _Diarist, course: Course, lived: Lived) -> None:
    rng, days = diarist.rng, len(lived.acts)
    base, quiet = rng.normal(-1.3, 0.8), rng.uniform(0.005, 0.03)
    raises = rng.uniform(0.05, 0.3)
    chance = quiet + raises * np.minimum(lived.acts, 2) / 2
    manner = rng.dirichlet(np.full(len(_OTHER_ANSWERS), 0.7))
    for day in np.flatnonzero(lived.contact & diarist.written & (rng.random(days) < chance)).tolist():
        owned = _logistic(base + course.inward[day] - 0.4 * lived.pressure[day] + 0.5 * lived.contrite[day])
        if diarist.kept(owned):
            answer = "owned" if diarist.kept(0.6) else "repaired"
        else:
            answer = _OTHER_ANSWERS[int(rng.choice(len(_OTHER_ANSWERS), p=manner))]
        diarist.write("confrontation", day, 21, raised="what had happened", answer=answer)


def _inward(diarist: _Diarist, course: Course, lived: Lived) -> None:
    rng, days = diarist.rng, len(lived.acts)
    empathy, equals, free = rng.normal(-0.8, 0.8), rng.normal(-1.0, 1.0), rng.normal(-1.0, 1.0)
    halo, gain = rng.uniform(0, 0.5), rng.uniform(0.8, 1.6)
    tells, often, weekday = rng.uniform(0.3, 0.9), rng.uniform(0.5, 0.95), int(rng.integers(4, 7))
    asked = [diarist.kept(0.9), diarist.kept(0.9), diarist.kept(0.85)]
    for day in range(weekday, days, 7):
        if not diarist.written[max(day - 3, 0) : day + 1].any() or not diarist.kept(often):
            continue
        week = slice(max(day - 6, 0), day + 1)
        stance = (
            gain * course.inward[day] + halo * diarist.mood[day] - 0.3 * float(lived.pressure[week].mean())
        )
        payload: dict[str, Any] = {}
        if asked[0] and lived.contact[week].any():
            payload["told"] = diarist.kept(tells)
            if payload["told"]:
                moved = course.inward[day] - 0.4 * lived.pressure[day] + 0.2 * halo * diarist.mood[day]
                payload["acknowledged"] = diarist.kept(_logistic(empathy + moved))
        for name, base, wanted in (("equals", equals, asked[1]), ("free_to_say_no", free, asked[2])):
            if wanted:
                payload[name] = diarist.rating(base + stance + rng.normal(0, 0.8), day)
        if payload:
            diarist.write("inward", day, 22, **payload)


def _limits(diarist: _Diarist, course: Course, lived: Lived) -> None:
    """Limits as noted: most weeks, now and then wrongly; what is crossed is noted on days that hurt."""
    told = np.flatnonzero(~np.isnan(course.held))
    if not told.size:
        return
    rng, limit = diarist.rng, "what I will not live with"
    often, errs = rng.uniform(0.5, 0.95), rng.uniform(0, 0.08)
    diarist.write("limit", int(told[0]), 12, limit=limit, event="stated")
    for monday in range(int(told[0]), len(course.held), 7):
        stood = bool(course.held[monday]) != diarist.kept(errs)
        if diarist.kept(often):
            day = monday + int(rng.integers(0, 7))
            diarist.write("limit", day, 12, limit=limit, event="held" if stood else "slipped")
        if diarist.kept(0.05 if stood else 0.25):
            worst = monday + int(np.argmax(lived.acts[monday : monday + 7]))
            diarist.write("limit", worst, 13, limit=limit, event="crossed")


def _logistic(x: float) -> float:
    return float(1 / (1 + np.exp(-x)))
