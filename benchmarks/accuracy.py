"""How exact the judge's log Bayes factors are: its log evidences against importance sampling, on forty records.

    python benchmarks/accuracy.py [--first 0] [--records 40] [--draws 4000] [--exact 768] [--seed 1] [--out FILE.json]
    python benchmarks/accuracy.py --grid

Gold is the importance sampling of `velveteen.judge.importance` over every trajectory, hyperparameters and latent values
together, from a density written without the judge's kernels. The error of a log Bayes factor against `same`, in nats, is
split into three parts that add up:

inner        the approximation of the integral over the latent values, at the same hyperparameters and trajectories
choice       the trajectories looked at and interpolated, against every one looked at, all at one place
quadrature   the rest: the rule over the hyperparameters

Beside them stand the gold's standard error (draws are quadrupled where it exceeds .01) and its effective sample size as a
share of the draws. `--grid` holds the sampling over hyperparameters against a dense grid, on records with three of them.
"""

from __future__ import annotations

import argparse
import itertools
import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from forty_records import Case, forty

from velveteen.judge.api import weigh
from velveteen.judge.arrays import Floats
from velveteen.judge.evaluate import Evaluator
from velveteen.judge.evidence import Evidence, Profile
from velveteen.judge.exact import model_of
from velveteen.judge.hyper import Hyper, hyper_for
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
PILOT = 1000
ENOUGH = 0.01  # nats: standard error of a log Bayes factor above which the draws are quadrupled


@dataclass
class Gold:
    """One account's draws.

    Attributes:
        many: log weights with the judge's inner approximation.
        few: the same of the first draws with the exact density.
        choice: error of the log evidence from the choice of trajectories, at one place.
    """

    many: Floats
    few: Floats
    choice: float

    @property
    def approximate(self) -> float:
        """Log evidence with the judge's inner approximation."""
        return log_mean(self.many)

    @property
    def exact(self) -> float:
        """Log evidence."""
        return log_mean(self.many) + log_mean(self.few) - log_mean(self.many[: self.few.size])

    def influences(self) -> tuple[Floats, Floats]:
        """How each of the many and of the few draws moves the log evidence."""
        return influence(self.many), influence(self.few) - influence(self.many[: self.few.size])


class Sampler:
    """Gold of one account, its proposal found once."""

    def __init__(self, record: Record, hyper: Hyper, evidence: Evidence, seed: int) -> None:
        account = evidence.evaluator.account
        self._evaluator, self._model = Evaluator(record, account, hyper), model_of(record, account, hyper)
        self._paths, self._choice = every_path(self._evaluator, evidence)
        covariance = evidence.frame.axes @ evidence.frame.axes.T
        self._place = Place(evidence.components[0].centre, np.linalg.cholesky(covariance))
        for k in range(2):
            pilot = outer_draws(self._place, self._paths, PILOT, seed + 1000 + k)
            self._place = place_of(pilot, laplace_weights(self._evaluator, self._paths, pilot))

    def gold(self, many: int, few: int, seed: int) -> Gold:
        """So many draws, and of them so few with the exact density."""
        draws = outer_draws(self._place, self._paths, many, seed)
        cheap = laplace_weights(self._evaluator, self._paths, draws)
        first = Draws(draws.z[:few], draws.path[:few], draws.outer[:few])
        return Gold(cheap, exact_weights(self._model, self._paths, first, self._place, seed), self._choice)


def every_path(evaluator: Evaluator, evidence: Evidence) -> tuple[Paths, float]:
    """Every trajectory with its full value at one z, and the error of the judge's choice of trajectories there."""
    shapes, z = evaluator.account.shapes, evidence.components[0].centre
    index = np.array([(s, o) for s, shape in enumerate(shapes) for o in range(shape.onsets.size)])
    prior = np.concatenate([shape.log_prior + shape.onset_log_prior for shape in shapes])
    full = np.empty(len(index))
    for i, (s, o) in enumerate(index):
        evaluator.follow(shapes[s], int(o))
        full[i] = evaluator(z)
    chosen = Profile(evaluator, z, evaluator.screen(z))
    chosen.refine()
    error = np.logaddexp.reduce(np.concatenate(chosen.values())) - np.logaddexp.reduce(full + prior)
    return paths_of(index, prior, full + prior), float(error)


def one(case: Case, sizes: tuple[int, int], seed: int) -> dict[str, Any]:
    """Errors of every account of one record."""
    started = time.perf_counter()
    weighed = weigh(case.cells, case.points, registry())
    judged = time.perf_counter() - started
    record, hyper, evidences = weighed.record, hyper_for(weighed.record), dict(weighed.evidences)
    if evidences["surface"] is evidences["lasting"]:
        del evidences["surface"]
    samplers = {name: Sampler(record, hyper, e, seed) for name, e in evidences.items()}
    golds = {name: s.gold(*sizes, seed) for name, s in samplers.items()}
    unsure = [name for name in golds if _error(golds, name) > ENOUGH]
    if unsure:
        more = {name: samplers[name].gold(4 * sizes[0], 4 * sizes[1], seed) for name in {"same", *unsure}}
    rows = {n: _row(n, evidences, more if n in unsure else golds) for n in golds}
    return {
        "record": case.name, "cells": len(record.cells), "weeks": record.weeks, "hyperparameters": hyper.size,
        "accounts": rows, "numerical_error": weighed.numerical_error(), "seconds_judge": judged,
        "seconds": time.perf_counter() - started,
    }  # fmt: skip


def _error(golds: dict[str, Gold], name: str) -> float:
    """Standard error of the log Bayes factor against `same`; of the log evidence for `same` itself."""
    own, same = golds[name].influences(), golds["same"].influences()
    shared = 0.0 if name == "same" else 1.0
    return float(np.hypot(*(standard_error(a - shared * b) for a, b in zip(own, same, strict=True))))


def _row(name: str, evidences: dict[str, Evidence], golds: dict[str, Gold]) -> dict[str, float]:
    """What is said of one account."""
    own, same = golds[name], golds["same"]
    judge = evidences[name].log - evidences["same"].log
    approximate, exact = own.approximate - same.approximate, own.exact - same.exact
    choice = own.choice - same.choice
    return {
        "judge": evidences[name].log, "gold": own.exact, "absolute": evidences[name].log - own.exact,
        "total": judge - exact, "inner": approximate - exact, "choice": choice,
        "quadrature": judge - approximate - choice,
        "se": _error(golds, name), "ess": effective(own.many) / own.many.size,
        "ess_exact": effective(own.few) / own.few.size, "draws": own.many.size,
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
        hyper, evidence = hyper_for(weighed.record), weighed.evidences["same"]
        if hyper.size > 3:
            continue
        found = Sampler(weighed.record, hyper, evidence, seed).gold(draws, 16, seed)
        evaluator, frame = evidence.evaluator, evidence.frame
        evaluator.follow(evaluator.account.shapes[0], 0)
        steps = np.linspace(-reach, reach, points)
        values = [
            evaluator(frame.centre + frame.axes @ np.array(at))
            for at in itertools.product(steps, repeat=hyper.size)
        ]
        cell = hyper.size * (np.log(steps[1] - steps[0]) - 0.5 * np.log(2 * np.pi))
        dense = float(np.logaddexp.reduce(values) + cell + np.linalg.slogdet(frame.axes)[1])
        error = standard_error(influence(found.many))
        print(
            f"{case.name}: grid {dense:.4f}, sampling {found.approximate:.4f} (se {error:.4f}), judge {evidence.log:.4f}"
        )


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--records", type=int, default=40)
    parser.add_argument(
        "--draws", type=int, default=4000, help="draws with the judge's own inner approximation"
    )
    parser.add_argument("--exact", type=int, default=768, help="of them with the exact density")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--grid", action="store_true")
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    if args.grid:
        grid(args.seed, args.draws)
        return
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
    main()
