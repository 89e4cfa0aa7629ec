"""One entry: its history as it was written, its words put right, and erasing it in two ways."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from tests.app.conftest import PASSPHRASE
from tests.app.notes import ago, entry, main

from velveteen.app.record import edit_of
from velveteen.app.shell import path
from velveteen.guide.danger import answer, answers, danger_state
from velveteen.journal.corrections import corrected, not_free
from velveteen.journal.entries import uuid7


def one(desk, kind="note"):
    return next(e for e in desk.standing if e.kind == kind)


def test_a_history_shows_every_writing_with_its_moment(opened, desk):
    made = entry("promise", 9, what="Ring up")
    later = corrected(made, at=made.written + timedelta(days=3), payload={"outcome": "broken"})
    last = corrected(later, at=made.written + timedelta(days=5), payload={"outcome": "partly"})
    desk.add([made, later, last])
    said = main(opened.get(path("entry", last.id)))
    assert (
        said.index("Partly kept.") < said.index("Not kept.") < said.index("What came of it is not written.")
    )
    for writing in (made, later, last):
        assert f"Written {writing.written.day} {writing.written:%b %Y}, 21:00" in said


def test_a_correction_of_the_day_names_the_day_that_stood_before(opened, desk):
    made = entry("note", 9, facts="A plate broke")
    desk.add(
        [
            made,
            corrected(made, at=made.written, happened=made.at - timedelta(days=1), facts="Two plates broke"),
        ]
    )
    said = main(opened.get(path("entry", made.id)))
    assert f"about {ago(9).day} {ago(9):%B %Y}" in said


def test_an_entry_that_was_written_once_says_so(opened, desk):
    desk.add([entry("note", facts="A plate broke")])
    assert "It was written once" in main(opened.get(path("entry", one(desk).id)))


def test_an_old_address_leads_to_what_stands(opened, desk):
    made = entry("note", 1, facts="A plate broke")
    desk.add([made, corrected(made, at=made.written, facts="Two plates broke")])
    assert "Two plates broke" in main(opened.get(path("entry", made.id)))


def test_a_mark_is_no_writing(opened, desk):
    made = entry("day", 1, contact=True, day="calm")
    desk.add([made])
    desk.add(not_free(desk.entries, ago(1), made.written + timedelta(days=1)))
    assert "It was written once" in main(opened.get(path("entry", made.id)))


@pytest.mark.parametrize("kind", ["setting", "coded_day"])
def test_what_is_no_part_of_the_story_has_no_page(opened, desk, kind):
    desk.add([entry(kind, key="country", value="DE", channels={})])
    assert opened.get(path("entry", one(desk, kind).id)).status_code == 400
    assert (
        opened.post(
            path("entry", one(desk, kind).id, "1"), data={"way": "1", "passphrase": PASSPHRASE}
        ).status_code
        == 400
    )


def test_words_are_put_right_beside_what_stood(opened, desk):
    desk.add([entry("note", 3, facts="A plate broke", feelings="Afraid")])
    answer = opened.post(
        path("entry", one(desk).id), data={"facts": "Two plates broke", "feelings": "Afraid"}
    )
    assert answer.status_code == 303
    assert (one(desk).facts, one(desk).feelings, one(desk).at.date()) == (
        "Two plates broke",
        "Afraid",
        ago(3),
    )
    assert [e.facts for e in desk.entries if e.kind == "note"] == ["A plate broke", "Two plates broke"]


def test_words_that_did_not_change_write_nothing(opened, desk):
    desk.add([entry("note", facts="A plate broke")])
    before = len(desk.entries)
    opened.post(path("entry", one(desk).id), data={"facts": "A plate broke", "feelings": ""})
    assert len(desk.entries) == before


def test_words_are_not_emptied_by_putting_them_right(opened, desk):
    desk.add([entry("note", facts="A plate broke")])
    assert opened.post(path("entry", one(desk).id), data={}).status_code == 400
    assert one(desk).facts == "A plate broke"


def test_a_kind_with_a_sheet_is_put_right_there(opened, desk):
    desk.add([entry("promise", what="Ring up")])
    promise = one(desk, "promise")
    assert edit_of(promise, "partner") == path("sheet", "1", promise.id)
    assert edit_of(promise, "changer") == path("sheet", "13", promise.id)
    assert opened.get(edit_of(promise, "partner")).status_code == 200
    assert opened.post(path("entry", promise.id), data={"facts": "x"}).status_code == 400


@pytest.mark.parametrize(
    ("kind", "side", "where"),
    [
        ("day", "partner", f"{path('today')}?d={ago(0)}"),
        ("danger", "partner", path("signs")),
        ("imported", "partner", ""),
    ],
)
def test_other_kinds_have_their_own_place(kind, side, where):
    assert edit_of(entry(kind), side) == where


@pytest.mark.parametrize(("way", "empty"), [("1", 2), ("2", 0)])
def test_erasing_takes_every_writing_and_leaves_a_place_or_none(opened, desk, way, empty):
    made = entry("note", 2, facts="canary one")
    desk.add([entry("note", 3, facts="stays"), made])
    desk.add([corrected(made, at=made.written, facts="canary two")])
    answer = opened.post(path("entry", made.id, "1"), data={"way": way, "passphrase": PASSPHRASE})
    assert answer.status_code == 303
    assert "It is erased" in main(opened.get(answer.headers["location"]))
    assert [e.facts for e in desk.entries if e.kind == "note"] == ["stays"]
    assert desk.journal.erased() == empty
    assert desk.journal.verify() is None
    assert "canary" not in opened.get(path("record")).text


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"way": "1", "passphrase": "not this one at all"}, "passphrase"), ({"way": "2"}, "passphrase"),
        ({"passphrase": PASSPHRASE}, "choose one of the two ways"), ({"way": "3", "passphrase": PASSPHRASE}, "two ways"),
    ],
)  # fmt: skip
def test_nothing_is_erased_without_the_passphrase_and_a_way(opened, desk, form, words):
    desk.add([entry("note", facts="A plate broke")])
    answer = opened.post(path("entry", one(desk).id, "1"), data=form)
    assert answer.status_code == 400
    assert words in main(answer)
    assert one(desk).facts == "A plate broke"


def test_the_page_of_erasing_speaks_of_courts_copies_and_both_ways(opened, desk):
    desk.add([entry("note", facts="A plate broke")])
    said = main(opened.get(path("entry", one(desk).id, "1")))
    for words in ("court", "Copies are not reached", "Leave an empty place", "Leave no trace", "once more"):
        assert words in said


def test_erasing_a_chat_takes_the_days_that_were_counted_from_it(opened, desk):
    chat = entry("imported", 5, source="abc", messages=4)
    counted = [
        entry("coded_day", n, source=s, channels={}) for n, s in ((5, "abc"), (4, "abc"), (3, "other"))
    ]
    desk.add([chat, *counted])
    opened.post(path("entry", chat.id, "1"), data={"way": "1", "passphrase": PASSPHRASE})
    assert [e.payload["source"] for e in desk.standing if e.kind in ("imported", "coded_day")] == ["other"]


def test_an_entry_is_not_erased_twice(opened, desk):
    made = entry("note", facts="A plate broke")
    desk.add([made, replace(made, id=uuid7(), facts="Another")])
    form = {"way": "1", "passphrase": PASSPHRASE}
    assert opened.post(path("entry", made.id, "1"), data=form).status_code == 303
    assert opened.post(path("entry", made.id, "1"), data=form).status_code == 400


def test_erasing_a_danger_sign_brings_no_odds_back(opened, desk):
    desk.add([*answers([], at=datetime.now()), answer("weapon", "yes", at=datetime.now())])
    (yes,) = [e for e in desk.standing if e.payload.get("answer") == "yes"]
    opened.post(path("entry", yes.id, "1"), data={"way": "1", "passphrase": PASSPHRASE})
    state = danger_state(desk.entries, date.today())
    assert state.standing == ()
    assert state.closed
    assert "Some questions come first" in opened.get(path("odds")).text
