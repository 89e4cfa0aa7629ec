"""`notebook`: a second passphrase beside a journal's own, from the terminal."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from velveteen.journal.entries import Entry, uuid7
from velveteen.journal.notebook import is_notebook, open_either
from velveteen.journal.sealed import SealedJournal

from .conftest import PASSPHRASE

NOW = datetime(2026, 1, 5, 12)
SECOND = "quarry lemon harbour pistol window giraffe"


@pytest.fixture
def filled(journal):
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
    ended = vv("notebook", *filled, "--notebook-passphrase-file", third, "--json")
    assert ended.json["error"]["code"] == "paired_already"
