"""What the two trade: promises, limits, threats to leave, leaving and coming back, therapy. Each answers what has happened."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from .changes import Course
from .days import Between, Day, Promise
from .households import Household
from .weather import Weather

_AFTER_HARM = (
    "not to shout again",
    "to talk about it calmly",
    "to leave my things alone",
    "to stop the remarks",
)
_AFTER_THREAT = ("to get help", "to change for good", "to drink less", "to make it up to me")
_ORDINARY = (
    "to call the plumber",
    "to be home by seven",
    "to take the children",
    "to pay the bill",
    "to ask first",
)


def turning_points(
    home: Household, course: Course, between: Between, day: Day, t: int, rng: Generator
) -> None:
    """Those that come from outside, and those that grow out of the weeks before."""
    for kind in [kind for at, kind in course.forced if at == t]:
        _happens(kind, home, between, day, t, rng)
    if between.gone:
        if t >= between.away_until:
            between.gone = False
            day.points.append({"kind": "returned"})
            between.threat = 0.6
        return
    if rng.random() < min(home.leaving * np.exp(0.35 * min(between.grievance, 8)), 0.05) * (
        1 - between.threat
    ):
        goes = rng.random() < home.goes
        _happens("left" if goes else "loss_threatened", home, between, day, t, rng)
        between.grievance *= 0.6
    if not between.in_therapy and rng.random() < home.therapy + 0.004 * between.threat:
        _happens("therapy_began", home, between, day, t, rng)
    if rng.random() < 0.0002:
        day.points.append({"kind": "medication"})


def therapy(home: Household, course: Course, between: Between, day: Day, t: int, rng: Generator) -> None:
    """Sessions due on their weekday; most who came for another's sake do not stay."""
    if not between.in_therapy or t % 7 != between.session_day or t // 7 % between.every:
        return
    inward = course.inner_at(t) * course.shape.inward
    day.session = bool(rng.random() < 1 / (1 + np.exp(-1.5 - 0.5 * home.stays - 0.5 * inward)))
    if rng.random() < 0.045 * between.every * np.exp(-0.5 * home.stays - 0.5 * inward):
        between.in_therapy = False
        day.points.append(
            {"kind": "therapy_ended", "reason": str(rng.choice(["stopped going", "felt better", "cost"]))}
        )


def promises(
    home: Household, weather: Weather, course: Course, between: Between, day: Day, t: int, rng: Generator
) -> None:
    """Promises made today, and what comes of those due today; a quarrel or a threat brings more of them."""
    threatened = any(point["kind"] in ("loss_threatened", "left", "returned") for point in day.points)
    sources = (
        (0.6 * threatened, _AFTER_THREAT, 10, 40),
        (0.3 * (0.3 + between.contrition) * (day.severity > 0), _AFTER_HARM, 2, 21),
        (0.045, _ORDINARY, 1, 10),
    )
    for chance, words, low, high in sources:
        if rng.random() < chance:
            between.promises.append(Promise(t, t + int(rng.integers(low, high)), str(rng.choice(words))))
    for promise in between.promises:
        if promise.due == t:
            promise.outcome = _outcome(home, weather, course, t, rng)


def limits(home: Household, course: Course, between: Between, day: Day, t: int, rng: Generator) -> None:
    """Her limit: stated when it is too much, tested, held or let slip, soonest after good weeks or when she is worn out."""
    if rng.random() < home.invites * (1.5 if between.good_days > 7 else 0.5):
        day.limits.append("invitation")
        between.invited_until = t + 6 - t % 7
    if between.standing:
        _stands(home, between, day, rng)
    elif rng.random() < _stating(home, course, between, t):
        between.standing = True
        between.threat = max(between.threat, 0.4)
        day.limits.append("stated")
    day.standing = between.standing


def _happens(kind: str, home: Household, between: Between, day: Day, t: int, rng: Generator) -> None:
    if kind == "therapy_began":
        between.in_therapy = True
        between.session_day, between.every = int(rng.integers(0, 5)), int(rng.integers(1, 3))
        day.points.append(
            {"kind": kind, "idea": str(rng.choice(["mine", "theirs", "other"], p=[0.55, 0.35, 0.1]))}
        )
        return
    day.points.append({"kind": kind})
    if kind == "left":
        between.gone, between.away_until = True, t + 2 + int(min(rng.exponential(12), 70))
    if kind != "medication":
        between.threat = 1.0
        between.contrition = max(between.contrition, home.cyclic * 0.8)


def _outcome(home: Household, weather: Weather, course: Course, t: int, rng: Generator) -> str:
    logit = home.keeping + course.shape.promises * course.outer_at(t) - 0.4 * weather.load[t]
    if rng.random() < 1 / (1 + np.exp(-logit)):
        return "kept"
    return str(rng.choice(["partly", "broken", "withdrawn", "excused"], p=[0.2, 0.65, 0.07, 0.08]))


def _stating(home: Household, course: Course, between: Between, t: int) -> float:
    """Chance that she states a limit today. Where conduct will answer limits, they begin in earnest with the change."""
    rate = home.limits * (0.3 + 0.4 * min(between.grievance, 5)) * np.exp(0.3 * between.voice)
    if course.account != "conditional" or course.onset is None:
        return float(rate)
    if t == course.onset:
        return 1.0
    return float(0.2 * rate if t < course.onset else max(2 * rate, 0.02))


def _stands(home: Household, between: Between, day: Day, rng: Generator) -> None:
    tested = day.severity > 1.0 and rng.random() < 0.5
    if tested:
        day.limits.append("crossed")
    tired = (1 + 0.06 * min(between.good_days, 40)) / home.firmness
    if rng.random() < (0.3 if tested else 0.4 * tired):
        between.standing = False
        day.limits.append("slipped")
    elif tested:
        day.limits.append("held")
