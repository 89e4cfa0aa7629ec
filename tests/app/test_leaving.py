"""Leaving: unsaved words are sealed, the notes are locked, and the page that is left says nothing."""

import asyncio
import json
from types import SimpleNamespace

import pytest
from tests.app.conftest import PASSPHRASE

from velveteen.app.desk import DRAFTS
from velveteen.app.forms import LONGEST
from velveteen.app.shell import path
from velveteen.journal.sealed import SealedJournal
from velveteen.problems import Refused

WORDS = "He said he would"


def test_leaving_seals_what_was_typed_locks_and_shows_an_empty_page(opened, desk, locks):
    answer = opened.post(path("leave"), data={"draft": "sentence", "words": WORDS})
    assert locks == ["locked"]
    assert desk.locked
    assert "<body></body>" in answer.text
    assert WORDS not in answer.text
    desk.open(PASSPHRASE)
    assert json.loads(desk.journal.kept(DRAFTS)) == {"sentence": WORDS}
    assert WORDS in opened.get(path("today")).text


def test_words_that_are_saved_after_all_are_no_longer_a_draft(opened, desk):
    opened.post(path("keep"), data={"draft": "sentence", "words": WORDS})
    opened.post(path("sentence"), data={"words": WORDS})
    desk.close()
    desk.open(PASSPHRASE)
    assert desk.journal.kept(DRAFTS) is None


def test_the_owner_s_own_page_follows_where_one_is_chosen(opened, desk):
    desk.set(leave_to='https://weather.example/?a="b"')
    page = opened.post(path("leave"), data={}).text
    assert "https://weather.example/?a=&quot;b&quot;" in page


def test_before_there_are_notes_leaving_drops_the_words_and_says_so_beforehand(client, desk, locks, tmp_path):
    client.post(path("keep"), data={"draft": "tonight", "words": WORDS})
    assert desk.drafts == {"tonight": WORDS}
    assert "leaving now drops it" in client.get("/n/").text.lower()
    client.post(path("leave"), data={"draft": "tonight", "words": WORDS})
    assert locks == ["locked"]
    assert list(tmp_path.rglob("*")) == []


def test_a_locked_page_holds_no_words_but_those_of_the_first_screen(opened, desk):
    desk.close()
    opened.post(path("keep"), data={"draft": "sentence", "words": WORDS})
    assert desk.drafts == {}


def test_words_of_a_page_with_a_name_too_long_are_not_held(opened, desk):
    opened.post(path("keep"), data={"draft": "x" * 41, "words": WORDS})
    assert desk.drafts == {}


def test_a_page_behind_its_cover_learns_that_the_notes_were_locked(opened, desk):
    assert opened.post(path("alive")).status_code == 204
    desk.close()
    assert opened.post(path("alive")).status_code == 205


def test_lock_leads_back_to_the_first_screen(opened, locks):
    assert f"url={path('first')}" in opened.post(path("lock"), data={}).text
    assert locks == ["locked"]


def test_every_request_shows_that_somebody_is_there(opened, desk, monkeypatch):
    now = {"is": 100.0}
    monkeypatch.setattr("velveteen.app.desk.time", SimpleNamespace(monotonic=lambda: now["is"]))
    desk.touch()
    now["is"] = 500.0
    assert desk.alone_for() == 400.0
    opened.post(path("alive"))
    assert desk.alone_for() == 0.0


@pytest.mark.parametrize("page", ["leave", "lock"])
@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=x", b"--x\r\nbroken"),
        ("application/x-www-form-urlencoded", b"a=1&" * 6000),
        ("application/x-www-form-urlencoded", b"draft=sentence&words=" + b"w" * (LONGEST + 1)),
    ],
)
def test_a_form_that_cannot_be_read_locks_all_the_same(opened, desk, locks, page, kind, body):
    answer = opened.post(path(page), content=body, headers={"content-type": kind})
    assert answer.status_code == 200
    assert locks == ["locked"]
    assert desk.locked


def test_of_words_too_long_to_be_saved_the_beginning_is_sealed(opened, desk):
    opened.post(path("leave"), data={"draft": "sentence", "words": WORDS + "w" * LONGEST})
    desk.open(PASSPHRASE)
    assert desk.drafts["sentence"] == (WORDS + "w" * LONGEST)[:LONGEST]


@pytest.mark.parametrize("page", ["leave", "lock"])
def test_a_file_that_cannot_be_read_any_more_locks_all_the_same(opened, locks, monkeypatch, page):
    def trouble(_):
        raise Refused("disk_trouble", "The disk does not answer.")

    monkeypatch.setattr(SealedJournal, "version", trouble)
    assert opened.post(path(page), data={}).status_code == 200
    assert locks == ["locked"]


def test_a_lock_waits_for_words_on_their_way_only_so_long(opened, locks, monkeypatch):
    async def never(_):
        await asyncio.sleep(60)

    monkeypatch.setattr("velveteen.app.leaving.SECONDS", 0.01)
    monkeypatch.setattr("velveteen.app.leaving.read_form", never)
    opened.post(path("leave"), data={})
    assert locks == ["locked"]


def test_words_that_cannot_be_sealed_leave_nothing_open(opened, desk, monkeypatch):
    def full(*_):
        raise Refused("disk_full", "The disk is full.")

    desk.drafts["sentence"] = WORDS
    monkeypatch.setattr(SealedJournal, "keep", full)
    monkeypatch.setattr(SealedJournal, "close", full)
    with pytest.raises(Refused):
        desk.close()
    assert desk.locked
    assert desk.drafts == {}
