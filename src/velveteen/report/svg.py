"""Vega-Lite specifications become inline SVG that takes its colours and its letters from the page."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import Any

import vl_convert
from markupsafe import Markup

from velveteen.report.tokens import SENTINELS

WIDTH = 400  # units of every picture's view box; at 390 px it is shown at about 0.9, at most at 1.3
LETTER = 14  # units

Spec = dict[str, Any]


def config() -> Spec:
    """The look of every picture: quiet axes, letters of the page, no ground of its own."""
    axis = {
        "labelColor": SENTINELS["muted"], "labelFontSize": LETTER, "titleColor": SENTINELS["muted"], "domain": False,
        "gridColor": SENTINELS["hairline"], "tickColor": SENTINELS["hairline"], "titleFontSize": LETTER,
        "titleFontWeight": "normal", "labelPadding": 6,
    }  # fmt: skip
    title = {"color": SENTINELS["muted"], "fontSize": LETTER, "fontWeight": "normal", "anchor": "start"}
    return {
        "aria": False,
        "background": "transparent",
        "view": {"stroke": None},
        "axis": axis,
        "title": title,
    }


def specification(**parts: Any) -> Spec:
    """A whole specification with the common look and size."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "padding": {"left": 2, "right": 2, "top": 4, "bottom": 4},
        "autosize": {"type": "fit-x", "contains": "padding"},
        "width": WIDTH,
        "config": config(),
        **parts,
    }


@lru_cache(maxsize=64)
def _drawn(spec: str) -> str:
    """The renderer's SVG; the same specification is drawn once."""
    return str(vl_convert.vegalite_to_svg(spec, allowed_base_urls=[]))


def _rounded(attribute: re.Match[str]) -> str:
    """A tenth of a unit is finer than any screen shows; the rest is weight."""
    return re.sub(r"(\d+\.\d)\d+", r"\1", attribute[0])


def picture(spec: Spec, label: str, name: str) -> Markup:
    """Inline SVG of a specification.

    Args:
        spec: Vega-Lite; every colour is one of `tokens.SENTINELS`.
        label: what it is, for people who do not see it; the same as the sentence above it says in full.
        name: unique within a page; prefixes the ids that the renderer gives.
    """
    drawn = _drawn(json.dumps(spec, sort_keys=True))
    for token, sentinel in SENTINELS.items():
        drawn = drawn.replace(sentinel, f"var(--{token.replace('_', '-')})")
    box = drawn.partition('viewBox="')[2].partition('"')[0]
    inner = drawn[drawn.index(">") + 1 : drawn.rindex("</svg>")]
    inner = re.sub(r' (?:font-family|pointer-events|aria-[a-z]+|class|role)="[^"]*"', "", inner)
    inner = re.sub(r' (?:d|transform|[xy][12]?)="[^"]*"', _rounded, inner)
    inner = re.sub(r'(id="|url\(#)', rf"\1{name}-", inner)
    frame = Markup('<svg role="img" aria-label="{}" viewBox="{}" preserveAspectRatio="xMinYMin">{}</svg>')
    return frame.format(label, box, Markup(inner))  # noqa: S704  (drawn here from numbers and escaped text)
