"""Entries become cells: exposure from recorded contact days, calm and hard apart, missing as missing.

Week A begins on Monday 2024-01-01, week B on Monday 2024-01-08.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from itertools import count

import pytest

from velveteen.journal.entries import Entry
from velveteen.measure.cells import Cell, TurningPoint
from velveteen.measure.weekly import weekly_cells
from velveteen.measure.weeks import monday, week_name, week_of

A, B = week_of(date(2024, 1, 1)), week_of(date(2024, 1, 8))
_ids = count(1)


def entry(kind, when, /, written=None, corrects=None, **payload):
    at = datetime.fromisoformat(f"2024-{when}")
    written = at if written is None else datetime.fromisoformat(f"2024-{written}")
    return Entry(f"{next(_ids):06}", kind, at, written, payload, corrects=corrects)


def day(when, kind=None, contact=True, **payload):
    return entry("day", when, contact=contact, **({"day": kind} if kind else {}), **payload)


def harmful(when, **payload):
    return entry("act", when, act="put_me_down_in_my_own_words", harm=True, **payload)


def only(cells, channel):
    return [c for c in cells if c.channel == channel]


def codes(problems):
    return [p.code for p in problems]


def test_a_week_begins_on_monday_and_ends_on_sunday():
    assert week_of(date(2024, 1, 7)) == A
    assert week_of(date(2024, 1, 8)) == A + 1
    assert monday(A) == date(2024, 1, 1)
    assert week_of(date(1, 1, 1)) == 0
    assert week_name(A) == "week of 2024-01-01"
    assert week_name(12, dated=False) == "week 12"


def test_each_contact_day_is_a_seventh_of_a_week_in_the_cell_of_its_kind():
    entries = [
        day("01-01", "calm"),
        day("01-02", "stress"),
        day("01-03", "refused"),
        day("01-04", "criticised"),
        day("01-05"),
    ]
    cells, _, problems = weekly_cells([*entries, harmful("01-03"), harmful("01-03"), harmful("01-01")])
    assert cells == [
        Cell(A, "harm", 1.0, 2 / 7, "partner", 0.0),
        Cell(A, "harm", 2.0, 2 / 7, "partner", 1.0),
        Cell(A, "harm", 0.0, 1 / 7, "partner", None),
    ]
    assert problems == []


def test_seven_contact_days_are_exactly_one_week():
    cells, _, _ = weekly_cells([day(f"01-0{n}", "calm") for n in range(1, 8)])
    assert [c.of for c in cells] == [1.0]


def test_a_week_without_a_contact_day_has_no_cell():
    cells, _, problems = weekly_cells(
        [day("01-02", "calm"), day("01-09", contact=False), day("01-16", "calm")]
    )
    assert [c.week for c in cells] == [A, A + 2]
    assert problems == []


def test_care_is_not_harm():
    care = entry("act", "01-01", act="cooked_in_my_own_words", harm=False)
    cells, _, problems = weekly_cells([day("01-01", "calm"), care])
    assert [c.value for c in cells] == [0.0]
    assert problems == []


@pytest.mark.parametrize(("name", "harmful_acts"), [("lied", 1.0), ("listened", 0.0)])
def test_the_catalogue_tells_harm_from_care(name, harmful_acts):
    cells, _, problems = weekly_cells([day("01-01", "calm"), entry("act", "01-01", act=name)])
    assert [c.value for c in cells] == [harmful_acts]
    assert problems == []


def test_an_act_of_which_nothing_says_what_it_is_counts_as_harm_and_is_said():
    cells, _, problems = weekly_cells(
        [day("01-01", "calm"), entry("act", "01-01", act="something_of_my_own")]
    )
    assert [c.value for c in cells] == [1.0]
    assert codes(problems) == ["unknown_act"]
    assert problems[0].where == "2024-01-01"


@pytest.mark.parametrize("others", [[], [day("01-02", "refused", contact=False)]])
def test_an_act_on_a_day_without_contact_makes_it_a_contact_day_and_is_said(others):
    cells, _, problems = weekly_cells([*others, harmful("01-02")])
    assert cells == [Cell(A, "harm", 1.0, 1 / 7, "partner", 1.0 if others else None)]
    assert codes(problems) == ["act_without_day"]


def test_regard_is_the_mean_of_ratings_and_their_number():
    entries = [
        day("01-01", "calm", treated=8),
        day("01-02", "calm", treated=5),
        day("01-03", "refused", treated=1),
    ]
    cells, _, _ = weekly_cells(entries)
    assert only(cells, "regard") == [
        Cell(A, "regard", 6.5, 2.0, "partner", 0.0),
        Cell(A, "regard", 1.0, 1.0, "partner", 1.0),
    ]


@pytest.mark.parametrize("treated", [11, -1, "good", True, float("nan")])
def test_a_rating_that_is_none_is_left_out_and_said(treated):
    cells, _, problems = weekly_cells([day("01-01", "calm", treated=treated)])
    assert only(cells, "regard") == []
    assert codes(problems) == ["number_out_of_range"]


def test_a_corrected_day_counts_once_as_corrected():
    wrong = day("01-01", "calm")
    cells, _, problems = weekly_cells(
        [wrong, entry("day", "01-01", contact=True, day="refused", corrects=wrong.id)]
    )
    assert cells == [Cell(A, "harm", 0.0, 1 / 7, "partner", 1.0)]
    assert problems == []


@pytest.mark.parametrize("order", [("01-05", "01-06"), ("01-06", "01-05")])
def test_a_day_written_twice_counts_as_written_last_and_is_said(order):
    kinds = {"01-05": "calm", "01-06": "refused"}
    twice = [entry("day", "01-01", written=w, contact=True, day=kinds[w]) for w in order]
    cells, _, problems = weekly_cells(twice)
    assert [c.strain for c in cells] == [1.0]
    assert codes(problems) == ["day_twice"]


def test_an_unknown_kind_of_day_is_not_told_and_said():
    cells, _, problems = weekly_cells([day("01-01", "odd")])
    assert [c.strain for c in cells] == [None]
    assert codes(problems) == ["unknown_kind_of_day"]


def test_a_day_that_was_not_free_leaves_no_trace():
    free = [day("01-02", "calm", treated=4)]
    unfree = [
        day("01-03", "refused", treated=10, free=False),
        harmful("01-03"),
        entry("act", "01-03", act="nothing_known"),
        entry("turning_point", "01-03", kind="left"),
        entry("confrontation", "01-02", answer="owned", free=False),
    ]
    assert weekly_cells([*free, *unfree]) == weekly_cells(free)


def promise(made, due, **payload):
    return entry("promise", made, what="to call before coming", due=due and f"2024-{due}", **payload)


def test_promises_are_kept_of_those_due_in_the_week():
    outcomes = ["kept", "partly", "broken", "withdrawn", "excused"]
    entries = [promise("01-01", "01-10", outcome=o) for o in outcomes]
    cells, _, problems = weekly_cells([*entries, day("01-10", "criticised")])
    assert only(cells, "promises") == [Cell(B, "promises", 1.0, 3.0, "partner", 1.0)]
    assert problems == []


def test_a_promise_on_a_day_that_was_not_written_has_unknown_strain():
    cells, _, _ = weekly_cells([promise("01-01", "01-10", outcome="kept")])
    assert cells == [Cell(B, "promises", 1.0, 1.0, "partner", None)]


@pytest.mark.parametrize(
    ("due", "code"),
    [("01-10", "promise_unresolved"), (None, "promise_without_due"), ("13-45", "promise_without_due")],
)
def test_a_promise_of_unknown_end_is_left_out_and_said(due, code):
    cells, _, problems = weekly_cells([promise("01-01", due), day("01-10", "calm")])
    assert only(cells, "promises") == []
    assert codes(problems) == [code]


def test_a_promise_that_is_not_due_yet_is_no_problem():
    cells, _, problems = weekly_cells([promise("01-01", "01-20"), day("01-10", "calm")])
    assert only(cells, "promises") == []
    assert problems == []


def test_owning_is_owned_or_repaired_of_confrontations():
    answers = ["owned", "repaired", "blamed", "words_only"]
    entries = [entry("confrontation", "01-01", answer=a) for a in answers]
    cells, _, _ = weekly_cells([*entries, day("01-01", "criticised")])
    assert only(cells, "owning") == [Cell(A, "owning", 2.0, 4.0, "partner", 1.0)]


def test_empathy_is_acknowledged_of_told_feelings():
    entries = [
        day("01-01", "calm"),
        entry("inward", "01-01", told=True, acknowledged=True),
        entry("inward", "01-01", told=True),
        entry("inward", "01-01", told=False, acknowledged=True),
    ]
    cells, _, _ = weekly_cells(entries)
    assert only(cells, "empathy") == [Cell(A, "empathy", 1.0, 2.0, "partner", 0.0)]


def test_weekly_ratings_carry_the_share_of_hard_days_whose_kind_was_told():
    kinds = {"01-01": "calm", "01-02": "stress", "01-03": "refused", "01-04": None}
    days = [*(day(when, kind) for when, kind in kinds.items()), day("01-05", "calm", contact=False)]
    cells, _, _ = weekly_cells([*days, entry("inward", "01-07", equals=3, free_to_say_no=6)])
    assert only(cells, "equals") == [Cell(A, "equals", 3.0, 1.0, "partner", 1 / 3)]
    assert only(cells, "free_to_say_no") == [Cell(A, "free_to_say_no", 6.0, 1.0, "partner", 1 / 3)]
    cells, _, _ = weekly_cells([entry("inward", "01-07", equals=3)])
    assert cells == [Cell(A, "equals", 3.0, 1.0, "partner", None)]


def test_a_whole_week_in_one_entry():
    cells, _, problems = weekly_cells(
        [entry("week", "01-07", days_contact=4, hard_days=1, treated=6, harm=3)]
    )
    assert cells == [
        Cell(A, "harm", 3.0, 4 / 7, "partner", 0.25),
        Cell(A, "regard", 6.0, 1.0, "partner", 0.25),
    ]
    assert problems == []


def test_a_whole_week_without_contact_days_has_no_harm_cell():
    cells, _, problems = weekly_cells([entry("week", "01-07", days_contact=0, harm=2, treated=5)])
    assert cells == [Cell(A, "regard", 5.0, 1.0, "partner", None)]
    assert codes(problems) == ["harm_without_days"]
    assert weekly_cells([entry("week", "01-07", days_contact=0, harm=0)]) == ([], [], [])


def test_a_week_written_by_the_day_and_as_a_whole_counts_by_the_day():
    cells, _, problems = weekly_cells([day("01-02", "calm"), entry("week", "01-07", days_contact=7, harm=9)])
    assert cells == [Cell(A, "harm", 0.0, 1 / 7, "partner", 0.0)]
    assert codes(problems) == ["week_twice"]


def test_two_whole_weeks_for_one_week_keep_the_later_writing():
    early = entry("week", "01-07", written="01-07", days_contact=7, harm=9)
    late = entry("week", "01-07", written="01-08", days_contact=7, harm=1)
    cells, _, problems = weekly_cells([late, early])
    assert [c.value for c in cells] == [1.0]
    assert codes(problems) == ["week_twice"]


def test_coded_messages_follow_the_diary_of_their_day():
    coded = [entry("coded_day", f"01-0{n}", channels={"courtesy": [n, 10]}) for n in (1, 2, 3)]
    cells, _, _ = weekly_cells([day("01-01", "calm"), day("01-02", "refused", contact=False), *coded])
    assert only(cells, "courtesy") == [
        Cell(A, "courtesy", 1.0, 10.0, "messages", 0.0, "messages", coded=10.0),
        Cell(A, "courtesy", 2.0, 10.0, "messages", 1.0, "messages", coded=10.0),
        Cell(A, "courtesy", 3.0, 10.0, "messages", None, "messages", coded=10.0),
    ]


@pytest.mark.parametrize("exports", [([1, 4], [2, 9]), ([2, 9], [1, 4])])
def test_a_day_in_two_exports_counts_once_by_the_fuller_one(exports):
    cells, _, problems = weekly_cells(
        [entry("coded_day", "01-01", channels={"courtesy": pair}) for pair in exports]
    )
    assert cells == [Cell(A, "courtesy", 2.0, 9.0, "messages", None, "messages", coded=9.0)]
    assert codes(problems) == ["chats_overlap"]


def test_a_day_without_coded_messages_gives_no_cell():
    cells, _, problems = weekly_cells([entry("coded_day", "01-01", channels={"courtesy": [0, 0]})])
    assert (cells, problems) == ([], [])


@pytest.mark.parametrize(
    "channels", [{"courtesy": 3}, {"courtesy": [1, -2]}, {"courtesy": ["a", 1]}, {"odd": [1, 2]}]
)
def test_a_count_that_is_none_is_left_out_and_said(channels):
    cells, _, problems = weekly_cells([entry("coded_day", "01-01", channels=channels)])
    assert cells == []
    assert codes(problems) == ["unknown_count"]


def test_turning_points_up_to_the_last_cell():
    points = [
        entry("turning_point", d, kind=k)
        for d, k in [("01-03", "left"), ("01-08", "returned"), ("01-17", "left")]
    ]
    _, turning, problems = weekly_cells([day("01-09", "calm"), *points])
    assert turning == [TurningPoint(A, "left"), TurningPoint(B, "returned")]
    assert codes(problems) == ["turning_point_late"]
    assert problems[0].where == "week of 2024-01-15"


def test_an_unknown_turning_point_is_left_out_and_said():
    _, turning, problems = weekly_cells([day("01-09", "calm"), entry("turning_point", "01-08", kind="moon")])
    assert turning == []
    assert codes(problems) == ["unknown_turning_point"]


def test_a_limit_marks_its_week_with_the_share_that_was_held():
    events = ["held", "held", "slipped", "crossed", "stated"]
    limits = [entry("limit", "01-02", limit="no shouting", event=e) for e in events]
    invited = entry("limit", "01-09", limit="come and talk", event="invitation")
    _, turning, _ = weekly_cells([day("01-09", "calm"), *limits, invited])
    assert turning == [TurningPoint(A, "boundary_held", 0.5), TurningPoint(B, "boundary_held", 1.0)]


def test_no_entries_no_cells():
    assert weekly_cells([]) == ([], [], [])


def test_a_day_on_which_acts_were_not_asked_is_missing_and_never_zero():
    asked, unasked = day("01-01", "calm"), [day(f"01-0{n}", "calm", acts=False) for n in (2, 3, 4)]
    cells, _, problems = weekly_cells([asked, *unasked, harmful("01-04")])
    assert cells == [Cell(A, "harm", 1.0, 2 / 7, "partner", 0.0)]
    assert codes(problems) == ["acts_not_asked"]
    assert "2 days" in problems[0].message


def test_a_record_that_was_never_asked_for_acts_has_no_harm():
    unasked = [day(f"01-0{n}", "calm", treated=5, acts=False) for n in (2, 3)]
    cells, _, problems = weekly_cells([*unasked, harmful("01-03")])
    assert [c.channel for c in cells] == ["regard"]
    assert codes(problems) == ["acts_not_asked"]
    assert "1 day " in problems[0].message


def coded(pair, about, written):
    made = entry("coded_day", "01-01", written=written, channels={"courtesy": pair})
    return replace(made, about=about)


def imported(them, written):
    return entry("imported", "01-01", written=written, them=them)


def test_the_messages_of_two_people_are_not_added_together():
    entries = [
        coded([9, 10], "Ben", "02-01"),
        coded([1, 4], "Ben", "02-03"),
        coded([2, 7], "Cy", "02-02"),
        imported("Ben", "02-01"),
        imported("Cy", "02-02"),
    ]
    cells, _, problems = weekly_cells(entries)
    assert [(c.value, c.of) for c in cells] == [(2.0, 7.0)]
    assert codes(problems) == ["several_people"]
    cells, _, _ = weekly_cells([*entries, imported("Ben", "02-03")])
    assert [(c.value, c.of) for c in cells] == [(9.0, 10.0)]


@pytest.mark.parametrize(
    ("kind", "payload", "code"),
    [
        ("coded_day", {"channels": None}, "unknown_count"),
        ("coded_day", {"channels": {"courtesy": [5, 3]}}, "unknown_count"),
        ("coded_day", {"channels": {"courtesy": [1, float("inf")]}}, "unknown_count"),
        ("confrontation", {"answer": []}, "odd_entry"),
        ("promise", {"what": "x", "due": "2024-03-01", "outcome": {}}, "odd_entry"),
        ("promise", {"what": "x", "due": "9999-12-31", "outcome": "kept"}, "promise_without_due"),
        ("week", {"days_contact": 3, "harm": "x"}, "number_out_of_range"),
        ("week", {"days_contact": 2.5}, "number_out_of_range"),
    ],
)
def test_an_odd_entry_is_left_out_and_said(kind, payload, code):
    cells, _, problems = weekly_cells([Entry("1", kind, datetime(2024, 1, 1), datetime(2024, 1, 1), payload)])
    assert cells == []
    assert codes(problems) == [code]


@pytest.mark.parametrize("kind", ["day", "act", "week", "confrontation"])
@pytest.mark.parametrize("year", [1, 9999])
def test_a_year_that_cannot_be_meant_is_left_out_and_said(kind, year):
    at = datetime(year, 12, 31)
    payload = {"contact": True, "act": "lied", "days_contact": 3, "harm": 1, "answer": "owned"}
    cells, points, problems = weekly_cells([Entry("1", kind, at, at, payload)])
    assert (cells, points, codes(problems)) == ([], [], ["date_out_of_range"])
