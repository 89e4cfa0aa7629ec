"""What could be written is like what is written now, or that and one thing more."""

from __future__ import annotations

import pytest
from tests.judge.records import CHANNELS, harm

from velveteen.judge.outlook_plans import (
    HARD,
    RECENT,
    SAID,
    as_now,
    limits_as_now,
    plans,
    told_apart_daily,
)
from velveteen.measure.cells import Cell, TurningPoint, check_cells

WEEKS = 20
BLIND = harm(range(WEEKS), 2, strain=None, of=0.8)
WHOLE = [
    *harm(range(WEEKS), 2), *harm(range(WEEKS), 2, strain=1.0), *harm(range(WEEKS), 1, informant="other"),
    *(Cell(t, name, 1.0, 2.0, "partner") for t in range(WEEKS) for name in ("empathy", "equals", "promises")),
    *(Cell(t, "free_to_say_no", 4.0, 1.0, "partner") for t in range(WEEKS)),
]  # fmt: skip


def cells_of(record, name, weeks=8):
    (plan,) = (p for p in plans(record, CHANNELS, weeks) if p.name == name)
    return plan.cells


@pytest.mark.parametrize("record", [BLIND, WHOLE])
def test_planned_cells_can_follow_the_record(record):
    for plan in plans(record, CHANNELS, 8):
        assert {c.week for c in plan.cells} <= set(range(WEEKS, WEEKS + 8))
        check_cells([*record, *plan.cells], CHANNELS)


def test_every_plan_is_offered_to_a_record_that_has_nothing_of_them():
    assert [p.name for p in plans(BLIND, CHANNELS, 8)] == list(SAID)


def test_what_is_written_already_is_not_offered():
    assert [p.name for p in plans(WHOLE, CHANNELS, 8)] == ["as_now"]


def test_only_the_asked_plans():
    assert [p.name for p in plans(BLIND, CHANNELS, 8, ("promises", "as_now"))] == ["as_now", "promises"]


def test_as_now_is_as_often_and_as_much_as_in_the_recent_weeks():
    record = [
        *harm(range(WEEKS), 2, of=0.6),
        *harm(range(0, WEEKS, 2), 5, strain=1.0, of=0.2),
        *harm([1], 3, strain=0.5),
    ]
    planned = as_now(record, 8)
    calm, hard = ([c for c in planned if c.strain == x] for x in (0.0, 1.0))
    assert [c.week for c in calm] == list(range(WEEKS, WEEKS + 8))
    assert len(hard) == 4
    assert [c.of for c in calm] == pytest.approx([0.6] * 8)
    assert [c.of for c in hard] == pytest.approx([0.2] * 4)
    assert len(planned) == len(calm) + len(hard)  # what was last written more than RECENT weeks ago is not
    assert WEEKS - 1 > RECENT


def test_hard_days_told_apart_split_the_same_exposure():
    planned = cells_of(BLIND, "hard_days")
    for week in range(WEEKS, WEEKS + 8):
        parts = {c.strain: c.of for c in planned if c.week == week}
        assert parts == {0.0: pytest.approx(0.8 * (1 - HARD)), 1.0: pytest.approx(0.8 * HARD)}


def test_days_that_are_told_and_days_that_are_not_give_each_kind_of_day_once():
    planned = cells_of([*BLIND, *harm(range(WEEKS), 2, of=0.5)], "hard_days")
    assert len({c.key for c in planned}) == len(planned) == 2 * 8


def test_an_inward_occasion_a_week():
    more = [c for c in cells_of(BLIND, "inward") if c not in cells_of(BLIND, "as_now")]
    assert {c.channel for c in more} == {"empathy", "equals", "free_to_say_no"}
    assert len(more) == 3 * 8


def test_a_second_informant_is_someone_else_at_home():
    more = [c for c in cells_of(BLIND, "second_informant") if c not in cells_of(BLIND, "as_now")]
    assert {c.informant for c in more} == {"other"}
    others = [Cell(c.week, c.channel, c.value, c.of, "other", c.strain) for c in BLIND]
    assert {c.informant for c in cells_of(others, "second_informant")} == {"other", "partner"}


def test_trials_stay_whole():
    record = [*BLIND, *(Cell(t, "promises", 1.0, 1.0 + t % 2, "partner") for t in range(WEEKS))]
    assert all(c.of == int(c.of) for c in as_now(record, 8) if c.channel == "promises")


def test_limits_go_on_as_in_the_last_weeks():
    marks = [TurningPoint(t, "boundary_held", 0.1 * (t % 5)) for t in range(8, WEEKS)]
    ahead = limits_as_now([*marks, TurningPoint(3, "left")], WEEKS - 1, 14)
    assert [p.week for p in ahead] == list(range(WEEKS, WEEKS + 14))
    assert [p.share for p in ahead[:RECENT]] == [p.share for p in marks]
    assert ahead[RECENT].share == marks[0].share
    assert limits_as_now([], WEEKS - 1, 14) == []


def test_as_many_items_are_coded_as_in_the_recent_weeks_and_split_with_the_exposure():
    record = [Cell(t, "harm", 1.0, 1.0, "other", coded=300.0 + t % 2) for t in range(WEEKS)]
    planned = as_now(record, 4)
    assert [c.coded for c in planned] == [300.0] * 4
    split = told_apart_daily(planned, CHANNELS)
    assert [c.coded for c in split] == pytest.approx([300.0 * (1 - HARD), 300.0 * HARD] * 4)
