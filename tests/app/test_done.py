"""I am done: closing seals a last entry and locks, takes nothing out, and writing opens the notes again. Backups."""

from __future__ import annotations

from datetime import date

import pytest
from tests.app.conftest import PASSPHRASE

from velveteen.app.shell import path
from velveteen.journal.backup import restore
from velveteen.journal.sealed import SealedJournal
from velveteen.report.phrases import day

SIDES = pytest.mark.parametrize("side", ["partner", "changer", "unsure"])


@SIDES
def test_it_says_what_happens_and_offers_a_backup_first(side, began):
    page = began(side).get(path("done")).text
    assert page.index(path("backup")) < page.index("Close and lock")
    assert "Nothing in them is changed or taken out" in page


@SIDES
def test_closing_seals_a_last_entry_and_locks(side, began, desk, locks):
    client = began(side)
    before = len(desk.entries)
    answer = client.post(path("done"), data={})
    assert (answer.status_code, answer.headers["location"]) == (307, path("lock"))
    client.post(answer.headers["location"], data={})
    assert locks == ["locked"]
    desk.open(PASSPHRASE)
    assert [e.kind for e in desk.entries[before:]] == ["closed"]
    assert f"You closed these notes on {day(date.today())}" in client.get(path("me")).text


def test_closing_twice_is_one_entry_and_writing_opens_them_again(opened, desk):
    opened.post(path("done"), data={})
    opened.post(path("done"), data={})
    assert [e.kind for e in desk.entries].count("closed") == 1
    desk.set(country="IE")
    assert "You closed these notes" in opened.get(path("me")).text
    opened.post(path("sheet", "10"), data={"who": "Ana"})
    assert "You closed these notes" not in opened.get(path("me")).text


@SIDES
def test_a_backup_is_sealed_and_brings_everything_back(side, began, desk, tmp_path):
    client = began(side)
    client.post(path("sheet", "10"), data={"who": "Ana"})
    answer = client.post(path("backup"), data={"passphrase": PASSPHRASE})
    assert answer.headers["content-disposition"] == 'attachment; filename="notes.age"'
    assert b"Ana" not in answer.content
    (tmp_path / "b.age").write_bytes(answer.content)
    restore(tmp_path / "b.age", tmp_path / "again", PASSPHRASE, PASSPHRASE)
    with SealedJournal.open(tmp_path / "again", PASSPHRASE) as again:
        assert again.entries() == desk.entries
        assert again.verify() is None


@pytest.mark.parametrize("typed", ["", "not this one"])
def test_no_backup_without_the_passphrase(typed, opened):
    answer = opened.post(path("backup"), data={"passphrase": typed})
    assert answer.status_code == 400
    assert "content-disposition" not in answer.headers


def test_the_command_that_brings_it_back_is_told(opened):
    assert "velveteen restore notes.age --journal again.vv" in opened.get(path("backup")).text


def test_while_locked_nothing_leaves_and_nothing_is_closed(opened, desk):
    desk.close()
    for name in ("backup", "done"):
        assert opened.post(path(name), data={"passphrase": PASSPHRASE}).headers["location"] == path("first")
    desk.open(PASSPHRASE)
    assert "closed" not in [e.kind for e in desk.entries]
