"""What moved between two halves, how sure, and when; a change in the mix of days is no move."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from velveteen.measure.cells import Cell
from velveteen.measure.moved import BLOCK, NEEDED, Moved, moved

WEEKS = 80


def harm(rates: list[float], seed: int = 1, channel: str = "harm", **more: object) -> list[Cell]:
    rng = np.random.default_rng(seed)
    return [
        Cell(100 + n, channel, float(rng.poisson(r)), 1.0, "partner", **more) for n, r in enumerate(rates)
    ]


def only(cells: list[Cell]) -> Moved:
    (found,) = moved(cells)
    return found


def test_a_clear_drop_in_harm_moved_for_the_better_about_when_it_did() -> None:
    found = only(harm([6.0] * 44 + [2.0] * 36))
    assert found.direction == "better"
    assert found.difference.high < 0
    assert found.when is not None
    assert found.when.low <= 144 <= found.when.high + BLOCK
    assert abs(found.when.value - 144) <= 2 * BLOCK


def test_more_harm_and_fewer_kept_promises_moved_for_the_worse() -> None:
    assert only(harm([2.0] * 40 + [6.0] * 40)).direction == "worse"
    kept = [Cell(n, "promises", float(n % 4 == 0 or n < 40), 1.0) for n in range(WEEKS)]
    assert only(kept).direction == "worse"


def test_a_rating_that_rises_moved_for_the_better() -> None:
    rng = np.random.default_rng(2)
    cells = [
        Cell(n, "regard", float(np.clip(4 + 2 * (n >= 40) + rng.normal(), 0, 10)), 5.0) for n in range(WEEKS)
    ]
    found = only(cells)
    assert (found.direction, round(found.difference.value)) == ("better", 2)
    assert found.before == pytest.approx(np.mean([c.value for c in cells[:40]]))


def test_without_a_change_about_one_in_ten_moves() -> None:
    called = sum(bool(only(harm([4.0] * WEEKS, seed)).direction) for seed in range(100))
    assert 2 <= called <= 22


def test_what_did_not_move_has_no_time() -> None:
    still = next(m for m in (only(harm([4.0] * WEEKS, seed)) for seed in range(9)) if not m.direction)
    assert still.when is None


def test_fewer_hard_days_alone_are_no_move() -> None:
    """Six acts a hard week and one a calm week, always; only their mix moves."""
    cells = [
        Cell(n, "harm", 6.0 * share if strain else 1.0 * share, share, "partner", strain)
        for n in range(WEEKS)
        for strain, share in ((1.0, 0.75 if n < 40 else 0.25), (0.0, 0.25 if n < 40 else 0.75))
    ]
    found = only(cells)
    assert found.difference.value == pytest.approx(0.0, abs=1e-9)
    assert found.direction == ""


def test_kinds_of_day_that_only_one_half_knows_are_not_set_against_each_other() -> None:
    cells = [Cell(n, "regard", 5.0, 1.0, "partner", None if n < 40 else 0.0) for n in range(WEEKS)]
    assert only(cells).difference.value == pytest.approx(0.0)


def test_too_little_in_a_half_says_nothing() -> None:
    assert moved(harm([3.0] * (2 * NEEDED * BLOCK - BLOCK))) == []
    assert len(moved(harm([3.0] * (2 * NEEDED * BLOCK)))) == 1
    assert moved([]) == []


def test_what_they_or_a_therapist_say_and_channels_of_one_s_own_are_left_out() -> None:
    cells = harm([3.0] * WEEKS)
    others = [Cell(c.week, c.channel, c.value, c.of, who) for c in cells for who in ("self", "therapist")]
    assert moved(others) == []
    assert moved(harm([3.0] * WEEKS, channel="patience")) == []


@given(
    st.lists(
        st.tuples(st.integers(0, 60), st.integers(0, 9), st.sampled_from([None, 0.0, 0.5, 1.0])), max_size=80
    )
)
@settings(max_examples=60, deadline=None)
def test_any_cells_are_compared(rows: list[tuple[int, int, float | None]]) -> None:
    for found in moved([Cell(week, "harm", float(n), 0.5, "partner", strain) for week, n, strain in rows]):
        assert found.difference.low <= found.difference.high
        assert found.when is None or found.when.low <= found.when.high
