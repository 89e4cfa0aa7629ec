"""The compiled inner Laplace approximation is the dense NumPy one, on arrays drawn at random and on whole accounts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.judge import oracle
from tests.judge.formula import dense_problem
from tests.judge.kernel_arrays import as_problem, evaluate, kernel_inputs, random_arrays
from tests.judge.records import CHANNELS, LIMITS, NAMES, mixed_cells, set_up

from velveteen.judge.accounts import ALL
from velveteen.judge.design import add_rows, predict, spread
from velveteen.judge.evaluate import Evaluator
from velveteen.judge.likelihood import score_rows
from velveteen.measure.cells import TurningPoint

AGREE = 1e-6  # nats, where the search goes on until its Newton decrement is rounding


def oracle_differentiates(problem, seed):
    """Gradient and Hessian of a problem of seven latent values are differences of value and gradient."""
    z = np.random.default_rng(seed).normal(size=(1, 7)) * 0.3
    _, gradient, hessian = oracle.log_posterior(problem, z)
    h = 1e-5
    for d in range(7):
        step = h * np.eye(7)[[d]]
        up, down = oracle.log_posterior(problem, z + step), oracle.log_posterior(problem, z - step)
        assert gradient[0, d] == pytest.approx((up[0][0] - down[0][0]) / (2 * h), abs=1e-6, rel=1e-6)
        np.testing.assert_allclose(hessian[0, d], (up[1][0] - down[1][0]) / (2 * h), atol=1e-5, rtol=1e-6)


@pytest.mark.kernel
@pytest.mark.parametrize("seed", range(4))
def test_the_oracle_differentiates_what_it_says(seed):
    oracle_differentiates(as_problem(random_arrays(seed, 4, 25, 3)), seed)


def cells_agree(a):
    """Value, gradient and information of 40 cells in five weeks with four effects are the oracle's."""
    weeks, effects = 5, 4
    parts = [np.zeros(n) for n in (weeks, effects)] + [
        np.zeros(n) for n in (weeks, (effects, weeks), (effects, effects))
    ]
    cells, rows, constant = kernel_inputs(a)
    by_row, by_cell = np.empty((7, 40)), np.empty((11, 40))
    predict(rows, a["u"], a["b"], by_row)
    spread(cells[3], by_row, by_cell)
    value = constant + score_rows(cells, 1.0, by_cell, by_row)
    add_rows(rows, by_row, *parts)
    grad_u, grad_b, h_uu, h_bu, h_bb = parts
    problem, z = as_problem(a), np.concatenate([a["u"], a["b"]])[None]
    whole, gradient, hessian = oracle.log_posterior(problem, z)
    away = z[0] - problem.mean[0]
    pull = problem.precision[0] @ away
    prior = 0.5 * np.linalg.slogdet(problem.precision[0])[1] - 0.5 * 9 * np.log(2 * np.pi) - 0.5 * away @ pull
    information = -hessian[0] - problem.precision[0]
    assert value == pytest.approx(whole[0] - prior, abs=1e-9)
    np.testing.assert_allclose(np.concatenate([grad_u, grad_b]), gradient[0] + pull, atol=1e-8)
    np.testing.assert_allclose(np.diag(h_uu), information[:weeks, :weeks], atol=1e-8)
    np.testing.assert_allclose(h_bu.T, information[:weeks, weeks:], atol=1e-8)
    np.testing.assert_allclose(np.triu(h_bb), np.triu(information[weeks:, weeks:]), atol=1e-8)


@pytest.mark.kernel
@pytest.mark.parametrize("seed", range(6))
def test_value_gradient_and_information_of_the_cells(seed):
    cells_agree(random_arrays(seed, 5, 40, 4))


def compare(a):
    value, mode, factor = evaluate(a, np.zeros_like(a["u"]), a["mean"].copy())
    expected, z = oracle.log_evidence(as_problem(a))
    assert value == pytest.approx(expected[0], abs=AGREE)
    np.testing.assert_allclose(mode, z[0], atol=1e-5)
    return factor, z


@pytest.mark.kernel
@pytest.mark.parametrize("seed", range(6))
def test_small_random_records(seed):
    compare(random_arrays(seed, 2 + seed, 6 + 6 * seed, 1 + seed))


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.integers(100, 10**6), st.integers(2, 30), st.integers(1, 90), st.integers(1, 8))
def test_random_records(seed, weeks, cells, effects):
    compare(random_arrays(seed, weeks, cells, effects))


@pytest.mark.kernel
def test_the_factor_is_that_of_the_marginal_precision_of_the_effects():
    a = random_arrays(11, 6, 50, 4)
    factor, z = compare(a)
    information = -oracle.log_posterior(as_problem(a), z)[2][0]
    marginal = np.linalg.inv(np.linalg.inv(information)[6:, 6:])
    upper = np.triu(factor)
    np.testing.assert_allclose(upper.T @ upper, marginal, rtol=1e-6)


def accounts_against_the_formula(cells, points, seed, channels=CHANNELS, coded=()):
    record, shared, hyper = set_up(cells, points, channels)
    rng = np.random.default_rng(seed)
    for name in NAMES:
        account = ALL[name](record, shared)
        evaluator = Evaluator(record, account, hyper, tolerance=(1e-13, 1e-13))
        shape = account.shapes[rng.integers(len(account.shapes))]
        onset = int(rng.integers(len(shape.onsets)))
        zs = rng.normal(size=(2, hyper.size)) * 0.5
        evaluator.follow(shape, onset)
        got = [evaluator(z) + 0.5 * z @ z for z in zs]
        expected, _ = oracle.log_evidence(
            dense_problem(cells, points, name, shape, onset, [hyper.natural(z) for z in zs], coded)
        )
        np.testing.assert_allclose(got, expected, atol=AGREE, err_msg=name)


@pytest.mark.kernel
def test_every_account_of_a_short_record_is_the_formula():
    points = [*LIMITS, TurningPoint(2, "loss_threatened")]
    accounts_against_the_formula(mixed_cells(7, 1), points, 1)


@pytest.mark.parametrize(
    ("weeks", "informants", "missing"),
    [
        (9, ("partner",), 0.0),
        (20, ("partner", "other"), 0.3),
        (24, ("partner", "messages", "therapist"), 0.7),
    ],
)
def test_every_account_is_the_formula(weeks, informants, missing):
    points = [*LIMITS, TurningPoint(3, "left")]
    cells = mixed_cells(weeks, weeks, informants=informants, missing=missing)
    accounts_against_the_formula(cells, points, weeks)
