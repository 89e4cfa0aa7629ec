"""A hyperprior fitted to an unlabelled cohort of the circle: what it is, and what it gains.

    python benchmarks/hyperprior.py fit --out FILE.toml [--households 400] [--seed 100000]
    python benchmarks/hyperprior.py score FILE.toml [--households 120] [--weeks 32] [--world circle|other]

`fit`: households of 20, 32 and 52 weeks over all six accounts, each kept in its own way, without their labels; the shipped
`hyperprior_circle.toml` is the output with the defaults. `score`: other households, judged with and without the file, as
`recovery.py` does; log score and log evidence as paired differences, with standard errors.
"""

from __future__ import annotations

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
import recovery

import velveteen as vt
from velveteen.circle import RecordKeeping
from velveteen.cohort.card import hyperprior_toml
from velveteen.cohort.households import Household
from velveteen.cohort.hyperfit import fit_hyperprior
from velveteen.cohort.judged import Settings
from velveteen.measure.weekly import weekly_cells

WEEKS = (20, 32, 52)
KNOBS = {
    "days_written": (0.45, 1.0), "diligence_decay": (0.0, 0.4), "bad_weeks_unwritten": (0.0, 0.3),
    "inward_weeks": (0.4, 1.0), "forgetting": (0.0, 0.25), "yardstick_drift": (0.0, 0.8), "hope": (0.0, 0.8),
    "strain_mislabel": (0.0, 0.15), "recall_noise": (0.3, 0.9),
}  # fmt: skip


def kept_somehow(place: int, seed: int) -> Household:
    """One household of the circle, its record kept with knobs drawn evenly from their ranges."""
    rng = np.random.default_rng([seed, place])
    record = RecordKeeping(**{knob: float(rng.uniform(*ends)) for knob, ends in KNOBS.items()})
    weeks = WEEKS[int(rng.integers(len(WEEKS)))]
    lived = vt.simulate(recovery.SIX[place % 6], weeks, seed + place, record=record)
    cells, points, _ = weekly_cells(lived.entries())
    return Household(str(seed + place), cells, points)


def fit(args: argparse.Namespace) -> None:
    """Fit, print and write."""
    cohort = [kept_somehow(place, args.seed) for place in range(args.households)]

    def show(what: str, done: int, total: int) -> None:
        print(f"\r{what}: {done}/{total}", end="\n" if done == total else "", file=sys.stderr)

    text = hyperprior_toml(
        fit_hyperprior(cohort, Settings(), "circle", processes=args.processes, progress=show)
    )
    args.out.write_text(text, "utf-8")
    print(text)


def both(file: Path, job: tuple[str, str, int, int]) -> tuple[float, float, float, float]:
    """Log score and log evidence of one household under equal priors over five accounts, without and with the file."""
    world, account, weeks, seed = job
    cells, points, _ = weekly_cells(recovery.WORLDS[world](account, weeks, seed))
    found = []
    for hyperprior in (None, file):
        result = {
            "log_evidence": vt.judge(cells, points, hyperprior=hyperprior, sensitivity=False).log_evidence
        }
        logs = [v for a, v in result["log_evidence"].items() if a in recovery.FIVE and v is not None]
        score = -np.log(max(recovery.odds_of(result, recovery.FIVE)[account], 1e-12))
        found += [float(score), float(np.logaddexp.reduce(logs) - np.log(len(logs)))]
    return found[0], found[1], found[2], found[3]


def score(args: argparse.Namespace) -> None:
    """Judge twice and print."""
    jobs = [(args.world, recovery.FIVE[i % 5], args.weeks, i) for i in range(args.households)]
    if args.processes == 1:
        pairs = np.array([both(args.file, job) for job in jobs])
    else:
        with ProcessPoolExecutor(args.processes) as pool:
            pairs = np.array(list(pool.map(partial(both, args.file), jobs)))
    for name, old, new in (("log score", 0, 2), ("log evidence", 1, 3)):
        moved = pairs[:, new] - pairs[:, old]
        error = moved.std(ddof=1) / len(moved) ** 0.5
        print(
            f"{name}: {pairs[:, old].mean():.3f} without, {pairs[:, new].mean():.3f} with, {moved.mean():+.3f} ({error:.3f})"
        )


def main() -> None:
    """Read the arguments and run."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--processes", type=int, default=2)
    commands = parser.add_subparsers(required=True)
    fitting = commands.add_parser("fit")
    fitting.add_argument("--out", type=Path, required=True)
    fitting.add_argument("--households", type=int, default=400)
    fitting.add_argument("--seed", type=int, default=100_000)
    fitting.set_defaults(run=fit)
    scoring = commands.add_parser("score")
    scoring.add_argument("file", type=Path)
    scoring.add_argument("--households", type=int, default=120)
    scoring.add_argument("--weeks", type=int, default=32)
    scoring.add_argument("--world", choices=recovery.WORLDS, default="circle")
    scoring.set_defaults(run=score)
    args = parser.parse_args()
    args.run(args)


if __name__ == "__main__":
    main()
