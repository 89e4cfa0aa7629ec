"""The second notebook as an ordinary one: notes are changed, deleted and found, and its settings are its own."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from tests.app.conftest import PASSPHRASE
from tests.app.notes import main
from tests.app.test_notebook import PURPOSE, SECOND, SECRET, note, sent, words_of

from velveteen.app import notebook_note, notebook_settings
from velveteen.app.notebook import TROUBLE
from velveteen.app.shell import path
from velveteen.guide.words import NEVER_SAID, SHAMING, found
from velveteen.journal.pair import alike
from velveteen.journal.sealed import SealedJournal
from velveteen.problems import Refused

THIRD = "a wholly different line of words"


@pytest.fixture
def inside(opened, desk):
    """The second notebook, open, with three notes; the real notes hold something too."""
    desk.add([note(SECRET)])
    opened.post(path("settings", "q"), data=sent())
    desk.close()
    opened.post(path("first"), data={"passphrase": SECOND})
    then = datetime.now() - timedelta(days=2)
    desk.add([note("Sowed the beans", then), note("Rain and the dentist"), note("Called the DENTIST again")])
    return opened


def the(desk, words):
    return next(e for e in desk.standing if words in e.facts)


def facts(desk):
    return [e.facts for e in desk.standing if e.kind == "note"]


def test_a_note_is_changed_in_its_place_and_what_it_said_is_gone(inside, desk):
    old = the(desk, "Sowed")
    page = inside.get(path("notebook", "3", old.id)).text
    assert ">Sowed the beans</textarea>" in page
    answer = inside.post(path("notebook", "3", old.id), data={"words": "Sowed the peas"})
    assert "Kept." in inside.get(answer.headers["location"]).text
    assert facts(desk) == ["Sowed the peas", "Rain and the dentist", "Called the DENTIST again"]
    assert the(desk, "peas").at == old.at
    assert all(b"beans" not in row.stored for row in desk.journal.chain())
    assert (desk.journal.erased(), desk.journal.verify()) == (0, None)


def test_a_note_that_stays_as_it_is_is_not_written_again(inside, desk):
    before = desk.journal.chain()
    answer = inside.post(
        path("notebook", "3", the(desk, "Rain").id), data={"words": " Rain and the dentist "}
    )
    assert (answer.status_code, desk.journal.chain()) == (303, before)


@pytest.mark.parametrize(("words", "said"), [("  ", notebook_note.EMPTY), ("w" * 100_001, "was not saved")])
def test_nothing_or_too_much_changes_no_note(inside, desk, words, said):
    before = desk.journal.chain()
    answer = inside.post(path("notebook", "3", the(desk, "Rain").id), data={"words": words})
    assert (answer.status_code, said in answer.text, desk.journal.chain()) == (400, True, before)


def test_a_note_is_deleted_after_one_question_and_nothing_of_it_stays(inside, desk):
    gone = the(desk, "Rain")
    asked = inside.get(path("notebook", "3", gone.id, "1"))
    assert main(asked).startswith("Delete this note?")
    assert "Rain and the dentist" in asked.text
    assert asked.text.count("<input") == 0
    assert len(facts(desk)) == 3
    answer = inside.post(path("notebook", "3", gone.id, "1"))
    assert "Deleted." in inside.get(answer.headers["location"]).text
    assert facts(desk) == ["Sowed the beans", "Called the DENTIST again"]
    assert all(b"Rain" not in row.stored for row in desk.journal.chain())
    assert desk.journal.erased() == 0


def test_a_note_that_is_gone_or_never_was_leads_back_to_the_notes(inside):
    for end in ((), ("1",), ("2",)):
        address = path("notebook", "3", "nowhere", *end)
        for method in ("POST",) if end == ("2",) else ("GET", "POST"):
            assert inside.request(method, address).headers["location"] == path("notebook")


def test_another_window_that_has_it_open_hinders_no_deleting(inside, desk):
    with SealedJournal.open(desk.file, SECOND) as other:
        other._connection.execute("BEGIN")
        other.entries()
        answer = inside.post(path("notebook", "3", the(desk, "Rain").id, "1"))
        assert answer.status_code == 303
        assert "Rain" not in str(facts(desk))


def test_a_disk_that_does_not_take_it_deletes_nothing_and_names_no_file(inside, desk, monkeypatch):
    def full(*_, **__):
        raise Refused("disk_full", f"The disk under {desk.file.name} is full.")

    monkeypatch.setattr(SealedJournal, "erase", full)
    answer = inside.post(path("notebook", "3", the(desk, "Rain").id, "1"))
    assert (answer.status_code, TROUBLE in answer.text, desk.file.name in answer.text) == (400, True, False)
    assert len(facts(desk)) == 3


def test_what_was_typed_over_a_note_and_not_kept_is_there_again_and_can_be_dropped(inside, desk):
    old = the(desk, "Rain")
    address = path("notebook", "3", old.id)
    draft = re.search(r'data-draft="([^"]+)"', inside.get(address).text)[1]
    inside.post(path("keep"), data={"draft": draft, "words": "Rain and the bank"})
    desk.close()
    desk.open(SECOND)
    assert ">Rain and the bank</textarea>" in inside.get(address).text
    assert inside.post(path("notebook", "3", old.id, "2")).headers["location"] == address
    assert ">Rain and the dentist</textarea>" in inside.get(address).text
    inside.post(path("keep"), data={"draft": draft, "words": "Rain and the bank"})
    inside.post(address, data={"words": "Rain and the bank"})
    assert (desk.drafts, "Rain and the bank" in facts(desk)) == ({}, True)


def look_for(client, words):
    answer = client.post(path("notebook", "1"), data={"sought": words})
    assert "dentist" not in answer.headers["location"]
    return client.get(answer.headers["location"])


def test_notes_are_found_by_all_words_in_any_case_and_the_words_stand_in_no_address(inside):
    page = main(look_for(inside, "dentist"))
    assert "2 notes" in page
    assert page.index("Called the DENTIST") < page.index("Rain and the dentist")
    assert "beans" not in page
    assert "1 note " in main(look_for(inside, "Dentist rain"))
    assert "No note has these words" in main(look_for(inside, "dentist beans"))
    assert look_for(inside, "  ").headers["location"] == path("notebook")


def test_what_was_looked_for_is_forgotten_with_a_lock(inside, desk):
    look_for(inside, "dentist")
    desk.close()
    desk.open(SECOND)
    assert inside.get(path("notebook", "1")).headers["location"] == path("notebook")


def test_its_settings_are_kept_in_it_alone(inside, desk):
    given = {
        "window_name": "Garden",
        "leave_to": "https://weather.example",
        "cover_after": "90",
        "lock_after": "2",
    }
    answer = inside.post(path("notebook", "2"), data=given | {"country": "IE", "about": "M"})
    assert "Kept." in inside.get(answer.headers["location"]).text
    assert desk.settings == given
    page = inside.get(path("notebook")).text
    assert "<title>Garden</title>" in page
    assert "<h1>Garden</h1>" in page
    assert 'data-away="https://weather.example"' in page
    before = desk.journal.chain()
    inside.post(path("notebook", "2"), data=given)
    assert desk.journal.chain() == before
    desk.close()
    desk.open(PASSPHRASE)
    assert {"window_name", "leave_to", "lock_after"} & set(desk.settings) == set()


def test_a_setting_that_will_not_do_is_said_and_nothing_is_kept(inside, desk):
    answer = inside.post(
        path("notebook", "2"), data={"window_name": "Garden", "leave_to": "javascript:alert(1)"}
    )
    assert (answer.status_code, desk.settings) == (400, {})
    assert 'value="Garden"' in answer.text


def test_its_passphrase_is_changed_and_the_other_stays(inside, desk):
    answer = inside.post(path("notebook", "2", "p"), data={"present": SECOND, "new": THIRD, "again": THIRD})
    assert "The new passphrase opens it" in inside.get(answer.headers["location"]).text
    assert (desk.notebook, len(facts(desk))) == (True, 3)
    file = desk.file
    desk.close()
    assert alike(file)
    assert inside.post(path("first"), data={"passphrase": SECOND}).status_code == 400
    desk.open(THIRD)
    assert desk.notebook
    desk.close()
    desk.open(PASSPHRASE)
    assert facts(desk) == [SECRET]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"present": PASSPHRASE}, "wrong_passphrase"), ({"again": SECOND}, "not_the_same"),
        ({"new": "1234", "again": "1234"}, "pin_passphrase"), ({"new": "password", "again": "password"}, "weak_passphrase"),
        ({"new": "", "again": ""}, "empty_passphrase"), ({"new": PASSPHRASE, "again": PASSPHRASE}, "same_passphrase"),
    ],
)  # fmt: skip
def test_a_passphrase_that_will_not_do_changes_nothing_and_tells_nothing(inside, desk, changed, code):
    given = {"present": SECOND, "new": THIRD, "again": THIRD} | changed
    answer = inside.post(path("notebook", "2", "p"), data=given)
    assert (answer.status_code, notebook_settings.WRONG[code] in answer.text) == (400, True)
    assert (desk.notebook, len(facts(desk))) == (True, 3)
    desk.close()
    desk.open(SECOND)
    assert desk.notebook


def test_one_that_opens_the_other_is_refused_in_the_words_for_one_that_is_guessed(inside):
    words = [
        main(inside.post(path("notebook", "2", "p"), data={"present": SECOND, "new": new, "again": new}))
        for new in (PASSPHRASE, "password")
    ]
    assert words[0] == words[1]


def test_trouble_with_a_new_passphrase_names_no_file(inside, desk, monkeypatch):
    def full(path, *_):
        raise Refused("disk_full", f"The disk under {path} is full.")

    monkeypatch.setattr("velveteen.app.desk.change_passphrase", full)
    answer = inside.post(path("notebook", "2", "p"), data={"present": SECOND, "new": THIRD, "again": THIRD})
    assert (answer.status_code, TROUBLE in answer.text, "notes-" in answer.text) == (400, True, False)


def test_no_page_of_it_has_a_word_of_what_the_program_is_for(inside, desk):
    one = the(desk, "Rain").id
    look_for(inside, "rain")
    plain = PURPOSE.pattern.replace("|second|", "|second (?!and)|").replace("|passphrase", "")
    for end in ((), ("1",), ("2",), ("3", one), ("3", one, "1"), ("4",)):
        answer = inside.get(path("notebook", *end))
        shown = words_of(answer.text).replace("how many seconds", "")
        assert (end, re.findall(plain, shown, re.IGNORECASE)) == (end, [])
        assert [found(shown, words) for words in (NEVER_SAID, SHAMING)] == [[], []]
        assert "<nav" not in answer.text


def test_for_whoever_has_the_notes_open_none_of_it_is_there(inside, desk):
    one = the(desk, "Rain").id
    desk.close()
    desk.open(PASSPHRASE)
    before = desk.journal.chain()
    for end in ((), ("1",), ("2",), ("2", "p"), ("3", one), ("3", one, "1"), ("3", one, "2")):
        for method in ("GET", "POST"):
            answer = inside.request(method, path("notebook", *end))
            assert (end, answer.status_code in (303, 405)) == (end, True)
            assert answer.headers.get("location", path("today")) == path("today")
    assert desk.journal.chain() == before
    desk.close()
    assert inside.get(path("notebook", "2")).headers["location"] == path("first")
