"""A word above "leans" for a lasting change asks for two instruments, and one cell of a second is none."""

from __future__ import annotations

import numpy as np

import velveteen as vt
from velveteen.measure.cells import Cell, TurningPoint

WEEKS, ONSET = 150, 25


def better_for_good(second_weeks):
    """A clear and lasting change, as the partner saw it; the same inward rating by a therapist in some of the weeks."""
    rng = np.random.default_rng(3)
    cells = []
    for t in range(WEEKS):
        change = 1.8 * (t >= ONSET)
        for x, days in ((0.0, 4 / 7), (1.0, 3 / 7)):
            mean = days * np.exp(1.6 + 0.5 * x - change)
            cells.append(Cell(t, "harm", float(rng.poisson(mean)), days, "partner", x))
        rating = float(np.clip(rng.normal(3 + 1.5 * change, 0.8), 0, 10))
        cells.append(Cell(t, "equals", rating, 1.0, "partner", 0.0))
        if t in second_weeks:
            second = float(np.clip(rng.normal(3 + 1.5 * change, 0.8), 0, 10))
            cells.append(Cell(t, "equals", second, 1.0, "therapist", 0.0))
    return vt.judge(cells, [TurningPoint(ONSET - 2, "loss_threatened")], therapy="committed")


def test_two_that_agree_may_pass_leans():
    verdict = better_for_good(range(WEEKS))
    assert verdict.odds["neutral"]["lasting"] > 0.8
    assert "one_instrument" not in {p.code for p in verdict.problems}
    assert "likely shows" in verdict.words


def test_one_may_not_however_sure():
    verdict = better_for_good([])
    assert verdict.odds["neutral"]["lasting"] > 0.8
    assert "likely shows" not in verdict.words
    assert "one_instrument" in {p.code for p in verdict.problems}


def test_a_single_cell_is_no_second_instrument():
    assert "one_instrument" in {p.code for p in better_for_good([60]).problems}
