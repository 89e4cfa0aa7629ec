"""Intervals against SciPy, and what they must hold whatever the counts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special, stats

from velveteen.measure.intervals import (
    beta_below,
    beta_quantile,
    gamma_below,
    gamma_quantile,
    median_range,
    rate_range,
    share_range,
)


@given(st.floats(1, 5000), st.floats(0.001, 3))
@settings(max_examples=200, deadline=None)
def test_the_incomplete_gamma_function_is_scipy_s(shape: float, part: float) -> None:
    assert gamma_below(part * shape, shape) == pytest.approx(special.gammainc(shape, part * shape), abs=1e-8)


@given(st.floats(0.5, 4000), st.floats(0.5, 4000), st.floats(0, 1))
@settings(max_examples=200, deadline=None)
def test_the_incomplete_beta_function_is_scipy_s(a: float, b: float, x: float) -> None:
    assert beta_below(x, a, b) == pytest.approx(special.betainc(a, b, x), abs=1e-9)


def test_nothing_lies_below_zero_and_all_below_one() -> None:
    assert (gamma_below(0.0, 2.0), beta_below(0.0, 2.0, 3.0), beta_below(1.0, 2.0, 3.0)) == (0.0, 0.0, 1.0)


@pytest.mark.parametrize("share", [0.05, 0.5, 0.95])
def test_quantiles_are_scipy_s(share: float) -> None:
    for shape in (1.0, 3.7, 80.0, 4000.0):
        assert gamma_quantile(share, shape) == pytest.approx(stats.gamma.ppf(share, shape), rel=1e-7)
    for a, b in ((0.5, 7.5), (3.5, 3.5), (900.5, 2.5)):
        assert beta_quantile(share, a, b) == pytest.approx(stats.beta.ppf(share, a, b), abs=1e-8)


@pytest.mark.parametrize("count", [1, 4, 250])
def test_a_rate_has_garwood_s_interval(count: int) -> None:
    found = rate_range(count, 10)
    low, high = stats.chi2.ppf(0.05, 2 * count) / 20, stats.chi2.ppf(0.95, 2 * count + 2) / 20
    assert (found.value, found.low, found.high) == pytest.approx((count / 10, low, high))


def test_no_event_gives_zero_and_what_cannot_be_left_out() -> None:
    found = rate_range(0, 10)
    assert (found.value, found.low) == (0.0, 0.0)
    assert found.high == pytest.approx(0.2996, abs=1e-4)  # minus the logarithm of .05, over ten


def test_bunches_widen_it_as_fewer_events_would_and_evenness_does_not_narrow_it() -> None:
    wide, few = rate_range(40, 40, 4.0), rate_range(10, 10)
    assert (wide.low, wide.high) == pytest.approx((few.low, few.high))
    assert rate_range(40, 40, 0.2) == rate_range(40, 40)
    assert rate_range(3, 10, 50.0).high == pytest.approx(3 * stats.chi2.ppf(0.95, 4) / 20)


def test_a_share_has_jeffreys_interval_and_its_ends_are_closed() -> None:
    found = share_range(7, 20)
    assert found is not None
    assert (found.low, found.high) == pytest.approx(stats.beta.ppf([0.05, 0.95], 7.5, 13.5))
    none, all_ = share_range(0, 5), share_range(5, 5)
    assert none is not None
    assert all_ is not None
    assert (none.low, all_.high) == (0.0, 1.0)
    assert share_range(0, 0) is None


def test_a_median_lies_between_the_order_statistics_of_the_sign_test() -> None:
    assert median_range([1, 2, 3, 4]) is None
    five = median_range([5, 1, 4, 2, 3])
    assert five is not None
    assert (five.value, five.low, five.high) == (3, 1, 5)  # 2 / 32 < 10 % outside
    twenty = median_range(list(range(1, 21)))
    assert twenty is not None
    assert (twenty.low, twenty.high) == (6, 15)  # binomial(20, 1/2): P(X <= 5) = .0207, P(X <= 6) = .0577
    assert median_range([]) is None


@given(st.integers(0, 500), st.integers(1, 500), st.floats(0, 30))
@settings(max_examples=100, deadline=None)
def test_every_range_holds_its_estimate(hits: int, more: int, bunches: float) -> None:
    for found in (rate_range(hits, more, bunches), share_range(hits, hits + more)):
        assert found is not None
        assert found.low <= found.value <= found.high
