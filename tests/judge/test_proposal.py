"""The Gaussian that latent values are drawn from: exact where all is Gaussian, near the kernels' mode elsewhere."""

from __future__ import annotations

import numpy as np
import pytest
from tests.judge.formula import dense_problem
from tests.judge.records import LIMITS, NAMES, harm, mixed_cells, set_up
from tests.judge.test_closed_form import marginal_log_density, rating_cells

from velveteen.judge.accounts import ALL
from velveteen.judge.evaluate import Evaluator
from velveteen.judge.exact import log_joint, model_of, predictors, setting_of
from velveteen.judge.importance import rows_of
from velveteen.judge.proposal import _positive_part, newton
from velveteen.measure.cells import Cell


def prepared(name, cells, points=(), draws=3, seed=0, spread=0.6):
    """Setting at random z along the account's first trajectory, and the start of a search."""
    record, shared, hyper = set_up(cells, points)
    account = ALL[name](record, shared)
    model = model_of(record, account, hyper)
    z = np.random.default_rng(seed).normal(size=(draws, hyper.size)) * spread
    setting = setting_of(model, z, rows_of(model, np.zeros((draws, 2), dtype=int)))
    start = np.zeros((draws, record.weeks)), np.repeat(account.effects.mean[None], draws, axis=0)
    return setting, start, hyper


@pytest.mark.parametrize("name", NAMES)
def test_every_draw_weighs_the_evidence_where_all_is_gaussian(name):
    cells = rating_cells(1)
    setting, start, hyper = prepared(name, cells, LIMITS)
    gaussian = newton(setting, *start, 2)
    rng = np.random.default_rng(4)
    noise = rng.normal(size=gaussian.u.shape), rng.normal(size=gaussian.b.shape)
    weight = log_joint(setting, *gaussian.draw(*noise)) - gaussian.log_density(*noise)
    naturals = [hyper.natural(z) for z in setting.z]
    shape = setting.model.account.shapes[0]
    for i, natural in enumerate(naturals):
        expected = marginal_log_density(dense_problem(cells, LIMITS, name, shape, 0, [natural]))
        assert weight[i] == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize("name", ["same", "surface", "lasting"])
def test_the_mode_is_that_of_the_kernels(name):
    setting, start, hyper = prepared(name, mixed_cells(12, 5))
    evaluator = Evaluator(setting.model.record, setting.model.account, hyper)
    evaluator.follow(setting.model.account.shapes[0], 0)
    found = newton(setting, *start, 30)
    for z, b in zip(setting.z, found.b, strict=True):
        np.testing.assert_allclose(b, evaluator.posterior(z).mode, atol=2e-3)


def test_a_long_step_is_shortened():
    setting, (u, b), _ = prepared("same", harm(range(8), [4000.0] * 8), draws=1)
    found = newton(setting, u, b, 1)
    assert np.abs(predictors(setting, found.u - u, found.b - b)).max() == pytest.approx(2.0)
    arrived = newton(setting, u, b, 30)
    assert np.abs(predictors(setting, arrived.u, arrived.b)[0, :, 0].mean() - np.log(4000)) < 0.2


def test_information_stays_positive_between_the_parts_of_a_mixture():
    """Ratings between what calm and hard nodes predict: there the observed information is negative."""
    cells = [Cell(t, "equals", 5.0, 50.0, "partner", float(t % 2)) for t in range(10)]
    setting, (u, b), _ = prepared("same", cells, draws=4, spread=1.0)
    b[:, 1] = 8.0
    found = newton(setting, u, b, 1)
    assert np.isfinite(found.log_det).all()
    assert (np.linalg.eigvalsh(found.corner) > 0).all()
    assert (found.pivot > 0).all()


@pytest.mark.parametrize("seed", range(20))
def test_the_positive_part_of_a_matrix(seed):
    a, b, c = np.random.default_rng(seed).normal(size=3)
    values, vectors = np.linalg.eigh([[a, b], [b, c]])
    expected = (vectors * np.maximum(values, 0)) @ vectors.T
    high, off, low = _positive_part(*(np.array([[x]]) for x in (a, b, c)))
    np.testing.assert_allclose(
        [high[0, 0], off[0, 0], low[0, 0]], [expected[0, 0], expected[0, 1], expected[1, 1]], atol=1e-12
    )
