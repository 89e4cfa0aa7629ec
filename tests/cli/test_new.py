"""`new`: a journal is begun, and a weak passphrase, a wrong country or a file that stands there changes nothing."""

from __future__ import annotations

import io
import sys

import pytest

from velveteen.cli import passphrases
from velveteen.cli.opened import settings
from velveteen.journal.sealed import SealedJournal

from .conftest import PASSPHRASE


def entries(path, passphrase=PASSPHRASE):
    with SealedJournal.open(path, passphrase) as sealed:
        return sealed.entries()


def test_a_journal_with_its_settings(vv, tmp_path, passphrase_file):
    path = tmp_path / "notes.vv"
    ended = vv(
        "new",
        "--journal",
        path,
        "--passphrase-file",
        passphrase_file,
        "--country",
        "us",
        "--title",
        "Mine",
        "--json",
    )
    assert ended.code == 0
    assert ended.json == {"schema": 1, "journal": str(path), "entries": 2}
    assert settings(entries(path)) == {"country": "US", "title": "Mine"}


def test_without_country_or_title_it_is_empty(vv, tmp_path, passphrase_file):
    assert vv("new", "--journal", tmp_path / "notes.vv", "--passphrase-file", passphrase_file).code == 0
    assert entries(tmp_path / "notes.vv") == []


def test_the_passphrase_from_standard_input(vv, tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PASSPHRASE.encode() + b"\n")))
    assert vv("new", "--journal", tmp_path / "notes.vv", "--passphrase-file", "-").code == 0
    assert entries(tmp_path / "notes.vv") == []


@pytest.mark.parametrize(
    ("weak", "code"), [("1234", "pin_passphrase"), ("password", "weak_passphrase"), ("", "passphrase_file")]
)
def test_a_weak_passphrase_makes_no_journal(vv, tmp_path, written, weak, code):
    ended = vv(
        "new", "--journal", tmp_path / "notes.vv", "--passphrase-file", written("weak.txt", weak), "--json"
    )
    assert ended.code == 2
    assert ended.json["error"]["code"] == code
    assert not (tmp_path / "notes.vv").exists()


def test_a_country_without_lines_makes_no_journal(vv, tmp_path, passphrase_file):
    ended = vv(
        "new", "--journal", tmp_path / "notes.vv", "--passphrase-file", passphrase_file, "--country", "XX"
    )
    assert ended.code == 2
    assert "help-now" in ended.err
    assert not (tmp_path / "notes.vv").exists()


def test_a_file_that_stands_there_is_not_touched(vv, written, passphrase_file):
    path = written("notes.vv", "somebody's shopping list")
    ended = vv("new", "--journal", path, "--passphrase-file", passphrase_file)
    assert ended.code == 2
    assert path.read_text() == "somebody's shopping list"


def test_nobody_to_ask_is_said(vv, tmp_path):
    ended = vv("new", "--journal", tmp_path / "notes.vv", "--json")
    assert ended.code == 2
    assert ended.json["error"]["code"] == "passphrase_needed"
    assert "--passphrase-file" in ended.err


@pytest.fixture
def terminal(monkeypatch):
    """Somebody sits there: typed lines answer the questions, hidden ones the passphrases."""

    def sit(typed="", hidden=()):
        waiting = iter(hidden)
        monkeypatch.setattr(passphrases, "person_is_here", lambda: True)
        monkeypatch.setattr(passphrases, "getpass", lambda _: next(waiting))
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))

    return sit


def test_on_a_terminal_a_generated_passphrase_is_offered_first(vv, tmp_path, terminal):
    terminal(typed="y\n")
    ended = vv("new", "--journal", tmp_path / "notes.vv")
    assert ended.code == 0
    offered = next(line.strip() for line in ended.err.splitlines() if line.startswith("    "))
    assert len(offered.split()) == 6
    assert entries(tmp_path / "notes.vv", offered) == []


def test_an_own_passphrase_is_judged_and_typed_twice(vv, tmp_path, terminal):
    terminal(typed="n\n", hidden=["1234", PASSPHRASE, "something else", PASSPHRASE, PASSPHRASE])
    ended = vv("new", "--journal", tmp_path / "notes.vv")
    assert ended.code == 0
    assert "number alone" in ended.err
    assert "different" in ended.err
    assert PASSPHRASE not in ended.out + ended.err
    assert entries(tmp_path / "notes.vv") == []


def test_an_existing_journal_asks_for_its_passphrase(vv, journal, terminal):
    terminal(hidden=[PASSPHRASE])
    assert vv("danger", "--journal", journal[1], "--none").code == 0


def test_leaving_at_the_question_makes_no_journal(vv, tmp_path, terminal):
    terminal(typed="")
    assert vv("new", "--journal", tmp_path / "notes.vv").code == 130
    assert not (tmp_path / "notes.vv").exists()
