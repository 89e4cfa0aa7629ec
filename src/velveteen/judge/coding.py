"""A coder's error as the likelihood takes it: what it finds, what it makes up, and how surely that is known.

Of n items a coder that finds the share se of what is there, and takes the share phi of the others for it, counts
(se - phi) times what is there and phi n besides. se multiplies, which the level takes up (of counts wholly, of shares while
they are small), so its posterior mean is enough. phi makes a background that does not move with the deeds: it is integrated
over, as a hyperparameter z that is standard normal a priori, phi(z) having the beta posterior of its figures, quantile for
quantile.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from velveteen.judge.arrays import Floats
from velveteen.measure.coders import Coder, posterior

LEAST_GAIN = 1e-6  # a coder that finds no more than it makes up tells nothing: never less than that
_FARTHEST = 7.0  # posterior standard deviations that the table of quantiles reaches
_POINTS = 4001
_NEGLIGIBLE = 40.0  # nats below its top, where the density of the logit ends


@dataclass(frozen=True, slots=True)
class Rates:
    """A coder's rates.

    Attributes:
        finds: posterior mean of the sensitivity.
        z, logit: (n,) standard-normal quantiles, rising, and those of the logit of the false positive rate.
    """

    finds: float
    z: Floats
    logit: Floats

    def at(self, z: Floats) -> tuple[Floats, Floats]:
        """Gain se - phi and false positive rate phi, each (n,), at standardised z (n,)."""
        made_up = 1.0 / (1.0 + np.exp(-np.interp(z, self.z, self.logit)))
        return np.maximum(self.finds - made_up, LEAST_GAIN), made_up


def rates_of(coder: Coder) -> Rates:
    """The rates of a coder from its figures."""
    return Rates(coder.finds, *_quantiles(*posterior(coder.false_positives)))


def _quantiles(a: float, b: float) -> tuple[Floats, Floats]:
    """Standard-normal quantiles and those of the logit of a rate with the density Beta(a, b), by the trapezoid rule.

    On the logit scale the density is proportional to exp(a x) / (1 + exp(x))^(a + b): log-concave, with exponential tails.
    """
    top = np.log(a / b)
    reach = _FARTHEST * np.sqrt(2.0 / a + 2.0 / b) + _NEGLIGIBLE / min(a, b)
    x = top + np.linspace(-reach, reach, _POINTS)
    x = np.linspace(*_reaching(x, _log_density(x, a, b)), _POINTS)
    density = np.exp(_log_density(x, a, b))
    area = 0.5 * (density[1:] + density[:-1])
    below, above = np.cumsum(area), np.cumsum(area[::-1])[::-1]
    inverse = NormalDist().inv_cdf
    z = np.array(
        [inverse(lo / below[-1]) if lo < hi else -inverse(hi / below[-1])
         for lo, hi in zip(below[:-1], above[1:], strict=True)]
    )  # fmt: skip
    kept = np.abs(z) < _FARTHEST
    return z[kept], x[1:-1][kept]


def _log_density(x: Floats, a: float, b: float) -> Floats:
    """Log density of the logit, 0 at its top."""
    top = np.log(a / b)
    density: Floats = a * (x - top) - (a + b) * (np.logaddexp(0.0, x) - np.logaddexp(0.0, top))
    return density


def _reaching(x: Floats, log_density: Floats) -> tuple[float, float]:
    """The part of x in which the density matters."""
    matters = x[log_density > -_NEGLIGIBLE]
    return float(matters[0]), float(matters[-1])
