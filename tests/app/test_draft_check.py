"""*Before I send*: words beside questions, shown once, kept nowhere; for the person who wants to change alone."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import asdict

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.app.conftest import PASSPHRASE
from tests.app.notes import main

from velveteen.app.desk import DRAFTS
from velveteen.app.draft_check import HELD, LIMITS, NOT_TONIGHT
from velveteen.app.shell import path
from velveteen.guide.pages import page
from velveteen.guide.words import NEVER_SAID, SHAMING, found
from velveteen.messages.coder.features import LONGEST
from velveteen.messages.four_questions import questions

WORDS = "You always do this, zanzibar. You went out again, didn't you?"


def sent(client, words=WORDS):
    assert client.post(path("draft"), data={"message": words}).headers["location"] == path("draft")
    return client.get(path("draft"))


def test_the_words_are_marked_with_the_questions_name_beside_them(changer):
    answer = sent(changer)
    assert '<mark>You always do</mark> <span class="prompt">How it lands</span>' in answer.text
    assert 'didn&#39;t you?</mark> <span class="prompt">Above them</span>' in answer.text
    assert "Look at “You always do”." in main(answer)


@pytest.mark.parametrize("words", [WORDS, "See you at six.", "🙂"])
def test_all_four_questions_the_limits_and_the_way_on_stand_there_whatever_was_written(changer, words):
    said = main(sent(changer, words))
    for always in (*(q.asks for q in questions()), LIMITS, NOT_TONIGHT):
        assert always in said
    assert f'href="{path("today")}">Not tonight</a>' in sent(changer, words).text


@pytest.mark.parametrize("words", [WORDS, "See you at six."])
def test_it_gives_no_leave_to_send_no_score_and_no_other_words(changer, words):
    said = main(sent(changer, words)).lower()
    never = (
        "good to send",
        "safe to send",
        "well done",
        "you could say",
        "try ",
        "instead of",
        "out of 4",
        "%",
        "all clear",
    )
    assert not any(word in said for word in never)
    assert found(said.replace(words.lower(), ""), SHAMING + NEVER_SAID) == []
    assert "score" not in said


def test_it_is_shown_once_and_does_not_come_back_into_the_box(changer, desk):
    answer = sent(changer)
    assert "zanzibar" in answer.text
    assert "<textarea" not in answer.text
    again = changer.get(path("draft"))
    assert "zanzibar" not in again.text
    assert "<textarea" in again.text
    assert desk.held == {}


def test_the_answers_are_kept_by_no_browser_and_the_address_says_nothing(changer):
    answers = [changer.post(path("draft"), data={"message": WORDS}), changer.get(path("draft"))]
    assert all(a.headers["cache-control"] == "no-store" for a in answers)
    assert all(len(path("draft")) < 8 and "?" not in a.headers.get("location", "") for a in answers)
    forms = re.findall("<form[^>]*>", changer.get(path("draft")).text)
    assert len(forms) > 1
    assert all('autocomplete="off"' in form for form in forms)


def everything(desk):
    return json.dumps([asdict(e) for e in desk.entries], default=str)


def test_nothing_of_it_is_sealed_by_saving_leaving_or_locking(changer, desk):
    for last in ("leave", "lock"):
        changer.post(path("draft"), data={"message": WORDS})
        assert desk.drafts == {}
        changer.post(path(last), data={})
        assert desk.locked
        assert desk.held == {}
        desk.open(PASSPHRASE)
        assert desk.journal.kept(DRAFTS) is None
        assert "zanzibar" not in everything(desk)
        assert "zanzibar" not in changer.get(path("draft")).text


def test_the_box_is_none_whose_words_are_held_when_the_page_is_left(changer):
    page = changer.get(path("draft")).text
    assert "data-draft" not in page
    assert 'name="words"' not in page


def test_what_comes_after_another_tab_locked_is_not_held_for_the_first_screen(changer, desk):
    desk.close()
    assert changer.post(path("draft"), data={"message": WORDS}).headers["location"] == path("first")
    assert "zanzibar" not in json.dumps(desk.drafts)
    assert desk.held == {}


def test_a_lock_while_it_is_looked_at_drops_it(changer, desk, monkeypatch):
    async def locks_meanwhile(make, *given):
        desk.close()
        return make(*given)

    monkeypatch.setattr(asyncio, "to_thread", locks_meanwhile)
    changer.post(path("draft"), data={"message": WORDS})
    assert HELD not in desk.held


@pytest.mark.parametrize("side", ["partner", "unsure"])
def test_whoever_may_be_hurt_is_not_asked_to_weigh_their_words(began, desk, side):
    client = began(side)
    assert client.get(path("draft")).headers["location"] == path("today")
    assert client.post(path("draft"), data={"message": WORDS}).headers["location"] == path("today")
    assert desk.held == {}
    assert path("draft") not in client.get(path("today")).text
    assert path("draft") not in client.get(path("read", "before-i-blow")).text


def test_the_way_there_is_on_today_and_on_the_text(changer):
    for address in (path("today"), path("read", "before-i-blow")):
        assert f'href="{path("draft")}">Before I send</a>' in changer.get(address).text


def test_the_text_and_the_page_ask_the_same_four_questions():
    body = page("before-i-blow").body
    assert [q.asks for q in questions() if f"\n   - {q.asks}\n" in body] == [q.asks for q in questions()]
    assert "{" not in body


def test_nothing_written_is_a_sentence(changer):
    answer = changer.post(path("draft"), data={"message": "  "})
    assert "Nothing was written" in main(changer.get(answer.headers["location"]))


def test_words_that_look_like_a_page_stay_words(changer):
    assert "<b>you always</b>" not in sent(changer, "<b>you always</b> do").text


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_whatever_is_written_gives_a_page_with_the_four_questions(changer, desk, words):
    answer = changer.post(path("draft"), data={"message": words})
    shown = changer.get(answer.headers["location"])
    assert (answer.status_code, shown.status_code) == (303, 200)
    assert all(q.asks in main(shown) for q in questions())
    assert desk.held == {}


def test_of_a_long_message_it_says_what_was_not_looked_at(changer):
    said = main(sent(changer, "so it goes " * 200 + "zanzibar"))
    assert "Only the first 2,000 letters were looked at" in said
    assert "zanzibar" not in said
    assert LONGEST == 2000


def test_somebody_who_thinks_of_dying_or_fears_to_hurt_finds_the_way_to_help(changer):
    assert f'href="{path("help")}"' in sent(changer).text
