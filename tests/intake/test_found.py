"""What keeps a file from being taken: nothing that can be read, another person, the other side's notes."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from velveteen.intake.found import Found, checked
from velveteen.journal.entries import Entry, uuid7
from velveteen.problems import BadInput, Problem

AT = datetime(2024, 1, 14, 12)


def entry(kind, /, days=0, **payload):
    at = AT + timedelta(days=days)
    return Entry(uuid7(), kind, at, at, payload)


def side(value, days=0):
    return entry("setting", days=days, key="side", value=value)


def chat(them, source="a", people=("Ana", "Ben")):
    return entry("imported", source=source, them=them, participants=dict.fromkeys(people, 3))


def refusal(found, before):
    with pytest.raises(BadInput) as refused:
        checked(found, before, "that file")
    return refused.value


def test_a_file_of_which_nothing_could_be_read_says_the_first_reason():
    problems = [Problem("odd", "It is no day.", "line 3"), Problem("odd", "Nor is this.", "line 4")]
    no = refusal(Found("diary", "", [], problems), [])
    assert (no.code, no.message) == (
        "nothing_read",
        "Nothing of that file could be taken, so nothing was added. The first reason (line 3): It is no day.",
    )


def test_an_empty_file_of_entries_is_no_trouble():
    assert checked(Found("jsonl", "", [], []), []).entries == []


@pytest.mark.parametrize("later", [chat("Ana"), chat("Ana", source="b")])
def test_a_chat_of_the_same_two_keeps_its_other_person(later):
    assert refusal(Found("chat", "", [later], []), [chat("Ben")]).code == "other_person"


def test_another_chat_may_be_about_another_name():
    other = chat("Cid", source="b", people=("Ana", "Cid"))
    assert checked(Found("chat", "", [other], []), [chat("Ben")]).entries == [other]


@pytest.mark.parametrize(
    ("ours", "theirs"), [("partner", "changer"), ("changer", "partner"), ("changer", "unsure")]
)
def test_the_two_sides_never_meet(ours, theirs):
    assert refusal(Found("jsonl", "", [side(theirs)], []), [side(ours)]).code == "other_side"


@pytest.mark.parametrize(
    ("ours", "theirs"), [("partner", "partner"), ("unsure", "partner"), ("changer", "changer")]
)
def test_the_same_side_is_taken(ours, theirs):
    assert checked(Found("jsonl", "", [side(theirs)], []), [side(ours)])


def test_the_newest_word_on_the_side_counts():
    assert checked(Found("jsonl", "", [side("partner"), side("changer", 3)], []), [side("changer")])


def test_where_nobody_says_whose_side_it_is_nothing_is_refused():
    note = entry("note", text="x")
    assert checked(Found("jsonl", "", [note], []), [side("changer")])
    assert checked(Found("jsonl", "", [side("changer")], []), [note])
