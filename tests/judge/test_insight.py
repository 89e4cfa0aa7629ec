"""A self-rating that comes down towards another's who stayed is said as a fact, and by no means moves the odds."""

from __future__ import annotations

import numpy as np
import pytest
from tests.judge.records import CHANNELS, set_up, weighed

from velveteen.judge.insight import find_insight
from velveteen.judge.problems import find_problems
from velveteen.judge.regimes_segment import present
from velveteen.measure.cells import Cell
from velveteen.measure.channels import parse_channels

WEEKS = 30
REVERSED = CHANNELS | parse_channels(
    '[blame]\nfamily = "rating"\nbetter = "less"\nrange = [0, 10]\nscale = 1.5\nlevel = [5, 2.5]'
)
THIRDS = np.arange(WEEKS) // 10


def rated(informant, levels, channel="equals", weeks=range(WEEKS)):
    """A rating a week: a level for each third, half a point up and down in turn around it."""
    return [Cell(t, channel, levels[THIRDS[t]] + 0.25 * (-1) ** t, 1.0, informant, 0.3) for t in weeks]


def harmed():
    return [Cell(t, "harm", float(2 + t % 3), 1.0, "partner", float(t % 2)) for t in range(WEEKS)]


def said(own, seen=(4, 4, 4), informant="partner", channel="equals", own_weeks=range(WEEKS)):
    cells = [
        *harmed(),
        *rated("self", own, channel, own_weeks),
        *rated(informant, seen, channel),
    ]
    return list(find_insight(set_up(cells, (), REVERSED)[0]))


def test_a_self_rating_that_came_down_to_an_unchanged_one_is_said():
    (problem,) = said((8, 6, 4.5))
    assert problem.code == "self_rating_fell"
    assert problem.where == "channel equals"
    assert "came down from 8.0 to 4.5, towards the partner’s, which stayed near 4.0" in problem.message
    assert "changes no odds" in problem.message


def test_it_stands_among_the_problems_of_a_record():
    record = set_up([*harmed(), *rated("self", (8, 6, 4.5)), *rated("partner", (4, 4, 4))])[0]
    assert "self_rating_fell" in {p.code for p in find_problems(record)}


def test_another_than_the_partner_is_named():
    assert "towards the therapist’s" in said((8, 6, 4.5), informant="therapist")[0].message
    assert "towards another’s" in said((8, 6, 4.5), informant="other")[0].message


@pytest.mark.parametrize(
    ("own", "seen"),
    [
        ((8, 8, 8), (4, 4, 4)),
        ((8, 7.5, 6.8), (4, 4, 4)),
        ((8, 6, 5.5), (4, 5, 5.5)),
        ((8, 6, 4), (4, 3, 3)),
        ((8, 5, 2), (4, 4, 4)),
        ((5, 4, 3.4), (4, 4, 4)),
        ((4, 6, 8), (4, 4, 4)),
        ((4.5, 8, 4.5), (4, 4, 4)),
    ],
    ids=[
        "it stayed", "it hardly fell", "the other's rose", "the other's fell", "it went far below",
        "it was never above", "it rose", "it rose and came back",
    ],
)  # fmt: skip
def test_anything_else_is_not(own, seen):
    assert said(own, seen) == []


def test_a_rating_raised_in_the_first_weeks_and_then_lowered_has_not_come_down():
    raised = [
        Cell(t, "equals", 5.0 if t < 5 else 9.0 if t < 15 else 4.5, 1.0, "self", 0.3) for t in range(WEEKS)
    ]
    record = set_up([*harmed(), *raised, *rated("partner", (3, 3, 3))])[0]
    assert list(find_insight(record)) == []
    without_the_start = [c for c in raised if c.week >= 5]
    record = set_up([*harmed(), *without_the_start, *rated("partner", (3, 3, 3))])[0]
    assert [p.code for p in find_insight(record)] == ["self_rating_fell"]


@pytest.mark.parametrize(("scatter", "clear"), [(3.0, False), (0.5, True)])
def test_a_fall_within_its_own_scatter_is_not_said(scatter, clear):
    own = [
        Cell(t, "equals", (7, 6, 5.4)[THIRDS[t]] + scatter * (-1) ** t, 1.0, "self", 0.3)
        for t in range(WEEKS)
    ]
    record = set_up([*harmed(), *own, *rated("partner", (4, 4, 4))])[0]
    assert bool(list(find_insight(record))) == clear


def test_four_weeks_at_either_end_are_too_few():
    assert said((8, 6, 4.5), own_weeks=[*range(4), *range(10, 30)]) == []
    assert said((8, 6, 4.5), own_weeks=[*range(20), *range(26, 30)]) == []
    assert said((8, 6, 4.5), own_weeks=[*range(5), *range(25, 30)]) != []


def test_a_rating_of_which_less_is_better_is_left_out():
    assert said((8, 6, 4.5), channel="blame") == []


def test_a_present_that_began_later_looks_at_its_own_weeks():
    record = set_up([*harmed(), *rated("self", (8, 4.5, 4.5)), *rated("partner", (4, 4, 4))])[0]
    assert [p.code for p in find_insight(record)] == ["self_rating_fell"]
    now = present(record, 10)
    assert {c.week for c in now.self_reports} == set(range(10, WEEKS))
    assert list(find_insight(now)) == []


@pytest.mark.parametrize("own", [(8, 6, 4.5), (9.5, 9.5, 4), (4, 9, 4)], ids=["falls", "inflated", "raised"])
def test_it_moves_no_odds(own):
    observed = [*harmed(), *rated("partner", (4, 4, 4))]
    alone, told = (weighed(c).log_evidence() for c in (observed, [*observed, *rated("self", own)]))
    assert told == alone
