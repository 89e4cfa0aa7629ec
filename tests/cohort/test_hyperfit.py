"""A hyperprior fitted to a cohort: the EM against closed forms and a numerical optimum, and what a cohort moves."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.stats import norm
from tests.cohort.records import quiet, short

import velveteen as vt
from velveteen.cohort.households import Household
from velveteen.cohort.hyperfit import STRENGTH, fit_hyperprior, is_held_out, maximised
from velveteen.cohort.judged import Settings
from velveteen.cohort.posterior import HyperPosterior
from velveteen.judge.hyperprior import NAMES, HyperPrior, shipped

START = HyperPrior("start", dict.fromkeys(NAMES, (0.0, 1.0)))


def seen(y, error, prior, draws=400):
    """Exact draws of the posterior of theta for y ~ Normal(theta, error) and the prior of `ebb_sd`, evenly spaced."""
    centre, sd = prior["ebb_sd"]
    precision = 1 / sd**2 + 1 / error**2
    mean = (centre / sd**2 + y / error**2) / precision
    z = norm.ppf((np.arange(draws) + 0.5) / draws)
    return HyperPosterior("h", ("ebb_sd",), (mean + z / precision**0.5)[:, None], 0.0, 20, ("harm",))


def optimum(ys, errors):
    """Centre and sd that maximise the marginal likelihood plus that of the pseudo-households, by another method."""

    def loss(parameters):
        centre, sd = parameters[0], np.exp(parameters[1])
        pseudo = -np.log(sd) - (1.0 + centre**2) / (2 * sd**2)
        return -norm.logpdf(ys, centre, np.hypot(sd, errors)).sum() - STRENGTH * pseudo

    found = minimize(loss, [0.0, 0.0], method="Nelder-Mead", options={"xatol": 1e-7, "fatol": 1e-9})
    return found.x[0], np.exp(found.x[1])


@pytest.mark.parametrize(("centre", "sd", "error"), [(0.8, 0.4, 0.3), (-1.5, 0.8, 0.6), (0.2, 1.6, 0.5)])
def test_em_finds_the_optimum_that_another_method_finds(centre, sd, error):
    rng = np.random.default_rng(3)
    errors = error * rng.uniform(0.5, 1.5, 200)
    ys = rng.normal(centre, np.hypot(sd, errors))
    prior = START
    for _ in range(6):
        prior = maximised([seen(y, e, prior) for y, e in zip(ys, errors, strict=True)], prior, START)
    assert prior["ebb_sd"] == pytest.approx(optimum(ys, errors), abs=0.02)


def test_what_no_household_tells_of_stays():
    moved = maximised([seen(2.0, 0.1, START) for _ in range(40)], START, START)
    assert moved["count_size"] == START["count_size"]
    assert moved["ebb_sd"] != START["ebb_sd"]


def test_a_small_cohort_moves_it_less_than_a_large_one():
    few, many = (maximised([seen(2.0, 0.1, START) for _ in range(n)], START, START) for n in (4, 400))
    assert START["ebb_sd"][0] < few["ebb_sd"][0] < many["ebb_sd"][0] < 2.0


def test_about_a_fifth_is_held_out_and_always_the_same():
    out = [is_held_out(f"h{i}") for i in range(2000)]
    assert 320 < sum(out) < 480
    assert out[:50] == [is_held_out(f"h{i}") for i in range(50)]


def steady(name, rng):
    """A household without ebb: counts that scatter as pure chance does."""
    return Household(name, [c for c in quiet(int(rng.integers(1e6)), weeks=16) if c.strain == 0.0])


@pytest.fixture(scope="module")
def fit():
    rng = np.random.default_rng(5)
    told = []
    cohort = [*(steady(f"s{i}", rng) for i in range(16)), Household("short", short())]
    found = fit_hyperprior(
        cohort, Settings(), "steady", rounds=2, processes=1, progress=lambda *a: told.append(a)
    )
    return found, told


def test_a_cohort_without_ebb_expects_less_scatter(fit):
    prior = fit[0].prior
    assert prior["spread"][0] < shipped()["spread"][0]
    assert prior["rating_sd"] == shipped()["rating_sd"]
    assert prior.name == "steady"


def test_the_fit_says_what_it_was_fitted_on(fit):
    found = fit[0]
    held = sum(is_held_out(f"s{i}") for i in range(16))
    assert len(found.fitted) == 16 - held
    assert found.held_out.shape == (held,)
    assert found.failed == {"too_few_weeks": 1}
    assert found.told == {"ebb_weeks": 16 - held, "spread": 16 - held, "ebb_share": 16 - held}
    assert len(found.rounds) == 2
    assert found.rounds[1] > found.rounds[0]


def test_the_gain_is_that_of_the_judge_on_the_households_left_out(fit):
    found = fit[0]
    rng = np.random.default_rng(5)
    left_out = [h for i in range(16) if is_held_out((h := steady(f"s{i}", rng)).name)]
    gains = []
    for household in left_out:
        totals = []
        for prior in (found.prior, shipped()):
            evidence = vt.judge(household.cells, hyperprior=prior).log_evidence
            logs = [v for a, v in evidence.items() if v is not None and a != "none_of_these"]
            totals.append(np.logaddexp.reduce(logs) - np.log(len(logs)))
        gains.append(totals[0] - totals[1])
    np.testing.assert_allclose(found.held_out, gains, atol=1e-9)


def test_progress_counts_every_round(fit):
    assert {what for what, _, _ in fit[1]} == {"round 1", "round 2", "held out, before", "held out, after"}
    assert all(1 <= done <= total for _, done, total in fit[1])


def test_it_ends_where_nothing_moves_any_more(monkeypatch):
    monkeypatch.setattr("velveteen.cohort.hyperfit.STILL", 10.0)
    rng = np.random.default_rng(6)
    found = fit_hyperprior([steady(f"s{i}", rng) for i in range(14)], Settings(), rounds=3, processes=1)
    assert len(found.rounds) == 1


def test_too_few_households_are_refused():
    with pytest.raises(vt.Refused) as said:
        fit_hyperprior([Household(str(i), short()) for i in range(30)], Settings(), processes=1)
    assert said.value.code == "too_few_households"
