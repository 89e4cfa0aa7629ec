"""Their half of the circle: exposure becomes shame, shame becomes acts and answers, effort holds some of it back."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from velveteen.circle.names import DEFENCES, pick

if TYPE_CHECKING:
    from velveteen.circle.course import Course
    from velveteen.circle.parameters import Person
    from velveteen.circle.state import Luck, State

MAX_ACTS = 9
"""Acts told apart in one day; beyond that nobody counts."""


@dataclass(frozen=True, slots=True)
class Bearing:
    """How they meet the day: effort, what it holds back, and how far the other is taken as an equal.

    Attributes:
        effort: 0 to 1.
        held: share of acts that effort holds back, 0 to 1.
        outward: effort that reaches manners and promises: effort times the part of the day within capacity, 0 to 1.
        respect: 0 to 1, with what a fright or a limit lends.
        listening: how far respect stands between its start (0) and its reach (1); below 0 when it has worsened.
        strain: shame as a multiple of the person's own shame per exposure.
    """

    effort: float
    held: float
    outward: float
    respect: float
    listening: float
    strain: float


def logistic(x: float) -> float:
    """1 / (1 + e^-x)."""
    return 1.0 / (1.0 + math.exp(-max(-40.0, min(40.0, x))))


def expose(person: Person, state: State, exposure: float) -> None:
    """Exposure becomes shame in proportion to fragility."""
    state.shame += person.fragility * state.fragility * math.exp(state.wander) * exposure


def exposure_of(person: Person, kind: str) -> float:
    """How exposed a day of that kind leaves them, in exposures."""
    return {
        "calm": person.exposure_calm, "stress": person.exposure_stress,
        "refused": person.exposure_refused, "criticised": person.exposure_criticised,
    }[kind]  # fmt: skip


def night(person: Person, course: Course, state: State, luck: Luck, day: int) -> None:
    """What a night does: stocks decay, fragility and respect move a little, life goes on."""
    state.shame *= 0.5 ** (1.0 / person.shame_half_life)
    state.alarm *= 0.5 ** (1.0 / state.alarm_days)
    keep = 0.5 ** (1.0 / person.stress_half_life)
    slow = 0.5 ** (1.0 / person.wave_half_life)
    state.stress = keep * state.stress + math.sqrt(1 - keep**2) * luck.stress
    state.wave = slow * state.wave + math.sqrt(1 - slow**2) * person.wave_size * luck.wave
    state.wander = slow * state.wander + math.sqrt(1 - slow**2) * person.fragility_wander * luck.wander
    _change(person, course, state, day)


def _change(person: Person, course: Course, state: State, day: int) -> None:
    """The only place where an account moves what lasts."""
    if course.begun(day) and course.account in ("lasting", "worse"):
        pace = course.fragility_pace(person, state.attended)
        state.fragility += pace * (course.fragility_goal(person) - state.fragility)
    state.respect += (_respect_goal(person, state) - state.respect) / (7.0 * person.respect_lag)


def _respect_goal(person: Person, state: State) -> float:
    if state.fragility > 1.0:
        return person.respect / state.fragility
    return person.respect + (person.respect_reach - person.respect) * (1.0 - state.fragility)


def bearing(person: Person, course: Course, state: State, day: int) -> Bearing:
    """How they meet this day, given its shame."""
    limit_felt = state.limit and course.account == "conditional"
    fright = state.alarm * (person.pulse_effort if state.felt else person.alarm_effort)
    backed = max(state.alarm if state.felt else 0.0, 1.0 if limit_felt else 0.0)
    effort = 1.0 - (1.0 - fright) * (1.0 - person.limit_effort * limit_felt) * (
        1.0 - course.standing_effort(person, day)
    )
    strain = state.shame / person.fragility
    capacity = person.capacity * (1.0 + person.pulse_capacity * backed)
    within = logistic((capacity - strain) / person.capacity_width)
    lent = max(person.contrition * state.alarm * state.felt, person.limit_listening * limit_felt)
    respect = state.respect + max(0.0, person.respect_reach - state.respect) * lent
    room = max(0.05, person.respect_reach - person.respect)
    return Bearing(
        effort=effort, held=person.restraint * effort * within, outward=effort * within, respect=respect,
        listening=(respect - person.respect) / room, strain=strain,
    )  # fmt: skip


def harm_rate(person: Person, state: State, how: Bearing, luck: Luck, *, watched: bool) -> float:
    """Expected harmful acts of a contact day: what is taken, and what is defended; less what is held back.

    Opportunity falls with the eyes of others and with a limit that stands.
    """
    drive = person.harm_taken * (1.0 - how.respect) + person.harm_defended * state.shame
    temper = math.exp(person.harm_stress * (state.stress + state.wave) + person.day_luck * luck.day)
    opportunity = (1.0 - person.audience_restraint * watched) * (1.0 - person.limit_closes * state.limit)
    return drive * temper * opportunity * (1.0 - how.held)


def count(rate: float, u: float) -> int:
    """A Poisson count at quantile u, at most MAX_ACTS."""
    term = total = math.exp(-rate)
    number = 0
    while u > total and number < MAX_ACTS:
        number += 1
        term *= rate / number
        total += term
    return number


def admired(person: Person, state: State, kind: str, luck: Luck) -> bool:
    """Whether admiration came that day; it takes shame away. It comes on calm days, and from those who are close."""
    came = kind == "calm" and luck.admiration < 0.15 + 0.3 * state.closeness
    if came:
        state.shame *= 1.0 - person.admiration_relief
    return came


def answer(person: Person, how: Bearing, luck: Luck) -> str:
    """The answer to a confrontation. Shame bars owning, respect opens it; effort alone brings words and gestures."""
    if luck.owns < logistic(person.owning + 2.4 * how.listening - 0.4 * how.strain):
        return "owned" if luck.answer < 0.6 else "repaired"
    if luck.answer < 0.12 + 0.55 * how.outward:
        return "words_only" if luck.picks[9] < 0.65 else "gesture"
    weights = [calm + how.strain * shamed for _, calm, shamed in DEFENCES]
    return pick([name for name, _, _ in DEFENCES], weights, luck.picks[10])


def acknowledges(person: Person, how: Bearing) -> float:
    """The chance that a feeling told is taken in, 0 to 1."""
    return logistic(person.acknowledging + 2.2 * how.listening - 0.3 * how.strain)


def equals(how: Bearing) -> float:
    """How far the partner is taken as a person, 0 to 10."""
    return max(0.0, min(10.0, 1.2 + 8.2 * how.respect))


def free_to_say_no(how: Bearing) -> float:
    """How free the partner is to say no, 0 to 10: respect, less the shame in the room."""
    return max(0.0, min(10.0, 2.2 + 7.4 * how.respect - 0.7 * how.strain))


def treated(person: Person, how: Bearing, acts: int, care: int, luck: Luck) -> float:
    """How the partner is treated that day, 0 to 10: manners that effort can put on, respect, warmth; less acts and chill."""
    warmth = 3.0 * (how.respect - person.respect) + 1.5 * how.outward + 0.35 * care
    level = person.treated_level + warmth - 1.05 * min(acts, 4) - 0.4 * how.strain
    return max(0.0, min(10.0, level + person.treated_spread * luck.treated))
