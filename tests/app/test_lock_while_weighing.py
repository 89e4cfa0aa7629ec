"""A lock ends the process that weighs: in the running program, nothing of the verdict is sealed after it."""

import sys

import pytest
from tests.app.conftest import PASSPHRASE
from tests.app.records import no_signs, weeks_of
from tests.app.running import running

from velveteen.app.kept_verdict import NAME
from velveteen.app.shell import path
from velveteen.journal.entries import Entry, uuid7
from velveteen.journal.sealed import SealedJournal

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a lock replaces the process")

# The judge waits for a second, so that the lock comes while it weighs, and then leaves a trace on the disk.
SLOW = """
import time
from velveteen.app import weighing
def slow(question, progress):
    open(sys.argv[1] + ".began", "w").close()
    time.sleep(1.0)
    open(sys.argv[1] + ".ended", "w").close()
    return weighing.Answer("said", "<p>odds</p>")
weighing.weighed = slow
"""


@pytest.fixture
def notes(tmp_path):
    journal = tmp_path / "notes"
    entries = [*weeks_of(20), *no_signs()]
    side = Entry(uuid7(), "setting", entries[-1].at, entries[-1].at, {"key": "side", "value": "partner"})
    with SealedJournal.create(journal, PASSPHRASE) as made:
        made.append([*entries, side])
    return journal


def kept(journal):
    with SealedJournal.open(journal, PASSPHRASE) as opened:
        return opened.kept(NAME)


def begin(it, notes):
    it.client.post("/n/", data={"words": "", "passphrase": PASSPHRASE})
    it.client.post(path("guess"), data={"account": "same", "sure": "5"})
    assert it.until(notes.with_suffix(".began").exists)


def test_a_lock_while_it_weighs_ends_the_weighing_and_seals_nothing(notes):
    with running(notes, SLOW) as it:
        begin(it, notes)
        it.client.post(path("lock"))
        assert it.until(it.locked)
        assert not it.until(notes.with_suffix(".ended").exists, 2.0)
    assert kept(notes) is None


def test_without_a_lock_the_same_weighing_is_sealed(notes):
    with running(notes, SLOW) as it:
        begin(it, notes)
        assert it.until(notes.with_suffix(".ended").exists)
        assert it.until(lambda: "<p>odds</p>" in it.client.get(path("odds")).text)
        it.client.post(path("lock"))
        assert it.until(it.locked)
    assert b"said" in kept(notes)
