"""The simultaneous test of calibration: exact odds pass it, exaggerated ones do not; and draws from the judge's prior."""

import calibration
import numpy as np
import prior_draws
import pytest

from velveteen.judge.hyper import Natural
from velveteen.judge.record import build_record
from velveteen.judge.verdict import ACCOUNTS
from velveteen.measure.channels import load_channels

RNG = np.random.default_rng(5)
ODDS = RNG.dirichlet(np.full(7, 0.7), size=600)
TRUTH = (RNG.random(600)[:, None] > np.cumsum(ODDS, axis=1)).sum(axis=1)


@pytest.fixture(autouse=True)
def few_redraws(monkeypatch):
    monkeypatch.setattr(calibration, "REDRAWS", 300)


def test_exact_odds_pass():
    assert calibration.simultaneous_test(ODDS, TRUTH)["p"] > 0.05


@pytest.mark.parametrize("power", [3.0, 0.3])
def test_odds_that_are_too_sure_or_too_shy_fail(power):
    bent = ODDS**power / (ODDS**power).sum(axis=1, keepdims=True)
    assert calibration.simultaneous_test(bent, TRUTH)["p"] < 0.01


def test_an_account_that_is_favoured_fails():
    bent = ODDS * np.array([3.0, 1, 1, 1, 1, 1, 1])
    assert calibration.simultaneous_test(bent / bent.sum(axis=1, keepdims=True), TRUTH)["p"] < 0.01


def test_the_statistic_does_not_depend_on_the_order_of_households():
    order = RNG.permutation(600)
    assert calibration.cumulative(ODDS[order], TRUTH[order]) == pytest.approx(
        calibration.cumulative(ODDS, TRUTH)
    )


def test_the_reliability_table_counts_every_account_once():
    table = calibration.reliability(ODDS, TRUTH)
    assert sum(r["n"] for r in table) == 600 * 7
    assert sum(r["share"] * r["n"] for r in table) == pytest.approx(600)
    assert all(r["from"] <= r["odds"] <= r["from"] + 0.1 for r in table)


def test_an_account_that_could_not_be_weighed_has_no_odds():
    rows = [{"log_evidence": dict.fromkeys(ACCOUNTS, 0.0) | {"conditional": None}}]
    odds = calibration.equal_odds(rows)
    assert odds[0, ACCOUNTS.index("conditional")] == 0.0
    assert odds[0].sum() == pytest.approx(1.0)


def test_a_drawn_record_is_the_same_for_the_same_seed_and_within_its_families():
    registry = load_channels(None)
    one, other = (prior_draws.draw_household(12, registry, np.random.default_rng(7)) for _ in range(2))
    assert one == other
    assert all(c.value >= 0 and c.value == int(c.value) for c in one.cells if c.channel == "harm")
    assert all(c.value <= c.of for c in one.cells if c.channel in ("promises", "owning"))


def test_the_ebb_is_stationary():
    natural = Natural(0.7, 0.4, 1.0, np.ones(4))
    rng = np.random.default_rng(1)
    paths = np.array([prior_draws.ebb(10, natural, rng) for _ in range(20_000)])
    assert paths.std(axis=0) == pytest.approx(np.full(10, 0.4), abs=0.01)
    assert np.corrcoef(paths[:, 4], paths[:, 6])[0, 1] == pytest.approx(0.49, abs=0.02)


def test_observed_cells_have_the_moments_of_their_family():
    registry = load_channels(None)
    cells, points = prior_draws.skeleton(3000, np.random.default_rng(2))
    record = build_record(cells, points, registry)
    natural = Natural(0.5, 0.1, 1.0, np.array([4.0, 6.0, 0.5, 0.5]))
    eta = np.full(len(record.cells), 0.4)
    y = prior_draws.observe(record, natural, eta, np.random.default_rng(3))
    names = [c.name for c in record.channels]

    def mine(name, of):
        return y[(record.channel == names.index(name)) & (record.of == of)]

    harm, mean = mine("harm", 5 / 7), 5 / 7 * np.exp(0.4)
    assert harm.mean() == pytest.approx(mean, rel=0.08)
    assert harm.var() == pytest.approx(mean + mean**2 / 4.0, rel=0.15)
    kept, p = mine("promises", 2.0), 1 / (1 + np.exp(-0.4))
    assert kept.mean() == pytest.approx(2 * p, rel=0.05)
    assert kept.var() == pytest.approx(2 * p * (1 - p) * (1 + 1 / 7), rel=0.1)
    regard = mine("regard", 5.0)
    assert regard.mean() == pytest.approx(0.4, abs=0.1)
    assert regard.std() == pytest.approx(1.5 * np.sqrt(0.15**2 + 0.5**2 + 0.5**2 / 5), rel=0.08)


def test_every_account_can_be_drawn():
    registry = load_channels(None)
    drawn = {prior_draws.draw_household(8, registry, np.random.default_rng(s)).account for s in range(60)}
    assert drawn == set(ACCOUNTS)
