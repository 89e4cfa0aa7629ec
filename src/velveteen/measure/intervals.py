"""Intervals for counts, shares and middles, all at the same level."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

LEVEL = 0.9
TAIL = (1 - LEVEL) / 2
_SMALL = 1e-15


@dataclass(frozen=True, slots=True)
class Range:
    """An estimate and its interval at LEVEL, low <= value <= high up to rounding; `high` may be infinite."""

    value: float
    low: float
    high: float


def rate_range(count: float, exposure: float, dispersion: float = 1.0) -> Range:
    """A rate by the exact Poisson interval (Garwood 1936, Biometrika 28), widened where counts come in bunches.

    Args:
        count: whole number of events, 0 or more.
        exposure: days, or anything else, > 0.
        dispersion: variance over mean of the counts. Above 1, as many events as `count / dispersion`, one at least, are
            taken to stand on their own (quasi-likelihood: McCullagh and Nelder 1989, section 4.5).
    """
    bunch = max(1.0, min(dispersion, count))
    alone, value = count / bunch, count / exposure
    low = bunch * gamma_quantile(TAIL, alone) / exposure if count else 0.0
    return Range(value, low, bunch * gamma_quantile(1 - TAIL, alone + 1) / exposure)


def share_range(hits: int, of: int) -> Range | None:
    """A share by Jeffreys' interval (Brown, Cai and DasGupta 2001, Statistical Science 16); None of nothing."""
    if not of:
        return None
    low = beta_quantile(TAIL, hits + 0.5, of - hits + 0.5) if hits else 0.0
    high = beta_quantile(1 - TAIL, hits + 0.5, of - hits + 0.5) if hits < of else 1.0
    return Range(hits / of, low, high)


def median_range(values: Sequence[float]) -> Range | None:
    """The median between two order statistics (Conover 1999, section 3.2); None where so few values bound nothing."""
    ordered, below, rank = sorted(values), 0.0, 0
    number = len(ordered)
    while rank < number and below + _binomial(number, rank) <= TAIL:
        below += _binomial(number, rank)
        rank += 1
    if not rank:
        return None
    return Range(median(ordered), ordered[rank - 1], ordered[number - rank])


def _binomial(number: int, hits: int) -> float:
    chosen = math.lgamma(number + 1) - math.lgamma(hits + 1) - math.lgamma(number - hits + 1)
    return math.exp(chosen - number * math.log(2))


def gamma_quantile(share: float, shape: float) -> float:
    """The quantile of a gamma law of scale 1, shape >= 1, to a relative 1e-9."""
    return _solved(lambda x: gamma_below(x, shape) - share, shape + 12 * math.sqrt(shape) + 12)


def beta_quantile(share: float, a: float, b: float) -> float:
    """The quantile of a beta law, a and b >= 1/2, to 1e-9."""
    return _solved(lambda x: beta_below(x, a, b) - share, 1.0)


def _solved(rises: Callable[[float], float], high: float) -> float:
    low = 0.0
    while high - low > 1e-10 * high:
        middle = (low + high) / 2
        low, high = (low, middle) if rises(middle) > 0 else (middle, high)
    return (low + high) / 2


def gamma_below(x: float, shape: float) -> float:
    """The regularised lower incomplete gamma function P(shape, x), by its series (DLMF 8.11.4)."""
    if (
        x <= 0 or x > shape + 20 * math.sqrt(shape) + 40
    ):  # twenty standard deviations out the first term would vanish
        return float(x > 0)
    term = math.exp(shape * math.log(x) - x - math.lgamma(shape + 1))
    total, n = term, shape
    # Terms rise up to n = x; they have vanished only beyond it.
    while n < x or term > _SMALL * total:
        n += 1
        term *= x / n
        total += term
    return min(total, 1.0)


def beta_below(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function, by its continued fraction (DLMF 8.17.22), on the side where it is quick."""
    if x <= 0 or x >= 1:
        return float(x > 0)
    if x > (a + 1) / (a + b + 2):
        return 1.0 - beta_below(1.0 - x, b, a)
    scale = a * math.log(x) + b * math.log1p(-x) + math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    return math.exp(scale) / (a * _fraction(x, a, b))


def _fraction(x: float, a: float, b: float) -> float:
    """1 + d1/(1 + d2/(1 + ...)) of DLMF 8.17.22 by Lentz's method."""
    value, c, d, m = 1.0, 1.0, 0.0, 0
    change = 0.0
    while abs(change - 1) > 1e-14:
        m += 1
        half = m // 2
        if m % 2:
            step = -(a + half) * (a + b + half) * x / ((a + 2 * half) * (a + 2 * half + 1))
        else:
            step = half * (b - half) * x / ((a + 2 * half - 1) * (a + 2 * half))
        d, c = 1 / (1 + step * d), 1 + step / c
        change = c * d
        value *= change
    return value
