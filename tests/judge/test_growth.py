"""The odds as the record grew are those of the judge on the record as it stood."""

from __future__ import annotations

import pytest
from tests.judge.records import mixed_cells

import velveteen as vt
from velveteen.judge import growth
from velveteen.judge.growth import odds_as_it_grew
from velveteen.measure.cells import Cell, TurningPoint

CELLS = [c for c in mixed_cells(14, 8) if c.channel != "promises"]
POINTS = [
    TurningPoint(2, "loss_threatened"),
    TurningPoint(3, "boundary_held"),
    TurningPoint(10, "boundary_held", 0.5),
]


@pytest.mark.parametrize("reader", ["neutral", "equal"])
def test_the_last_odds_are_the_judges(reader):
    grown = odds_as_it_grew(CELLS, POINTS, therapy="begun", reader=reader)
    week, odds = grown[-1]
    assert week == 13
    assert odds == pytest.approx(vt.judge(CELLS, POINTS, therapy="begun").odds[reader], abs=1e-9)


def test_each_look_sees_only_what_was_written_by_then():
    grown = dict(odds_as_it_grew(CELLS, POINTS))
    then = vt.judge([c for c in CELLS if c.week <= 7], [p for p in POINTS if p.week <= 7])
    assert grown[7] == pytest.approx(
        then.odds["neutral"], abs=0.02
    )  # with fewer integrals than the judge takes


def test_a_verdict_that_is_known_is_not_weighed_again(monkeypatch):
    verdict = vt.judge(CELLS, POINTS)
    seen = []
    weigh = growth.weigh
    monkeypatch.setattr(
        growth, "weigh", lambda cells, *rest, **more: seen.append(1) or weigh(cells, *rest, **more)
    )
    grown = odds_as_it_grew(CELLS, POINTS, verdict=verdict)
    assert grown[-1] == (13, verdict.odds["neutral"])
    assert len(seen) == len(grown) - 1


@pytest.mark.parametrize(("weeks", "looks", "apart"), [(32, 8, 4), (33, 5, 8), (64, 8, 8), (260, 8, 36)])
def test_a_long_record_is_looked_at_eight_times_at_most(weeks, looks, apart):
    heard = []
    cells = [Cell(t, "harm", 1.0, 1.0, "partner", 0.0) for t in (0, weeks - 1)]
    odds_as_it_grew(cells, progress=lambda *step: heard.append(step))
    assert len(heard) == heard[0][2] == looks == -(-weeks // apart)


def test_a_look_every_four_weeks_from_the_first_that_allows_one():
    heard = []
    grown = odds_as_it_grew(CELLS, progress=lambda *step: heard.append(step))
    assert [week for week, _ in grown] == [7, 11, 13]  # four weeks are too few for a verdict
    assert heard == [("week", i, 4) for i in range(4)]
    assert [week for week, _ in odds_as_it_grew(CELLS, every=6)] == [5, 11, 13]


def test_a_record_that_never_allows_a_verdict_has_no_odds():
    assert odds_as_it_grew([Cell(t, "harm", 1.0, 1.0, "self") for t in range(30)]) == []


def test_bad_input_is_refused_as_by_the_judge():
    with pytest.raises(vt.BadInput):
        odds_as_it_grew(CELLS, [TurningPoint(14, "left")])


def test_the_least_number_of_cells_is_the_judges():
    few = [Cell(t, "harm", float(t % 2), 1.0, "partner", 0.0) for t in range(9)]
    assert odds_as_it_grew(few) == []
    grown = odds_as_it_grew(few, min_cells=8)
    assert [week for week, _ in grown] == [7, 8]
    assert grown[-1][1] == pytest.approx(vt.judge(few, min_cells=8).odds["neutral"], abs=1e-9)
