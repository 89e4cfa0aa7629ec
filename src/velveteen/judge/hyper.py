"""Hyperparameters: how much the ebb moves, how long it lasts, how noisy each family of cells is, what a coder makes up.

Each is handled as z, standardised on its own scale (logarithm, or logit for a share): the prior of z is standard normal.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace

import numpy as np

from velveteen.judge.arrays import Floats, Ints
from velveteen.judge.coding import Rates, rates_of
from velveteen.judge.families import COUNT, PROPORTION, RATING
from velveteen.judge.hyperprior import HyperPrior, shipped
from velveteen.judge.record import LONG, Record

_SEVERAL = ("ebb_sd", "count_size", "proportion_precision", "rating_sd")
# A record of one family pins the sum of ebb and noise, hardly the parts.
_ALONE = ("spread", "ebb_share")
# Coders with a false positive rate of their own: one for each axis that `quadrature.corners` can still take.
MOST_CODERS = 4
EBB_DOWN = 0.6  # log: what the median of the ebb's weeks falls by on the longest records (judgement)
_FAMILY = {"count_size": COUNT, "proportion_precision": PROPORTION, "rating_sd": RATING}


@dataclass(frozen=True, slots=True)
class Natural:
    """Hyperparameters on their natural scale.

    Attributes:
        rho, ebb_sd: lag-one correlation and standard deviation of the ebb, in channel scales.
        inward_loading: share of the ebb that inward channels take part in.
        dispersion: (4,) as `dispersion.fill_cells` takes them.
        rates: (2 C,) gain and false positive rate of each coder, as `dispersion.fill_cells` takes them.
    """

    rho: float
    ebb_sd: float
    inward_loading: float
    dispersion: Floats
    rates: Floats = field(default_factory=lambda: np.zeros(0))

    def rates_by(self, coder: Ints) -> tuple[Floats, Floats]:
        """Gain and false positive rate of each of the coders (N,); where it is -1, 1 and 0."""
        gain, made_up = np.append(self.rates, (1.0, 0.0)).reshape(-1, 2)[coder].T
        return gain, made_up


@dataclass(frozen=True, slots=True)
class Hyper:
    """The hyperparameters that a record informs.

    Attributes:
        names: of those with a prior; shares and the loading are on the logit scale, the others on the log scale.
        centre, sd: prior medians and standard deviations on those scales.
        ratings: number of ratings in a typical rating cell.
        coders: C coders; each has a z for what it makes up, after the others, or one together beyond MOST_CODERS.
    """

    names: tuple[str, ...]
    centre: Floats
    sd: Floats
    ratings: float
    coders: tuple[Rates, ...] = ()

    @property
    def size(self) -> int:
        """Their number, d."""
        return len(self.names) + (1 if len(self.coders) > MOST_CODERS else len(self.coders))

    def natural(self, z: Floats) -> Natural:
        """What the likelihood needs, at standardised z (d,)."""
        rho, ebb_sd, loading, *_ = row = self.naturals(z[None])[0]
        return Natural(float(rho), float(ebb_sd), float(loading), row[3:7], row[7:])

    def naturals(self, zs: Floats) -> Floats:
        """(n, 7 + 2 C) the same at each row of zs (n, d): rho, sd of the ebb, inward loading, dispersion, rates."""
        own = len(self.names)
        values = dict(zip(self.names, np.exp(self.centre + self.sd * zs[:, :own]).T, strict=True))
        if "spread" in values:
            values |= _parts(values["spread"] ** 2, _share(values["ebb_share"]))
        found = np.zeros((len(zs), 7 + 2 * len(self.coders)))
        found[:, 0] = np.exp(-1.0 / values["ebb_weeks"])
        found[:, 1] = values["ebb_sd"]
        found[:, 2] = _share(values["inward_loading"]) if "inward_loading" in values else 1.0
        for column, name in ((3, "count_size"), (4, "proportion_precision")):
            if name in values:
                found[:, column] = values[name]
        if "rating_sd" in values:
            between = _share(values["rating_share"]) if "rating_share" in values else 1.0
            found[:, 5] = values["rating_sd"] * np.sqrt(between)
            found[:, 6] = values["rating_sd"] * np.sqrt((1.0 - between) * self.ratings)
        for k, rates in enumerate(self.coders):
            found[:, 7 + 2 * k], found[:, 8 + 2 * k] = rates.at(zs[:, min(own + k, self.size - 1)])
        return found


def _parts(variance: Floats, share: Floats) -> dict[str, Floats]:
    """Ebb and noise of a record of one family from their summed variance on the linear predictor and the ebb's share.

    The noise is 1 / size for counts (delta method), 1 / (precision mu (1 - mu)) at mu = 1/2 for proportions.
    """
    noise = variance * (1.0 - share)
    return {
        "ebb_sd": np.sqrt(variance * share),
        "count_size": 1.0 / noise,
        "proportion_precision": 4.0 / noise,
        "rating_sd": np.sqrt(noise),
    }


def _share(odds: Floats) -> Floats:
    """A share from its odds."""
    return odds / (1.0 + odds)


def hyper_for(record: Record, prior: HyperPrior | None = None) -> Hyper:
    """The hyperparameters that a record needs: those of its families and coders, and what only some records tell.

    Args:
        record: what is weighed.
        prior: their priors; the shipped ones where None.
    """
    prior = prior or shipped()
    present = set(record.family.tolist())
    several = (n for n in _SEVERAL if _FAMILY.get(n, COUNT) in present or n == "ebb_sd")
    names = ["ebb_weeks", *(several if len(present) > 1 else _ALONE)]
    sizes = record.of[record.family == RATING]
    if sizes.size and np.ptp(sizes) > 0:
        names.append("rating_share")
    if len({c.side for c in record.channels}) > 1:
        names.append("inward_loading")
    centre, sd = zip(*(prior[name] for name in names), strict=True)
    typical = float(np.median(sizes)) if sizes.size else 1.0
    coders = tuple(map(rates_of, record.coders))
    return with_short_ebb(Hyper(tuple(names), np.array(centre), np.array(sd), typical, coders), record.weeks)


def with_short_ebb(hyper: Hyper, weeks: int) -> Hyper:
    """The hyperparameters of a long record, in which the ebb is what passes within weeks.

    An ebb that lasts for months is a wander that takes up every regime. Beyond LONG weeks the prior of its e-folding time
    moves down, to 1/e^EBB_DOWN of its median at most, and its sd (log) falls with the square root of the length; at LONG
    weeks and below nothing changes.
    """
    share = min(1.0, LONG / weeks)
    ebb = np.array(hyper.names) == "ebb_weeks"
    centre = np.where(ebb, hyper.centre - EBB_DOWN * (1.0 - share), hyper.centre)
    return replace(hyper, centre=centre, sd=np.where(ebb, hyper.sd * math.sqrt(share), hyper.sd))
