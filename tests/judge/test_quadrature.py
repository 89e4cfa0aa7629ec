"""Integration over the hyperparameters: exact for a Gaussian, close for what is skewed, and it says how close."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from velveteen.judge import quadrature
from velveteen.judge.quadrature import (
    Frame,
    corners,
    cross_terms,
    find_frame,
    integrate,
    integrate_like,
    parabola,
    three_points,
)


def gaussian(precision, centre):
    """Log density whose integral, in units of (2 pi)^(d/2), is 1 / sqrt(det precision)."""
    return lambda zs: -0.5 * np.einsum("nd,de,ne->n", zs - centre, precision, zs - centre)


def dense(log_density, size, nodes=40, reach=1.6):
    """Tensor Gauss-Hermite with a wide weight, in units of (2 pi)^(d/2)."""
    x, w = np.polynomial.hermite_e.hermegauss(nodes)
    total = -np.inf
    for index in itertools.product(range(nodes), repeat=size):
        z = reach * x[list(index)]
        weight = np.log(w[list(index)]).sum() + 0.5 * float((x[list(index)] ** 2).sum())
        total = np.logaddexp(total, weight + log_density(z[None])[0])
    return total + size * math.log(reach) - 0.5 * size * math.log(2 * math.pi)


@pytest.mark.parametrize("seed", range(5))
def test_a_gaussian_is_integrated_exactly(seed):
    rng = np.random.default_rng(seed)
    size = 1 + seed
    root = rng.normal(size=(size, size)) * 0.5
    precision = np.eye(size) + root @ root.T
    log_density = gaussian(precision, rng.normal(size=size) * 0.5)
    result = integrate(log_density, find_frame(log_density, size), at_corners=log_density)
    expected = -0.5 * np.linalg.slogdet(precision)[1]
    assert result.log == pytest.approx(expected, abs=1e-6)
    assert result.cross == pytest.approx(0.0, abs=1e-6)


def test_the_frame_holds_mode_and_principal_axes():
    precision = np.array([[2.0, 0.8], [0.8, 3.0]])
    centre = np.array([0.4, -0.7])
    frame = find_frame(gaussian(precision, centre), 2)
    np.testing.assert_allclose(frame.centre, centre, atol=0.05)
    np.testing.assert_allclose(frame.axes @ frame.axes.T, np.linalg.inv(precision), atol=1e-8)


def skewed(z):
    """A standard-normal prior times a Poisson-like likelihood that a prior's tail meets."""
    return -0.5 * (z**2).sum(1) + (2.0 * z - np.exp(0.8 * z)).sum(1) - 0.2 * z[:, 0] * z[:, -1]


@pytest.mark.parametrize("size", [1, 2])
def test_a_skewed_density_is_close(size):
    result = integrate(skewed, find_frame(skewed, size))
    assert result.log == pytest.approx(dense(skewed, size), abs=0.01 * size)


def leaning(size, much=0.1):
    """A precision matrix whose principal axes are not the coordinate axes."""
    return np.eye(size) + much * (np.ones((size, size)) - np.eye(size))


@pytest.mark.parametrize("size", [3, 4, 5, 6, 7])
def test_corners_find_what_axes_do_together(size):
    log_density = gaussian(leaning(size), np.zeros(size))
    truth = -0.5 * np.linalg.slogdet(leaning(size))[1]
    result = integrate(log_density, Frame(np.zeros(size), np.eye(size)), at_corners=log_density)
    assert result.log == pytest.approx(0.0, abs=1e-12)
    assert result.cross == pytest.approx(truth, abs=0.25 * truth)


def test_cross_terms_are_left_out_unless_asked_for():
    assert integrate(gaussian(leaning(4), np.zeros(4)), Frame(np.zeros(4), np.eye(4))).cross == 0.0


@pytest.mark.parametrize("size", range(1, 12))
def test_corners_are_a_design_in_which_axes_and_pairs_stay_apart(size):
    """Means of coordinates, of pairs and of threes are 0: no axis is taken for another, nor for a pair."""
    at = corners(size)
    assert set(np.unique(at)) == {-1.0, 1.0}
    for order in (1, 2, 3):
        for axes in itertools.combinations(range(size), order):
            assert at[:, axes].prod(axis=1).mean() == 0.0


@pytest.mark.parametrize("size", [5, 6, 8, 9, 10, 11])
def test_corners_are_a_design_in_which_no_pair_is_taken_for_another(size):
    at = corners(size)
    for axes in itertools.combinations(range(size), 4):
        assert at[:, axes].prod(axis=1).mean() == 0.0


def test_a_frame_that_is_off_is_moved():
    log_density = gaussian(np.array([[4.0]]), np.array([0.6]))
    result = integrate(log_density, Frame(np.zeros(1), np.eye(1)))
    assert result.log == pytest.approx(-0.5 * math.log(4.0), abs=1e-9)
    np.testing.assert_allclose(result.frame.centre, [0.6], atol=1e-9)


def test_a_flat_or_hollow_direction_gets_a_least_curvature():
    gradient, curvature = parabola(0.0, np.array([1.0, 0.5]), np.array([1.0, -0.5]), 1.0)
    np.testing.assert_allclose(gradient, [0.0, 0.5])
    assert (curvature > 0).all()


def test_a_step_that_leads_down_is_taken_back():
    """The parabola through 0 and +-1 leads over a cliff at -1.2."""

    def cliff(zs):
        z = zs[:, 0]
        return np.where(z > -1.2, -z - 0.25 * z**2, -10.0)

    found = find_frame(cliff, 1)
    assert cliff(found.centre[None])[0] > cliff(np.zeros((1, 1)))[0]


def test_a_frame_of_the_wrong_width_is_scaled():
    log_density = gaussian(np.array([[9.0]]), np.array([0.05]))
    result = integrate(log_density, Frame(np.zeros(1), np.eye(1)))
    assert result.log == pytest.approx(-0.5 * math.log(9.0), abs=1e-9)


def test_rounds_end():
    """A density with a kink at its top: each round finds another curvature, and the last is taken."""
    result = integrate(lambda zs: -20.0 * np.sqrt(np.abs(zs[:, 0])), Frame(np.zeros(1), np.eye(1)))
    assert np.isfinite([result.log, result.cross]).all()


def test_corners_far_below_the_parabolas_have_a_logarithm_too():
    """The mean of exp over them would be 0."""

    def density(zs):
        return -1e4 * np.abs(zs).prod(axis=1)

    rule = three_points(density, Frame(np.zeros(2), np.eye(2)))
    assert cross_terms(density, rule) == pytest.approx(-1e4, rel=1e-3)


def test_what_was_integrated_before_comes_out_the_same():
    """However skewed it is, and along however few axes it is asked about."""
    whole = integrate(skewed, Frame(np.zeros(2), np.eye(2)))
    for axes in (None, np.array([0]), np.array([1])):
        found, apart, alike = integrate_like(skewed, whole, axes)
        assert alike
        assert found.log == pytest.approx(whole.log, abs=1e-12)
        np.testing.assert_allclose(apart, 0.0, atol=1e-12)


def before(size=3):
    """The integral of a standard normal density."""
    return integrate(gaussian(np.eye(size), np.zeros(size)), Frame(np.zeros(size), np.eye(size)))


@pytest.mark.parametrize("axes", [None, np.array([1])])
def test_a_density_that_differs_along_one_axis_needs_that_axis_alone(axes):
    asked = []

    def density(zs):
        asked.append(len(zs))
        return gaussian(np.diag([1.0, 1.3, 1.0]), np.array([0.0, 0.2, 0.0]))(zs)

    found, apart, alike = integrate_like(density, before(), axes)
    assert alike
    assert found.log == pytest.approx(-0.5 * math.log(1.3), abs=0.003)
    np.testing.assert_allclose(found.frame.centre, [0.0, 0.2, 0.0], atol=1e-12)
    assert asked == [7 if axes is None else 3]
    assert (np.flatnonzero(np.abs(apart) > 1e-9) == [1 if axes is None else 0]).all()


def test_a_density_that_lies_elsewhere_gets_an_integral_of_its_own():
    """Along the axis that is not asked about as well."""
    density = gaussian(np.diag([3.0, 1.0, 2.0]), np.array([1.2, 0.0, -0.1]))
    found, _, alike = integrate_like(density, before(), np.array([0]))
    assert not alike
    assert found.log == pytest.approx(-0.5 * math.log(6.0), abs=0.02)
    np.testing.assert_allclose(found.frame.centre, [1.2, 0.0, -0.1], atol=1e-6)


def test_what_was_integrated_before_is_kept_along_the_axes_not_asked_about():
    """Two skewed densities, alike but for a Gaussian factor along the first axis."""

    def other(zs):
        return skewed(zs) - 0.5 * 0.3 * (zs[:, 0] - 0.5) ** 2

    whole = integrate(skewed, find_frame(skewed, 2))
    alone = integrate(other, whole.frame)
    first, second = integrate_like(other, whole)[0], integrate_like(other, whole, np.array([0, 1]))[0]
    assert first.log == second.log
    assert first.log == pytest.approx(alone.log, abs=0.02)


@pytest.mark.parametrize("away", [2.0, 5.0, 9.0])
def test_a_rule_that_starts_far_away_finds_the_top(away):
    """Far from its top the density falls along a straight line: flat, to a parabola, whatever its width."""

    def tent(zs):
        return -4.0 * np.sqrt(1.0 + (zs[:, 0] - away) ** 2)

    grid = np.linspace(away - 15.0, away + 15.0, 60_001)
    truth = np.log(np.exp(tent(grid[:, None])).sum() * (grid[1] - grid[0])) - 0.5 * math.log(2 * math.pi)
    result = integrate(tent, Frame(np.zeros(1), np.eye(1)))
    assert result.log == pytest.approx(truth, abs=0.1)
    assert abs(result.rule.frame.centre[0] - away) < 0.1


def test_a_move_that_leads_down_is_taken_back_by_half():
    """Three axes so correlated that each axis's own step, taken together, leads past the top and down."""
    density = gaussian(leaning(3, 0.95), np.full(3, 0.6))
    centres = []

    def asked(zs):
        centres.append(zs[0])
        return density(zs)

    integrate(asked, Frame(np.zeros(3), np.eye(3)))
    worth = density(np.array(centres))
    assert worth[1] < worth[0]
    np.testing.assert_allclose(centres[2], 0.5 * (centres[0] + centres[1]))


def test_the_principal_axes_are_those_at_the_top():
    """Curvature that turns on the way up: axes taken at the start would be of no use there."""
    turn = np.array([[math.cos(0.7), -math.sin(0.7)], [math.sin(0.7), math.cos(0.7)]])
    precision = turn @ np.diag([1.0, 12.0]) @ turn.T
    top = np.array([2.5, -2.0])

    def bent(zs):
        away = np.einsum("nd,de,ne->n", zs - top, precision, zs - top)
        return -np.sqrt(1.0 + away)

    frame = find_frame(bent, 2)
    turned = frame.axes.T @ precision @ frame.axes
    np.testing.assert_allclose(frame.centre, top, atol=0.2)
    assert abs(turned[0, 1]) < 0.1 * math.sqrt(turned[0, 0] * turned[1, 1])


def test_turning_the_axes_ends(monkeypatch):
    """Even where the mode never counts as still; the axes are then those taken last."""
    monkeypatch.setattr(quadrature, "_STILL", -1.0)
    precision = np.array([[2.0, 0.8], [0.8, 3.0]])
    frame = find_frame(gaussian(precision, np.array([0.4, -0.7])), 2)
    np.testing.assert_allclose(frame.axes @ frame.axes.T, np.linalg.inv(precision), atol=1e-6)
