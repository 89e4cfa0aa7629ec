"""The search for paths: it finds changes that are there, adds none that are not, and always answers alike."""

from __future__ import annotations

import numpy as np
import pytest
from tests.judge.long_records import course, long_cells
from tests.judge.records import set_up

from velveteen.judge import regimes_search
from velveteen.judge.regimes import Regime, changes, well_spaced
from velveteen.judge.regimes_gaussian import Expansion
from velveteen.judge.regimes_search import Proposer, alike

WEEKS = 160
STEPS = ((40, -1.4), (80, 1.5), (125, -1.5))


def proposer_for(cells):
    record, shared, hyper = set_up(cells)
    expansion = Expansion(record, shared, hyper.natural(np.zeros(hyper.size)))
    return Proposer(record, expansion.around(()))


def best_of(found):
    return max(found, key=found.__getitem__)


@pytest.mark.parametrize("seed", range(3))
def test_changes_that_are_there_are_found(seed):
    found = proposer_for(long_cells(course(WEEKS, *STEPS), seed)).search(2)
    assert np.abs(np.array(changes(best_of(found))) - [40, 80, 125]).max() <= 6


@pytest.mark.parametrize("seed", range(3))
def test_no_change_is_found_where_there_is_none(seed):
    found = proposer_for(long_cells(course(WEEKS), seed)).search(2)
    assert best_of(found) == ()


@pytest.mark.parametrize("seed", range(3))
def test_a_way_back_to_the_level_before_is_a_return(seed):
    found = proposer_for(long_cells(course(WEEKS, (40, 1.5), (100, -1.5)), seed)).search(2)
    (regime,) = best_of(found)
    assert regime.kind == "level"
    assert abs(regime.until - 100) <= 6


def test_a_change_of_calm_days_outwardly_is_known_as_such():
    still = course(WEEKS)
    cells = long_cells(course(WEEKS, (60, 1.6)), 2, hard=still, inward=still)
    (regime,) = best_of(proposer_for(cells).search(2))
    assert regime.kind == "outward"


def test_scores_are_those_of_the_paths():
    proposer = proposer_for(long_cells(course(WEEKS, *STEPS), 0))
    for path, score in proposer.search(2).items():
        assert score == pytest.approx(proposer.score(path), abs=1e-7)
        assert well_spaced(path, WEEKS)


def test_the_same_record_gives_the_same_paths_in_the_same_order():
    cells = long_cells(course(WEEKS, *STEPS), 0)
    first = proposer_for(cells).search(3)
    again = proposer_for(cells[::-1]).search(3)
    assert list(first) == list(again)
    assert list(first.values()) == pytest.approx(list(again.values()), abs=1e-9)


def test_a_wider_search_finds_no_worse():
    proposer = proposer_for(long_cells(course(WEEKS, *STEPS), 4))
    assert max(proposer.search(4).values()) >= max(proposer.search(1).values()) - 1e-9


def test_polishing_puts_a_misplaced_change_where_it_belongs():
    proposer = proposer_for(long_cells(course(WEEKS, *STEPS), 0))
    astray = (Regime(40, "worse", 1, until=66, fade=1), Regime(125, "worse", 1))
    assert well_spaced(astray, WEEKS)
    polished = proposer._polished(astray)
    assert max(polished.values()) > polished[astray]
    assert abs(changes(best_of(polished))[1] - 80) <= 6


def test_polishing_ends_when_its_rounds_are_up(monkeypatch):
    monkeypatch.setattr(regimes_search, "POLISHES", 1)
    proposer = proposer_for(long_cells(course(WEEKS, *STEPS), 0))
    astray = (Regime(30, "worse", 1), Regime(70, "level", 1), Regime(110, "worse", 1))
    assert len(proposer._polished(astray)) == 2


def test_the_search_ends_where_no_more_changes_are_allowed(monkeypatch):
    monkeypatch.setattr(regimes_search, "MOST_CHANGES", 1)
    found = proposer_for(long_cells(course(WEEKS, *STEPS), 0)).search(2)
    assert max(len(changes(path)) for path in found) == 1


def test_a_regime_that_begins_too_late_to_end_has_no_end():
    proposer = proposer_for(long_cells(course(WEEKS, *STEPS), 0))
    assert list(proposer._ended((), Regime(WEEKS - 10, "worse", 1))) == []


def test_where_no_change_has_room_none_is_added():
    proposer = proposer_for(long_cells(course(22), 0))
    assert list(proposer._added((Regime(8, "worse", 1),))) == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ((), (), True),
        ((Regime(40, "worse", 1),), (Regime(50, "worse", 16),), True),
        ((Regime(40, "worse", 1),), (Regime(60, "worse", 1),), False),
        ((Regime(40, "worse", 1),), (Regime(40, "level", 1),), False),
        ((Regime(40, "worse", 1),), (Regime(40, "worse", 1, until=80),), False),
        ((Regime(40, "worse", 1),), (), False),
    ],
)
def test_paths_that_differ_by_little_are_alike(one, other, same):
    assert alike(one, other) is same
