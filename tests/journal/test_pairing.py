"""A journal that stands alone becomes one of a pair: nothing is lost, wherever it is stopped."""

from __future__ import annotations

import os
import sys

import pytest

from velveteen.journal import key, keyring, pair, pairing
from velveteen.journal.notebook import create_pair, is_notebook, open_either
from velveteen.journal.pairing import pair_up
from velveteen.journal.rekey import change_passphrase
from velveteen.journal.sealed import SealedJournal
from velveteen.problems import BadInput, Refused

from .conftest import PASSPHRASE

COVER = "recipes and the garden"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no pair is made there")


class Stopped(BaseException):
    """The program ends here: nothing that follows is done."""


@pytest.fixture
def chain(journal, entry):
    """A closed journal of three entries, one of them erased, with something kept beside the record."""
    journal.append([entry(3, act="lied"), entry(4, act="listened"), entry(5, act="shouted")])
    journal.erase([journal.entries()[1].id], rewrite_chain=False)
    journal.keep("drafts", b"half a sentence")
    found = journal.chain()
    journal.close()
    return found


def names_in(folder):
    return sorted(file.name for file in folder.iterdir())


PAIR = ["notes-1", "notes-1.key", "notes-2", "notes-2.key"]


def test_the_journal_goes_on_under_another_name_with_chain_and_drafts(chain, path):
    mine, second = pair_up(path, PASSPHRASE, COVER)
    assert names_in(path.parent) == PAIR
    with open_either(path, PASSPHRASE) as opened:
        assert (opened.chain(), opened.kept("drafts"), opened.verify()) == (chain, b"half a sentence", None)
        assert not is_notebook(opened)
        assert opened._path == mine
    with open_either(path, COVER) as opened:
        assert (opened.chain(), opened._path) == ([], second)
        assert is_notebook(opened)


def test_both_look_alike_at_once(chain, path):
    files = pair_up(path, PASSPHRASE, COVER)
    every = [*files, *map(key.key_path, files)]
    assert len({file.stat().st_mtime_ns for file in every}) == 1
    assert {file.stat().st_mode & 0o777 for file in every} == {0o600}
    assert len({file.stat().st_size for file in files}) == 1


@pytest.mark.parametrize(("coin", "name"), [(0, "notes-2"), (1, "notes-1")])
def test_a_coin_decides_the_names(chain, path, monkeypatch, coin, name):
    monkeypatch.setattr(pairing.secrets, "randbelow", lambda sides: coin if sides == 2 else None)
    assert pair_up(path, PASSPHRASE, COVER)[0].name == name


STEPS = [
    (pairing, "write_atomically"), (pairing.SealedJournal, "create"), (pairing.SealedJournal, "keep"),
    (pairing, "take_free_name"), (pairing, "_remove"),
]  # fmt: skip


def stop(monkeypatch, place, name, *, after):
    """Let a program end before or after a step; what stands on the disk stays as it is then, as after a power cut."""
    real, unlink = getattr(place, name), pairing.Path.unlink

    def stopped(*args, **more):
        if after:
            real(*args, **more)
        raise Stopped

    def not_clearing_up(self, missing_ok=False):
        if (
            sys._getframe(1).f_code.co_name != "pair_up"
        ):  # which clears up after a refusal, and not when it has ended
            unlink(self, missing_ok)

    monkeypatch.setattr(place, name, stopped)
    monkeypatch.setattr(pairing.Path, "unlink", not_clearing_up)


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize(("place", "name"), STEPS, ids=[name for _, name in STEPS])
def test_stopped_anywhere_the_journal_opens_and_making_it_again_goes_on(
    chain, path, monkeypatch, place, name, after
):
    with monkeypatch.context() as patch:
        stop(patch, place, name, after=after)
        with pytest.raises(Stopped):
            pair_up(path, PASSPHRASE, COVER)
    with open_either(path, PASSPHRASE) as opened:
        assert (opened.chain(), opened.kept("drafts")) == (chain, b"half a sentence")
    if path.exists():
        pair_up(path, PASSPHRASE, COVER)
    assert names_in(path.parent) == PAIR
    with open_either(path, PASSPHRASE) as opened:
        assert opened.chain() == chain
    with open_either(path, COVER) as opened:
        assert is_notebook(opened)


def test_a_key_file_that_was_left_goes_when_the_pair_is_opened(chain, path):
    before = key.key_path(path).read_bytes()
    pair_up(path, PASSPHRASE, COVER)
    key.key_path(path).write_bytes(before)
    open_either(path, COVER).close()
    assert names_in(path.parent) == PAIR
    key.key_path(path).write_bytes(b"of another journal")
    open_either(path, COVER).close()
    assert "notes.key" in names_in(path.parent)


def test_an_attempt_that_was_stopped_is_not_gone_on_with_under_another_passphrase(chain, path, monkeypatch):
    with monkeypatch.context() as patch:
        stop(patch, pairing, "_remove", after=False)
        with pytest.raises(Stopped):
            pair_up(path, PASSPHRASE, COVER)
    before = names_in(path.parent)
    with pytest.raises(BadInput) as caught:
        pair_up(path, PASSPHRASE, "another one altogether")
    assert caught.value.code == "half_made"
    assert names_in(path.parent) == before


def test_what_was_written_into_the_copy_since_is_not_thrown_away(chain, path, monkeypatch, entry):
    with monkeypatch.context() as patch:
        stop(patch, pairing, "_remove", after=False)
        with pytest.raises(Stopped):
            pair_up(path, PASSPHRASE, COVER)
    mine = next(file for file in pair.names(path) if pair.same_key(path, file))
    with SealedJournal.open(mine, PASSPHRASE) as copied:
        copied.append([entry(9, act="lied")])
    with pytest.raises(BadInput) as caught:
        pair_up(path, PASSPHRASE, COVER)
    assert caught.value.code == "file_exists"
    with SealedJournal.open(mine, PASSPHRASE) as copied:
        assert len(copied.entries()) == 3


def refused(path, *passphrases):
    before = {file.name: file.read_bytes() for file in path.parent.iterdir()}
    with pytest.raises((BadInput, Refused)) as caught:
        pair_up(path, *passphrases)
    assert {file.name: file.read_bytes() for file in path.parent.iterdir()} == before
    return caught.value.code


def test_what_cannot_be_leaves_all_as_it_was(chain, path):
    assert refused(path, PASSPHRASE, PASSPHRASE) == "same_passphrase"
    assert refused(path, "not this one", COVER) == "wrong_passphrase"
    assert refused(path, PASSPHRASE, "") == "empty_passphrase"
    (path.parent / "notes-2").write_text("mine")
    assert refused(path, PASSPHRASE, COVER) == "file_exists"


def test_a_pair_is_not_made_twice(chain, path):
    for file in pair_up(path, PASSPHRASE, COVER):
        assert refused(file, PASSPHRASE, COVER) == "paired_already"


def test_one_that_is_open_in_another_window_is_left_alone(chain, path):
    with SealedJournal.open(path, PASSPHRASE) as other:
        with pytest.raises(Refused) as caught:
            pair_up(path, PASSPHRASE, COVER)
        assert caught.value.code == "journal_busy"
        assert other.chain() == chain
    assert names_in(path.parent) == ["notes", "notes.key"]


def test_a_copy_that_does_not_fit_leaves_the_old_one(chain, path, monkeypatch):
    def short(file, mine):
        SealedJournal.create(mine.with_name("else"), PASSPHRASE).close()
        mine.with_name("else").replace(mine)
        mine.with_name("else.key").replace(key.key_path(mine))

    monkeypatch.setattr(pairing, "_copy", short)
    with pytest.raises(BadInput) as caught:
        pair_up(path, PASSPHRASE, COVER)
    assert caught.value.code == "journal_damaged"
    assert names_in(path.parent) == ["notes", "notes.key"]


def test_a_name_that_a_backup_gave_the_old_file_keeps_what_is_in_it(chain, path, tmp_path):
    (tmp_path / "kept").mkdir()
    for file in (path, key.key_path(path)):
        os.link(file, tmp_path / "kept" / file.name)
    pair_up(path, PASSPHRASE, COVER)
    with SealedJournal.open(tmp_path / "kept" / "notes", PASSPHRASE) as opened:
        assert opened.chain() == chain


def test_whoever_waited_with_the_old_file_open_finds_no_journal_in_it(chain, path):
    with path.open("rb") as waiting:
        head = waiting.read(4096)
        pair_up(path, PASSPHRASE, COVER)
        waiting.seek(0)
        assert waiting.read(4096) != head


def test_on_a_system_where_files_cannot_be_kept_alike_nothing_is_made(chain, path, monkeypatch):
    monkeypatch.setattr(pairing.sys, "platform", "win32")
    assert refused(path, PASSPHRASE, COVER) == "no_locks"


def test_what_a_change_of_passphrase_laid_out_goes_too(chain, path):
    keyring.lay_out(path, key.read_header(path))
    pair_up(path, PASSPHRASE, COVER)
    assert names_in(path.parent) == PAIR


def test_no_passphrase_may_open_both(cheap_key, path):
    files = create_pair(path, PASSPHRASE, COVER)
    for file, old, new in ((files[0], PASSPHRASE, COVER), (files[1], COVER, PASSPHRASE)):
        with pytest.raises(BadInput) as caught:
            change_passphrase(file, old, new)
        assert caught.value.code == "same_passphrase"
        SealedJournal.open(file, old).close()
