"""Thresholds frozen on baselines, what is found at equal alarms, and differences with an interval over sites.

A *result* is a plain dict with `kind` (baseline, pair, reversal or shuffled), `site`, and for each reading a dict
method -> score. Thresholds are frozen on the kind `calm`: baseline or shuffled.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

Result = dict[str, Any]
DRAWS, SEED = 4000, 1
GRID = (0.0, 0.01, 0.02, 0.05, 0.10, 0.15, 0.20, 0.25, 0.33, 0.50)


def threshold(scores: Sequence[float], alarms: float) -> float:
    """The least score such that at most a share `alarms` of these lie above it."""
    ordered = sorted(scores, reverse=True)
    return float(ordered[min(int(alarms * len(ordered)), len(ordered) - 1)])


def share_above(scores: Sequence[float], level: float) -> float:
    """Share of scores above a level."""
    return float(np.mean(np.array(scores) > level))


def scores_of(results: Sequence[Result], kind: str, reading: str, method: str) -> list[float]:
    """One method's scores of all segments of a kind."""
    return [r[reading][method] for r in results if r["kind"] == kind]


def frozen_row(
    method: str,
    first: Sequence[Result],
    second: Sequence[Result],
    alarms: float,
    reading: str,
    calm: str = "baseline",
) -> Result:
    """Threshold from the first half; found and alarms on both."""
    level = threshold(scores_of(first, calm, reading, method), alarms)
    shares = {
        f"{what}, {half}": share_above(scores_of(results, kind, reading, method), level)
        for half, results in (("first half", first), ("second half", second))
        for what, kind in (
            ("found", "pair"),
            ("alarms", "baseline"),
            ("alarms on shuffled pairs", "shuffled"),
        )
    }
    return {"method": method, "threshold": level, **shares}


def curve(results: Sequence[Result], reading: str, method: str) -> list[tuple[float, float]]:
    """(alarms asked for, found) along the grid, thresholds and shares from the same segments."""
    calm = scores_of(results, "baseline", reading, method)
    pairs = scores_of(results, "pair", reading, method)
    return [(a, share_above(pairs, threshold(calm, a))) for a in GRID]


def difference(
    first: Sequence[Result], second: Sequence[Result], methods: tuple[str, str], alarms: float, reading: str,
    *, matched: bool, calm: str = "baseline",
) -> tuple[float, float, float]:  # fmt: skip
    """Found by the first method minus found by the second, on the second half, with a 95 % bootstrap interval over sites.

    Args:
        first, second: results of the halves.
        methods: whose shares; alarms, reading: as above.
        matched: thresholds at equal alarms on the drawn sites of the second half itself, not those frozen on the first.
    """
    frozen = [threshold(scores_of(first, calm, reading, m), alarms) for m in methods]

    def gap(results: Sequence[Result]) -> float:
        levels = (
            [threshold(scores_of(results, calm, reading, m), alarms) for m in methods] if matched else frozen
        )
        found = [
            share_above(scores_of(results, "pair", reading, m), x)
            for m, x in zip(methods, levels, strict=True)
        ]
        return found[0] - found[1]

    low, high = interval(second, gap)
    return gap(second), low, high


def interval(
    results: Sequence[Result], statistic: Callable[[Sequence[Result]], float]
) -> tuple[float, float]:
    """95 % percentile bootstrap over sites; draws that lack a kind of segment are drawn again."""
    rng = np.random.default_rng(SEED)
    sites = sorted({r["site"] for r in results})
    by_site = [[r for r in results if r["site"] == s] for s in sites]
    kinds = {r["kind"] for r in results} - {"reversal"}
    values: list[float] = []
    while len(values) < DRAWS:
        drawn = [r for i in rng.integers(len(sites), size=len(sites)) for r in by_site[i]]
        if kinds <= {r["kind"] for r in drawn}:
            values.append(statistic(drawn))
    low, high = np.quantile(values, (0.025, 0.975)).tolist()
    return low, high
