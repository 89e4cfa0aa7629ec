"""Other methods that say whether a single series changed, each as one number that grows with how surely it says so.

PELT (ruptures: Killick, Fearnhead & Eckley 2012), BEAST (Rbeast: Zhao et al. 2019), and two trivial ones. Their own settings
are tried on the half on which thresholds are frozen, and the best there is kept, as it would be by someone who means to use
them. Needs `pip install ruptures Rbeast`; neither is a dependency of Velveteen.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import Rbeast
import ruptures

from velveteen.judge.arrays import Floats

HIGHEST, HALVINGS = 1e4, 24  # of a PELT penalty, in noise variances times log n


def noise_by_spread(y: Floats) -> float:
    """Standard deviation of the whole series; 1 where it is constant."""
    return float(np.std(y)) or 1.0


def noise_by_steps(y: Floats) -> float:
    """Standard deviation of the noise from successive differences: a level that moves once hardly enters it."""
    return float(np.sqrt(np.mean(np.diff(y) ** 2) / 2.0)) or 1.0


def pelt(y: Floats, noise: Callable[[Floats], float] = noise_by_steps) -> float:
    """The largest penalty at which PELT still finds a change of the mean, in noise variances times log n.

    Args:
        y: (n,) observations.
        noise: standard deviation of the noise.
    """
    search = ruptures.KernelCPD(kernel="linear", min_size=2, jump=1).fit(
        y / noise(y)
    )  # PELT in C, the same l2 cost
    low, high = 0.0, HIGHEST
    for _ in range(HALVINGS):
        middle = math.sqrt(max(low, 1e-3) * high)
        if len(search.predict(pen=middle * math.log(y.size))) > 1:
            low = middle
        else:
            high = middle
    return low


def beast(y: Floats, highest_order: int = 1, shortest: int | None = None) -> float:
    """BEAST's posterior probability of at least one change point in the trend, no season.

    Args:
        y: (n,) observations, taken as evenly spaced.
        highest_order: 0 for pieces that are constant, 1 for constant or sloping ones (BEAST's own).
        shortest: observations between two change points; None leaves it to BEAST.
    """
    orders = [0, highest_order]
    pieces = {} if shortest is None else {"tseg_minlength": shortest}
    found = Rbeast.beast(y, season="none", quiet=True, mcmc_seed=1, torder_minmax=orders, **pieces)
    return 1.0 - float(found.trend.ncpPr[0])


def thirds(y: Floats) -> float:
    """|t| of the last third against the first (Welch)."""
    part = max(2, y.size // 3)
    first, last = y[:part], y[-part:]
    error = math.sqrt(first.var(ddof=1) / part + last.var(ddof=1) / part)
    difference = abs(float(last.mean() - first.mean()))
    return difference / error if error > 0 else math.inf if difference > 0 else 0.0


def nothing(y: Floats) -> float:  # noqa: ARG001
    """Nothing ever changes."""
    return 0.0


PEERS: dict[str, Callable[[Floats], float]] = {
    "PELT, noise from steps": pelt,
    "PELT, noise from spread": lambda y: pelt(y, noise_by_spread),
    "BEAST": beast,
    "BEAST, constant pieces": lambda y: beast(y, 0),
    "BEAST, constant, short": lambda y: beast(y, 0, 2),
    "last third against first": thirds,
    "nothing ever changes": nothing,
}
VARIANTS = (tuple(PEERS)[:2], tuple(PEERS)[2:5], *((name,) for name in tuple(PEERS)[5:]))
