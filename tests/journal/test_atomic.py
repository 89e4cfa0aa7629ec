"""A file is written whole or not at all, and never in the place of another unless that is meant."""

import errno
import os
import stat

import pytest

from velveteen.journal.atomic import take_free_name, write_atomically


def names(folder):
    return sorted(file.name for file in folder.iterdir())


def test_it_is_written_for_its_owner_and_may_replace(tmp_path):
    path = tmp_path / "a"
    write_atomically(path, b"one")
    write_atomically(path, b"two")
    assert path.read_bytes() == b"two"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert names(tmp_path) == ["a"]


def test_it_does_not_replace_where_that_is_not_meant(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"one")
    with pytest.raises(FileExistsError):
        write_atomically(path, b"two", replace=False)
    assert path.read_bytes() == b"one"
    assert names(tmp_path) == ["a"]


def test_a_failure_on_the_way_leaves_what_stood_there(tmp_path, monkeypatch):
    path = tmp_path / "a"
    path.write_bytes(b"one")

    def full(_descriptor):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="full"):
        write_atomically(path, b"two")
    assert path.read_bytes() == b"one"
    assert names(tmp_path) == ["a"]


def test_a_memory_stick_without_second_names(tmp_path, monkeypatch):
    def unsupported(*_):
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", unsupported)
    write_atomically(tmp_path / "a", b"one", replace=False)
    assert (tmp_path / "a").read_bytes() == b"one"
    draft = tmp_path / "draft"
    draft.write_bytes(b"two")
    with pytest.raises(FileExistsError):
        take_free_name(draft, tmp_path / "a")
    assert (tmp_path / "a").read_bytes() == b"one"
