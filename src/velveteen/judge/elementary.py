"""Exponential and logarithm as plain arithmetic, so that a compiled loop over cells runs several at once.

No tables and no tricks with bits: the same on every machine to a few units in the last places (absolute error < 1e-13).
"""

from __future__ import annotations

from numba import njit

LEAST = -44.0  # e^-44 = 8e-20: nothing that is added to 1
_HALVINGS = 1.0 / 64.0
_MIDDLE = 0.34375
_EXP_MIDDLE = 0.7091061824373984  # e^-_MIDDLE
_SQRT_HALF = 0.7071067811865476
_LOG_SQRT_TWO = 0.34657359027997264


@njit(cache=True, error_model="numpy")
def exp_negative(x: float) -> float:
    """e^x for x <= 0, as the 64th power of a Taylor polynomial; e^-44 below -44. Relative error < 5e-14."""
    x = max(LEAST, x)
    y = x * _HALVINGS + _MIDDLE
    p = 1 / 39916800 + y * (1 / 479001600 + y * (1 / 6227020800 + y / 87178291200))
    p = 1 / 5040 + y * (1 / 40320 + y * (1 / 362880 + y * (1 / 3628800 + y * p)))
    p = 1 + y * (1 + y * (1 / 2 + y * (1 / 6 + y * (1 / 24 + y * (1 / 120 + y * (1 / 720 + y * p))))))
    p *= _EXP_MIDDLE
    p *= p
    p *= p
    p *= p
    p *= p
    p *= p
    return p * p


@njit(cache=True, error_model="numpy")
def log_from_one_to_two(m: float) -> float:
    """Log m for 1 <= m <= 2: log sqrt 2 plus 2 artanh((w - 1) / (w + 1)) at w = m / sqrt 2. Error < 1e-15."""
    w = m * _SQRT_HALF
    s = (w - 1.0) / (w + 1.0)
    q = s * s
    tail = 1 / 11 + q * (1 / 13 + q * (1 / 15 + q * (1 / 17 + q * (1 / 19 + q / 21))))
    return _LOG_SQRT_TWO + 2.0 * s * (1 + q * (1 / 3 + q * (1 / 5 + q * (1 / 7 + q * (1 / 9 + q * tail)))))
