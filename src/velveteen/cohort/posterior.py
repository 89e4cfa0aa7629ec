"""What one household tells of its hyperparameters: draws from their posterior, over accounts and trajectories."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from velveteen.cohort.households import Household
from velveteen.cohort.judged import UNEXPECTED, Judged, Settings
from velveteen.judge.api import Weighed, posterior_odds, weigh_tables
from velveteen.judge.arrays import Floats
from velveteen.judge.evidence import Component, Evidence
from velveteen.judge.hyper import hyper_for
from velveteen.judge.priors import readers
from velveteen.judge.quadrature import NODE
from velveteen.problems import VelveteenError

DRAWS = 200
LIGHT = 0.01  # posterior weight below which a trajectory gives no draws
_SEED = 20240229


@dataclass(frozen=True, slots=True)
class HyperPosterior:
    """One household's posterior of its hyperparameters under one hyperprior.

    Attributes:
        household: its name.
        names: its d hyperparameters.
        draws: (S, d) on the scale of their priors: logarithms, of shares logits.
        log_evidence: natural log of the evidence averaged over the accounts, by the reader's prior.
        weeks: length of the record.
        channels: the channels in it.
    """

    household: str
    names: tuple[str, ...]
    draws: Floats
    log_evidence: float
    weeks: int
    channels: tuple[str, ...]


def posterior_of(
    settings: Settings, reader: str, draws: int, household: Household
) -> HyperPosterior | Judged:
    """The posterior of one household's hyperparameters, or why there is none.

    Args:
        settings: for all households of the cohort; its prior is the one to update.
        reader: whose prior over the accounts weighs them.
        draws: how many; 0 where only the evidence is wanted.
        household: whose.
    """
    try:
        weighed, _ = weigh_tables(
            household.cells,
            household.turning_points,
            settings.channels,
            settings.min_cells,
            hyperprior=settings.prior,
        )
        return _posterior(weighed, settings, reader, draws, household.name)
    except VelveteenError as error:
        return Judged(household.name, None, error.code, error.message)
    except Exception:  # noqa: BLE001  (one household must not cost the others)
        return Judged(household.name, None, "unexpected", UNEXPECTED)


def _posterior(weighed: Weighed, settings: Settings, reader: str, draws: int, name: str) -> HyperPosterior:
    record, log_evidence = weighed.record, weighed.log_evidence()
    hyper = hyper_for(record, settings.prior)
    odds = posterior_odds(log_evidence, weeks=record.weeks, therapy=settings.therapy)[reader]
    z = _draw(weighed.evidences, odds, draws) if draws else np.empty((0, hyper.size))
    prior = readers(record.weeks, settings.therapy, {a: v is not None for a, v in log_evidence.items()})[
        reader
    ]
    mixed = [math.log(prior[a]) + v for a, v in log_evidence.items() if v is not None and prior[a] > 0]
    channels = tuple(channel.name for channel in record.channels)
    total = float(np.logaddexp.reduce(mixed))
    # What a coder makes up has its prior from the coder's own figures, not from a cohort.
    drawn = hyper.centre + hyper.sd * z[:, : len(hyper.names)]
    return HyperPosterior(name, hyper.names, drawn, total, record.weeks, channels)


def _draw(evidences: Mapping[str, Evidence], odds: Mapping[str, float], count: int) -> Floats:
    """(count, d) standardised draws: trajectories in proportion to their posterior weight, a Gaussian at each."""
    found = [
        (e, c, odds[a] * w) for a, e in evidences.items() for c, w in _trajectories(e) if odds[a] * w > LIGHT
    ]
    weights = np.array([w for _, _, w in found])
    edges = np.floor(np.cumsum(weights) / weights.sum() * count + 0.5).astype(int)
    rng = np.random.default_rng(_SEED)
    return np.vstack(
        [
            _gaussian(e, c, rng.standard_normal((n, c.centre.size)))
            for (e, c, _), n in zip(found, np.diff(edges, prepend=0).tolist(), strict=True)
        ]
    )


def _trajectories(evidence: Evidence) -> Iterator[tuple[Component, float]]:
    """The likeliest trajectory of those that share a place of z, with the posterior weight of them all."""
    best = evidence.components[0].log_weight
    weights = np.exp([c.log_weight - best for c in evidence.components])
    places: dict[int, tuple[Component, float]] = {}
    for component, weight in zip(evidence.components, weights / weights.sum(), strict=True):
        first, sum_ = places.get(id(component.centre), (component, 0.0))
        places[id(component.centre)] = first, sum_ + float(weight)
    yield from places.values()


def _gaussian(evidence: Evidence, component: Component, noise: Floats) -> Floats:
    """Draws of z from the Gaussian with the moments that a three-point Gauss-Hermite rule finds along each axis.

    Args:
        evidence, component: the account and the trajectory.
        noise: (n, d) standard normal.
    """
    evaluator = evidence.evaluator
    evaluator.follow(evaluator.account.shapes[component.shape], component.onset)
    middle = evaluator(component.centre)
    sides = (
        np.array([evaluator(component.centre + step * axis) for axis in evidence.frame.axes.T])
        for step in (NODE, -NODE)
    )
    # The rule has weights 2/3, 1/6, 1/6; at its outer nodes the standard normal is exp(-3/2) of its top.
    above, below = (np.exp(np.minimum(side - middle + 1.5, 6.0)) / 6.0 for side in sides)
    total = 2.0 / 3.0 + above + below
    mean = NODE * (above - below) / total
    variance = NODE**2 * (above + below) / total - mean**2
    return component.centre + (mean + np.sqrt(variance) * noise) @ evidence.frame.axes.T
