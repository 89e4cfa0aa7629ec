"""A record of ratings alone, with strain recorded in between: the integral over (u, b) is Gaussian and known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import multivariate_normal
from tests.judge.formula import dense_problem
from tests.judge.records import LIMITS, NAMES, set_up

from velveteen.judge import evidence
from velveteen.judge.accounts import ALL
from velveteen.judge.evaluate import Evaluator
from velveteen.measure.cells import Cell

WEEKS = 8


def rating_cells(seed):
    """Strain strictly between 0 and 1 is taken as it stands: one node, no mixture."""
    rng = np.random.default_rng(seed)
    rows = [(t, channel) for t in range(WEEKS) for channel in ("regard", "equals") if rng.random() < 0.9]
    ends = {(0, "regard"), (WEEKS - 1, "regard")}
    return [
        Cell(t, channel, float(rng.uniform(1, 9)), 2.0, "partner", float(rng.uniform(0.1, 0.9)))
        for t, channel in sorted({*rows, *ends})
    ]


def marginal_log_density(problem):
    """Log density of y ~ Normal(A m, A P^-1 A' + diag(variance)) of the first problem of a batch."""
    rows = problem.a0[0] + problem.node[:, :1] * problem.a1[0]
    covariance = rows @ np.linalg.inv(problem.precision[0]) @ rows.T + np.diag(problem.parameter[0])
    return multivariate_normal.logpdf(problem.y, rows @ problem.mean[0], covariance)


@pytest.mark.kernel
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("seed", range(2))
def test_laplace_is_exact_where_everything_is_gaussian(name, seed):
    cells = rating_cells(seed)
    record, shared, hyper = set_up(cells, LIMITS)
    account = ALL[name](record, shared)
    evaluator = Evaluator(record, account, hyper)
    z = np.random.default_rng(seed).normal(size=hyper.size) * 0.6
    for shape in account.shapes[:2]:
        onset = shape.onsets.size // 2
        evaluator.follow(shape, onset)
        expected = marginal_log_density(dense_problem(cells, LIMITS, name, shape, onset, [hyper.natural(z)]))
        assert evaluator(z) + 0.5 * z @ z == pytest.approx(expected, abs=1e-8)


@pytest.mark.parametrize("name", NAMES)
def test_an_accounts_evidence_is_the_sum_over_its_trajectories(monkeypatch, name):
    """With hyperparameters known (their prior a point) and every onset looked at, the whole evidence is in closed form."""
    monkeypatch.setattr(evidence, "EVENLY", 10_000)
    cells = rating_cells(3)
    record, shared, hyper = set_up(cells, LIMITS)
    known = replace(hyper, sd=np.zeros(hyper.size))
    account = ALL[name](record, shared)
    terms = [
        marginal_log_density(dense_problem(cells, LIMITS, name, s, o, [known.natural(np.zeros(hyper.size))]))
        + s.log_prior
        + s.onset_log_prior[o]
        for s in account.shapes
        for o in range(s.onsets.size)
    ]
    result = evidence.account_evidence(record, account, known)
    assert result.log == pytest.approx(np.logaddexp.reduce(terms), abs=1e-6)
    assert result.coarse == pytest.approx(result.log, abs=1e-6)
