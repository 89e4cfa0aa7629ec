"""A journal of each format that was ever released opens for good. `stored/` is never written anew, only added to."""

import shutil
from datetime import datetime
from pathlib import Path

from velveteen.journal.entries import Entry
from velveteen.journal.schema import MIGRATIONS, VERSION
from velveteen.journal.sealed import SealedJournal

STORED = Path(__file__).parent / "stored"


def an_id(last):
    return f"01980000-0000-7000-8000-00000000000{last}"


PROMISE = {"what": "call the bank", "due": "2026-03-08"}
ENTRIES = [
    Entry(
        an_id(1), "day", datetime(2026, 3, 5), datetime(2026, 3, 5, 21, 30),
        {"contact": True, "day": "refused", "treated": 3}, "M", "I said no to Sunday", "tired",
    ),
    Entry(an_id(2), "promise", datetime(2026, 3, 5, 12), datetime(2026, 3, 5, 21, 31), PROMISE, "M"),
    Entry(
        an_id(3), "promise", datetime(2026, 3, 5, 12), datetime(2026, 3, 9, 20),
        {**PROMISE, "outcome": "kept", "resolved": "2026-03-09"}, "M", corrects=an_id(2),
    ),
    Entry(
        an_id(4), "dream", datetime(2026, 3, 10, 3, 0, 0, 5), datetime(2026, 3, 10, 7),
        {"shape": [1, 2.5, None, {"ä": "ß"}]}, "", "a house",
    ),
]  # fmt: skip


def test_the_first_format_opens_is_whole_and_can_be_written_to(tmp_path):
    for name in ("version-1", "version-1.key"):
        shutil.copy(STORED / name, tmp_path / name)
    with SealedJournal.open(tmp_path / "version-1", "stored in the first release") as journal:
        assert journal.entries() == ENTRIES
        assert journal.verify() is None
        assert (
            journal.append(
                [Entry(an_id(5), "day", datetime(2026, 3, 6), datetime(2026, 3, 6), {"contact": False})]
            )
            == 1
        )
        assert journal.append(ENTRIES) == 0
        assert journal._connection.execute("PRAGMA user_version").fetchone() == (VERSION,)


def test_the_second_format_opens_with_what_it_keeps_beside_the_record(tmp_path):
    for name in ("version-2", "version-2.key"):
        shutil.copy(STORED / name, tmp_path / name)
    with SealedJournal.open(tmp_path / "version-2", "stored with the second format") as journal:
        assert journal.entries() == ENTRIES
        assert journal.verify() is None
        assert journal.kept("draft") == b"half a sentence"


def test_there_is_a_stored_journal_of_every_format():
    assert {file.name for file in STORED.iterdir()} == {
        f"version-{n}{end}" for n in range(1, len(MIGRATIONS) + 1) for end in ("", ".key")
    }


def test_a_journal_whose_migration_was_interrupted_climbs_again(cheap_key, tmp_path):
    path = tmp_path / "notes"
    with SealedJournal.create(path, "a b c d") as journal:
        for statement in ("DROP TABLE entries", "DROP TABLE kept", "PRAGMA user_version = 0"):
            journal._connection.execute(statement)
    with SealedJournal.open(path, "a b c d") as journal:
        assert journal.append([Entry(an_id(1), "day", datetime(2026, 3, 6), datetime(2026, 3, 6))]) == 1
