"""What is the owner's is never written over, whatever name it is called by."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from velveteen.cli.places import check_out, has_odds, is_paper
from velveteen.problems import BadInput


def contents(folder):
    return {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()}


@pytest.mark.parametrize(
    "name", ["notes.vv", "notes.vv.key", "notes.vv-wal", "notes.vv-shm", "NOTES.VV-WAL", "passphrase.txt"]
)
def test_the_journal_and_what_belongs_to_it(vv, journal, tmp_path, name):
    before = contents(tmp_path)
    ended = vv("report", *journal, "--out", tmp_path / name)
    assert ended.code == 2
    assert "nothing was written" in ended.err
    assert contents(tmp_path) == before


@pytest.mark.parametrize("link", [os.symlink, os.link])
@pytest.mark.parametrize("name", ["notes.vv", "notes.vv.key", "passphrase.txt"])
def test_the_same_under_another_name(vv, journal, tmp_path, link, name):
    link(tmp_path / name, tmp_path / "paper.html")
    before = contents(tmp_path)
    assert vv("report", *journal, "--out", tmp_path / "paper.html").code == 2
    assert contents(tmp_path) == before


def test_a_log_that_a_link_would_name_is_refused_before_it_is_there(journal, tmp_path):
    (tmp_path / "link.vv").symlink_to(tmp_path / "notes.vv")
    with pytest.raises(BadInput, match="belongs to your journal"):
        check_out(tmp_path / "notes.vv-wal", tmp_path / "link.vv", None)


@pytest.mark.parametrize(
    "content", [b"my letter", b"", b'<!DOCTYPE html>\n<html lang="en">\n<title>Mine</title>']
)
def test_a_file_of_the_owner_s(vv, journal, tmp_path, written, content):
    mine = written("letter.html", content)
    assert vv("report", *journal, "--out", mine).code == 2
    assert mine.read_bytes() == content


def test_a_folder_and_a_pipe(vv, journal, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for name in ("", "pipe"):
        ended = vv("report", *journal, "--out", tmp_path / name)
        assert ended.code == 2
        assert "nothing was written" in ended.err


def test_an_earlier_paper_is_replaced_for_either_reader(vv, journal, tmp_path):
    paper = tmp_path / "paper.html"
    for reader in ("me", "helper", "me"):
        assert vv("report", *journal, "--for", reader, "--out", paper).code == 0
        assert is_paper(paper)
        assert not has_odds(paper)


def test_a_household_is_not_written_into_what_is_not_one(vv, tmp_path):
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "diary.csv").write_text("mine")
    for truth in ("a list of truths", "[]", '{"mine": 1}'):
        (folder / "truth.json").write_text(truth)
        before = contents(folder)
        for command in ("demo", "simulate"):
            assert vv(command, "--out", folder).code == 2
            assert contents(folder) == before
    ended = vv("simulate", "--out", folder / "diary.csv")
    assert ended.code == 2
    assert "is a file" in ended.err


def test_a_journal_or_page_of_one_s_own_in_an_invented_folder_stays(vv, journal, tmp_path):
    folder = tmp_path / "h"
    again = ("simulate", "--out", folder, "--weeks", "8")
    assert vv(*again).code == vv(*again).code == 0
    (folder / "paper.html").write_text("my page")
    assert vv(*again).code == 2
    (folder / "paper.html").unlink()
    for end in ("", ".key"):
        Path(f"{journal[1]}{end}").rename(folder / f"journal.vv{end}")
    before = contents(folder)
    assert vv(*again).code == 2
    assert contents(folder) == before


def test_the_refusal_names_an_older_paper_with_odds(vv, journal, tmp_path, written):
    paper = tmp_path / "odds.html"
    assert vv("report", *journal, "--out", paper).code == 0
    assert "older paper" not in vv("report", *journal, "--with-odds", "--out", paper).err
    paper.write_bytes(paper.read_bytes().replace(b"</body>", b"<p>about 31 in 100</p></body>"))
    ended = vv("report", *journal, "--with-odds", "--out", paper, "--json")
    assert ended.code == 3
    assert f"older paper with odds is still at {paper}" in ended.err
    assert b"31 in 100" in paper.read_bytes()
