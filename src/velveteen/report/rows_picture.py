"""Rows of dots with their intervals: one filled and one hollow a row, under the row's name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from velveteen.measure.intervals import Range
from velveteen.report.svg import LETTER, Spec, specification
from velveteen.report.tokens import SENTINELS

_ROW = 48  # units: a line of letters and two lines of dots
_LINE = 13  # units from one line of dots to the next
_TOP = 26  # units for the key


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its name, and what is drawn filled and hollow; None draws nothing."""

    name: str
    filled: Range | None
    hollow: Range | None = None


def upto(rows: Sequence[Row]) -> Spec:
    """An axis from zero that holds every dot and all intervals but those wider than three times the farthest dot."""
    found = [r for row in rows for r in (row.filled, row.hollow) if r]
    farthest = max((r.value for r in found), default=0.0)
    end = max(min(max((r.high for r in found), default=0.0), 3 * farthest), 1.0)
    axis = {"tickCount": 5, "format": "~g", "title": None, "grid": True}
    return {"type": "quantitative", "scale": {"domain": [0, end], "nice": True, "clamp": True}, "axis": axis}


def in_hundred() -> Spec:
    """An axis from 0 to 100."""
    axis = {"values": [0, 25, 50, 75, 100], "title": None, "grid": True}
    return {"type": "quantitative", "scale": {"domain": [0, 100]}, "axis": axis}


def rows_spec(
    rows: Sequence[Row], unit: str, x: Spec, key: tuple[str, ...] = (), place: Callable[[float], Any] = float
) -> Spec:
    """The Vega-Lite specification.

    Args:
        rows: from top to bottom.
        unit: what the axis counts, in words.
        x: type, scale and axis of the horizontal place.
        key: names of the filled and the hollow dots; empty where there is one sort.
        place: turns a value into what stands on the axis.
    """
    top = _TOP if key else 0
    pitch = _ROW if any(row.hollow for row in rows) else _ROW - _LINE
    height = top + pitch * len(rows)
    names = [{"y": top + i * pitch + 10, "t": row.name} for i, row in enumerate(rows)]
    layers = [_text(names, 0, halo=True), _text(names, 0), *_key(key)]
    for hollow, offset in ((False, 24), (True, 24 + _LINE)):
        found = [
            (top + i * pitch + offset, row.hollow if hollow else row.filled) for i, row in enumerate(rows)
        ]
        layers += _intervals([(y, r) for y, r in found if r], x, place, hollow=hollow)
    return specification(height=height, title={"text": unit, "offset": 8}, layer=layers)


def _y(height: float | None = None) -> Spec:
    return {"value": height} if height is not None else {
        "field": "y", "type": "quantitative", "scale": None, "axis": None,
    }  # fmt: skip


def _text(rows: list[dict[str, Any]], x: int, *, halo: bool = False) -> Spec:
    """Letters; or a halo of the ground under them, so that no line of the grid runs through."""
    ground = SENTINELS["ground"]
    look: Spec = (
        {"color": ground, "stroke": ground, "strokeWidth": 5} if halo else {"color": SENTINELS["ink"]}
    )
    mark = {"type": "text", "align": "left", "baseline": "middle", "fontSize": LETTER, "x": x, **look}
    return {"data": {"values": rows}, "mark": mark, "encoding": {"y": _y(), "text": {"field": "t"}}}


def _key(key: Sequence[str]) -> list[Spec]:
    """Filled and hollow dots with their names, in one line above the rows."""
    layers, left = [], 0
    for name, hollow in zip(key, (False, True), strict=False):
        dot = {
            "data": {"values": [{}]},
            "mark": {**_dot(hollow=hollow), "x": left + 5},
            "encoding": {"y": _y(6)},
        }
        layers += [dot, _text([{"y": 6, "t": name}], left + 16)]
        left += 40 + int(0.56 * LETTER * len(name))
    return layers


def _dot(*, hollow: bool) -> Spec:
    look: Spec = {"fill": SENTINELS["ground"], "stroke": SENTINELS["ink"], "strokeWidth": 1.6} if hollow else {
        "fill": SENTINELS["accent"], "stroke": SENTINELS["accent"], "strokeWidth": 1.6,
    }  # fmt: skip
    return {"type": "point", "shape": "circle", "size": 62, "opacity": 1, **look}


def _intervals(
    found: list[tuple[float, Range]], x: Spec, place: Callable[[float], Any], *, hollow: bool
) -> list[Spec]:
    if not found:
        return []
    values = [{"y": y, "x": place(r.value), "low": place(r.low), "high": place(r.high)} for y, r in found]
    colour = SENTINELS["ink" if hollow else "accent"]
    line = {"type": "rule", "color": colour, "strokeWidth": 2, "strokeDash": [3, 2] if hollow else [1, 0]}
    ends = {"x": {"field": "low", **x}, "x2": {"field": "high"}, "y": _y()}
    dots = {"x": {"field": "x", **x}, "y": _y()}
    return [
        {"data": {"values": values}, "mark": line, "encoding": ends},
        {"data": {"values": values}, "mark": _dot(hollow=hollow), "encoding": dots},
    ]
