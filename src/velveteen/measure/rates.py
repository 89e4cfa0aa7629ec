"""Acts by day: how many on how many days, with an interval that allows for bunches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from velveteen.measure.intervals import Range, rate_range, share_range
from velveteen.measure.told import Told, ToldAct, ToldDay
from velveteen.measure.weeks import week_of


@dataclass(frozen=True, slots=True)
class Rate:
    """Events on so many days; `daily` is None where there are no days."""

    count: int
    days: int
    daily: Range | None


@dataclass(frozen=True, slots=True)
class Both:
    """Harm and care of one group of acts, over the same days; `kind` is the share of care among the acts, or None."""

    harm: Rate
    care: Rate
    kind: Range | None


def rate(events: Iterable[date], days: Iterable[date]) -> Rate:
    """Events a day, by the exact Poisson interval, widened by how the weeks differ (`rate_range`, `dispersion`)."""
    counts, exposure = Counter(map(week_of, events)), Counter(map(week_of, days))
    count, total = counts.total(), exposure.total()
    if not total:
        return Rate(count, 0, None)
    return Rate(count, total, rate_range(count, total, dispersion(counts, exposure)))


def dispersion(counts: Counter[int], exposure: Counter[int]) -> float:
    """Pearson's statistic of weekly counts over its degrees of freedom; 1 where there is too little to tell."""
    count, days = counts.total(), exposure.total()
    if not count or len(exposure) < 2:
        return 1.0
    expected = ((counts[week], count * n / days) for week, n in exposure.items())
    return sum((seen - mean) ** 2 / mean for seen, mean in expected) / (len(exposure) - 1)


def both(acts: Sequence[ToldAct], days: Sequence[ToldDay]) -> Both:
    """Harm and care among the acts, over the given days."""
    dates = [day.date for day in days]
    harm, care = ([a.date for a in acts if a.harm is wanted] for wanted in (True, False))
    return Both(rate(harm, dates), rate(care, dates), share_range(len(care), len(acts)))


def by_audience(told: Told) -> dict[str, Both]:
    """Acts by who was there, over all days on which what they did is known: how long who was there is not written.

    Groups are in the order of AUDIENCES, then "" for acts without one; a group without acts is left out.
    """
    return _grouped(
        told, [act.audience for act in told.acts], ("alone", "family", "public", "therapy", "messages")
    )


def by_toward(told: Told) -> dict[str, Both]:
    """Acts by whom they met, over all days on which what they did is known; "" for acts that do not say."""
    return _grouped(told, [act.toward for act in told.acts], ("me", "child", "pet", "other"))


def _grouped(told: Told, names: Sequence[str], known: tuple[str, ...]) -> dict[str, Both]:
    groups: dict[str, list[ToldAct]] = {name: [] for name in (*known, "")}
    for act, name in zip(told.acts, names, strict=True):
        groups[name if name in known else ""].append(act)
    return {name: both(acts, told.asked) for name, acts in groups.items() if acts}
