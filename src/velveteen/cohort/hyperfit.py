"""A hyperprior fitted to an unlabelled cohort: empirical Bayes by Monte Carlo EM, drawn towards the one that ships."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from velveteen.cohort.households import Household
from velveteen.cohort.judged import Judged, Settings, died
from velveteen.cohort.parts import number_of
from velveteen.cohort.pool import spread
from velveteen.cohort.posterior import DRAWS, HyperPosterior, posterior_of
from velveteen.judge.arrays import Floats
from velveteen.judge.hyperprior import NAMES, HyperPrior
from velveteen.judge.progress import Progress
from velveteen.problems import Refused

STRENGTH = 20.0  # households that the prior to start from counts as
ROUNDS = 4
INNER = 25  # most EM steps on one set of draws
STILL = 0.02  # change of a centre or a log sd, in sd of the start and in nats, below which it has settled
HELD_OUT = 5  # every so many households one is left out of the fit, to see what it gains
FEWEST = 10


@dataclass(frozen=True, slots=True)
class Fit:
    """A fitted hyperprior and what it was fitted on.

    Attributes:
        prior, start: fitted, and the one that it started from and is drawn towards.
        fitted: the households that it was fitted on, as they stood in the last round.
        held_out: (H,) log evidence of each household left out under `prior` minus that under `start`, in nats.
        failed: reason code -> how many could not be weighed.
        rounds: log evidence of the fitted households in all, at the start of each round, in nats.
        told: hyperparameter -> how many of the fitted households tell of it.
        reader: whose prior over the accounts weighed them.
    """

    prior: HyperPrior
    start: HyperPrior
    fitted: tuple[HyperPosterior, ...]
    held_out: Floats
    failed: dict[str, int]
    rounds: tuple[float, ...]
    told: dict[str, int]
    reader: str


def fit_hyperprior(
    households: Sequence[Household],
    settings: Settings,
    name: str = "fitted",
    rounds: int = ROUNDS,
    reader: str = "equal",
    processes: int | None = None,
    progress: Progress | None = None,
) -> Fit:
    """Fit the priors of the hyperparameters to a cohort whose true accounts nobody knows.

    The centre and sd of each prior maximise the households' summed log evidence (type II maximum likelihood) plus that of
    `STRENGTH` pseudo-households that lie as the start says: EM, with the posterior of each household's hyperparameters
    mixed over its accounts and trajectories. A fifth of the households, chosen by name, is left out.

    Args:
        households: the cohort.
        settings: as for judging; its prior is the start.
        name: of the fitted prior.
        rounds: most rounds over the cohort; it ends earlier where nothing moves any more.
        reader: whose prior over the accounts weighs them.
        processes: as in `judge_many`.
        progress: called as (what, done, total).

    Raises:
        Refused: fewer than `FEWEST` households to fit on could be weighed.
    """
    fit_on = [h for h in households if not is_held_out(h.name)]
    left_out = [h for h in households if is_held_out(h.name)]
    look = partial(_look, settings, reader, processes, progress)
    prior, totals = replace(settings.prior, name=name), []
    for round_ in range(1, rounds + 1):
        fitted, failed = look(prior, DRAWS, fit_on, f"round {round_}")
        _enough(fitted)
        totals.append(sum(p.log_evidence for p in fitted))
        before, prior = prior, maximised(fitted, prior, settings.prior)
        if _settled(before, prior, settings.prior, STILL):
            break
    old, failed_out = look(settings.prior, 0, left_out, "held out, before")
    new, _ = look(prior, 0, left_out, "held out, after")
    before_fit = {p.household: p.log_evidence for p in old}
    gain = np.array([p.log_evidence - before_fit[p.household] for p in new if p.household in before_fit])
    told = Counter(name for posterior in fitted for name in posterior.names)
    return Fit(
        prior,
        settings.prior,
        tuple(fitted),
        gain,
        dict(failed + failed_out),
        tuple(totals),
        dict(told),
        reader,
    )


def is_held_out(name: str) -> bool:
    """Whether a household is left out of the fit: chosen by its name, so that it is the same one each time."""
    return number_of(f"held out {name}") % HELD_OUT == 0


def maximised(posteriors: Sequence[HyperPosterior], drawn_under: HyperPrior, start: HyperPrior) -> HyperPrior:
    """The hyperprior that the draws support best, by EM with importance weights; each round needs no new look.

    Args:
        posteriors: of the households.
        drawn_under: the prior under which they were drawn.
        start: what the pseudo-households say.
    """
    prior = drawn_under
    for _ in range(INNER):
        before, prior = prior, _step(posteriors, drawn_under, prior, start)
        if _settled(before, prior, start, STILL / 4):
            break
    return prior


def _step(
    posteriors: Sequence[HyperPosterior], drawn_under: HyperPrior, prior: HyperPrior, start: HyperPrior
) -> HyperPrior:
    weights = [_weights(p, drawn_under, prior) for p in posteriors]
    return replace(prior, normals={name: _normal(name, posteriors, weights, start[name]) for name in NAMES})


def _weights(posterior: HyperPosterior, drawn_under: HyperPrior, prior: HyperPrior) -> Floats:
    """(S,) importance weights of the draws under another prior; they sum to 1."""
    log_weights = _log_density(posterior, prior) - _log_density(posterior, drawn_under)
    weights = np.exp(log_weights - np.logaddexp.reduce(log_weights))
    return np.asarray(weights, dtype=np.float64)


def _log_density(posterior: HyperPosterior, prior: HyperPrior) -> Floats:
    centre, sd = np.array([prior[name] for name in posterior.names]).T
    z = (posterior.draws - centre) / sd
    density: Floats = -0.5 * np.sum(z * z, axis=1) - np.log(sd).sum()
    return density


def _normal(
    name: str, posteriors: Sequence[HyperPosterior], weights: Sequence[Floats], start: tuple[float, float]
) -> tuple[float, float]:
    """Centre and sd of one hyperparameter from the weighted draws and the pseudo-households."""
    pairs = [
        (p.draws[:, p.names.index(name)], w)
        for p, w in zip(posteriors, weights, strict=True)
        if name in p.names
    ]
    first = sum(float(w @ x) for x, w in pairs)
    centre = (STRENGTH * start[0] + first) / (STRENGTH + len(pairs))
    second = sum(float(w @ (x - centre) ** 2) for x, w in pairs)
    variance = (STRENGTH * (start[1] ** 2 + (start[0] - centre) ** 2) + second) / (STRENGTH + len(pairs))
    return centre, float(np.sqrt(variance))


def _settled(before: HyperPrior, after: HyperPrior, start: HyperPrior, still: float) -> bool:
    moves = [abs(after[n][0] - before[n][0]) / start[n][1] for n in NAMES]
    widths = [abs(np.log(after[n][1] / before[n][1])) for n in NAMES]
    return bool(max(*moves, *widths) < still)


def _look(
    settings: Settings, reader: str, processes: int | None, progress: Progress | None,
    prior: HyperPrior, draws: int, households: Sequence[Household], what: str,
) -> tuple[list[HyperPosterior], Counter[str]]:  # fmt: skip
    """The posteriors of those households that can be weighed, and why the others cannot."""
    work = partial(posterior_of, replace(settings, prior=prior), reader, draws)
    found: list[HyperPosterior] = []
    failed: Counter[str] = Counter()
    for done, result in enumerate(spread(work, households, died, processes), start=1):
        if isinstance(result, Judged):
            failed[result.code] += 1
        else:
            found.append(result)
        if progress:
            progress(what, done, len(households))
    return found, failed


def _enough(fitted: Sequence[HyperPosterior]) -> None:
    if len(fitted) < FEWEST:
        message = (
            f"Only {len(fitted)} households of this cohort can be fitted on; below {FEWEST} the fit would say nothing. "
            "Nothing was written."
        )
        raise Refused("too_few_households", message)
