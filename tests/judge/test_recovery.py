"""Records drawn from the model itself, with strong effects: the account that made a record has the highest evidence.

Two informants, calm and hard cells, 78 weeks. The share asked for is two of three: chance alone would give one of seven.
"""

from __future__ import annotations

import numpy as np
import pytest
from tests.judge.records import NAMES, weighed

from velveteen.judge.verdict import ACCOUNTS
from velveteen.measure.cells import Cell, TurningPoint

WEEKS, CHANGE, SEEDS = 78, 1.6, range(3)
T = np.arange(WEEKS)


def ebb(rng, rho=0.7, sd=0.25):
    """Stationary AR(1)."""
    lag = np.abs(np.subtract.outer(T, T))
    return rng.multivariate_normal(np.zeros(WEEKS), sd**2 * rho**lag)


def trajectory(name, onset, limit, x, *, outward):
    """The account's g(t) at strain x, from the table of the method's page."""
    ramp = np.clip((T - onset + 1) / 6, 0, 1)
    return {
        "same": 0 * T,
        "worse": -ramp,
        "temporary": np.where(onset <= T, 0.5 ** (np.maximum(T - onset, 0) / 6), 0),
        "surface": ramp * (1 - x) if outward else 0 * T,
        "conditional": limit - limit.mean(),
        "lasting": ramp,
    }[name]


def simulated(name, seed):
    rng = np.random.default_rng(seed)
    onset, u, limit = int(rng.integers(15, 40)), ebb(rng), np.zeros(WEEKS)
    for start in range(0, WEEKS, 13):
        limit[start + int(rng.integers(0, 5)) :][:6] = 1
    cells = []
    for x, days in ((0.0, 4 / 7), (1.0, 3 / 7)):
        out = u - 0.5 * x + CHANGE * trajectory(name, onset, limit, x, outward=True)
        inward = u - 0.5 * x + 0.8 * CHANGE * trajectory(name, onset, limit, x, outward=False)
        mean = days * np.exp(1.2 - out)
        share = 1 / (1 + np.exp(0.5 - out))
        acts = rng.negative_binomial(6, 6 / (6 + mean))
        kept = rng.binomial(2, rng.beta(15 * share, 15 * (1 - share)))
        rating = np.clip(rng.normal(4 + 1.5 * inward, 0.9), 0, 10)
        for t in range(WEEKS):
            cells += [
                Cell(t, "harm", float(acts[t]), days, "partner", x),
                Cell(t, "promises", float(kept[t]), 2.0, "messages", x),
                Cell(t, "equals", float(rating[t]), 1.0, "therapist", x),
            ]
    marks = [TurningPoint(t, "boundary_held", float(limit[t])) for t in range(WEEKS)]
    return cells, [TurningPoint(onset - 2, "loss_threatened"), *marks]


@pytest.mark.parametrize("name", ACCOUNTS[:6])
def test_the_account_that_made_the_record_leads(name):
    leaders = []
    for seed in SEEDS:
        evidence = weighed(*simulated(name, seed)).log_evidence()
        leaders.append(max(NAMES, key=evidence.__getitem__))
    assert leaders.count(name) >= 2, leaders
