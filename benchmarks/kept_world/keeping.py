"""How a diary is kept: which days are written, what is noticed, how a scale is used, and what goes wrong with it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from .days import Day
from .households import Floats

KINDS = ("calm", "stress", "refused", "criticised")


@dataclass(frozen=True, slots=True)
class Knobs:
    """Ways in which the record is badly kept; off by default.

    Attributes:
        days_written: share of days written, (0, 1]; None: the household's own habit, about 0.85.
        diligence_decay: share of the writing that is lost by the end of the record, 0-1, evenly over time.
        bad_weeks_unwritten, good_weeks_unwritten: share of the worst, or best, quarter of weeks left wholly blank, 0-1.
        weekly_recall: one two-minute entry a week from memory instead of days and acts.
        strain_mislabel: share of days whose kind is written wrongly, 0-1; twice as often after harm as without.
        yardstick_drift: points by which the standard has risen at the end (ratings fall, and more is called harm); may be
            below 0 (getting used to it).
        half_life: weeks until half of a temporary change is gone; None: from two weeks to the better part of a year.
    """

    days_written: float | None = None
    diligence_decay: float = 0.0
    bad_weeks_unwritten: float = 0.0
    good_weeks_unwritten: float = 0.0
    weekly_recall: bool = False
    strain_mislabel: float = 0.0
    yardstick_drift: float = 0.0
    half_life: float | None = None


@dataclass(frozen=True, slots=True)
class Keeper:
    """Habits: share of days written, mean lapse in days, spread of the scale, and shares of what is noted or recalled."""

    share: float
    lapse: float
    scale: float
    skips: float
    notes_minor: float
    notes_week: float
    notes_limit: float
    recall: float


def draw_keeper(knobs: Knobs, rng: Generator) -> Keeper:
    """One keeper of a diary; most write most days."""
    own = min(float(rng.beta(9, 1.6)), 0.99)
    return Keeper(
        share=own if knobs.days_written is None else knobs.days_written,
        lapse=2 + rng.exponential(4), scale=rng.uniform(0.75, 1.25), skips=rng.beta(1, 25),
        notes_minor=rng.beta(12, 3), notes_week=rng.beta(8, 2), notes_limit=rng.beta(8, 2), recall=rng.uniform(0.5, 0.9),
    )  # fmt: skip


def written_days(days: list[Day], keeper: Keeper, knobs: Knobs, rng: Generator) -> np.ndarray:
    """Which days are written: lapses of several days, single gaps, severe days remembered, weeks left blank on purpose."""
    share = keeper.share * (1 - knobs.diligence_decay * np.arange(len(days)) / max(len(days) - 1, 1))
    written = np.ones(len(days), dtype=bool)
    luck = rng.random((3, len(days)))
    lapsed = False
    for t, day in enumerate(days):
        in_lapses = np.sqrt(share[t])  # half of what is missing, on the log scale, lies in lapses
        lapsed = luck[0, t] < (1 - 1 / keeper.lapse if lapsed else _enters(in_lapses, keeper.lapse))
        written[t] = not lapsed and luck[1, t] < in_lapses
        written[t] |= day.severity > 3 and luck[2, t] < 0.5 * share[t]
    return written & ~_blank_weeks(days, knobs, rng)


def kind_written(day: Day, knobs: Knobs, rng: Generator) -> str | None:
    """The kind of day as it is written; now and then it is left out."""
    blank, wrong, chance = (
        rng.random() < 0.03,
        rng.random(),
        knobs.strain_mislabel * (1.6 if day.harms else 0.8),
    )
    hindsight, turn = rng.random() < 0.6, int(rng.integers(1, 4))
    if wrong < chance:
        # What hurt must have had a cause: after harm a day is taken for one on which I said no.
        return (
            "refused"
            if day.harms and hindsight and day.kind != "refused"
            else KINDS[KINDS.index(day.kind) - turn]
        )
    return None if blank else day.kind


def rating(value: float, centre: float, keeper: Keeper, drift: float) -> int:
    """A whole number from 0 to 10, on the own spread of the scale, by the standard of the day."""
    return min(max(round(centre + keeper.scale * (value - centre) - drift), 0), 10)


def notices(weight: int, keeper: Keeper, drift: float, rng: Generator) -> bool:
    """Whether an act is written down on a written day; grave ones nearly always."""
    chance = keeper.notes_minor * (1 + 0.12 * drift) if weight == 1 else 0.95
    return bool(rng.random() < min(chance, 0.99))


def recalled(harms: list[int], keeper: Keeper, drift: float, rng: Generator) -> int:
    """Acts of a week from memory: some forgotten, now and then one of another week, large numbers rounded to fives."""
    told = sum(notices(weight, keeper, drift, rng) for weight in harms)
    count = int(rng.binomial(told, keeper.recall)) + int(rng.random() < 0.06)
    return count if count < 8 else 5 * round(count / 5)


def _enters(share: float, lapse: float) -> float:
    """Chance a day of a lapse beginning, so that lapses take 1 - share of the days."""
    return float(min((1 - share) / (max(share, 0.02) * lapse), 0.95))


def _blank_weeks(days: list[Day], knobs: Knobs, rng: Generator) -> np.ndarray:
    weeks = np.arange(len(days)) // 7
    felt: Floats = np.full(weeks[-1] + 1, np.nan)
    for week in range(len(felt)):
        together = [day.treated - 0.5 * day.harms for day in days[7 * week : 7 * week + 7] if day.contact]
        felt[week] = np.mean(together) if together else np.nan
    luck = rng.random((2, len(felt)))
    if np.isnan(felt).all():
        return np.zeros(len(days), dtype=bool)
    bad = (felt <= np.nanquantile(felt, 0.25)) & (luck[0] < knobs.bad_weeks_unwritten)
    good = (felt >= np.nanquantile(felt, 0.75)) & (luck[1] < knobs.good_weeks_unwritten)
    return (bad | good)[weeks]
