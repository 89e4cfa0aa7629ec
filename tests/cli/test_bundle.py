"""`bundle`: shown to the letter before it leaves, sealed to one key, without words, danger answers and odds."""

from __future__ import annotations

import json

import pytest

from velveteen.cli import bundle_command
from velveteen.guide.words import NEVER_SAID, SHAMING, found
from velveteen.journal.sealing import read_identities, unseal, write_identity

from .conftest import diary_csv
from .test_report import has_odds


@pytest.fixture
def filled(vv, journal, written):
    assert vv("import", written("diary.csv", diary_csv(10)), *journal, "--yes").code == 0
    return journal


@pytest.fixture
def key(tmp_path):
    return write_identity(tmp_path / "secret")


def content_of(path, tmp_path):
    return unseal(path.read_bytes(), read_identities(tmp_path / "secret"))


def test_what_is_shown_is_what_is_sealed(vv, filled, key, tmp_path):
    out = tmp_path / "numbers.age"
    ended = vv("bundle", *filled, "--to", key, "--out", out, "--yes")
    content = content_of(out, tmp_path)
    assert ended.code == 0
    assert content.decode() in ended.out
    assert "Numbers about 10 weeks, from the week of 2024-01-01 to the week of 2024-03-04" in ended.out
    assert ended.out.index("what is in the bundle") < ended.out.index(f"The bundle is at {out}")
    assert out.stat().st_mode & 0o077 == 0
    assert not has_odds(ended.out + content.decode())
    assert [found(ended.out, words) for words in (SHAMING, NEVER_SAID)] == [[], []]


def test_the_object_of_json_holds_it_too(vv, filled, key, tmp_path):
    out = tmp_path / "numbers.age"
    ended = vv("bundle", *filled, "--to", key, "--out", out, "--title", "K 14", "--yes", "--json")
    assert ended.json["bundle"] == json.loads(content_of(out, tmp_path))
    assert (ended.json["bundle"]["title"], ended.json["to"], ended.json["out"]) == ("K 14", key, str(out))


def test_show_writes_nothing(vv, filled, key, tmp_path):
    out = tmp_path / "numbers.age"
    for options in (["--show"], ["--show", "--out", out, "--yes"]):
        ended = vv("bundle", *filled, "--to", key, *options)
        assert ended.code == 0
        assert "Nothing was written." in ended.out
    assert not out.exists()


def test_without_a_yes_nothing_is_written(vv, filled, key, tmp_path, monkeypatch):
    out = tmp_path / "numbers.age"
    ended = vv("bundle", *filled, "--to", key, "--out", out, "--json")
    assert (ended.code, ended.json["error"]["code"]) == (2, "bundle_unconfirmed")
    monkeypatch.setattr(bundle_command, "person_is_here", lambda: True)
    for said, there in ((False, False), (True, True)):
        monkeypatch.setattr(bundle_command.typer, "confirm", lambda *_, said=said, **__: said)
        assert vv("bundle", *filled, "--to", key, "--out", out).code == 0
        assert out.exists() is there


@pytest.mark.parametrize("answers", [["--sign", "weapon"], ["--none"], None])
def test_danger_answers_are_not_in_it_and_that_is_said(vv, filled, key, tmp_path, answers):
    if answers:
        assert vv("danger", *filled, *answers).code == 0
    out = tmp_path / "numbers.age"
    ended = vv("bundle", *filled, "--to", key, "--out", out, "--yes")
    assert ended.code == 0
    assert b"weapon" not in content_of(out, tmp_path)
    assert ("A danger sign stands or is not answered yet" in ended.out) is (answers != ["--none"])


def test_the_journal_s_own_title_is_not_taken(vv, tmp_path, passphrase_file, written, key):
    sealed = ["--journal", tmp_path / "own.vv", "--passphrase-file", passphrase_file]
    assert vv("new", *sealed, "--title", "About Ben").code == 0
    assert vv("import", written("diary.csv", diary_csv(2)), *sealed, "--yes").code == 0
    ended = vv("bundle", *sealed, "--to", key, "--show", "--json")
    assert ended.json["bundle"]["title"] == "A record"
    assert "Ben" not in ended.out + ended.err


def test_an_empty_journal_has_no_bundle(vv, journal, key):
    ended = vv("bundle", *journal, "--to", key, "--show", "--json")
    assert (ended.code, ended.json["error"]["code"]) == (3, "no_cells")


def test_a_wrong_key_or_place_is_bad_input(vv, filled, key, tmp_path):
    stands = tmp_path / "stands.age"
    stands.write_text("mine")
    wrong = {
        "not_a_public_key": ["--to", "age1qq", "--out", tmp_path / "x.age"],
        "out_in_use": ["--to", key, "--out", stands],
        "folder_not_found": ["--to", key, "--out", tmp_path / "no" / "x.age"],
        "usage": ["--to", key],
    }
    for code, options in wrong.items():
        ended = vv("bundle", *filled, *options, "--yes", "--json")
        assert (ended.code, ended.json["error"]["code"]) == (2, code)
    assert stands.read_text() == "mine"
    assert not (tmp_path / "x.age").exists()
