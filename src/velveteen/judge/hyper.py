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
SHARE_SD = (
    1.2  # of the logit of the share of that variance which further ratings in the same week do not lower
)


@dataclass(frozen=True, slots=True)
class Hyper:
    """The hyperparameters that a record informs.

    Attributes:
        names: d names; `rating_share` is on the logit scale, the others on the log scale.
        centre, sd: (d,) prior medians and standard deviations on those scales.
        ratings: number of ratings in a typical rating cell.
    """

    names: tuple[str, ...]
    centre: Floats
    sd: Floats
    ratings: float

    @property
    def size(self) -> int:
        """D."""
        return len(self.names)

    def natural(self, z: Floats) -> tuple[float, float, Floats]:
        """(rho, ebb sd, (4,) dispersions for `families.fill_cells`) at standardised z (d,)."""
        values = dict(zip(self.names, np.exp(self.centre + self.sd * z).tolist(), strict=True))
        odds = values.get("rating_share", math.inf)
        between = 1.0 if math.isinf(odds) else odds / (1.0 + odds)
        spread = values.get("rating_sd", 0.0)
        dispersion = np.array(
            [
                values.get("count_size", 0.0), values.get("proportion_precision", 0.0),
                spread * math.sqrt(between), spread * math.sqrt((1.0 - between) * self.ratings),
            ]
        )  # fmt: skip
        return math.exp(-1.0 / values["ebb_weeks"]), values["ebb_sd"], dispersion


def hyper_for(record: Record) -> Hyper:
    """The hyperparameters that a record needs: those of its families; the rating share only where cells differ in size."""
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
    centre, sd = zip(*priors.values(), strict=True)
    return Hyper(
        tuple(priors), np.array(centre), np.array(sd), float(np.median(sizes)) if sizes.size else 1.0
    )
