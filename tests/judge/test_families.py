"""The three families of cells: normalised, with the right derivatives, against SciPy."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import special, stats
from tests.judge.kernel_arrays import kernel_inputs

from velveteen.judge.dispersion import fill_cells, fixed_constant, tally
from velveteen.judge.elementary import exp_negative, log_from_one_to_two
from velveteen.judge.families import (
    CODED_COUNT,
    CODED_PROPORTION,
    COUNT,
    PROPORTION,
    RATING,
    digamma,
    rising,
    softplus_and_slope,
    trigamma,
)
from velveteen.judge.likelihood import node_terms

pytestmark = pytest.mark.kernel

CELLS = [
    (COUNT, 0.0, 0.3, 2.5),
    (COUNT, 7.0, 1.0, 0.4),
    (COUNT, 60.0, 0.8, 9.0),  # beyond the loop of `rising`
    (PROPORTION, 0.0, 3.0, 8.0),
    (PROPORTION, 3.0, 3.0, 1.2),
    (PROPORTION, 70.0, 200.0, 15.0),  # both counts beyond the loop
    (RATING, 6.3, 2.0, 1.7),
    (CODED_COUNT, 0.0, 0.3, 2.5),
    (CODED_COUNT, 7.0, 1.0, 0.4),
    (CODED_COUNT, 60.0, 0.8, 9.0),
    (CODED_PROPORTION, 0.0, 3.0, 8.0),
    (CODED_PROPORTION, 70.0, 200.0, 15.0),
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


@pytest.mark.parametrize("x", [0.0, -1e-9, -0.3, -1.0, -20.0, -43.9])
def test_the_exponential(x):
    assert exp_negative(x) == pytest.approx(math.exp(x), rel=5e-14)
    assert 0.0 < exp_negative(-900.0) < 1e-19


@pytest.mark.parametrize("m", np.linspace(1, 2, 9))
def test_the_logarithm(m):
    assert log_from_one_to_two(m) == pytest.approx(math.log(m), abs=1e-15)


@pytest.mark.parametrize("v", [-60.0, -3.0, 0.0, 0.4, 80.0])
def test_the_softplus_and_its_slope(v):
    soft, slope = softplus_and_slope(v)
    assert soft == pytest.approx(np.logaddexp(0, v), abs=1e-14)
    assert slope == pytest.approx(special.expit(v), abs=1e-15)


CODER = (0.66, 0.01)  # gain and false positive rate
ITEMS = 200.0


def cell_terms(family, y, of, parameter, eta, rates=CODER, observed=1.0):
    """(l, s, h) of one cell with one strain node, and its constant; a rating's scale is 1 and its noise all of a day's."""
    y, of = np.array([y]), np.array([float(of)])
    dispersion = np.array([parameter, parameter, 0.0, math.sqrt(max(parameter - 0.0225, 0.0) * of[0])])
    ends = np.cumsum(np.arange(5) == family)
    coded = int(family > RATING)
    out, found = np.zeros((11, 1)), [np.empty(1), np.empty(1), np.empty((2, coded))]
    constant = fill_cells(
        of, np.ones(1), ends, np.zeros(coded, dtype=np.int64), np.full(coded, ITEMS), dispersion, np.array(rates),
        *tally(y, of, ends), fixed_constant(y, of, ends), *found,
    )  # fmt: skip
    parameter, offset, coding = found
    one = np.zeros((1, 1))
    cells = (
        y, parameter, offset, np.zeros(1, dtype=np.int64), one, one, np.zeros(5, dtype=np.int64), ends[None], coding,
    )  # fmt: skip
    out[9] = eta
    node_terms(cells, 0, family, 0, 1, observed, out)
    return out[0, 0], out[1, 0], out[2, 0], constant


@pytest.mark.parametrize(("family", "y", "of", "parameter"), CELLS)
@pytest.mark.parametrize("eta", [-2.0, 0.3, 1.9])
def test_score_and_information_are_derivatives(family, y, of, parameter, eta):
    h = 1e-4
    values = [cell_terms(family, y, of, parameter, eta + k * h) for k in (-1, 0, 1)]
    score = (values[2][0] - values[0][0]) / (2 * h)
    information = -(values[2][1] - values[0][1]) / (2 * h)
    assert values[1][1] == pytest.approx(score, rel=1e-6, abs=1e-6)
    assert values[1][2] == pytest.approx(information, rel=1e-6, abs=1e-6)


def log_probability(family, y, of, parameter, eta, rates=CODER):
    log, _, _, constant = cell_terms(family, y, of, parameter, eta, rates)
    return log + constant


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


@pytest.mark.parametrize("eta", [-4.0, 0.0, 2.0])
@pytest.mark.parametrize(("of", "size"), [(1.0, 0.7), (0.25, 6.0)])
def test_coded_counts_have_what_is_found_and_what_is_made_up(of, size, eta):
    mean = CODER[0] * of * math.exp(eta) + CODER[1] * ITEMS
    ys = np.arange(1500)
    got = [log_probability(CODED_COUNT, float(y), of, size, eta) for y in ys]
    expected = stats.nbinom.logpmf(ys, size, size / (size + mean))
    np.testing.assert_allclose(got[:60], expected[:60], rtol=1e-8, atol=1e-8)
    assert np.exp(got).sum() == pytest.approx(1.0, abs=1e-9)


@pytest.mark.parametrize("eta", [-5.0, 0.0, 1.1])
@pytest.mark.parametrize(("trials", "precision"), [(1, 5.0), (90, 30.0)])
def test_coded_proportions_have_what_is_found_and_what_is_made_up(trials, precision, eta):
    mu = CODER[1] + CODER[0] * special.expit(eta)
    ys = np.arange(trials + 1)
    got = [log_probability(CODED_PROPORTION, float(y), float(trials), precision, eta) for y in ys]
    expected = stats.betabinom.logpmf(ys, trials, mu * precision, (1 - mu) * precision)
    np.testing.assert_allclose(got, expected, rtol=1e-8, atol=1e-8)


@pytest.mark.parametrize(("coded", "family"), [(CODED_COUNT, COUNT), (CODED_PROPORTION, PROPORTION)])
@pytest.mark.parametrize(("y", "of"), [(0.0, 3.0), (2.0, 3.0)])
@pytest.mark.parametrize("eta", [-20.0, -1.0, 0.5, 4.0])
def test_a_coder_that_misses_and_makes_up_nothing_is_none(coded, family, y, of, eta):
    *terms, constant = cell_terms(coded, y, of, 6.0, eta, (1.0, 0.0))
    *plain, own = cell_terms(family, y, of, 6.0, eta)
    assert terms[0] + constant == pytest.approx(plain[0] + own, abs=1e-10)
    np.testing.assert_allclose(terms[1:], plain[1:], rtol=1e-9, atol=1e-10)


@pytest.mark.parametrize(("family", "of", "most"), [(CODED_COUNT, 0.8, 2000), (CODED_PROPORTION, 40.0, 41)])
@pytest.mark.parametrize("eta", [-6.0, -1.0, 1.5])
def test_the_other_information_is_never_negative_and_is_the_observed_one_on_average(family, of, most, eta):
    """Under the model itself, of all values that a cell can take."""
    ys = np.arange(float(most))
    chance = np.exp([log_probability(family, y, of, 5.0, eta) for y in ys])
    observed = [cell_terms(family, y, of, 5.0, eta)[2] for y in ys]
    positive = [cell_terms(family, y, of, 5.0, eta, observed=0.0)[2] for y in ys]
    assert min(positive) >= 0.0 > min(observed)
    assert chance @ positive == pytest.approx(chance @ observed, rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("family", [COUNT, PROPORTION, RATING, CODED_COUNT, CODED_PROPORTION])
@pytest.mark.parametrize("eta", [-900.0, 900.0])
def test_nothing_overflows_far_out(family, eta):
    assert np.isfinite(cell_terms(family, 1.0, 2.0, 4.0, eta)).all()


def test_each_cell_gets_its_own_parameter():
    a = {
        "family": np.array([RATING, COUNT, RATING, PROPORTION]), "y": np.array([5.0, 3.0, 5.0, 1.0]),
        "of": np.array([1.0, 0.5, 4.0, 4.0]), "scale": np.array([1.5, 1.0, 2.0, 1.0]), "kappa": np.ones(4),
        "dispersion": np.array([6.0, 15.0, 0.4, 1.2]), "week": np.arange(4), "node": np.zeros((4, 1)),
        "log_weight": np.zeros((4, 1)), "column": np.zeros((4, 1), dtype=np.int64), "v0": np.ones((4, 1)),
        "v1": np.zeros((4, 1)), "coder": np.full(4, -1), "coded": np.zeros(4), "rates": np.zeros(0),
    }  # fmt: skip
    (y, parameter, *_), _, constant = kernel_inputs(a)
    np.testing.assert_array_equal(y[:2], [3.0, 1.0])
    wide, narrow = 1.5**2 * (0.0225 + 0.16 + 1.44), 4.0 * (0.0225 + 0.16 + 0.36)
    np.testing.assert_allclose(np.sort(parameter), np.sort([6.0, 15.0, wide, narrow]))
    each = [
        cell_terms(COUNT, 3.0, 0.5, 6.0, 0.0),
        cell_terms(PROPORTION, 1.0, 4.0, 15.0, 0.0),
        cell_terms(RATING, 5.0, 1.0, wide, 0.0),
        cell_terms(RATING, 5.0, 4.0, narrow, 0.0),
    ]
    assert constant == pytest.approx(sum(terms[3] for terms in each), abs=1e-12)
