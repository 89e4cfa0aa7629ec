"""How exact the judge's log Bayes factors are: its log evidences against importance sampling, on forty records.

    python benchmarks/accuracy.py [--only I ...] [--draws 2000] [--exact 512] [--seed 1] [--out FILE.json]
    python benchmarks/accuracy.py --grid

Gold is the importance sampling of `velveteen.judge.importance` over every trajectory, hyperparameters and latent values
together, from a density written without the judge's kernels. The error of a log Bayes factor against `same`, in nats, is
split into three parts that add up:

inner        the approximation of the integral over the latent values, at the same hyperparameters and trajectories
choice       the trajectories looked at and interpolated, against every one looked at
quadrature   the rest: the rule over the hyperparameters

Beside them stand the gold's standard error (draws are quadrupled where it exceeds .01) and its effective sample size as a
share of the draws. `--grid` holds the sampling over hyperparameters against a dense grid, on records with three of them.
"""

from __future__ import annotations

import argparse
import itertools
import json
import time
from pathlib import Path
from typing import Any

import numpy as np
from forty_records import Case, forty

from velveteen.judge import evidence
from velveteen.judge.api import weigh
from velveteen.judge.audit import PILOT, Estimate, Sampler
from velveteen.judge.evidence import Evidence
from velveteen.judge.importance import Paths, effective, influence, paths_of, standard_error
from velveteen.judge.record import Record
from velveteen.measure.channels import registry

PARTS = ("inner", "quadrature", "choice", "total")
ENOUGH = 0.01  # nats: standard error of a log Bayes factor above which the draws are quadrupled


def every_path(everywhere: Evidence) -> Paths:
    """Every trajectory, to be drawn as its mass lies."""
    shapes = everywhere.evaluator.account.shapes
    index = np.array([(c.shape, c.onset) for c in everywhere.components])
    prior = np.array([shapes[s].log_prior + shapes[s].onset_log_prior[o] for s, o in index])
    return paths_of(index, prior, np.array([c.log_weight for c in everywhere.components]))


class Judged:
    """One account of one record: the judge's evidence, the same with every trajectory looked at, and a sampler of gold."""

    def __init__(self, record: Record, evidence: Evidence, everywhere: Evidence, seed: int) -> None:
        self.log, self.choice = evidence.log, evidence.log - everywhere.log
        paths = every_path(everywhere)
        self.sampler = Sampler(record, everywhere, paths, seed, PILOT)


def looked_at_everywhere(case: Case) -> dict[str, Evidence]:
    """The judge's evidences with every onset of every shape looked at."""
    usual, evidence.EVENLY = evidence.EVENLY, 100_000
    try:
        return weigh(case.cells, case.points, registry()).evidences
    finally:
        evidence.EVENLY = usual


def one(case: Case, sizes: tuple[int, int], seed: int) -> dict[str, Any]:
    """Errors of every account of one record."""
    started = time.perf_counter()
    weighed = weigh(case.cells, case.points, registry())
    seconds = time.perf_counter() - started
    record, evidences = weighed.record, dict(weighed.evidences)
    if evidences["surface"] is evidences["lasting"]:
        del evidences["surface"]
    everywhere = looked_at_everywhere(case)
    judged = {name: Judged(record, found, everywhere[name], seed) for name, found in evidences.items()}
    found = {name: account.sampler.estimate(*sizes) for name, account in judged.items()}
    rows = {name: _row(judged, found, name) for name in judged}
    unsure = [name for name, row in rows.items() if row["se"] > ENOUGH]
    if unsure:
        for name in {"same", *unsure}:
            judged[name].sampler.settle(sizes[0], seed + 3)
        more = {n: judged[n].sampler.estimate(4 * sizes[0], 4 * sizes[1]) for n in {"same", *unsure}}
        rows |= {name: _row(judged, more, name) for name in unsure}
    return {
        "record": case.name, "cells": len(record.cells), "weeks": record.weeks,
        "hyperparameters": evidences["same"].evaluator.hyper.size, "accounts": rows,
        "numerical_error": weighed.numerical_error(),
        "seconds_judge": seconds, "seconds": time.perf_counter() - started,
    }  # fmt: skip


def _row(judged: dict[str, Judged], found: dict[str, Estimate], name: str) -> dict[str, float]:
    """What is said of one account."""
    own, same = found[name], found["same"]
    judge = judged[name].log - judged["same"].log
    approximate, exact = own.approximate - same.approximate, own.exact - same.exact
    choice = judged[name].choice - judged["same"].choice
    return {
        "judge": judged[name].log, "gold": own.exact, "absolute": judged[name].log - own.exact,
        "total": judge - exact, "inner": approximate - exact, "choice": choice,
        "quadrature": judge - approximate - choice,
        "se": own.error() if name == "same" else own.difference_error(same),
        "ess": effective(own.many) / own.many.size, "ess_exact": effective(own.few) / own.few.size,
        "draws": own.many.size,
    }  # fmt: skip


def summary(results: list[dict[str, Any]]) -> dict[str, dict[str, float]]:
    """Median, 90th percentile and worst absolute error of the log Bayes factors, by part, with the gold's own error."""
    rows = [row for r in results for name, row in r["accounts"].items() if name != "same"]
    sizes = {part: np.abs([row[part] for row in rows]) for part in (*PARTS, "se")}
    return {
        part: {
            "median": float(np.median(size)),
            "90 %": float(np.quantile(size, 0.9)),
            "worst": float(size.max()),
        }
        for part, size in sizes.items()
    }


def say(result: dict[str, Any]) -> None:
    """One record: its worst account in each part."""
    rows = {k: v for k, v in result["accounts"].items() if k != "same"}
    worst = {p: max(rows.items(), key=lambda item, p=p: abs(item[1][p])) for p in PARTS}
    told = "  ".join(f"{p} {row[p]:+.3f} {name[:9]}" for p, (name, row) in worst.items())
    ess = [min(row[key] for row in result["accounts"].values()) for key in ("ess", "ess_exact")]
    error = max(row["se"] for row in rows.values())
    print(f"{result['record']}, {result['cells']} cells\n    {told}")
    print(f"    se {error:.3f}  ess {ess[0]:.2f} {ess[1]:.2f}  {result['seconds']:.0f} s", flush=True)


def grid(seed: int, draws: int, points: int = 25, reach: float = 5.0) -> None:
    """The sampling over hyperparameters under `same` against a dense grid, on the records with three of them."""
    for case in forty():
        weighed = weigh(case.cells, case.points, registry())
        found = weighed.evidences["same"]
        hyper = found.evaluator.hyper
        if hyper.size > 3:
            continue
        sampled = Judged(weighed.record, found, found, seed).sampler.estimate(draws, 16)
        evaluator, frame = found.evaluator, found.frame
        evaluator.follow(evaluator.account.shapes[0], 0)
        steps = np.linspace(-reach, reach, points)
        places = itertools.product(steps, repeat=hyper.size)
        values = [evaluator(frame.centre + frame.axes @ np.array(at)) for at in places]
        cell = hyper.size * (np.log(steps[1] - steps[0]) - 0.5 * np.log(2 * np.pi))
        dense = float(np.logaddexp.reduce(values) + cell + np.linalg.slogdet(frame.axes)[1])
        error = standard_error(influence(sampled.many))
        print(
            f"{case.name}: grid {dense:.4f}, sampling {sampled.approximate:.4f} ({error:.4f}), judge {found.log:.4f}"
        )


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", type=int, nargs="+", help="records by number, from 0")
    parser.add_argument(
        "--draws", type=int, default=2000, help="draws with the judge's own inner approximation"
    )
    parser.add_argument("--exact", type=int, default=512, help="of them with the exact density")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--grid", action="store_true")
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    if args.grid:
        grid(args.seed, args.draws)
        return
    results = []
    cases = forty()
    for i in args.only or range(len(cases)):
        results.append(one(cases[i], (args.draws, args.exact), args.seed))
        say(results[-1])
        if args.out:
            whole = {"summary": summary(results), "records": results}
            args.out.write_text(json.dumps(whole, indent=1), encoding="utf-8")
    for part, row in summary(results).items():
        print(part.ljust(12), "  ".join(f"{k} {v:.4f}" for k, v in row.items()))


if __name__ == "__main__":
    main()
