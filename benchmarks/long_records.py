"""Long records with known paths: is the verdict that of the last change, and since when?

    python benchmarks/long_records.py [--records 24] [--weeks 416] [--seed 0] [--out FILE.json]
    python benchmarks/long_records.py --still [--records 10] [--weeks 260] [--seed 0]
    python benchmarks/long_records.py --cost [--lengths 208 520 1040]

Each record has two to five changes of known kind; the last began 20 to 60 weeks before its end. The generator is its own and
shares no formula with the judge: acts day by day from an overdispersed Poisson law, changes that come and go along logistic
curves, a yearly wave, weeks left out. Judged three ways, equal priors: along the path of regimes, as one change over the
whole record, on its last two years alone. Right: the likeliest account is the kind of the last change. Onset error: weeks
between the true onset and that of the likeliest account. `--still`: probability that something changed, neutral reader,
for households of the circle that never do, with and without a path. `--cost`: time and peak memory by length, each in a
process of its own, 4 channels and 2 informants.
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from velveteen.circle import simulate
from velveteen.judge import regimes_evidence
from velveteen.judge.api import judge, weigh
from velveteen.judge.regimes import changes
from velveteen.judge.regimes_words import since_week
from velveteen.measure.cells import Cell
from velveteen.measure.channels import registry
from velveteen.measure.weekly import weekly_cells

HARD_SHARE = 0.3
RECENT = 104  # weeks that "the last two years" are
LONG_ENOUGH = 150  # weeks of a record that has every kernel run once


def draw_path(weeks: int, rng: np.random.Generator) -> list[tuple[str, float, float, float]]:
    """(kind, onset, size, pace) of two to five changes, better and worse in turn where they last, 26 weeks apart or more."""
    count = int(rng.integers(2, 6))
    last = weeks - int(rng.integers(20, 61))
    slack = rng.dirichlet(np.ones(count)) * (last - 20 - 26 * (count - 1))
    onsets = 20 + np.cumsum(slack) + 26 * np.arange(count)
    path, better = [], bool(rng.random() < 0.5)
    for onset in onsets:
        kind = ("temporary", "lasting", "surface")[rng.choice(3, p=(0.3, 0.4, 0.3))] if better else "worse"
        path.append((kind, float(onset), float(rng.uniform(0.8, 1.6)), float(np.exp(rng.uniform(0.3, 2.2)))))
        better = kind == "temporary" or not better
    return path


def push(kind: str, onset: float, size: float, pace: float, weeks: int) -> np.ndarray:
    """(T,) what one change does to a calm outward week, in log acts: logistic in time; `temporary` fades again."""
    t = np.arange(weeks) + 0.5
    curve = size / (1.0 + np.exp(-np.clip((t - onset - pace) / (0.4 * pace), -60, 60)))
    if kind == "temporary":
        curve *= np.exp(-np.maximum(t - onset - pace, 0.0) / (3.0 + 2.5 * pace))
    return -curve if kind == "worse" else curve


def long_record(
    weeks: int, seed: int, informants: tuple[str, ...] = ("partner",)
) -> tuple[list[Cell], list[Any]]:
    """Cells of one household, and its path as (kind, onset, size, pace)."""
    rng = np.random.default_rng([seed, weeks])
    path = draw_path(weeks, rng)
    calm, hard, inward = (np.zeros(weeks) for _ in range(3))
    for change in path:
        curve = push(*change, weeks)
        calm += curve
        hard += 0.0 if change[0] == "surface" else rng.uniform(0.8, 1.1) * curve
        inward += 0.0 if change[0] == "surface" else rng.uniform(0.7, 1.1) * curve
    ebb = rng.normal(0.0, 0.18, weeks)
    for t in range(1, weeks):
        ebb[t] += 0.6 * ebb[t - 1]
    mood = ebb + 0.15 * np.sin(2 * np.pi * (np.arange(weeks) / 52.2 + rng.random()))
    cells: list[Cell] = []
    for t in range(weeks):
        if rng.random() < 0.1:
            continue
        for informant in informants:
            cells += _week(t, informant, calm[t] + mood[t], hard[t] + mood[t], inward[t] + 0.6 * mood[t], rng)
    return cells, path


def _week(
    t: int, informant: str, calm: float, hard: float, inward: float, rng: np.random.Generator
) -> list[Cell]:
    days = int(rng.binomial(6, HARD_SHARE))
    cells = []
    for strain, n, level in ((0.0, 6 - days, calm), (1.0, days, hard - 0.5)):
        if n:
            rate = n * 0.5 * np.exp(-level) * rng.gamma(5.0, 0.2)
            cells.append(Cell(t, "harm", float(rng.poisson(rate)), n / 7, informant, strain))
            seen = np.clip(rng.normal(4.5 + 1.5 * level, 1.2, n), 0, 10).round().mean()
            cells.append(Cell(t, "regard", float(seen), float(n), informant, strain))
    asked = int(rng.integers(1, 3))
    owned = float(rng.binomial(asked, 1 / (1 + np.exp(0.4 - inward))))
    cells.append(Cell(t, "owning", owned, float(asked), informant, None))
    cells.append(
        Cell(
            t,
            "equals",
            float(np.clip(rng.normal(4.5 + 1.3 * inward, 1.2), 0, 10).round()),
            1.0,
            informant,
            None,
        )
    )
    return cells


def three_ways(cells: list[Cell], weeks: int) -> dict[str, dict[str, Any]]:
    """Odds under equal priors and the leading account's onset: along the path, as one change, on the last two years."""
    recent = [c for c in cells if c.week >= weeks - RECENT]
    return {
        "path": judged(cells, regimes_evidence.LONG),
        "one change": judged(cells, weeks + 1),
        "last two years": judged(recent, weeks + 1),
    }


def judged(cells: list[Cell], long: int) -> dict[str, Any]:
    """One verdict: odds of the four kinds and all others, since when, and how long it took; paths from `long` weeks on."""
    shipped, regimes_evidence.LONG = regimes_evidence.LONG, long
    started = time.perf_counter()
    weighed = weigh(cells, [], registry())
    seconds = time.perf_counter() - started
    regimes_evidence.LONG = shipped
    odds = weighed.odds("none")["equal"]
    since = since_week(weighed.evidences, max(odds, key=odds.__getitem__), weighed.along[0])
    return {
        "odds": odds, "since": weighed.record.first + since, "seconds": seconds,
        "earlier": len(changes(weighed.along[0].earlier)), "share": weighed.along[0].share,
        "search_error": weighed.search_error("none"),
    }  # fmt: skip


def table(results: list[dict[str, Any]]) -> str:
    """One line a way of judging."""
    lines = []
    for way in ("path", "one change", "last two years"):
        odds = [r[way]["odds"] for r in results]
        truth = [r["path_true"][-1][0] for r in results]
        said = [max(o, key=o.__getitem__) for o in odds]
        right = np.array([a == b for a, b in zip(said, truth, strict=True)])
        sure = np.array([max(o.values()) > 0.9 for o in odds])
        loss = np.mean([-math.log(max(o[t], 1e-12)) for o, t in zip(odds, truth, strict=True)])
        off = np.array([abs(r[way]["since"] - r["path_true"][-1][1]) for r in results])
        seconds = np.median([r[way]["seconds"] for r in results])
        sure_right = f"{right[sure].mean():.2f} of {sure.sum()}" if sure.any() else "–"
        lines.append(
            f"{way:15} right {right.mean():.2f}  log score {loss:.2f}  sure and right {sure_right}"
            f"  onset off by weeks: median {np.median(off):.0f}, within 13: {np.mean(off <= 13):.2f}  {seconds:.1f} s"
        )
    return "\n".join(lines)


def still(weeks: int, seed: int) -> dict[str, float]:
    """1 - neutral odds of `same` for a household of the circle that never changes, with and without a path."""
    cells, points, _ = weekly_cells(simulate("same", weeks, seed).entries())
    found = {}
    for way, long in (("path", regimes_evidence.LONG), ("one change", weeks + 1)):
        shipped, regimes_evidence.LONG = regimes_evidence.LONG, long
        odds = weigh(cells, points, registry()).odds("none")["neutral"]
        regimes_evidence.LONG = shipped
        found[way] = 1.0 - odds["same"]
    return found


def cost(weeks: int) -> None:
    """Time and memory of one verdict in this process: printed, with the time without earlier regimes beside it."""
    judge(long_record(LONG_ENOUGH, 0)[0])  # kernels loaded
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    cells, _ = long_record(weeks, 0, ("partner", "therapist"))
    started, clock = time.process_time(), time.perf_counter()
    verdict = judge(cells)
    whole, waited = time.process_time() - started, time.perf_counter() - clock
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.process_time()
    judged(cells, weeks + 1)
    short = time.process_time() - started
    regimes = len(verdict.detail.get("path", []))
    print(f"{weeks} weeks, {len(cells)} cells, {regimes} earlier regimes:", end=" ")
    print(
        f"{whole:.1f} s of processor a verdict, {waited:.1f} s waited, {whole / short:.1f} x without a path;",
        end=" ",
    )
    print(f"peak {peak / 1024:.0f} MB, {before / 1024:.0f} MB before it", flush=True)


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--records", type=int, default=24)
    parser.add_argument("--weeks", type=int, default=416)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--still", action="store_true")
    parser.add_argument("--cost", action="store_true")
    parser.add_argument("--lengths", type=int, nargs="+", default=[208, 520, 1040])
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    if args.cost and len(args.lengths) == 1:
        cost(args.lengths[0])
        return
    if args.cost:
        for weeks in args.lengths:
            subprocess.run([sys.executable, __file__, "--cost", "--lengths", str(weeks)], check=True)
        return
    if args.still:
        for seed in range(args.seed, args.seed + args.records):
            print(seed, {way: round(p, 3) for way, p in still(args.weeks, seed).items()}, flush=True)
        return
    results = []
    for seed in range(args.seed, args.seed + args.records):
        cells, path = long_record(args.weeks, seed)
        results.append({"seed": seed, "path_true": path, **three_ways(cells, args.weeks)})
        print(f"\r{len(results)}/{args.records}", end="", file=sys.stderr)
        if args.out:
            args.out.write_text(json.dumps(results, indent=1), encoding="utf-8")
    print(file=sys.stderr)
    print(
        Counter(r["path_true"][-1][0] for r in results),
        "changes",
        Counter(len(r["path_true"]) for r in results),
    )
    print(table(results))
    for r in results:
        odds = r["path"]["odds"]
        said = max(odds, key=odds.__getitem__)
        if odds[said] > 0.9 and said != r["path_true"][-1][0]:
            print(
                f"sure and wrong: seed {r['seed']}, truth {r['path_true'][-1][0]}, said {said} at {odds[said]:.3f}"
            )


if __name__ == "__main__":
    main()
