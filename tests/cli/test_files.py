"""`verify`, `backup`, `restore` and `passphrase`: plain sentences, and nothing lost by any slip."""

from __future__ import annotations

from datetime import datetime

import pyrage
import pytest

from velveteen.cli import passphrases
from velveteen.journal.entries import Entry, uuid7
from velveteen.journal.sealed import SealedJournal

from .conftest import PASSPHRASE

NOW = datetime(2026, 1, 5, 12)
OTHER = "quarry lemon harbour pistol window giraffe"


@pytest.fixture
def filled(journal):
    """The options of a journal with five entries."""
    with SealedJournal.open(journal[1], PASSPHRASE) as sealed:
        sealed.append([Entry(uuid7(), "act", NOW, NOW, {"act": "lied", "n": n}) for n in range(5)])
    return journal


@pytest.fixture
def other_file(written):
    return written("other.txt", OTHER + "\n")


@pytest.fixture
def quick_age(monkeypatch):
    """Without the second that a backup's passphrase costs on purpose."""
    head = b"age-encryption.org/v1\n"

    def encrypt(data, passphrase):
        return head + passphrase.encode() + b"\n" + data

    def decrypt(data, passphrase):
        given, _, text = data.removeprefix(head).partition(b"\n")
        if given != passphrase.encode():
            raise pyrage.DecryptError("Decryption failed")
        return text

    monkeypatch.setattr(pyrage.passphrase, "encrypt", encrypt)
    monkeypatch.setattr(pyrage.passphrase, "decrypt", decrypt)


def entries_of(path, passphrase=PASSPHRASE):
    with SealedJournal.open(path, passphrase) as sealed:
        return sealed.entries()


def test_verify_says_that_all_fit(vv, filled):
    ended = vv("verify", *filled)
    assert (ended.code, ended.out.strip()) == (0, "5 entries are as written, each in its place.")


def test_verify_counts_what_was_erased_apart(vv, filled):
    with SealedJournal.open(filled[1], PASSPHRASE) as sealed:
        sealed.erase([e.id for e in sealed.entries()[:4]], rewrite_chain=False)
    ended = vv("verify", *filled, "--json")
    assert (ended.code, ended.json) == (0, {"schema": 1, "fits": True, "entries": 1, "erased": 4})
    assert "4 more were erased" in ended.err
    assert "1 entry is as written" in ended.err


def test_verify_names_the_first_that_does_not_fit(vv, filled):
    with SealedJournal.open(filled[1], PASSPHRASE) as sealed:
        sealed._connection.execute("UPDATE entries SET stored = x'7b7d' WHERE seq >= 3")
    ended = vv("verify", *filled, "--json")
    assert ended.code == 2
    assert ended.json["error"]["code"] == "chain_misfit"
    assert ended.json["where"] == "entry 3"
    assert "Entry 3 of 5" in ended.err


def test_a_backup_is_restored_with_its_own_passphrase(vv, filled, tmp_path, passphrase_file, quick_age):
    out, again = tmp_path / "notes.age", tmp_path / "again.vv"
    ended = vv("backup", *filled, "--out", out, "--json")
    assert (ended.code, ended.json) == (0, {"schema": 1, "out": str(out), "entries": 5})
    ended = vv("restore", out, "--journal", again, "--passphrase-file", passphrase_file, "--json")
    assert (ended.code, ended.json) == (0, {"schema": 1, "journal": str(again), "entries": 5})
    assert entries_of(again) == entries_of(filled[1])


def test_backup_and_restored_journal_may_each_have_their_own(
    vv, filled, tmp_path, other_file, passphrase_file, quick_age
):
    out, again = tmp_path / "notes.age", tmp_path / "again.vv"
    assert vv("backup", *filled, "--out", out, "--backup-passphrase-file", other_file).code == 0
    refused = vv("restore", out, "--journal", again, "--passphrase-file", passphrase_file)
    assert (refused.code, again.exists()) == (2, False)
    assert "Nothing was written" in refused.err
    options = ("--passphrase-file", other_file, "--new-passphrase-file", passphrase_file)
    assert vv("restore", out, "--journal", again, *options).code == 0
    assert len(entries_of(again)) == 5


@pytest.mark.parametrize("end", ["", ".key", "-wal"])
def test_a_backup_never_takes_the_place_of_another_file(vv, filled, tmp_path, end):
    before = {p: p.read_bytes() for p in tmp_path.iterdir()}
    ended = vv("backup", *filled, "--out", filled[1] + end)
    assert ended.code == 2
    assert "another name" in ended.err
    assert {p: p.read_bytes() for p in tmp_path.iterdir()} == before


def test_a_backup_into_no_folder(vv, filled, tmp_path):
    assert "no folder" in vv("backup", *filled, "--out", tmp_path / "nowhere" / "a.age").err


@pytest.mark.parametrize("command", ["verify", "passphrase"])
def test_no_journal_there(vv, tmp_path, passphrase_file, command):
    ended = vv(command, "--journal", tmp_path / "nowhere.vv", "--passphrase-file", passphrase_file)
    assert ended.code == 2
    assert "There is no journal" in ended.err


def test_a_new_passphrase_from_a_file(vv, filled, other_file):
    ended = vv("passphrase", *filled, "--new-passphrase-file", other_file, "--json")
    assert (ended.code, ended.json["schema"]) == (0, 1)
    assert len(entries_of(filled[1], OTHER)) == 5
    assert vv("verify", *filled).code == 2


def test_a_new_passphrase_asked_for(vv, filled, monkeypatch):
    waiting = iter([PASSPHRASE, OTHER, OTHER])
    monkeypatch.setattr(passphrases, "person_is_here", lambda: True)
    monkeypatch.setattr(passphrases, "getpass", lambda _: next(waiting))
    monkeypatch.setattr("typer.confirm", lambda *_, **__: False)
    assert vv("passphrase", "--journal", filled[1]).code == 0
    assert len(entries_of(filled[1], OTHER)) == 5


def test_a_wrong_old_one_is_said_before_a_new_one_is_asked_for(vv, filled, monkeypatch):
    waiting = iter(["not this one"])
    monkeypatch.setattr(passphrases, "person_is_here", lambda: True)
    monkeypatch.setattr(passphrases, "getpass", lambda _: next(waiting))
    ended = vv("passphrase", "--journal", filled[1])
    assert ended.code == 2
    assert "does not open the journal" in ended.err


def test_a_weak_new_one_changes_nothing(vv, filled, written):
    assert vv("passphrase", *filled, "--new-passphrase-file", written("weak.txt", "1234")).code == 2
    assert len(entries_of(filled[1])) == 5


def test_nobody_to_ask_for_the_new_one(vv, filled):
    ended = vv("passphrase", *filled)
    assert ended.code == 2
    assert len(entries_of(filled[1])) == 5
