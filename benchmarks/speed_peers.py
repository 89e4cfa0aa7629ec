"""The judge beside NUTS with bridge sampling on the same model and the same arrays: processor time for one log evidence.

    python benchmarks/speed_peers.py [--weeks 52] [--warmup 300] [--draws 2000] [--repeats 5] [--only NAME] [--out FILE.json]

Needs the `bench` group (`make peers` installs it). NUTS is NumPyro's, in double precision, one thread, compilation not
counted, with all unknowns standard normal a priori; bridge sampling has a normal proposal (benchmarks/peers). Three
evidences of one household of the circle, 3 channels with calm and hard days:

same           no trajectory to sum over
lasting, one   its likeliest trajectory alone
lasting, many  its four widths with eight onsets each, summed inside the likelihood

The peer's standard error is the scatter over its repeats, each chain cut into pieces of several lengths; gold is
`velveteen.judge.audit` with 8,000 draws. Three ratios of seconds: at the default of four chains with 1,000 warm-up and 1,000
kept draws each; at matched accuracy, with as many draws as bring the standard error down to the judge's measured error; and
at .02 nats. A whole verdict stands beside as many evidences as it has accounts, each at the price of `same`: less than the
peer would need, which has no trajectory to sum over there. Where more draws are needed than were made, the standard error is
taken to fall with their root.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")

import numpy as np
from peers import bridge
from peers.nuts import Peer
from speed import FOUR, household

import velveteen as vt
from velveteen.judge.accounts import ALL, Account
from velveteen.judge.audit import Sampler, carrying_paths
from velveteen.judge.effects import shared_effects
from velveteen.judge.evidence import account_evidence
from velveteen.judge.exact import log_joint, log_prior, model_of, setting_of
from velveteen.judge.hyper import Hyper, hyper_for
from velveteen.judge.importance import rows_of
from velveteen.judge.record import Record, build_record
from velveteen.measure.cells import Cell, TurningPoint
from velveteen.measure.channels import registry

DEFAULT = (4, 1000, 1000)  # chains, warm-up and kept draws of each
FEWEST = 100  # draws below which no covariance is fitted
ONSETS = 8
BAR = 0.02


def restricted(account: Account, keep: Callable[[int, int], np.ndarray]) -> Account:
    """The account with some onsets of each shape alone: `keep` takes a shape's index and its number of onsets."""
    shapes = []
    for s, shape in enumerate(account.shapes):
        chosen = keep(s, shape.onsets.size)
        if chosen.size:
            shapes.append(
                replace(
                    shape, onsets=shape.onsets[chosen], onset_log_prior=shape.onset_log_prior[chosen],
                    profiles=np.ascontiguousarray(shape.profiles[chosen]),
                )
            )  # fmt: skip
    return replace(account, shapes=tuple(shapes))


def three(record: Record, hyper: Hyper) -> dict[str, Account]:
    """The accounts whose evidences are compared."""
    shared = shared_effects(record)
    lasting = ALL["lasting"](record, shared)
    best = account_evidence(record, lasting, hyper).components[0]
    one = restricted(lasting, lambda s, _: np.array([best.onset] if s == best.shape else [], dtype=int))
    many = restricted(lasting, lambda _, n: np.unique(np.linspace(0, n - 1, ONSETS).round().astype(int)))
    return {"same": ALL["same"](record, shared), "lasting, one": one, "lasting, many": many}


def peer_of(record: Record, account: Account, hyper: Hyper) -> Peer:
    """The peer on all trajectories of an account; fails if its density is not the exact one."""
    model = model_of(record, account, hyper)
    index = np.array([(s, o) for s, shape in enumerate(account.shapes) for o in range(shape.onsets.size)])
    prior = np.concatenate([shape.log_prior + shape.onset_log_prior for shape in account.shapes])
    rows = rows_of(model, index)
    peer = Peer(model, rows, prior)
    theta = np.random.default_rng(0).normal(size=peer.size) * 0.5
    z = np.repeat(theta[None, : hyper.size], len(rows), axis=0)
    setting = setting_of(model, z, rows)
    u = np.empty((len(rows), record.weeks))
    for t, shock in enumerate(theta[hyper.size : hyper.size + record.weeks]):
        u[:, t] = setting.sigma * shock
        if t:
            u[:, t] = setting.rho * u[:, t - 1] + u[:, t] * np.sqrt(1.0 - setting.rho**2)
    b = (
        account.effects.mean
        + np.linalg.cholesky(account.effects.covariance) @ theta[hyper.size + record.weeks :]
    )
    b = np.repeat(b[None], len(rows), axis=0)
    truth = np.logaddexp.reduce(log_joint(setting, u, b) - log_prior(setting, u, b) + prior)
    found = peer.log_density(theta[None])[0] + 0.5 * (theta @ theta + peer.size * np.log(2.0 * np.pi))
    np.testing.assert_allclose(found, truth, rtol=1e-8)
    return peer


def timed(work: Callable[[], Any], repeats: int) -> tuple[float, Any]:
    """Median processor seconds, after one run that does not count, and the last result."""
    work()
    seconds = []
    for _ in range(repeats):
        started = time.process_time()
        result = work()
        seconds.append(time.process_time() - started)
    return statistics.median(seconds), result


def compare(record: Record, account: Account, hyper: Hyper, args: argparse.Namespace) -> dict[str, Any]:
    """One evidence, by the judge and by the peer, in processor seconds and nats."""
    judge_seconds, evidence = timed(lambda: account_evidence(record, account, hyper), 9)
    paths, share = carrying_paths(evidence)
    gold = Sampler(record, evidence, paths, 1, 1000).estimate(8000, 2000)
    truth = gold.exact - np.log(share)
    error = evidence.log - truth
    found = {
        "trajectories": sum(shape.onsets.size for shape in account.shapes), "judge": evidence.log,
        "judge_error": error, "judge_seconds": judge_seconds, "gold": truth, "gold_se": gold.error(),
    }  # fmt: skip
    return found | nuts(peer_of(record, account, hyper), judge_seconds, abs(error), args)


def nuts(peer: Peer, judge_seconds: float, error: float, args: argparse.Namespace) -> dict[str, Any]:
    """The peer's evidence and its scatter by number of draws, and the ratios of seconds."""
    sizes = [n for k in range(5, -1, -1) if (n := args.draws >> k) >= FEWEST]
    logs: dict[int, list[float]] = {n: [] for n in sizes}
    rng, sampling, bridging = np.random.default_rng(1), [], []
    for repeat in range(args.repeats):
        draws, seconds = peer.draw(1, args.warmup, args.draws, repeat)
        sampling.append(seconds)
        for n in sizes:
            started = time.process_time()
            pieces = [draws[i : i + n] for i in range(0, len(draws) - n + 1, n)]
            logs[n] += [bridge.log_evidence(peer.log_density, piece, rng) for piece in pieces]
        bridging.append(time.process_time() - started)
    spread = {n: statistics.stdev(values) for n, values in logs.items()}
    transition = statistics.median(sampling) / (args.warmup + args.draws)
    each = transition + statistics.median(bridging) / args.draws
    chains, warmup, kept = DEFAULT
    needed = {"matched": enough(spread, error), f"at {BAR}": enough(spread, BAR)}
    seconds_of = {"default": chains * (warmup * transition + kept * each)}
    seconds_of |= {name: args.warmup * transition + n * each for name, n in needed.items()}
    return {
        "unknowns": peer.size, "peer": statistics.mean(logs[sizes[-1]]), "peer_se": spread,
        "transition": transition, "draws_needed": needed, "seconds": seconds_of,
        "ratio": {name: value / judge_seconds for name, value in seconds_of.items()},
    }  # fmt: skip


def enough(spread: dict[int, float], target: float) -> float:
    """Draws at which the standard error reaches a target: interpolated in logarithms, beyond the last size by the root."""
    sizes, errors = np.array(list(spread)), np.minimum.accumulate(list(spread.values()))
    if errors[-1] > target:
        return float(sizes[-1] * (errors[-1] / target) ** 2)
    return float(np.exp(np.interp(-np.log(target), -np.log(errors), np.log(sizes))))


def verdict(cells: list[Cell], points: list[TurningPoint], peer: dict[str, float]) -> dict[str, Any]:
    """A whole verdict beside as many of the peer's evidences as it has accounts."""
    seconds, said = timed(lambda: vt.judge(cells, points, sensitivity=False), 7)
    accounts = sum(said.assessable.values())
    ratio = {name: accounts * each / seconds for name, each in peer.items()}
    return {"judge_seconds": seconds, "accounts": accounts, "ratio": ratio}


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--weeks", type=int, default=52)
    parser.add_argument("--warmup", type=int, default=300)
    parser.add_argument("--draws", type=int, default=2000)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--only", help="one of the three evidences")
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    cells, points = household(args.weeks, FOUR[:3])
    record = build_record(cells, points, registry())
    hyper, results = hyper_for(record), {}
    for name, account in three(record, hyper).items():
        if args.only in (None, name):
            results[name] = compare(record, account, hyper, args)
            print(name, json.dumps(results[name], indent=1), flush=True)
    if "same" in results:
        results["verdict"] = verdict(cells, points, results["same"]["seconds"])
        print("verdict", json.dumps(results["verdict"], indent=1))
    if args.out:
        args.out.write_text(json.dumps(results, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
