"""Bridge sampling, which the judge's speed is compared with, finds what is known in closed form."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import multivariate_normal, multivariate_t

PATH = Path(__file__).parents[2] / "benchmarks" / "peers" / "bridge.py"


@pytest.fixture(scope="module")
def bridge():
    spec = importlib.util.spec_from_file_location("bridge", PATH)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("constant", [-300.0, 4.0])
@pytest.mark.parametrize("dimension", [1, 12])
def test_a_normal_density_times_a_constant(bridge, constant, dimension):
    rng = np.random.default_rng(dimension)
    root = rng.normal(size=(dimension, dimension))
    mean, covariance = rng.normal(size=dimension), root @ root.T + np.eye(dimension)
    draws = rng.multivariate_normal(mean, covariance, size=4000)
    log = multivariate_normal(mean, covariance).logpdf
    found = bridge.log_evidence(lambda x: np.atleast_1d(log(x)) + constant, draws, rng)
    assert found == pytest.approx(constant, abs=0.03)


def test_heavier_tails_than_the_proposal_s(bridge):
    rng = np.random.default_rng(3)
    target = multivariate_t(np.ones(3), np.diag([1.0, 2.0, 0.5]), df=8, seed=rng)
    found = [bridge.log_evidence(lambda x: target.logpdf(x) - 7.0, target.rvs(3000), rng) for _ in range(5)]
    assert np.mean(found) == pytest.approx(-7.0, abs=0.03)


def test_few_draws_for_so_many_dimensions_still_give_a_number(bridge):
    rng = np.random.default_rng(4)
    draws = rng.normal(size=(30, 25))
    log = multivariate_normal(np.zeros(25)).logpdf
    assert bridge.log_evidence(lambda x: log(x) + 2.0, draws, rng) == pytest.approx(2.0, abs=3.0)
