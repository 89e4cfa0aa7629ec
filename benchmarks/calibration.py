"""Records drawn from the judge's own prior: is what it says as often true as it says?

    python benchmarks/calibration.py [--households 200] [--weeks 24] [--folder FOLDER] [--processes 1] [--seed 0]
                                     [--out FILE.json]

Account, trajectory, effects, ebb and cells come from the prior that the judge assumes (`prior_draws.py`), so its odds under
equal priors over all seven accounts are the exact posterior but for its arithmetic: of everything that is given odds p, a
share p must be true. What is tested is therefore the arithmetic: quadrature, onsets looked at, Laplace.

One simultaneous test. If the odds are exact, truths are independent draws from them, so the distribution of any statistic is
known by drawing truths anew. The statistic is the largest cumulative difference between truth and odds, over all
accounts and all levels of odds, each account standardised (cumulative differences: Arrieta-Ibarra et al. 2022). It needs no
bins, is one test for all accounts and levels, and is exact for a discrete choice, where an ECDF band on randomised PIT
values would add noise of its own. The reliability table (ten bins, all accounts) is for the eye.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
from bars import thresholds
from prior_draws import draw_household
from runs import Row, take_up
from shares import share

from velveteen.judge.api import weigh
from velveteen.judge.arrays import Floats
from velveteen.judge.verdict import ACCOUNTS
from velveteen.measure.channels import load_channels

REDRAWS = 4000
BINS = 10


def judged(job: tuple[int, int]) -> Row:
    """Draw and weigh one household: (weeks, seed)."""
    weeks, seed = job
    registry = load_channels(None)
    drawn = draw_household(weeks, registry, np.random.default_rng([seed, weeks]))
    weighed = weigh(drawn.cells, drawn.points, registry)
    return {
        "job": list(job), "truth": drawn.account, "log_evidence": weighed.log_evidence(),
        "numerical_error": weighed.numerical_error(),
    }  # fmt: skip


def equal_odds(rows: list[Row]) -> Floats:
    """(n, 7) odds under equal priors over all accounts; 0 where one could not be weighed."""
    known = [[-np.inf if (v := row["log_evidence"][a]) is None else v for a in ACCOUNTS] for row in rows]
    values = np.array(known, dtype=float)
    weights = np.exp(values - values.max(axis=1, keepdims=True))
    odds: Floats = weights / weights.sum(axis=1, keepdims=True)
    return odds


def cumulative(odds: Floats, truth: np.ndarray) -> float:
    """Largest standardised cumulative difference between truth and odds, over accounts and levels.

    Args:
        odds: (n, k); truth: (n,) index of the true account.
    """
    order = np.argsort(odds, axis=0, kind="stable")
    hits = truth[:, None] == np.arange(odds.shape[1])
    gaps = np.take_along_axis(hits - odds, order, axis=0)
    spread = np.sqrt((odds * (1.0 - odds)).sum(axis=0))
    return float((np.abs(np.cumsum(gaps, axis=0)).max(axis=0) / np.maximum(spread, 1e-9)).max())


def simultaneous_test(odds: Floats, truth: np.ndarray, seed: int = 1) -> dict[str, float]:
    """The statistic, its 95 % point under exact odds, and the Monte Carlo p value (Davison & Hinkley 1997, 4.2)."""
    rng = np.random.default_rng(seed)
    edges = np.cumsum(odds, axis=1)
    found = cumulative(odds, truth)
    null = np.array([cumulative(odds, _redrawn(edges, rng)) for _ in range(REDRAWS)])
    p = (1 + int((null >= found).sum())) / (REDRAWS + 1)
    return {"statistic": found, "95 % point": float(np.quantile(null, 0.95)), "p": p}


def _redrawn(edges: Floats, rng: np.random.Generator) -> np.ndarray:
    drawn = (rng.random(len(edges))[:, None] * edges[:, -1:] > edges).sum(axis=1)
    redrawn: np.ndarray = np.minimum(drawn, edges.shape[1] - 1)
    return redrawn


def reliability(odds: Floats, truth: np.ndarray) -> list[dict[str, Any]]:
    """For each tenth of the odds, all accounts together: mean odds, how many were true, exact 95 % limits."""
    hits = (truth[:, None] == np.arange(odds.shape[1])).ravel()
    flat = odds.ravel()
    tenth = np.minimum((flat * BINS).astype(int), BINS - 1)
    found = []
    for k in range(BINS):
        mine = tenth == k
        if mine.any():
            found.append(
                {"from": k / BINS, "odds": float(flat[mine].mean())}
                | share(int(hits[mine].sum()), int(mine.sum()))
            )
    return found


def by_account(odds: Floats, truth: np.ndarray) -> dict[str, dict[str, float]]:
    """How often each account was true, the mean odds it got, and the difference in standard errors."""
    found = {}
    for k, name in enumerate(ACCOUNTS):
        error = float(np.sqrt((odds[:, k] * (1.0 - odds[:, k])).sum()))
        true, said = int((truth == k).sum()), float(odds[:, k].sum())
        found[name] = {"true": true, "said": said, "z": (true - said) / error}
    return found


def main() -> None:
    """Run what is left of the run, and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--households", type=int, default=200)
    parser.add_argument("--weeks", type=int, default=24)
    parser.add_argument("--folder", type=Path, default=Path("calibration-runs"))
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    jobs = [(args.weeks, args.seed + i) for i in range(args.households)]
    rows = take_up(args.folder / f"own-prior-{args.weeks}.jsonl", jobs, judged, args.processes)
    odds, truth = equal_odds(rows), np.array([ACCOUNTS.index(r["truth"]) for r in rows])
    told = {
        "households": len(rows), "weeks": args.weeks, "test": simultaneous_test(odds, truth),
        "reliability": reliability(odds, truth), "accounts": by_account(odds, truth),
        "log score": float(-np.log(np.maximum(odds[np.arange(len(rows)), truth], 1e-12)).mean()),
    }  # fmt: skip
    _say(told)
    if args.out:
        args.out.write_text(json.dumps(told, indent=1), encoding="utf-8")


def _say(told: dict[str, Any]) -> None:
    bar, test = thresholds()["calibration"], told["test"]
    enough = told["households"] >= bar["households"]
    verdict = ("met" if test["p"] >= bar["p_at_least"] else "missed") if enough else "too few households"
    print(
        f"{told['households']} households of {told['weeks']} weeks, log score {told['log score']:.3f}\n"
        f"largest cumulative difference {test['statistic']:.3f}, 95 % point {test['95 % point']:.3f}, p {test['p']:.3f}"
        f" (bar p >= {bar['p_at_least']} at {bar['households']}: {verdict})"
    )
    for row in told["reliability"]:
        print(
            f"  odds {row['odds']:.3f}: true {row['share']:.3f} ({row['low']:.3f}–{row['high']:.3f}, n {row['n']})"
        )
    for name, row in told["accounts"].items():
        print(f"  {name}: true {row['true']}, said {row['said']:.1f}, z {row['z']:+.2f}")


if __name__ == "__main__":
    main()
