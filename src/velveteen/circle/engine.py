"""The circle itself: one day after another, each mechanism in its turn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from velveteen.circle import partner, promises, them
from velveteen.circle.days import Day, Inner
from velveteen.circle.names import CARING, DEFENDING, RAISED, TAKING, pick
from velveteen.circle.state import begin, draw_luck

if TYPE_CHECKING:
    import numpy as np

    from velveteen.circle.course import Course
    from velveteen.circle.parameters import Person
    from velveteen.circle.state import Luck, State
    from velveteen.circle.them import Bearing

BEFORE = 26 * 7
"""Days simulated before the record's first, so that it begins in the middle of a life."""
SESSION_WEEKDAY = 1
ATTENDS = {"begun": 0.65, "committed": 0.9, "none": 0.0}


@dataclass(frozen=True, slots=True)
class _Conduct:
    """What one contact day brought."""

    rate: float
    acts: tuple[str, ...]
    care: tuple[str, ...]
    answer: str


@dataclass(frozen=True, slots=True)
class _Home:
    """Who lives here, on what course, and where they stand."""

    person: Person
    course: Course
    state: State


_ABSENT = _Conduct(0.0, (), (), "")


def run(person: Person, course: Course, start: date, weeks: int, rng: np.random.Generator) -> list[Day]:
    """The days of a record of 7 * weeks days, after half a year that is lived and not returned."""
    home = _Home(person, course, begin(person))
    days = [
        _live(home, luck, start + timedelta(days=index), index)
        for index, luck in enumerate(draw_luck(BEFORE + 7 * weeks, rng), -BEFORE)
    ]
    return days[BEFORE:]


def _live(home: _Home, luck: Luck, today: date, index: int) -> Day:
    person, course, state = home.person, home.course, home.state
    them.night(person, course, state, luck, index)
    contact = partner.together(person, state, luck)
    kind = partner.kind_of_day(person, state, luck) if contact else "calm"
    them.expose(person, state, them.exposure_of(person, kind))
    session = _session(course, state, luck, today, index)
    how = them.bearing(person, course, state, index)
    where = partner.place(luck)
    conduct = _meet(home, luck, kind, where, how) if contact else _ABSENT
    height = state.shame
    partner.feel(person, state, len(conduct.acts), len(conduct.care), contact=contact)
    limit_event = partner.limit_event(person, state, len(conduct.acts), luck) if contact else ""
    if conduct.answer:
        them.expose(person, state, person.exposure_confronted)
    outcomes = promises.resolve(person, state, how, luck, index)
    promise = promises.make(person, state, luck, index) if contact else None
    _mark_therapy(course, state, index)
    partner.threatens(person, course, state, luck, index)
    point, known = state.pending.popleft() if state.pending else ("", True)
    rated = them.treated(person, how, len(conduct.acts), len(conduct.care), luck)
    _well(state, rated if contact else 5.0, luck)
    return Day(
        index=index, date=today, contact=contact, kind=kind, inner=_inner(person, state, how, height),
        audience=where, rate=conduct.rate, acts=conduct.acts, care=conduct.care, treated=rated, wellbeing=state.wellbeing,
        raised=RAISED[conduct.acts[0]] if conduct.answer else "", answer=conduct.answer,
        acknowledges=them.acknowledges(person, how), equals=them.equals(how), free_to_say_no=them.free_to_say_no(how),
        promise=promise, outcomes=outcomes, turning_point=point, known=known, limit_event=limit_event, session=session,
    )  # fmt: skip


def _meet(home: _Home, luck: Luck, kind: str, where: str, how: Bearing) -> _Conduct:
    person, state = home.person, home.state
    rate = them.harm_rate(person, state, how, luck, watched=where != "alone")
    acts = _names(person, state, how, luck, them.count(rate, luck.acts))
    care = them.count(0.25 + 0.5 * how.respect + 0.35 * how.outward, luck.care) if not acts else 0
    answer = them.answer(person, how, luck) if partner.confronts(person, state, len(acts), luck) else ""
    them.admired(person, state, kind, luck)
    return _Conduct(rate, acts, tuple(sorted({pick(CARING, None, u) for u in luck.picks[:care]})), answer)


def _names(person: Person, state: State, how: Bearing, luck: Luck, number: int) -> tuple[str, ...]:
    taken = person.harm_taken * (1.0 - how.respect)
    share = taken / (taken + person.harm_defended * state.shame)
    return tuple(
        pick(TAKING, None, u / share) if u < share else pick(DEFENDING, None, (u - share) / (1.0 - share))
        for u in luck.picks[:number]
    )


def _session(course: Course, state: State, luck: Luck, today: date, index: int) -> str:
    if today.weekday() != SESSION_WEEKDAY:
        return ""
    due = course.in_therapy(index)
    came = due and luck.session < ATTENDS[course.therapy]
    state.attended += (float(came) - state.attended) / 4.0
    return ("attended" if came else "missed") if due else ""


def _mark_therapy(course: Course, state: State, index: int) -> None:
    if index == course.therapy_from:
        state.pending.append(("therapy_began", True))
    if index == course.therapy_until:
        state.pending.append(("therapy_ended", True))


def _well(state: State, rated: float, luck: Luck) -> None:
    goal = 1.8 + 0.7 * rated - 0.3 * state.wave
    state.wellbeing += 0.15 * (goal - state.wellbeing) + 0.4 * luck.wellbeing
    state.wellbeing = max(0.0, min(10.0, state.wellbeing))


def _inner(person: Person, state: State, how: Bearing, height: float) -> Inner:
    return Inner(
        stress=state.stress + state.wave, shame=height, fragility=person.fragility * state.fragility,
        respect=how.respect, effort=how.effort, restraint=how.held, alarm=state.alarm, closeness=state.closeness,
        limit=state.limit,
    )  # fmt: skip
