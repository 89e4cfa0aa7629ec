"""Cells that a coder made: the kernel is the dense formula, and what must come out where it is perfect, or useless."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats
from scipy.special import expit
from tests.judge import oracle
from tests.judge.kernel_arrays import as_coded, as_problem, evaluate, random_arrays
from tests.judge.records import CHANNELS, LIMITS, set_up, weighed
from tests.judge.test_brute_force import three_weeks
from tests.judge.test_laplace_edges import ends_at_a_mode
from tests.judge.test_laplace_oracle import (
    accounts_against_the_formula,
    cells_agree,
    compare,
    oracle_differentiates,
)

from velveteen.judge.accounts import same
from velveteen.judge.api import judge
from velveteen.judge.coding import Rates
from velveteen.judge.evaluate import Evaluator
from velveteen.judge.evidence import account_evidence
from velveteen.measure.cells import Cell
from velveteen.measure.coders import Coder

RATES = [(0.66, 0.01), (0.4, 0.2)]  # gain and false positive rate of two coders
CODER = Coder((70, 100), (12, 2400))


def channels(coder, *names):
    return CHANNELS | {name: replace(CHANNELS[name], coder=coder) for name in names}


def coded_cells(weeks, seed, *, items=400, trials=12, strains=(None,), change=0.0):
    """A count and a share a week as a coder of seven in ten, with one in two hundred made up, would make them."""
    rng = np.random.default_rng(seed)
    cells = []
    for t in range(weeks):
        better = change * (t >= weeks // 2)
        strain = strains[rng.integers(len(strains))]
        for channel, of, n, there in (
            ("harm", 1.0, items, rng.poisson(5 * np.exp(-better))),
            ("promises", trials, trials, rng.binomial(trials, 1 / (1 + np.exp(0.5 - better)))),
        ):
            y = rng.binomial(there, 0.7) + rng.binomial(n - there, 0.005)
            cells.append(
                Cell(t, channel, float(y), float(of), "messages", strain, "messages", coded=float(n))
            )
    return cells


@pytest.mark.kernel
@pytest.mark.parametrize("seed", range(4))
def test_the_oracle_differentiates_what_it_says(seed):
    oracle_differentiates(as_problem(as_coded(random_arrays(seed, 4, 25, 3), seed, RATES)), seed)


@pytest.mark.kernel
@pytest.mark.parametrize("seed", range(4))
def test_value_gradient_and_information_of_the_cells(seed):
    a = as_coded(random_arrays(seed, 5, 40, 4), seed, RATES)
    assert {*a["coder"]} == {-1, 0, 1}
    cells_agree(a)


@pytest.mark.kernel
@pytest.mark.parametrize("seed", range(6))
def test_evidence_of_small_random_records(seed):
    compare(as_coded(random_arrays(seed, 2 + seed, 6 + 6 * seed, 1 + seed), seed, RATES))


@pytest.mark.parametrize("weeks", [9, 20])
def test_every_account_is_the_formula(weeks):
    names = ("harm", "promises")
    cells = coded_cells(weeks, weeks, strains=(0.0, 1.0, None))
    cells += [Cell(t, "regard", 4.0 + t % 3, 1.0, "partner", float(t % 2)) for t in range(weeks)]
    accounts_against_the_formula(cells, LIMITS, weeks, channels(CODER, *names), names)


@pytest.mark.kernel
def test_a_start_where_the_likelihood_bends_the_wrong_way_ends_at_the_mode():
    """Far below the background a count hardly feels its predictor: the search goes on with the expected information."""
    a = three_weeks(0, 1, outside=False) | {"precision": np.diag([0.01, 0.1])}
    a = as_coded(a | {"y": a["y"] + 12.0}, 1, [(0.7, 0.005)])
    u, b = np.zeros(3), np.array([-2.0, -0.5])
    problem, start = as_problem(a), np.concatenate([u, b])[None]
    assert np.linalg.eigvalsh(-oracle.log_posterior(problem, start)[2])[0, 0] < 0
    ends_at_a_mode(a, problem, u, b)


@pytest.mark.kernel
@pytest.mark.parametrize("family", [0, 1])
def test_a_coder_that_finds_all_and_makes_up_nothing_gives_the_evidence_of_none(family):
    a = three_weeks(family, 2, outside=True)
    perfect = as_coded(a, 2, [(1.0, 0.0)])
    assert (perfect["coder"] == 0).any()
    plain, coded = (evaluate(each, a["u"].copy(), a["b"].copy())[0] for each in (a, perfect))
    assert coded == pytest.approx(plain, abs=1e-8)


@pytest.mark.parametrize("family", [0, 1])
@pytest.mark.parametrize("seed", range(2))
def test_laplace_is_close_to_the_integral(family, seed):
    a = as_coded(three_weeks(family, seed, outside=seed > 0), seed, [(0.66, 0.005 if family == 0 else 0.05)])
    a |= {"y": a["y"] + (2.0 * (a["coder"] == 0) if family == 0 else 0.0)}
    value, _, _ = evaluate(a, a["u"], a["b"])
    assert value == pytest.approx(oracle.brute_force(as_problem(a), 7), abs=0.06)


@pytest.mark.parametrize("channel", ["harm", "promises"])
def test_what_a_coder_counts_that_tells_nothing_moves_no_odds(channel):
    """Found no more often than made up: log Bayes factors go to 0 as the difference does."""
    cells = [c for c in coded_cells(20, 3, items=60, trials=60, change=1.5) if c.channel == channel]
    largest = []
    for more in (200_000_000, 2_000_000, 20_000):
        coder = Coder((300_000_000 + more, 10**9), (300_000_000, 10**9))
        evidences = weighed(cells, channels=channels(coder, channel)).evidences
        largest.append(max(abs(e.log - evidences["same"].log) for e in evidences.values()))
    assert largest[0] > largest[1] > largest[2]
    assert largest[2] < 2e-3


def fixed(rates):
    """Rates that do not depend on z."""
    finds, made_up = rates
    return Rates(finds, np.array([-1.0, 1.0]), np.full(2, np.log(made_up / (1.0 - made_up))))


@pytest.mark.parametrize(
    ("channel", "figures"), [("harm", (12, 2400)), ("harm", (1, 300)), ("promises", (4, 60))]
)
def test_the_false_positive_rate_is_integrated_over(channel, figures):
    """Against a dense sum over the logit of the rate, weighed by its beta posterior, the others at fixed values."""
    coder = Coder((70, 100), figures)
    cells = [c for c in coded_cells(16, 5) if c.channel == channel]
    record, shared, hyper = set_up(cells, channels=channels(coder, channel))
    rate = expit(np.linspace(-25.0, 0.0, 400))
    weight = stats.beta.pdf(rate, figures[0] + 0.5, figures[1] - figures[0] + 0.5) * rate * (1.0 - rate)
    account = same(record, shared)

    def value(rates):
        evaluator = Evaluator(record, account, replace(hyper, coders=(rates,)), tolerance=(1e-9, 1e-9))
        return evaluator(np.zeros(hyper.size))

    truth = np.log(np.average([np.exp(value(fixed((coder.finds, r)))) for r in rate], weights=weight))
    evaluator = Evaluator(record, account, hyper, tolerance=(1e-9, 1e-9))
    zs = np.linspace(-6.0, 6.0, 241)
    along = [evaluator(np.append(np.zeros(hyper.size - 1), z)) for z in zs]  # with -z^2 / 2
    got = np.logaddexp.reduce(along) + np.log(zs[1] - zs[0]) - 0.5 * np.log(2 * np.pi)
    assert got == pytest.approx(truth, abs=2e-4)


def test_the_rule_over_the_hyperparameters_finds_the_integral_over_all_of_them():
    cells = [c for c in coded_cells(16, 6) if c.channel == "harm"]
    record, shared, hyper = set_up(cells, channels=channels(CODER, "harm"))
    account = same(record, shared)
    evaluator = Evaluator(record, account, hyper)
    x, w = np.polynomial.hermite_e.hermegauss(9)
    places = np.array(np.meshgrid(*[x] * hyper.size)).reshape(hyper.size, -1).T
    weight = np.array(np.meshgrid(*[np.log(w)] * hyper.size)).reshape(hyper.size, -1).sum(axis=0)
    each = np.array([evaluator(z) + 0.5 * z @ z for z in places])
    truth = np.logaddexp.reduce(each + weight) - 0.5 * hyper.size * np.log(2 * np.pi)
    assert account_evidence(record, account, hyper).log == pytest.approx(truth, abs=0.05)


def test_what_is_shown_is_what_was_there_and_not_what_was_counted():
    cells = coded_cells(60, 7, items=400)
    told = judge(cells, channels=channels(CODER, "harm", "promises"), sensitivity=False)
    at_its_word = judge(cells, sensitivity=False)
    there = np.mean([0.7 * 5 + 0.005 * 395])
    assert at_its_word.effect["harm"].now == pytest.approx(there, rel=0.15)
    assert told.effect["harm"].now == pytest.approx(5.0, rel=0.2)
    assert told.trajectories["harm"].median[30] == pytest.approx(5.0, rel=0.2)


def test_a_second_calculation_by_random_draws_agrees():
    found = judge(
        coded_cells(24, 8), channels=channels(CODER, "harm", "promises"), sensitivity=False, audit=True
    )
    assert found.detail["audit"]["largest_difference"] < 0.15


def test_a_coders_counts_are_negative_binomial_with_its_background():
    """The likelihood of `same` on one cell, the latent values pinned, is SciPy's."""
    a = three_weeks(0, 3, outside=False)
    keep = np.arange(9) == 0
    a |= {
        k: a[k][keep] for k in ("week", "family", "y", "of", "scale", "kappa", "column", "v0", "v1", "node")
    }
    a |= {
        "log_weight": np.array([[0.0, -np.inf, -np.inf]]),
        "precision": np.diag([1e12, 1e12]),
        "sigma": 1e-6,
    }
    a |= {"coder": np.array([0]), "coded": np.array([400.0]), "rates": np.array([0.695, 0.005])}
    value, _, _ = evaluate(a, a["u"], a["b"])
    size, mean = a["dispersion"][0], 0.695 * a["of"][0] * np.exp(a["mean"][0]) + 2.0
    assert value == pytest.approx(stats.nbinom.logpmf(a["y"][0], size, size / (size + mean)), abs=1e-4)
