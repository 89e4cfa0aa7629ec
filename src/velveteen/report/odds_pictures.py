"""Twenty dots, and the odds as the record grew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from velveteen.judge.verdict import ACCOUNTS, TO_PEOPLE
from velveteen.measure.weeks import monday
from velveteen.report.odds import DOTS, LEFT_OPEN, said
from velveteen.report.svg import LETTER, Spec, specification
from velveteen.report.tokens import DASHES, SENTINELS

_STEP = 18  # units from dot to dot
_ROW = 46  # units a row: a line of letters and a line of dots
_SHORT = {
    "same": "no change", "worse": "worse", "temporary": "for a while", "surface": "on the outside",
    "conditional": "while limits stand", "lasting": "broad, holds so far", "none_of_these": "no shape we know",
}  # fmt: skip


def dots_spec(dots: Mapping[str, int]) -> Spec:
    """One row of dots an account, most first; accounts without a dot are left to the sentence."""
    ordered = sorted((a for a in dots if dots[a]), key=lambda a: -dots[a])
    names = {**TO_PEOPLE, LEFT_OPEN: "left open"}
    labels = [{"y": i * _ROW + 10, "t": f"{dots[a]}  {names[a]}"} for i, a in enumerate(ordered)]
    layers: list[Spec] = [_text(labels)]
    layers += [_dot_row(account, dots[account], i) for i, account in enumerate(ordered)]
    return specification(height=_ROW * len(ordered) - 6, layer=layers)


def _text(rows: list[dict[str, Any]]) -> Spec:
    mark = {
        "type": "text",
        "align": "left",
        "baseline": "middle",
        "fontSize": LETTER + 1,
        "color": SENTINELS["ink"],
    }
    return {
        "data": {"values": rows},
        "mark": {**mark, "x": 0},
        "encoding": {
            "text": {"field": "t"},
            "y": {"field": "y", "type": "quantitative", "scale": None, "axis": None},
        },
    }


def _dot_row(account: str, number: int, row: int) -> Spec:
    open_ = account in {LEFT_OPEN, "none_of_these"}
    colour = SENTINELS.get(account, SENTINELS["muted"])
    look: Spec = (
        {"fill": "transparent", "stroke": colour, "strokeWidth": 1.5, "strokeDash": [2, 2]} if open_ else {}
    )
    values = [{"x": 8 + n * _STEP, "y": row * _ROW + 30} for n in range(number)]
    return {
        "data": {"values": values},
        "mark": {
            "type": "point",
            "shape": "circle",
            "size": 150,
            "filled": True,
            "opacity": 1,
            "color": colour,
            **look,
        },
        "encoding": {
            "x": {"field": "x", "type": "quantitative", "scale": None, "axis": None},
            "y": {"field": "y", "type": "quantitative", "scale": None, "axis": None},
        },
    }


def growth_spec(growth: Sequence[tuple[int, dict[str, float]]]) -> Spec:
    """Neutral odds as numbers of 20 against the weeks of the record, each account with its own dash and its label."""
    rows = [
        {"x": f"{monday(week).isoformat()}T00:00:00", "y": DOTS * said(a, odds.get(a, 0.0)), "a": a}
        for week, odds in growth
        for a in ACCOUNTS
    ]
    x = {"field": "x", "type": "temporal", "title": None,
         "axis": {"format": "%b %Y", "tickCount": 3, "grid": False, "labelFlush": True}}  # fmt: skip
    y = {"field": "y", "type": "quantitative", "scale": {"domain": [0, DOTS]}, "title": None,
         "axis": {"values": [0, 5, 10, 15, 20]}}  # fmt: skip
    lines = [_line(a, rows, x, y) for a in ACCOUNTS]
    return specification(
        height=200,
        width=212,
        autosize={"type": "pad"},
        padding={"left": 2, "right": 26, "top": 4, "bottom": 4},  # the page's letters may be wider than those measured
        title={"text": f"of {DOTS} records", "offset": 8}, layer=[*lines, *_ends(growth[-1][1], str(rows[-1]["x"]))],
    )  # fmt: skip


def _line(account: str, rows: list[dict[str, Any]], x: Spec, y: Spec) -> Spec:
    mark = {
        "type": "line", "color": SENTINELS[account], "strokeWidth": 2, "strokeDash": DASHES[account], "strokeCap": "butt",
    }  # fmt: skip
    return {
        "data": {"values": [r for r in rows if r["a"] == account]},
        "mark": mark,
        "encoding": {"x": x, "y": y},
    }


def _ends(odds: Mapping[str, float], last: str) -> list[Spec]:
    """Each account's name at its line's end, moved apart where they would touch."""
    gap = 1.75  # of twenty: one line of letters
    ordered = sorted(ACCOUNTS, key=lambda a: said(a, odds.get(a, 0.0)))
    heights: list[float] = []
    for account in ordered:
        wanted = DOTS * said(account, odds.get(account, 0.0))
        heights.append(max(wanted, heights[-1] + gap) if heights else wanted)
    return [
        {
            "data": {"values": [{"x": last, "y": height}]},
            "mark": {"type": "text", "align": "left", "dx": 6, "fontSize": LETTER - 1, "color": SENTINELS[account],
                     "text": _SHORT[account]},
            "encoding": {"x": {"field": "x", "type": "temporal"}, "y": {"field": "y", "type": "quantitative"}},
        }
        for account, height in zip(ordered, heights, strict=True)
    ]  # fmt: skip
