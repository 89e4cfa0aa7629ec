"""What a person says of themselves is read as a biased witness: it is named, and it moves nothing."""

from __future__ import annotations

import numpy as np
import pytest
from tests.judge.records import weighed

import velveteen as vt
from velveteen.measure.cells import Cell

WEEKS = 16


def seen_by_partner(seed):
    """Nothing changes: acts on calm and hard days, and a rating, as another person saw them."""
    rng = np.random.default_rng(seed)
    cells = []
    for t in range(WEEKS):
        for x, days in ((0.0, 4 / 7), (1.0, 3 / 7)):
            cells.append(
                Cell(t, "harm", float(rng.poisson(days * np.exp(1.2 + 0.5 * x))), days, "partner", x)
            )
        cells.append(Cell(t, "equals", float(np.clip(rng.normal(4, 1), 0, 10)), 1.0, "partner", 0.3))
    return cells


def said_by_self(seed, before, after):
    """A rating that goes from `before` to `after` halfway."""
    rng = np.random.default_rng(seed)
    values = np.where(np.arange(WEEKS) < WEEKS // 2, before, after) + rng.normal(0, 0.5, WEEKS)
    return [Cell(t, "regard", float(np.clip(v, 0, 10)), 1.0, "self", 0.3) for t, v in enumerate(values)]


def shift(seed, before, after):
    """By how many nats a self-report moves lasting against same."""
    partner = seen_by_partner(seed)
    alone, told = (
        weighed(c).log_evidence() for c in (partner, [*partner, *said_by_self(seed, before, after)])
    )
    return (told["lasting"] - told["same"]) - (alone["lasting"] - alone["same"])


def test_it_is_named_as_a_biased_witness():
    verdict = vt.judge([*seen_by_partner(0), *said_by_self(0, 4, 9)])
    assert "self_report" in {p.code for p in verdict.problems}
    assert "one_instrument" in {p.code for p in verdict.problems}  # self is no second instrument


@pytest.mark.parametrize(
    ("before", "after"), [(9, 9), (4, 9), (4, 7)], ids=["all is well", "all is well now", "better"]
)
def test_that_all_is_well_moves_no_odds(before, after):
    assert max(abs(shift(seed, before, after)) for seed in range(3)) == 0.0
