"""Whatever is done with an open journal, a busy, full or read-only disk is a plain sentence, and nothing is lost."""

import pytest

from velveteen.journal.sealed import SealedJournal
from velveteen.problems import Refused

from .conftest import PASSPHRASE

WRITING = {
    "append": lambda journal, entry: journal.append([entry(9, act="lied", facts="w" * 90_000)]),
    "keep": lambda journal, entry: journal.keep("draft", b"w" * 90_000),
    "drop": lambda journal, entry: journal.drop("draft"),
    "erase": lambda journal, entry: journal.erase([journal.entries()[0].id], rewrite_chain=False),
    "erase without a trace": lambda journal, entry: journal.erase([], rewrite_chain=True),
}
READING = {
    "entries": lambda journal: journal.entries(),
    "chain": lambda journal: journal.chain(),
    "verify": lambda journal: journal.verify(),
    "kept": lambda journal: journal.kept("draft"),
    "erased": lambda journal: journal.erased(),
}


@pytest.fixture
def filled(journal, entry):
    journal.append([entry(1 + n, act="lied", n=n) for n in range(5)])
    journal.keep("draft", b"half a sentence")
    return journal


def standing(journal):
    return {name: read(journal) for name, read in READING.items()}


@pytest.mark.parametrize("name", WRITING)
def test_another_window_that_is_writing(filled, path, entry, name):
    before = standing(filled)
    with SealedJournal.open(path, PASSPHRASE) as other:
        other._connection.execute("BEGIN IMMEDIATE")
        filled._connection.execute("PRAGMA busy_timeout = 20")
        with pytest.raises(Refused, match="Another window") as caught:
            WRITING[name](filled, entry)
        assert standing(filled) == before
        other._connection.execute("ROLLBACK")
    assert caught.value.code == "journal_busy"
    WRITING[name](filled, entry)
    assert filled.verify() is None


@pytest.mark.parametrize("name", WRITING)
def test_a_disk_that_may_only_be_read(filled, entry, name):
    before = standing(filled)
    filled._connection.execute("PRAGMA query_only = ON")
    with pytest.raises(Refused, match="can only be read") as caught:
        WRITING[name](filled, entry)
    assert caught.value.code == "read_only"
    assert standing(filled) == before


@pytest.mark.parametrize("name", ["append", "keep"])  # dropping and erasing need no room; see test_erase
def test_a_full_disk(filled, entry, name):
    before = standing(filled)
    pages = filled._connection.execute("PRAGMA page_count").fetchone()[0]
    filled._connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(Refused, match="disk is full") as caught:
        WRITING[name](filled, entry)
    assert caught.value.code == "disk_full"
    assert standing(filled) == before


def test_one_window_sees_what_another_has_erased(filled, path):
    gone = filled.entries()[1]
    with SealedJournal.open(path, PASSPHRASE) as other:
        assert gone in other.entries()
        filled.erase([gone.id], rewrite_chain=True)
        assert gone not in other.entries()
        assert other.verify() is None
