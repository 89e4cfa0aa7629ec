"""What the sensitivity lines cost, and how far their odds are from weighing every variant anew.

    python benchmarks/sensitivity.py [--households 12] [--weeks 52] [--channels 3] [--out FILE.json]

Households of the circle, kept in turn diligently, with bad weeks unwritten, with good weeks unwritten, and thinning out.
Error: the largest difference of any account's neutral odds. Cost: side by side in one process, in plain verdicts, the odds
as the record grew included as the report computes them. Word: whether both ways say the same.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from scenarios import SIX

import velveteen as vt
from velveteen.circle import RecordKeeping
from velveteen.judge.accounts import Account, spread
from velveteen.judge.api import Weighed, posterior_odds, weigh, word_of
from velveteen.judge.effects import Effects, shared_effects
from velveteen.judge.evidence import account_evidence, find_base
from velveteen.judge.growth import odds_as_it_grew
from velveteen.judge.record import Record
from velveteen.judge.sensitivity import lines, onto, with_prior
from velveteen.judge.unwritten import expected, filled
from velveteen.judge.words import reading
from velveteen.measure.cells import Cell, TurningPoint
from velveteen.measure.channels import registry
from velveteen.measure.weekly import weekly_cells

KEPT = (
    RecordKeeping(), RecordKeeping(bad_weeks_unwritten=0.6), RecordKeeping(good_weeks_unwritten=0.6),
    RecordKeeping(diligence_decay=1.6),
)  # fmt: skip
CHANNELS = ("harm", "regard", "promises", "owning", "empathy", "equals", "free_to_say_no")
Shifts = dict[str, float]


def household(i: int, weeks: int, channels: int) -> tuple[list[Cell], list[TurningPoint]]:
    """Cells and turning points of the i-th household."""
    kept = KEPT[i % len(KEPT)]
    cells, points, _ = weekly_cells(vt.simulate(SIX[i % len(SIX)], weeks, 300 + i, record=kept).entries())
    return [c for c in cells if c.channel in CHANNELS[:channels]], points


def anew(record: Record, accounts: Mapping[str, Account], weighed: Weighed, shared: Effects) -> Shifts:
    """Log evidence of every account, in full."""
    hyper = weighed.evidences["same"].evaluator.hyper
    base = find_base(record, hyper, shared)
    return {name: account_evidence(record, account, hyper, base).log for name, account in accounts.items()}


def truth(weighed: Weighed, what: str, factor: float) -> Shifts:
    """By how much each log evidence moves when everything is weighed again."""
    record = weighed.record
    accounts = {name: e.evaluator.account for name, e in weighed.evidences.items()}
    if what == "effect_sd":
        new = anew(
            record, {n: spread(a, factor) for n, a in accounts.items()}, weighed, shared_effects(record)
        )
        return {name: new[name] - e.log for name, e in weighed.evidences.items()}
    cells = expected(record)
    rows = np.concatenate([np.arange(len(record.cells)), cells.like])
    found = []
    for times in (1.0, factor):
        whole = filled(record, cells, times)
        shared = with_prior(shared_effects(whole), accounts["same"].effects)
        there = {n: onto(a, shared, rows, record.unwritten) for n, a in accounts.items()}
        found.append(anew(whole, there, weighed, shared))
    return {name: found[1][name] - found[0][name] for name in accounts}


def compared(cells: list[Cell], points: list[TurningPoint]) -> list[dict[str, Any]]:
    """One row a line: its error, how far it moves the odds, and whether both say the same word."""
    weighed = weigh(cells, points, registry())
    plain = weighed.log_evidence()

    def odds(shifts: Shifts) -> dict[str, float]:
        moved = {n: None if v is None else v + shifts.get(n, 0.0) for n, v in plain.items()}
        return posterior_odds(moved, weeks=weighed.record.weeks, therapy="none")["neutral"]

    now, rows = odds({}), []
    for line in lines(weighed.record, weighed.evidences, ()):
        exact, quick = odds(truth(weighed, line.what, line.factor)), odds(line.shifts)
        words = [reading(*word_of(weighed)(o)) for o in (exact, quick)]
        rows.append({
            "what": line.what, "factor": line.factor, "same_word": words[0] == words[1],
            "error": max(abs(exact[a] - quick[a]) for a in exact), "moves": max(abs(exact[a] - now[a]) for a in exact),
        })  # fmt: skip
    return rows


def cost(cells: list[Cell], points: list[TurningPoint]) -> tuple[float, float]:
    """A verdict with sensitivity, and that with the odds as it grew, in plain verdicts; least of three."""
    times = []
    for _ in range(3):
        marks = [time.perf_counter()]
        vt.judge(cells, points, sensitivity=False)
        marks.append(time.perf_counter())
        verdict = vt.judge(cells, points)
        marks.append(time.perf_counter())
        odds_as_it_grew(cells, points, verdict=verdict)
        marks.append(time.perf_counter())
        times.append(np.diff(marks))
    plain, told, grown = np.min(times, axis=0).tolist()
    return told / plain, (told + grown) / plain


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--households", type=int, default=12)
    parser.add_argument("--weeks", type=int, default=52)
    parser.add_argument("--channels", type=int, default=3)
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    rows, costs = [], []
    for i in range(args.households):
        cells, points = household(i, args.weeks, args.channels)
        rows += compared(cells, points)
        costs.append(cost(cells, points))
    told, grown = np.median(costs, axis=0)
    print(f"{args.households} households, {args.weeks} weeks, {args.channels} channels")
    print(
        f"with sensitivity {told:.2f} plain verdicts, with odds as it grew {grown:.2f} (most {max(c[1] for c in costs):.2f})"
    )
    for what in ("effect_sd", "unwritten"):
        mine = [r for r in rows if r["what"] == what]
        error = np.quantile([r["error"] for r in mine], (0.5, 0.9, 1.0))
        print(
            f"{what}: {len(mine)} lines, error of the odds {error[0]:.3f} median, {error[1]:.3f} 90 %, {error[2]:.3f} most"
        )
        moves = np.median([r["moves"] for r in mine])
        print(f"  odds move by {moves:.3f} (median); same word in {sum(r['same_word'] for r in mine)}")
    if args.out:
        args.out.write_text(json.dumps({"rows": rows, "costs": costs}, indent=1), "utf-8")


if __name__ == "__main__":
    main()
