"""What a count may really have been, given how often its coder misses and makes up."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

from velveteen.measure.coders import Coder, posterior
from velveteen.measure.intervals import TAIL, Range, beta_quantile

if TYPE_CHECKING:
    from numpy.typing import NDArray

POINTS = 13
"""Equally likely points of each of the two rates, and of chance."""


def corrected(counted: Sequence[int], of: Sequence[int], coder: Coder) -> list[Range]:
    """How many of the messages there may really have been, one range a count.

    Of n messages of which N are what is counted, the coder counts a number with mean se N + fp (n − N) and the variance of
    two binomials; so N is about (k − fp n)/(se − fp) (Rogan and Gladen 1978, American Journal of Epidemiology 107). Both
    rates are spread over their beta posteriors and chance over its normal approximation, all in equally likely points.

    Args:
        counted: k, each from 0 to its n.
        of: n, the messages that were looked at.
        coder: its figures; where it finds no more than it makes up, every range is 0 to n.
    """
    k, n = (np.asarray(numbers, float)[:, None] for numbers in (counted, of))
    finds, makes_up, chance = _points(coder)
    if not finds.size:
        return [Range(float(some), 0.0, float(whole)) for some, whole in zip(counted, of, strict=True)]
    plain = np.clip((k - makes_up * n) / (finds - makes_up), 0, n)
    spread = np.sqrt(plain * finds * (1 - finds) + (n - plain) * makes_up * (1 - makes_up))
    there = np.clip((k - makes_up * n + chance * spread) / (finds - makes_up), 0, n)
    middle, low, high = np.quantile(there, [0.5, TAIL, 1 - TAIL], axis=1)
    return [Range(float(m), float(a), float(b)) for m, a, b in zip(middle, low, high, strict=True)]


@lru_cache(maxsize=64)
def _points(coder: Coder) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Rates and chance at every point, each (1, points), where more is found than made up."""
    at = [(i + 0.5) / POINTS for i in range(POINTS)]
    rates = [
        [beta_quantile(share, *posterior(figures)) for share in at]
        for figures in (coder.sensitivity, coder.false_positives)
    ]
    grid = np.meshgrid(*rates, [NormalDist().inv_cdf(share) for share in at], indexing="ij")
    finds, makes_up, chance = (column.ravel() for column in grid)
    told = finds > makes_up
    return finds[None, told], makes_up[None, told], chance[None, told]
