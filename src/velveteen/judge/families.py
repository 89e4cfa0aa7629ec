"""The families of cells, and the functions that their likelihoods need.

Terms of a cell are (l, s, h): the part of its log likelihood that depends on its linear predictor eta, the score dl/d eta,
and the observed information -d2l/d eta2. What does not depend on eta is in `dispersion`.
"""

from __future__ import annotations

import math

from numba import njit

from velveteen.judge.elementary import exp_negative, log_from_one_to_two

COUNT, PROPORTION, RATING = 0, 1, 2
CODED_COUNT, CODED_PROPORTION = 3, 4  # the first two as a coder with known error counted them
FURTHEST = 30.0  # |eta| beyond which nothing more is told apart
RATING_FLOOR = 0.15**2  # no rating is more exact than this, in channel scales: people round
_LOOP = 24.0


@njit(cache=True, error_model="numpy")
def digamma(x: float) -> float:
    """Digamma for x > 0: recurrence up to 8, then the asymptotic series (Abramowitz & Stegun 6.3.18); error < 1e-12."""
    shift = 0.0
    while x < 8.0:
        shift -= 1.0 / x
        x += 1.0
    f = 1.0 / (x * x)
    tail = f * (1 / 12 - f * (1 / 120 - f * (1 / 252 - f * (1 / 240 - f * (1 / 132 - f * 691 / 32760)))))
    return shift + math.log(x) - 0.5 / x - tail


@njit(cache=True, error_model="numpy")
def trigamma(x: float) -> float:
    """Trigamma for x > 0: recurrence up to 8, then the asymptotic series (Abramowitz & Stegun 6.4.12); error < 1e-11."""
    shift = 0.0
    while x < 8.0:
        shift += 1.0 / (x * x)
        x += 1.0
    f = 1.0 / (x * x)
    tail = f * (1 / 6 - f * (1 / 30 - f * (1 / 42 - f * (1 / 30 - f * (5 / 66 - f * 691 / 2730)))))
    return shift + 1.0 / x + 0.5 * f + tail / x


@njit(cache=True, error_model="numpy")
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
        inverse = 1.0 / term
        first += inverse
        second -= inverse * inverse
    return log_product + math.log(product), first, second


@njit(cache=True, error_model="numpy")
def clipped(eta: float) -> float:
    """Eta within +-FURTHEST, so that nothing overflows."""
    eta = min(FURTHEST, eta)
    return max(-FURTHEST, eta)


@njit(cache=True, error_model="numpy")
def softplus_and_slope(v: float) -> tuple[float, float]:
    """log(1 + e^v) and its derivative, the logistic function."""
    t = exp_negative(-abs(v))
    return max(v, 0.0) + log_from_one_to_two(1.0 + t), (1.0 if v > 0.0 else t) / (1.0 + t)


@njit(cache=True, error_model="numpy")
def proportion_terms(y: float, trials: float, precision: float, eta: float) -> tuple[float, float, float]:
    """Beta-binomial with mean mu = logistic(eta) and alpha + beta = precision."""
    t = exp_negative(-abs(eta))
    inverse = 1.0 / (1.0 + t)
    mu = inverse if eta > 0.0 else t * inverse
    rest = t * inverse if eta > 0.0 else inverse
    slope = mu * rest
    la, a1, a2 = rising(mu * precision, y)
    lb, b1, b2 = rising(rest * precision, trials - y)
    d1 = precision * (a1 - b1)
    d2 = precision * precision * (a2 + b2)
    return la + lb, d1 * slope, -(d2 * slope * slope + d1 * slope * (rest - mu))


@njit(cache=True, error_model="numpy")
def coded_count_terms(
    y: float, size: float, gain: float, background: float, eta: float, observed: float
) -> tuple[float, float, float]:
    """Negative binomial with mean size * v, v = gain e^eta + background.

    l = y log v - (y + size) log(1 + v) is not concave in eta. `observed` 0.0 gives the expected information in place of the
    observed one: a^2 size / (v (1 + v)), a = gain e^eta.
    """
    t = exp_negative(-abs(eta))
    a = gain * (t if eta < 0.0 else 1.0 / t)
    v = a + background
    slope = y / v - (y + size) / (1.0 + v)
    expected = a * a * size / (v * (1.0 + v))
    exact = a * a * (y / (v * v) - (y + size) / ((1.0 + v) * (1.0 + v))) - a * slope
    return y * math.log(v) - (y + size) * math.log1p(v), a * slope, exact if observed > 0.0 else expected


@njit(cache=True, error_model="numpy")
def coded_proportion_terms(
    y: float, trials: float, precision: float, gain: float, background: float, eta: float, observed: float
) -> tuple[float, float, float]:
    """Beta-binomial with mean background + gain * logistic(eta) and alpha + beta = precision.

    The beta-binomial is concave in its mean: `observed` 0.0 keeps that part of the information alone, whose expectation is
    that of the whole.
    """
    t = exp_negative(-abs(eta))
    inverse = 1.0 / (1.0 + t)
    mu = inverse if eta > 0.0 else t * inverse
    rest = t * inverse if eta > 0.0 else inverse
    slope = gain * mu * rest
    la, a1, a2 = rising((background + gain * mu) * precision, y)
    lb, b1, b2 = rising((1.0 - background - gain + gain * rest) * precision, trials - y)
    d1 = precision * (a1 - b1)
    positive = -precision * precision * (a2 + b2) * slope * slope
    exact = positive - d1 * slope * (rest - mu)
    return la + lb, d1 * slope, exact if observed > 0.0 else positive
