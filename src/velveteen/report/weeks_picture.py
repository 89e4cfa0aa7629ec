"""Weekly bars of a year, a row for each thing that is counted, with a line for what there may really have been."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from velveteen.measure.weeks import monday, week_of
from velveteen.report.message_weeks import Bar, Row
from velveteen.report.phrases import amount
from velveteen.report.svg import LETTER, WIDTH, Spec, specification
from velveteen.report.tokens import SENTINELS

_PITCH = 74  # units from one row to the next
_HIGH = 40  # units of the highest bar
_BASE = 64  # units from the top of a row to its ground
_SLOTS = 53
_SLOT = (WIDTH - 8) / _SLOTS
_MONTHS = "JFMAMJJASOND"


def weeks_spec(rows: Sequence[Row], year: int) -> Spec:
    """The Vega-Lite specification; each row has a scale of its own, whose highest bar its name tells."""
    first = week_of(date(year, 1, 4))  # the year's first week by ISO 8601
    bars, lines, ground, names = [], [], [], []
    for place, row in enumerate(rows):
        top = max([1e-9, *map(_high, row.bars)])
        base = place * _PITCH + _BASE
        names.append({"y": place * _PITCH + 10, "t": _name(row)})
        for bar in row.bars:
            left = (bar.week - first) * _SLOT
            ground.append({"x": left, "x2": left + _SLOT - 1.5, "y": base, "y2": base + 1.5})
            if bar.value:
                bars.append({**ground[-1], "y": base - _HIGH * bar.value / top, "y2": base})
            if bar.value and bar.there is not None:
                low, high = (
                    base - _HIGH * min(number, top) / top for number in (bar.there.low, bar.there.high)
                )
                lines.append({"x": left + (_SLOT - 1.5) / 2, "y": low, "y2": high})
    months = [
        {"x": _month(m, year, first), "y": len(rows) * _PITCH + 4, "t": _MONTHS[m - 1]} for m in range(1, 13)
    ]
    layers = [
        _marks(ground, {"type": "rect", "color": SENTINELS["hairline"]}, ("x", "y", "x2", "y2")),
        _marks(bars, {"type": "rect", "color": SENTINELS["accent"], "opacity": 0.55}, ("x", "y", "x2", "y2")),
        _marks(lines, {"type": "rule", "color": SENTINELS["ink"], "strokeWidth": 1.4}, ("x", "y", "y2")),
        _text(names, "ink"),
        _text(months, "muted"),
    ]
    height = len(rows) * _PITCH + 14
    return specification(height=height, layer=[layer for layer in layers if layer["data"]["values"]])


def _high(bar: Bar) -> float:
    return max(bar.value, bar.there.high) if bar.value and bar.there else bar.value


def _name(row: Row) -> str:
    most = max(bar.value for bar in row.bars)
    unit = " a week" if row.total else ""
    return f"{row.code.name} · up to {amount(most) if most < 1000 else f'{most:,.0f}'}{unit}"


def _month(number: int, year: int, first: int) -> float:
    return max(0.0, (date(year, number, 1) - monday(first)).days / 7 * _SLOT)


def _marks(values: list[dict[str, Any]], mark: Spec, fields: tuple[str, ...]) -> Spec:
    axes = {f: {"field": f, "type": "quantitative", "scale": None, "axis": None} for f in fields if f in "xy"}
    ends = {f: {"field": f} for f in fields if f not in "xy"}
    return {"data": {"values": values}, "mark": mark, "encoding": {**axes, **ends}}


def _text(values: list[dict[str, Any]], token: str) -> Spec:
    mark = {
        "type": "text", "align": "left", "baseline": "middle", "fontSize": LETTER, "color": SENTINELS[token],
    }  # fmt: skip
    rows = [{"x": 0, **value} for value in values]
    axes = {f: {"field": f, "type": "quantitative", "scale": None, "axis": None} for f in ("x", "y")}
    return {"data": {"values": rows}, "mark": mark, "encoding": {**axes, "text": {"field": "t"}}}
