"""A new passphrase: the old one opens nothing any more, and stopped anywhere, exactly one of the two opens the journal."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from velveteen.journal import key, keyring, rekey
from velveteen.journal.rekey import change_passphrase
from velveteen.journal.sealed import SealedJournal
from velveteen.problems import BadInput, Refused

from .conftest import PASSPHRASE

NEW = "entirely different words"
SCRIPT = Path(__file__).parents[2] / "benchmarks" / "rekey_kill.py"


@pytest.fixture
def closed(cheap_key, path, entry):
    with SealedJournal.create(path, PASSPHRASE) as journal:
        journal.append([entry(1 + n % 28, act="lied", n=n, facts="x" * 200) for n in range(400)])
    return path


def opens(path, passphrase):
    try:
        with SealedJournal.open(path, passphrase) as journal:
            assert len(journal.entries()) == 400
            assert journal.verify() is None
    except BadInput as error:
        return error.code
    return True


def names(path):
    return sorted(file.name for file in path.parent.iterdir())


def test_the_new_one_opens_it_and_the_old_one_opens_nothing(closed):
    old_key_file, before = closed.with_name("notes.key").read_bytes(), closed.read_bytes()
    change_passphrase(closed, PASSPHRASE, NEW)
    assert opens(closed, NEW) is True
    assert opens(closed, PASSPHRASE) == "wrong_passphrase"
    assert names(closed) == ["notes", "notes.key"]
    after = closed.read_bytes()
    pages = range(0, len(after), 4096)
    assert not {after[at : at + 4096] for at in pages} & {before[at : at + 4096] for at in pages}
    closed.with_name("notes.key").write_bytes(old_key_file)  # somebody has kept a copy
    assert opens(closed, PASSPHRASE) == "journal_damaged"


def test_to_the_same_passphrase_makes_a_new_key(closed):
    before = closed.read_bytes()
    change_passphrase(closed, PASSPHRASE, PASSPHRASE)
    assert opens(closed, PASSPHRASE) is True
    assert closed.read_bytes() != before


@pytest.mark.parametrize(
    ("old", "new", "code"), [("not this one", NEW, "wrong_passphrase"), (PASSPHRASE, "", "empty_passphrase")]
)
def test_a_slip_changes_nothing(closed, old, new, code):
    before = {name: closed.with_name(name).read_bytes() for name in names(closed)}
    with pytest.raises(BadInput) as caught:
        change_passphrase(closed, old, new)
    assert caught.value.code == code
    assert {name: closed.with_name(name).read_bytes() for name in names(closed)} == before


class Stopped(BaseException):
    """As if the process had ended there: nothing after it is run."""


def stopped(closed, monkeypatch, where, name):
    """Change the passphrase, and end at this step."""

    def ended(*_args, **_kwargs):
        raise Stopped

    with monkeypatch.context() as patched:
        patched.setattr(where, name, ended)
        with pytest.raises(Stopped):
            change_passphrase(closed, PASSPHRASE, NEW)


def test_stopped_before_the_file_is_sealed_anew_the_old_one_opens_it(closed, monkeypatch):
    stopped(closed, monkeypatch, rekey, "_seal_anew")
    assert len(keyring.laid_out(closed)) == 1
    assert opens(closed, PASSPHRASE) is True
    assert opens(closed, NEW) == "passphrase_changed"  # it fits the key file laid out, and opens nothing
    change_passphrase(closed, PASSPHRASE, "third")
    assert names(closed) == ["notes", "notes.key"]
    assert opens(closed, "third") is True


def test_stopped_before_the_key_file_has_its_name_the_new_one_opens_it_and_finishes(closed, monkeypatch):
    stopped(closed, monkeypatch, Path, "replace")
    assert opens(closed, PASSPHRASE) == "passphrase_changed"
    assert len(keyring.laid_out(closed)) == 1
    assert opens(closed, NEW) is True
    assert names(closed) == ["notes", "notes.key"]
    assert opens(closed, PASSPHRASE) == "wrong_passphrase"


def test_where_the_disk_can_only_be_read_an_unfinished_change_still_opens(closed, monkeypatch):
    stopped(closed, monkeypatch, Path, "replace")

    def refuse(*_):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(keyring, "settle", refuse)
    assert opens(closed, NEW) is True


def test_the_key_file_lost_after_an_unfinished_change_takes_nothing(closed, monkeypatch):
    stopped(closed, monkeypatch, Path, "replace")
    closed.with_name("notes.key").unlink()
    assert opens(closed, NEW) is True


def test_twelve_kills_at_random(tmp_path):
    ran = subprocess.run([sys.executable, str(SCRIPT), "--trials", "12"], capture_output=True, check=False)
    tally = json.loads(ran.stdout)
    assert ran.returncode == 0
    assert tally["old"] + tally["new"] == tally["trials"] == 12
    assert [tally[name] for name in ("neither", "both", "lost", "misfits", "reasons")] == [0, 0, 0, 0, []]


def test_another_window_is_asked_to_open_it_again_and_loses_nothing_it_saved(closed, entry):
    with SealedJournal.open(closed, PASSPHRASE) as other:
        last = entry(3, act="listened")
        other.append([last])
        change_passphrase(closed, PASSPHRASE, NEW)
        for use in (other.entries, other.chain, lambda: other.append([entry(4, act="listened")])):
            with pytest.raises(BadInput, match="The other one does") as caught:
                use()
            assert caught.value.code == "passphrase_changed"
    with SealedJournal.open(closed, NEW) as journal:
        assert journal.entries()[-1] == last
        assert journal.verify() is None


def test_another_window_that_is_writing_is_waited_for_and_then_said(closed):
    with SealedJournal.open(closed, PASSPHRASE) as other:
        other._connection.execute("BEGIN IMMEDIATE")
        with pytest.raises(Refused) as caught:
            change_passphrase(closed, PASSPHRASE, NEW, busy_seconds=0.05)
        other._connection.execute("ROLLBACK")
    assert caught.value.code == "journal_busy"
    assert opens(closed, PASSPHRASE) is True
    assert names(closed) == ["notes", "notes.key"]


def test_another_window_that_is_reading_is_waited_for_and_then_said(closed):
    with SealedJournal.open(closed, PASSPHRASE) as other:
        other._connection.execute("BEGIN")
        other._connection.execute("SELECT count(*) FROM entries").fetchone()
        with pytest.raises(Refused) as caught:
            change_passphrase(closed, PASSPHRASE, NEW, busy_seconds=0.05)
        other._connection.execute("ROLLBACK")
    assert caught.value.code == "journal_busy"
    assert opens(closed, PASSPHRASE) is True


def test_no_room_for_the_change_is_said_first(closed, monkeypatch):
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("usage", (), {"free": 1000}))
    with pytest.raises(Refused) as caught:
        change_passphrase(closed, PASSPHRASE, NEW)
    assert caught.value.code == "disk_full"
    assert opens(closed, PASSPHRASE) is True


def test_a_folder_that_may_only_be_read(closed, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("velveteen.journal.atomic.os.open", refuse)
    with pytest.raises(Refused) as caught:
        change_passphrase(closed, PASSPHRASE, NEW)
    assert caught.value.code == "read_only"
    assert opens(closed, PASSPHRASE) is True


LIMITED = """
import resource, sys
from velveteen.journal.rekey import change_passphrase
from velveteen.problems import Refused
resource.setrlimit(resource.RLIMIT_FSIZE, (40000, 40000))
try:
    change_passphrase(*sys.argv[1:])
except Refused as error:
    print(error.code)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limits on the size of a file there")
def test_a_disk_that_fails_midway_leaves_the_old_one_in_force(closed):
    command = [sys.executable, "-c", LIMITED, str(closed), PASSPHRASE, NEW]
    assert closed.stat().st_size > 80000
    assert subprocess.run(command, capture_output=True, check=True).stdout == b"disk_trouble\n"
    assert opens(closed, PASSPHRASE) is True
    assert names(closed) == ["notes", "notes.key"]


def test_a_database_that_refuses_leaves_the_old_one_in_force(closed, monkeypatch):
    def refusing(*_):
        raise dbapi2.OperationalError("no")

    real = rekey.keyed

    class Connection:
        def __init__(self, *given):
            self.real = real(*given)

        def execute(self, statement):
            return refusing() if "rekey" in statement else self.real.execute(statement)

        def close(self):
            self.real.close()

    monkeypatch.setattr(rekey, "keyed", Connection)
    with pytest.raises(Refused, match="old passphrase opens"):
        change_passphrase(closed, PASSPHRASE, NEW)
    assert opens(closed, PASSPHRASE) is True


def test_what_cannot_be_told_keeps_both_key_files(closed, monkeypatch):
    monkeypatch.setattr(rekey, "_opens", lambda *_: False)
    with pytest.raises(Refused):
        change_passphrase(closed, PASSPHRASE, NEW)
    assert opens(closed, NEW) is True


def test_other_files_beside_it_are_no_key_files_of_its(closed):
    for name in ("notes.key.bak", "notes.key.1234567", "notes.keyx.12345678", "other.key.12345678"):
        closed.with_name(name).write_bytes(b"{}")
    assert keyring.laid_out(closed) == []
    header, _ = key.new_key("x")
    file = keyring.lay_out(closed, header)
    assert keyring.laid_out(closed) == [file]
    keyring.settle(closed, file)
    keyring.settle(closed, file)  # another process has been first
    assert key.read_header(closed) == header
