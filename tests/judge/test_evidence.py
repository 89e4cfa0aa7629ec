"""An account's log evidence against every onset looked at, and against a dense grid over the hyperparameters."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from tests.judge.records import set_up

from velveteen.judge import evidence
from velveteen.judge.accounts import ALL
from velveteen.judge.evaluate import Evaluator
from velveteen.judge.evidence import account_evidence
from velveteen.measure.cells import Cell, TurningPoint

WORST = 0.10  # nats: the bar of the method's page for a log Bayes factor


def harm_that_falls(weeks, seed, drop):
    """Calm and hard cells of acts that fall by `drop` on the log scale halfway."""
    rng = np.random.default_rng(seed)
    cells = []
    for t, (x, of) in itertools.product(range(weeks), ((0.0, 4 / 7), (1.0, 3 / 7))):
        mean = of * np.exp(1.2 + 0.5 * x - drop * (t >= weeks // 2))
        cells.append(Cell(t, "harm", float(rng.negative_binomial(6, 6 / (6 + mean))), of, "partner", x))
    return cells, [TurningPoint(weeks // 2, "loss_threatened")]


def on_a_grid(record, account, hyper, nodes=7):
    """Sum over every trajectory of a tensor Gauss-Hermite rule over the prior of z."""
    x, w = np.polynomial.hermite_e.hermegauss(nodes)
    log_w = np.log(w) - 0.5 * np.log(2 * np.pi)
    places = [np.array(i) for i in itertools.product(range(nodes), repeat=hyper.size)]
    evaluator = Evaluator(record, account, hyper)
    terms = []
    for shape in account.shapes:
        for onset, prior in enumerate(shape.onset_log_prior):
            evaluator.follow(shape, onset)
            values = [evaluator(x[i]) + 0.5 * x[i] @ x[i] + log_w[i].sum() for i in places]
            terms.append(np.logaddexp.reduce(values) + shape.log_prior + prior)
    return np.logaddexp.reduce(terms)


@pytest.mark.parametrize(("name", "drop"), [("same", 0.0), ("lasting", 1.2), ("none_of_these", 1.2)])
def test_evidence_is_that_of_a_dense_grid(name, drop):
    record, shared, hyper = set_up(*harm_that_falls(7, 0, drop))
    account = ALL[name](record, shared)
    result = account_evidence(record, account, hyper)
    assert result.log == pytest.approx(on_a_grid(record, account, hyper), abs=WORST)


@pytest.mark.parametrize("name", ["lasting", "surface", "temporary"])
@pytest.mark.parametrize(("weeks", "drop"), [(24, 1.5), (40, 0.3)])
def test_looking_where_it_matters_is_looking_everywhere(monkeypatch, name, weeks, drop):
    record, shared, hyper = set_up(*harm_that_falls(weeks, 3, drop))
    account = ALL[name](record, shared)
    chosen = account_evidence(record, account, hyper)
    monkeypatch.setattr(evidence, "EVENLY", 10_000)
    everywhere = account_evidence(record, account, hyper)
    assert chosen.log == pytest.approx(everywhere.log, abs=WORST)
    assert chosen.evaluations < everywhere.evaluations


def test_the_likeliest_trajectory_is_near_the_true_onset():
    record, shared, hyper = set_up(*harm_that_falls(40, 1, 2.0))
    account = ALL["lasting"](record, shared)
    result = account_evidence(record, account, hyper)
    mass = np.exp([c.log_weight - result.log for c in result.components])
    halfway = [float(account.shapes[c.shape].profiles[c.onset][24] >= 0.5) for c in result.components]
    early = [float(account.shapes[c.shape].profiles[c.onset][15] >= 0.5) for c in result.components]
    assert mass @ halfway >= 0.9
    assert mass @ early <= 0.1
