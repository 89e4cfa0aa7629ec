"""The partner's half of the circle: harm costs closeness; limits, confrontations, threats, leaving, returning follow."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from velveteen.circle.course import Course
    from velveteen.circle.parameters import Person
    from velveteen.circle.state import Luck, State

ORDINARY_HARM = 0.75
"""Acts a contact day at which limits are set at their ordinary pace."""
REFRACTORY = 42
"""Days after a threat in which none follows: hope, or tiredness."""


def together(person: Person, state: State, luck: Luck) -> bool:
    """Whether the two have contact that day."""
    return state.away == 0 and luck.contact < person.contact_share


def kind_of_day(person: Person, state: State, luck: Luck) -> str:
    """What kind of day it is between the two, before any conduct of that day.

    Distance brings criticism, a standing limit brings refusals, waves of life bring stress.
    """
    criticised = person.criticised_days * (1.0 + 0.5 * (0.45 - state.closeness))
    refused = criticised + person.refused_days * (1.15 if state.limit else 1.0)
    stressed = refused + person.stressed_days * math.exp(0.35 * (state.stress + state.wave))
    if luck.kind < criticised:
        return "criticised"
    if luck.kind < refused:
        return "refused"
    return "stress" if luck.kind < stressed else "calm"


def place(luck: Luck) -> str:
    """Where the day is spent."""
    if luck.audience < 0.62:
        return "alone"
    return "family" if luck.audience < 0.86 else "public"


def feel(person: Person, state: State, acts: int, care: int, *, contact: bool) -> None:
    """Closeness after the day: harm costs it, quiet and care bring it back. Recent harm is remembered for two weeks."""
    state.closeness += person.closeness_recovery * (1.0 - state.closeness) * (1.0 + 0.3 * care)
    state.closeness = max(0.0, state.closeness - person.closeness_cost * acts)
    if contact:
        state.recent_harm += (acts - state.recent_harm) / 14.0


def confronts(person: Person, state: State, acts: int, luck: Luck) -> bool:
    """Whether the partner raises what happened that evening."""
    return acts > 0 and luck.confront < person.confronting * (1.15 if state.limit else 1.0)


def limit_event(person: Person, state: State, acts: int, luck: Luck) -> str:
    """What happens to a limit that day: stated after harm, tested, slipped, sooner after good weeks."""
    harm = state.recent_harm / ORDINARY_HARM
    if not state.limit:
        if luck.limit < person.limit_stated * min(2.0, harm):
            state.limit = True
            return "stated"
        return ""
    if luck.limit < person.limit_slips * max(0.6, 1.7 - harm):
        state.limit = False
        return "slipped"
    if acts and luck.limit_event < 0.1:
        return "crossed"
    if luck.limit_event < 0.45:
        return "held"
    return "invitation" if luck.limit_event < 0.49 else ""


def threatens(person: Person, course: Course, state: State, luck: Luck, day: int) -> None:
    """Loss: threatened when closeness is low, or coming from outside once; sometimes the partner leaves, and returns."""
    state.since_threat += 1
    if state.away:
        _return(state)
    low = person.threat_level - state.closeness
    outside = day == course.reckoning
    ready = state.since_threat > REFRACTORY and low > 0 and not state.away
    if outside or (ready and luck.threat < person.threat_hazard * (1.0 + 5.0 * low)):
        known = course.known or not outside
        state.pending.append(("loss_threatened", known))
        alarm(person, course, state, luck, day)
        if known and not outside and luck.leave < person.leaving:
            state.away = 3 + int(21 * luck.picks[11] ** 2)
            state.pending.append(("left", True))


def _return(state: State) -> None:
    state.away -= 1
    if state.away == 0:
        state.pending.append(("returned", True))
        state.closeness = max(state.closeness, 0.4)


def alarm(person: Person, course: Course, state: State, luck: Luck, day: int) -> None:
    """A loss frightens; whether that is a small fright or an effort for a while depends on the course."""
    state.since_threat, state.alarm = 0, 1.0
    state.felt = course.loss_is_felt(day)
    state.alarm_days = person.alarm_half_life
    if state.felt:
        first = day == course.reckoning
        state.alarm_days = 7.0 * (person.pulse_weeks if first else 3.0 * 20.0**luck.pulse)
    state.closeness = min(1.0, state.closeness + 0.12)
