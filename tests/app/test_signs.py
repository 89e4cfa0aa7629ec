"""The way to the sixteen questions, the reason first; and the one way to take an answer back."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import pytest
from tests.app.records import answered

from velveteen.app.shell import path
from velveteen.app.steps import STEPS
from velveteen.guide.danger import answer, answers, danger_state, label, signs, why

NUMBER = {sign.id: n for n, sign in enumerate(signs(), 1)}
LATELY = datetime.now() - timedelta(days=3)


def state(desk):
    return danger_state(desk.entries, date.today())


def test_the_reason_stands_before_the_way_to_the_questions(opened):
    page = opened.get(path("signs")).text
    assert page.index(why()[:60]) < page.index(path("signs", "p", 1))
    assert "<legend" not in page
    assert [title for title, _ in STEPS if title not in page] == []


def test_it_says_which_pages_have_open_questions_and_leads_on_to_the_first_of_them(opened, desk):
    assert "Begin" in opened.get(path("signs")).text
    desk.add([answer(sign, "no", at=LATELY) for sign in STEPS[0][1]])
    page = opened.get(path("signs")).text
    assert f'class="button main" href="{path("signs", "p", 2)}"' in page
    assert page.index("answered") < page.index("5 open")


def test_a_month_later_they_are_asked_again(opened, desk):
    desk.add(answers([], at=LATELY))
    assert "None is due before" in opened.get(path("signs")).text
    assert "are due" not in opened.get(path("safety")).text
    desk.add(answers([], at=datetime.now() - timedelta(days=40)))
    assert "None is due" not in opened.get(path("signs")).text
    assert "Some are due" in opened.get(path("safety")).text


def test_a_mistake_is_taken_back_only_by_its_own_step(opened, desk):
    desk.add([answer("weapon", "yes", at=LATELY)])
    place = path("signs", NUMBER["weapon"])
    assert f'href="{place}"' in opened.get(path("signs")).text
    assert label("weapon") in opened.get(place).text
    opened.post(place, data={})
    assert state(desk).standing == ("weapon",)
    assert opened.post(place, data={"mistake": "yes"}).headers["location"] == path("signs") + "?s=back"
    assert state(desk).standing == ()
    assert sum(e.kind == "danger" for e in desk.entries) == 2


@pytest.mark.parametrize("number", [0, 17, 99999, 3])
def test_what_does_not_stand_cannot_be_taken_back(number, opened, desk):
    assert opened.get(path("signs", number)).status_code == 400
    assert opened.post(path("signs", number), data={"mistake": "yes"}).status_code == 400
    assert [e for e in desk.entries if e.kind == "danger"] == []


def test_no_address_names_a_sign(opened, desk):
    desk.add(answers([s.id for s in signs()], at=LATELY))
    pages = [path("signs"), *(path("signs", "p", n) for n in range(1, 5))]
    shown = "".join(opened.get(page).text for page in pages)
    assert [s.id for s in signs() if re.search(rf"[/_]{s.id}\b", shown)] == []


def test_no_page_says_that_a_day_is_not_free_or_that_danger_is_low(opened, desk):
    answered(opened)
    pages = [opened.get(path(name)).text.lower() for name in ("signs", "safety")]
    assert [
        p for p in pages for word in ("low risk", "no danger", "you are safe", "not free") if word in p
    ] == []


def test_who_wants_to_change_is_sent_to_their_lines(changer, desk):
    assert changer.get(path("signs")).headers["location"] == path("safety")
    assert changer.get(path("signs", "p", 1)).headers["location"] == path("safety")
    assert {sent.headers["location"] for sent in answered(changer)} == {path("safety")}
    assert changer.get(path("signs", 1)).status_code == 400
    assert [e for e in desk.entries if e.kind == "danger"] == []
