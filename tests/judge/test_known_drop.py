"""A drop that was put into a record comes back out of it, in plain units."""

from __future__ import annotations

import numpy as np
import pytest

import velveteen as vt
from velveteen.measure.cells import Cell

WEEKS, BEFORE, NOW = 60, 6.0, 2.0


def falling(seed, now=NOW):
    """Acts a week together on calm days: 6 for half of the record, then `now`; hard days half as many again."""
    rng = np.random.default_rng(seed)
    cells = []
    for t in range(WEEKS):
        rate = BEFORE if t < WEEKS // 2 else now
        cells.append(Cell(t, "harm", float(rng.poisson(rate * 4 / 7)), 4 / 7, "partner", 0.0))
        cells.append(Cell(t, "harm", float(rng.poisson(1.5 * rate * 3 / 7)), 3 / 7, "partner", 1.0))
        kept = rng.binomial(2, 0.5 if t < WEEKS // 2 else 0.9 if now < BEFORE else 0.1)
        cells.append(Cell(t, "promises", float(kept), 2.0, "messages"))
    return cells


@pytest.fixture(scope="module")
def verdict():
    return vt.judge(falling(0), {"week": [5], "kind": ["loss_threatened"]})


def test_the_effect_is_what_was_put_in(verdict):
    effect = verdict.effect["harm"]
    assert effect.before == pytest.approx(BEFORE, rel=0.3)
    assert effect.now == pytest.approx(NOW, rel=0.3)
    assert effect.low <= NOW <= effect.high
    assert effect.high < BEFORE
    assert verdict.effect["promises"].now > verdict.effect["promises"].before


def test_the_trajectory_passes_through_it(verdict):
    median = np.array(verdict.trajectories["harm"].median)
    np.testing.assert_allclose(median[:20].mean(), BEFORE, rtol=0.3)
    np.testing.assert_allclose(median[-20:].mean(), NOW, rtol=0.3)


def test_it_has_changed_and_the_tests_say_so(verdict):
    assert verdict.questions["changed"] > 0.9
    assert verdict.odds["equal"]["worse"] < 0.01
    for name in ("deeds", "hard_days", "after_threat"):
        assert verdict.tests[name].answer == "yes"


def test_more_harm_is_worse():
    worse = vt.judge(falling(1, now=15.0))
    assert worse.odds["equal"]["worse"] > 0.9
    assert worse.effect["harm"].low > BEFORE
    assert worse.tests["hard_days"].answer == "no"
