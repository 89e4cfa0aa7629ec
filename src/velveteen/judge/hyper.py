"""Hyperparameters: how much the ebb moves, how long it lasts, and how noisy each family of cells is.

Each is handled as z, standardised on its own scale (logarithm, or logit for a share): the prior of z is standard normal.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from velveteen.judge.arrays import Floats
from velveteen.judge.families import COUNT, PROPORTION, RATING
from velveteen.judge.record import Record

# name: (median, sd of the logarithm)
PRIORS = {
    "ebb_sd": (0.30, 0.5),  # in channel scales
    "ebb_weeks": (3.0, 0.7),  # e-folding time of the ebb
    "count_size": (6.0, 0.8),
    "proportion_precision": (15.0, 0.8),
    "rating_sd": (0.55, 0.6),  # sd of a typical cell's mean rating, in channel scales
}
LOADING = (0.0, 1.5)  # logit of how much of the ebb inward channels share: mean and sd
SHARE_SD = (
    1.2  # of the logit of the share of a rating's variance that more ratings in the same week do not lower
)


@dataclass(frozen=True, slots=True)
class Natural:
    """Hyperparameters on their natural scale.

    Attributes:
        rho, ebb_sd: lag-one correlation and standard deviation of the ebb, in channel scales.
        inward_loading: share of the ebb that inward channels take part in.
        dispersion: (4,) as `families.fill_cells` takes them.
    """

    rho: float
    ebb_sd: float
    inward_loading: float
    dispersion: Floats


@dataclass(frozen=True, slots=True)
class Hyper:
    """The hyperparameters that a record informs.

    Attributes:
        names: d names; `rating_share` and `inward_loading` are on the logit scale, the others on the log scale.
        centre, sd: (d,) prior medians and standard deviations on those scales.
        ratings: number of ratings in a typical rating cell.
    """

    names: tuple[str, ...]
    centre: Floats
    sd: Floats
    ratings: float

    @property
    def size(self) -> int:
        """Their number, d."""
        return len(self.names)

    def natural(self, z: Floats) -> Natural:
        """What the likelihood needs, at standardised z (d,)."""
        values = dict(zip(self.names, np.exp(self.centre + self.sd * z).tolist(), strict=True))
        between, loading = (_share(values.get(name)) for name in ("rating_share", "inward_loading"))
        spread = values.get("rating_sd", 0.0)
        dispersion = np.array(
            [
                values.get("count_size", 0.0), values.get("proportion_precision", 0.0),
                spread * math.sqrt(between), spread * math.sqrt((1.0 - between) * self.ratings),
            ]
        )  # fmt: skip
        return Natural(math.exp(-1.0 / values["ebb_weeks"]), values["ebb_sd"], loading, dispersion)


def _share(odds: float | None) -> float:
    """A share from its odds; all of it where the record does not tell."""
    return 1.0 if odds is None else odds / (1.0 + odds)


def hyper_for(record: Record) -> Hyper:
    """The hyperparameters that a record needs: those of its families, and what only some records tell."""
    present = set(record.family.tolist())
    needed = {"count_size": COUNT, "proportion_precision": PROPORTION, "rating_sd": RATING}
    priors = {
        n: (math.log(m), sd)
        for n, (m, sd) in PRIORS.items()
        if needed.get(n, COUNT) in present or n not in needed
    }
    sizes = record.of[record.family == RATING]
    if sizes.size and np.ptp(sizes) > 0:
        priors["rating_share"] = (0.0, SHARE_SD)
    if len({c.side for c in record.channels}) > 1:
        priors["inward_loading"] = LOADING
    centre, sd = zip(*priors.values(), strict=True)
    return Hyper(
        tuple(priors), np.array(centre), np.array(sd), float(np.median(sizes)) if sizes.size else 1.0
    )
