"""The partner as a reporter: which days are written, what is noticed, and how it is rated."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from velveteen.journal.entries import KINDS_OF_DAY
from velveteen.problems import BadInput

from .life import Day

Rng = np.random.Generator

_SHARES = ("days_written", "bad_weeks_unwritten", "good_weeks_unwritten", "strain_mislabel")
_HARMED_MISLABEL = 2.5  # how much likelier a kind of day is written wrongly after harm
_INERTIA = 0.6  # of writing, from day to day


@dataclass(frozen=True, slots=True)
class Knobs:
    """What makes the reporter worse; None leaves it as the household has it."""

    days_written: float | None = None  # share of days written, 0-1
    diligence_decay: float = (
        0.0  # decay of the writing a year: 1 leaves a share of 1/e after a year; at least 0
    )
    bad_weeks_unwritten: float = 0.0  # share of the worst third of weeks of which nothing is written, 0-1
    good_weeks_unwritten: float = 0.0  # share of the best third of weeks of which nothing is written, 0-1
    weekly_recall: bool = False  # one entry a week from memory instead of days and acts
    strain_mislabel: float | None = None  # share of kinds of day written wrongly, 0-1; likelier after harm
    yardstick_drift: float = (
        0.0  # points a year by which the same is rated higher, with fewer acts noticed; or below 0
    )

    def check(self) -> None:
        """Raise BadInput `knob_out_of_range` for a share outside 0 to 1, or a decay below 0."""
        for name in _SHARES:
            value = getattr(self, name)
            if value is not None and not 0 <= value <= 1:
                raise BadInput("knob_out_of_range", f"“{name}” is a share from 0 to 1; it is {value}.")
        if self.diligence_decay < 0:
            message = f"“diligence_decay” is a rate a year of at least 0; it is {self.diligence_decay}."
            raise BadInput("knob_out_of_range", message)


@dataclass(frozen=True, slots=True)
class Reporter:
    """One partner's ways of writing; probabilities and shares, 0-1, but for `shy`."""

    share: float  # of days written
    shy: (
        float  # what a day with harm adds to the normal deviate of writing; below 0 for those who then cannot
    )
    notices: float  # that an act is written
    backfills: float  # of the written days, written later from memory (Stone and others 2003)
    mislabels: float  # of kinds of day written wrongly, where there was no harm
    skips: float  # that a kind or a rating is left blank
    weekly: float  # that the week's inward ratings are written
    recalls: float = 0.25  # that something of an unwritten day is written all the same, where it is no act


def draw_reporter(rng: Rng, knobs: Knobs, harmed: float) -> Reporter:
    """A reporter of their own, and then what the knobs say; `harmed` is the share of days with harm."""
    share, shy = float(rng.beta(9, 2)), float(rng.normal(0, 0.3))
    notices, backfills = float(rng.beta(14, 2)), float(rng.beta(1, 6))
    mislabels, skips, weekly = float(rng.beta(1.5, 28)), float(rng.beta(1, 40)), float(rng.beta(8, 2))
    wrong = mislabels if knobs.strain_mislabel is None else knobs.strain_mislabel
    return Reporter(
        share if knobs.days_written is None else knobs.days_written, shy, notices, backfills,
        wrong / (1 + (_HARMED_MISLABEL - 1) * harmed), skips, weekly,
    )  # fmt: skip


def silent_weeks(days: list[Day], knobs: Knobs, rng: Rng) -> set[int]:
    """Weeks of which nothing is written, because they were among the worst or the best third of those lived."""
    weeks = len(days) // 7
    harm = np.array([sum(len(d.acts) for d in days[7 * w : 7 * w + 7]) for w in range(weeks)])
    rank = np.argsort(np.argsort(harm + rng.uniform(0, 0.5, weeks)))  # ties fall by chance
    u = rng.random(weeks)
    bad = (rank >= weeks - weeks // 3) & (u < knobs.bad_weeks_unwritten)
    good = (rank < weeks // 3) & (u < knobs.good_weeks_unwritten)
    return {int(week) for week in np.flatnonzero(bad | good)}


def written_days(days: list[Day], who: Reporter, knobs: Knobs, rng: Rng) -> np.ndarray:
    """Which days are written, shape (days,): gaps come in runs, and grow as diligence wanes."""
    silent = silent_weeks(days, knobs, rng)
    out, level = np.zeros(len(days), dtype=bool), rng.normal()
    for day, shock in zip(days, rng.normal(0, np.sqrt(1 - _INERTIA**2), len(days)), strict=True):
        level = _INERTIA * level + shock
        share = who.share * float(np.exp(-knobs.diligence_decay * day.index / 365))
        out[day.index] = level + who.shy * bool(day.acts) < _quantile(share)
    for week in silent:
        out[7 * week : 7 * week + 7] = False
    return out


def _quantile(share: float) -> float:
    if share <= 0:
        return -np.inf
    return np.inf if share >= 1 else NormalDist().inv_cdf(share)


def written_kind(day: Day, who: Reporter, rng: Rng) -> str | None:
    """The kind of day as written: at times left blank, at times wrong, and after harm rather wrong towards hard."""
    blank, u, v = rng.random(3)
    other = str(rng.choice([kind for kind in KINDS_OF_DAY if kind != day.kind]))
    if blank < who.skips:
        return None
    if u >= who.mislabels * (_HARMED_MISLABEL if day.acts else 1.0):
        return day.kind
    if day.acts and day.kind in ("calm", "stress") and v < 0.6:
        return "criticised" if v < 0.3 else "refused"
    return other


def rated(true: float, years: float, knobs: Knobs, rng: Rng) -> int:
    """A whole number from 0 to 10, with the reader's error and the drift of the yardstick."""
    return int(np.clip(np.rint(true + knobs.yardstick_drift * years + rng.normal(0, 0.4)), 0, 10))


def notices(who: Reporter, years: float, knobs: Knobs) -> float:
    """Probability that an act is written, with the drift of the yardstick."""
    logit = np.log(who.notices / (1 - who.notices)) - 0.35 * knobs.yardstick_drift * years
    return float(1 / (1 + np.exp(-logit)))
