"""Hyperparameters: how much the ebb moves, how long it lasts, and how noisy each family of cells is.

Each is log-normal and handled as z, its standardised logarithm, so that the prior of z is standard normal.
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
    "rating_between": (0.40, 0.6),  # sd of a week's mean rating, in channel scales
    "rating_within": (1.00, 0.6),  # sd of one rating, in channel scales
}
SINGLE_RATING = (0.70, 0.8)  # where every rating cell holds equally many ratings the two cannot be told apart
ORDER = tuple(PRIORS)


@dataclass(frozen=True, slots=True)
class Hyper:
    """The hyperparameters that a record informs: names, (d,) log medians and log sds."""

    names: tuple[str, ...]
    centre: Floats
    sd: Floats

    @property
    def size(self) -> int:
        """d."""
        return len(self.names)

    def natural(self, z: Floats) -> tuple[float, float, Floats]:
        """(rho, ebb sd, (4,) dispersions for `families.fill_cells`) at standardised logs z (d,)."""
        values = dict(zip(self.names, np.exp(self.centre + self.sd * z).tolist(), strict=True))
        dispersion = np.array([values.get(name, 0.0) for name in ORDER[2:]])
        return math.exp(-1.0 / values["ebb_weeks"]), values["ebb_sd"], dispersion


def hyper_for(record: Record) -> Hyper:
    """The hyperparameters that a record needs."""
    priors = dict(PRIORS)
    present = set(record.family.tolist())
    for family, names in ((COUNT, ORDER[2:3]), (PROPORTION, ORDER[3:4]), (RATING, ORDER[4:])):
        if family not in present:
            for name in names:
                del priors[name]
    if RATING in present and np.ptp(record.of[record.family == RATING]) == 0:
        priors["rating_between"] = SINGLE_RATING
        del priors["rating_within"]
    medians, sds = zip(*priors.values(), strict=True)
    return Hyper(tuple(priors), np.log(medians), np.array(sds))
