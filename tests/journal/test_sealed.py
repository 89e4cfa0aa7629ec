"""A sealed journal keeps what it was given, in order, and adds nothing twice."""

import stat
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from velveteen.journal.entries import current
from velveteen.journal.jsonl import dumps, loads
from velveteen.journal.sealed import SealedJournal
from velveteen.problems import BadInput

from .conftest import PASSPHRASE
from .strategies import records


def test_entries_come_back_in_order_after_it_was_closed(cheap_key, path, entry):
    given_entries = [entry(5, act="lied"), entry(2, act="listened", facts="he asked", feelings="light")]
    with SealedJournal.create(path, PASSPHRASE) as journal:
        assert journal.append(given_entries) == 2
    with SealedJournal.open(path, PASSPHRASE) as journal:
        assert journal.entries() == given_entries
        assert journal.verify() is None


def test_at_full_cost_with_the_parameters_that_are_documented(path):
    with SealedJournal.create(path, PASSPHRASE) as journal:
        assert journal.entries() == []
    header = path.with_name("notes.key").read_text("ascii")
    for words in ('"argon2id"', '"memory_kib": 65536', '"time": 3', '"lanes": 4'):
        assert words in header


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(records)
def test_anything_that_an_export_can_hold(journal, entries):
    before = journal.entries()
    fresh = [e for e in entries if e.id not in {b.id for b in before} and e.corrects is None]
    journal.append(fresh, known="keep")
    assert journal.entries() == before + fresh


def test_only_its_owner_may_read_the_files(journal, path, entry):
    journal.append([entry()])
    files = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    assert {"notes", "notes.key", "notes-wal"} <= files.keys()
    assert set(files.values()) == {0o600}


def test_open_takes_rights_back_that_others_were_given(cheap_key, path):
    SealedJournal.create(path, PASSPHRASE).close()
    path.chmod(0o644)
    SealedJournal.open(path, PASSPHRASE).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_closing_leaves_two_files_and_may_be_done_twice(cheap_key, path, entry):
    journal = SealedJournal.create(path, PASSPHRASE)
    journal.append([entry()])
    journal.close()
    journal.close()
    assert sorted(file.name for file in path.parent.iterdir()) == ["notes", "notes.key"]


def test_the_settings_that_keep_it_safe_are_on(journal):
    def pragma(name):
        return str(journal._connection.execute(f"PRAGMA {name}").fetchone()[0])

    assert pragma("journal_mode") == "wal"
    assert pragma("synchronous") == "2"
    assert pragma("temp_store") == "2"
    assert pragma("secure_delete") == "1"


def test_the_same_import_twice_adds_nothing(journal, entry):
    first = [
        entry(3, act="harm"),
        entry(3, act="harm"),
        entry(3, act="harm"),
        entry(4, kind="day", contact=True),
    ]
    again = [replace(e, id=entry().id) for e in first]
    assert journal.append(first) == 4
    assert journal.append(again) == 0
    assert journal.append(loads(dumps(journal.entries()))[0]) == 0


def test_an_import_that_has_grown_adds_what_is_new(journal, entry):
    journal.append([entry(3, act="harm")])
    assert journal.append([entry(3, act="harm"), entry(3, act="harm"), entry(5, act="harm")]) == 2


def test_by_hand_the_same_may_be_written_twice(journal, entry):
    assert journal.append([entry(3, act="harm")], known="keep") == 1
    assert journal.append([entry(3, act="harm")], known="keep") == 1


def test_a_correction_follows_what_it_corrects_to_the_id_that_stands(journal, entry):
    promise = entry(2, kind="promise", what="call the bank")
    journal.append([promise])
    copy = replace(promise, id=entry().id)
    outcome = entry(2, kind="promise", what="call the bank", outcome="kept", corrects=copy.id)
    assert journal.append([copy, outcome]) == 1
    assert [e.payload["outcome"] for e in current(journal.entries())] == ["kept"]
    second = replace(promise, id=entry().id)
    assert journal.append([second, replace(outcome, id=entry().id, corrects=second.id)]) == 0


def test_an_id_that_stands_for_something_else_is_refused_and_nothing_is_added(journal, entry):
    first = entry(3, act="lied")
    journal.append([first])
    with pytest.raises(BadInput) as caught:
        journal.append([entry(4, act="listened"), replace(first, payload={"act": "thanked_me"})])
    assert caught.value.code == "id_taken"
    assert journal.entries() == [first]


def test_one_bad_entry_leaves_the_whole_batch_out(journal, entry):
    with pytest.raises(BadInput):
        journal.append([entry(3, act="lied"), entry(4, strange=float("nan"))])
    assert journal.entries() == []
    assert journal.append([entry(3, act="lied")]) == 1


def test_a_passphrase_may_be_typed_with_composed_accents_or_without(cheap_key, path):
    SealedJournal.create(path, "caf\u00e9 na\u00efve").close()
    SealedJournal.open(path, "cafe\u0301 nai\u0308ve").close()


def test_what_is_kept_beside_the_record_is_replaced_dropped_and_no_part_of_it(journal, path, entry):
    journal.append([entry(1, act="lied")])
    chain = journal.chain()
    assert journal.kept("draft") is None
    journal.keep("draft", b"half a")
    journal.keep("draft", b"half a sentence")
    assert journal.kept("draft") == b"half a sentence"
    assert journal.chain() == chain
    journal.drop("draft")
    journal.drop("draft")
    assert journal.kept("draft") is None
    assert journal.verify() is None
