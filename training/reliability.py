"""A reliability picture for each coder: how sure it is, and how often it is right then, on the blind test.

    python training/reliability.py [--out docs/images/coders.svg]

Scores become probabilities by the models' own `platt` figures, which cross-validation on the training sentences gave; the
test had no part in them. Items are put in order of probability and cut into groups of at least `LEAST`; each point is one
group: its mean probability and the share that has the label, with a 95 % interval (beta posterior, Jeffreys' prior).
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import vl_convert
from scipy.stats import beta

from velveteen.messages.coder.linear import bank
from velveteen.messages.coder.message import APOLOGIES, WORDED
from velveteen.messages.coder.seen import features_of

HERE = Path(__file__).parent
MODELS = HERE.parent / "src/velveteen/messages/coder/models"
LEAST = 6
EDGES = (0.0, 0.02, 0.1, 0.3, 0.7, 1.0)


def points(name: str, scores: Any, truth: Any) -> list[dict[str, Any]]:
    """The groups of one coder."""
    slope, shift = json.loads(gzip.decompress((MODELS / f"{name}.json.gz").read_bytes()))["platt"]
    sure = np.array([1 / (1 + math.exp(-(slope * score + shift))) for score in scores])
    found: list[dict[str, Any]] = []
    for low, high in pairwise(EDGES):
        inside = (sure >= low) & ((sure < high) | (high == 1.0))
        n, k = int(inside.sum()), int(truth[inside].sum())
        if n >= LEAST:
            bounds = beta.ppf([0.025, 0.975], k + 0.5, n - k + 0.5)
            said = float(sure[inside].mean())
            found.append(
                {"coder": name, "said": said, "was": k / n, "low": bounds[0], "high": bounds[1], "n": n}
            )
    return found


def spec(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Small pictures side by side, one a coder, on one scale; the diagonal is a coder that knows how sure it may be."""
    axis = {"scale": {"domain": [0, 1]}, "axis": {"tickCount": 3, "format": ".0%"}}
    x, y, a, b = (
        {"field": field, "type": "quantitative", "title": field, **axis}
        for field in ("said", "was", "a", "b")
    )
    diagonal = {
        "data": {"values": [{"a": 0, "b": 0}, {"a": 1, "b": 1}]},
        "mark": {"type": "line", "strokeDash": [3, 3], "color": "#665E6B"},
        "encoding": {"x": a | {"title": "said"}, "y": b | {"title": "was"}},
    }
    low = {"field": "low", "type": "quantitative"}
    bars = {
        "mark": {"type": "rule", "color": "#6B3F69"},
        "encoding": {"x": x, "y": low, "y2": {"field": "high"}},
    }
    dots = {
        "mark": {"type": "point", "filled": True, "size": 40, "color": "#6B3F69"},
        "encoding": {"x": x, "y": y},
    }
    pictures = [
        {
            "title": name,
            "width": 110,
            "height": 110,
            "layer": [diagonal, {"data": {"values": list(own)}, "layer": [bars, dots]}],
        }
        for name, own in groupby(rows, key=lambda row: row["coder"])
    ]
    schema = "https://vega.github.io/schema/vega-lite/v5.json"
    return {"$schema": schema, "background": "#FBF8F4", "columns": 6, "concat": pictures}


def main() -> None:
    """Draw the picture and print its table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, default=HERE.parent / "docs/images/coders.svg")
    asked = parser.parse_args()
    tests = [json.loads(line) for line in (HERE / "sentences/test.jsonl").read_text("utf-8").splitlines()]
    shared = bank()
    scores = np.array([shared.scores(features_of(item["text"], item["before"])) for item in tests])
    rows = []
    for name in (*APOLOGIES, *WORDED):
        truth = np.array([name in item["labels"] for item in tests])
        among = [
            name not in APOLOGIES or any(label in APOLOGIES for label in item["labels"]) for item in tests
        ]
        chosen = np.array(among)
        rows += points(name, scores[chosen, shared.column[name]], truth[chosen])
    for row in rows:
        was = f"{row['was']:.2f} ({row['low']:.2f}-{row['high']:.2f})"
        print(f"{row['coder']:<16} said {row['said']:.2f}  was {was}  of {row['n']}")
    asked.out.write_text(vl_convert.vegalite_to_svg(spec(rows)), "utf-8")


if __name__ == "__main__":
    main()
