"""`notebook`: a second passphrase beside a journal's own, from the terminal."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest
from cheap_key import new_key

from velveteen.journal import key
from velveteen.journal.entries import Entry, uuid7
from velveteen.journal.notebook import create_pair, is_notebook, open_either
from velveteen.journal.pair import alike
from velveteen.journal.sealed import SealedJournal

from .conftest import PASSPHRASE

NOW = datetime(2026, 1, 5, 12)
SECOND = "quarry lemon harbour pistol window giraffe"


@pytest.fixture(autouse=True)
def cheap_key(monkeypatch):
    monkeypatch.setattr(key, "new_key", new_key)


@pytest.fixture
def filled(cheap_key, journal):
    with SealedJournal.open(journal[1], PASSPHRASE) as sealed:
        sealed.append([Entry(uuid7(), "act", NOW, NOW, {"act": "lied", "n": n}) for n in range(5)])
    return journal


@pytest.fixture
def second_file(written):
    return written("second.txt", SECOND + "\n")


def test_both_passphrases_open_their_own_and_nothing_is_lost(vv, filled, second_file, tmp_path):
    ended = vv("notebook", *filled, "--notebook-passphrase-file", second_file, "--json")
    assert ended.code == 0
    assert ended.json["entries"] == 5
    assert [Path(file).name for file in ended.json["files"]] == ["notes-1.vv", "notes-2.vv"]
    assert not (tmp_path / "notes.vv").exists()
    with open_either(tmp_path / "notes.vv", PASSPHRASE) as sealed:
        assert (len(sealed.entries()), sealed.verify(), is_notebook(sealed)) == (5, None, False)
    with open_either(tmp_path / "notes.vv", SECOND) as sealed:
        assert is_notebook(sealed)


def test_it_says_what_it_cannot_do_and_not_which_file_is_which(vv, filled, second_file):
    ended = vv("notebook", *filled, "--notebook-passphrase-file", second_file)
    said = ended.out + ended.err
    assert "may fail against someone who knows this program" in said
    assert "never promised" in said
    assert said.index("notes-1.vv") < said.index("notes-2.vv")


def test_the_other_commands_go_on_under_the_name_as_before(vv, filled, second_file, written, tmp_path):
    assert vv("notebook", *filled, "--notebook-passphrase-file", second_file).code == 0
    assert vv("verify", *filled, "--json").json["entries"] == 5
    assert vv("backup", *filled, "--out", tmp_path / "kept.age", "--json").json["entries"] == 5
    third = written("third.txt", "pebble magnet violin thunder orchard saddle\n")
    assert vv("passphrase", *filled, "--new-passphrase-file", third).code == 0
    assert vv("verify", "--journal", filled[1], "--passphrase-file", third, "--json").json["entries"] == 5
    assert (
        vv("verify", "--journal", filled[1], "--passphrase-file", second_file, "--json").json["entries"] == 0
    )


@pytest.mark.parametrize(
    ("second", "code"),
    [(PASSPHRASE, "same_passphrase"), ("1234", "pin_passphrase"), ("password", "weak_passphrase")],
)
def test_a_second_one_that_will_not_do_changes_nothing(vv, filled, written, tmp_path, second, code):
    before = (tmp_path / "notes.vv").read_bytes()
    ended = vv("notebook", *filled, "--notebook-passphrase-file", written("bad.txt", second), "--json")
    assert (ended.code, ended.json["error"]["code"]) == (2, code)
    assert (tmp_path / "notes.vv").read_bytes() == before
    assert not (tmp_path / "notes-1.vv").exists()


def test_a_wrong_passphrase_is_told_before_a_second_one_is_asked_for(vv, filled, written):
    wrong = written("wrong.txt", "not this one at all\n")
    ended = vv("notebook", "--journal", filled[1], "--passphrase-file", wrong, "--json")
    assert ended.json["error"]["code"] == "wrong_passphrase"


def test_a_pair_is_not_made_twice(vv, filled, second_file, written):
    assert vv("notebook", *filled, "--notebook-passphrase-file", second_file).code == 0
    third = written("third.txt", "pebble magnet violin thunder orchard saddle\n")
    of_either = [filled[3], second_file]
    answers = [
        vv("notebook", *filled[:2], "--passphrase-file", own, "--notebook-passphrase-file", third, "--json")
        for own in of_either
    ]
    assert answers[0].json["error"]["code"] == "paired_already"
    assert answers[0] == answers[1]


def test_the_look_for_traces_takes_the_name_too(vv, filled, second_file):
    assert vv("notebook", *filled, "--notebook-passphrase-file", second_file).code == 0
    assert vv("doctor", "--journal", filled[1]).code == 0
    assert vv("new", *filled, "--json").json["error"]["code"] == "file_exists"


SECRET = "He threw the plate at the door"
NOTES = [
    Entry(f"01a205a4-962e-7c1e-a805-b58e9bd26bc{n}", "note", NOW, NOW, {}, facts=f"The beans are up, {n}")
    for n in range(3)
]  # the same in each worker: they name tests
DIARY = "date,contact,treated\n2026-01-05,yes,7\n2026-01-06,yes,3\n"
COMMANDS = (
    ("verify", "--json"), ("verify",), ("entries",), ("entries", "--json"), ("doctor", "--json"),
    ("backup", "--out", "kept.age"),
    ("export", "--as", "jsonl", "--out", "notes.jsonl", "--yes"), ("export", "--as", "csv", "--out", "notes.csv", "--yes"),
    ("report", "--out", "paper.html"), ("bundle", "--to", "age1x", "--out", "bundle.age"), ("danger", "--none"),
    ("import", "diary.csv"), ("erase", "--id", NOTES[0].id, "--yes"),
    ("erase", "--id", NOTES[1].id, "--no-trace", "--yes"),
    ("erase", "--id", "0123456789", "--yes"), ("erase", "--yes"), ("new",), ("restore", "kept.age"),
    ("caseload", "read", "."), ("passphrase", "--new-passphrase-file", "new.txt"),
)  # fmt: skip


@pytest.fixture
def two_of_a_kind(tmp_path):
    """A folder with the second notebook of a pair, and one with a journal alone that holds the same."""
    alone, paired = tmp_path / "a", tmp_path / "b"
    for folder in (alone, paired):
        folder.mkdir()
        (folder / "second.txt").write_text(SECOND, "utf-8")
        (folder / "new.txt").write_text("pebble magnet violin thunder orchard saddle", "utf-8")
        (folder / "diary.csv").write_text(DIARY, "utf-8")
    with SealedJournal.create(alone / "notes.vv", SECOND) as sealed:
        sealed.append(NOTES)
    real, second = create_pair(paired / "notes.vv", PASSPHRASE, SECOND)
    with SealedJournal.open(real, PASSPHRASE) as sealed:
        sealed.append([Entry(uuid7(), "note", NOW, NOW, {}, facts=SECRET)])
    with SealedJournal.open(second, SECOND) as sealed:
        sealed.append(NOTES)
    return alone, paired, real


def ran(vv, command, folder, monkeypatch):
    """How a command ends in a folder, less what differs in any two: a moment, a random digit."""
    monkeypatch.chdir(folder)
    ended = vv(*command, "--journal", "notes.vv", "--passphrase-file", "second.txt")
    return (
        ended.code,
        *(re.sub(r"[0-9a-f-]{36}|\S*/[ab]/notes(-\d)?", "…", text) for text in (ended.out, ended.err)),
    )


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_command_tells_the_second_notebook_from_a_journal_alone(vv, two_of_a_kind, monkeypatch, command):
    alone, paired, real = two_of_a_kind
    monkeypatch.setenv("HOME", str(paired))
    answers = [ran(vv, command, folder, monkeypatch) for folder in (alone, paired)]
    assert answers[0] == answers[1]
    assert answers[0][0] in (0, 2, 3)
    written = [file.read_bytes() for file in paired.iterdir()]
    assert not any(SECRET.encode() in data for data in written)
    assert SECRET not in str(answers)
    assert alike(real)
    with SealedJournal.open(real, PASSPHRASE) as sealed:
        assert ([e.facts for e in sealed.entries()], sealed.verify()) == ([SECRET], None)
