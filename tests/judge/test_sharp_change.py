"""A clear change from one week to the next is found, and records without noise stay without wonders."""

from __future__ import annotations

import numpy as np
import pytest
from tests.judge.records import set_up

import velveteen as vt
from velveteen.judge import evidence
from velveteen.judge.accounts import ALL
from velveteen.judge.evidence import account_evidence, find_base
from velveteen.measure.cells import Cell


def step(weeks, rate, seed):
    """Acts and whole-point ratings by two witnesses that change by two scales between one week and the next."""
    rng = np.random.default_rng(seed)
    onset = int(rng.integers(12, weeks - 12))
    cells = []
    for t in range(weeks):
        change = 2.0 * (t >= onset)
        for x, days in ((0.0, 4 / 7), (1.0, 3 / 7)):
            mean = days * np.exp(rate + 0.5 * x - change)
            cells.append(Cell(t, "harm", float(rng.poisson(mean)), days, "partner", x))
        for channel, informant in (("equals", "partner"), ("equals", "therapist"), ("regard", "partner")):
            rating = float(np.clip(np.round(rng.normal(3 + 1.5 * change, 0.8)), 0, 10))
            cells.append(Cell(t, channel, rating, 1.0, informant, 0.0))
    return cells


@pytest.mark.parametrize(
    ("weeks", "rate", "seed"),
    [(52, 2.0, 0), (52, 2.0, 1), (78, 2.0, 0), (78, 3.0, 2)],
)
def test_a_sharp_and_lasting_change_is_worth_what_looking_everywhere_makes_it(monkeypatch, weeks, rate, seed):
    record, shared, hyper = set_up(step(weeks, rate, seed))
    base = find_base(record, hyper)
    account = ALL["lasting"](record, shared)
    chosen = account_evidence(record, account, hyper, base)
    monkeypatch.setattr(evidence, "EVENLY", 10_000)
    assert chosen.log == pytest.approx(account_evidence(record, account, hyper, base).log, abs=0.1)


@pytest.mark.parametrize("twice", [False, True], ids=["one cell a week", "calm and hard alike"])
def test_a_rating_that_never_moves_is_no_change(twice):
    strains = (0.0, 1.0) if twice else (0.0,)
    verdict = vt.judge([Cell(t, "equals", 5.0, 1.0, "partner", x) for t in range(90) for x in strains])
    odds = verdict.odds["equal"]
    assert (
        odds["same"] >= max(odds.values()) - 0.01
    )  # `surface` leaves an inward channel alone, as `same` does
    assert "no_outward_channel" in {p.code for p in verdict.problems}
    assert verdict.numerical_error < 1


def test_a_rating_copied_by_a_second_witness_leaves_the_error_small():
    values = np.clip(np.round(np.random.default_rng(0).normal(5, 1.5, 60)), 0, 10)
    cells = [
        Cell(t, "equals", float(v), 1.0, who, 0.0)
        for t, v in enumerate(values)
        for who in ("partner", "therapist")
    ]
    assert vt.judge(cells).numerical_error < 1
