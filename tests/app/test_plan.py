"""The plans: one part at a time or all at once; what is put right replaces what stood; what is printed is the plan alone."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from velveteen.app.shell import path
from velveteen.guide.danger import answers, danger_state
from velveteen.guide.plans import plan
from velveteen.journal.payloads import misfit
from velveteen.report import Record, for_helper, for_lawyer, for_me

WORDS = "the neighbour at number nine"
CAN_BE_FOUND = "A written plan can be found"


def standing(desk):
    return {
        (e.payload["plan"], e.payload["section"]): e.payload["text"]
        for e in desk.standing
        if e.kind == "plan"
    }


def test_both_plans_stand_there_with_the_warning_first(opened):
    page = opened.get(path("plan")).text
    assert page.index(CAN_BE_FOUND) < page.index(plan("safety").title + "</h2>")
    assert plan("despair").title in page
    for s in (*plan("safety").sections, *plan("despair").sections):
        assert s.title in page


def test_who_hurts_others_finds_the_plan_for_despair_alone(changer):
    page = changer.get(path("plan")).text
    assert plan("despair").title in page
    assert plan("safety").sections[2].title not in page
    assert changer.get(path("plan", 2)).status_code == 400


def test_one_part_at_a_time_leads_on_to_the_next(opened, desk):
    answer = opened.post(path("plan", 1, 1), data={"t_now": WORDS, "go": "next"})
    assert answer.headers["location"] == path("plan", 1, 2)
    assert standing(desk) == {("safety", "now"): WORDS}
    last = len(plan("safety").sections)
    answer = opened.post(path("plan", 1, last), data={"t_legal": "L", "go": "next"})
    assert answer.headers["location"] == path("plan") + "?s=kept"
    assert WORDS in opened.get(path("plan", 1, 1)).text


def test_all_parts_at_once_keep_those_that_are_new_and_leave_the_others(opened, desk):
    opened.post(path("plan", 1), data={"t_now": WORDS, "t_money": "a tin", "t_pets": ""})
    opened.post(path("plan", 1), data={"t_now": WORDS, "t_legal": "the law centre"})
    assert standing(desk) == {
        ("safety", "now"): WORDS, ("safety", "money"): "a tin", ("safety", "legal"): "the law centre",
    }  # fmt: skip
    assert sum(e.kind == "plan" for e in desk.entries) == 3
    assert [misfit(e) for e in desk.entries] == [None] * len(desk.entries)


def test_a_correction_replaces_and_empty_words_take_a_part_out(opened, desk):
    opened.post(path("plan", 1, 1), data={"t_now": WORDS})
    opened.post(path("plan", 1, 1), data={"t_now": "my sister"})
    assert standing(desk) == {("safety", "now"): "my sister"}
    assert WORDS not in opened.get(path("plan", 1)).text
    opened.post(path("plan", 1, 1), data={"t_now": ""})
    assert "my sister" not in opened.get(path("plan", 1, 1)).text
    assert "Nothing is written in this plan yet" in opened.get(path("plan", 1, "p")).text
    opened.post(path("plan", 1, 1), data={"t_now": "again"})
    assert standing(desk) == {("safety", "now"): "again"}


def test_the_sheet_to_print_holds_what_is_written_and_a_warning_that_is_not_printed(opened):
    opened.post(path("plan", 2, 1), data={"t_warning_signs": "no sleep\ntwo nights"})
    page = opened.get(path("plan", 2, "p")).text
    screen, paper = page.split('<div class="paper">')
    assert "not sealed" in screen.split('<div class="screen">')[1]
    assert "no sleep\ntwo nights" in paper
    assert plan("despair").sections[1].title not in paper


def test_words_typed_and_not_saved_come_back(opened, desk):
    opened.post(path("keep"), data={"draft": "plan-1-1", "words": WORDS})
    assert WORDS in opened.get(path("plan", 1, 1)).text
    opened.post(path("plan", 1, 1), data={"t_now": "kept"})
    assert desk.drafts == {}


@pytest.mark.parametrize("place", [(0,), (3,), (1, 0), (1, 11), (2, 7), (0, "p")])
def test_there_are_no_other_plans_or_parts(place, opened):
    assert opened.get(path("plan", *place)).status_code == 400


@pytest.mark.parametrize("place", [(0,), (3,), (1, 0), (1, 11), (2, 7)])
def test_nothing_is_kept_under_a_place_that_is_not_there(place, opened, desk):
    assert opened.post(path("plan", *place), data={"t_now": "x"}).status_code == 400
    assert standing(desk) == {}


def test_no_paper_holds_a_word_of_a_plan(opened, desk):
    today = date.today()
    gate_open = danger_state(answers([], at=datetime.now()), today)
    opened.post(path("plan", 1), data={f"t_{s.id}": WORDS for s in plan("safety").sections})
    record = Record(tuple(desk.standing), history=tuple(desk.entries))
    papers = [
        for_me(record, danger=gate_open, lines=None, with_odds=False, today=today),
        for_helper(record, danger=gate_open, lines=None, today=today),
        for_lawyer(record, chain_fits=True, today=today),
    ]
    assert [paper for paper in papers if WORDS in paper] == []
