"""An audit: closed forms and brute force first, then what it says of a verdict."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace

import numpy as np
import pytest
from scipy.special import logsumexp
from tests.judge import oracle
from tests.judge.formula import dense_problem
from tests.judge.records import LIMITS, NAMES, harm, mixed_cells, set_up, weighed
from tests.judge.test_closed_form import marginal_log_density, rating_cells

import velveteen as vt
from velveteen.judge import audit as audits
from velveteen.judge.accounts import ALL
from velveteen.judge.audit import Estimate, Sampler, audit, carrying_paths, disagreements
from velveteen.judge.evidence import account_evidence
from velveteen.judge.importance import effective
from velveteen.judge.verdict import ACCOUNTS
from velveteen.measure.cells import Cell

CELLS = mixed_cells(10, 4, informants=("partner", "messages"), missing=0.2)
ALIKE = [Cell(t, "harm", float(3 - t // 5), 1.0, "partner", 0.0) for t in range(14)]


FEWER = {"PILOT": 250, "MANY": 700, "FEW": 150}  # than in earnest: a test is to be quick


def sampled(cells, points, name, *, known=False, many=2000, few=500):
    """An estimate over all that the account's evidence is carried by, and the share of it that this is."""
    record, shared, hyper = set_up(cells, points)
    hyper = replace(hyper, sd=np.zeros(hyper.size)) if known else hyper
    evidence = account_evidence(record, ALL[name](record, shared), hyper)
    paths, share = carrying_paths(evidence)
    return Sampler(record, evidence, paths, 1, many // 4).estimate(many, few), share


@pytest.mark.parametrize("name", NAMES)
def test_closed_form(name):
    """Ratings alone, hyperparameters known: the evidence is a sum of normal densities, and all inner draws weigh alike."""
    cells = rating_cells(3)
    record, shared, hyper = set_up(cells, LIMITS)
    naturals = [replace(hyper, sd=np.zeros(hyper.size)).natural(np.zeros(hyper.size))]
    terms = [
        marginal_log_density(dense_problem(cells, LIMITS, name, s, o, naturals))
        + s.log_prior
        + s.onset_log_prior[o]
        for s in ALL[name](record, shared).shapes
        for o in range(s.onsets.size)
    ]
    found, share = sampled(cells, LIMITS, name, known=True)
    assert share == pytest.approx(1.0, abs=2e-3)
    np.testing.assert_allclose(found.few, found.many[: found.few.size], atol=1e-4)
    assert found.exact == pytest.approx(np.logaddexp.reduce(terms) + np.log(share), abs=4 * found.error())
    assert found.error() < 0.02
    assert effective(found.many) > 0.7 * found.many.size


def _likelihood(problem, eta):
    """(B, draws) log likelihood at linear predictors (B, N, draws, K)."""
    total = 0.0
    for i, (family, y, of) in enumerate(zip(problem.family, problem.y, problem.of, strict=True)):
        log = oracle.log_probability(family, y, of, problem.parameter[:, i, None, None], eta[:, i])
        total = total + logsumexp(log + problem.log_weight[i], axis=-1)
    return total


def by_prior_draws(cells, name, draws, seed):
    """Log evidence as the mean likelihood over draws from the prior of everything, and its standard error."""
    rng = np.random.default_rng(seed)
    record, shared, hyper = set_up(cells)
    logs = []
    shapes = ALL[name](record, shared).shapes
    pairs = [(s, o) for s in shapes for o in range(s.onsets.size)]
    odds = np.exp([s.log_prior + s.onset_log_prior[o] for s, o in pairs])
    for (shape, onset), count in zip(pairs, rng.multinomial(draws, odds / odds.sum()), strict=True):
        for size in [500] * (count // 500) + [count % 500] * int(count % 500 > 0):
            naturals = [hyper.natural(z) for z in rng.normal(size=(size, hyper.size))]
            problem = dense_problem(cells, [], name, shape, onset, naturals)
            root = np.linalg.cholesky(problem.precision)
            noise = rng.normal(size=(size, problem.mean.shape[1], 20))
            x = problem.mean[:, :, None] + np.linalg.solve(root.swapaxes(1, 2), noise)
            eta = (problem.a0 @ x)[..., None] + problem.node[:, None] * (problem.a1 @ x)[..., None]
            logs.append(logsumexp(_likelihood(problem, eta), axis=1) - np.log(eta.shape[2]))
    logs = np.concatenate(logs)
    weight = np.exp(logs - logs.max())
    return np.log(weight.mean()) + logs.max(), weight.std() / weight.mean() / np.sqrt(logs.size)


@pytest.mark.parametrize("name", ["same", "lasting"])
def test_brute_force_on_a_tiny_record(name):
    cells = [
        *harm((0, 2), (1.0, 0.0), strain=1.0), *harm((1,), 2.0, strain=None),
        Cell(2, "promises", 1.0, 2.0, "partner", 0.0), Cell(0, "equals", 4.0, 2.0, "other", 0.4),
    ]  # fmt: skip
    truth, error = by_prior_draws(cells, name, 12_000, 3)
    found, share = sampled(cells, [], name)
    assert found.exact - np.log(share) == pytest.approx(truth, abs=4 * np.hypot(error, found.error()))
    assert np.hypot(error, found.error()) < 0.02


def test_the_same_random_numbers_make_differences_surer():
    one, other = (sampled(CELLS, LIMITS, name, many=600, few=200)[0] for name in ("same", "lasting"))
    assert one.difference_error(one) == 0.0
    assert one.difference_error(other) < np.hypot(one.error(), other.error())


def test_the_exact_density_corrects_what_the_approximation_gets_wrong():
    few = np.log(np.array([1.0, 2.0, 3.0]))
    many = np.concatenate([few - 0.25, np.log([2.0, 2.0, 2.0]) - 0.25])
    found = Estimate(many, few)
    assert found.exact == pytest.approx(found.approximate + 0.25)


@pytest.fixture(scope="module")
def verdicts():
    with pytest.MonkeyPatch.context() as patch:
        for name, size in FEWER.items():
            patch.setattr(audits, name, size)
        return vt.judge(CELLS, LIMITS), vt.judge(CELLS, LIMITS, audit=True)


def test_an_audit_changes_nothing_else(verdicts):
    plain, audited = (v.as_dict() for v in verdicts)
    found = audited["detail"].pop("audit")
    assert {p["code"] for p in audited.pop("problems")} - {p["code"] for p in plain.pop("problems")} <= {
        "audit_disagrees"
    }
    assert audited == plain
    assert json.loads(json.dumps(found, allow_nan=False)) == found


def test_an_audit_says_what_was_found_of_every_account(verdicts):
    verdict = verdicts[1]
    found = verdict.detail["audit"]
    assert set(found["accounts"]) == set(ACCOUNTS)
    factors = {n: e - verdict.log_evidence["same"] for n, e in verdict.log_evidence.items()}
    for name, row in found["accounts"].items():
        assert row["log_bayes_factor"] + row["difference"] == pytest.approx(factors[name])
        assert 0 <= row["log_bayes_factor_error"] < 0.1
        assert 0 < row["standard_error"] < 0.1
        assert 100 < row["effective_sample_size"] <= found["draws"]
        assert row["trajectories"] >= 1
    assert found["accounts"]["same"]["difference"] == 0.0
    worst = max(abs(row["difference"]) for row in found["accounts"].values())
    assert found["largest_difference"] == worst
    said = {p.where for p in verdict.problems if p.code == "audit_disagrees"}
    assert said == {f"account {n}" for n, row in found["accounts"].items() if abs(row["difference"]) > 0.1}


def test_a_wrong_evidence_is_found_and_progress_told(monkeypatch):
    """`surface` cannot be told from `lasting` here: one audit for both."""
    for name, size in FEWER.items():
        monkeypatch.setattr(audits, name, size)
    done = weighed(ALIKE)
    off = replace(done.evidences["lasting"], log=done.evidences["lasting"].log + 0.8)
    heard = []
    found = audit(
        done.record, {**done.evidences, "lasting": off, "surface": off}, lambda *step: heard.append(step)
    )
    assert found["accounts"]["surface"] == found["accounts"]["lasting"]
    assert found["accounts"]["lasting"]["difference"] == pytest.approx(0.8, abs=0.15)
    said = {p.where: p.message for p in disagreements(found)}
    assert {"account surface", "account lasting"} <= set(said)
    assert "chance" not in said["account lasting"]
    assert [name for name, _, _ in heard] == [f"audit of {n}" for n in done.evidences if n != "surface"]
    assert [(k, n) for _, k, n in heard] == list(zip(range(5), itertools.repeat(5), strict=False))


def test_an_unsure_audit_says_so():
    row = {"difference": -0.15, "log_bayes_factor_error": 0.2}
    fine = {"difference": 0.05, "log_bayes_factor_error": 0.2}
    (problem,) = disagreements({"accounts": {"worse": row, "lasting": fine}})
    assert problem.where == "account worse"
    assert "a factor of 1.2 (0.15 nats, standard error 0.20)" in problem.message
    assert problem.message.endswith("so this may be chance.")
