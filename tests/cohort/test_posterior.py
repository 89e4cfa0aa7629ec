"""What one household tells of its hyperparameters, against a dense grid; and its evidence over the accounts."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest
from tests.cohort.records import quiet, short, wrong
from tests.judge.records import harm, set_up

import velveteen as vt
from velveteen.cohort import posterior
from velveteen.cohort.households import Household
from velveteen.cohort.judged import Settings
from velveteen.cohort.posterior import posterior_of
from velveteen.judge.accounts import ALL
from velveteen.judge.evidence import account_evidence
from velveteen.judge.priors import readers
from velveteen.measure.channels import registry
from velveteen.measure.coders import Coder

CELLS = harm(range(14), [3, 0, 5, 2, 9, 1, 0, 4, 7, 2, 0, 6, 3, 1])


def on_a_grid(evidence, size, nodes=33, far=4.5):
    """Mean and sd of each z under an account with one trajectory, by summing over a grid."""
    side = np.linspace(-far, far, nodes)
    points = np.array(list(itertools.product(side, repeat=size)))
    evidence.evaluator.follow(evidence.evaluator.account.shapes[0], 0)
    logs = np.array([evidence.evaluator(z) for z in points])
    weights = np.exp(logs - logs.max())
    weights /= weights.sum()
    mean = weights @ points
    return mean, np.sqrt(weights @ (points - mean) ** 2)


def test_draws_lie_where_the_posterior_does():
    record, shared, hyper = set_up(CELLS)
    evidence = account_evidence(record, ALL["same"](record, shared), hyper)
    mean, sd = on_a_grid(evidence, hyper.size, nodes=15)
    draws = posterior._draw({"same": evidence}, {"same": 1.0}, 4000)
    np.testing.assert_allclose(draws.mean(axis=0), mean, atol=0.15)
    np.testing.assert_allclose(draws.std(axis=0), sd, rtol=0.15)


def test_draws_are_on_the_scale_of_the_priors():
    found = posterior_of(Settings(), "equal", 300, Household("a", CELLS))
    assert found.names == ("ebb_weeks", "spread", "ebb_share")
    assert found.draws.shape == (300, 3)
    weeks = np.exp(found.draws[:, 0])
    assert 0.5 < np.median(weeks) < 15


def test_what_a_coder_makes_up_is_not_learned_from_a_cohort():
    """It has its prior from the coder's own figures: the draws hold the others alone."""
    cells = [replace(c, informant="messages", coded=200.0) for c in CELLS]
    told = {"harm": replace(registry()["harm"], coder=Coder((70, 100), (1, 300)))}
    found = posterior_of(Settings(channels=told), "equal", 20, Household("a", cells))
    assert found.names == ("ebb_weeks", "spread", "ebb_share")
    assert found.draws.shape == (20, 3)


def test_accounts_take_part_by_their_odds():
    """Nothing but the account with all the odds gives draws."""
    record, shared, hyper = set_up(CELLS)
    same = account_evidence(record, ALL["same"](record, shared), hyper)
    worse = account_evidence(record, ALL["worse"](record, shared), hyper)
    both = {"same": same, "worse": worse}
    alone = posterior._draw({"worse": worse}, {"worse": 1.0}, 100)
    found = posterior._draw(both, {"same": 0.0, "worse": 1.0}, 100)
    np.testing.assert_allclose(found, alone, atol=1e-6)  # each search starts where the last one ended
    weights = [w for _, w in posterior._trajectories(worse)]
    assert len(weights) > 1
    assert sum(weights) == pytest.approx(1.0)


def test_the_same_household_gives_the_same_draws():
    one, two = (posterior_of(Settings(), "equal", 50, Household("a", quiet())) for _ in range(2))
    np.testing.assert_array_equal(one.draws, two.draws)


@pytest.mark.parametrize("reader", ["equal", "neutral"])
def test_the_evidence_is_averaged_over_the_accounts(reader):
    found = posterior_of(Settings(), reader, 0, Household("a", quiet()))
    verdict = vt.judge(quiet())
    # Bayes: prior times evidence is odds times the average, whichever account is looked at.
    for account in ("same", "temporary", "lasting"):
        prior = readers(8, "none", verdict.assessable)[reader][account]
        average = verdict.log_evidence[account] + np.log(prior) - np.log(verdict.odds[reader][account])
        assert found.log_evidence == pytest.approx(average)
    assert found.draws.shape == (0, 3)
    assert (found.weeks, found.channels) == (8, ("harm",))


@pytest.mark.parametrize(
    ("cells", "code"),
    [(short(), "too_few_weeks"), (wrong(), "unknown_channel"), (None, "not_a_table")],
)
def test_a_household_that_cannot_be_weighed_says_why(cells, code):
    found = posterior_of(Settings(), "equal", 10, Household("a", cells))
    assert (found.household, found.code, found.verdict) == ("a", code, None)


def test_a_fault_of_the_program_itself_costs_one_household(monkeypatch):
    monkeypatch.setattr(posterior, "weigh_tables", lambda *a, **k: 1 / 0)
    assert posterior_of(Settings(), "equal", 10, Household("a", quiet())).code == "unexpected"
