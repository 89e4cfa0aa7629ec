"""Simulated households through measure and judge: right, sure, false and found hope, and what bad records do to them.

    python benchmarks/power.py [--households 60] [--weeks 16 32 64] [--worlds circle other] [--scenarios plain ...]
                               [--folder FOLDER] [--processes 1] [--seed 0] [--out FILE.json] [--rates FILE.toml]

Every household that was judged is a line in FOLDER, and is not judged again: a run can be stopped at any time and goes on
where it stood; asking for more households later only adds them. Delete the folder after a change of the judge or a world.

Tables by scenario, world and length, equal priors, without and with `conditional`: right (likeliest account is the true
one), log score (mean of -log odds of the true one), sure (above .90) and right when sure, recall; two trivial judges beside
it. Shares with binomial standard errors and exact 95 % limits. False hope: `lasting` above .80 under the neutral reader with
its 104-week prior (scaled to the record beside) where it is not true; found hope: where it is. Bars: `thresholds.toml`.
`--rates` writes how often verdicts were right by length and density, as a table that ships with the package.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bars import THRESHOLDS, checked, improvement
from error_rates import write_rates
from recovery import harm_by_month
from runs import Row, take_up
from scenarios import FIVE, SCENARIOS, SIX, household
from shares import confident_and_wrong, false_hope, found_hope, table, warnings

import velveteen as vt
from velveteen.journal.entries import Entry, current
from velveteen.measure.weekly import weekly_cells

Job = tuple[str, str, str, int, int]


def judged(job: Job) -> Row:
    """Judge one household: (scenario, world, account, weeks, seed)."""
    scenario, world, account, weeks, seed = job
    entries = household(*job)
    cells, points, _ = weekly_cells(entries)
    row: Row = {
        "job": list(job), "scenario": scenario, "world": world, "truth": account, "weeks": weeks, "seed": seed,
        "entries_a_week": entries_a_week(entries, weeks),
    }  # fmt: skip
    try:
        verdict = vt.judge(cells, points, sensitivity=False)
    except vt.Refused as refusal:
        return {**row, "refused": refusal.code}
    return {
        **row, "log_evidence": verdict.log_evidence, "harm": harm_by_month(cells), "words": verdict.words,
        "problems": sorted({p.code for p in verdict.problems}), "numerical_error": verdict.numerical_error,
        "cells_a_week": verdict.detail["informative_cells"] / weeks,
    }  # fmt: skip


def entries_a_week(entries: list[Entry], weeks: int) -> float:
    """Days (or whole weeks) that were written, a week of the record."""
    return len({(e.kind, e.at.date()) for e in current(entries) if e.kind in ("day", "week")}) / weeks


def jobs(scenario: str, world: str, weeks: int, households: int, seed: int) -> list[Job]:
    """The scenario's accounts in turn, a seed each."""
    accounts = SCENARIOS[scenario].accounts
    return [(scenario, world, accounts[i % len(accounts)], weeks, seed + i) for i in range(households)]


def settings(
    worlds: Sequence[str], scenarios: Sequence[str], weeks: Sequence[int]
) -> list[tuple[str, str, int]]:
    """(scenario, world, weeks) of the run; what a world cannot do is left out for it."""
    return [
        (scenario, world, length)
        for scenario in scenarios
        for world in worlds
        for length in weeks
        if SCENARIOS[scenario].possible_in(world)
    ]


def summary(rows: list[Row]) -> dict[str, Any]:
    """Everything that is said of the rows of one setting."""
    return {
        "households": len(rows), "refused": sum("refused" in r for r in rows),
        "without conditional": table(rows, FIVE), "with conditional": table(rows, SIX),
        "false hope": false_hope(rows, scaled=False), "false hope, scaled": false_hope(rows, scaled=True),
        "found hope": found_hope(rows, scaled=False), "found hope, scaled": found_hope(rows, scaled=True),
        "improvement, equal": improvement(rows, equal=True), "improvement, neutral": improvement(rows, equal=False),
        "warnings": warnings(rows),
    }  # fmt: skip


def say(name: str, told: dict[str, Any]) -> None:
    """Print the summary of one setting."""
    print(f"\n{name}: {told['households']} households, {told['refused']} refused")
    for accounts in ("without conditional", "with conditional"):
        for method, row in told[accounts].items():
            shares = "  ".join(f"{k} {worded(row[k])}" for k in ("right", "sure", "sure and right"))
            print(
                f"  {accounts}, {method}: {shares}  log score {row['log score']:.2f} ({row['se log score']:.2f})"
            )
        if told[accounts]:
            recall = told[accounts]["Velveteen"]["recall"]
            print("    recall", "  ".join(f"{a} {worded(s)}" for a, s in recall.items() if s["n"]))
    for key in ("false hope", "found hope", "improvement"):
        print(
            " ",
            "; ".join(f"{k} {worded(v)}" for k, v in told.items() if k.startswith(key) and v["n"])
            or key + " –",
        )
    print(
        "  warnings:", ", ".join(f"{code} {s['share']:.2f}" for code, s in told["warnings"].items()) or "none"
    )


def worded(found: dict[str, Any]) -> str:
    """A share with its limits in words."""
    if not found["n"]:
        return "–"
    return f"{found['share']:.3f} ({found['low']:.3f}–{found['high']:.3f}, n {found['n']})"


def say_bars(rows: list[Row]) -> list[dict[str, Any]]:
    """Print each bar, and return them."""
    found = checked(rows)
    print(f"\nbars (thresholds.toml, sha256 {hashlib.sha256(THRESHOLDS.read_bytes()).hexdigest()[:12]})")
    for bar in found:
        value = "–" if bar["value"] is None else f"{bar['value']:.3f}"
        limits = "" if bar["low"] is None else f" ({bar['low']:.3f}–{bar['high']:.3f})"
        print(
            f"  {bar['verdict']:14} {bar['name']}: {value}{limits}, {bar['side']} {bar['bar']}, n {bar['households']}"
        )
    return found


def options() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--households", type=int, default=60, help="a setting")
    parser.add_argument("--weeks", type=int, nargs="+", default=[16, 32, 64])
    parser.add_argument("--worlds", nargs="+", default=["circle", "other_world"])
    parser.add_argument("--scenarios", nargs="+", choices=SCENARIOS, default=list(SCENARIOS))
    parser.add_argument("--folder", type=Path, default=Path("power-runs"))
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--rates", type=Path)
    return parser.parse_args()


def main() -> None:
    """Run what is left of the run, and print."""
    args = options()
    rows: list[Row] = []
    told: dict[str, Any] = {}
    for scenario, world, weeks in settings(args.worlds, args.scenarios, args.weeks):
        name = f"{scenario}-{world}-{weeks}"
        asked = jobs(scenario, world, weeks, args.households, args.seed)
        mine = take_up(args.folder / f"{name}.jsonl", asked, judged, args.processes)
        told[name] = summary(mine)
        say(f"{name} ({SCENARIOS[scenario].means})", told[name])
        rows += mine
    bars = say_bars(rows)
    wrong = confident_and_wrong(rows, FIVE)
    print("\nconfident and wrong:", *(wrong or ["none"]), sep="\n  ")
    if args.out:
        args.out.write_text(
            json.dumps({"settings": told, "bars": bars, "wrong": wrong}, indent=1), encoding="utf-8"
        )
    if args.rates:
        write_rates(rows, args.rates)


if __name__ == "__main__":
    main()
