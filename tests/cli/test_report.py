"""`report`: papers from a journal, and the gate: with a sign standing or unanswered no odds appear anywhere."""

from __future__ import annotations

import re
import shutil
from datetime import datetime
from pathlib import Path

import pytest

from velveteen.cli.edge import run
from velveteen.guide.danger import signs
from velveteen.journal.entries import Entry, uuid7
from velveteen.journal.sealed import SealedJournal
from velveteen.judge.verdict import ACCOUNTS, READERS
from velveteen.problems import Problem

from .conftest import PASSPHRASE, diary_csv

# What only odds, questions, tests and bands are written with, on paper, in prose and in JSON.
ON_PAPER = re.compile(
    r"\d+ in 100|Of 20 records|in 9 of 10 such records|in 5 of 10 such records|leans towards|likely shows|cannot tell yet"
)
KEYS = ("log_evidence", "odds", "questions", "probability", *READERS, *ACCOUNTS)
IN_JSON = re.compile("|".join(f'"{key}":' for key in KEYS))


def has_odds(text):
    return bool(ON_PAPER.search(text) or IN_JSON.search(text))


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A journal of ten weeks whose danger signs were never answered."""
    folder = tmp_path_factory.mktemp("report")
    (folder / "diary.csv").write_text(diary_csv(10))
    (folder / "passphrase.txt").write_text(PASSPHRASE)
    sealed = ["--journal", str(folder / "notes.vv"), "--passphrase-file", str(folder / "passphrase.txt")]
    assert run(["new", *sealed, "--country", "US", "--title", "Mine"]) == 0
    assert run(["import", str(folder / "diary.csv"), *sealed, "--yes"]) == 0
    return folder


@pytest.fixture
def journal(kept, tmp_path):
    """A copy of that journal for one test."""
    for path in kept.glob("notes.vv*"):
        shutil.copy(path, tmp_path)
    return ["--journal", str(tmp_path / "notes.vv"), "--passphrase-file", str(kept / "passphrase.txt")]


def assert_no_odds(vv, journal, folder):
    for reader in ("me", "helper"):
        paper = folder / f"{reader}.html"
        for options in ((), ("--json",)):
            ended = vv("report", *journal, "--for", reader, "--out", paper, *options)
            assert ended.code == 0
            assert not has_odds(ended.out + ended.err + paper.read_text("utf-8"))
    assert ended.json["danger_gate"] == "closed"
    assert ended.json["verdict"] is None


def assert_odds_are_refused(vv, journal, folder):
    paper = folder / "odds.html"
    ended = vv("report", *journal, "--with-odds", "--out", paper, "--json")
    assert ended.code == 3
    assert ended.json["error"]["code"] == "danger_gate"
    assert not has_odds(ended.out + ended.err)
    assert not paper.exists()


def test_unanswered_signs_close_the_gate(vv, journal, tmp_path):
    assert_odds_are_refused(vv, journal, tmp_path)
    assert_no_odds(vv, journal, tmp_path)


@pytest.mark.parametrize("sign", [s.id for s in signs()])
def test_with_a_sign_standing_no_number_of_odds_appears_anywhere(vv, journal, tmp_path, sign):
    assert vv("danger", *journal, "--sign", sign).code == 0
    assert_odds_are_refused(vv, journal, tmp_path)
    assert_no_odds(vv, journal, tmp_path)
    assert "1-800-799-7233" in (tmp_path / "me.html").read_text("utf-8")


def test_a_refused_paper_leaves_the_earlier_one_as_it_was(vv, journal, tmp_path):
    earlier = tmp_path / "odds.html"
    earlier.write_text("earlier")
    assert vv("report", *journal, "--with-odds", "--out", earlier).code == 3
    assert earlier.read_text() == "earlier"


def test_with_the_gate_open_odds_are_there_when_asked_for(vv, journal, tmp_path):
    assert vv("danger", *journal, "--none").code == 0
    paper = tmp_path / "odds.html"
    ended = vv("report", *journal, "--with-odds", "--out", paper, "--json")
    assert ended.code == 0
    assert set(ended.json["verdict"]["odds"]) == set(READERS)
    assert len(set(ON_PAPER.findall(paper.read_text("utf-8")))) >= 4
    assert set(IN_JSON.findall(ended.out)) >= {
        f'"{name}":' for name in (*READERS, *ACCOUNTS, "log_evidence", "probability")
    }
    assert paper.stat().st_mode & 0o077 == 0


def test_with_the_gate_open_odds_are_not_there_unasked(vv, journal, tmp_path):
    assert vv("danger", *journal, "--none").code == 0
    ended = vv("report", *journal, "--out", tmp_path / "paper.html", "--json")
    assert (ended.code, ended.json["verdict"], ended.json["danger_gate"]) == (0, None, "open")
    assert not has_odds((tmp_path / "paper.html").read_text("utf-8"))


def test_a_helper_gets_no_odds(vv, journal, tmp_path):
    assert vv("danger", *journal, "--none").code == 0
    ended = vv("report", *journal, "--with-odds", "--for", "helper", "--out", tmp_path / "paper.html")
    assert ended.code == 2
    assert not (tmp_path / "paper.html").exists()


def test_the_country_of_the_journal_or_of_the_moment(vv, journal, tmp_path):
    paper = tmp_path / "paper.html"
    assert vv("report", *journal, "--out", paper).code == 0
    assert "1-800-799-7233" in paper.read_text("utf-8")
    assert vv("report", *journal, "--out", paper, "--country", "IE").code == 0
    assert "1-800-799-7233" not in paper.read_text("utf-8")
    assert vv("report", *journal, "--out", paper, "--country", "XX").code == 2


def test_too_short_a_record_gets_its_paper_without_odds_and_three(vv, tmp_path, passphrase_file, written):
    sealed = ["--journal", tmp_path / "short.vv", "--passphrase-file", passphrase_file]
    assert vv("new", *sealed).code == 0
    assert vv("danger", *sealed, "--none").code == 0
    nothing = vv("report", *sealed, "--with-odds", "--out", tmp_path / "paper.html", "--json")
    assert (nothing.code, nothing.json["error"]["code"]) == (3, "no_cells")
    assert vv("import", written("diary.csv", diary_csv(3)), *sealed, "--yes").code == 0
    ended = vv("report", *sealed, "--with-odds", "--out", tmp_path / "paper.html", "--json")
    assert (ended.code, ended.json["error"]["code"]) == (3, "too_few_weeks")
    assert ended.json["out"] == str(tmp_path / "paper.html")
    assert not has_odds((tmp_path / "paper.html").read_text("utf-8"))


def test_what_the_cells_left_out_is_said(vv, journal, tmp_path, written):
    more = "date,contact,promise,promise_due\n2024-02-01,yes,call the bank,2024-02-03\n"
    assert vv("import", written("more.csv", more), *journal, "--yes").code == 0
    ended = vv("report", *journal, "--out", tmp_path / "paper.html", "--json")
    assert {p["code"] for p in ended.json["problems"]} >= {"promise_unresolved"}
    assert "nothing says what came of it" in ended.err
    assert set(ended.json["problems"][0]) == set(Problem("", "").as_dict())


def test_a_folder_that_is_not_there(vv, journal, tmp_path):
    ended = vv("report", *journal, "--out", tmp_path / "no" / "paper.html", "--json")
    assert (ended.code, ended.json["error"]["code"]) == (2, "folder_not_found")


@pytest.mark.parametrize("harmed", ["passphrase", "truncated", "emptied", "no_journal", "no_key"])
def test_a_journal_that_does_not_open_is_two_and_is_not_touched(vv, journal, tmp_path, written, harmed):
    path = Path(journal[1])
    if harmed == "passphrase":
        journal[3] = str(written("other.txt", "another passphrase than that one"))
    elif harmed in ("truncated", "emptied"):
        path.write_bytes(path.read_bytes()[: 5000 if harmed == "truncated" else 0])
    else:
        next(p for p in tmp_path.glob("notes.vv*") if (p == path) == (harmed == "no_journal")).unlink()
    before = {p.name: p.read_bytes() for p in tmp_path.glob("notes.vv*")}
    ended = vv("report", *journal, "--out", tmp_path / "paper.html", "--json")
    assert ended.code == 2
    assert ended.json["error"]["message"].endswith(".")
    assert not (tmp_path / "paper.html").exists()
    assert {p.name: p.read_bytes() for p in tmp_path.glob("notes.vv*")} == before


def test_a_lawyer_gets_facts_with_the_chain_checked_and_no_odds(vv, journal, tmp_path):
    assert vv("danger", *journal, "--sign", "weapon").code == 0
    paper = tmp_path / "paper.html"
    ended = vv("report", *journal, "--for", "lawyer", "--out", paper, "--json")
    assert (ended.code, ended.json["for"], ended.json["verdict"]) == (0, "lawyer", None)
    page = paper.read_text("utf-8")
    assert not has_odds(page)
    assert "and it fits" in page
    assert "Put me down" in page
    assert page.count("Answered yes on that day") == 1


def test_a_lawyer_s_paper_says_when_the_chain_does_not_fit(vv, journal, tmp_path):
    with SealedJournal.open(journal[1], PASSPHRASE) as sealed:
        sealed._connection.execute("UPDATE entries SET salt = zeroblob(16) WHERE seq = 3")
    paper = tmp_path / "paper.html"
    assert vv("report", *journal, "--for", "lawyer", "--out", paper).code == 0
    assert "and it does not fit" in paper.read_text("utf-8")


def test_odds_for_a_lawyer_are_bad_input(vv, journal, tmp_path):
    ended = vv("report", *journal, "--with-odds", "--for", "lawyer", "--out", tmp_path / "p.html", "--json")
    assert (ended.code, ended.json["error"]["code"]) == (2, "no_odds_for_lawyer")
    assert not (tmp_path / "p.html").exists()


def test_notes_about_oneself_get_no_odds_by_any_command(vv, journal, tmp_path):
    assert vv("danger", *journal, "--none").code == 0
    at = datetime.now()
    with SealedJournal.open(journal[1], PASSPHRASE) as sealed:
        sealed.append([Entry(uuid7(), "setting", at, at, {"key": "side", "value": "changer"})])
    paper = tmp_path / "odds.html"
    ended = vv("report", *journal, "--with-odds", "--out", paper, "--json")
    assert ended.code == 3
    assert ended.json["error"]["code"] == "no_odds_of_oneself"
    assert not has_odds(ended.out)
    assert not paper.exists()
    assert vv("report", *journal, "--out", paper).code == 0
