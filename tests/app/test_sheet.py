"""Each sheet makes an entry that the journal knows, and puts right what stands."""

from datetime import date

import pytest

from velveteen.app.forms import Form
from velveteen.app.sheet import entry_of, sheet_for, sheets, sheets_for
from velveteen.app.shell import path
from velveteen.guide.words import NEVER_SAID, SHAMING, found
from velveteen.journal.payloads import misfit
from velveteen.problems import BadInput

ANSWER = {
    "line": "words",
    "text": "more words",
    "date": "2026-03-05",
    "scale": "3",
    "number": "2",
    "yes": "yes",
}
SIDES = ("partner", "changer", "unsure")


def every_answer(sheet, pick=0):
    return {
        f.key: f.options[pick % len(f.options)][0] if f.input == "choice" else ANSWER[f.input]
        for f in sheet.fields
    }


def longest(sheet):
    return max((len(f.options) for f in sheet.fields), default=1) or 1


@pytest.mark.parametrize("sheet", sheets().values(), ids=lambda s: f"{s.id}-{s.kind}")
def test_every_choice_of_every_sheet_fits_its_kind(sheet):
    for pick in range(longest(sheet)):
        entry = entry_of(sheet, Form(list(every_answer(sheet, pick).items())), "M")
        assert misfit(entry) is None
        assert entry.kind == sheet.kind
        assert set(dict(sheet.fixed)) <= set(entry.payload)


@pytest.mark.parametrize(
    "sheet",
    [s for s in sheets().values() if any(f.needed for f in s.fields)],
    ids=lambda s: f"{s.id}-{s.kind}",
)
def test_a_sheet_without_what_it_needs_asks_for_it_and_keeps_the_rest(began, desk, sheet):
    needed = [f for f in sheet.fields if f.needed]
    client = began(sheet.sides[0])
    before = len(desk.standing)
    form = {**every_answer(sheet), needed[0].key: ""}
    answer = client.post(path("sheet", sheet.id), data=form)
    assert answer.status_code == 400
    assert "still needed" in answer.text
    assert len(desk.standing) == before
    typed = [f for f in sheet.fields if f.input in ("line", "text") and not f.needed]
    assert all(ANSWER[f.input] in answer.text for f in typed)


@pytest.mark.parametrize("side", SIDES)
def test_a_sheet_of_the_other_side_is_not_there(began, desk, side):
    client = began(side)
    for sheet in sheets().values():
        status = client.get(path("sheet", sheet.id)).status_code
        assert status == (200 if side in sheet.sides else 400)
    assert {s.id for s in sheets_for(side)} == {s.id for s in sheets().values() if side in s.sides}


def test_the_two_sides_share_no_sheet_about_the_other_person():
    shared = [s.kind for s in sheets().values() if {"partner", "changer"} <= set(s.sides)]
    assert sorted(shared) == ["cure_tried", "support", "therapy_session"]


def test_what_was_kept_can_be_put_right_and_what_stood_stays_beside_it(opened, desk):
    opened.post(path("sheet", "1"), data={"what": "call", "due": "2026-03-08", "on": "2026-03-05"})
    (made,) = [e for e in desk.standing if e.kind == "promise"]
    page = opened.get(path("sheet", "1", made.id)).text
    assert 'value="call"' in page
    assert 'value="2026-03-05"' in page
    opened.post(path("sheet", "1", made.id), data={"what": "call the bank", "outcome": "broken"})
    (stands,) = [e for e in desk.standing if e.kind == "promise"]
    assert stands.payload == {"what": "call the bank", "due": "2026-03-08", "outcome": "broken"}
    assert stands.at.date() == date(2026, 3, 5)
    assert stands.corrects == made.id
    assert made in desk.entries


def test_a_promise_that_cannot_be_kept_is_not_kept_as_one(changer, desk):
    form = {"what": "never shout again", "can": "no"}
    answer = changer.post(path("sheet", "13"), data=form)
    assert answer.status_code == 400
    assert "Make it smaller" in answer.text
    assert "never shout again" in answer.text
    assert [e for e in desk.standing if e.kind == "promise"] == []


def test_what_does_not_stand_cannot_be_put_right(opened):
    assert opened.get(path("sheet", "1", "no-such-entry")).status_code == 400
    assert opened.get(path("sheet", "99")).status_code == 400


def test_an_entry_finds_the_sheet_that_it_was_written_on():
    for sheet in sheets().values():
        entry = entry_of(sheet, Form(list(every_answer(sheet).items())), "")
        for side in sheet.sides:
            again = sheet_for(entry, side)
            assert again is not None
            assert again.kind == sheet.kind
            assert again.fixed == sheet.fixed
    assert sheet_for(entry, "nobody") is None


def test_an_answer_outside_its_range_is_not_taken():
    sheet = sheets()["12"]
    with pytest.raises(BadInput, match="still needed"):
        entry_of(sheet, Form([("rating", "11")]), "")


@pytest.mark.parametrize("sheet", sheets().values(), ids=lambda s: f"{s.id}-{s.kind}")
def test_no_word_of_a_sheet_shames_promises_or_makes_anyone_wait(sheet):
    asked = [f"{f.ask} {f.unless_yes} {' '.join(words for _, words in f.options)}" for f in sheet.fields]
    words = " ".join([sheet.title, sheet.why, *asked])
    assert found(words, SHAMING) == []
    assert found(words, NEVER_SAID) == []
