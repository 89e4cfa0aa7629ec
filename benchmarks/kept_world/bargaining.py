"""What the two trade: promises, limits, threats to leave, leaving and coming back, therapy. Each answers what went on."""

from __future__ import annotations

from math import exp

from .days import Day, Pair, Promise
from .quarrels import share

_AFTER_HARM = ("not to shout again", "to talk about it calmly", "to stop the remarks")
_AFTER_THREAT = ("to get help", "to change for good", "to drink less", "to make it up to me")
_ORDINARY = ("to call the plumber", "to be home by seven", "to take the children", "to pay the bill")
_OUTCOMES = ("partly", "broken", "withdrawn", "excused")


def turning_points(pair: Pair, day: Day, t: int) -> None:
    """Those that come from outside, and those that grow out of the weeks before."""
    home, rng = pair.home, pair.rng
    for kind in [kind for at, kind in pair.course.forced if at == t]:
        _happens(pair, kind, day, t)
    if pair.gone and t < pair.away_until:
        return
    if pair.gone:
        pair.gone, pair.threat = False, 0.6
        day.points.append({"kind": "returned"})
    had_enough = min(home.leaving * exp(0.35 * min(pair.grievance, 8)), 0.05) * (1 - pair.threat)
    if rng.random() < had_enough:
        _happens(pair, "left" if rng.random() < home.goes else "loss_threatened", day, t)
        pair.grievance *= 0.6
    if rng.random() < home.therapy + 0.004 * pair.threat:
        _happens(pair, "therapy_began", day, t)
    if rng.random() < 0.0002:
        _happens(pair, "medication", day, t)


def therapy(pair: Pair, day: Day, t: int) -> None:
    """Sessions due on their weekday; most who came for another's sake do not stay."""
    if not pair.in_therapy or t % 7 != pair.session_day or t // 7 % pair.every:
        return
    tenacity = 0.5 * pair.home.stays + 0.5 * pair.course.insight(t, 0, "calm")
    day.session = bool(pair.rng.random() < share(1.5 + tenacity))
    if pair.rng.random() < 0.045 * pair.every * exp(-tenacity):
        pair.in_therapy = False
        reason = str(pair.rng.choice(["stopped going", "felt better", "cost"]))
        day.points.append({"kind": "therapy_ended", "reason": reason})


def promises(pair: Pair, day: Day, t: int) -> None:
    """Promises made today, and what comes of those due today; a quarrel or a threat brings more of them."""
    rng = pair.rng
    threatened = any(point["kind"] in ("loss_threatened", "left", "returned") for point in day.points)
    sources = (
        (0.6 * threatened, _AFTER_THREAT, 10, 40),
        (0.3 * (0.3 + pair.contrition) * (day.severity > 0), _AFTER_HARM, 2, 21),
        (0.045, _ORDINARY, 1, 10),
    )
    for chance, words, low, high in sources:
        if rng.random() < chance:
            pair.promises.append(Promise(t, t + int(rng.integers(low, high)), str(rng.choice(words))))
    for promise in pair.promises:
        if promise.due == t:
            kept = share(pair.home.keeping + pair.course.reliable(t) - 0.4 * pair.weather.load[t])
            other = str(rng.choice(_OUTCOMES, p=[0.2, 0.65, 0.07, 0.08]))
            promise.outcome = "kept" if rng.random() < kept else other


def limits(pair: Pair, day: Day, t: int) -> None:
    """The keeper's limit: stated when it is too much, tested, held or let slip, soonest after good weeks."""
    if pair.rng.random() < pair.home.invites * (1.5 if pair.good_days > 7 else 0.5):
        day.limits.append("invitation")
        pair.invited_until = t + 6 - t % 7
    if pair.standing:
        _stands(pair, day)
    elif pair.rng.random() < _stating(pair, t):
        pair.standing = True
        pair.threat = max(pair.threat, 0.4)
        day.limits.append("stated")
    day.standing = pair.standing


def _happens(pair: Pair, kind: str, day: Day, t: int) -> None:
    rng = pair.rng
    if (kind == "left" and pair.gone) or (kind == "therapy_began" and pair.in_therapy):
        return
    day.points.append({"kind": kind})
    if kind == "therapy_began":
        day.points[-1]["idea"] = str(rng.choice(["mine", "theirs", "other"], p=[0.55, 0.35, 0.1]))
        pair.in_therapy, pair.session_day, pair.every = True, int(rng.integers(5)), int(rng.integers(1, 3))
    elif kind == "left":
        pair.gone, pair.away_until = True, t + 2 + int(min(rng.exponential(12), 70))
    if kind in ("left", "loss_threatened"):
        pair.threat = 1.0
        pair.contrition = max(pair.contrition, 0.8 * pair.home.cyclic)


def _stating(pair: Pair, t: int) -> float:
    """Chance of stating a limit today. Where conduct will answer limits, they begin in earnest with the change."""
    rate = pair.home.limits * (0.3 + 0.4 * min(pair.grievance, 5)) * exp(0.3 * pair.voice)
    onset = pair.course.onset
    if pair.course.account != "conditional" or onset is None:
        return float(rate)
    if t == onset:
        return 1.0
    return float(0.2 * rate if t < onset else max(2 * rate, 0.02))


def _stands(pair: Pair, day: Day) -> None:
    tested = day.severity > 1.0 and pair.rng.random() < 0.5
    worn = 0.4 * (1 + 0.06 * min(pair.good_days, 40)) / pair.home.firmness
    pair.standing = not pair.rng.random() < (0.3 if tested else worn)
    day.limits += ["crossed"] * tested
    if not pair.standing:
        day.limits.append("slipped")
    elif tested:
        day.limits.append("held")
