"""Last times as a row of bars, shortest to longest, each with its date and its end."""

from __future__ import annotations

from collections.abc import Sequence

from velveteen.report.last_times import Lull
from velveteen.report.phrases import count, short_day
from velveteen.report.svg import LETTER, WIDTH, Spec, specification
from velveteen.report.tokens import SENTINELS

AT_MOST = 20  # bars; the table holds them all
_ROW = 40


def newest(lulls: Sequence[Lull]) -> list[Lull]:
    """The newest of them, still shortest first."""
    kept = sorted(lulls, key=lambda lull: lull.start)[-AT_MOST:]
    return sorted(kept, key=lambda lull: (lull.days, lull.start))


def last_times_spec(lulls: Sequence[Lull]) -> Spec:
    """The Vega-Lite specification; a dashed hollow bar has no end yet."""
    longest = max(1, *(lull.days for lull in lulls))
    layers = [_bars(lulls, longest, ended=True), _bars(lulls, longest, ended=False), *_texts(lulls)]
    return specification(
        height=_ROW * len(lulls), layer=[layer for layer in layers if layer["data"]["values"]]
    )


def _bars(lulls: Sequence[Lull], longest: int, *, ended: bool) -> Spec:
    values = [
        {"x": 0, "x2": max(2.0, (WIDTH - 8) * lull.days / longest), "y": i * _ROW + 24, "y2": i * _ROW + 33}
        for i, lull in enumerate(lulls)
        if (lull.end is not None) is ended
    ]
    look = {"color": SENTINELS["accent"]} if ended else {
        "fill": "transparent", "stroke": SENTINELS["accent"], "strokeWidth": 1.5, "strokeDash": [4, 3],
    }  # fmt: skip
    axes = {f: {"field": f, "type": "quantitative", "scale": None, "axis": None} for f in ("x", "y")}
    ends = {f: {"field": f} for f in ("x2", "y2")}
    return {"data": {"values": values}, "mark": {"type": "rect", **look}, "encoding": {**axes, **ends}}


def _texts(lulls: Sequence[Lull]) -> list[Spec]:
    left = [{"y": i * _ROW + 13, "t": f"{short_day(u.start)} · {u.kinds[0]}"} for i, u in enumerate(lulls)]
    right = [{"y": i * _ROW + 13, "t": _ending(u)} for i, u in enumerate(lulls)]
    return [_text(left, "left", 0, "ink"), _text(right, "right", WIDTH - 8, "muted")]


def _ending(lull: Lull) -> str:
    days = count(lull.days, "day")
    if lull.end is None:
        return f"{days} so far"
    return f"{days}, to {lull.end.day} {lull.end:%b}"


def _text(rows: list[dict[str, object]], align: str, x: int, token: str) -> Spec:
    mark = {
        "type": "text",
        "align": align,
        "baseline": "middle",
        "fontSize": LETTER,
        "color": SENTINELS[token],
        "x": x,
    }
    y = {"field": "y", "type": "quantitative", "scale": None, "axis": None}
    return {"data": {"values": rows}, "mark": mark, "encoding": {"y": y, "text": {"field": "t"}}}
