"""The Gaussian stand-in: exact where the record is Gaussian, near the full approximation where it is not."""

from __future__ import annotations

import math

import numpy as np
import pytest
from tests.judge.records import mixed_cells, set_up
from tests.judge.test_coded_cells import CODER, channels, coded_cells

from velveteen.judge import regimes_gaussian
from velveteen.judge.regimes import Regime, arranged
from velveteen.judge.regimes_gaussian import Expansion
from velveteen.judge.regimes_rescored import Rescored
from velveteen.judge.regimes_search import Proposer
from velveteen.measure.cells import Cell

PATHS = [
    (),
    (Regime(12, "level", 1),),
    (Regime(12, "worse", 6),),
    (Regime(20, "outward", 16),),
    (Regime(30, "pulse", 8),),
    (Regime(10, "level", 6, until=30, fade=6), Regime(40, "worse", 1)),
]


def ratings(weeks, seed):
    """Two rating channels, one outward and one inward; strain in between is one node, so everything is Gaussian."""
    rng = np.random.default_rng(seed)
    return [
        Cell(t, channel, float(rng.uniform(1, 9)), float(rng.integers(1, 4)), "partner", float(rng.uniform(0.1, 0.9)))
        for t in range(weeks)
        for channel in ("regard", "equals")
        if t in (0, weeks - 1) or rng.random() < 0.8
    ]  # fmt: skip


def both(cells, z_seed):
    record, shared, hyper = set_up(cells)
    z = 0.5 * np.random.default_rng(z_seed).normal(size=hyper.size)
    return record, Expansion(record, shared, hyper.natural(z)), Rescored(record, shared, hyper, z)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("around", [(), PATHS[1]])
def test_differences_between_paths_are_exact_on_ratings(seed, around):
    """A bin is a week here, so nothing is approximated: the full evaluation is exact too (its own test says so)."""
    record, expansion, full = both(ratings(60, seed), seed)
    proposer = Proposer(record, expansion.around(around))
    for path in PATHS[1:]:
        expected = full(path) - full(())
        assert proposer.score(path) - proposer.score(()) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("around", [(), PATHS[1]])
def test_differences_are_near_on_counts_and_proportions(around):
    record, expansion, full = both(mixed_cells(60, 4, strains=(0.0, 1.0)), 4)
    proposer = Proposer(record, expansion.around(around))
    for path in PATHS[1:]:
        assert proposer.score(path) - proposer.score(()) == pytest.approx(full(path) - full(()), abs=1.5)


@pytest.mark.parametrize("around", [(), PATHS[1]])
def test_differences_are_near_on_what_a_coder_counted(around):
    record, shared, hyper = set_up(coded_cells(60, 4), channels=channels(CODER, "harm", "promises"))
    z = np.zeros(hyper.size)
    full = Rescored(record, shared, hyper, z)
    proposer = Proposer(record, Expansion(record, shared, hyper.natural(z)).around(around))
    for path in PATHS[1:]:
        assert proposer.score(path) - proposer.score(()) == pytest.approx(full(path) - full(()), abs=1.5)


def test_a_working_response_of_a_coders_count_is_one_step_of_scoring():
    """Weight times (response - eta) is the score of the negative binomial, and the weight its expected information."""
    record, shared, hyper = set_up(coded_cells(12, 5), channels=channels(CODER, "harm", "promises"))
    natural = hyper.natural(np.full(hyper.size, 0.3))
    eta = np.linspace(-2.0, 2.0, len(record.cells))
    weight, response = Expansion(record, shared, natural)._pseudo(eta)
    (g, f), size = natural.rates[:2], natural.dispersion[0]
    for i in np.flatnonzero(record.family == 0):
        there = g * np.exp(eta[i])
        mean = there + f * record.coded[i]
        variance = mean + mean**2 / size
        assert weight[i] == pytest.approx(there**2 / variance)
        assert weight[i] * (response[i] - eta[i]) == pytest.approx(there * (record.y[i] - mean) / variance)


def test_what_is_integrated_out_first_or_together_is_the_same():
    record, expansion, _ = both(ratings(60, 7), 7)
    proposer = Proposer(record, expansion.around(()))
    for path in PATHS[1:]:
        for extended, score in proposer._added(path):
            assert score == pytest.approx(proposer.score(extended), abs=1e-8)
        for i, regime in enumerate(path):
            if regime.may_end:
                for ended, score in proposer._ended(path[:i] + path[i + 1 :], regime):
                    assert score == pytest.approx(proposer.score(ended), abs=1e-8)


def test_wider_bins_move_a_sharp_change_little(monkeypatch):
    cells = ratings(60, 2)
    exact = Proposer(*stand_of(cells)).score(PATHS[1])
    monkeypatch.setattr(regimes_gaussian, "BINS", 20)
    record, stand = stand_of(cells)
    assert (stand.width, stand.pull.shape[1]) == (3, 20)
    assert Proposer(record, stand).score(PATHS[1]) == pytest.approx(exact, abs=1e-6)  # week 12 begins a bin


def stand_of(cells):
    record, expansion, _ = both(cells, 2)
    return record, expansion.around(())


def test_the_last_bin_is_the_mean_of_the_weeks_that_it_has(monkeypatch):
    monkeypatch.setattr(regimes_gaussian, "BINS", 20)
    record, stand = stand_of(ratings(59, 1))
    np.testing.assert_allclose(stand.binned(np.arange(59.0))[-2:], [55.0, 57.5])
    assert stand.columns == (
        (0, False),
        (1, False),
        (1, True),
    )  # equals, regard; calm days for what is outward
    assert record.channels[1].name == "regard"


def test_what_follows_a_path_is_the_sum_over_one_more_change():
    record, expansion, _ = both(ratings(60, 5), 5)
    proposer = Proposer(record, expansion.around(()))
    path = PATHS[1]
    scores = [
        proposer.score(arranged((*path, Regime(onset, kind, span))))
        for kind in ("level", "outward", "worse", "pulse")
        for span in ((2, 4, 8, 16, 32, 60) if kind == "pulse" else (1, 6, 16, 40))
        for onset in range(20, 53)
    ]
    scores += [
        proposer.score((Regime(12, "level", 1, until=end, fade=fade),))
        for fade in (1, 6, 16, 40)
        for end in range(20, 53)
    ]
    assert proposer.followed(path) == pytest.approx(np.logaddexp.reduce(scores), abs=1e-8)
    first = [
        proposer.score((Regime(onset, kind, span),))
        for kind in ("level", "outward", "worse", "pulse")
        for span in ((2, 4, 8, 16, 32, 60) if kind == "pulse" else (1, 6, 16, 40))
        for onset in range(8, 53)
    ]
    nothing = proposer.score(())
    assert nothing == pytest.approx(math.log(1 / (1 + 60 / 104)))
    assert proposer.followed(()) == pytest.approx(np.logaddexp.reduce([nothing, *first]), abs=1e-8)
