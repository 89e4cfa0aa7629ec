"""The sealed journal: one encrypted file that only its owner can read."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from sqlcipher3 import dbapi2 as sqlcipher

from velveteen.journal import key, record
from velveteen.journal.atomic import sync_folder, take_free_name, write_atomically
from velveteen.journal.chain import FIRST, Row, first_misfit, link
from velveteen.journal.entries import Entry
from velveteen.journal.schema import migrate
from velveteen.journal.sealed_errors import damaged, file_exists, in_plain_words
from velveteen.problems import BadInput, Problem

BUSY_SECONDS = 5.0
PAGE_BYTES = 4096


class SealedJournal:
    """An open journal. Make one with `create` or `open`; use it in a `with` block, or call `close`.

    Entries are acknowledged after they are on the disk (synchronous = FULL). Several processes may have the same journal
    open; writers take turns. An object belongs to the thread that opened it.
    """

    def __init__(self, path: Path, connection: Any) -> None:
        self._path = path
        self._connection = connection

    @classmethod
    def create(cls, path: str | Path, passphrase: str) -> Self:
        """Make a new, empty journal and its key file (both mode 0600), and open it. About 0.1 s.

        The passphrase may be any but the empty one; `velveteen.journal.passphrase.check` judges its strength.

        Raises:
            BadInput: `file_exists`, `key_file_exists`, `empty_passphrase`, `folder_not_found`.
            Refused: `read_only`, `disk_full`, `disk_trouble`.
        """
        path = Path(path).absolute()
        _check_new(path, passphrase)
        header, secret = key.new_key(passphrase)
        with in_plain_words(path):
            try:
                write_atomically(key.key_path(path), key.to_bytes(header), replace=False)
            except FileExistsError:
                raise _key_file_exists(path) from None
            try:
                _build(path, secret)
            except BaseException:
                key.key_path(path).unlink(missing_ok=True)
                raise
        return cls(path, _connected(path, secret))

    @classmethod
    def open(cls, path: str | Path, passphrase: str, *, busy_seconds: float = BUSY_SECONDS) -> Self:
        """Open a journal. About 0.1 s, whatever its length.

        Args:
            path: the journal; its key file must stand beside it.
            passphrase: as it was given to `create`; accents may be composed either way.
            busy_seconds: how long to wait for another process before `journal_busy`.

        Raises:
            BadInput: `not_found`, `key_file_missing`, `key_file_damaged`, `wrong_passphrase`, `journal_damaged`,
                `newer_version`.
            Refused: `journal_busy`, `read_only`, `cannot_open`, `disk_trouble`.
        """
        path = Path(path).absolute()
        if not path.is_file():
            raise BadInput(
                "not_found",
                f"There is no journal at {path}. Check the spelling; one that was moved needs its key file with it.",
            )
        secret = key.unlock(key.read_header(path), passphrase)
        _keep_private(path)
        if _cut_short(path):
            raise damaged(path)
        return cls(path, _connected(path, secret, busy_seconds))

    def append(self, entries: Iterable[Entry], *, known: Literal["skip", "keep"] = "skip") -> int:
        """Add entries in one transaction; return how many were added, after they are safe on the disk.

        With `known="skip"` (imports) an entry that already stands, whatever its id, is not added again: each stored entry
        answers for one that says the same, so that a day with three equal acts keeps three. A correction in the
        same batch follows what it corrects to the id that stands. With `known="keep"` (written by hand) all are added.

        Raises:
            BadInput: `entry_unstorable`, `id_taken`, `journal_damaged`; nothing is added then.
            Refused: `journal_busy`, `read_only`, `disk_full`, `disk_trouble`; nothing is added then.
        """
        with in_plain_words(self._path), self._transaction():
            return self._append(entries, skip=known == "skip")

    def entries(self) -> list[Entry]:
        """All entries in the order in which they were added, corrections and what they correct included."""
        with in_plain_words(self._path):
            rows = self._connection.execute("SELECT stored FROM entries ORDER BY seq").fetchall()
        return [record.from_stored(stored) for (stored,) in rows]

    def chain(self) -> list[Row]:
        """Salt, stored bytes and link of each entry, in order."""
        with in_plain_words(self._path):
            rows = self._connection.execute("SELECT salt, stored, link FROM entries ORDER BY seq").fetchall()
        return [Row(*row) for row in rows]

    def verify(self) -> Problem | None:
        """The first entry that does not fit the chain, or None. It shows order and integrity, never truth.

        Raises:
            BadInput: `journal_damaged`, when the file cannot be read at all.
        """
        rows = self.chain()
        index = first_misfit(rows)
        if index is None:
            index = self._first_wrong_index(rows)
        if index is None:
            return None
        message = (
            f"Entry {index + 1} of {len(rows)} does not fit the entries before it: it, or its place, was changed after "
            "it was written. The entries before it are as they were."
        )
        return Problem("chain_misfit", message, where=f"entry {index + 1}")

    def keep(self, name: str, value: bytes) -> None:
        """Keep bytes under a name, in place of what was there: what can be made again, or is not yet an entry.

        It is no part of the record: not in the chain, not exported, and gone without a trace once it is dropped.

        Raises:
            Refused: `journal_busy`, `read_only`, `disk_full`, `disk_trouble`; what was there before stays then.
        """
        with in_plain_words(self._path), self._transaction():
            self._connection.execute("INSERT OR REPLACE INTO kept VALUES (?, ?)", (name, value))

    def kept(self, name: str) -> bytes | None:
        """What is kept under a name, or None."""
        with in_plain_words(self._path):
            row = self._connection.execute("SELECT value FROM kept WHERE name = ?", (name,)).fetchone()
        return None if row is None else bytes(row[0])

    def drop(self, name: str) -> None:
        """Drop what is kept under a name; dropping what is not there is harmless.

        Raises:
            Refused: as `keep`.
        """
        with in_plain_words(self._path), self._transaction():
            self._connection.execute("DELETE FROM kept WHERE name = ?", (name,))

    def close(self) -> None:
        """Close the file and empty its write-ahead log. Closing twice is harmless."""
        with suppress(sqlcipher.Error):  # another process may be reading; what is in the log is safe there
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:  # a full disk has already rolled back
                self._connection.execute("ROLLBACK")
            raise

    def _append(self, entries: Iterable[Entry], *, skip: bool) -> int:
        last = self._last_link()
        stands: dict[str, str] = {}  # id in this batch -> id of the stored entry that answers for it
        taken: set[str] = set()
        added = 0
        for given in entries:
            entry = replace(given, corrects=stands.get(given.corrects or "", given.corrects))
            stored, mark = _stored(entry), record.fingerprint(entry)
            same = self._standing(entry, mark, taken) if skip else None
            taken.add(same or entry.id)
            if same is not None:
                stands[entry.id] = same
                continue
            last = self._insert(entry, stored, mark, last)
            added += 1
        return added

    def _last_link(self) -> bytes:
        row = self._connection.execute("SELECT link FROM entries ORDER BY seq DESC LIMIT 1").fetchone()
        return FIRST if row is None else bytes(row[0])

    def _standing(self, entry: Entry, mark: bytes, taken: set[str]) -> str | None:
        rows = self._connection.execute(
            "SELECT stored FROM entries WHERE fingerprint = ? ORDER BY seq", (mark,)
        )
        free = [found for (stored,) in rows if (found := record.from_stored(stored).id) not in taken]
        if entry.id in free:
            return entry.id
        return free[0] if free else None

    def _insert(self, entry: Entry, stored: bytes, mark: bytes, previous: bytes) -> bytes:
        salt = os.urandom(16)
        tie = link(previous, salt, stored)
        statement = "INSERT INTO entries (identity, fingerprint, salt, stored, link) VALUES (?, ?, ?, ?, ?)"
        try:
            self._connection.execute(statement, (_identity(entry), mark, salt, stored, tie))
        except sqlcipher.IntegrityError:
            raise _id_taken(entry) from None
        return tie

    def _first_wrong_index(self, rows: list[Row]) -> int | None:
        """The look-up columns are not in the chain; they follow from the stored bytes, and are checked against them."""
        marks = self._connection.execute("SELECT identity, fingerprint FROM entries ORDER BY seq").fetchall()
        for index, (row, mark) in enumerate(zip(rows, marks, strict=True)):
            entry = record.from_stored(row.stored)
            if mark != (_identity(entry), record.fingerprint(entry)):
                return index
        return None


def _check_new(path: Path, passphrase: str) -> None:
    if not passphrase:
        raise BadInput(
            "empty_passphrase", "A journal needs a passphrase, and this one is empty. Nothing was written."
        )
    if path.exists():
        raise file_exists(path)
    if key.key_path(path).exists():
        raise _key_file_exists(path)


def _key_file_exists(path: Path) -> BadInput:
    name = key.key_path(path).name
    return BadInput(
        "key_file_exists",
        f"A key file {name} stands here without its journal. It was not touched, since a journal kept elsewhere may "
        "need it. Choose another name, or move the key file away first.",
    )


def _build(path: Path, secret: bytes) -> None:
    """Make the journal under another name and move it into place whole, so that an empty file is never a journal."""
    draft = path.with_name(path.name + ".new")
    draft.unlink(missing_ok=True)
    os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        connection = _keyed(draft, secret, BUSY_SECONDS)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            migrate(connection)
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()
        take_free_name(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    sync_folder(path.parent)


def _connected(path: Path, secret: bytes, busy_seconds: float = BUSY_SECONDS) -> Any:
    with in_plain_words(path):
        connection = _keyed(path, secret, busy_seconds)
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            migrate(connection)
        except BaseException:
            connection.close()
            raise
        return connection


def _keyed(path: Path, secret: bytes, busy_seconds: float) -> Any:
    connection = sqlcipher.connect(
        f"{path.as_uri()}?mode=rw", uri=True, isolation_level=None, timeout=busy_seconds
    )
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{secret.hex()}'\"")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def _cut_short(path: Path) -> bool:
    """Whether the file ends within a page; while a log stands beside it, the database mends that itself."""
    size = path.stat().st_size
    log = path.with_name(path.name + "-wal")
    return size == 0 or (size % PAGE_BYTES != 0 and not (log.exists() and log.stat().st_size))


def _keep_private(path: Path) -> None:
    for file in (path, key.key_path(path)):
        with suppress(OSError):  # on a disk that can only be read it stays as it is
            if file.stat().st_mode & 0o077:
                file.chmod(0o600)


def _stored(entry: Entry) -> bytes:
    """The bytes to keep, read back first: nothing is acknowledged that could not be read again."""
    stored = record.to_bytes(entry)
    record.from_bytes(stored)
    return stored


def _identity(entry: Entry) -> bytes:
    return hashlib.sha256(entry.id.encode("utf-8", "surrogatepass")).digest()[:16]


def _id_taken(entry: Entry) -> BadInput:
    return BadInput(
        "id_taken",
        f"An entry with the id {entry.id} already stands and says something else. Nothing was added or changed. "
        "An entry is never rewritten; a correction is a new entry that names the one it corrects.",
    )
