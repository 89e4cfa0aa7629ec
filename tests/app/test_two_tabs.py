"""Two tabs, a button pressed twice, a lock in between: nothing is added twice and no words are lost."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest
from tests.app.conftest import PASSPHRASE

from velveteen.app.desk import DRAFTS, TWICE
from velveteen.app.shell import path

WORDS = "The plate hit the wall beside me"
SHEET = {"raised": "The money", "answer": "denied", "facts": WORDS}


@pytest.fixture
def clock(monkeypatch):
    now = SimpleNamespace(at=1000.0)
    monkeypatch.setattr("velveteen.app.desk.time", SimpleNamespace(monotonic=lambda: now.at))
    return now


def kinds(desk):
    return [e.kind for e in desk.standing if e.kind != "setting"]


@pytest.mark.parametrize(
    ("page", "data", "kind"),
    [
        (("sentence",), {"words": WORDS}, "note"),
        (("sheet", "2"), SHEET, "confrontation"),
        (("today",), {"day": "calm", "treated": "7"}, "day"),
    ],
)
def test_a_button_pressed_twice_adds_once_and_both_answers_lead_on(opened, desk, page, data, kind):
    first, second = (opened.post(path(*page), data=data) for _ in range(2))
    assert first.status_code == second.status_code == 303
    assert opened.get(second.headers["location"]).status_code in (200, 303)
    assert kinds(desk) == [kind]


def test_the_second_press_leads_to_the_words_that_were_kept(opened):
    first, second = (
        opened.post(path("sentence"), data={"words": WORDS}).headers["location"] for _ in range(2)
    )
    assert first == second


def test_the_same_again_a_while_later_is_a_second_one(opened, desk, clock):
    opened.post(path("sheet", "2"), data=SHEET)
    clock.at += TWICE + 1
    opened.post(path("sheet", "2"), data=SHEET)
    assert kinds(desk) == ["confrontation"] * 2


def test_what_was_erased_meanwhile_can_be_written_again_at_once(opened, desk):
    opened.post(path("sheet", "2"), data=SHEET)
    desk.journal.erase([desk.standing[-1].id], rewrite_chain=True)
    desk.forget()
    opened.post(path("sheet", "2"), data=SHEET)
    assert kinds(desk) == ["confrontation"]


def test_words_that_come_after_another_tab_locked_wait_on_the_first_screen(opened, desk):
    desk.close()
    answer = opened.post(path("sentence"), data={"words": WORDS})
    assert answer.headers["location"] == path("first")
    assert WORDS in opened.get(path("first")).text
    opened.post(path("first"), data={"words": WORDS, "passphrase": PASSPHRASE})
    assert [e.facts for e in desk.standing if e.kind == "note"] == [WORDS]


def test_a_sheet_that_comes_after_a_lock_keeps_its_words_beside_those_that_wait(opened, desk):
    desk.close()
    desk.drafts["tonight"] = "Earlier"
    opened.post(path("sheet", "2"), data={**SHEET, "feelings": "Cold"})
    assert desk.drafts["tonight"] == f"Earlier\n\nThe money\n\n{WORDS}\n\nCold"


def test_no_passphrase_waits_on_the_first_screen(opened, desk):
    desk.close()
    secret = "words that open it all"
    sent = dict.fromkeys(("passphrase", "old", "new", "own", "again", "offered", "second"), secret)
    for page in ("settings", "backup", "done", "papers", "import"):
        opened.post(path(page), data=sent)
    assert secret not in json.dumps(desk.drafts)


def test_unsaved_words_of_an_earlier_tab_are_not_lost_to_an_empty_field(opened, desk):
    opened.post(path("keep"), data={"draft": "tonight", "words": WORDS})
    desk.close()
    opened.post(path("first"), data={"words": "", "passphrase": PASSPHRASE})
    assert [e.facts for e in desk.standing if e.kind == "note"] == [WORDS]


def test_unsaved_words_of_before_and_of_now_are_both_kept(opened, desk):
    opened.post(path("keep"), data={"draft": "tonight", "words": WORDS})
    desk.close()
    assert desk.drafts == {}
    opened.post(path("first"), data={"words": "And now this", "passphrase": PASSPHRASE})
    assert [e.facts for e in desk.standing if e.kind == "note"] == [f"{WORDS}\n\nAnd now this"]
    desk.close()
    desk.open(PASSPHRASE)
    assert desk.journal.kept(DRAFTS) is None
