"""The bars of `thresholds.toml` against what was measured: met, missed, or too few households to say."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from scenarios import FIVE, SIX
from shares import HOPE, Row, counted, false_hope, found_hope, improved, neutral, odds_of, table

FEWEST = (
    50  # households behind a share or a mean before it is called met or missed, unless the bar asks for more
)
THRESHOLDS = Path(__file__).with_name("thresholds.toml")
Bar = Mapping[str, Any]


def thresholds() -> dict[str, Any]:
    """The bars as they stand in the file."""
    return tomllib.loads(THRESHOLDS.read_text("utf-8"))


def verdict_on(bar: Bar, value: float | None, households: int) -> str:
    """met, missed, or why neither can be said."""
    if value is None:
        return "not measured"
    fewest = bar.get("households", FEWEST)
    if households < fewest:
        return f"too few households ({households} of {fewest})"
    met = bar.get("at_least", value) <= value <= bar.get("at_most", value)
    return "met" if met else "missed"


def rows_of(bar: Bar, rows: Sequence[Row]) -> list[Row]:
    """The rows that a bar is about."""
    return [
        r
        for r in rows
        if r["scenario"] == bar["scenario"] and r["world"] == bar["world"] and r["weeks"] == bar.get("weeks", r["weeks"])
    ]  # fmt: skip


def scores(rows: Sequence[Row], measure: str) -> tuple[float | None, int, dict[str, Any]]:
    """Value of a score of the table of five accounts, households behind it, and its limits where it is a share."""
    found = table(rows, FIVE)
    if not found:
        return None, 0, {}
    mine = found["Velveteen"]
    if measure == "least recall":
        known = [s for s in mine["recall"].values() if s["n"]]
        lowest = min(known, key=lambda s: s["share"])
        return lowest["share"], lowest["n"], lowest
    if measure == "log score":
        return mine[measure], mine["right"]["n"], {}
    return mine[measure]["share"], mine[measure]["n"], mine[measure]


def improvement(rows: Sequence[Row], *, equal: bool) -> dict[str, Any]:
    """Share of verdicts that give a change for the better more than .80."""
    judged = [r for r in rows if "refused" not in r]

    def said(row: Row) -> bool:
        return improved(odds_of(row, SIX) if equal else neutral(row, scaled=False)) > HOPE

    return counted(judged, said)


SHARES: dict[str, Callable[[Sequence[Row]], dict[str, Any]]] = {
    "false hope": lambda rows: false_hope(rows, scaled=False),
    "found hope": lambda rows: found_hope(rows, scaled=False),
    "improvement, equal": lambda rows: improvement(rows, equal=True),
    "improvement, neutral": lambda rows: improvement(rows, equal=False),
}


def measured(bar: Bar, rows: Sequence[Row]) -> tuple[float | None, int, dict[str, Any]]:
    """(value, households behind it, its limits where it is a share) of the measure that a bar names."""
    mine = rows_of(bar, rows)
    if bar["measure"] not in SHARES:
        return scores(mine, bar["measure"])
    found = SHARES[bar["measure"]](mine)
    return found["share"], found["n"], found


def checked(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """One row a bar of the power runs."""
    return [_checked(bar, *measured(bar, rows)) for bar in thresholds()["power"]]


def _checked(bar: Bar, value: float | None, households: int, limits: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": bar["name"], "bar": bar.get("at_least", bar.get("at_most")),
        "side": "at least" if "at_least" in bar else "at most", "value": value, "households": households,
        "low": limits.get("low"), "high": limits.get("high"), "verdict": verdict_on(bar, value, households),
    }  # fmt: skip
