"""A journal and a notebook side by side: whichever the passphrase fits opens, and the two look alike on the outside."""

import shutil
import sys

import pytest

from velveteen.journal import key, notebook, pair, rekey
from velveteen.journal.backup import back_up
from velveteen.journal.entries import Entry, uuid7
from velveteen.journal.erase import clear_remains
from velveteen.journal.notebook import create_pair, open_either
from velveteen.journal.rekey import change_passphrase
from velveteen.journal.sealed import SealedJournal
from velveteen.problems import BadInput, Refused

from .conftest import NOW, PASSPHRASE

COVER = "recipes and the garden"
posix = pytest.mark.skipif(sys.platform == "win32", reason="sizes are not made alike there")


@pytest.fixture
def both(cheap_key, tmp_path):
    """Paths of a journal and a notebook."""
    return create_pair(tmp_path / "notes.vv", PASSPHRASE, COVER)


def outside(both):
    """What can be seen of each without a key: its size and times, those of its key file, rights, what lies beside it."""
    seen = set()
    for path in both:
        ends = tuple(sorted(file.name.removeprefix(path.name) for file in path.parent.glob(f"{path.name}*")))
        looks = [file.stat() for file in (path, key.key_path(path))]
        times = [(look.st_size, look.st_mtime_ns, look.st_atime_ns, look.st_mode) for look in looks]
        seen.add((ends, *times))
    return seen


def write(path, passphrase, entry, count=1, size=10):
    with SealedJournal.open(path, passphrase) as journal:
        journal.append([entry(3, act="lied", n=n, facts="w" * size) for n in range(count)], known="keep")


def test_the_passphrase_alone_decides_which_opens(both, tmp_path, entry):
    for where in (tmp_path, tmp_path / "notes.vv", *both):
        for path, passphrase in zip(both, (PASSPHRASE, COVER), strict=True):
            with open_either(where, passphrase) as opened:
                assert opened._path == path


@pytest.mark.parametrize(("coin", "name"), [(0, "notes-2.vv"), (1, "notes-1.vv")])
def test_a_coin_decides_the_names(cheap_key, tmp_path, monkeypatch, coin, name):
    monkeypatch.setattr(notebook.secrets, "randbelow", lambda sides: coin if sides == 2 else None)
    journal, cover = create_pair(tmp_path / "notes.vv", PASSPHRASE, COVER)
    assert journal.name == name
    assert {journal.name, cover.name} == {"notes-1.vv", "notes-2.vv"}


@posix
def test_both_look_alike_whenever_either_was_written(both, entry):
    assert len(outside(both)) == 1
    for path, passphrase, count in (
        (both[0], PASSPHRASE, 1),
        (both[1], COVER, 900),
        (both[0], PASSPHRASE, 3000),
    ):
        write(path, passphrase, entry, count, size=600)
        assert len(outside(both)) == 1
    assert both[0].stat().st_size == 4 << 20
    times = {key.key_path(path).stat().st_mtime_ns for path in both}
    assert times == {both[0].stat().st_mtime_ns}


@posix
def test_what_fills_them_up_cannot_be_told_from_sealed_pages(both):
    for path in both:
        data = path.read_bytes()
        pages = {data[at : at + 4096] for at in range(0, len(data), 4096)}
        assert len(pages) == len(data) // 4096
        assert all(len(set(page)) > 200 for page in pages)  # random bytes: some 256 of 256 values


def test_a_file_that_is_filled_up_stays_whole_as_it_grows(both, entry):
    for turn in range(6):
        write(both[0], PASSPHRASE, entry, count=200, size=1500)
        with SealedJournal.open(both[0], PASSPHRASE) as journal:
            assert len(journal.entries()) == 200 * (turn + 1)
            assert journal.verify() is None
            assert journal._connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def erase_in(path, passphrase):
    with SealedJournal.open(path, passphrase) as journal:
        journal.append(
            [Entry(uuid7(), "note", NOW, NOW, {}, facts="w" * 900) for _ in range(2000)], known="keep"
        )
        journal.erase([e.id for e in journal.entries()[5:]], rewrite_chain=True)


def back_up_of(path, passphrase):
    with open_either(path.parent, passphrase) as journal:
        (path.parent.parent / "away").mkdir()
        back_up(journal, path.parent.parent / "away" / "notes.age", "x")


def refused_passphrase(path, passphrase):
    """A change that is refused after the file was written anew."""
    with pytest.MonkeyPatch.context() as context:
        context.setattr(rekey, "clear_remains", lambda connection: clear_remains(connection) is None)
        with pytest.raises(Refused):
            change_passphrase(path, passphrase, "third")


@posix
@pytest.mark.parametrize("which", [0, 1], ids=["the journal", "the notebook"])
@pytest.mark.parametrize(
    "use",
    [
        lambda path, own: SealedJournal.open(path, own).close(),
        erase_in,
        lambda path, own: change_passphrase(path, own, "third"),
        back_up_of,
        refused_passphrase,
    ],
    ids=["opened", "erased", "a new passphrase", "backed up", "no new passphrase"],
)
def test_whatever_is_done_with_either_they_look_alike_afterwards(cheap_key, tmp_path, entry, which, use):
    (tmp_path / "kept").mkdir()
    both = create_pair(tmp_path / "kept" / "notes.vv", PASSPHRASE, COVER)
    write(both[1 - which], (COVER, PASSPHRASE)[which], entry, count=2000, size=600)
    use(both[which], (PASSPHRASE, COVER)[which])
    assert len(outside(both)) == 1
    assert pair.alike(both[0])
    assert {file.name for file in both[0].parent.iterdir()} == {
        "notes-1.vv", "notes-1.vv.key", "notes-2.vv", "notes-2.vv.key",
    }  # fmt: skip


@posix
def test_two_that_differ_are_seen_to(both, entry):
    for change in (
        lambda: key.key_path(both[0]).touch(),
        lambda: both[1].chmod(0o644),
        lambda: both[1].with_name(both[1].name + "-wal").write_bytes(b""),
    ):
        assert pair.alike(both[0])
        change()
        assert not pair.alike(both[0])
        assert not pair.alike(both[1])
        both[1].with_name(both[1].name + "-wal").unlink(missing_ok=True)
        SealedJournal.open(both[1], COVER).close()


@posix
def test_after_erasing_and_a_new_passphrase_they_are_alike_again(both, entry):
    write(both[0], PASSPHRASE, entry, count=2000, size=600)
    with SealedJournal.open(both[0], PASSPHRASE) as journal:
        ids = [e.id for e in journal.entries()]
        journal.erase(ids[5:], rewrite_chain=True)
    assert len(outside(both)) == 1
    change_passphrase(both[0], PASSPHRASE, "third")
    assert len(outside(both)) == 1
    with open_either(both[0].parent, "third") as journal:
        assert len(journal.entries()) == 5
    change_passphrase(both[1], COVER, "fourth")
    with open_either(both[0].parent, "fourth") as opened:
        assert opened._path == both[1]


def test_as_many_keys_are_derived_whatever_the_passphrase_opens(both, monkeypatch):
    derived, real = [], key._derive

    def counting(header, passphrase):
        derived.append((header.memory_kib, header.time, header.lanes))
        return real(header, passphrase)

    monkeypatch.setattr(key, "_derive", counting)
    costs = []
    for passphrase in (PASSPHRASE, COVER, "neither"):
        derived.clear()
        try:
            open_either(both[0], passphrase).close()
        except BadInput:
            assert passphrase == "neither"
        costs.append(list(derived))
    both[1].unlink()
    derived.clear()
    open_either(both[0], PASSPHRASE).close()
    costs.append(list(derived))
    assert costs == [[(8, 1, 1)] * 2] * 4


def test_the_wrong_passphrase_opens_neither(both):
    with pytest.raises(BadInput) as caught:
        open_either(both[0], "neither")
    assert caught.value.code == "wrong_passphrase"


def test_a_damaged_key_file_of_one_leaves_the_other_open(both):
    key.key_path(both[0]).write_bytes(b"{}")
    open_either(both[0], COVER).close()
    with pytest.raises(BadInput) as caught:
        open_either(both[0], PASSPHRASE)
    assert caught.value.code == "key_file_damaged"


@pytest.mark.parametrize("where", ["", "nowhere", "empty"])
def test_nothing_there(tmp_path, where):
    (tmp_path / "empty").mkdir()
    with pytest.raises(BadInput) as caught:
        open_either(tmp_path / where, PASSPHRASE)
    assert caught.value.code == "not_found"


def test_an_older_journal_goes_into_the_pair_with_its_chain(journal, path, entry):
    journal.append([entry(3, act="lied"), entry(4, act="listened")])
    new, cover = create_pair(path, PASSPHRASE, COVER, journal.chain())
    with SealedJournal.open(new, PASSPHRASE) as opened, SealedJournal.open(cover, COVER) as empty:
        assert opened.chain() == journal.chain()
        assert empty.entries() == []


def test_two_equal_passphrases_make_nothing(cheap_key, tmp_path):
    with pytest.raises(BadInput) as caught:
        create_pair(tmp_path / "notes", "caf\u00e9 au lait", "cafe\u0301 au lait")
    assert caught.value.code == "same_passphrase"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["notes-1", "notes-2", "notes-2.key"])
def test_a_name_that_is_taken_makes_nothing(cheap_key, tmp_path, name):
    (tmp_path / name).write_text("mine")
    with pytest.raises(BadInput) as caught:
        create_pair(tmp_path / "notes", PASSPHRASE, COVER)
    assert caught.value.code == "file_exists"
    assert [file.name for file in tmp_path.iterdir()] == [name]


def test_a_second_file_that_cannot_be_made_takes_the_first_with_it(cheap_key, tmp_path):
    with pytest.raises(BadInput) as caught:
        create_pair(tmp_path / "notes", PASSPHRASE, "")
    assert caught.value.code == "empty_passphrase"
    assert list(tmp_path.iterdir()) == []


def test_one_that_is_open_in_another_window_is_left_alone_until_it_is_closed(both, entry):
    with SealedJournal.open(both[1], COVER) as other:
        other.append([entry(3, act="listened")])
        before = both[1].read_bytes()
        write(both[0], PASSPHRASE, entry, count=3000, size=600)
        assert both[1].read_bytes() == before
    assert len(outside(both)) == (1 if sys.platform != "win32" else 2)


@posix
def test_a_lock_of_another_process_is_respected(both, monkeypatch):
    import fcntl

    def held(*_):
        raise BlockingIOError(11, "held")

    sizes = [path.stat().st_size for path in both]
    monkeypatch.setattr(fcntl, "lockf", held)
    monkeypatch.setattr(pair, "SMALLEST", 1 << 22)
    pair.level(both[0])
    assert [path.stat().st_size for path in both] == sizes


@posix
def test_a_full_disk_leaves_both_whole(both, monkeypatch, entry):
    write(both[0], PASSPHRASE, entry)

    def full(_length):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pair, "SMALLEST", 1 << 22)
    monkeypatch.setattr(pair.os, "urandom", full)
    pair.level(both[0])
    monkeypatch.undo()
    assert both[0].stat().st_size % 4096 == 0
    assert both[0].stat().st_size < 1 << 22  # and nothing of zeros at its end
    with SealedJournal.open(both[0], PASSPHRASE) as journal:
        assert len(journal.entries()) == 1


@posix
def test_a_disk_that_takes_a_part_of_it_is_a_full_one(both, monkeypatch):
    sizes = [path.stat().st_size for path in both]
    monkeypatch.setattr(pair, "SMALLEST", 1 << 22)
    monkeypatch.setattr(pair.os, "urandom", Shorter)
    pair.level(both[0])
    assert [path.stat().st_size for path in both] == sizes


class Shorter(bytearray):
    """Bytes that say they are more than they are, as where a disk takes a part of what is written."""

    def __len__(self):
        return 1 << 23


def test_where_there_are_no_such_locks_sizes_stay_and_nothing_breaks(both, monkeypatch):
    sizes = [path.stat().st_size for path in both]
    monkeypatch.setattr(pair.sys, "platform", "win32")
    monkeypatch.setattr(pair, "SMALLEST", 1 << 22)
    pair.level(both[0])
    assert [path.stat().st_size for path in both] == sizes


def test_a_single_journal_is_never_filled_up(journal, path):
    size = path.stat().st_size
    journal.close()
    assert path.stat().st_size <= max(size, 200_000)
    shutil.copy(path, path.with_name("notes-1"))
    assert pair.other(path.with_name("notes-1")) is None
    assert pair.other(path) is None


def test_it_says_that_deniability_is_not_promised():
    assert "deniability is not promised" in notebook.__doc__
