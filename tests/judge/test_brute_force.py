"""Tiny records whose integral over (u, b) can be done on a grid: how far the Laplace approximation is from the truth."""

from __future__ import annotations

import numpy as np
import pytest
from tests.judge import oracle
from tests.judge.kernel_arrays import as_problem, evaluate

# Plain Laplace is off by hundredths of a nat on ordinary records; three weeks are fewer than any record that is judged.
TOLERANCE = 0.06
CALM = ((0.0, 0.85), (0.35, 0.15))
HARD = ((1.0, 0.85), (0.65, 0.15))
UNTOLD = ((0.05, 0.35), (0.25, 0.40), (0.60, 0.25))


def three_weeks(family, seed, *, outside):
    """A level and a change from the second week on (with `outside`: on calm days only), calm, hard and untold cells."""
    rng = np.random.default_rng(seed)
    cells = [(t, strain) for t in range(3) for strain in (CALM, HARD, UNTOLD)]
    n, sign = len(cells), -1.0 if family == 0 else 1.0
    of = np.full(n, (0.6, 3.0, 1.0)[family])
    y = (rng.negative_binomial(4, 0.6, n), rng.binomial(3, 0.5, n), rng.normal(5, 1.5, n))[family].astype(
        float
    )
    changed = sign * (np.array([t for t, _ in cells]) >= 1)
    node, weight = np.zeros((n, 3)), np.zeros((n, 3))
    for i, (_, strain) in enumerate(cells):
        for k, (x, w) in enumerate(strain):
            node[i, k], weight[i, k] = x, w
    with np.errstate(divide="ignore"):
        log_weight = np.log(weight)
    v0 = np.column_stack([np.ones(n), changed])
    v1 = np.column_stack([np.zeros(n), -changed if outside else 0 * changed])
    return {
        "week": np.array([t for t, _ in cells]), "family": np.full(n, family), "y": y, "of": of,
        "scale": np.ones(n), "dispersion": np.array([6.0, 15.0, 0.6, 0.5]), "kappa": np.full(n, sign),
        "column": np.tile([0, 1], (n, 1)), "v0": v0, "v1": v1, "node": node, "log_weight": log_weight,
        "rho": 0.7, "sigma": 0.4, "mean": np.array([(1.0, 0.0, 5.0)[family], 0.9]),
        "precision": np.diag([1 / 1.5**2, 1 / 0.57**2]), "u": np.zeros(3), "b": np.zeros(2),
        "coder": np.full(n, -1), "coded": np.zeros(n), "rates": np.zeros(0),
    }  # fmt: skip


@pytest.mark.parametrize("outside", [False, True])
@pytest.mark.parametrize("family", [0, 1, 2])
@pytest.mark.parametrize("seed", range(2))
def test_laplace_is_close_to_the_integral(family, seed, outside):
    a = three_weeks(family, seed, outside=outside)
    value, _, _ = evaluate(a, a["u"], a["b"])
    truth = oracle.brute_force(as_problem(a), 7)
    assert oracle.brute_force(as_problem(a), 7) == pytest.approx(
        truth, abs=2e-3
    )  # the grid itself has settled
    assert value == pytest.approx(truth, abs=TOLERANCE)
