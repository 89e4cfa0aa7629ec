"""`caseload`: a therapist's key, and bundles weighed from their numbers alone, with what must be said beside them."""

from __future__ import annotations

import pytest

from velveteen.cli.caseload_commands import NOTES
from velveteen.guide.words import NEVER_SAID, SHAMING, found
from velveteen.journal.sealed import SealedJournal
from velveteen.journal.sealing import seal
from velveteen.measure.weekly import weekly_cells

from .conftest import PASSPHRASE, diary_csv


@pytest.fixture
def identity(vv, tmp_path):
    path = tmp_path / "caseload.key"
    ended = vv("caseload", "keys", "--out", path, "--json")
    assert ended.code == 0
    return path, ended.json["public_key"]


@pytest.fixture
def folder(vv, journal, written, tmp_path, identity):
    """A readable bundle of ten weeks, and one that is none."""
    folder = tmp_path / "bundles"
    folder.mkdir()
    assert vv("import", written("diary.csv", diary_csv(10)), *journal, "--yes").code == 0
    ended = vv(
        "bundle", *journal, "--to", identity[1], "--out", folder / "k14.age", "--title", "K 14", "--yes"
    )
    assert ended.code == 0
    (folder / "odd.age").write_bytes(b"junk")
    return folder


def test_the_key_is_made_for_its_owner_alone(vv, identity):
    path, public = identity
    assert path.stat().st_mode & 0o777 == 0o600
    assert public.startswith("age1")
    before = path.read_bytes()
    again = vv("caseload", "keys", "--out", path, "--json")
    assert (again.code, again.json["error"]["code"]) == (2, "out_in_use")
    assert path.read_bytes() == before
    assert "AGE-SECRET-KEY" not in again.out + again.err


def test_each_bundle_has_its_row_and_what_must_be_known_stands_below(vv, folder, identity):
    ended = vv("caseload", "read", folder, "--identity", identity[0])
    assert ended.code == 0
    for part in ("k14.age", "K 14", "odd.age", "does not open it", *NOTES):
        assert part in " ".join(ended.out.replace("│", " ").split()) or part in ended.out
    assert ended.out.index("k14.age") < ended.out.index(NOTES[0])
    assert "in 100" not in ended.out


def test_json_has_the_verdict_and_the_reason(vv, folder, identity):
    ended = vv("caseload", "read", folder, "--identity", identity[0], "--json")
    good, odd = ended.json["bundles"]
    assert (good["file"], good["title"], good["verdict"]["weeks"], good["code"]) == (
        "k14.age",
        "K 14",
        10,
        "",
    )
    assert (odd["file"], odd["verdict"], odd["code"]) == ("odd.age", None, "cannot_unseal")
    assert (ended.json["notes"], ended.json["kept"]) == (list(NOTES), 0)


def test_verdicts_are_kept_once_in_the_therapist_s_own_journal(
    vv, folder, identity, tmp_path, passphrase_file
):
    own = ["--journal", tmp_path / "own.vv", "--passphrase-file", passphrase_file]
    assert vv("new", *own).code == 0
    for kept in (1, 0):
        ended = vv("caseload", "read", folder, "--identity", identity[0], *own, "--json")
        assert ended.json["kept"] == kept
    with SealedJournal.open(tmp_path / "own.vv", PASSPHRASE) as sealed:
        entries = sealed.entries()
    (entry,) = [e for e in entries if e.kind == "caseload_verdict"]
    assert (entry.payload["file"], entry.payload["weeks"]) == ("k14.age", 10)
    assert entry.payload["words"] == ended.json["bundles"][0]["verdict"]["words"]
    assert weekly_cells(entries) == ([], [], [])


def test_a_title_in_somebody_else_s_bundle_commands_no_terminal(vv, folder, identity):
    (folder / "odd.age").write_bytes(
        seal(b'{"format": "velveteen-bundle", "schema": 1, "made": "2025-01-01", "cells": '
             b'[{"week": "2025-01-06", "channel": "\\u001b[2J", "value": 1}]}', identity[1])
    )  # fmt: skip
    ended = vv("caseload", "read", folder, "--identity", identity[0])
    assert "there is no channel" in " ".join(ended.out.replace("│", " ").split())
    assert "\x1b[2J" not in ended.out


def test_no_key_and_no_bundle_are_bad_input(vv, folder, identity, tmp_path):
    (tmp_path / "empty").mkdir()
    wrong = {
        "no_identity": [folder, "--identity", tmp_path / "none"],
        "no_bundles": [tmp_path / "empty", "--identity", identity[0]],
    }
    for code, options in wrong.items():
        ended = vv("caseload", "read", *options, "--json")
        assert (ended.code, ended.json["error"]["code"]) == (2, code)


def test_the_notes_neither_shame_nor_promise():
    assert [found(" ".join(NOTES), words) for words in (SHAMING, NEVER_SAID)] == [[], []]
