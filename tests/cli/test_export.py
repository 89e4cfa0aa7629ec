"""`export`: the record leaves the sealed file only after its owner has said so once more, and never over another file."""

from __future__ import annotations

import io
import stat
import sys

import pytest

from velveteen.cli import export_command, passphrases
from velveteen.journal.csv_out import COLUMNS
from velveteen.journal.jsonl import loads
from velveteen.journal.sealed import SealedJournal
from velveteen.measure.cells import parse_cells
from velveteen.measure.channels import registry
from velveteen.measure.tables import read_rows

from .conftest import PASSPHRASE, diary_csv


@pytest.fixture
def filled(vv, journal, written):
    assert vv("import", written("diary.csv", diary_csv(20)), *journal, "--yes").code == 0
    return journal


def entries_of(filled):
    with SealedJournal.open(filled[1], PASSPHRASE) as sealed:
        return sealed.entries()


def test_jsonl_holds_everything_and_imports_as_the_same(vv, filled, tmp_path, passphrase_file):
    out = tmp_path / "notes.jsonl"
    ended = vv("export", *filled, "--as", "jsonl", "--out", out, "--yes", "--json")
    assert ended.code == 0
    assert ended.json == {
        "schema": 1, "out": str(out), "as": "jsonl", "entries": len(entries_of(filled)), "sealed": False,
    }  # fmt: skip
    assert "not sealed" in ended.err
    assert loads(out.read_bytes()) == (entries_of(filled), [])
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    again = ("--journal", tmp_path / "again.vv", "--passphrase-file", passphrase_file)
    assert vv("new", *again).code == 0
    assert vv("import", out, *again).code == 0
    assert vv("export", *again, "--as", "jsonl", "--out", tmp_path / "b.jsonl", "--yes").code == 0
    assert (tmp_path / "b.jsonl").read_bytes() == out.read_bytes()


def test_csv_is_a_table_of_entries(vv, filled, tmp_path):
    assert vv("export", *filled, "--as", "csv", "--out", tmp_path / "a.csv", "--yes").code == 0
    head, *rows = (tmp_path / "a.csv").read_text("utf-8-sig").splitlines()
    assert head == ",".join(f'"{name}"' for name in COLUMNS)
    assert len(rows) == len(entries_of(filled))


def test_cells_are_weekly_numbers_that_the_judge_reads(vv, filled, tmp_path):
    assert vv("export", *filled, "--as", "cells", "--out", tmp_path / "cells.csv", "--yes").code == 0
    cells, dated = parse_cells(read_rows(tmp_path / "cells.csv"), registry())
    assert dated
    assert len({cell.week for cell in cells}) == 20


def test_nobody_to_ask_writes_nothing(vv, filled, tmp_path):
    ended = vv("export", *filled, "--as", "csv", "--out", tmp_path / "a.csv")
    assert ended.code == 2
    assert "--yes" in ended.err
    assert not (tmp_path / "a.csv").exists()


@pytest.mark.parametrize(("answer", "code"), [("y", 0), ("n", 130)])
def test_with_a_passphrase_from_a_file_a_person_is_asked(vv, filled, tmp_path, monkeypatch, answer, code):
    monkeypatch.setattr(export_command, "person_is_here", lambda: True)
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{answer}\n"))
    assert vv("export", *filled, "--as", "csv", "--out", tmp_path / "a.csv").code == code
    assert (tmp_path / "a.csv").exists() == (code == 0)


@pytest.mark.parametrize(("second", "code"), [(PASSPHRASE, 0), ("somebody else", 2)])
@pytest.mark.parametrize("yes", [(), ("--yes",)])
def test_a_typed_passphrase_is_asked_for_once_more_whatever_was_said(
    vv, filled, tmp_path, monkeypatch, second, code, yes
):
    waiting = iter([PASSPHRASE, second])
    monkeypatch.setattr(passphrases, "person_is_here", lambda: True)
    monkeypatch.setattr(passphrases, "getpass", lambda _: next(waiting))
    ended = vv("export", "--journal", filled[1], "--as", "csv", "--out", tmp_path / "a.csv", *yes)
    assert ended.code == code
    assert (tmp_path / "a.csv").exists() == (code == 0)
    assert next(waiting, None) is None


def test_nothing_that_stands_is_replaced(vv, filled, written):
    out = written("mine.csv", "my shopping list")
    assert vv("export", *filled, "--as", "csv", "--out", out, "--yes").code == 2
    assert out.read_text() == "my shopping list"


def test_a_full_disk_is_said_and_leaves_nothing_behind(vv, filled, tmp_path, monkeypatch):
    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("velveteen.journal.atomic.os.fsync", full)
    ended = vv("export", *filled, "--as", "jsonl", "--out", tmp_path / "a.jsonl", "--yes")
    assert ended.code == 3
    assert "disk is full" in ended.err
    assert not list(tmp_path.glob("*a.jsonl*"))
