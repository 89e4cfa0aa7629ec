"""A correction is a new entry that names the one it corrects; a day can be marked as not free afterwards."""

from datetime import date, datetime

import pytest

from velveteen.guide.danger import answer, danger_state
from velveteen.journal.corrections import as_before, corrected, not_free, withdrawn
from velveteen.journal.entries import Entry, current, uuid7
from velveteen.measure.days import free_entries
from velveteen.measure.weekly import weekly_cells

LATER = datetime(2026, 5, 2, 7)
DAY = date(2026, 3, 3)


def day(number, kind, **payload):
    at = datetime(2026, 3, number)
    return Entry(uuid7(), "day", at, at, {"contact": True, "day": kind, **payload})


@pytest.fixture
def promise(entry):
    return entry(
        3,
        "promise",
        about="A.",
        facts="at breakfast",
        feelings="hope",
        what="call",
        due="2026-03-08",
        can=True,
    )


def test_a_correction_names_what_it_corrects_and_takes_its_place(promise):
    mended = corrected(promise, at=LATER, payload={"outcome": "broken"})
    assert (mended.corrects, mended.written, mended.at) == (promise.id, LATER, promise.at)
    assert mended.id not in ("", promise.id)
    assert mended.payload == {"what": "call", "due": "2026-03-08", "can": True, "outcome": "broken"}
    assert (mended.about, mended.facts, mended.feelings) == ("A.", "at breakfast", "hope")
    assert current([promise, mended]) == [mended]


def test_the_entry_that_is_corrected_stays_as_it_was(promise):
    before = dict(promise.payload)
    corrected(promise, at=LATER, payload={"what": "write", "due": None}, facts="at noon")
    assert promise.payload == before
    assert promise.facts == "at breakfast"


def test_a_key_can_be_taken_out_and_a_text_emptied(promise):
    mended = corrected(promise, at=LATER, payload={"due": None}, feelings="", facts="at noon", about="B.")
    assert "due" not in mended.payload
    assert (mended.about, mended.facts, mended.feelings) == ("B.", "at noon", "")


def test_the_day_can_be_corrected_and_a_correction_corrected_again(promise):
    moved = corrected(promise, at=LATER, happened=datetime(2026, 3, 4, 9))
    again = corrected(moved, at=LATER, payload={"what": "write"})
    assert again.at == datetime(2026, 3, 4, 9)
    assert current([promise, moved, again]) == [again]


@pytest.fixture
def written(entry):
    """A day with an act, a promise and a limit on it, a day before and a day after."""
    return [
        day(2, "calm", treated=6),
        day(3, "refused", treated=9),
        entry(3, "act", act="shouted", harm=True),
        entry(3, "limit", limit="no shouting", event="slipped"),
        entry(3, "confrontation", answer="owned"),
        day(4, "calm", treated=5),
    ]


def test_marking_a_day_later_leaves_out_everything_dated_to_it(written):
    marks = not_free(written, DAY, LATER)
    kept = free_entries(current([*written, *marks]))
    assert {e.at.date() for e in kept} == {date(2026, 3, 2), date(2026, 3, 4)}
    others = [e for e in written if e.at.date() != DAY]
    assert weekly_cells([*written, *marks]) == weekly_cells(others)
    assert weekly_cells(written) != weekly_cells(others)


def test_the_mark_keeps_what_the_day_said(written):
    (mark,) = not_free(written, DAY, LATER)
    assert mark.corrects == written[1].id
    assert mark.payload == {"contact": True, "day": "refused", "treated": 9, "free": False}


def test_each_of_two_writings_of_one_day_is_marked(written):
    again = day(3, "calm")
    marks = not_free([*written, again], DAY, LATER)
    assert {m.corrects for m in marks} == {written[1].id, again.id}


def test_a_day_that_was_never_written_as_a_day_can_be_marked_too(entry):
    act = entry(3, "act", act="listened", harm=False)
    (mark,) = not_free([act], DAY, LATER)
    assert (mark.kind, mark.at, mark.corrects) == ("day", datetime(2026, 3, 3), None)
    assert free_entries(current([act, mark])) == []


def test_marking_twice_adds_nothing(written):
    marks = not_free(written, DAY, LATER)
    assert not_free([*written, *marks], DAY, LATER) == []


def test_marking_can_be_taken_back(written):
    (mark,) = not_free(written, DAY, LATER)
    free = corrected(mark, at=LATER, payload={"free": None})
    assert weekly_cells([*written, mark, free]) == weekly_cells(written)


def test_a_yes_to_a_danger_sign_on_that_day_still_stands(written):
    yes = answer("weapon", "yes", at=datetime(2026, 3, 3, 21))
    marks = not_free([*written, yes], DAY, LATER)
    assert danger_state([*written, yes, *marks], date(2026, 3, 5)).standing == ("weapon",)


def test_what_is_taken_back_counts_nowhere_and_stays_to_be_read(written):
    act = written[2]
    taken = withdrawn(act, LATER)
    assert (taken.kind, taken.corrects, taken.at, taken.written) == ("withdrawn", act.id, act.at, LATER)
    assert (taken.facts, taken.feelings, taken.payload) == ("", "", {})
    assert weekly_cells([*written, taken]) == weekly_cells([e for e in written if e is not act])
    assert act in [*written, taken]


def test_what_was_taken_back_can_count_again(written):
    act = written[2]
    taken = withdrawn(act, LATER)
    again = as_before(taken, act, LATER)
    assert (again.corrects, again.kind, again.payload, again.at) == (taken.id, "act", act.payload, act.at)
    assert weekly_cells([*written, taken, again]) == weekly_cells(written)


def test_going_back_leaves_a_mark_as_it_is(written):
    day_of = written[1]
    milder = corrected(day_of, at=LATER, payload={"treated": 2})
    (mark,) = not_free([*written, milder], DAY, LATER)
    assert as_before(mark, day_of, LATER).payload == {**day_of.payload, "free": False}
    assert as_before(corrected(mark, at=LATER, payload={"free": None}), mark, LATER).payload == milder.payload


def test_taking_a_marked_day_back_keeps_the_mark_and_it_is_not_made_twice(written):
    (mark,) = not_free(written, DAY, LATER)
    taken = withdrawn(mark, LATER)
    assert taken.payload == {"free": False}
    assert not_free([*written, mark, taken], DAY, LATER) == []
    assert {e.at.date() for e in free_entries([*written, mark, taken])} == {
        date(2026, 3, 2),
        date(2026, 3, 4),
    }


def test_a_day_that_was_taken_back_can_be_marked_still(written):
    taken = withdrawn(written[1], LATER)
    (mark,) = not_free([*written, taken], DAY, LATER)
    assert (mark.kind, mark.corrects, mark.payload) == ("day", None, {"free": False})
