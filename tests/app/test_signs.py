"""The sixteen questions: the reason first, no answer chosen for anyone, and a yes leads to safety before anything else."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from velveteen.app.shell import path
from velveteen.guide.danger import answer, answers, danger_state, label, signs, why
from velveteen.journal.entries import Entry, uuid7

NUMBER = {sign.id: n for n, sign in enumerate(signs(), 1)}
ALL = {f"sign_{n}": "no" for n in NUMBER.values()}
LATELY = datetime.now() - timedelta(days=3)
LONG_AGO = datetime.now() - timedelta(days=400)


def state(desk):
    return danger_state(desk.entries, date.today())


def asked(page, sign):
    return f'name="sign_{NUMBER[sign]}"' in page


def test_the_reason_stands_before_the_first_question_and_nothing_is_chosen(opened):
    page = opened.get(path("signs")).text
    assert page.index(why()[:60]) < page.index("<legend>")
    assert page.count("<legend>") == len(signs())
    assert "checked" not in page


def test_answers_are_kept_and_open_the_gate(opened, desk):
    assert opened.post(path("signs"), data=ALL).headers["location"] == path("signs") + "?s=kept"
    assert not state(desk).closed


def test_after_any_yes_the_safety_page_comes_first(opened, desk):
    sent = ALL | {f"sign_{NUMBER['gun_in_reach']}": "yes"}
    assert opened.post(path("signs"), data=sent).headers["location"] == path("safety")
    assert state(desk).standing == ("gun_in_reach",)
    assert state(desk).unanswered == ()


def test_i_cannot_say_leaves_it_open_and_takes_an_earlier_no_away(opened, desk):
    opened.post(path("signs"), data=ALL)
    opened.post(path("signs"), data={f"sign_{NUMBER['afraid_now']}": "unsure"})
    assert state(desk).unanswered == ("afraid_now",)


def test_a_question_that_was_passed_over_stays_open(opened, desk):
    some = {k: v for k, v in ALL.items() if k != f"sign_{NUMBER['stalking']}"}
    assert opened.post(path("signs"), data=some).headers["location"] == path("signs") + "?s=open"
    assert state(desk).unanswered == ("stalking",)


def test_nothing_chosen_nothing_written(opened, desk):
    before = len(desk.entries)
    assert opened.post(path("signs"), data={}).headers["location"] == path("signs") + "?s=nothing"
    assert len(desk.entries) == before


def test_what_stands_for_good_is_not_asked_again_and_a_no_does_not_lower_it(opened, desk):
    desk.add([answer("strangled", "yes", at=LONG_AGO)])
    assert not asked(opened.get(path("signs")).text, "strangled")
    opened.post(path("signs"), data=ALL)
    assert state(desk).standing == ("strangled",)


def test_afraid_now_is_asked_again_and_its_no_counts(opened, desk):
    desk.add([answer("afraid_now", "yes", at=LONG_AGO)])
    assert asked(opened.get(path("signs")).text, "afraid_now")
    opened.post(path("signs"), data=ALL)
    assert state(desk).standing == ()


def test_a_month_later_they_are_asked_again(opened, desk):
    desk.add(answers([], at=LATELY))
    assert "Asked now" not in opened.get(path("signs")).text
    assert "are due" not in opened.get(path("safety")).text
    desk.add(answers([], at=datetime.now() - timedelta(days=40)))
    assert "Asked now" in opened.get(path("signs")).text
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


def test_only_noes_against_words_of_harm_are_questioned_once(opened, desk):
    desk.add([Entry(uuid7(), "act", LATELY, LATELY, {"act": "hurt"}, facts="he choked me")])
    answer_ = opened.post(path("signs"), data=ALL)
    assert answer_.status_code == 200
    assert "“choked”" in answer_.text
    assert [e for e in desk.entries if e.kind == "danger"] == []
    assert answer_.text.count("checked") == len(signs())
    opened.post(path("signs"), data=ALL | {"sure": "yes"})
    assert not state(desk).closed


def test_no_address_names_a_sign(opened, desk):
    desk.add(answers([s.id for s in signs()], at=LATELY))
    page = opened.get(path("signs")).text
    assert [s.id for s in signs() if f"/{s.id}" in page] == []


def test_no_page_says_that_a_day_is_not_free_or_that_danger_is_low(opened, desk):
    opened.post(path("signs"), data=ALL)
    pages = [opened.get(path(name)).text.lower() for name in ("signs", "safety")]
    assert [
        p for p in pages for word in ("low risk", "no danger", "you are safe", "not free") if word in p
    ] == []


def test_who_wants_to_change_is_sent_to_their_lines(changer, desk):
    assert changer.get(path("signs")).headers["location"] == path("safety")
    assert changer.post(path("signs"), data=ALL).headers["location"] == path("safety")
    assert changer.get(path("signs", 1)).status_code == 400
    assert [e for e in desk.entries if e.kind == "danger"] == []
