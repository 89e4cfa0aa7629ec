"""What becomes of the household: each account as gains, day by day, by kind of day and inwardly.

A gain of 1 lowers the log rate of harmful bouts by 1 on days of that kind; other channels follow it by the household's own
sensitivities. Negative gains are for the worse. The words of learning theory stand beside each account.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from velveteen.journal.entries import KINDS_OF_DAY
from velveteen.problems import BadInput

Rng = np.random.Generator

ACCOUNTS = ("same", "worse", "temporary", "surface", "conditional", "lasting")
AFTER_TURNING_POINT = 0.2
REPEATED_AFTER_TURNING_POINT = 0.5
HALF_LIFE = 11.0  # weeks, median
BURST_ALONE, BURST_WITH_ALTERNATIVE = 0.36, 0.12  # Lerman and Iwata 1995
_CALM, _STRESS, _HARD = KINDS_OF_DAY.index("calm"), KINDS_OF_DAY.index("stress"), slice(2, 4)


@dataclass(slots=True)
class Course:
    """What becomes of one household. Days are counted from the first of the record."""

    account: str  # one of ACCOUNTS
    gains: np.ndarray  # shape (days, 4), by kind of day in the order of KINDS_OF_DAY
    inward: np.ndarray  # shape (days,)
    burst: np.ndarray  # shape (days,): log rate added for a while when what paid stops paying
    limit: np.ndarray  # shape (days,): whether a limit of the partner stands
    onsets: list[int] = field(default_factory=list)  # days on which a change (conditional: a limit) begins
    ends: list[int] = field(
        default_factory=list
    )  # half of a temporary change is gone; may lie beyond the record
    turning_points: list[tuple[int, str]] = field(default_factory=list)  # (day, kind) that a change follows
    size: float = 0.0  # full gain, in log rate
    ramp: float = 0.0  # weeks from the onset until nearly the full gain


def draw_course(account: str, weeks: int, rng: Rng, half_life: float | None = None) -> Course:
    """The course of one household over `weeks` weeks.

    Args:
        account: one of ACCOUNTS.
        weeks: length of the record, at least 4.
        rng: its own stream.
        half_life: median weeks after which half of a temporary change is gone; None: HALF_LIFE.

    Raises:
        BadInput: `unknown_account`, `too_few_weeks`.
    """
    if account not in ACCOUNTS:
        choices = ", ".join(ACCOUNTS)
        raise BadInput("unknown_account", f"“{account}” is no account of this world; use one of {choices}.")
    if weeks < 4:
        raise BadInput("too_few_weeks", f"A household is followed for at least 4 weeks; {weeks} was given.")
    days = 7 * weeks
    limit = _limit_spells(days, rng, always=account == "conditional")
    course = Course(account, np.zeros((days, 4)), np.zeros(days), np.zeros(days), limit)
    if account == "temporary":
        _temporary(course, rng, HALF_LIFE if half_life is None else half_life)
    elif account != "same":
        {"worse": _worse, "surface": _surface, "conditional": _conditional, "lasting": _lasting}[account](
            course, rng
        )
    return course


def _lasting(course: Course, rng: Rng) -> None:
    """A competing response is practised under every cue until it is habit; lapses are early and pass."""
    rise = _one_change(course, rng, median=0.9) * _lapses(len(course.inward), course.onsets[0], rng)
    course.gains += rise[:, None] * np.array([1.0, rng.uniform(0.7, 1.1), *rng.uniform(0.5, 1.1, 2)])
    later = int(rng.exponential(14)) if rng.random() < 0.5 else 0  # insight often follows conduct
    course.inward += _delayed(rise, later) * rng.uniform(0.5, 1.2)
    _burst(course, course.onsets[0], rng, BURST_WITH_ALTERNATIVE)


def _surface(course: Course, rng: Rng) -> None:
    """A discrimination is learned: the old response is held back where it would cost most, not where it is provoked."""
    rise = _one_change(course, rng, median=0.9)
    course.gains[:, _CALM] += rise
    course.gains[:, _STRESS] += rise * rng.uniform(0.3, 1.0)
    _burst(course, course.onsets[0], rng, BURST_WITH_ALTERNATIVE)


def _worse(course: Course, rng: Rng) -> None:
    """Shaping: what paid a little is tried harder, under every cue."""
    rise = _one_change(course, rng, median=0.65)
    course.gains -= rise[:, None] * np.array([1.0, rng.uniform(0.7, 1.2), *rng.uniform(0.6, 1.2, 2)])
    course.inward -= rise * rng.uniform(0.2, 1.0)


def _temporary(course: Course, rng: Rng, half_life: float) -> None:
    """Suppressed by a threat, not unlearned: it recovers as the threat fades, sometimes with a rebound, and may repeat."""
    days = len(course.inward)
    breadth = np.array([1.0, rng.uniform(0.7, 1.1), *rng.uniform(0.4, 1.1, 2)])
    inward = rng.uniform(0, 0.9)
    course.size, course.ramp = _size(rng, 1.0), float(rng.uniform(0.3, 5))
    onset = int(days * rng.uniform(0.08, 0.5))
    while onset < days - 14:
        half = max(14.0, 7 * half_life * min(float(np.exp(rng.normal(0, 0.75))), 4.0))
        width = half * (0.04 if rng.random() < 0.4 else rng.uniform(0.12, 0.3))
        t = np.arange(days) - onset
        held = _ramp(t, min(7 * course.ramp, half / 2)) / (1 + np.exp(np.clip((t - half) / width, -50, 50)))
        rebound = rng.uniform(0, 0.4) * np.where(t > half, np.exp(-np.maximum(t - half, 0) / 21), 0)
        course.gains += (course.size * held - rebound)[:, None] * breadth
        course.inward += course.size * held * inward
        _begin(course, onset, rng, REPEATED_AFTER_TURNING_POINT if course.onsets else AFTER_TURNING_POINT)
        course.ends.append(onset + int(half))
        onset += int(half + 3 * width + 7 * max(2.0, 12 * np.exp(rng.normal(0, 0.7))))


def _conditional(course: Course, rng: Rng) -> None:
    """Stimulus control: held back in the presence of the limit, back in its absence, with a small part that stays."""
    course.size, course.ramp = _size(rng, 1.0), float(rng.uniform(0.2, 1.5))
    stays = rng.uniform(0, 0.3) if rng.random() < 0.5 else 0.0
    held = _follow(course.limit, 7 * course.ramp, float(rng.uniform(2, 12)))
    ever = np.minimum(np.cumsum(course.limit) / 60, 1)
    gain = course.size * np.maximum(held, stays * ever)
    course.gains += gain[:, None] * np.array([1.0, rng.uniform(0.7, 1.1), *rng.uniform(0.5, 1.1, 2)])
    course.inward += gain * rng.uniform(0, 0.7)
    for day in np.flatnonzero(np.diff(course.limit.astype(int), prepend=0) == 1):
        _begin(course, int(day), rng, 0.0 if course.onsets else AFTER_TURNING_POINT)
    _burst(course, course.onsets[0], rng, BURST_ALONE)


def _one_change(course: Course, rng: Rng, median: float) -> np.ndarray:
    """A change that begins once: its gain day by day, shape (days,)."""
    days = len(course.inward)
    course.size, course.ramp = _size(rng, median), _sudden_or_slow(rng)
    onset = max(21, int(days * rng.uniform(0.1, 0.6)))
    _begin(course, onset, rng, AFTER_TURNING_POINT)
    t = np.arange(days) - onset
    shape = rng.choice(["practice", "ramp", "steps"], p=[0.5, 0.3, 0.2])
    rise = np.clip(t / (7 * course.ramp), 0, 1) if shape == "ramp" else _ramp(t, 7 * course.ramp)
    if shape == "steps":
        stairs = int(rng.integers(2, 5))
        rise = np.minimum(np.floor(rise * stairs + 0.5) / stairs, 1.0)
    return rise * course.size


def _begin(course: Course, onset: int, rng: Rng, linked: float) -> None:
    """Note an onset; some follow, within a month, a turning point that is on record."""
    course.onsets.append(onset)
    if rng.random() < linked:
        kinds, odds = ["loss_threatened", "left", "therapy_began", "medication"], [0.5, 0.15, 0.3, 0.05]
        kind = str(rng.choice(kinds, p=odds))
        course.turning_points.append((max(4, onset - int(rng.integers(1, 28))), kind))


def _ramp(t: np.ndarray, length: float) -> np.ndarray:
    """Practice curve: 1 - exp(-3 t / length), which stands at 95 % after `length` days (Lally and others 2010)."""
    curve: np.ndarray = 1 - np.exp(-3 * np.maximum(t, 0) / length)
    return curve


def _follow(on: np.ndarray, in_days: float, out_days: float) -> np.ndarray:
    """A cue's control: it comes within days of the cue, and wanes within days without it."""
    level, out = 0.0, np.empty(len(on))
    for day, stands in enumerate(on):
        level += (1 - level) * min(1, 2 / in_days) if stands else -level * min(1, 2 / out_days)
        out[day] = level
    return out


def _lapses(days: int, onset: int, rng: Rng) -> np.ndarray:
    """Share of the gain that holds: a few lapses after the onset, thinning out with time."""
    holds = np.ones(days)
    for _ in range(rng.poisson(2.0)):
        start = onset + int(rng.exponential(70))
        holds[start : start + int(rng.integers(2, 11))] = 1 - rng.uniform(0.3, 1.0)
    return holds


def _delayed(curve: np.ndarray, days: int) -> np.ndarray:
    return np.concatenate([np.zeros(days), curve])[: len(curve)]


def _burst(course: Course, onset: int, rng: Rng, share: float) -> None:
    if rng.random() < share:
        course.burst[onset : onset + int(rng.integers(4, 15))] = rng.uniform(0.3, 1.1)


def _limit_spells(days: int, rng: Rng, *, always: bool) -> np.ndarray:
    """Days on which a limit stands: none, or spells of a few weeks with weeks between them."""
    stands = np.zeros(days, dtype=bool)
    if not always and rng.random() < 0.5:
        return stands
    day, mean_on, mean_off = int(days * rng.uniform(0.06, 0.4)), rng.uniform(3, 9), rng.uniform(3, 9)
    while day < days:
        length = 7 * max(1, round(float(rng.gamma(2, mean_on / 2))))
        stands[day : day + length] = True
        day += length + 7 * max(1, round(float(rng.gamma(2, mean_off / 2))))
    return stands


def _size(rng: Rng, median: float) -> float:
    return float(np.clip(median * np.exp(rng.normal(0, 0.55)), 0.2, 3.0))


def _sudden_or_slow(rng: Rng) -> float:
    """Weeks: a quarter of changes come at once, the others over 18 days (Lally and others 2010) to most of a year."""
    if rng.random() < 0.25:
        return float(rng.uniform(0.2, 1.5))
    return float(np.exp(rng.uniform(np.log(18 / 7), np.log(42))))
