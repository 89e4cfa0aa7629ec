"""Importance sampling: its densities integrate to one, its moments and errors are what they say."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import multivariate_normal

from velveteen.judge.importance import (
    Draws,
    Place,
    effective,
    influence,
    log_mean,
    outer_draws,
    paths_of,
    place_of,
    standard_error,
)

ONE = paths_of(np.zeros((1, 2), dtype=int), np.zeros(1), np.zeros(1))
ASKEW = Place(np.array([0.4, -0.2]), np.array([[1.1, 0.0], [0.4, 0.8]]))


def test_prior_over_proposal_integrates_to_one():
    paths = paths_of(np.zeros((3, 2), dtype=int), np.log([0.5, 0.2, 0.3]), np.array([0.0, -3.0, 1.0]))
    outer = outer_draws(ASKEW, paths, 20_000, 1).outer
    assert log_mean(outer) == pytest.approx(0.0, abs=4 * standard_error(influence(outer)))


def test_trajectories_are_drawn_in_proportion():
    paths = paths_of(np.zeros((4, 2), dtype=int), np.zeros(4), np.array([0.0, -1.0, -2.0, -9.0]))
    assert paths.share.sum() == pytest.approx(1.0)
    counts = np.bincount(outer_draws(Place(np.zeros(1), np.eye(1)), paths, 1000, 2).path, minlength=4)
    assert np.abs(counts - 1000 * paths.share).max() < 1.0
    assert counts[3] > 0  # flattened odds keep an underrated one in sight


def test_the_same_seed_gives_the_same_noise_wherever_the_place_is():
    one, other = (outer_draws(Place(c, np.eye(2)), ONE, 50, 3).z - c for c in (np.zeros(2), np.ones(2)))
    np.testing.assert_allclose(one, other, atol=1e-12)
    assert not np.allclose(one, outer_draws(Place(np.zeros(2), np.eye(2)), ONE, 50, 4).z)


def test_effective_size():
    assert effective(np.full(7, -3.0)) == pytest.approx(7.0)
    assert effective(np.array([0.0, -50.0, -60.0])) == pytest.approx(1.0)
    assert effective(np.log([1.0, 3.0])) == pytest.approx(16 / 10)


def test_place_finds_a_known_normal():
    mean, covariance = np.array([0.7, -0.3]), np.array([[0.4, 0.2], [0.2, 0.3]])
    draws = outer_draws(ASKEW, ONE, 40_000, 5)
    prior = multivariate_normal.logpdf(draws.z, np.zeros(2))
    place = place_of(draws, draws.outer - prior + multivariate_normal.logpdf(draws.z, mean, covariance))
    np.testing.assert_allclose(place.centre, mean, atol=0.02)
    np.testing.assert_allclose(place.root @ place.root.T, covariance, atol=0.02)


def test_place_stays_wide_where_one_draw_has_all_the_weight():
    draws = Draws(np.eye(3), np.zeros(3, dtype=int), np.zeros(3))
    place = place_of(draws, np.array([0.0, -80.0, -80.0]))
    np.testing.assert_allclose(place.centre, draws.z[0], atol=1e-12)
    assert np.linalg.eigvalsh(place.root @ place.root.T).min() > 0.05


def test_standard_error_is_the_scatter_of_repeated_estimates():
    rng = np.random.default_rng(6)
    logs = rng.normal(0.0, 0.7, size=(400, 500))
    estimates = [log_mean(row) for row in logs]
    said = np.mean([standard_error(influence(row)) for row in logs])
    assert said == pytest.approx(np.std(estimates), rel=0.12)
    assert np.mean(estimates) == pytest.approx(0.7**2 / 2, abs=4 * said / 20 + 0.002)
