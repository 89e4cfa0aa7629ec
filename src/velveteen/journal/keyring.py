"""Which key files may open a journal: its own, and those that a change of passphrase laid out beside it.

A change lays the new key file out as NAME.key.XXXXXXXX, seals the journal anew in one transaction, and then gives the new
file the name of the old. Stopped anywhere, either the old file opens the journal or the one laid out does; whoever opens it
with that one finishes the change. A file that is laid out is removed only by a later change, once the earlier one can no
longer come about.
"""

from __future__ import annotations

import re
import secrets
from contextlib import suppress
from pathlib import Path

from velveteen.journal import key
from velveteen.journal.atomic import sync_folder, write_atomically
from velveteen.problems import BadInput

_LAID_OUT = re.compile(r"[0-9a-f]{8}")


def laid_out(journal: Path) -> list[Path]:
    """Key files of changes that were not finished, or are under way."""
    start = key.key_path(journal).name + "."
    named = (file for file in journal.parent.iterdir() if file.name.startswith(start))
    return sorted(file for file in named if _LAID_OUT.fullmatch(file.name.removeprefix(start)))


def lay_out(journal: Path, header: key.Header) -> Path:
    """Write a new key file beside the one in force.

    Raises:
        OSError: of the disk; nothing is written then.
    """
    own = key.key_path(journal)
    file = own.with_name(f"{own.name}.{secrets.token_hex(4)}")
    write_atomically(file, key.to_bytes(header), replace=False)
    return file


def settle(journal: Path, file: Path) -> None:
    """Give the key file that opens the journal its name.

    Raises:
        OSError: of the disk; the journal opens with the file as it is named then.
    """
    if file != key.key_path(journal):
        with suppress(FileNotFoundError):  # another process has been first
            file.replace(key.key_path(journal))
        sync_folder(journal.parent)


def state(journal: Path) -> tuple[bytes, list[Path]]:
    """What changes whenever a passphrase does: the key file in force, and the names of those laid out."""
    own = key.key_path(journal)
    return own.read_bytes() if own.is_file() else b"", laid_out(journal)


def unlocked(journal: Path, passphrase: str) -> list[tuple[Path, bytes]]:
    """Every key file that the passphrase fits, with its 32-byte key; the one in force first.

    Raises:
        BadInput: of the one in force, when it fits none: `wrong_passphrase`, `key_file_missing`, `key_file_damaged`,
            `key_file_unreadable` or `newer_version`.
    """
    waiting = laid_out(journal)  # before the one in force: a change that ends meanwhile is then found there
    found: list[tuple[Path, bytes]] = []
    refusals: list[BadInput] = []
    for file in (key.key_path(journal), *waiting):
        try:
            found.append((file, key.unlock(key.read_file(file), passphrase)))
        except BadInput as error:
            refusals.append(error)
    if not found:
        raise refusals[0]
    return found
