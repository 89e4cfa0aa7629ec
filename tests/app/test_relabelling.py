"""*Does this hurt?*: one message at a time, nothing told of how it was counted, and what it changes."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace

import pytest
from tests.app.notes import main
from tests.app.records import no_signs
from tests.measure.coded import answers_to, hurting_chat

from velveteen.app import chat_counts, weighing
from velveteen.app.shell import path
from velveteen.app.weighing import Question
from velveteen.guide.danger import danger_state
from velveteen.measure.channels import registry
from velveteen.measure.coded_weeks import HURT
from velveteen.measure.relabel_draw import household_channels, relabelling


@pytest.fixture
def chat(opened, desk):
    desk.add(hurting_chat(), by_hand=False)
    return opened


def answer(client, hurts):
    page = client.get(path("relabel", "1"))
    (which,) = re.findall(r'name="which" value="([^"]+)"', page.text)
    return client.post(path("relabel", "1"), data={"which": which, "hurts": hurts})


def test_before_it_begins_it_says_what_is_asked_and_that_one_may_stop(chat):
    words = main(chat.get(path("relabel")))
    assert "Does this hurt?" in words
    assert "You can stop at any time" in words
    assert "0 of 40 answered" in words


def test_one_message_stands_alone_and_nothing_tells_how_it_was_counted(chat, desk):
    first = relabelling(desk.entries).waiting[0]
    page = chat.get(path("relabel", "1")).text
    inside = page.partition("<main")[2].partition("</main>")[0]
    assert inside.count("<blockquote") == 1
    assert first.line.text in inside
    for told in (
        first.line.ref,
        "counted",
        "2024",
        "flagged",
        "order",
        *(c for c in first.line.codes if c not in first.line.text),
    ):
        assert told not in inside.replace(first.line.text, "")


def test_pages_of_both_sorts_of_message_differ_in_nothing_but_words_and_number(chat, desk):
    shapes = set()
    for _ in range(8):
        item = relabelling(desk.entries).waiting[0]
        page = chat.get(path("relabel", "1")).text.partition("<h1>")[2].partition("</fieldset>")[0]
        shapes.add(re.sub(r"\d+ of 40|value=\"[0-9a-f]{16}\"", "", page.replace(item.line.text, "")))
        answer(chat, "no")
        desk.latest = []
    assert len(shapes) == 1


def test_an_answer_is_kept_without_a_word_of_the_message(chat, desk):
    item = relabelling(desk.entries).waiting[0]
    assert answer(chat, "yes").headers["location"] == path("relabel", "1")
    (kept,) = [e for e in desk.standing if e.kind == "relabel"]
    assert kept.payload == {"message": item.line.ref, "counted": item.counted, "hurts": "yes"}
    assert kept.at == item.line.at
    assert "2 of 40" in main(chat.get(path("relabel", "1")))


@pytest.mark.parametrize(
    "form", [{}, {"hurts": "yes"}, {"hurts": "maybe"}, {"which": "0" * 16, "hurts": "yes"}]
)
def test_what_fits_no_message_or_no_answer_is_not_kept(chat, desk, form):
    assert chat.post(path("relabel", "1"), data=form).status_code == 303
    assert not [e for e in desk.entries if e.kind == "relabel"]


def test_an_answer_sent_twice_is_kept_once(chat, desk):
    page = chat.get(path("relabel", "1"))
    (which,) = re.findall(r'name="which" value="([^"]+)"', page.text)
    for _ in range(2):
        chat.post(path("relabel", "1"), data={"which": which, "hurts": "no"})
    assert len([e for e in desk.entries if e.kind == "relabel"]) == 1


def test_the_last_answer_can_be_taken_back_in_one_tap(chat, desk):
    assert "Take the last answer back" not in chat.get(path("relabel", "1")).text
    before = main(chat.get(path("relabel", "1")))
    answer(chat, "yes")
    assert "Take the last answer back" in chat.get(path("relabel", "1")).text
    chat.post(path("relabel", "2"))
    assert main(chat.get(path("relabel", "1"))) == before
    assert chat.post(path("relabel", "2")).status_code == 303
    assert "relabel" not in main(chat.get(path("record"))).lower()


def test_what_it_came_to_is_said_and_the_page_of_counts_reckons_with_it(chat, desk):
    desk.add(answers_to(relabelling(desk.entries), lambda i: "yes" if i.counted else "no"), by_hand=False)
    words = main(chat.get(path("relabel")))
    assert "Of 20 messages counted as hurting you called 20 so." in words
    assert "Nothing is left to be asked." in words
    assert "Your own answers are reckoned in." in main(chat.get(f"{path('counted', 4)}?y=2024"))
    assert chat.get(path("relabel", "1")).headers["location"] == path("relabel")


def test_without_a_chat_it_says_so(opened):
    assert "Once a chat in English is read in" in main(opened.get(path("relabel")))
    assert opened.get(path("relabel", "1")).headers["location"] == path("relabel")


def test_nobody_is_judge_of_their_own_words(changer):
    for page in (path("relabel"), path("relabel", "1")):
        assert changer.get(page).status_code == 400
    assert changer.post(path("relabel", "2")).status_code == 400


def test_the_answers_reach_the_judge(chat, desk, monkeypatch):
    desk.add(answers_to(relabelling(desk.entries), lambda i: "yes" if i.counted else "no"), by_hand=False)
    channels = household_channels(desk.entries)
    given = {}

    def judge(cells, points, channels, **more):
        given.update(channels)
        raise InterruptedError

    monkeypatch.setattr("velveteen.judge.api.judge", judge)
    today = desk.entries[-1].written.date()
    danger = danger_state(no_signs(), today)
    question = Question((), (), (), "none", danger, today, "", 0, "", None, channels)
    with pytest.raises(InterruptedError):
        weighing.weighed(question, lambda *_: None)
    assert given[HURT].coder != registry()[HURT].coder
    assert given == {HURT: replace(registry()[HURT], coder=given[HURT].coder)}


def test_the_question_that_is_weighed_carries_them(chat, desk):
    desk.add(answers_to(relabelling(desk.entries), lambda i: "yes" if i.counted else "no"), by_hand=False)
    assert list(asyncio.run(chat_counts.household_of(desk))) == [HURT]
