"""Backups: the whole record in the public age format, so that its owner can open one when this program is gone.

Decrypted (`age -d backup.age`), a backup is text: one JSON object a line. The first says what it is; each other is one
place of the chain:

    {"format": "velveteen backup", "version": 1, "made": "2026-05-01T21:30:00", "rows": 3}
    {"entry": {"id": …, "kind": …, …}, "link": "…", "salt": "…"}
    {"digest": "…", "link": "…"}            an erased place
    {"bytes": "…", "link": "…", "salt": "…"}   stored bytes that are no canonical entry, in hex

salt, link, digest and bytes are hex. That of a cover notebook says "plain": true in its first line. What an entry's stored
bytes were follows from "entry" as `record` writes it, so that a restored journal has the same chain. What is only kept
beside the record (drafts, cached verdicts) is not in it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import pyrage

from velveteen.journal import key
from velveteen.journal.atomic import write_atomically
from velveteen.journal.chain import Row
from velveteen.journal.entries import Entry
from velveteen.journal.notebook import MARK, is_notebook
from velveteen.journal.record import canonical, from_stored
from velveteen.journal.sealed import SealedJournal
from velveteen.journal.sealed_errors import file_exists, in_plain_words
from velveteen.problems import BadInput, Refused

VERSION = 1
_FORMAT = "velveteen backup"
_AGE = b"age-encryption.org/v1\n"
_WRONG = "Decryption failed"  # of the passphrase's own part; every other reason is damage
_TOO_MUCH = (
    "Excessive work"  # measured on the spot at each call: a moment in which the device is busy misleads it
)
_TRIES = 20
_FOR_A_KEY = "No matching keys found"  # it was sealed for a key, as a bundle is


class Backup(NamedTuple):
    """What an opened backup holds: the places of the chain, and whether they are a cover notebook's."""

    rows: list[Row]
    plain: bool = False


def back_up(journal: SealedJournal, out: str | Path, passphrase: str) -> int:
    """Write a backup, whole or not at all, mode 0600; return how many places of the chain it holds. About 2 s on purpose.

    Raises:
        BadInput: `empty_passphrase`, `file_exists` (nothing is ever replaced), `folder_not_found`, `journal_damaged`.
        Refused: `read_only`, `disk_full`, `disk_trouble`.
    """
    out = Path(out).absolute()
    if not passphrase:
        raise BadInput(
            "empty_passphrase", "A backup needs a passphrase, and this one is empty. Nothing was written."
        )
    with in_plain_words(out):
        if out.exists():
            raise file_exists(out)
        rows = journal.chain()
        write_atomically(
            out, pyrage.passphrase.encrypt(dumps(rows, plain=is_notebook(journal)), passphrase), replace=False
        )
    return len(rows)


def restore(backup: str | Path, journal_path: str | Path, passphrase: str, new_passphrase: str) -> int:
    """Make a new journal from a backup; return how many places its chain has. `verify` answers as it did for the old one.

    Args:
        backup: the file that `back_up` wrote.
        journal_path: where the journal shall stand; nothing may stand there.
        passphrase: of the backup.
        new_passphrase: of the journal, which may be the same.

    Raises:
        BadInput: `file_unreadable`, `not_a_backup`, `wrong_passphrase`, `backup_damaged`, `newer_version`, and as
            `SealedJournal.create`; nothing is written then.
        Refused: `device_busy`, and as `SealedJournal.create`.
    """
    path = Path(backup)
    try:
        data = path.read_bytes()
    except OSError as error:
        message = f"{path} could not be read ({error.strerror}). Nothing was written; please check the path."
        raise BadInput("file_unreadable", message) from error
    found = opened(data, passphrase, path.name)
    put_back(found, journal_path, new_passphrase).close()
    return len(found.rows)


def opened(data: bytes, passphrase: str, name: str = "The file") -> Backup:
    """What is in the bytes of a backup. About 2 s on purpose.

    Raises:
        BadInput: `not_a_backup`, `wrong_passphrase`, `backup_damaged`, `newer_version`.
        Refused: `device_busy`.
    """
    return loads(_decrypted(data, passphrase, name), name)


def check_beginning(data: bytes, name: str = "The file") -> None:
    """Pass in silence where a file begins as a backup does.

    Raises:
        BadInput: `not_a_backup`.
    """
    if not data.startswith(_AGE):
        raise _no_backup(name)


def put_back(found: Backup, path: str | Path, passphrase: str) -> SealedJournal:
    """A new journal with what a backup holds, open; nothing may stand at `path`.

    Raises:
        BadInput, Refused: as `SealedJournal.create`; nothing is written then.
    """
    journal = SealedJournal.create(path, passphrase, found.rows)
    try:
        if found.plain:
            journal.keep(MARK, b"1")
    except BaseException:
        journal.close()
        for file in (journal.path, key.key_path(journal.path)):
            file.unlink(missing_ok=True)
        raise
    return journal


def entries_in(found: Backup) -> tuple[list[Entry], int]:
    """The entries of a backup, in stored order, and how many places hold what is none; erased ones are not counted."""
    entries, unreadable = [], 0
    for row in found.rows:
        if row.erased:
            continue
        try:
            entries.append(from_stored(row.stored))
        except BadInput:
            unreadable += 1
    return entries, unreadable


def dumps(rows: Sequence[Row], *, plain: bool = False) -> bytes:
    """The text of a backup, as this module's head describes it."""
    head: dict[str, Any] = {
        "format": _FORMAT,
        "version": VERSION,
        "made": datetime.now().isoformat(timespec="seconds"),
    }
    head |= {"rows": len(rows)} | ({"plain": True} if plain else {})
    return b"".join(canonical(line) + b"\n" for line in (head, *map(_line, rows)))


def loads(data: bytes, name: str = "The backup") -> Backup:
    """What is in the text of a backup.

    Raises:
        BadInput: `backup_damaged`, `newer_version`.
    """
    try:
        head, *lines = (json.loads(line) for line in data.splitlines())
        if head["format"] != _FORMAT:
            raise _damaged(name)
        if head["version"] > VERSION:
            raise _newer(name)
        rows = [_row(line) for line in lines]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise _damaged(name) from None
    if len(rows) != head["rows"]:
        raise _damaged(name)
    return Backup(rows, head.get("plain") is True)


def _decrypted(data: bytes, passphrase: str, name: str) -> bytes:
    check_beginning(data, name)
    for _ in range(_TRIES):
        try:
            return bytes(pyrage.passphrase.decrypt(data, passphrase))
        except pyrage.DecryptError as error:
            if not str(error).startswith(_TOO_MUCH):
                raise _reason(str(error), name) from None
    raise Refused(
        "device_busy",
        f"This device is too busy just now, or too slow, to open {name}. Nothing was written. Close other programs and try "
        "again, or use a faster device.",
    )


def _reason(error: str, name: str) -> BadInput:
    return {_WRONG: _wrong, _FOR_A_KEY: _no_backup}.get(error, _damaged)(name)


def _line(row: Row) -> dict[str, Any]:
    if row.erased:
        return {"digest": row.stored.hex(), "link": row.link.hex()}
    place = {"salt": row.salt.hex(), "link": row.link.hex()}
    try:
        entry = json.loads(row.stored)
        if canonical(entry) == row.stored:
            return {"entry": entry, **place}
    except (ValueError, RecursionError):
        pass
    return {"bytes": row.stored.hex(), **place}


def _row(line: dict[str, Any]) -> Row:
    link = bytes.fromhex(line["link"])
    if "digest" in line:
        return Row(b"", bytes.fromhex(line["digest"]), link)
    stored = canonical(line["entry"]) if "entry" in line else bytes.fromhex(line["bytes"])
    return Row(bytes.fromhex(line["salt"]), stored, link)


def _no_backup(name: str) -> BadInput:
    return BadInput(
        "not_a_backup",
        f"{name} is no backup from this program, or its beginning was changed. Nothing was written. Is it the right file?",
    )


def _wrong(name: str) -> BadInput:
    return BadInput(
        "wrong_passphrase",
        f"This passphrase does not open {name}. A backup has the passphrase that was given when it was made. Nothing was "
        "written; you can try again as often as you like. If you are sure of it, the beginning of the file was changed.",
    )


def _damaged(name: str) -> BadInput:
    return BadInput(
        "backup_damaged",
        f"{name} has been cut short or changed since it was made, so it was not restored. Nothing was written. Fetch the "
        "file once more from where it was kept, or take another backup.",
    )


def _newer(name: str) -> BadInput:
    return BadInput(
        "newer_version",
        f"{name} was made by a newer version of this program. Nothing was written; restore it with that version, or update "
        "this one.",
    )
