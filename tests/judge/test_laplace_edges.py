"""The pieces of the inner approximation, and what it does where the search is hard."""

from __future__ import annotations

import numpy as np
import pytest
from tests.judge import oracle
from tests.judge.kernel_arrays import as_problem, evaluate, random_arrays

from velveteen.judge.bordered import factorise
from velveteen.judge.laplace import (
    add_ebb_prior,
    add_effect_prior,
    ebb_quadratic,
)

pytestmark = pytest.mark.kernel


def bordered(seed, weeks=5, p=3):
    """A random positive definite bordered tridiagonal matrix in the kernel's parts, and dense."""
    rng = np.random.default_rng(seed)
    diag, off = rng.uniform(3, 5, weeks), -1.0
    h_ub, root = rng.normal(size=(weeks, p)), rng.normal(size=(p, p))
    h_bb = root @ root.T + 8 * np.eye(p)
    dense = np.zeros((weeks + p, weeks + p))
    dense[:weeks, :weeks] = np.diag(diag) + off * (np.eye(weeks, k=1) + np.eye(weeks, k=-1))
    dense[:weeks, weeks:], dense[weeks:, :weeks], dense[weeks:, weeks:] = h_ub, h_ub.T, h_bb
    return diag, off, np.ascontiguousarray(h_ub.T), np.triu(h_bb), dense


@pytest.mark.parametrize("seed", range(3))
def test_factorise_solves_and_gives_the_log_determinant(seed):
    diag, off, h_bu, h_bb, dense = bordered(seed)
    right = np.random.default_rng(seed).normal(size=8)
    grad_u, grad_b = right[:5].copy(), right[5:].copy()
    log_det = factorise(diag, off, h_bu, h_bb, grad_u, grad_b)
    assert log_det == pytest.approx(np.linalg.slogdet(dense)[1], abs=1e-10)
    np.testing.assert_allclose(np.concatenate([grad_u, grad_b]), np.linalg.solve(dense, right), atol=1e-10)
    upper = np.triu(h_bb)
    schur = dense[5:, 5:] - dense[5:, :5] @ np.linalg.solve(dense[:5, :5], dense[:5, 5:])
    np.testing.assert_allclose(upper.T @ upper, schur, atol=1e-10)


@pytest.mark.parametrize("part", ["ebb", "effects"])
def test_factorise_says_where_a_matrix_is_not_positive(part):
    diag, off, h_bu, h_bb, _ = bordered(0)
    if part == "ebb":
        diag[2] = -4.0
    else:
        h_bb[1, 1] = -4.0
    assert np.isnan(factorise(diag, off, h_bu, h_bb, np.ones(5), np.ones(3)))


@pytest.mark.parametrize("scale", [1e70, 1e-70])
def test_determinants_neither_overflow_nor_vanish(scale):
    diag, h_bu, h_bb = np.full(4, scale), np.zeros((3, 4)), scale * np.eye(3)
    log_det = factorise(diag, 0.0, h_bu, h_bb, np.zeros(4), np.zeros(3))
    assert log_det == pytest.approx(7 * np.log(scale), rel=1e-12)


def test_the_prior_of_the_ebb_is_stationary():
    rho, sigma, u = 0.7, 0.4, np.array([0.3, -0.2, 0.5, 0.1])
    lag = np.abs(np.subtract.outer(np.arange(4), np.arange(4)))
    precision = np.linalg.inv(sigma**2 * rho**lag)
    assert ebb_quadratic(u, rho, sigma) == pytest.approx(u @ precision @ u)
    h_uu, grad_u = np.zeros(4), np.zeros(4)
    add_ebb_prior(h_uu, u, rho, sigma, grad_u)
    np.testing.assert_allclose(h_uu, np.diag(precision))
    np.testing.assert_allclose(grad_u, -precision @ u)


def test_the_prior_of_the_effects():
    precision, mean, b = np.array([[2.0, 0.5], [0.5, 1.0]]), np.array([0.1, -0.4]), np.array([1.0, 2.0])
    h_bb, grad_b = np.zeros((2, 2)), np.zeros(2)
    quadratic = add_effect_prior(h_bb, b, mean, precision, grad_b)
    assert quadratic == pytest.approx((b - mean) @ precision @ (b - mean))
    np.testing.assert_allclose(h_bb, np.triu(precision))
    np.testing.assert_allclose(grad_b, -precision @ (b - mean))


def counts(seed, y=None):
    """Counts with one strain node each, so that there is one mode."""
    a = random_arrays(seed, 4, 16, 3)
    a["family"][:] = 0
    a["of"] = np.ones(16)
    a["log_weight"] = np.tile([0.0, -np.inf, -np.inf], (16, 1))
    a["y"] = np.random.default_rng(seed).poisson(3, 16).astype(float) if y is None else np.full(16, y)
    return a


@pytest.mark.parametrize("seed", range(3))
def test_a_start_far_away_ends_at_the_same_mode(seed):
    a = counts(seed)
    near, _, _ = evaluate(a, np.zeros(4), a["mean"].copy())
    u, b = np.full(4, 4.0), a["mean"] - 9.0
    assert evaluate(a, u, b)[0] == pytest.approx(near, abs=1e-6)
    expected, _ = oracle.log_evidence(as_problem(a))
    assert near == pytest.approx(expected[0], abs=1e-6)


def test_a_search_that_no_tolerance_ends_ends_all_the_same():
    a = counts(0)
    near, _, _ = evaluate(a, np.zeros(4), a["mean"].copy())
    assert evaluate(a, np.zeros(4), a["mean"].copy(), tolerance=-1.0)[0] == pytest.approx(near, abs=1e-9)


def ends_at_a_mode(a, problem, u, b):
    """The search from (u, b) ends where the gradient is 0, with the Laplace approximation there."""
    value, mode, _ = evaluate(a, u, b)
    there = oracle.log_posterior(problem, mode[None])
    np.testing.assert_allclose(there[1], 0.0, atol=1e-3)
    half = -0.5 * np.linalg.slogdet(-there[2])[1][0] + 0.5 * mode.size * np.log(2 * np.pi)
    assert value == pytest.approx(there[0][0] + half, abs=1e-5)


def test_a_start_between_two_strain_nodes_is_left_for_a_mode():
    """Halfway between two nodes the observed information is negative; the search goes on with the complete-data one."""
    a = random_arrays(5, 2, 2, 1)
    a |= {
        "week": np.array([0, 1]), "family": np.array([2, 2]), "y": np.array([4.0, 4.0]), "of": np.ones(2),
        "scale": np.ones(2), "dispersion": np.array([1.0, 1.0, 0.3, 0.0]), "kappa": np.full(2, 0.1),
        "column": np.zeros((2, 1), dtype=np.int64), "v0": np.zeros((2, 1)), "v1": np.ones((2, 1)),
        "node": np.tile([1.0, 2.0, 0.0], (2, 1)), "log_weight": np.tile([np.log(0.5), np.log(0.5), -np.inf], (2, 1)),
        "mean": np.array([2.7]), "precision": np.array([[0.2]]), "sigma": 0.1,
    }  # fmt: skip
    u, b = np.zeros(2), np.array([2.7])
    problem, start = as_problem(a), np.array([[0.0, 0.0, 2.7]])
    assert np.linalg.eigvalsh(-oracle.log_posterior(problem, start)[2])[0, 0] < 0
    ends_at_a_mode(a, problem, u, b)


def test_what_cannot_be_weighed_ends_and_says_so():
    a = counts(0, y=np.nan)
    a["family"][:] = 2  # a NaN among ratings
    assert np.isnan(evaluate(a, np.zeros(4), a["mean"].copy())[0])
