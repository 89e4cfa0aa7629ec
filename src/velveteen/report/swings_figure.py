"""Swings from warm to cold and back: how often, how far, how fast."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from velveteen.measure.intervals import Range
from velveteen.measure.rates import Rate
from velveteen.measure.swings import AT_LEAST, NEEDED, QUARTER, Swings, swings
from velveteen.measure.told import Told
from velveteen.report.figures import Figure, Table, to_come
from velveteen.report.phrases import amount, count, short_day, span
from velveteen.report.ranges import BRACKETS, LINES, bracket, cell, spoken, times_of
from velveteen.report.svg import Spec, picture, specification
from velveteen.report.tokens import SENTINELS

EMPTY = (
    "How often it turned from warm to cold and back will stand here, once some weeks of days in a row "
    "carry a word on how you were treated."
)
PER = 28  # days
WHAT = (
    "A turn needs two warm days in a row and, later, two cold ones, or the other way round. Warm and cold are measured "
    "against the mean of the three months around a day, so a slow change is no turn, and one that is not turned back "
    "within a quarter does not count. Days without a word are not bridged; days without contact are passed over."
)
HOW = f"{BRACKETS} (exact Poisson intervals, wider where turns come in bunches)."
_HEIGHT = 150


def swings_figure(told: Told) -> Figure:
    """Sentences, one mark a quarter of a year, and the table of quarters."""
    found = swings(told)
    if len(found.watched) < AT_LEAST:
        return to_come(EMPTY)
    first = _often(found)
    drawn = [(day, rate) for day, rate in found.quarters if rate.days >= NEEDED]
    svg = picture(_spec(drawn), first, "swings") if drawn else None
    sentences = (first, *_far(found), WHAT)
    return Figure("", sentences, svg, _table(found))


def _often(found: Swings) -> str:
    often = times_of(found.often.daily, PER)
    assert often is not None
    when = span(found.watched[0], found.watched[-1])
    cold = sum(s.cold for s in found.found)
    turns = count(len(found.found), "turn")
    split = f" ({cold} to cold, {len(found.found) - cold} to warm)" if found.found else ""
    rate = f"about {spoken(often, full=True)} in four weeks of days that could tell"
    return f"From {when}: {turns} between warm and cold{split}, {rate}."


def _far(found: Swings) -> list[str]:
    if found.far is None or found.fast is None:
        return []
    far, fast = found.far, found.fast
    days = "1 day" if fast.value == 1 else f"{amount(fast.value)} days"
    went = f"Half of them went {amount(far.value)} points of ten or more {bracket(far)}"
    return [f"{went}, and half took {days} or less {bracket(fast)}."]


def _spec(drawn: Sequence[tuple[date, Rate]]) -> Spec:
    values = [_row(day, times_of(rate.daily, PER)) for day, rate in drawn]
    top = max(1.0, *(v["high"] for v in values))
    x = {"field": "x", "type": "temporal", "title": None,
         "scale": {"domain": [_iso(drawn[0][0]), _iso(drawn[-1][0] + timedelta(days=QUARTER))], "nice": False},
         "axis": {"format": "%b %Y", "tickCount": 4, "grid": False, "labelBound": True, "labelOverlap": True}}  # fmt: skip
    y = {"type": "quantitative", "scale": {"domain": [0, top]}, "axis": {"tickCount": 4, "title": None}}
    data = {"values": values}
    rule = {"type": "rule", "color": SENTINELS["accent"], "strokeWidth": 2}
    dot = {"type": "point", "filled": True, "fill": SENTINELS["accent"], "size": 62, "opacity": 1}
    lines = {
        "data": data,
        "mark": rule,
        "encoding": {"x": x, "y": {"field": "low", **y}, "y2": {"field": "high"}},
    }
    dots = {"data": data, "mark": dot, "encoding": {"x": x, "y": {"field": "y", **y}}}
    return specification(
        height=_HEIGHT,
        title={"text": f"turns in four weeks; {LINES}", "offset": 8},
        layer=[lines, dots],
    )


def _row(day: date, found: Range | None) -> dict[str, Any]:
    assert found is not None
    return {
        "x": _iso(day + timedelta(days=QUARTER // 2)),
        "y": found.value,
        "low": found.low,
        "high": found.high,
    }


def _iso(day: date) -> str:
    return f"{day.isoformat()}T00:00:00"


def _table(found: Swings) -> Table:
    body = tuple(
        (short_day(day), str(rate.count), str(rate.days), cell(times_of(rate.daily, PER)))
        for day, rate in found.quarters
    )
    head = ("quarter from", "turns", "days that could tell", "in four weeks")
    return Table(
        f"Turns between warm and cold. {HOW} Quarters with fewer than {NEEDED} such days are only here.",
        head,
        body,
    )
