"""`import` of a chat into a journal about oneself: one's own messages are counted, by the journal's side alone."""

from __future__ import annotations

import io
import json
import sys
from dataclasses import asdict
from datetime import datetime

import pytest

from velveteen.cli import importers
from velveteen.journal.entries import Entry, uuid7
from velveteen.journal.jsonl import dumps
from velveteen.journal.sealed import SealedJournal

from .conftest import PASSPHRASE

AT = datetime(2024, 1, 14, 12)


def chat(*people, days=3):
    lines = (
        f"{20 + day}/01/2024, 09:{30 + i} - {name}: {'zanzibar' if i else 'marmalade'}, thank you"
        for day in range(days)
        for i, name in enumerate(people or ("Ana", "Ben"))
    )
    return "\n".join(lines) + "\n"


def stored(journal):
    with SealedJournal.open(journal[1], PASSPHRASE) as sealed:
        return [e for e in sealed.entries() if e.kind != "setting"]


@pytest.fixture
def own(journal):
    with SealedJournal.open(journal[1], PASSPHRASE) as sealed:
        sealed.append([Entry(uuid7(), "setting", AT, AT, {"key": "side", "value": "changer"})])
    return journal


@pytest.mark.parametrize("said", [("--me", "Ben"), ("--them", "Ana"), ("--me", "Ben", "--them", "Ana")])
def test_ones_own_messages_are_counted_and_nothing_of_the_others_is_kept(vv, own, written, said):
    ended = vv("import", written("chat.txt", chat()), *own, *said, "--json")
    assert (ended.code, ended.json["added"]) == (0, 4)
    kept = json.dumps([asdict(e) for e in stored(own)], default=str)
    assert not any(word in kept for word in ("Ana", "them", "zanzibar", "marmalade"))
    assert {e.payload["whose"] for e in stored(own)} == {"me"}
    assert "only the 3 messages that Ben wrote are counted" in ended.err


@pytest.mark.parametrize(
    ("people", "said", "code"),
    [
        (("Ana", "Ben"), (), "who_is_who"),
        (("Ana", "Ben", "Cid"), ("--them", "Ana"), "who_is_who"),
        (("Ana", "Ben"), ("--me", "Dora"), "unknown_person"),
    ],
)
def test_which_name_is_ones_own_is_never_guessed(vv, own, written, people, said, code):
    ended = vv("import", written("chat.txt", chat(*people)), *own, *said, "--json")
    assert (ended.code, ended.json["error"]["code"]) == (2, code)
    assert stored(own) == []


@pytest.mark.parametrize(("answer", "code"), [("2\n", 0), ("7\n", 2)])
def test_on_a_terminal_one_chooses_which(vv, own, written, monkeypatch, answer, code):
    monkeypatch.setattr(importers, "person_is_here", lambda: True)
    monkeypatch.setattr(sys, "stdin", io.StringIO(answer))
    ended = vv("import", written("chat.txt", chat()), *own)
    assert ended.code == code
    assert {e.payload["me"] for e in stored(own) if e.kind == "imported"} == ({"Ben"} if code == 0 else set())


def test_the_second_time_one_is_known_and_nobody_else_can_be_oneself(vv, own, written):
    assert vv("import", written("chat.txt", chat()), *own, "--me", "Ben").code == 0
    ended = vv("import", written("later.txt", chat(days=5)), *own)
    assert "you are Ben" in ended.out
    assert len(stored(own)) == 4 + 3
    before = stored(own)
    refused = vv("import", written("other.txt", chat(days=6)), *own, "--me", "Ana", "--json")
    assert refused.json["error"]["code"] == "other_person"
    assert stored(own) == before


def test_all_of_it_counted_before_is_said(vv, own, written):
    for _ in range(2):
        said = vv("import", written("chat.txt", chat()), *own, "--me", "Ben").out
    assert "all of it was counted before" in said


def test_ones_own_messages_do_not_reach_notes_about_someone(vv, journal, own, written, tmp_path):
    assert vv("import", written("chat.txt", chat()), *own, "--me", "Ben").code == 0
    mine = dumps(stored(own))
    other = tmp_path / "other"
    with SealedJournal.create(other, PASSPHRASE) as sealed:
        sealed.append([Entry(uuid7(), "setting", AT, AT, {"key": "side", "value": "partner"})])
    ended = vv("import", written("mine.jsonl", mine), "--journal", other, *own[2:], "--json")
    assert (ended.code, ended.json["error"]["code"]) == (2, "other_side")
    assert stored(("", other)) == []
