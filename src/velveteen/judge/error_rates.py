"""How often verdicts as sure as this one were wrong in simulated households of about this length and density.

`error_rates.toml` is written by `benchmarks/power.py --rates`; nothing in it was measured on real households.
"""

from __future__ import annotations

import math
import tomllib
from functools import cache
from importlib import resources
from typing import Any

STEPS = {"leans towards": "leans", "likely": "likely", "very likely": "very_likely"}
FEWEST = 30  # households below which a share says nothing
_REAL = "How often it is wrong on real ones has not been measured."


@cache
def table() -> tuple[dict[str, Any], ...]:
    """One entry for each world, length and density: `households`, and for each step `said`, `wrong`, `wrong_share`."""
    text = resources.files("velveteen.judge").joinpath("error_rates.toml").read_text("utf-8")
    return tuple(tomllib.loads(text)["rates"])


def near(entries: tuple[dict[str, Any], ...], weeks: int, cells: float) -> list[dict[str, Any]]:
    """The entries of the longest length that is not longer than the record, and of the density nearest to its own.

    Those of fewer than FEWEST households do not count.

    Args:
        entries: as `table` gives them.
        weeks: length of the record; below the shortest length, that.
        cells: informative cells a week.
    """
    entries = tuple(e for e in entries if e["households"] >= FEWEST)
    if not entries:
        return []
    lengths = sorted({e["weeks"] for e in entries})
    length = max((n for n in lengths if n <= weeks), default=lengths[0])
    alike = [e for e in entries if e["weeks"] == length]
    off = {tuple(e["cells_a_week"]): abs(cells - sum(e["cells_a_week"]) / 2) for e in alike}
    band = next((b for b in off if b[0] <= cells < b[1]), min(off, key=off.__getitem__))
    return [e for e in alike if tuple(e["cells_a_week"]) == band]


def error_rates(weeks: int, cells: float, word: str) -> dict[str, Any]:
    """What is known of verdicts with this word.

    Args:
        weeks: length of the record; cells: informative cells a week; word: a rung of the ladder.

    Returns:
        A JSON object: `status`; `words`, for people; and, where the word commits itself, the `worlds` behind them.
    """
    if word not in STEPS:
        return {"status": "nothing said", "words": f"It says nothing yet that could be wrong. {_REAL}"}
    worlds = [
        {"world": e["world"], "weeks": e["weeks"], "households": e["households"], **e[STEPS[word]]}
        for e in near(table(), weeks, cells)
    ]
    return {
        "status": "simulated",
        "words": f"{_told([w for w in worlds if w['said']])} {_REAL}",
        "worlds": worlds,
    }


def _told(worlds: list[dict[str, Any]]) -> str:
    """The sentence on what was counted; without a mistake it says what rate would still fit."""
    if not worlds:
        return "No simulated household of about this length and density got a verdict as sure as this."
    opening = (
        "In simulated households of about this length and density, verdicts at least as sure as this named the wrong "
        "account in"
    )
    said = sum(w["said"] for w in worlds)
    if not any(w["wrong"] for w in worlds):
        return (
            f"{opening} none of {said}; up to about {min(100, math.ceil(300 / said))} in 100 would fit that."
        )
    shares = sorted(round(100 * w["wrong_share"]) for w in worlds)
    span = f"{shares[0]}" if shares[0] == shares[-1] else f"{shares[0]} to {shares[-1]}"
    return f"{opening} {span} of 100, by the world they were simulated in ({said} verdicts)."
