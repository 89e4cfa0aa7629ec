"""Two processes write to one journal at once: they take turns, nothing is lost, the chain holds."""

import subprocess
import sys

from velveteen.journal.sealed import SealedJournal

from .conftest import PASSPHRASE

WRITER = """
import sys
from datetime import datetime
from velveteen.journal.entries import Entry, uuid7
from velveteen.journal.sealed import SealedJournal
path, passphrase, name = sys.argv[1:]
now = datetime(2026, 1, 1)
with SealedJournal.open(path, passphrase) as journal:
    for n in range(100):
        journal.append([Entry(uuid7(), "act", now, now, {"act": name, "n": n})])
"""


def test_both_write_all_they_have(cheap_key, path):
    SealedJournal.create(path, PASSPHRASE).close()
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(path), PASSPHRASE, name], stderr=subprocess.PIPE)
        for name in ("one", "two")
    ]
    complaints = [writer.communicate()[1] for writer in writers]
    assert complaints == [b"", b""]
    with SealedJournal.open(path, PASSPHRASE) as journal:
        payloads = [entry.payload for entry in journal.entries()]
        assert journal.verify() is None
    for name in ("one", "two"):
        assert [p["n"] for p in payloads if p["act"] == name] == list(range(100))


def test_one_sees_what_the_other_has_saved(cheap_key, path, entry):
    with SealedJournal.create(path, PASSPHRASE) as one, SealedJournal.open(path, PASSPHRASE) as two:
        first = entry(3, act="lied")
        one.append([first])
        assert two.entries() == [first]
        assert two.append([entry(3, act="lied"), entry(4, act="listened")]) == 1
        assert len(one.entries()) == 2
        assert one.verify() is None
