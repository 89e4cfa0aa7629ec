"""A bundle holds weekly cells and nothing else, shows all that is in it, and is read with care."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime

import pytest

from velveteen.guide.words import NEVER_SAID, SHAMING, found
from velveteen.journal.entries import Entry, uuid7
from velveteen.measure.bundle import Bundle, bundle_of, from_bytes, in_words, to_bytes
from velveteen.measure.cells import Cell
from velveteen.measure.weekly import weekly_cells
from velveteen.measure.weeks import week_of
from velveteen.problems import BadInput, Refused

WEEK = week_of(date(2026, 3, 2))
MADE = date(2026, 5, 1)
CELLS = (
    Cell(WEEK, "harm", 2.0, 3 / 7, "partner", 1.0),
    Cell(WEEK, "courtesy", 3.0, 9.0, "messages", None, "messages", coded=9.0),
    Cell(WEEK + 2, "regard", 5.5, 2.0, "partner", 0.0),
)
KEYS = {"week", "channel", "value", "of", "informant", "strain", "audience", "coded"}


def bundle(**changes: object) -> Bundle:
    return replace(bundle_of(CELLS, made=MADE), **changes)


def as_json(**changes: object) -> bytes:
    return json.dumps({**json.loads(to_bytes(bundle())), **changes}).encode()


def test_what_was_put_in_comes_out() -> None:
    again = from_bytes(to_bytes(bundle(title="K 14")))
    assert (again.title, again.made) == ("K 14", MADE)
    assert tuple(replace(cell, row=None) for cell in again.cells) == CELLS
    assert to_bytes(again) == to_bytes(bundle(title="K 14"))


def test_there_is_nothing_in_it_but_cells_a_title_and_a_day() -> None:
    found = json.loads(to_bytes(bundle()))
    assert set(found) == {"format", "schema", "title", "made", "cells"}
    assert all(set(cell) == KEYS for cell in found["cells"])
    assert (found["format"], found["schema"], found["title"]) == ("velveteen-bundle", 1, "A record")


def test_no_word_name_danger_answer_or_feeling_of_a_journal_gets_in() -> None:
    at = datetime(2026, 3, 3, 21)
    payloads = {
        "day": {"contact": True, "day": "refused", "treated": 3},
        "act": {"act": "canary", "harm": True, "weight": 3},
        "promise": {"what": "canary", "due": "2026-03-04", "outcome": "kept"},
        "limit": {"limit": "canary", "event": "crossed"},
        "turning_point": {"kind": "left", "reason": "canary"},
        "danger": {"sign": "weapon", "answer": "yes", "seen": "canary"},
        "term": {"what": "canary"},
    }
    entries = [
        Entry(uuid7(), kind, at, at, payload, "canary", "canary", "canary")
        for kind, payload in payloads.items()
    ]
    cells, points, _ = weekly_cells(entries)
    text = to_bytes(bundle_of(cells, made=MADE)).decode()
    assert points
    assert '"harm"' in text
    assert [word for word in ("canary", "weapon", "danger", "left", "2026-03-03") if word in text] == []


def test_nothing_to_count_gives_no_bundle() -> None:
    with pytest.raises(Refused) as refused:
        bundle_of([], made=MADE)
    assert refused.value.code == "no_cells"


def test_a_channel_of_somebody_s_own_words_does_not_get_in() -> None:
    with pytest.raises(BadInput) as wrong:
        bundle_of([Cell(WEEK, "what_he_did_to_me", 1.0)], made=MADE)
    assert wrong.value.code == "unknown_channel"


@pytest.mark.parametrize(
    ("given", "title"), [("", "A record"), ("  ", "A record"), ("K\x1b[2J\n 14", "K[2J 14"), ("x" * 99, "x" * 80)]
)  # fmt: skip
def test_a_title_is_one_line_that_no_terminal_obeys(given: str, title: str) -> None:
    assert bundle_of(CELLS, made=MADE, title=given).title == title
    assert from_bytes(as_json(title=given)).title == title


def test_a_title_that_is_no_text_is_the_neutral_one() -> None:
    assert from_bytes(as_json(title=["x"])).title == "A record"


def test_its_words_say_all_that_is_in_it() -> None:
    told = "\n".join(in_words(bundle(title="K 14")))
    assert "“K 14”" in told
    assert "2026-05-01" in told
    assert "about 2 weeks, from the week of 2026-03-02 to the week of 2026-03-16" in told
    assert "harm, from your own entries: 1 in all" in told
    assert "courtesy in messages, from the messages: 1 in all" in told
    assert "danger answers and odds are left out" in told
    assert [found(told, words) for words in (SHAMING, NEVER_SAID)] == [[], []]


CELL = {"week": "2026-03-02", "channel": "harm", "value": 1, "of": 1}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xff\xfe", "bundle_unreadable"),
        (b"[" * 100_000, "bundle_unreadable"),
        (b"[]", "bundle_unreadable"),
        (b'{"format": "another"}', "bundle_unreadable"),
        (as_json(schema=2), "newer_version"),
        (as_json(made="soon"), "bundle_unreadable"),
        (as_json(made=None), "bundle_unreadable"),
        (as_json(cells={}), "bundle_unreadable"),
        (as_json(cells=[1]), "bundle_unreadable"),
        (as_json(cells=[{**CELL, "value": 10**400}]), "bundle_unreadable"),
        (as_json(cells=[{**CELL, "week": 7}]), "bundle_unreadable"),
        (as_json(cells=[]), "no_cells"),
        (as_json(cells=[{**CELL, "channel": "mine"}]), "unknown_channel"),
        (as_json(cells=[{**CELL, "value": "many"}]), "not_a_number"),
        (as_json(cells=[{**CELL, "value": -1}]), "negative_count"),
        (as_json(cells=[CELL, CELL]), "repeated_cell"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, code: str) -> None:
    with pytest.raises(BadInput) as wrong:
        from_bytes(data)
    assert wrong.value.code == code
    assert wrong.value.message.endswith(".")
