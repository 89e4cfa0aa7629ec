"""The exact joint density that audits draw from is the oracle's, cell by cell, and its priors are the textbook's."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import gammaln, logsumexp
from scipy.stats import multivariate_normal
from tests.judge import oracle
from tests.judge.formula import dense_problem
from tests.judge.records import LIMITS, NAMES, mixed_cells, set_up

from velveteen.judge.accounts import ALL
from velveteen.judge.exact import log_gamma, log_joint, log_mixture, log_prior, model_of, setting_of
from velveteen.judge.importance import rows_of
from velveteen.measure.cells import TurningPoint

POINTS = [*LIMITS, TurningPoint(2, "loss_threatened")]


def random_setting(name, cells, seed, draws=3):
    """A setting at random z along one trajectory, random latent values, and what it was made from."""
    rng = np.random.default_rng(seed)
    record, shared, hyper = set_up(cells, POINTS)
    account = ALL[name](record, shared)
    shape = int(rng.integers(len(account.shapes)))
    onset = int(rng.integers(account.shapes[shape].onsets.size))
    model = model_of(record, account, hyper)
    z = rng.normal(size=(draws, hyper.size)) * 0.7
    setting = setting_of(model, z, rows_of(model, np.array([(shape, onset)] * draws)))
    u = rng.normal(size=(draws, record.weeks)) * 0.4
    b = account.effects.mean + rng.normal(size=(draws, account.effects.size)) * 0.4
    return setting, u, b, (account.shapes[shape], onset, [hyper.natural(point) for point in z])


@pytest.mark.parametrize("x", [1e-12, 1e-3, 0.5, 1.0, 2.0, 7.9, 8.1, 150.5, 1e6])
def test_log_gamma(x):
    assert log_gamma(np.array([x]))[0] == pytest.approx(gammaln(x), rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("strains", [(0.0, 1.0, 0.4, None), (0.3, 0.6)], ids=["mixed", "told"])
def test_likelihood_is_the_oracles(name, strains):
    cells = mixed_cells(9, 2, informants=("partner", "messages"), missing=0.2, strains=strains)
    setting, u, b, (shape, onset, naturals) = random_setting(name, cells, 5)
    ordered = list(setting.model.record.cells)
    problem = dense_problem(ordered, POINTS, name, shape, onset, naturals)
    base = setting.kappa * u[:, setting.model.record.week] + np.einsum("bnp,bp->bn", setting.a0, b)
    tilt = np.einsum("bnp,bp->bn", setting.a1, b)
    ours = log_joint(setting, u, b) - log_prior(setting, u, b)
    for i in range(len(u)):
        design, wanted = np.vstack([problem.a0[i], problem.a1[i]]), np.concatenate([base[i], tilt[i]])
        dense = np.linalg.lstsq(design, wanted)[0]
        np.testing.assert_allclose(design @ dense, wanted, atol=1e-9)  # the same predictors can be reached
        eta = (problem.a0[i] @ dense)[:, None] + problem.node * (problem.a1[i] @ dense)[:, None]
        column = problem.family[:, None], problem.y[:, None], problem.of[:, None]
        log = oracle.cell_log(*column, problem.parameter[i][:, None], eta)[0] + problem.log_weight
        assert ours[i] == pytest.approx(logsumexp(log, axis=1).sum(), abs=1e-8)


@pytest.mark.parametrize("name", ["same", "lasting", "conditional"])
def test_priors_are_normal(name):
    setting, u, b, (_, _, naturals) = random_setting(name, mixed_cells(8, 3), 7)
    effects = setting.model.account.effects
    lag = np.abs(np.subtract.outer(np.arange(u.shape[1]), np.arange(u.shape[1])))
    for i, natural in enumerate(naturals):
        ebb = multivariate_normal.logpdf(u[i], cov=natural.ebb_sd**2 * natural.rho**lag)
        expected = ebb + multivariate_normal.logpdf(b[i], effects.mean, effects.covariance)
        assert log_prior(setting, u, b)[i] == pytest.approx(expected, abs=1e-8)


def test_a_mixture_of_far_apart_values_keeps_its_digits():
    log = np.array([[-1000.0, -1001.0], [3.0, -2000.0]])
    weight = np.log(np.array([0.25, 0.75]))
    np.testing.assert_allclose(log_mixture(weight, log), logsumexp(log + weight, axis=1), rtol=1e-14)
