"""Pictures of what was measured, as SVG files for docs/benchmarks.

    python benchmarks/figures.py [--real FILE.json] [--power FILE.json] [--calibration FILE.json] [--into docs/benchmarks]

Each takes what `real.py`, `power.py` and `calibration.py` wrote with `--out`. The look is that of the papers: no frame, pale
axes, every line named at its end and told by its dashes too.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import vl_convert

from velveteen.report.tokens import LIGHT

Spec = dict[str, Any]
WIDTH, HEIGHT, LETTER = 520, 300, 13
COLOURS = [LIGHT[name] for name in ("lasting", "surface", "conditional", "temporary", "same")]
DASHES = [[1, 0], [6, 3], [3, 3], [10, 3, 2, 3], [1, 4]]


def page(**parts: Any) -> Spec:
    """A specification with the common look."""
    axis = {
        "labelColor": LIGHT["muted"], "titleColor": LIGHT["muted"], "labelFontSize": LETTER, "titleFontSize": LETTER,
        "titleFontWeight": "normal", "domain": False, "gridColor": LIGHT["hairline"], "tickColor": LIGHT["hairline"],
    }  # fmt: skip
    header = {"labelColor": LIGHT["muted"], "labelFontSize": LETTER, "title": None}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json", "background": LIGHT["ground"], "padding": 12,
        "config": {"axis": axis, "header": header, "view": {"stroke": None}, "font": "sans-serif"}, **parts,
    }  # fmt: skip


def share_axis(field: str, title: str) -> Spec:
    """A share from 0 to 1 on one axis."""
    return {
        "field": field, "type": "quantitative", "scale": {"domain": [0, 1]},
        "axis": {"title": title, "format": ".0%", "tickCount": 5},
    }  # fmt: skip


def line_scales(names: Sequence[str]) -> Spec:
    """Colour and dashes of each named line, without a legend: names stand at their ends."""
    return {
        "color": {
            "field": "method", "type": "nominal", "legend": None,
            "scale": {"domain": list(names), "range": COLOURS[: len(names)]},
        },
        "strokeDash": {
            "field": "method", "type": "nominal", "legend": None,
            "scale": {"domain": list(names), "range": DASHES[: len(names)]},
        },
    }  # fmt: skip


def apart(heights: Mapping[str, float], least: float) -> dict[str, float]:
    """Heights of labels at least so far apart, in the same order, as near to their own as that allows from below."""
    placed: dict[str, float] = {}
    lowest = float("-inf")
    for name, height in sorted(heights.items(), key=lambda item: item[1]):
        lowest = max(height, lowest + least)
        placed[name] = lowest
    over = max(0.0, max(placed.values()) - 1.0)
    return {name: height - over for name, height in placed.items()}


def curves(told: Mapping[str, Any], reading: str) -> Spec:
    """Found against alarms on the second half of the sites, a line a method."""
    points = told[reading]["curve, second half"]
    values = [{"method": m, "alarms": a, "found": f} for m, line in points.items() for a, f in line]
    ends = apart({m: line[-1][1] for m, line in points.items()}, 0.055)
    labels = [{"method": m, "alarms": points[m][-1][0], "found": y} for m, y in ends.items()]
    x = {
        "field": "alarms", "type": "quantitative", "scale": {"domain": [0, 0.5]},
        "axis": {"title": "baselines with an alarm", "format": ".0%", "tickCount": 5},
    }  # fmt: skip
    scales = line_scales(list(points))
    line = {
        "mark": {"type": "line", "strokeWidth": 2},
        "data": {"values": values},
        "encoding": {"x": x, "y": share_axis("found", "intended changes found"), **scales},
    }
    name = {
        "mark": {"type": "text", "align": "left", "dx": 6, "fontSize": LETTER, "clip": False}, "data": {"values": labels},
        "encoding": {"x": x, "y": share_axis("found", ""), "text": {"field": "method"}, "color": scales["color"]},
    }  # fmt: skip
    return page(width=WIDTH, height=HEIGHT, layer=[line, name])


def right_by_weeks(told: Mapping[str, Any]) -> Spec:
    """Right share with 95 % limits by length: scenarios in rows, worlds side by side."""
    values = []
    for name, setting in told["settings"].items():
        scenario, world, weeks = name.split("-")
        for method in ("Velveteen", "nothing ever changes", "last month against the first"):
            row = setting["without conditional"].get(method)
            if row and scenario == "plain":
                values.append(
                    {"world": world.replace("_", " "), "weeks": weeks, "method": method, **row["right"]}
                )
    names = list(dict.fromkeys(v["method"] for v in values))
    x = {
        "field": "weeks",
        "type": "nominal",
        "sort": sorted({v["weeks"] for v in values}, key=int),
        "axis": {"title": "weeks on record", "labelAngle": 0, "grid": False},
    }
    offset = {"xOffset": {"field": "method", "sort": names}}
    colour = {
        "field": "method",
        "type": "nominal",
        "sort": names,
        "scale": {"domain": names, "range": COLOURS[: len(names)]},
        "legend": {
            "orient": "bottom",
            "title": None,
            "labelColor": LIGHT["muted"],
            "labelFontSize": LETTER,
            "labelLimit": 400,
        },
    }
    shape = {"field": "method", "type": "nominal", "scale": {"domain": names}, "legend": None}
    limits = {
        "mark": {"type": "rule", "strokeWidth": 2},
        "encoding": {
            "x": x,
            **offset,
            "y": share_axis("low", "right"),
            "y2": {"field": "high"},
            "color": colour,
        },
    }
    dots = {
        "mark": {"type": "point", "filled": True, "size": 60, "opacity": 1},
        "encoding": {"x": x, **offset, "y": share_axis("share", "right"), "color": colour, "shape": shape},
    }
    layer = {"width": WIDTH / 2, "height": HEIGHT, "layer": [limits, dots]}
    return page(data={"values": values}, facet={"column": {"field": "world", "type": "nominal"}}, spec=layer)


def reliability(told: Mapping[str, Any]) -> Spec:
    """How often what was given these odds was true, with 95 % limits, against the diagonal."""
    x, y = share_axis("odds", "odds given"), share_axis("share", "true")
    diagonal = {
        "mark": {"type": "line", "color": LIGHT["hairline"], "strokeWidth": 2},
        "data": {"values": [{"odds": 0, "share": 0}, {"odds": 1, "share": 1}]},
        "encoding": {"x": x, "y": y},
    }
    limits = {
        "mark": {"type": "rule", "color": COLOURS[0]},
        "encoding": {"x": x, "y": share_axis("low", "true"), "y2": {"field": "high"}},
    }
    dots = {
        "mark": {"type": "point", "filled": True, "size": 60, "opacity": 1, "color": COLOURS[0]},
        "encoding": {"x": x, "y": y},
    }
    return page(
        width=HEIGHT, height=HEIGHT, data={"values": told["reliability"]}, layer=[diagonal, limits, dots]
    )


def drawn(spec: Spec) -> str:
    """The picture as SVG text."""
    return str(vl_convert.vegalite_to_svg(json.dumps(spec), allowed_base_urls=[]))


def main() -> None:
    """Draw what was given."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name in ("real", "power", "calibration"):
        parser.add_argument(f"--{name}", type=Path)
    parser.add_argument("--into", type=Path, default=Path("docs/benchmarks"))
    args = parser.parse_args()
    pictures = {
        "real.svg": (args.real, lambda told: curves(told, "direction ignored")),
        "real-improvement.svg": (args.real, lambda told: curves(told, "improvement only")),
        "power.svg": (args.power, right_by_weeks),
        "calibration.svg": (args.calibration, reliability),
    }
    for name, (source, make) in pictures.items():
        if source:
            told = json.loads(source.read_text("utf-8"))
            (args.into / name).write_text(drawn(make(told)), "utf-8")


if __name__ == "__main__":
    main()
