"""One channel over the weeks: marks, bands, turning points, and the weeks nobody wrote about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from textwrap import wrap
from typing import Any

from velveteen.judge.verdict import Trajectory
from velveteen.measure.cells import TurningPoint
from velveteen.measure.channels import Channel
from velveteen.measure.weeks import monday
from velveteen.report.series import Mark, Run, gaps, step
from velveteen.report.svg import LETTER, WIDTH, Spec, specification
from velveteen.report.tokens import SENTINELS

HEIGHT = 190
WILD = 2.5  # counts this many times what holds nine in ten are drawn at the edge
SHORT = {
    "loss_threatened": "threat to leave", "left": "left", "returned": "came back", "therapy_began": "therapy began",
    "therapy_ended": "therapy ended", "medication": "medication",
}  # fmt: skip
_ROW = LETTER + 5
_LETTER_WIDTH = 0.56 * LETTER  # of an ordinary sans at this size, on the wide side
_PLOT = WIDTH - 40  # units that the axis's letters leave, about
_SHAPES = {"calm": "circle", "hard": "circle", "not told": "cross"}


@dataclass(frozen=True, slots=True)
class Scene:
    """What one picture is drawn from.

    Attributes:
        channel, marks: what is shown.
        trajectory: None where no band may be drawn.
        turning_points: those outside the written weeks are left out.
        written: runs of weeks of the whole record about which anything is written.
    """

    channel: Channel
    marks: Sequence[Mark]
    trajectory: Trajectory | None
    turning_points: Sequence[TurningPoint]
    written: Sequence[Run]


def top(scene: Scene) -> float:
    """Upper end of the axis: a rating's own, a round share that holds all, or all counts but the wildest."""
    if scene.channel.range:
        return scene.channel.range[1]
    values = sorted(m.value for m in scene.marks)
    inner = max(scene.trajectory.high50) if scene.trajectory else 0.0
    if scene.channel.family == "proportion":
        return next((share for share in (0.1, 0.2, 0.5) if share >= max(inner, *values, 0.0)), 1.0)
    most = values[int(0.92 * (len(values) - 1))]
    return 1.08 * max(values[-1] if values[-1] <= WILD * most else most, inner, 1.0)


def above(scene: Scene) -> int:
    """Marks that lie above the axis and are drawn at its upper edge."""
    return sum(m.value > top(scene) for m in scene.marks)


def trajectory_spec(scene: Scene) -> Spec:
    """The Vega-Lite specification, layer by layer from the ground up."""
    points = [p for p in scene.turning_points if p.kind != "boundary_held"]
    labels = _placed(points, scene)
    layers = [_ground(scene), *_bands(scene), *_gap_names(scene), *_hairlines(labels), *_mark_layers(scene)]
    return specification(
        height=HEIGHT, title={"text": wrap(scene.channel.unit, 48), "offset": 10}, layer=layers
    )


def _iso(week: int, *, end: bool = False) -> str:
    moment = monday(week) + timedelta(days=7 if end else 0)
    return f"{moment.isoformat()}T00:00:00"


def _x(scene: Scene, field: str = "x") -> Spec:
    written = scene.written
    domain = [_iso(written[0].first), _iso(written[-1].last, end=True)]
    axis = {"format": "%b %Y", "tickCount": 4, "grid": False, "labelFlush": True, "labelOverlap": True}
    return {
        "field": field,
        "type": "temporal",
        "scale": {"domain": domain, "nice": False},
        "axis": axis,
        "title": None,
    }


def _y(scene: Scene, field: str = "y") -> Spec:
    axis: Spec = {"tickCount": 4, "title": None}
    if scene.channel.family == "proportion":
        axis["format"] = ".0%"
    return {
        "field": field,
        "type": "quantitative",
        "scale": {"domain": [0, top(scene)], "nice": False},
        "axis": axis,
    }


def _ground(scene: Scene) -> Spec:
    values = [{"x": _iso(r.first), "x2": _iso(r.last, end=True)} for r in scene.written]
    return {
        "data": {"values": values},
        "mark": {"type": "rect", "color": SENTINELS["panel"]},
        "encoding": {"x": _x(scene), "x2": {"field": "x2"}},
    }


def _bands(scene: Scene) -> list[Spec]:
    if scene.trajectory is None:
        return []
    data = {"values": _band_rows(scene, scene.trajectory)}
    run = {"field": "run", "type": "nominal"}
    areas = [
        {
            "data": data,
            "mark": {"type": "area", "color": SENTINELS["accent"], "opacity": opacity},
            "encoding": {
                "x": _x(scene),
                "y": _y(scene, f"low{width}"),
                "y2": {"field": f"high{width}"},
                "detail": run,
            },
        }
        for width, opacity in ((90, 0.16), (50, 0.26))
    ]
    line = {
        "data": data,
        "mark": {"type": "line", "color": SENTINELS["accent"], "strokeWidth": 2},
        "encoding": {"x": _x(scene), "y": _y(scene), "detail": run},
    }
    return [*areas, line]


def _band_rows(scene: Scene, trajectory: Trajectory) -> list[dict[str, Any]]:
    """Rows of written weeks only, so that bands break where nothing was written; cut off at the axis's end."""
    position = {week: i for i, week in enumerate(trajectory.weeks)}
    limit = top(scene)
    names = {"y": "median", "low50": "low50", "high50": "high50", "low90": "low90", "high90": "high90"}
    rows = []
    for number, run in enumerate(scene.written):
        for week in (w for w in range(run.first, run.last + 1) if w in position):
            cut = {key: _cut(getattr(trajectory, name)[position[week]], limit) for key, name in names.items()}
            rows.append({"x": _middle(week), "run": number, **cut})
    return rows


def _cut(value: float, limit: float) -> float:
    return min(max(value, 0.0), limit)


def _middle(week: int, weeks: int = 1) -> str:
    """The middle of so many weeks from this one on."""
    return f"{(monday(week) + timedelta(days=3.5 * weeks)).isoformat()}T12:00:00"


def _mark_layers(scene: Scene) -> list[Spec]:
    rows = {
        kind: [_row(scene, m) for m in scene.marks if m.kind == kind] for kind in ("calm", "not told", "hard")
    }
    return [_mark_layer(scene, kind, found) for kind, found in rows.items() if found]


def _row(scene: Scene, mark: Mark) -> dict[str, Any]:
    """Marks that little stands behind are smaller."""
    limit, full = top(scene), max(m.weight for m in scene.marks)
    last = scene.written[-1].last
    weeks = min(step(scene.channel), last - mark.week + 1)
    size = 10 + 34 * (mark.weight / full) ** 0.5
    return {
        "x": _middle(mark.week, weeks),
        "y": min(mark.value, limit),
        "high": mark.value > limit,
        "size": size,
    }


def _mark_layer(scene: Scene, kind: str, rows: list[dict[str, Any]]) -> Spec:
    hollow = kind == "hard"
    mark: Spec = {"type": "point", "filled": not hollow, "opacity": 0.9 if hollow else 0.5}
    mark |= {"strokeWidth": 1.3, "stroke": SENTINELS["ink"]} if hollow else {"fill": SENTINELS["muted"]}
    shape = {"condition": {"test": "datum.high", "value": "triangle-up"}, "value": _SHAPES[kind]}
    size = {"field": "size", "type": "quantitative", "scale": None}
    return {
        "data": {"values": rows},
        "mark": mark,
        "encoding": {"x": _x(scene), "y": _y(scene), "shape": shape, "size": size},
    }


def _gap_names(scene: Scene) -> list[Spec]:
    """“not written” where the gap is wide enough for upright or turned letters; every gap is named in the text as well."""
    weeks = scene.written[-1].last - scene.written[0].first + 1
    unit = _PLOT / weeks
    rows = [
        {"x": _middle((g.first + g.last) // 2), "turned": g.weeks * unit < 11 * _LETTER_WIDTH}
        for g in gaps(scene.written)
        if g.weeks * unit >= LETTER
    ]
    return [
        {
            "data": {"values": [r for r in rows if r["turned"] is turned]},
            "mark": {
                "type": "text", "text": "not written", "fontSize": LETTER - 1, "angle": 270 if turned else 0,
                "color": SENTINELS["muted"],
            },
            "encoding": {"x": _x(scene), "y": {"value": HEIGHT / 2}},
        }
        for turned in (False, True)
        if any(r["turned"] is turned for r in rows)
    ]  # fmt: skip


def _placed(points: Sequence[TurningPoint], scene: Scene) -> list[dict[str, Any]]:
    """Labels of turning points in rows above the plot, the earliest highest, so that no hairline crosses a later label."""
    first, last = scene.written[0].first, scene.written[-1].last + 1
    placed: list[dict[str, Any]] = []
    for point in sorted((p for p in points if first <= p.week < last), key=lambda p: -p.week):
        text = SHORT.get(point.kind, point.kind.replace("_", " "))
        at = _PLOT * (point.week + 0.5 - first) / (last - first)
        width = len(text) * _LETTER_WIDTH + 8
        left = at + width > _PLOT
        start = at - width if left else at
        rows = [p["row"] for p in placed if p["start"] < start + width and p["end"] > start]
        spot = {"start": start, "end": start + width, "row": 1 + max(rows, default=-1)}
        placed.append({"x": _middle(point.week), "text": text, "left": left, **spot})
    return placed


def _hairlines(labels: list[dict[str, Any]]) -> list[Spec]:
    """All hairlines first, then the labels, each on a halo of the ground."""
    halo = {"stroke": SENTINELS["ground"], "strokeWidth": 5, "color": SENTINELS["ground"]}
    return [
        *[_hairline(label) for label in labels],
        *[_label(label, look) for look in (halo, {"color": SENTINELS["ink"]}) for label in labels],
    ]


def _height(label: dict[str, Any]) -> float:
    return float(-6 - _ROW * label["row"])


def _hairline(label: dict[str, Any]) -> Spec:
    rule = {
        "type": "rule",
        "color": SENTINELS["ink"],
        "strokeWidth": 1,
        "strokeDash": [2, 3],
        "opacity": 0.75,
    }
    x = {"field": "x", "type": "temporal"}
    y = {"y": {"value": _height(label) - LETTER}, "y2": {"value": HEIGHT}}
    return {"data": {"values": [{"x": label["x"]}]}, "mark": rule, "encoding": {"x": x, **y}}


def _label(label: dict[str, Any], look: Spec) -> Spec:
    text = {
        "type": "text", "align": "right" if label["left"] else "left", "baseline": "bottom", "fontSize": LETTER - 1,
        "dx": -3 if label["left"] else 3, "text": label["text"], **look,
    }  # fmt: skip
    x = {"field": "x", "type": "temporal"}
    return {
        "data": {"values": [{"x": label["x"]}]},
        "mark": text,
        "encoding": {"x": x, "y": {"value": _height(label) + 2}},
    }
