"""What can go wrong with a sealed journal: a code, a plain sentence, and nothing lost."""

import json
import re
import subprocess
import sys

import pytest

from velveteen.journal.schema import MIGRATIONS, VERSION
from velveteen.journal.sealed import SealedJournal
from velveteen.journal.sealed_file import PAGE_BYTES
from velveteen.problems import BadInput, Refused

from .conftest import PASSPHRASE


@pytest.fixture
def closed(cheap_key, path, entry):
    """A closed journal of 400 entries; gives its path."""
    with SealedJournal.create(path, PASSPHRASE) as journal:
        journal.append([entry(1 + n % 28, act="lied", n=n, facts="x" * 200) for n in range(400)])
    return path


def code_of(kind, path, passphrase=PASSPHRASE):
    before = {file: file.read_bytes() for file in path.parent.iterdir()}
    with pytest.raises(kind) as caught:
        SealedJournal.open(path, passphrase)
    assert {file: file.read_bytes() for file in before} == before
    assert caught.value.message.endswith((".", "!"))
    return caught.value.code


def test_wrong_passphrase(closed):
    assert code_of(BadInput, closed, "not this one") == "wrong_passphrase"
    with SealedJournal.open(closed, PASSPHRASE) as journal:
        assert len(journal.entries()) == 400


@pytest.mark.parametrize("keep", [0, 10, 1000, 4096, 4096 * 5, 4096 * 5 + 77])
def test_a_file_cut_short_is_told_from_a_wrong_passphrase(closed, keep):
    closed.write_bytes(closed.read_bytes()[:keep])
    assert code_of(BadInput, closed) == "journal_damaged"


def test_a_last_page_cut_short(closed):
    closed.write_bytes(closed.read_bytes()[:-100])
    assert code_of(BadInput, closed) == "journal_damaged"


def test_another_file_in_its_place(closed):
    closed.write_bytes(b"once upon a time " * 1000)
    assert code_of(BadInput, closed) == "journal_damaged"


def test_a_changed_byte_deep_inside_is_said_when_it_is_read(closed):
    data = bytearray(closed.read_bytes())
    for page in range(PAGE_BYTES, len(data), PAGE_BYTES):  # all but the first, which opening reads
        data[page + PAGE_BYTES // 2] ^= 1
    closed.write_bytes(data)
    with SealedJournal.open(closed, PASSPHRASE) as journal, pytest.raises(BadInput) as caught:
        journal.entries()
    assert caught.value.code == "journal_damaged"


def test_the_key_file_of_another_journal(closed, tmp_path):
    other = tmp_path / "other"
    SealedJournal.create(other, "entirely different words").close()
    closed.with_name("notes.key").write_bytes(other.with_name("other.key").read_bytes())
    assert code_of(BadInput, closed) == "wrong_passphrase"
    with pytest.raises(BadInput, match="belongs to another journal"):
        SealedJournal.open(closed, "entirely different words")


def test_no_key_file(closed):
    closed.with_name("notes.key").unlink()
    assert code_of(BadInput, closed) == "key_file_missing"


@pytest.mark.parametrize("change", ["cut", "salt", "cost", "text", "list"])
def test_a_damaged_key_file(closed, change):
    key_file = closed.with_name("notes.key")
    data = key_file.read_bytes()
    changed = {
        "cut": data[:50],
        "salt": re.sub(rb'(?<="salt": ")\w', lambda digit: b"%x" % (int(digit[0], 16) ^ 1), data),
        "cost": data.replace(b'"memory_kib": 8', b'"memory_kib": 999999999'),
        "text": b"hello",
        "list": b"[]",
    }[change]
    assert changed != data
    key_file.write_bytes(changed)
    assert code_of(BadInput, closed) == "key_file_damaged"


def test_a_key_file_of_a_newer_version(closed):
    from velveteen.journal import key

    key_file = closed.with_name("notes.key")
    record = json.loads(key_file.read_bytes())
    del record["sum"]
    record["version"] = 2
    key_file.write_text(json.dumps({**record, "sum": key._sum(record)}))
    assert code_of(BadInput, closed) == "newer_version"


def test_a_journal_of_a_newer_version(closed):
    with SealedJournal.open(closed, PASSPHRASE) as journal:
        journal._connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    assert code_of(BadInput, closed) == "newer_version"


def test_nothing_there(tmp_path):
    with pytest.raises(BadInput) as caught:
        SealedJournal.open(tmp_path / "nowhere", PASSPHRASE)
    assert caught.value.code == "not_found"
    assert list(tmp_path.iterdir()) == []


def test_an_existing_file_is_never_replaced(cheap_key, path):
    path.write_text("my shopping list")
    with pytest.raises(BadInput) as caught:
        SealedJournal.create(path, PASSPHRASE)
    assert caught.value.code == "file_exists"
    assert path.read_text() == "my shopping list"
    assert list(path.parent.iterdir()) == [path]


def test_a_key_file_without_its_journal_is_never_replaced(closed):
    kept = closed.read_bytes()
    closed.unlink()
    with pytest.raises(BadInput) as caught:
        SealedJournal.create(closed, "something else")
    assert caught.value.code == "key_file_exists"
    closed.write_bytes(kept)
    SealedJournal.open(closed, PASSPHRASE).close()


def test_an_empty_passphrase(path):
    with pytest.raises(BadInput) as caught:
        SealedJournal.create(path, "")
    assert caught.value.code == "empty_passphrase"


def test_a_missing_folder(cheap_key, tmp_path):
    with pytest.raises(BadInput) as caught:
        SealedJournal.create(tmp_path / "nowhere" / "notes", PASSPHRASE)
    assert caught.value.code == "folder_not_found"


def test_a_folder_that_may_only_be_read(cheap_key, path, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("velveteen.journal.atomic.os.open", refuse)
    with pytest.raises(Refused) as caught:
        SealedJournal.create(path, PASSPHRASE)
    assert caught.value.code == "read_only"


def test_a_full_disk_at_the_start_leaves_nothing_behind(cheap_key, path, monkeypatch):
    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("velveteen.journal.atomic.os.fsync", full)
    with pytest.raises(Refused) as caught:
        SealedJournal.create(path, PASSPHRASE)
    assert caught.value.code == "disk_full"
    assert list(path.parent.iterdir()) == []


def test_a_full_disk_while_writing_loses_nothing_that_was_saved(journal, entry):
    saved = entry(3, act="lied")
    journal.append([saved])
    pages = journal._connection.execute("PRAGMA page_count").fetchone()[0]
    journal._connection.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(Refused, match="has not been saved") as caught:
        journal.append([entry(4, n=n, facts="y" * 3000) for n in range(50)])
    assert caught.value.code == "disk_full"
    assert journal.entries() == [saved]
    journal._connection.execute("PRAGMA max_page_count = 1000000")
    assert journal.append([entry(5, act="listened")]) == 1


def test_a_disk_that_may_only_be_read(journal, entry):
    journal._connection.execute("PRAGMA query_only = ON")
    with pytest.raises(Refused) as caught:
        journal.append([entry(3, act="lied")])
    assert caught.value.code == "read_only"


HOLDER = """
import sys
from velveteen.journal.sealed import SealedJournal
journal = SealedJournal.open(sys.argv[1], sys.argv[2])
journal._connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""


def test_another_process_that_is_writing(closed, entry):
    command = [sys.executable, "-c", HOLDER, str(closed), PASSPHRASE]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout.readline() == b"held\n"
        with SealedJournal.open(closed, PASSPHRASE, busy_seconds=0.05) as journal:
            assert len(journal.entries()) == 400
            with pytest.raises(Refused) as caught:
                journal.append([entry(3, act="listened")])
        holder.communicate()
    assert caught.value.code == "journal_busy"
    with SealedJournal.open(closed, PASSPHRASE) as journal:
        assert journal.append([entry(3, act="listened")]) == 1


def signed(header):
    from velveteen.journal import key

    return json.dumps({**header, "sum": key._sum(header)}).encode()


@pytest.mark.parametrize(
    "change", [{"salt": "zz" * 16}, {"salt": "00"}, {"memory_kib": 1 << 30}, {"time": "3"}]
)
def test_a_key_file_whose_parts_cannot_be(closed, change):
    key_file = closed.with_name("notes.key")
    header = json.loads(key_file.read_bytes())
    del header["sum"]
    key_file.write_bytes(signed({**header, **change}))
    assert code_of(BadInput, closed) == "key_file_damaged"
    key_file.write_bytes(signed({"version": 1}))
    assert code_of(BadInput, closed) == "key_file_damaged"


def test_a_folder_in_place_of_the_key_file(closed):
    key_file = closed.with_name("notes.key")
    key_file.unlink()
    key_file.mkdir()
    with pytest.raises(BadInput) as caught:
        SealedJournal.open(closed, PASSPHRASE)
    assert caught.value.code == "key_file_unreadable"


def test_another_process_that_makes_the_same_journal_first(cheap_key, path, monkeypatch):
    monkeypatch.setattr("velveteen.journal.sealed._check_new", lambda *_: None)
    path.with_name("notes.key").write_text("theirs")
    with pytest.raises(BadInput) as caught:
        SealedJournal.create(path, PASSPHRASE)
    assert caught.value.code == "key_file_exists"
    path.with_name("notes.key").unlink()
    path.write_text("theirs")
    with pytest.raises(BadInput) as caught:
        SealedJournal.create(path, PASSPHRASE)
    assert caught.value.code == "file_exists"
    assert [(file.name, file.read_text()) for file in path.parent.iterdir()] == [("notes", "theirs")]


def test_a_migration_that_fails_leaves_the_journal_as_it_was(closed, monkeypatch):
    steps = (*MIGRATIONS, ("CREATE TABLE other (a)", "this is no statement"))
    monkeypatch.setattr("velveteen.journal.schema.MIGRATIONS", steps)
    monkeypatch.setattr("velveteen.journal.schema.VERSION", len(steps))
    with pytest.raises(Refused):
        SealedJournal.open(closed, PASSPHRASE)
    monkeypatch.undo()
    with SealedJournal.open(closed, PASSPHRASE) as journal:
        assert len(journal.entries()) == 400
        tables = journal._connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        assert tables == [("entries",), ("kept",)]
