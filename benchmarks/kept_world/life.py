"""One household, day after day."""

from __future__ import annotations

from math import exp, log1p

from . import bargaining, quarrels
from .days import Day, Pair


def live(pair: Pair) -> list[Day]:
    """Every day of the record, in order; the promises stay with the pair."""
    return [_one_day(pair, t) for t in range(len(pair.weather.load))]


def _one_day(pair: Pair, t: int) -> Day:
    day = Day()
    pair.overnight(t)
    bargaining.turning_points(pair, day, t)
    bargaining.therapy(pair, day, t)
    day.contact = _contact(pair, t)
    if day.contact:
        _together(pair, day, t)
        bargaining.limits(pair, day, t)
    bargaining.promises(pair, day, t)
    _evening(pair, day, t)
    return day


def _contact(pair: Pair, t: int) -> bool:
    luck, holiday = pair.rng.random(), pair.weather.holiday[t]
    if t < pair.away_until:
        return bool(pair.gone and luck < 0.12)
    if not holiday and pair.rng.random() < pair.home.trips:
        pair.away_until = t + 1 + int(min(pair.rng.exponential(4), 40))
        return False
    if pair.home.lives_apart and not holiday:
        return bool(luck < (0.9 if t % 7 >= 5 else 0.3))
    return bool(luck < 0.985)


def _together(pair: Pair, day: Day, t: int) -> None:
    rng = pair.rng
    day.kind = quarrels.kind_of_day(pair, pair.weather.load[t])
    if quarrels.raises_it(pair):
        if not day.hard and rng.random() < 0.6:
            day.kind = "criticised"
        day.answer = quarrels.answer(pair, day, t)
        if day.answer in ("owned", "repaired"):
            pair.hurt *= 0.6
            pair.voice += 0.1
        elif day.answer in ("attacked", "controlled"):
            pair.voice -= 0.15
    quarrels.quarrel(pair, day, t)
    quarrels.petty(pair, day, t)
    if rng.random() < min(0.13 * exp(0.3 * pair.voice), 0.5):
        day.told = quarrels.heard(pair, day, t)


def _evening(pair: Pair, day: Day, t: int) -> None:
    """How the day was for the keeper. Taken as a person and free to say no are wider views, with some halo of the day."""
    home, course, load = pair.home, pair.course, pair.weather.load[t]
    noise = pair.rng.standard_normal(4)
    kind = course.kinder(t, day.kind) + 1.2 * pair.contrition * (day.severity == 0)
    kind += pair.weather.mood[t] - 0.25 * load - 0.5 * day.hard
    sore = 0.45 * log1p(pair.hurt)
    hurt = 1.3 * log1p(day.severity) + 0.35 * min(day.harms, 5) + sore
    day.treated = home.warmth + kind - hurt + 0.8 * noise[0]
    day.wellbeing = home.wellness + 0.35 * (day.treated - home.warmth) - 0.5 * load + 0.9 * noise[1]
    halo = 0.15 * (kind - sore) + 0.5 * pair.weather.openness[t]
    day.equals = home.equals + course.esteem(t, 2) + halo + 0.9 * noise[2]
    day.free = home.free + 0.7 * course.esteem(t, 3) + halo + 0.4 * pair.voice + 0.9 * noise[3]
