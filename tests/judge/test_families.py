"""The three families of cells: normalised, with the right derivatives, against SciPy."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import special, stats

from velveteen.judge.families import (
    COUNT,
    PROPORTION,
    RATING,
    cell_constant,
    cell_terms,
    digamma,
    fill_cells,
    rising,
    trigamma,
)

pytestmark = pytest.mark.kernel

CELLS = [
    (COUNT, 0.0, 0.3, 2.5),
    (COUNT, 7.0, 1.0, 0.4),
    (COUNT, 60.0, 0.8, 9.0),  # beyond the loop of `rising`
    (PROPORTION, 0.0, 3.0, 8.0),
    (PROPORTION, 3.0, 3.0, 1.2),
    (PROPORTION, 70.0, 200.0, 15.0),  # both counts beyond the loop
    (RATING, 6.3, 2.0, 1.7),
    (RATING, 88.0, 1.0, 90.0),  # a scale of 0 to 100
]


@pytest.mark.parametrize("x", [1e-3, 0.2, 1.0, 3.7, 7.999, 8.0, 24.5, 1e4])
def test_digamma_and_trigamma(x):
    assert digamma(x) == pytest.approx(special.digamma(x), rel=1e-11, abs=1e-11)
    assert trigamma(x) == pytest.approx(special.polygamma(1, x), rel=1e-10)


@pytest.mark.parametrize("a", [0.05, 1.0, 6.3, 900.0])
@pytest.mark.parametrize("k", [0, 1, 24, 25, 400])
def test_rising_factorial_and_its_derivatives(a, k):
    log, first, second = rising(a, float(k))
    assert log == pytest.approx(special.gammaln(a + k) - special.gammaln(a), rel=1e-10, abs=1e-9)
    assert first == pytest.approx(special.digamma(a + k) - special.digamma(a), rel=1e-9, abs=1e-9)
    assert second == pytest.approx(special.polygamma(1, a + k) - special.polygamma(1, a), rel=1e-8, abs=1e-9)


def test_rising_does_not_overflow():
    log, _, _ = rising(1e12, 20.0)  # the product passes 1e200
    assert log == pytest.approx(20 * math.log(1e12), rel=1e-9)


@pytest.mark.parametrize(("family", "y", "of", "parameter"), CELLS)
@pytest.mark.parametrize("eta", [-2.0, 0.3, 1.9])
def test_score_and_information_are_derivatives(family, y, of, parameter, eta):
    h = 1e-4
    values = [cell_terms(family, y, of, parameter, eta + k * h) for k in (-1, 0, 1)]
    score = (values[2][0] - values[0][0]) / (2 * h)
    information = -(values[2][1] - values[0][1]) / (2 * h)
    assert values[1][1] == pytest.approx(score, rel=1e-6, abs=1e-6)
    assert values[1][2] == pytest.approx(information, rel=1e-6, abs=1e-6)


def log_probability(family, y, of, parameter, eta):
    return cell_terms(family, y, of, parameter, eta)[0] + cell_constant(family, y, of, parameter)


@pytest.mark.parametrize("eta", [-1.5, 0.0, 2.0])
@pytest.mark.parametrize(("of", "size"), [(1.0, 0.7), (0.25, 6.0), (3.0, 40.0)])
def test_counts_are_negative_binomial(of, size, eta):
    mean = of * math.exp(eta)
    ys = np.arange(1500)
    got = [log_probability(COUNT, float(y), of, size, eta) for y in ys]
    assert np.exp(got).sum() == pytest.approx(1.0, abs=1e-9)
    np.testing.assert_allclose(
        got[:60], stats.nbinom.logpmf(ys[:60], size, size / (size + mean)), rtol=1e-8, atol=1e-8
    )


@pytest.mark.parametrize("eta", [-3.0, 0.0, 1.1])
@pytest.mark.parametrize(("trials", "precision"), [(1, 5.0), (6, 0.8), (90, 30.0)])
def test_proportions_are_beta_binomial(trials, precision, eta):
    mu = special.expit(eta)
    ys = np.arange(trials + 1)
    got = [log_probability(PROPORTION, float(y), float(trials), precision, eta) for y in ys]
    assert np.exp(got).sum() == pytest.approx(1.0, abs=1e-10)
    expected = stats.betabinom.logpmf(ys, trials, mu * precision, (1 - mu) * precision)
    np.testing.assert_allclose(got, expected, rtol=1e-8, atol=1e-8)


def test_ratings_are_normal():
    got = log_probability(RATING, 6.1, 3.0, 0.8, 4.4)
    assert got == pytest.approx(stats.norm.logpdf(6.1, 4.4, math.sqrt(0.8)), abs=1e-12)


@pytest.mark.parametrize("family", [COUNT, PROPORTION, RATING])
@pytest.mark.parametrize("eta", [-900.0, 900.0])
def test_nothing_overflows_far_out(family, eta):
    assert np.isfinite(cell_terms(family, 1.0, 2.0, 4.0, eta)).all()


def test_each_cell_gets_its_own_parameter():
    family = np.array([COUNT, PROPORTION, RATING, RATING])
    y, of, scale = (
        np.array([3.0, 1.0, 5.0, 5.0]),
        np.array([0.5, 4.0, 1.0, 4.0]),
        np.array([1.0, 1.0, 1.5, 2.0]),
    )
    parameter, constant = np.empty(4), np.empty(4)
    fill_cells(family, y, of, scale, np.array([6.0, 15.0, 0.4, 1.2]), parameter, constant)
    np.testing.assert_allclose(
        parameter, [6.0, 15.0, 1.5**2 * (0.0225 + 0.16 + 1.44), 4.0 * (0.0225 + 0.16 + 0.36)]
    )
    assert constant[2] == pytest.approx(-0.5 * math.log(2 * math.pi * parameter[2]))
    assert constant[0] == pytest.approx(cell_constant(COUNT, 3.0, 0.5, 6.0))


@pytest.mark.parametrize("eta", [-250.0, 29.9, 30.1, 76.0])
def test_a_rating_lies_as_high_as_its_scale_goes(eta):
    value, score, information = cell_terms(RATING, 80.0, 1.0, 25.0, eta)
    assert value == pytest.approx(stats.norm.logpdf(80.0, eta, 5.0) - stats.norm.logpdf(80.0, 80.0, 5.0))
    assert (score, information) == (pytest.approx((80.0 - eta) / 25.0), pytest.approx(1 / 25.0))
