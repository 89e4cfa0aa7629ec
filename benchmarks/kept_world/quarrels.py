"""How harm comes about on one day together: quarrels that escalate or are mended, and pettier acts beside them.

The hazard of a quarrel is proportional: log hazard = household + load + kind of day + tension - contrition + nearness of
loss + slow wave - change. A change also makes quarrels milder. A quarrel that is not mended smoulders overnight.
"""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from .changes import Course
from .days import Between, Day, LivedAct
from .households import DIRE, HEATED, OTHER_ANSWERS, PETTY, Household
from .weather import Weather

_CARE = {
    "calm": ("thanked_me", "helped_unasked", "listened", "asked_about_me", "asked_first"),
    "stress": ("helped_unasked", "comforted", "listened"),
    "refused": ("took_no", "listened"),
    "criticised": ("stayed_calm", "saw_both_sides"),
}


def kind_of_day(home: Household, between: Between, load: float, rng: Generator) -> str:
    """Refused, criticised, stress or calm: whichever it was first of all."""
    if rng.random() < min(home.says_no * np.exp(0.5 * between.voice), 0.6):
        return "refused"
    if rng.random() < min(home.criticised * np.exp(0.3 * load), 0.4):
        return "criticised"
    return "stress" if rng.random() < _share(1.3 * load - 1.3) else "calm"


def raises_it(home: Household, between: Between, rng: Generator) -> bool:
    """Whether she raises what hurts: more when it is fresh, less when it has not been safe."""
    return bool(rng.random() < 0.25 * _share(home.voice + between.voice) * (0.2 + np.log1p(between.hurt)))


def answer(
    home: Household, weather: Weather, course: Course, between: Between, day: Day, t: int, rng: Generator
) -> str:
    """How they answer what was raised; what they are inwardly, contrition and the heat of the day decide."""
    inward = (
        course.inner_at(t) * course.shape.inward * course.shape.blind[0] * (0.5 + 0.5 * course.hold(day.kind))
    )
    logit = home.owning + inward + weather.openness[t] + 0.6 * between.contrition - 0.3 * weather.load[t]
    if rng.random() < _share(logit - 0.4 * (day.kind == "criticised")):
        return "repaired" if rng.random() < 0.35 else "owned"
    return str(rng.choice(OTHER_ANSWERS, p=home.answers))


def quarrel(
    home: Household, weather: Weather, course: Course, between: Between, day: Day, t: int, rng: Generator
) -> None:
    """The day's quarrel, if there is one, and what it leaves behind."""
    height = course.outer_at(t) * course.hold(day.kind)
    heat = _heat(home, weather, between, day, t) - course.shape.conduct * height
    fresh = rng.random() < 1 - np.exp(-min(home.quarrel * np.exp(heat), 3))
    if not fresh and between.smouldering == 0:
        between.good_days += 1
        return
    spread = 0.5 * rng.standard_t(6) if fresh else 0.0
    milder = 0.25 * course.shape.conduct * height
    severity = (
        float(np.clip(np.exp(home.severity + spread - milder), 0.2, 12))
        if fresh
        else 0.6 * between.smouldering
    )
    day.severity = severity
    day.acts += _quarrel_acts(home, severity, rng)
    mended = rng.random() < _share(home.mending + course.inner_at(t) * course.shape.inward - 0.25 * severity)
    between.smouldering = 0.0 if mended or rng.random() > severity / (severity + 2.5) else severity
    between.contrition = max(between.contrition, home.cyclic * rng.uniform(0.4, 1), 0.5 * mended)
    between.tension *= 0.2
    between.hurt += severity * (0.5 if mended else 1.0)
    between.grievance += 0.25 * severity * (0.5 if mended else 1.0)
    between.voice -= 0.12 * severity if day.kind == "refused" else 0.04 * severity
    between.good_days = 0


def petty(
    home: Household, weather: Weather, course: Course, between: Between, day: Day, t: int, rng: Generator
) -> None:
    """Harm outside quarrels, and kindness. They have no wave of hurt, only wear."""
    height = course.outer_at(t) * course.hold(day.kind)
    hard = 0.5 * (
        home.refused if day.kind == "refused" else home.criticised_heat * (day.kind == "criticised")
    )
    rate = home.petty * np.exp(np.clip(hard + weather.heat[t] - 0.9 * course.shape.conduct * height, -5, 3))
    names = rng.choice(PETTY, size=min(rng.poisson(rate), 6), p=home.petty_kinds)
    day.acts += [LivedAct(str(name), 1) for name in names]
    between.grievance += 0.08 * len(names)
    kind_rate = (
        0.12
        + 0.05 * max(home.warmth - 5, 0)
        + 0.1 * max(course.shape.regard * height, 0)
        + 0.3 * between.contrition
    )
    if not day.severity and rng.random() < kind_rate:
        day.acts.append(LivedAct(str(rng.choice(_CARE[day.kind])), 1, harm=False))
        between.voice += 0.15 if day.kind == "refused" else 0.02


def _heat(home: Household, weather: Weather, between: Between, day: Day, t: int) -> float:
    of_day = {
        "calm": 0.0,
        "stress": home.stressed,
        "refused": home.refused,
        "criticised": home.criticised_heat,
    }
    provoked = 0.8 * (day.answer in ("attacked", "controlled"))
    return float(
        home.load * weather.load[t] + weather.heat[t] + of_day[day.kind] + provoked + home.cyclic * between.tension
        - 1.2 * between.contrition + home.under_threat * between.threat
    )  # fmt: skip


def _quarrel_acts(home: Household, severity: float, rng: Generator) -> list[LivedAct]:
    count = 1 + min(rng.poisson(0.55 * severity), 7)
    dire = rng.random(count) < 0.12 * severity / (severity + 2)
    weight = 1 + int(severity > 1.5) + int(severity > 4)
    heated, worst = rng.choice(HEATED, count, p=home.heat), rng.choice(DIRE, count, p=home.dire)
    return [
        LivedAct(str(worst[i] if dire[i] else heated[i]), min(weight + int(dire[i]), 3)) for i in range(count)
    ]


def _share(logit: float) -> float:
    return float(1 / (1 + np.exp(-logit)))
