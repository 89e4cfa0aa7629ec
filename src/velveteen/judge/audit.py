"""A verdict computed a second time: each account's evidence by importance sampling, and how far the verdict is from it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from velveteen.judge.arrays import Floats
from velveteen.judge.evaluate import Evaluator
from velveteen.judge.evidence import Evidence
from velveteen.judge.exact import model_of
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
from velveteen.judge.progress import Progress
from velveteen.judge.record import Record
from velveteen.judge.verdict import TO_PEOPLE, Verdict
from velveteen.problems import Problem

PILOT = 500  # draws that find where z lies, twice
MANY, FEW = 2000, 512  # draws with the judge's inner approximation; how many of them with the exact density
CARRIED = 0.999  # share of an account's evidence whose trajectories are drawn from
DISAGREES = 0.1  # nats of a log Bayes factor
SEED = 20261101


@dataclass(frozen=True, slots=True)
class Estimate:
    """Draws of one account.

    Attributes:
        many: (S,) log weights with the judge's inner approximation.
        few: (R,) those of the first R draws with the exact density.
    """

    many: Floats
    few: Floats

    @property
    def approximate(self) -> float:
        """Log evidence with the judge's inner approximation."""
        return log_mean(self.many)

    @property
    def exact(self) -> float:
        """Log evidence."""
        return log_mean(self.many) + log_mean(self.few) - log_mean(self.many[: self.few.size])

    def influences(self) -> tuple[Floats, Floats]:
        """How each of the many and each of the few draws moves the log evidence."""
        return influence(self.many), influence(self.few) - influence(self.many[: self.few.size])

    def error(self) -> float:
        """Standard error of the log evidence."""
        many, few = self.influences()
        return math.hypot(standard_error(many), standard_error(few))

    def difference_error(self, other: Estimate) -> float:
        """Standard error of the log evidence less that of another account with the same random numbers."""
        (many, few), (less_many, less_few) = self.influences(), other.influences()
        return math.hypot(standard_error(many - less_many), standard_error(few - less_few))


class Sampler:
    """Importance sampling of one account; where z lies is found once, from pilot draws."""

    def __init__(self, record: Record, evidence: Evidence, paths: Paths, seed: int, pilot: int) -> None:
        account, hyper = evidence.evaluator.account, evidence.evaluator.hyper
        self._paths, self._seed = paths, seed
        self._evaluator, self._model = Evaluator(record, account, hyper), model_of(record, account, hyper)
        axes = evidence.frame.axes
        root = np.ascontiguousarray(np.linalg.cholesky(axes @ axes.T))
        self._place = Place(evidence.components[0].centre, root)
        for turn in (1, 2):
            self.settle(pilot, seed + turn)

    def settle(self, size: int, seed: int) -> None:
        """Find anew where z lies, from so many draws."""
        draws = outer_draws(self._place, self._paths, size, seed)
        self._place = place_of(draws, laplace_weights(self._evaluator, self._paths, draws))

    def estimate(self, many: int, few: int) -> Estimate:
        """So many draws, and the exact density for the first few of them."""
        draws = outer_draws(self._place, self._paths, many, self._seed)
        first = Draws(draws.z[:few], draws.path[:few], draws.outer[:few])
        return Estimate(
            laplace_weights(self._evaluator, self._paths, draws),
            exact_weights(self._model, self._paths, first, self._place, self._seed),
        )


def carrying_paths(evidence: Evidence) -> tuple[Paths, float]:
    """The trajectories that carry an account's evidence, and the share of it that they carry."""
    shapes, components = evidence.evaluator.account.shapes, evidence.components
    mass = np.exp([c.log_weight - evidence.log for c in components])
    most = int(np.searchsorted(np.cumsum(mass) / mass.sum(), CARRIED)) + 1
    chosen = components[:most]
    index = np.array([(c.shape, c.onset) for c in chosen])
    prior = np.array([shapes[s].log_prior + shapes[s].onset_log_prior[o] for s, o in index])
    return paths_of(index, prior, np.log(mass[:most])), float(mass[:most].sum() / mass.sum())


def audit(
    record: Record, evidences: Mapping[str, Evidence], progress: Progress | None = None
) -> dict[str, Any]:
    """Each account's log evidence by importance sampling, beside the judge's.

    Returns:
        A JSON object: `accounts`, for each `log_evidence` with `standard_error`, `effective_sample_size`, `trajectories`,
        and `log_bayes_factor` against `same` with `log_bayes_factor_error` and `difference`, the verdict's less the audit's;
        `largest_difference`; `draws` and `exact_draws`. All in nats.
    """
    estimates, sizes = {}, {}
    distinct = {n: e for n, e in evidences.items() if n != "surface" or e is not evidences["lasting"]}
    for done, (name, evidence) in enumerate(distinct.items()):
        if progress:
            progress(f"audit of {name}", done, len(distinct))
        paths, share = carrying_paths(evidence)
        found = Sampler(record, evidence, paths, SEED, PILOT).estimate(MANY, FEW)
        estimates[name] = Estimate(found.many - math.log(share), found.few - math.log(share))
        sizes[name] = len(paths.index)
    rows = {n: _row(e, estimates["same"], sizes[n], evidences, n) for n, e in estimates.items()}
    if "surface" not in rows:
        rows["surface"] = rows["lasting"]
    return {
        "accounts": rows, "largest_difference": max(abs(row["difference"]) for row in rows.values()),
        "draws": MANY, "exact_draws": FEW,
    }  # fmt: skip


def _row(
    own: Estimate, same: Estimate, size: int, evidences: Mapping[str, Evidence], name: str
) -> dict[str, Any]:
    factor = own.exact - same.exact
    return {
        "log_evidence": own.exact, "standard_error": own.error(),
        "effective_sample_size": effective(own.few) / own.few.size * own.many.size, "trajectories": size,
        "log_bayes_factor": factor, "log_bayes_factor_error": own.difference_error(same),
        "difference": evidences[name].log - evidences["same"].log - factor,
    }  # fmt: skip


def disagreements(audited: Mapping[str, Any]) -> tuple[Problem, ...]:
    """A problem for each account whose log Bayes factor is off by more than `DISAGREES`, surely or only perhaps."""
    return tuple(
        _problem(name, row) for name, row in audited["accounts"].items() if abs(row["difference"]) > DISAGREES
    )


def _problem(name: str, row: Mapping[str, float]) -> Problem:
    off, error = abs(row["difference"]), row["log_bayes_factor_error"]
    message = (
        f"Computed a second time by random draws, the odds of “{TO_PEOPLE[name]}” against no change come out different by a "
        f"factor of {math.exp(min(off, 700.0)):.2g} ({off:.2f} nats, standard error {error:.2f}). Read them no more finely "
        "than that."
    )
    if off < 2.0 * error:
        message += " The draws themselves scatter that much, so this may be chance."
    return Problem("audit_disagrees", message, f"account {name}")


def audited(
    verdict: Verdict, record: Record, evidences: Mapping[str, Evidence], progress: Progress | None = None
) -> Verdict:
    """The verdict with its audit in `detail` and, where the two differ, among its problems."""
    found = audit(record, evidences, progress)
    problems = (*disagreements(found), *verdict.problems)
    return replace(verdict, detail={**verdict.detail, "audit": found}, problems=problems)
