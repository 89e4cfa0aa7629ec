"""Four pages of questions: each is kept when one goes on, and a yes counts at once, however the page is left."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from html import unescape

import pytest
from tests.app.records import answered, chosen, page_of

from velveteen.app.shell import path
from velveteen.app.steps import STEPS
from velveteen.guide.danger import answer, answers, danger_state, label, signs
from velveteen.journal.entries import Entry, uuid7

NUMBER = {sign.id: n for n, sign in enumerate(signs(), 1)}
LATELY = datetime.now() - timedelta(days=3)
LONG_AGO = datetime.now() - timedelta(days=400)
FIRST, LAST = path("signs", "p", 1), path("signs", "p", len(STEPS))


def state(desk):
    return danger_state(desk.entries, date.today())


def field(sign):
    return f"sign_{NUMBER[sign]}"


def told(desk):
    return [e for e in desk.entries if e.kind in ("danger", "unsure")]


def test_each_question_is_asked_on_one_page_and_no_page_asks_more_than_five(opened):
    asked = [sign for _, ids in STEPS for sign in ids]
    assert sorted(asked) == sorted(NUMBER)
    assert max(len(ids) for _, ids in STEPS) <= 5


def test_afraid_now_is_the_first_question_and_whatever_stands_for_good_comes_before_the_rest():
    asked = [sign for _, ids in STEPS for sign in ids]
    assert asked[:4] == ["afraid_now", "strangled", "weapon", "threat_to_kill"]
    rest = [next(s.stands for s in signs() if s.id == sign) for sign in asked[1:]]
    assert rest == sorted(rest, reverse=True)


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_a_page_asks_its_own_questions_with_nothing_chosen_and_says_where_one_is(number, opened):
    page = opened.get(path("signs", "p", number)).text
    assert re.findall(r'name="sign_(\d+)" value="yes"', page) == [
        str(NUMBER[i]) for i in STEPS[number - 1][1]
    ]
    assert page.count("I cannot say") == len(STEPS[number - 1][1])
    assert f"{number} of 4" in page
    assert "checked" not in page
    assert "Leave now" in page
    back = path("signs", "p", number - 1) if number > 1 else path("signs")
    assert f'<a href="{back}">Back</a>' in page


def test_one_page_leads_to_the_next_and_the_last_back_to_all_and_opens_the_gate(opened, desk):
    sent = [sent.headers["location"] for sent in answered(opened)]
    assert sent == [*(path("signs", "p", n) for n in (2, 3, 4)), path("signs") + "?s=kept"]
    assert not state(desk).closed


def test_what_was_answered_is_kept_when_one_stops_half_way(opened, desk):
    opened.post(FIRST, data=chosen()[0])
    assert {e.payload["sign"] for e in told(desk)} == set(STEPS[0][1])
    assert state(desk).closed
    assert set(state(desk).unanswered) == {sign for _, ids in STEPS[1:] for sign in ids}


@pytest.mark.parametrize("sign", [s.id for s in signs()])
def test_a_yes_stands_at_once_and_leads_to_safety_though_nothing_else_was_answered(sign, opened, desk):
    sent = opened.post(page_of(sign), data={field(sign): "yes"})
    assert sent.headers["location"].split("?")[0] == path("safety")
    assert state(desk).standing == (sign,)
    page = unescape(opened.get(path("safety")).text)
    assert page.index(label(sign)) < page.index("Who can be reached")
    assert "Some questions are still open" in page


def test_from_safety_one_goes_on_after_the_page_that_led_there(opened):
    here = opened.post(FIRST, data={field("afraid_now"): "yes"}).headers["location"]
    assert here == path("safety") + "?s=1"
    assert f'href="{path("signs", "p", 2)}">Go on with the questions' in opened.get(here).text
    assert f'href="{path("signs", "p", 1)}">Go on with the questions' in opened.get(path("safety")).text
    assert (
        f'href="{path("signs", "p", 1)}">Go on with the questions' in opened.get(path("safety") + "?s=4").text
    )


@pytest.mark.parametrize("said", ["", "x", "-1", "²", "9" * 5000])
def test_any_word_in_the_address_of_safety_is_borne(said, opened, desk):
    desk.add([answer("afraid_now", "yes", at=LATELY)])
    assert "Go on with the questions" in opened.get(path("safety"), params={"s": said}).text


def test_once_all_is_answered_safety_asks_for_nothing_more(opened):
    answered(opened, afraid_now="yes")
    assert "still open" not in opened.get(path("safety")).text


def test_i_cannot_say_leaves_it_open_and_takes_an_earlier_no_away(opened, desk):
    answered(opened)
    opened.post(FIRST, data={field("afraid_now"): "unsure"})
    assert state(desk).unanswered == ("afraid_now",)


def test_a_question_that_was_passed_over_stays_open(opened, desk):
    assert answered(opened, stalking="")[-1].headers["location"] == path("signs") + "?s=open"
    assert state(desk).unanswered == ("stalking",)


def test_a_page_that_was_passed_over_leads_on_and_writes_nothing(opened, desk):
    before = len(desk.entries)
    assert opened.post(FIRST, data={}).headers["location"] == path("signs", "p", 2)
    assert opened.post(LAST, data={}).headers["location"] == path("signs") + "?s=open"
    assert len(desk.entries) == before
    desk.add(answers([], at=LATELY))
    assert opened.post(LAST, data={}).headers["location"] == path("signs") + "?s=nothing"


def test_a_page_takes_no_answer_to_another_page_s_question(opened, desk):
    opened.post(FIRST, data={field("own_despair"): "no"})
    assert told(desk) == []


def test_what_stands_for_good_is_not_asked_again_and_a_no_does_not_lower_it(opened, desk):
    desk.add([answer("strangled", "yes", at=LONG_AGO)])
    page = opened.get(FIRST).text
    assert f'name="{field("strangled")}"' not in page
    assert f"it stands: {label('strangled')}" in page
    answered(opened)
    assert state(desk).standing == ("strangled",)


def test_afraid_now_is_asked_again_and_its_no_counts(opened, desk):
    desk.add([answer("afraid_now", "yes", at=LONG_AGO)])
    page = opened.get(FIRST).text
    assert f'name="{field("afraid_now")}"' in page
    assert "You said yes." in page
    answered(opened)
    assert state(desk).standing == ()


def test_going_back_shows_what_was_said_and_a_new_answer_counts(opened, desk):
    opened.post(FIRST, data=chosen()[0])
    page = opened.get(FIRST).text
    assert page.count("You said no, less than a month ago.") == len(STEPS[0][1])
    opened.post(FIRST, data={field("weapon"): "yes"})
    assert state(desk).standing == ("weapon",)


def test_only_noes_against_words_of_harm_are_questioned_before_the_gate_opens(opened, desk):
    desk.add([Entry(uuid7(), "act", LATELY, LATELY, {"act": "hurt"}, facts="he choked me")])
    *_, last = answered(opened)
    assert last.status_code == 200
    assert "“choked”" in last.text
    assert last.text.count("checked") == len(STEPS[-1][1])
    assert set(state(desk).unanswered) == set(STEPS[-1][1])
    opened.post(LAST, data=chosen()[-1] | {"sure": "yes"})
    assert not state(desk).closed


def test_no_order_of_the_pages_opens_the_gate_against_words_of_harm(opened, desk):
    desk.add([Entry(uuid7(), "act", LATELY, LATELY, {"act": "hurt"}, facts="he choked me")])
    for number in (4, 2, 1, 3):
        opened.post(path("signs", "p", number), data=chosen()[number - 1])
    assert state(desk).closed


def test_a_yes_that_was_chosen_counts_though_the_page_was_left_without_its_button(opened, desk):
    desk.add(answers([], at=LATELY))
    opened.post(
        path("keep"), data={field("weapon"): "yes", field("afraid_now"): "no", field("stalking"): "unsure"}
    )
    assert state(desk).standing == ("weapon",)
    assert state(desk).unanswered == ()


def test_leave_now_seals_a_yes_before_it_locks(opened, desk, locks):
    desk.add(answers([], at=LATELY))
    opened.post(path("leave"), data={field("afraid_now"): "yes"})
    assert locks == ["locked"]
    desk.open("seven quiet herons cross a field")
    assert state(desk).standing == ("afraid_now",)


def test_leaving_twice_writes_a_yes_once(opened, desk):
    for _ in range(2):
        opened.post(path("keep"), data={field("weapon"): "yes", field("afraid_now"): "yes"})
    assert len(told(desk)) == 2


def test_leaving_says_nothing_for_who_wants_to_change_or_while_the_notes_are_locked(changer, desk):
    assert changer.post(path("keep"), data={field("weapon"): "yes"}).status_code == 204
    assert told(desk) == []
    desk.close()
    assert changer.post(path("keep"), data={field("weapon"): "yes"}).status_code == 204


@pytest.mark.parametrize("number", [0, 5, 99])
def test_there_are_four_pages(number, opened):
    assert opened.get(path("signs", "p", number)).status_code == 400
    assert opened.post(path("signs", "p", number), data=chosen()[0]).status_code == 400


def test_while_locked_a_page_asks_for_the_passphrase_and_keeps_nothing(opened, desk):
    desk.close()
    assert opened.get(FIRST).headers["location"] == path("first")
    assert opened.post(FIRST, data=chosen()[0]).headers["location"] == path("first")
