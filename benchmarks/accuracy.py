"""How exact the judge's log Bayes factors are: its log evidences against importance sampling, on forty records.

    python benchmarks/accuracy.py [--records 40] [--first 0] [--draws 12000] [--exact 1536] [--out FILE.json]

Gold is the importance sampling of `velveteen.judge.importance` over every trajectory, hyperparameters and latent values
together, from a density written without the judge's kernels. The error of a log Bayes factor against `same`, in nats, is
split into three parts that add up:

inner        the approximation of the integral over the latent values, at the same hyperparameters and trajectories
quadrature   the rule over the hyperparameters (and what the choice leaves)
choice       the trajectories that are looked at and interpolated, against every one looked at, at one place

Beside them stands the standard error of the gold.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from forty_records import Case, forty

from velveteen.judge.accounts import ALL, Account
from velveteen.judge.api import weigh
from velveteen.judge.arrays import Floats, Ints
from velveteen.judge.evaluate import Evaluator
from velveteen.judge.evidence import Evidence, Profile
from velveteen.judge.exact import model_of
from velveteen.judge.hyper import Hyper
from velveteen.judge.importance import (
    Draws,
    Paths,
    Place,
    effective,
    exact_weights,
    influence,
    laplace_weights,
    log_mean,
    outer_draws,
    paths_of,
    place_of,
    standard_error,
)
from velveteen.judge.record import Record
from velveteen.measure.channels import registry

PARTS = ("inner", "quadrature", "choice", "total")
PILOT = 1500


@dataclass
class Gold:
    """Gold of one account: log evidences with the exact and with the approximate inner integral, and their draws' influence."""

    exact: float
    approximate: float
    choice: float
    many: Floats
    few: Floats
    ess: float
    ess_exact: float


def gold(
    record: Record, account: Account, hyper: Hyper, evidence: Evidence, sizes: tuple[int, int], seed: int
) -> Gold:
    """Importance sampling of one account over all its trajectories."""
    evaluator = Evaluator(record, account, hyper)
    paths, choice = every_path(evaluator, evidence)
    place = Place(
        evidence.components[0].centre, np.linalg.cholesky(evidence.frame.axes @ evidence.frame.axes.T)
    )
    for k in range(2):
        pilot = outer_draws(place, paths, PILOT, seed + 1000 + k)
        place = place_of(pilot, laplace_weights(evaluator, paths, pilot))
    many = outer_draws(place, paths, sizes[0], seed)
    cheap = laplace_weights(evaluator, paths, many)
    few = Draws(many.z[: sizes[1]], many.path[: sizes[1]], many.outer[: sizes[1]])
    exact = exact_weights(model_of(record, account, hyper), paths, few, place, seed)
    correction = log_mean(exact) - log_mean(cheap[: sizes[1]])
    return Gold(
        log_mean(cheap) + correction, log_mean(cheap), choice, influence(cheap),
        influence(exact) - influence(cheap[: sizes[1]]), effective(cheap) / sizes[0], effective(exact) / sizes[1],
    )  # fmt: skip


def every_path(evaluator: Evaluator, evidence: Evidence) -> tuple[Paths, float]:
    """Every trajectory with a full value at one z, and the error of the judge's choice of trajectories there, in nats."""
    shapes, z = evaluator.account.shapes, evidence.components[0].centre
    index: list[tuple[int, int]] = []
    prior: list[Floats] = []
    full = []
    for s, shape in enumerate(shapes):
        prior.append(shape.log_prior + shape.onset_log_prior)
        for o in range(shape.onsets.size):
            evaluator.follow(shape, o)
            index.append((s, o))
            full.append(evaluator(z))
    mass = np.array(full) + np.concatenate(prior)
    chosen = Profile(evaluator, z, evaluator.screen(z))
    chosen.refine()
    error = np.logaddexp.reduce(np.concatenate(chosen.values())) - np.logaddexp.reduce(mass)
    return paths_of(_integers(index), np.concatenate(prior), mass), float(error)


def _integers(index: list[tuple[int, int]]) -> Ints:
    return np.array(index, dtype=np.int64)


def one(case: Case, sizes: tuple[int, int], seed: int) -> dict[str, Any]:
    """Errors of every account of one record."""
    started = time.perf_counter()
    weighed = weigh(case.cells, case.points, registry())
    judged = time.perf_counter() - started
    record, evidences = weighed.record, weighed.evidences
    golds = {}
    for name, evidence in evidences.items():
        if name == "surface" and evidence is evidences["lasting"]:
            continue
        account, hyper = evidence.evaluator.account, evidence.evaluator._hyper  # noqa: SLF001
        golds[name] = gold(record, account, hyper, evidence, sizes, seed)
    same, rows = golds["same"], {}
    for name, found in golds.items():
        logs = (evidences[name].log, found.approximate, found.exact, found.choice)
        bayes = [
            a - b
            for a, b in zip(
                logs, (evidences["same"].log, same.approximate, same.exact, same.choice), strict=True
            )
        ]
        many, few = found.many - (name != "same") * same.many, found.few - (name != "same") * same.few
        rows[name] = {
            "judge": evidences[name].log, "gold": found.exact, "total": bayes[0] - bayes[2],
            "inner": bayes[1] - bayes[2], "choice": bayes[3], "quadrature": bayes[0] - bayes[1] - bayes[3],
            "se": float(np.hypot(standard_error(many), standard_error(few))),
            "ess": found.ess, "ess_exact": found.ess_exact,
        }  # fmt: skip
    return {
        "record": case.name, "cells": len(record.cells), "weeks": record.weeks, "hyperparameters": hyper.size,
        "accounts": rows, "numerical_error": weighed.numerical_error(), "seconds_judge": judged,
        "seconds": time.perf_counter() - started,
    }  # fmt: skip


def summary(results: Iterable[dict[str, Any]]) -> dict[str, dict[str, float]]:
    """Median, 90th percentile and worst absolute error of the log Bayes factors, by part, with the gold's own error."""
    rows = [row for r in results for name, row in r["accounts"].items() if name != "same"]
    table = {}
    for part in (*PARTS, "se"):
        size = np.abs([row[part] for row in rows])
        table[part] = {
            "median": float(np.median(size)),
            "90 %": float(np.quantile(size, 0.9)),
            "worst": float(size.max()),
        }
    return table


def say(result: dict[str, Any]) -> None:
    """One record: its worst account in each part."""
    rows = {k: v for k, v in result["accounts"].items() if k != "same"}
    worst = {p: max(rows.items(), key=lambda item: abs(item[1][p])) for p in PARTS}
    told = "  ".join(f"{p} {row[p]:+.3f} {name[:6]}" for p, (name, row) in worst.items())
    ess = min(row["ess"] for row in result["accounts"].values())
    low = min(row["ess_exact"] for row in result["accounts"].values())
    error = max(row["se"] for row in rows.values())
    print(
        f"{result['record']}: {told}  se {error:.3f} ess {ess:.2f} {low:.2f}  {result['seconds']:.0f} s",
        flush=True,
    )


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--records", type=int, default=40)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument(
        "--draws", type=int, default=12000, help="draws with the judge's own inner approximation"
    )
    parser.add_argument("--exact", type=int, default=1536, help="draws with the exact density, among them")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    results = []
    for case in forty()[args.first : args.first + args.records]:
        results.append(one(case, (args.draws, args.exact), args.seed))
        say(results[-1])
        if args.out:
            whole = {"summary": summary(results), "records": results}
            args.out.write_text(json.dumps(whole, indent=1), encoding="utf-8")
    for part, row in summary(results).items():
        print(part.ljust(12), "  ".join(f"{k} {v:.4f}" for k, v in row.items()))


if __name__ == "__main__":
    sys.exit(main())
