"""The encrypted file under a sealed journal: made whole under another name, opened with its key, kept private."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from velveteen.journal import key, rows
from velveteen.journal.atomic import sync_folder, take_free_name
from velveteen.journal.chain import Row
from velveteen.journal.schema import migrate
from velveteen.journal.sealed_errors import in_plain_words

BUSY_SECONDS = 5.0
PAGE_BYTES = 4096


def build(path: Path, secret: bytes, filled: Iterable[Row] = ()) -> None:
    """Make a journal with these rows under another name and move it into place whole: an empty file is never a journal.

    Raises:
        FileExistsError: something stands at `path`.
        OSError, sqlcipher.Error: of the disk and the database; nothing is left behind then.
    """
    draft = path.with_name(path.name + ".new")
    draft.unlink(missing_ok=True)
    os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        connection = keyed(draft, secret, BUSY_SECONDS)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            migrate(connection)
            connection.execute("BEGIN")
            rows.fill(connection, filled)
            connection.execute("COMMIT")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()
        take_free_name(draft, path)
    finally:
        for end in ("", "-wal", "-shm"):
            draft.with_name(draft.name + end).unlink(missing_ok=True)
    sync_folder(path.parent)


def connected(path: Path, secret: bytes, busy_seconds: float = BUSY_SECONDS) -> Any:
    """A connection to a journal of the newest version.

    Raises:
        BadInput: `journal_damaged` (also where the key does not fit), `newer_version`.
        Refused: `journal_busy`, `read_only`, `cannot_open`, `disk_trouble`.
    """
    with in_plain_words(path):
        connection = keyed(path, secret, busy_seconds)
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            migrate(connection)
        except BaseException:
            connection.close()
            raise
        return connection


def keyed(path: Path, secret: bytes, busy_seconds: float) -> Any:
    """A connection with its key and the settings that keep it safe; nothing has been read yet."""
    connection = sqlcipher.connect(
        f"{path.as_uri()}?mode=rw", uri=True, isolation_level=None, timeout=busy_seconds
    )
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{secret.hex()}'\"")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def cut_short(path: Path) -> bool:
    """Whether the file ends within a page; while a log stands beside it, the database mends that itself."""
    size = path.stat().st_size
    log = path.with_name(path.name + "-wal")
    return size == 0 or (size % PAGE_BYTES != 0 and not (log.exists() and log.stat().st_size))


def keep_private(path: Path) -> None:
    """Take back rights to the journal and its key file that others were given."""
    for file in (path, key.key_path(path)):
        with suppress(OSError):  # on a disk that can only be read it stays as it is
            if file.stat().st_mode & 0o077:
                file.chmod(0o600)
