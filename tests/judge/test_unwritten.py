"""The weeks that nobody wrote: which they are, and what stands in for them."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from tests.judge.records import CHANNELS, harm

from velveteen.judge.record import build_record
from velveteen.judge.unwritten import AROUND, expected, filled
from velveteen.measure.cells import Cell, TurningPoint
from velveteen.measure.coders import Coder


def record(cells, points=()):
    return build_record(cells, list(points), CHANNELS)


def regard(weeks, value=5.0, informant="partner", of=2.0):
    return [Cell(t, "regard", value, of, informant, 0.0) for t in weeks]


WEEKS = [0, 1, 2, 5, 6, 9]


@pytest.mark.parametrize(
    ("more", "points", "missing"),
    [
        ([], [], [3, 4, 7, 8]),
        (regard([3]), [], [4, 7, 8]),
        (
            [Cell(4, "harm", 0.0, 0.0, "partner")],
            [],
            [3, 7, 8],
        ),  # together in no hour of it: nothing was left out
        ([Cell(4, "promises", 1.0, 1.0, "partner")], [], [3, 4, 7, 8]),  # dated by its due day
        ([Cell(4, "harm", 1.0, 1.0, "messages", 0.0)], [], [3, 4, 7, 8]),
        ([Cell(4, "regard", 1.0, 1.0, "therapist", 0.0)], [], [3, 4, 7, 8]),
        ([], [TurningPoint(3, "left"), TurningPoint(7, "returned")], [8]),
        ([], [TurningPoint(7, "left")], [3, 4]),
        ([], [TurningPoint(3, "returned")], [3, 4, 7, 8]),
    ],
)
def test_the_weeks_that_the_writer_left_out(more, points, missing):
    found = record([*harm(WEEKS, 2), *more], points)
    assert np.flatnonzero(found.unwritten).tolist() == missing


def test_nobody_at_home_writes_then_no_week_is_unwritten():
    found = record(harm(WEEKS, 2, informant="messages"))
    assert found.writer is None
    assert not found.unwritten.any()
    assert expected(found).week.size == 0


def test_the_writer_is_who_writes_in_most_weeks():
    cells = [*harm(WEEKS, 2), *harm(range(10), 1, informant="other")]
    assert record(cells).writer == "other"
    assert not record(cells).unwritten.any()


def test_only_shares_are_written_then_they_say_which_weeks_were():
    found = record([Cell(t, "promises", 1.0, 2.0, "partner") for t in WEEKS])
    assert np.flatnonzero(found.unwritten).tolist() == [3, 4, 7, 8]
    assert expected(found).week.size == 0


def test_what_is_expected_is_the_rate_of_the_weeks_around():
    counts = [1, 2, 3, 40, 5, 6, 7, 8]
    weeks = [0, 1, 2, 3, 5, 6, 7, 8]
    found = record(harm(weeks, counts, of=0.5))
    cells = expected(found)
    assert cells.week.tolist() == [4]
    near = counts[4 - AROUND : 4 + AROUND]
    assert cells.value[0] == pytest.approx(sum(near) / (0.5 * len(near)))
    assert cells.of[0] == pytest.approx(0.5)


def test_a_kind_of_day_that_is_seldom_written_is_not_filled_in():
    often = harm([t for t in range(20) if t != 9], 2)
    assert set(expected(record([*often, *harm([3], 5, strain=1.0)])).like.tolist()) == {0}
    hard = harm(range(0, 20, 2), 5, strain=1.0)
    assert len(set(expected(record([*often[:9], *often[10:], *hard])).like.tolist())) <= 2


def test_acts_are_multiplied_and_their_sum_keeps_within_half_an_act():
    found = record(harm([t for t in range(40) if t % 4], 3, of=0.7))
    cells = expected(found)
    for factor in (0.5, 1.0, 2.0):
        y = filled(found, cells, factor).y[len(found.cells) :]
        assert (y == np.floor(y)).all()
        assert abs(y.sum() - factor * (cells.value * cells.of).sum()) <= 0.5


def test_ratings_move_by_the_logarithm_in_channel_scales_and_stay_in_range():
    found = record(regard([0, 1, 2, 4, 5, 6]))
    scale = CHANNELS["regard"].scale
    cells = expected(found)
    assert filled(found, cells, 2.0).y[-1] == pytest.approx(5.0 - scale * math.log(2.0))
    assert filled(found, cells, 0.5).y[-1] == pytest.approx(5.0 + scale * math.log(2.0))
    low = record(regard([0, 1, 2, 4, 5, 6], 0.0))
    assert filled(low, expected(low), 2.0).y[-1] == 0.0


def test_a_filled_record_keeps_its_cells_and_every_array_is_as_long():
    found = record([*harm(WEEKS, 2), *regard(WEEKS)])
    whole = filled(found, expected(found), 2.0)
    assert whole.cells[: len(found.cells)] == found.cells
    assert len(whole.cells) == len(found.cells) + 8
    arrays = (
        whole.week,
        whole.y,
        whole.of,
        whole.level,
        whole.family,
        whole.scale,
        whole.node,
        whole.log_weight,
        whole.coder,
        whole.coded,
    )
    assert {len(a) for a in arrays} == {len(whole.cells)}
    assert [c.week for c in whole.cells] == whole.week.tolist()
    assert [c.value for c in whole.cells] == whole.y.tolist()


def test_what_a_coder_counted_nobody_wrote():
    """A coder's cells are not filled in, and stay the coder's; the writer's own of the same channel are filled in."""
    own, counted = harm(WEEKS, 2), [Cell(t, "harm", 3.0, 1.0, "partner", 1.0, coded=300.0) for t in WEEKS]
    told = CHANNELS | {"harm": replace(CHANNELS["harm"], coder=Coder((70, 100), (12, 2400)))}
    found = build_record(own + counted, [], told)
    whole = filled(found, expected(found), 2.0)
    assert [c.coded for c in whole.cells[len(found.cells) :]] == [None] * 4
    assert (whole.coder[len(found.cells) :] == -1).all()
    assert sorted(whole.coder[: len(found.cells)].tolist()) == [-1] * 6 + [0] * 6
