"""Weeks of a chat: counts that add up, of one person, of free days; lines in order; the unreadable is left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from tests.measure.coded import START, at, coded

from velveteen.measure.coded_weeks import HURT, HURTING, coded_weeks, drawn, hurting, quoted
from velveteen.measure.weeks import week_of
from velveteen.messages import codes, coding


def test_days_of_a_week_add_up_and_weeks_stand_in_order():
    weeks = coded_weeks([coded(9, blame=2), coded(0, blame=1), coded(3, blame=4, hurt=(4, 30))])
    assert [w.week for w in weeks] == [week_of(START), week_of(START) + 1]
    assert (weeks[0].counts["blame"], weeks[0].counts["messages"]) == (5, 80)
    assert (weeks[0].hurt, weeks[0].looked_at) == (4, 70)


def test_where_what_hurts_was_not_counted_it_is_unknown_and_all_messages_were_looked_at():
    (week,) = coded_weeks([coded(0, hurt=None)])
    assert (week.hurt, week.looked_at) == (None, 40)


def test_one_s_own_bare_counts_stand_beside():
    (week,) = coded_weeks([coded(0, me={"words": 7}), coded(1, me={"words": 5, "messages": 2})])
    assert dict(week.mine) == {"words": 12, "messages": 2}


def test_lines_come_in_order_of_time_with_all_their_codes():
    days = [coded(1, lines=[("08:00", ["denial"], "c")]),
            coded(0, lines=[("09:30", ["blame", "absolutes"], "b"), ("09:10", ["order"], "a")])]  # fmt: skip
    (week,) = coded_weeks(days)
    assert [(line.text, line.codes) for line in week.lines] == [
        ("a", ("order",)), ("b", ("blame", "absolutes")), ("c", ("denial",)),
    ]  # fmt: skip
    assert week.lines[0].at == datetime(2024, 1, 1, 9, 10)
    assert len({line.ref for line in week.lines}) == 3


def test_the_drawn_ones_are_no_lines_of_a_bar():
    day = coded(0, others=[("10:00", "quiet")])
    assert coded_weeks([day])[0].lines == []
    assert [(line.text, line.codes) for line in drawn(day)] == [("quiet", ())]


def test_a_day_that_was_not_free_is_not_told():
    marked = at("day", 0, contact=True, free=False)
    assert coded_weeks([coded(0, blame=1), marked]) == []


def test_notes_about_oneself_tell_of_one_s_own_and_no_others_do():
    day = coded(0, about="Ana")
    mine = replace(
        day, payload={**day.payload, "whose": "me", "counts": {"me": {"messages": 9, "thanks": 3}}}
    )
    assert coded_weeks([mine]) == []
    (week,) = coded_weeks([mine], own=True)
    assert (week.counts["thanks"], dict(week.mine)) == (3, {})
    assert coded_weeks([coded(0)], own=True) == []
    broken = replace(day, payload={**mine.payload, "counts": 3})
    assert not coded_weeks([broken], own=True)[0].counts


@pytest.mark.parametrize(
    "broken",
    [{"counts": 3}, {"counts": {"them": [1]}}, {"counts": {"them": {"blame": "x", "order": True, "threat": -1}}},
     {"lines": 3}, {"lines": [3, ["09:00", "blame", "text"], ["09:00", ["blame"], 3], ["09:00", ["blame"]]]}],
)  # fmt: skip
def test_what_cannot_be_read_is_left_out(broken):
    day = coded(0)
    (week,) = coded_weeks([replace(day, payload={**day.payload, **broken})])
    assert not week.lines
    assert week.counts["blame"] == week.counts["order"] == week.counts["threat"] == 0


@pytest.mark.parametrize("clock", ["25:99", 9, "", "09:00+02:00"])
def test_an_hour_that_cannot_be_read_is_midnight_and_none_has_a_zone(clock):
    (line,) = quoted(coded(0, lines=[(clock, ["blame", 3], "x")]))
    assert line.at.tzinfo is None
    assert line.at.date() == START
    assert line.codes == ("blame",)


@pytest.mark.parametrize("channels", [None, {}, {HURT: [1, 2]}, {HURT: [5, 1, 2]}, {HURT: ["x", 1, 2]}])
def test_counts_of_what_hurts_that_cannot_be_are_none(channels):
    day = coded(0)
    assert hurting(replace(day, payload={**day.payload, "channels": channels})) is None


def test_what_hurts_is_named_as_the_coder_names_it():
    assert HURTING == coding.HURT
    assert HURT == codes.HURT
