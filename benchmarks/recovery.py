"""Simulated households through measure and judge: is the account that made the record found?

    python benchmarks/recovery.py [--households 60] [--weeks 32] [--seed 0] [--world circle|other] [--conditional]
                                  [--out FILE.json]

Households of the circle, or of another world that was written without knowing the judge; accounts in equal numbers, equal
priors. Log score: mean of -log odds(truth), lower is better. Two trivial judges stand beside it: "nothing ever changes"
(`same` has .9) and "last month against the first".
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import other_world

import velveteen as vt
from velveteen.journal.entries import Entry
from velveteen.judge.verdict import ACCOUNTS
from velveteen.measure.weekly import weekly_cells

SIX = ACCOUNTS[:6]
FIVE = tuple(a for a in SIX if a != "conditional")


def circle(account: str, weeks: int, seed: int) -> list[Entry]:
    """The diary of one household of the circle."""
    return vt.simulate(account, weeks, seed).entries()


WORLDS = {"circle": circle, "other": other_world.simulate}


def one(job: tuple[str, str, int, int]) -> dict[str, Any]:
    """Judge one household under equal priors over the accounts of the run."""
    world, account, weeks, seed = job
    cells, points, _ = weekly_cells(WORLDS[world](account, weeks, seed))
    verdict = vt.judge(cells, points, sensitivity=False)
    return {
        "truth": account, "seed": seed, "log_evidence": verdict.log_evidence, "harm": harm_by_month(cells),
        "numerical_error": verdict.numerical_error,
    }  # fmt: skip


def harm_by_month(cells: list[Any]) -> list[float]:
    """Harmful acts a week together in each run of four weeks."""
    first = min(c.week for c in cells)
    sums: dict[int, list[float]] = {}
    for cell in cells:
        if cell.channel == "harm":
            month = sums.setdefault((cell.week - first) // 4, [0.0, 0.0])
            month[0] += cell.value
            month[1] += cell.of
    return [value / of for value, of in sums.values()]


def odds_of(result: dict[str, Any], accounts: tuple[str, ...]) -> dict[str, float]:
    """Odds under equal priors over `accounts`."""
    known = {a: result["log_evidence"][a] for a in accounts if result["log_evidence"][a] is not None}
    best = max(known.values())
    weights = {a: math.exp(v - best) for a, v in known.items()}
    total = sum(weights.values())
    return {a: weights.get(a, 0.0) / total for a in accounts}


def trivial(result: dict[str, Any], accounts: tuple[str, ...]) -> dict[str, dict[str, float]]:
    """The two trivial judges."""
    ratio = (result["harm"][-1] + 0.5) / (result["harm"][0] + 0.5)
    guess = "lasting" if ratio < 0.7 else "worse" if ratio > 1.4 else "same"
    rest = len(accounts) - 1
    return {
        "nothing ever changes": {a: 0.9 if a == "same" else 0.1 / rest for a in accounts},
        "last month against the first": {a: 0.5 if a == guess else 0.5 / rest for a in accounts},
    }


def scores(results: list[dict[str, Any]], odds: list[dict[str, float]]) -> dict[str, float]:
    """Right share, log score, share of sure verdicts and how often they are right."""
    right = [max(o, key=o.__getitem__) == r["truth"] for r, o in zip(results, odds, strict=True)]
    loss = [-math.log(max(o[r["truth"]], 1e-12)) for r, o in zip(results, odds, strict=True)]
    sure = [max(o.values()) > 0.9 for o in odds]
    hits = [a for a, s in zip(right, sure, strict=True) if s]
    return {
        "right": float(np.mean(right)), "log score": float(np.mean(loss)), "sure": float(np.mean(sure)),
        "sure and right": float(np.mean(hits)) if hits else float("nan"),
        "se right": float(np.std(right) / len(right) ** 0.5), "se log score": float(np.std(loss) / len(loss) ** 0.5),
    }  # fmt: skip


def confusion(results: list[dict[str, Any]], odds: list[dict[str, float]], accounts: tuple[str, ...]) -> str:
    """Truth in rows, verdict in columns."""
    pairs = Counter((r["truth"], max(o, key=o.__getitem__)) for r, o in zip(results, odds, strict=True))
    lines = ["truth \\ verdict".ljust(16) + "".join(a[:10].rjust(12) for a in accounts)]
    lines += [t.ljust(16) + "".join(str(pairs[t, v]).rjust(12) for v in accounts) for t in accounts]
    return "\n".join(lines)


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--households", type=int, default=60)
    parser.add_argument("--weeks", type=int, default=32)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--world", choices=WORLDS, default="circle")
    parser.add_argument("--conditional", action="store_true", help="include the account `conditional`")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    accounts = SIX if args.conditional else FIVE
    jobs = [
        (args.world, accounts[i % len(accounts)], args.weeks, args.seed + i) for i in range(args.households)
    ]
    with ProcessPoolExecutor(args.processes) as pool:
        results = []
        for result in pool.map(one, jobs):
            results.append(result)
            print(f"\r{len(results)}/{len(jobs)}", end="", file=sys.stderr)
    print(file=sys.stderr)
    odds = [odds_of(r, accounts) for r in results]
    table = {"velveteen": scores(results, odds)}
    for name in trivial(results[0], accounts):
        table[name] = scores(results, [trivial(r, accounts)[name] for r in results])
    for name, row in table.items():
        print(name.ljust(30), "  ".join(f"{k} {v:.3f}" for k, v in row.items()))
    print(confusion(results, odds, accounts))
    for r, o in zip(results, odds, strict=True):
        said = max(o, key=o.__getitem__)
        if o[said] > 0.9 and said != r["truth"]:
            print(f"sure and wrong: seed {r['seed']}, truth {r['truth']}, said {said} at {o[said]:.3f}")
    if args.out:
        args.out.write_text(json.dumps(results, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
