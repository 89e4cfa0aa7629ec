"""A backup holds the whole chain, opens with the public age format, and restores to the same journal or to none."""

import json
import shutil
import stat
import subprocess
import sys

import pyrage
import pytest
from hypothesis import HealthCheck, given, settings

from velveteen.journal import backup
from velveteen.journal.backup import back_up, restore
from velveteen.journal.chain import Row
from velveteen.journal.notebook import create_pair, is_notebook
from velveteen.journal.sealed import SealedJournal
from velveteen.problems import BadInput, Refused

from .conftest import PASSPHRASE
from .strategies import records

SECRET = "kept at my sister's"
NEW = "a journal of its own"
public_age = pytest.mark.skipif(
    shutil.which("age") is None, reason="the public tool age is not on this machine"
)


@pytest.fixture
def filled(journal, entry):
    journal.append(
        [entry(1 + n, act="lied", n=n, facts="half \ud83d a pair" if n == 4 else "ä") for n in range(9)]
    )
    journal.erase([journal.entries()[3].id], rewrite_chain=False)
    return journal


@pytest.fixture
def no_wait(monkeypatch):
    """The encryption left out, where it is not what is looked at: it takes a second on purpose."""
    monkeypatch.setattr(backup.pyrage.passphrase, "encrypt", lambda data, _: backup._AGE + data)
    monkeypatch.setattr(backup.pyrage.passphrase, "decrypt", lambda data, _: data.removeprefix(backup._AGE))


@pytest.fixture(scope="module")
def sealed_bytes():
    """Three rows, truly encrypted, once for all tests that read them."""
    rows = [
        Row(bytes([n]) * 16, b'{"at":"2026-03-01T00:00:00","id":"%d"}' % n, bytes([n]) * 32) for n in range(3)
    ]
    return pyrage.passphrase.encrypt(backup.dumps(rows), SECRET)


def test_a_restored_journal_has_the_same_entries_and_the_same_chain(filled, tmp_path):
    assert back_up(filled, tmp_path / "notes.age", SECRET) == 9
    path = tmp_path / "again"
    assert restore(tmp_path / "notes.age", path, SECRET, NEW) == 9
    with SealedJournal.open(path, NEW) as again:
        assert again.entries() == filled.entries()
        assert again.chain() == filled.chain()
        assert again.verify() is None
        assert again.erased() == 1
        assert again.append(filled.entries()) == 0
        again.erase([again.entries()[0].id], rewrite_chain=False)
        assert again.verify() is None


@pytest.mark.parametrize("stored", [b"\xff\xfe", b'{"id": "spaced"}', b"[1]", b"{}", "like the first"])
def test_a_record_that_was_changed_is_restored_as_it_is_and_verify_says_so(filled, no_wait, tmp_path, stored):
    first = filled.chain()[0].stored
    changed = first.replace(b"lied", b"left") if stored == "like the first" else stored
    filled._connection.execute("UPDATE entries SET stored = ? WHERE seq = 2", (changed,))
    back_up(filled, tmp_path / "notes.age", SECRET)
    restore(tmp_path / "notes.age", tmp_path / "again", SECRET, NEW)
    with SealedJournal.open(tmp_path / "again", NEW) as again:
        assert again.chain() == filled.chain()
        assert again.verify() == filled.verify()
        assert again.verify().where == "entry 2"


def test_the_lines_are_readable_without_this_program(filled, no_wait, tmp_path):
    back_up(filled, tmp_path / "notes.age", SECRET)
    head, *places = map(json.loads, (tmp_path / "notes.age").read_bytes().splitlines()[1:])
    assert (head["format"], head["version"], head["rows"]) == ("velveteen backup", 1, 9)
    assert [place["entry"]["payload"]["n"] for place in places if "entry" in place] == [
        0,
        1,
        2,
        4,
        5,
        6,
        7,
        8,
    ]
    assert places[3].keys() == {"digest", "link"}
    assert [bytes.fromhex(place["link"]) for place in places] == [row.link for row in filled.chain()]


def test_it_is_in_the_age_format_for_its_owner_alone_and_shows_no_word(filled, tmp_path):
    out = tmp_path / "kept" / "notes.age"
    out.parent.mkdir()
    back_up(filled, out, SECRET)
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert [file.name for file in out.parent.iterdir()] == ["notes.age"]
    for secret in (b"lied", b"entry", b"velveteen", SECRET.encode()):
        assert secret not in out.read_bytes()
    assert pyrage.passphrase.decrypt(out.read_bytes(), SECRET).count(b"\n") == 10


def age(*arguments, typed=SECRET):
    """Run the public tool, which asks for a passphrase on a terminal and nowhere else; each time it asks, this is typed."""
    terminal = "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))"
    return subprocess.run(
        [sys.executable, "-c", terminal, "age", *map(str, arguments)],
        input=f"{typed}\n{typed}\n".encode(), capture_output=True, timeout=60, check=False,
    )  # fmt: skip


@public_age
def test_the_public_tool_opens_it_and_gives_the_text_that_is_documented(filled, tmp_path):
    back_up(filled, tmp_path / "notes.age", SECRET)
    assert age("-d", "-o", tmp_path / "notes.txt", tmp_path / "notes.age").returncode == 0
    head, *places = map(json.loads, (tmp_path / "notes.txt").read_text("utf-8").splitlines())
    assert head.keys() == {"format", "version", "made", "rows"}
    assert [place["entry"]["payload"]["n"] for place in places if "entry" in place] == [
        0,
        1,
        2,
        4,
        5,
        6,
        7,
        8,
    ]
    assert places[0]["entry"]["facts"] == "ä"


@public_age
def test_the_public_tool_does_not_open_it_with_another_passphrase(sealed_bytes, tmp_path):
    (tmp_path / "notes.age").write_bytes(sealed_bytes)
    assert (
        age("-d", "-o", tmp_path / "notes.txt", tmp_path / "notes.age", typed="not this one").returncode == 1
    )
    assert not (tmp_path / "notes.txt").exists()


@public_age
def test_what_the_public_tool_seals_again_is_restored(filled, tmp_path):
    (tmp_path / "notes.txt").write_bytes(backup.dumps(filled.chain()))
    assert age("-p", "-o", tmp_path / "notes.age", tmp_path / "notes.txt").returncode == 0
    assert restore(tmp_path / "notes.age", tmp_path / "again", SECRET, NEW) == 9
    with SealedJournal.open(tmp_path / "again", NEW) as again:
        assert again.chain() == filled.chain()


def refused(tmp_path, data, passphrase=SECRET):
    """The code with which a backup of these bytes is refused; nothing may be written by that."""
    file = tmp_path / "given.age"
    file.write_bytes(data)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(BadInput, match="Nothing was written") as caught:
        restore(file, tmp_path / "again", passphrase, NEW)
    assert sorted(tmp_path.iterdir()) == before
    return caught.value.code


def test_a_wrong_passphrase(sealed_bytes, tmp_path):
    assert refused(tmp_path, sealed_bytes, "not this one") == "wrong_passphrase"


@pytest.mark.parametrize("keep", [60, 120, -1])
def test_a_backup_cut_short(sealed_bytes, tmp_path, keep):
    assert refused(tmp_path, sealed_bytes[:keep]) == "backup_damaged"


@pytest.mark.parametrize("place", [-1, -100])
def test_a_changed_byte(sealed_bytes, tmp_path, place):
    data = bytearray(sealed_bytes)
    data[place] ^= 1
    assert refused(tmp_path, bytes(data)) == "backup_damaged"


@pytest.mark.parametrize("data", [b"", b"hello", b"age-encryption.org/v2\n"])
def test_another_file(tmp_path, data):
    assert refused(tmp_path, data) == "not_a_backup"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"", "backup_damaged"),
        (b"no json", "backup_damaged"),
        (b"[]\n", "backup_damaged"),
        (b'{"format": "other", "version": 1, "rows": 0}', "backup_damaged"),
        (b'{"format": "velveteen backup", "version": 2, "rows": 0}', "newer_version"),
        (b'{"format": "velveteen backup", "version": 1, "rows": 1}', "backup_damaged"),
        (b'{"format": "velveteen backup", "version": 1, "rows": 1}\n{"link": "zz"}', "backup_damaged"),
        (
            b'{"format": "velveteen backup", "version": 1, "rows": 1}\n{"link": "00", "salt": "00"}',
            "backup_damaged",
        ),
    ],
)
def test_an_age_file_with_something_else_in_it(tmp_path, monkeypatch, text, code):
    monkeypatch.setattr(backup.pyrage.passphrase, "decrypt", lambda *_: text)
    assert refused(tmp_path, backup._AGE) == code


@pytest.mark.parametrize("busy", [3, 10_000])
def test_a_moment_in_which_the_device_is_busy_is_no_damage(sealed_bytes, tmp_path, monkeypatch, busy):
    real, tries = pyrage.passphrase.decrypt, []

    def slow(*given):
        tries.append(1)
        if len(tries) <= busy:
            raise pyrage.DecryptError(
                "Excessive work parameter for passphrase.\nDecryption would take around 64 seconds."
            )
        return real(*given)

    monkeypatch.setattr(backup.pyrage.passphrase, "decrypt", slow)
    if busy == 3:
        assert len(backup.opened(sealed_bytes, SECRET).rows) == 3
    else:
        with pytest.raises(Refused, match="Nothing was written") as caught:
            backup.opened(sealed_bytes, SECRET)
        assert caught.value.code == "device_busy"


def test_more_work_than_any_device_does_is_refused_by_the_format_s_own_library():
    """What the two tests above and below imitate is what is truly said."""
    line = b"-> scrypt " + b"A" * 22 + b" 40\n"
    with pytest.raises(pyrage.DecryptError, match=f"^{backup._TOO_MUCH}"):
        pyrage.passphrase.decrypt(
            backup._AGE + line + b"A" * 43 + b"\n--- " + b"A" * 43 + b"\n" + b"w" * 40, SECRET
        )


def test_a_file_that_is_sealed_for_a_key_is_another_file(tmp_path):
    somebody = pyrage.x25519.Identity.generate().to_public()
    assert refused(tmp_path, pyrage.encrypt(b"cells", [somebody])) == "not_a_backup"


def test_a_backup_of_a_cover_notebook_comes_back_as_one(cheap_key, no_wait, tmp_path, entry):
    pair = create_pair(tmp_path / "notes", PASSPHRASE, "recipes and the garden")
    with SealedJournal.open(pair[1], "recipes and the garden") as cover:
        cover.append([entry(3, kind="note", facts="The beans are up")])
        back_up(cover, tmp_path / "plain.age", SECRET)
    with SealedJournal.open(pair[0], PASSPHRASE) as whole:
        back_up(whole, tmp_path / "whole.age", SECRET)
    for name, plain in (("plain", True), ("whole", False)):
        restore(tmp_path / f"{name}.age", tmp_path / name, SECRET, NEW)
        with SealedJournal.open(tmp_path / name, NEW) as again:
            assert is_notebook(again) is plain


def test_a_cover_notebook_that_cannot_be_marked_as_one_is_not_left_as_a_journal(
    cheap_key, tmp_path, monkeypatch
):
    def full(*_):
        raise Refused("disk_full", "The disk is full.")

    monkeypatch.setattr(SealedJournal, "keep", full)
    with pytest.raises(Refused):
        backup.put_back(backup.Backup([], plain=True), tmp_path / "again", NEW)
    assert list(tmp_path.iterdir()) == []


def test_the_entries_of_a_backup_are_counted_with_what_cannot_be_read(filled):
    rows = filled.chain()
    broken = [*rows[:2], Row(b"s" * 16, b"[1]", b"l" * 32), *rows[2:]]
    assert backup.entries_in(backup.Backup(broken)) == (filled.entries(), 1)


def test_a_backup_that_is_not_there(tmp_path):
    with pytest.raises(BadInput) as caught:
        restore(tmp_path / "nowhere", tmp_path / "again", SECRET, NEW)
    assert caught.value.code == "file_unreadable"
    assert list(tmp_path.iterdir()) == []


def test_nothing_that_stands_is_replaced(filled, no_wait, path, tmp_path):
    out = tmp_path / "notes.age"
    back_up(filled, out, SECRET)
    before = out.read_bytes()
    with pytest.raises(BadInput) as caught:
        back_up(filled, out, SECRET)
    assert caught.value.code == "file_exists"
    with pytest.raises(BadInput) as caught:
        restore(out, path, SECRET, NEW)
    assert caught.value.code == "file_exists"
    assert out.read_bytes() == before
    assert len(filled.entries()) == 8


def test_an_empty_passphrase_of_either(filled, no_wait, tmp_path):
    back_up(filled, tmp_path / "notes.age", SECRET)
    before = sorted(tmp_path.iterdir())
    for use in (
        lambda: back_up(filled, tmp_path / "other.age", ""),
        lambda: restore(tmp_path / "notes.age", tmp_path / "again", SECRET, ""),
    ):
        with pytest.raises(BadInput) as caught:
            use()
        assert caught.value.code == "empty_passphrase"
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize(("number", "code"), [(28, "disk_full"), (30, "read_only"), (5, "disk_trouble")])
def test_a_disk_that_does_not_take_it_leaves_nothing_behind(
    filled, no_wait, tmp_path, monkeypatch, number, code
):
    before = sorted(tmp_path.iterdir())

    def fail(_descriptor):
        raise OSError(number, "the system's words")

    monkeypatch.setattr("velveteen.journal.atomic.os.fsync", fail)
    with pytest.raises(Refused) as caught:
        back_up(filled, tmp_path / "notes.age", SECRET)
    assert caught.value.code == code
    assert sorted(tmp_path.iterdir()) == before


def test_a_missing_folder(filled, no_wait, tmp_path):
    with pytest.raises(BadInput) as caught:
        back_up(filled, tmp_path / "nowhere" / "notes.age", SECRET)
    assert caught.value.code == "folder_not_found"


def test_a_full_disk_while_restoring_leaves_nothing_behind(filled, no_wait, tmp_path, monkeypatch):
    back_up(filled, tmp_path / "notes.age", SECRET)
    before = sorted(tmp_path.iterdir())

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("velveteen.journal.sealed_file.take_free_name", full)
    with pytest.raises(Refused) as caught:
        restore(tmp_path / "notes.age", tmp_path / "again", SECRET, NEW)
    assert caught.value.code == "disk_full"
    assert sorted(tmp_path.iterdir()) == before


def test_a_journal_is_backed_up_while_another_window_writes(filled, no_wait, path, tmp_path):
    with SealedJournal.open(path, PASSPHRASE) as other:
        other._connection.execute("BEGIN IMMEDIATE")
        other._connection.execute("DELETE FROM entries")
        assert back_up(filled, tmp_path / "notes.age", SECRET) == 9
        other._connection.execute("ROLLBACK")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(records)
def test_any_record_comes_back_to_the_byte(entries):
    from velveteen.journal.record import to_bytes

    rows = [Row(b"s" * 16, to_bytes(e), b"l" * 32) for e in entries]
    assert backup.loads(backup.dumps(rows)) == (rows, False)
