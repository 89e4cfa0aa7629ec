"""How harm comes about on one day together: quarrels that escalate or are mended, and pettier acts beside them.

The hazard of a quarrel is proportional: log hazard = household + load + kind of day + tension - contrition + nearness of
loss + slow wave - change. A change also makes quarrels milder. A quarrel that is not mended smoulders overnight.
"""

from __future__ import annotations

from math import exp, log1p

import numpy as np

from .days import Day, LivedAct, Pair
from .households import DIRE, HEATED, OTHER_ANSWERS, PETTY

_CARE = {
    "calm": ("thanked_me", "helped_unasked", "listened", "asked_about_me", "asked_first"),
    "stress": ("helped_unasked", "comforted", "listened"),
    "refused": ("took_no", "listened"),
    "criticised": ("stayed_calm", "saw_both_sides"),
}


def kind_of_day(pair: Pair, load: float) -> str:
    """Refused, criticised, stress or calm: whichever it was first of all."""
    home, rng = pair.home, pair.rng
    if rng.random() < min(home.says_no * exp(0.5 * pair.voice), 0.6):
        return "refused"
    if rng.random() < min(home.criticised * exp(0.3 * load), 0.4):
        return "criticised"
    return "stress" if rng.random() < share(1.3 * load - 1.3) else "calm"


def raises_it(pair: Pair) -> bool:
    """Whether the keeper raises what hurts: more when it is fresh, less when it has not been safe."""
    fresh = 0.2 + log1p(pair.hurt)
    return bool(pair.rng.random() < 0.25 * share(pair.home.voice + pair.voice) * fresh)


def answer(pair: Pair, day: Day, t: int) -> str:
    """How they answer what was raised; what they are inwardly, contrition and the heat of the day decide."""
    home, rng = pair.home, pair.rng
    logit = home.owning + pair.course.insight(t, 0, day.kind) + pair.weather.openness[t]
    logit += 0.6 * pair.contrition - 0.3 * pair.weather.load[t] - 0.4 * (day.kind == "criticised")
    if rng.random() < share(logit):
        return "repaired" if rng.random() < 0.35 else "owned"
    return str(rng.choice(OTHER_ANSWERS, p=home.answers))


def heard(pair: Pair, day: Day, t: int) -> bool:
    """Whether a feeling that was told is acknowledged."""
    logit = pair.home.hearing + pair.course.insight(t, 1, day.kind) + pair.weather.openness[t]
    logit -= 0.5 * log1p(day.severity) + 0.3 * pair.weather.load[t]
    return bool(pair.rng.random() < share(logit))


def quarrel(pair: Pair, day: Day, t: int) -> None:
    """The day's quarrel, if there is one, and what it leaves behind."""
    home, rng, milder = pair.home, pair.rng, pair.course.milder(t, day.kind)
    hazard = home.quarrel * exp(_heat(pair, day, t) - milder)
    if rng.random() < 1 - exp(-min(hazard, 3)):
        severity = exp(home.severity + 0.5 * rng.standard_t(6) - 0.25 * milder)
        day.severity = min(max(severity, 0.2), 12.0)
    else:
        day.severity = 0.6 * pair.smouldering
    if day.severity == 0:
        pair.good_days += 1
        return
    day.acts += _quarrel_acts(pair, day.severity)
    mended = rng.random() < share(home.mending + pair.course.insight(t, 0, "calm") - 0.25 * day.severity)
    _aftermath(pair, day, mended=mended)


def petty(pair: Pair, day: Day, t: int) -> None:
    """Harm outside quarrels, and kindness. They have no wave of hurt, only wear."""
    home, rng, course = pair.home, pair.rng, pair.course
    tried = {"refused": home.refused, "criticised": home.criticised_heat}.get(day.kind, 0.0)
    log_rate = 0.5 * tried + pair.weather.heat[t] - 0.9 * course.milder(t, day.kind)
    count = min(rng.poisson(home.petty * exp(min(log_rate, 3.0))), 6)
    names = rng.choice(PETTY, count, p=home.petty_kinds) if count else ()
    day.acts += [LivedAct(str(name), 1) for name in names]
    pair.grievance += 0.08 * count
    care = 0.12 + 0.05 * max(home.warmth - 5, 0) + 0.1 * max(course.kinder(t, day.kind), 0)
    if not day.severity and rng.random() < care + 0.3 * pair.contrition:
        day.acts.append(LivedAct(str(rng.choice(_CARE[day.kind])), 1, harm=False))
        pair.voice += 0.15 if day.kind == "refused" else 0.02


def share(logit: float) -> float:
    """The share that a logit stands for."""
    return 1 / (1 + exp(-logit))


def _heat(pair: Pair, day: Day, t: int) -> float:
    home = pair.home
    of_day = {"stress": home.stressed, "refused": home.refused, "criticised": home.criticised_heat}
    heat = home.load * pair.weather.load[t] + pair.weather.heat[t] + of_day.get(day.kind, 0.0)
    heat += home.cyclic * pair.tension - 1.2 * pair.contrition + home.under_threat * pair.threat
    return float(heat + 0.8 * (day.answer in ("attacked", "controlled")))


def _quarrel_acts(pair: Pair, severity: float) -> list[LivedAct]:
    rng = pair.rng
    count = 1 + min(rng.poisson(0.55 * severity), 7)
    dire = rng.random(count) < 0.12 * severity / (severity + 2)
    heated, worst = rng.choice(HEATED, count, p=pair.home.heat), rng.choice(DIRE, count, p=pair.home.dire)
    weight = 1 + int(severity > 1.5) + int(severity > 4)
    names = np.where(dire, worst, heated)
    return [LivedAct(str(names[i]), min(weight + int(dire[i]), 3)) for i in range(count)]


def _aftermath(pair: Pair, day: Day, *, mended: bool) -> None:
    left = 0.5 if mended else 1.0
    goes_on = not mended and pair.rng.random() < day.severity / (day.severity + 2.5)
    pair.smouldering = day.severity if goes_on else 0.0
    pair.contrition = max(pair.contrition, pair.home.cyclic * pair.rng.uniform(0.4, 1), 0.5 * mended)
    pair.tension *= 0.2
    pair.hurt += left * day.severity
    pair.grievance += 0.25 * left * day.severity
    pair.voice -= (0.12 if day.kind == "refused" else 0.04) * day.severity
    pair.good_days = 0
