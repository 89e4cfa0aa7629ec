"""What each plan of writing is expected to tell, whether the odds expected after are those now, and how long it takes.

    python benchmarks/outlook.py [--households 6] [--weeks 32] [--budget 60] [--out FILE.json]

Households of the circle, twice each: as they were written, and as one count of harm a week that tells no hard day. Gains are
nats of the neutral odds within 12 weeks. Drift is the largest difference, over accounts, between the mean of the odds after
the futures and the odds now: 0 but for chance and for what the quick weighing misses.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import Any

import numpy as np
from scenarios import SIX

import velveteen as vt
from velveteen.judge.api import posterior_odds
from velveteen.judge.hyperprior import shipped
from velveteen.judge.outlook import SEED, divergence, odds_after, planned
from velveteen.judge.outlook_plans import plans
from velveteen.measure.cells import Cell, TurningPoint
from velveteen.measure.channels import registry
from velveteen.measure.weekly import weekly_cells

AHEAD = 12


def one_count(cells: list[Cell]) -> list[Cell]:
    """The record as one count of harm a week."""
    sums: dict[int, list[float]] = {}
    for cell in (c for c in cells if c.channel == "harm"):
        week = sums.setdefault(cell.week, [0.0, 0.0])
        week[0] += cell.value
        week[1] += cell.of
    return [Cell(week, "harm", value, of, "partner") for week, (value, of) in sums.items()]


def looked(cells: list[Cell], points: list[TurningPoint], budget: int) -> list[dict[str, Any]]:
    """One row a plan."""
    last, rows = max(c.week for c in cells), []
    points = [p for p in points if p.week <= last]
    for plan in plans(cells, registry(), AHEAD):
        started = time.perf_counter()
        ahead = planned(cells, points, registry(), plan, AHEAD, shipped())
        now = posterior_odds(ahead.log_evidence, weeks=ahead.whole.weeks, therapy="none")["neutral"]
        after = odds_after(ahead, now, plan.name, last, (AHEAD,), "none", budget, SEED)[AHEAD]
        drift = max(abs(np.mean([odds[a] for odds in after]) - now[a]) for a in now)
        gain = float(np.mean([divergence(odds, now) for odds in after]))
        rows.append(
            {"plan": plan.name, "gain": gain, "drift": float(drift), "seconds": time.perf_counter() - started}
        )
    return rows


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--households", type=int, default=6)
    parser.add_argument("--weeks", type=int, default=32)
    parser.add_argument("--budget", type=int, default=60)
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    told: dict[str, list[dict[str, Any]]] = {"as written": [], "one count a week": []}
    for i in range(args.households):
        cells, points, _ = weekly_cells(vt.simulate(SIX[i % len(SIX)], args.weeks, 700 + i).entries())
        told["as written"] += looked(cells, points, args.budget)
        told["one count a week"] += looked(one_count(cells), points, args.budget)
    print(
        f"{args.households} households of {args.weeks} weeks, {args.budget} futures a plan, {AHEAD} weeks ahead"
    )
    for kind, rows in told.items():
        print(
            f"{kind}: drift {np.mean([r['drift'] for r in rows]):.3f} mean, {max(r['drift'] for r in rows):.3f} most"
        )
        for name in dict.fromkeys(r["plan"] for r in rows):
            mine = [r for r in rows if r["plan"] == name]
            gains, seconds = ([r[key] for r in mine] for key in ("gain", "seconds"))
            print(f"  {name:16} n {len(mine)}  gain {np.mean(gains):.3f} nats  {np.median(seconds):.1f} s")
    if args.out:
        args.out.write_text(json.dumps(told, indent=1), "utf-8")


if __name__ == "__main__":
    main()
