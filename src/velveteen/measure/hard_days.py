"""Harm and care on hard days beside calm ones, lately and before; and how long no harm has been written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from velveteen.measure.rates import Rate, rate
from velveteen.measure.told import Told, ToldDay

LATELY = 26  # weeks


@dataclass(frozen=True, slots=True)
class KindOfDay:
    """Days of one kind in one stretch.

    Attributes:
        lately: whether in the last 26 weeks of the record, or before.
        hard: whether hard days, or calm ones.
        harm, care: acts on these days.
        harmed: days among them with a harmful act.
    """

    lately: bool
    hard: bool
    harm: Rate
    care: Rate
    harmed: int


@dataclass(frozen=True, slots=True)
class Held:
    """The time since the last harmful act.

    Attributes:
        since: its day; None where none is written.
        until: the last day on which what they did is known.
        known: days in between, to `until` included, on which what they did is known, without harm.
        hard: hard days among them.
        silent: days in between about which it is not known.
    """

    since: date | None
    until: date
    known: int
    hard: int
    silent: int


def kinds_of_day(told: Told) -> list[KindOfDay]:
    """Hard and calm days of the last 26 weeks, then of the time before; kinds without a day are left out."""
    asked = told.asked
    if not asked:
        return []
    border = asked[-1].date - timedelta(weeks=LATELY)
    stretches = [
        (True, [d for d in asked if d.date > border]),
        (False, [d for d in asked if d.date <= border]),
    ]
    return [
        _kind(lately, strain, chosen)
        for lately, days in stretches
        for strain in (1.0, 0.0)
        if (chosen := [d for d in days if d.strain == strain])
    ]


def _kind(lately: bool, strain: float, days: Sequence[ToldDay]) -> KindOfDay:
    dates = [d.date for d in days]
    harm, care = ([d.date for d in days for _ in range(n(d))] for n in (_harm, _care))
    return KindOfDay(
        lately, strain == 1.0, rate(harm, dates), rate(care, dates), sum(_harm(d) > 0 for d in days)
    )


def _harm(day: ToldDay) -> int:
    return day.harm or 0


def _care(day: ToldDay) -> int:
    return day.care or 0


def held(told: Told) -> Held | None:
    """The time since the last harmful act; None where on no day it is known what they did."""
    asked = told.asked
    if not asked:
        return None
    hurt = [d.date for d in asked if d.harm]
    since, until = (hurt[-1] if hurt else None), asked[-1].date
    quiet = [d for d in asked if since is None or d.date > since]
    first = since + timedelta(days=1) if since else asked[0].date
    hard = sum(d.strain == 1.0 for d in quiet)
    return Held(since, until, len(quiet), hard, (until - first).days + 1 - len(quiet))
