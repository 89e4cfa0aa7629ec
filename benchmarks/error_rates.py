"""How often verdicts were wrong in simulated households, by length and density of the record: a small table to ship.

For each length and density: how many households there were, and for each step of the word's ladder how many verdicts of the
neutral reader (prior scaled to the record, as the word takes it) stood at or above it and how many of these named another
account than the true one. Accounts are weighted as that reader expects them before the record is seen, so that the wrong
share is the one to expect where that expectation holds. Density is counted in informative cells a week.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from shares import Row, likeliest, neutral

from velveteen.judge.priors import readers

LADDER = {"leans": 0.5, "likely": 0.8, "very_likely": 0.95}
DENSITIES = ((0.0, 4.0), (4.0, 8.0), (8.0, 30.0))  # informative cells a week
HEAD = """# How often verdicts were wrong in simulated households; not yet measured on real ones. Written by
# `python benchmarks/power.py --rates`; do not edit. cells_a_week: from, below. said, wrong: verdicts of the neutral reader
# at or above a step of the ladder, and those of them that named another account than the true one; wrong_share: with the
# accounts weighted as that reader expects them.
"""


def prior_of(row: Row) -> float:
    """What the neutral reader expects of the true account before the record is seen."""
    return readers(row["weeks"], "none", dict.fromkeys(row["log_evidence"], True))["neutral"][row["truth"]]


def rates(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """One entry for each world, length and density that holds a household."""
    judged = [r for r in rows if "refused" not in r]
    found = []
    for world, weeks in sorted({(r["world"], r["weeks"]) for r in judged}):
        for low, high in DENSITIES:
            mine = [
                r
                for r in judged
                if r["world"] == world and r["weeks"] == weeks and low <= r["cells_a_week"] < high
            ]
            if mine:
                head = {
                    "world": world, "weeks": weeks, "cells_a_week": [low, high], "households": len(mine),
                }  # fmt: skip
                found.append({**head, **{step: step_rates(mine, level) for step, level in LADDER.items()}})
    return found


def step_rates(rows: Sequence[Row], level: float) -> dict[str, Any]:
    """Verdicts at or above a level, how many of them were wrong, and their weighted wrong share (-1 where there is none)."""
    numbers = {truth: sum(r["truth"] == truth for r in rows) for truth in {r["truth"] for r in rows}}
    said = wrong = 0
    said_weight = wrong_weight = 0.0
    for row in rows:
        odds = neutral(row, scaled=True)
        named = likeliest(odds)
        if odds[named] < level:
            continue
        weight = prior_of(row) / numbers[row["truth"]]
        said, said_weight = said + 1, said_weight + weight
        if named != row["truth"]:
            wrong, wrong_weight = wrong + 1, wrong_weight + weight
    return {
        "said": said,
        "wrong": wrong,
        "wrong_share": round(wrong_weight / said_weight, 4) if said else -1.0,
    }


def write_rates(rows: Sequence[Row], path: Path) -> None:
    """Write the table as TOML. Scenarios in which not all accounts occur alike would tilt it and are left out."""
    even = [r for r in rows if r["scenario"] in ("plain", "thin", "weekly")]
    blocks = [
        "\n".join(["[[rates]]", *(f"{key} = {toml(value)}" for key, value in entry.items())])
        for entry in rates(even)
    ]
    path.write_text(HEAD + "\n" + "\n\n".join(blocks) + "\n", "utf-8")


def toml(value: Any) -> str:
    """A value of this table as TOML."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{k} = {toml(v)}" for k, v in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return f'"{value}"' if isinstance(value, str) else repr(value)
