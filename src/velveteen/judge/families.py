"""Log likelihood of one cell and its first two derivatives in the linear predictor, by family.

Each function returns (l, s, h): the part of the log likelihood that depends on eta, its score dl/d eta, and the observed
information -d2l/d eta2. `cell_parameter` and `cell_constant` give what depends on the hyperparameters but not on eta.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit

from velveteen.judge.arrays import Floats

COUNT, PROPORTION, RATING = 0, 1, 2
_LOOP = 24.0
RATING_FLOOR = 0.15**2  # no rating is more exact than this, in channel scales: people round
_LOG_2PI = math.log(2.0 * math.pi)


@njit(cache=True)
def digamma(x: float) -> float:
    """Digamma for x > 0: recurrence up to 8, then the asymptotic series (Abramowitz & Stegun 6.3.18); error < 1e-12."""
    shift = 0.0
    while x < 8.0:
        shift -= 1.0 / x
        x += 1.0
    f = 1.0 / (x * x)
    tail = f * (1 / 12 - f * (1 / 120 - f * (1 / 252 - f * (1 / 240 - f * (1 / 132 - f * 691 / 32760)))))
    return shift + math.log(x) - 0.5 / x - tail


@njit(cache=True)
def trigamma(x: float) -> float:
    """Trigamma for x > 0: recurrence up to 8, then the asymptotic series (Abramowitz & Stegun 6.4.12); error < 1e-11."""
    shift = 0.0
    while x < 8.0:
        shift += 1.0 / (x * x)
        x += 1.0
    f = 1.0 / (x * x)
    tail = f * (1 / 6 - f * (1 / 30 - f * (1 / 42 - f * (1 / 30 - f * (5 / 66 - f * 691 / 2730)))))
    return shift + 1.0 / x + 0.5 * f + tail / x


@njit(cache=True)
def rising(a: float, k: float) -> tuple[float, float, float]:
    """Log of the rising factorial a (a+1) ... (a+k-1), with first and second derivative in a; k whole, >= 0."""
    if k > _LOOP:
        return (
            math.lgamma(a + k) - math.lgamma(a),
            digamma(a + k) - digamma(a),
            trigamma(a + k) - trigamma(a),
        )
    product, first, second = 1.0, 0.0, 0.0
    log_product = 0.0
    for j in range(int(k)):
        term = a + j
        product *= term
        if product > 1e200:
            log_product += math.log(product)
            product = 1.0
        first += 1.0 / term
        second -= 1.0 / (term * term)
    return log_product + math.log(product), first, second


@njit(cache=True)
def count_terms(y: float, exposure: float, size: float, eta: float) -> tuple[float, float, float]:
    """Negative binomial with mean exposure * exp(eta) and the given size (variance m + m^2 / size)."""
    mean = exposure * math.exp(eta)
    total = size + mean
    return (
        y * eta - (y + size) * math.log(total),
        size * (y - mean) / total,
        (y + size) * size * mean / (total * total),
    )


@njit(cache=True)
def proportion_terms(y: float, trials: float, precision: float, eta: float) -> tuple[float, float, float]:
    """Beta-binomial with mean mu = logistic(eta) and alpha + beta = precision."""
    mu = 1.0 / (1.0 + math.exp(-eta))
    slope = mu * (1.0 - mu)
    la, a1, a2 = rising(mu * precision, y)
    lb, b1, b2 = rising((1.0 - mu) * precision, trials - y)
    d1 = precision * (a1 - b1)
    d2 = precision * precision * (a2 + b2)
    return la + lb, d1 * slope, -(d2 * slope * slope + d1 * slope * (1.0 - 2.0 * mu))


@njit(cache=True)
def cell_terms(family: int, y: float, of: float, parameter: float, eta: float) -> tuple[float, float, float]:
    """(l, s, h) of one cell; of counts and proportions eta is clipped to +-30 so that no exponential overflows."""
    if family == RATING:
        residual = y - eta
        return -0.5 * residual * residual / parameter, residual / parameter, 1.0 / parameter
    eta = min(30.0, max(-30.0, eta))
    if family == COUNT:
        return count_terms(y, of, parameter, eta)
    return proportion_terms(y, of, parameter, eta)


@njit(cache=True)
def cell_constant(family: int, y: float, of: float, parameter: float) -> float:
    """What completes `cell_terms` to a normalised log probability (counts, successes) or log density (ratings)."""
    if family == COUNT:
        choose = rising(parameter, y)[0] - math.lgamma(y + 1.0)
        return choose + parameter * math.log(parameter) + y * math.log(of)
    if family == PROPORTION:
        choose = math.lgamma(of + 1.0) - math.lgamma(y + 1.0) - math.lgamma(of - y + 1.0)
        return choose - rising(parameter, of)[0]
    return -0.5 * (_LOG_2PI + math.log(parameter))


@njit(
    "void(int64[::1], float64[::1], float64[::1], float64[::1], float64[::1], float64[::1], float64[::1])",
    cache=True,
)
def fill_cells(
    family: np.ndarray,
    y: Floats,
    of: Floats,
    scale: Floats,
    dispersion: Floats,
    parameter: Floats,
    constant: Floats,
) -> None:
    """Write each cell's parameter and constant for given dispersions.

    Args:
        family, y, of, scale: (N,) family code, value, exposure/trials/ratings, channel scale (> 0).
        dispersion: (4,) size of the counts, precision of the proportions, rating sd between weeks and between days
            (both in channel scales): a mean of n ratings has variance scale^2 (floor + kappa0^2 + kappa1^2 / n).
        parameter, constant: (N,) written.
    """
    for i in range(y.size):
        if family[i] == RATING:
            parameter[i] = scale[i] ** 2 * (RATING_FLOOR + dispersion[2] ** 2 + dispersion[3] ** 2 / of[i])
        else:
            parameter[i] = dispersion[family[i]]
        constant[i] = cell_constant(family[i], y[i], of[i], parameter[i])
