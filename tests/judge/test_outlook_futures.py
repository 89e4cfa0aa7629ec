"""Futures are drawn from what the record says: their values can be, and lie where the record's own do."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.judge.records import CHANNELS, LIMITS, harm
from tests.judge.test_coded_cells import channels

from velveteen.judge.api import posterior_odds
from velveteen.judge.outlook_futures import futures, look_ahead, of_cells
from velveteen.judge.record import build_record
from velveteen.measure.cells import Cell, check_cells
from velveteen.measure.coders import Coder

WEEKS, MORE = 20, 6


def record(rng):
    cells = []
    for t in range(WEEKS):
        cells += harm([t], int(rng.poisson(4)))
        cells.append(Cell(t, "regard", float(np.clip(rng.normal(4, 0.7), 0, 10)), 3.0, "partner", 0.0))
        cells.append(Cell(t, "promises", float(rng.binomial(4, 0.75)), 4.0, "partner"))
        cells.append(Cell(t, "equals", float(np.clip(rng.normal(6, 0.7), 0, 10)), 1.0, "partner"))
    return cells


@pytest.fixture(scope="module")
def ahead():
    cells = record(np.random.default_rng(1))
    planned = [
        Cell(c.week + WEEKS, c.channel, 0.0, c.of, c.informant, c.strain) for c in cells if c.week < MORE
    ]
    whole = build_record([*cells, *planned], LIMITS, CHANNELS)
    return look_ahead(whole, whole.week >= WEEKS)


@pytest.fixture(scope="module")
def drawn(ahead):
    odds = posterior_odds(ahead.log_evidence, weeks=WEEKS + MORE, therapy="none")["neutral"]
    return futures(ahead, odds, 60, seed=4)


def test_what_is_known_stays_and_what_is_planned_gets_values_that_can_be(ahead, drawn):
    for future in drawn:
        np.testing.assert_array_equal(future.y[~ahead.planned], ahead.whole.y[~ahead.planned])
        assert [c.value for c in future.cells] == future.y.tolist()
        check_cells(future.cells, CHANNELS)


@pytest.mark.parametrize("channel", ["harm", "regard", "promises", "equals"])
def test_they_lie_where_the_records_own_weeks_do(ahead, drawn, channel):
    mine = ahead.whole.channel == [c.name for c in ahead.whole.channels].index(channel)
    before = ahead.whole.y[mine & ~ahead.planned]
    after = np.array([f.y[mine & ahead.planned].mean() for f in drawn])
    assert abs(np.median(after) - before.mean()) < before.std()
    spread = np.std([f.y[mine & ahead.planned][0] for f in drawn])
    assert spread > 0.5 * before.std()


def test_the_same_seed_gives_the_same_futures(ahead, drawn):
    odds = posterior_odds(ahead.log_evidence, weeks=WEEKS + MORE, therapy="none")["neutral"]
    again = futures(ahead, odds, 60, seed=4)
    assert all(np.array_equal(a.y, b.y) for a, b in zip(again, drawn, strict=True))
    assert not np.array_equal(futures(ahead, odds, 60, seed=5)[0].y, drawn[0].y)


def test_a_record_with_some_of_its_cells_keeps_its_span(ahead):
    known = of_cells(ahead.whole, ~ahead.planned)
    assert known.weeks == WEEKS + MORE
    assert len(known.cells) == len(known.y) == 4 * WEEKS
    assert known.week.max() == WEEKS - 1


def test_an_account_that_is_certain_is_the_one_that_is_drawn(ahead):
    """Under `worse` alone, later weeks are harder than under `lasting` alone, with the same random numbers."""
    only = {name: dict.fromkeys(ahead.evidences, 0.0) | {name: 1.0} for name in ("worse", "lasting")}
    mine = (ahead.whole.channel == [c.name for c in ahead.whole.channels].index("harm")) & ahead.planned
    mean = {
        name: np.mean([f.y[mine].mean() for f in futures(ahead, odds, 60, seed=2)])
        for name, odds in only.items()
    }
    assert mean["worse"] > mean["lasting"]


def test_futures_of_what_a_coder_counts_hold_what_it_makes_up_too():
    """Some two a week of 400 messages are made up, beside what is found of three that are there."""
    told = channels(Coder((70, 100), (1200, 240_000)), "harm", "promises")
    rng = np.random.default_rng(9)
    cells = [Cell(t, "harm", float(rng.poisson(4.1)), 1.0, "messages", coded=400.0) for t in range(WEEKS)]
    cells += [
        Cell(t, "promises", float(rng.binomial(40, 0.35)), 40.0, "messages", coded=40.0) for t in range(WEEKS)
    ]
    planned = [replace(c, week=c.week + WEEKS, value=0.0) for c in cells if c.week < MORE]
    whole = build_record([*cells, *planned], [], told)
    ahead = look_ahead(whole, whole.week >= WEEKS)
    odds = dict.fromkeys(ahead.evidences, 0.0) | {"same": 1.0}
    drawn = futures(ahead, odds, 60, seed=4)
    for place, mean in ((0, 4.1), (1, 14.0)):
        mine = ahead.planned & (whole.channel == place)
        assert np.mean([f.y[mine].mean() for f in drawn]) == pytest.approx(mean, rel=0.2)
