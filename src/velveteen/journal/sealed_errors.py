"""What the database or the disk reports, as a sentence for a person."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from velveteen.problems import BadInput, Refused, VelveteenError

# Primary result codes of SQLite (sqlite.org/rescode.html); the low byte of an extended code.
_BUSY, _LOCKED, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = 5, 6, 8, 10, 11, 13, 14, 26
_READ_ONLY_DISK = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})


@contextmanager
def in_plain_words(path: Path) -> Iterator[None]:
    """Turn database and disk errors into `BadInput` or `Refused`; others pass."""
    try:
        yield
    except sqlcipher.Error as error:
        raise from_database(error, path) from error
    except OSError as error:
        raise from_disk(error, path) from error


def from_database(error: Any, path: Path) -> VelveteenError:
    """The sentence for an error of the database, by its result code."""
    code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    if code in {_NOTADB, _CORRUPT}:
        return damaged(path)
    if code in {_BUSY, _LOCKED}:
        return busy(path)
    if code == _READONLY or (code == _CANTOPEN and not os.access(path.parent, os.W_OK)):
        return read_only(path)
    if code == _FULL:
        return disk_full(path)
    if code == _CANTOPEN:
        message = f"The system does not let this program open {path.name}. Nothing was changed. {_RIGHTS}"
        return Refused("cannot_open", message)
    return Refused(
        "disk_trouble",
        f"The disk under {path.name} did not do what it was asked ({error}). What was saved before is still there; "
        "what was being saved now was not. Check the disk and its free space, then try again.",
    )


def from_disk(error: OSError, path: Path) -> VelveteenError:
    """The sentence for an error of the file system."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return disk_full(path)
    if error.errno in _READ_ONLY_DISK:
        return read_only(path)
    if error.errno == errno.EEXIST:
        return file_exists(path)
    if error.errno in {errno.ENOENT, errno.ENOTDIR}:
        message = f"There is no folder {path.parent}. Nothing was written; make it first or choose another."
        return BadInput("folder_not_found", message)
    message = f"The disk did not do what it was asked ({error.strerror}). Nothing that was saved is lost."
    return Refused("disk_trouble", message)


def damaged(path: Path) -> BadInput:
    """The key fits and the file still cannot be read."""
    return BadInput(
        "journal_damaged",
        f"The passphrase is right, but {path.name} cannot be read: it has been cut short or damaged, or the key file "
        "beside it belongs to another journal. Nothing was changed. Keep the file as it is and open a backup instead.",
    )


def passphrase_changed(path: Path) -> BadInput:
    """The key that fitted no longer opens the file, and a change of passphrase is to be seen."""
    return BadInput(
        "passphrase_changed",
        f"The passphrase of {path.name} has been changed, or a change was stopped midway, so this one does not open it now. "
        "The other one does, the new or the old. Everything saved before is still there; what was being saved just now was "
        "not. If neither opens it, keep the file as it is and open a backup.",
    )


def file_exists(path: Path) -> BadInput:
    """Something has the name that a new journal was to take."""
    message = f"Something already stands at {path}. It was not touched; choose another name, or open it."
    return BadInput("file_exists", message)


def key_file_exists(key_file: Path) -> BadInput:
    """A key file has the name that a new one was to take."""
    return BadInput(
        "key_file_exists",
        f"A key file {key_file.name} stands here without its journal. It was not touched, since a journal kept elsewhere "
        "may need it. Choose another name, or move the key file away first.",
    )


def id_taken(entry_id: str) -> BadInput:
    """Another entry has this id."""
    return BadInput(
        "id_taken",
        f"An entry with the id {entry_id} already stands and says something else. Nothing was added or changed. "
        "An entry is never rewritten; a correction is a new entry that names the one it corrects.",
    )


def erase_unfinished(path: Path) -> Refused:
    """The rows are erased, and the file could not be written anew."""
    return Refused(
        "erase_unfinished",
        f"It is erased, and no page or paper shows it any more. Sealed remains of it may still lie inside {path.name}, "
        "because another window has it open or the disk is full. Close the other window or free some space, then erase once "
        "more, without naming anything.",
    )


def busy(path: Path) -> Refused:
    """Another process holds the write lock for longer than the wait."""
    return Refused(
        "journal_busy",
        f"Another window or program is writing to {path.name} just now. What you wanted to save has not been saved; "
        "nothing else is lost. Close the other one and try again.",
    )


def read_only(path: Path) -> Refused:
    """The disk, the folder or the file may only be read."""
    return Refused(
        "read_only",
        f"The place where {path.name} lies can only be read, so nothing was written and nothing was changed. {_RIGHTS}",
    )


def disk_full(path: Path) -> Refused:
    """No space is left."""
    return Refused(
        "disk_full",
        f"The disk is full, so what you wanted to save in {path.name} has not been saved. Everything saved before is "
        "still there. Free some space and try again.",
    )


_RIGHTS = "Copy the journal, with the files beside it whose names begin alike, to a folder of your own and open it there."
