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


OF_SOMEONE = [
    entry("act", act="shouted"), entry("day", contact=True, treated=3), entry("week", days_contact=3),
    entry("danger", sign="weapon", answer="yes"), entry("limit", limit="No shouting"), chat("Ben"),
    entry("plan", plan="safety", section="1", text="x"),
]  # fmt: skip
OF_ONESELF = [entry("practice", which="owning"), entry("cost", what="A friend left")]


@pytest.mark.parametrize("theirs", OF_SOMEONE, ids=lambda e: e.kind)
def test_what_tells_of_someone_else_stays_out_of_notes_about_oneself_though_no_word_says_whose_it_is(theirs):
    no = refusal(Found("jsonl", "", [entry("note"), theirs], []), [side("changer")])
    assert no.code == "other_side"
    assert no.message.startswith("What is in that file belongs to notes of the other side")


@pytest.mark.parametrize("ours", ["partner", "unsure"])
@pytest.mark.parametrize("theirs", OF_ONESELF, ids=lambda e: e.kind)
def test_what_tells_of_oneself_stays_out_of_notes_about_someone(ours, theirs):
    assert refusal(Found("jsonl", "", [theirs], []), [side(ours)]).code == "other_side"


def test_notes_that_never_said_whose_they_are_are_told_by_what_is_in_them():
    assert refusal(Found("jsonl", "", [side("changer")], []), [OF_SOMEONE[1]]).code == "other_side"
    assert refusal(Found("jsonl", "", [OF_SOMEONE[0]], []), [OF_ONESELF[0]]).code == "other_side"


def test_one_s_own_acts_come_back_into_notes_about_oneself():
    own = [side("changer"), entry("act", act="shouted"), entry("day", contact=True, wellbeing=3)]
    assert checked(Found("jsonl", "", own, []), [side("changer")]).entries == own
    unsaid = [OF_ONESELF[0], entry("act", act="shouted")]
    assert checked(Found("jsonl", "", unsaid, []), [side("changer")]).entries == unsaid


def test_what_both_sides_write_is_taken_where_no_word_says_whose_it_is():
    shared = [
        entry("support", who="Ana"),
        entry("day", contact=True, wellbeing=5),
        entry("plan", plan="despair"),
    ]
    for ours in ("partner", "changer"):
        assert checked(Found("jsonl", "", shared, []), [side(ours)]).entries == shared
