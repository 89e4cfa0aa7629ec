"""Published single-case series through the judge: is a change said on untreated baselines, and after treatment began?

    python benchmarks/real.py SERIES.csv [--out FILE.json]

SERIES.csv has the columns source, study, case, measure, kind, direction, time, phase, cond, y. A series is one (source,
study, case, measure). Missing values are dropped, counts that are not whole numbers go in as ratings; both are counted.
Two kinds of segment:

baseline   the longest run of untreated observations, if it has 8 or more: no change was intended
pair       a baseline run directly followed by a treated one, 4 or more observations each: a change was intended
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import sys
import time
from collections import Counter, defaultdict
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import velveteen as vt
from velveteen.measure.channels import Channel

LEVELS = (0.5, 0.8, 0.9)
MIN_CELLS = 8


def read_series(path: Path) -> tuple[dict[tuple[str, ...], list[dict[str, str]]], int]:
    """Rows of each series in order of time, and how many missing values were dropped."""
    series: dict[tuple[str, ...], list[dict[str, str]]] = defaultdict(list)
    missing = 0
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            try:
                good = math.isfinite(float(row["y"]))
            except ValueError:
                good = False
            missing += not good
            if good:
                series[row["source"], row["study"], row["case"], row["measure"]].append(row)
    for rows in series.values():
        rows.sort(key=lambda r: float(r["time"]))
    return series, missing


def segments(rows: list[dict[str, str]]) -> list[tuple[str, list[dict[str, str]]]]:
    """(kind, rows) of the baseline and of every baseline-treatment pair."""
    runs = [(cond, list(run)) for cond, run in groupby(rows, key=lambda r: r["cond"])]
    baselines = [run for cond, run in runs if cond == "baseline" and len(run) >= 8]
    found = [("baseline", max(baselines, key=len))] if baselines else []
    for (a, first), (b, second) in pairwise(runs):
        if a == "baseline" and b == "treatment" and len(first) >= 4 and len(second) >= 4:
            found.append(("pair", first + second))
    return found


def channel_of(rows: list[dict[str, str]], whole: list[dict[str, str]]) -> Channel:
    """A count where every value is whole and the kind says so, else a rating over the series' own range."""
    values = [float(r["y"]) for r in whole]
    count = rows[0]["kind"] == "count" and all(v == int(v) for v in values)
    low, high = min(0.0, *values), max(values)
    return Channel(
        name="series", family="count" if count else "rating",
        better="more" if rows[0]["direction"] == "increase" else "less",
        side="outward", range=None if count else (low, high if high > low else low + 1.0),
        scale=None, level=None, unit=rows[0]["measure"], label=rows[0]["measure"],
    )  # fmt: skip


def table_of(rows: list[dict[str, str]]) -> dict[str, list[Any]]:
    """Cells: one a session, numbered as they come; sessions at the same time are told apart by order."""
    first = float(rows[0]["time"])
    weeks: list[int] = []
    for row in rows:
        week = round(float(row["time"]) - first)
        weeks.append(week if not weeks or week > weeks[-1] else weeks[-1] + 1)
    return {"week": weeks, "channel": ["series"] * len(rows), "value": [float(r["y"]) for r in rows]}


def judge_all(series: dict[tuple[str, ...], list[dict[str, str]]]) -> list[dict[str, Any]]:
    """One row a segment: odds(same) under equal and neutral, or the refusal."""
    results = []
    for done, (key, whole) in enumerate(series.items()):
        print(f"\r{done + 1}/{len(series)}", end="", file=sys.stderr)
        for kind, rows in segments(whole):
            row: dict[str, Any] = {
                "study": key[1],
                "case": key[2],
                "measure": key[3],
                "segment": kind,
                "n": len(rows),
            }
            try:
                verdict = vt.judge(
                    table_of(rows), channels={"series": channel_of(rows, whole)}, min_cells=MIN_CELLS
                )
            except vt.Refused as refusal:
                results.append({**row, "refused": refusal.code})
                continue
            changed = {reader: 1.0 - verdict.odds[reader]["same"] for reader in ("equal", "neutral")}
            results.append({**row, **changed, "numerical_error": verdict.numerical_error})
    print(file=sys.stderr)
    return results


def shares(results: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Share of segments with 1 - odds(same) above each level, by kind of segment and reader."""
    table = []
    for kind in ("baseline", "pair"):
        judged = [r for r in results if r["segment"] == kind and "equal" in r]
        for reader in ("equal", "neutral"):
            above = {f"above {x}": sum(r[reader] > x for r in judged) / len(judged) for x in LEVELS}
            table.append({"segment": kind, "reader": reader, "judged": len(judged), **above})
    return table


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("series", type=Path)
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    series, missing = read_series(args.series)
    everything = [r for rows in series.values() for r in rows]
    fractional = sum(r["kind"] == "count" and float(r["y"]) != int(float(r["y"])) for r in everything)
    started = time.perf_counter()
    results = judge_all(series)
    print(
        f"{len(series)} series, {missing} missing values dropped, {fractional} fractional counts re-typed as ratings"
    )
    print(f"{len(results)} segments in {time.perf_counter() - started:.1f} s")
    print(
        "refused:",
        dict(Counter(f"{r['segment']}: {r['refused']}" for r in results if "refused" in r)) or "none",
    )
    for row in shares(results):
        print("  ".join(f"{k} {v:.3f}" if isinstance(v, float) else f"{k} {v}" for k, v in row.items()))
    if args.out:
        args.out.write_text(
            json.dumps({"shares": shares(results), "segments": results}, indent=1), encoding="utf-8"
        )


if __name__ == "__main__":
    main()
