"""Households for the cohort's tests: made by hand, quick to judge, and some that cannot be judged."""

from __future__ import annotations

import numpy as np

from velveteen.measure.cells import Cell, TurningPoint


def quiet(seed=0, weeks=8):
    """Harm counted on calm and hard days, a little different with each seed."""
    rng = np.random.default_rng(seed)
    return [
        Cell(t, "harm", float(rng.poisson(2 + x)), 1.0, "partner", x)
        for t in range(weeks)
        for x in (0.0, 1.0)
    ]


def short():
    """Too few weeks for a verdict."""
    return quiet(weeks=3)


def wrong():
    """A channel that nobody knows."""
    return [Cell(t, "moonlight", 1.0) for t in range(12)]


LEFT = [TurningPoint(3, "left")]
