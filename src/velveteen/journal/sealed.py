"""The sealed journal: one encrypted file that only its owner can read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from sqlcipher3 import dbapi2 as sqlcipher

from velveteen.journal import erase, key, keyring, pair, record, rows
from velveteen.journal.atomic import write_atomically
from velveteen.journal.chain import Row, first_misfit
from velveteen.journal.entries import Entry
from velveteen.journal.sealed_errors import (
    damaged,
    erase_unfinished,
    file_exists,
    id_taken,
    in_plain_words,
    key_file_exists,
    passphrase_changed,
)
from velveteen.journal.sealed_file import BUSY_SECONDS, build, connected, cut_short, keep_private
from velveteen.problems import BadInput, Problem, Refused


class SealedJournal:
    """An open journal. Make one with `create` or `open`; use it in a `with` block, or call `close`.

    Entries are acknowledged after they are on the disk (synchronous = FULL). Several processes may have the same journal
    open; writers take turns. An object belongs to the thread that opened it.
    """

    def __init__(self, path: Path, connection: Any) -> None:
        self._path = path
        self._connection = connection
        self._keys = keyring.state(path)

    @classmethod
    def create(cls, path: str | Path, passphrase: str, filled: Sequence[Row] = ()) -> Self:
        """Make a new journal and its key file (both mode 0600), and open it. About 0.1 s.

        It is empty, or begins with the rows of another, chain and all.
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
                raise key_file_exists(key.key_path(path)) from None
            try:
                build(path, secret, filled)
            except BaseException:
                key.key_path(path).unlink(missing_ok=True)
                raise
        return cls(path, connected(path, secret))

    @classmethod
    def open(cls, path: str | Path, passphrase: str, *, busy_seconds: float = BUSY_SECONDS) -> Self:
        """Open a journal. About 0.1 s, whatever its length.

        Args:
            path: the journal; its key file must stand beside it.
            passphrase: as it was given to `create`; accents may be composed either way.
            busy_seconds: how long to wait for another process before `journal_busy`.

        Raises:
            BadInput: `not_found`, `key_file_missing`, `key_file_damaged`, `wrong_passphrase`, `passphrase_changed`,
                `journal_damaged`, `newer_version`.
            Refused: `journal_busy`, `read_only`, `cannot_open`, `disk_trouble`.
        """
        path = Path(path).absolute()
        if not path.is_file():
            raise BadInput(
                "not_found",
                f"There is no journal at {path}. Check the spelling; one that was moved needs its key file with it.",
            )
        return cls.open_unlocked(path, keyring.unlocked(path, passphrase), busy_seconds=busy_seconds)

    @classmethod
    def open_unlocked(
        cls, path: Path, keys: list[tuple[Path, bytes]], *, busy_seconds: float = BUSY_SECONDS
    ) -> Self:
        """Open a journal with what `keyring.unlocked` gave, and finish a change of passphrase that was interrupted.

        Raises:
            As `open`, when it has found that the passphrase fits.
        """
        keep_private(path)
        if cut_short(path):
            raise damaged(path)
        for file, secret in keys:
            try:
                connection = connected(path, secret, busy_seconds)
            except BadInput as error:
                if error.code != "journal_damaged":
                    raise
                continue
            with suppress(OSError):  # on a disk that can only be read it opens as it is
                keyring.settle(path, file)
            return cls(path, connection)
        raise passphrase_changed(path) if keyring.laid_out(path) else damaged(path)

    @property
    def path(self) -> Path:
        """Where the file stands."""
        return self._path

    def append(
        self,
        entries: Iterable[Entry],
        *,
        known: Literal["skip", "keep"] = "skip",
        batch: rows.Batch | None = None,
    ) -> int:
        """Add entries in one transaction; return how many were added, after they are safe on the disk.

        With `known="skip"` (imports) an entry that already stands, whatever its id, is not added again: each stored entry
        answers for one that says the same, so that a day with three equal acts keeps three. A correction in the
        same batch follows what it corrects to the id that stands. With `known="keep"` (written by hand) all are added.
        `batch` carries on with one that comes in parts, each a transaction of its own.

        Raises:
            BadInput: `entry_unstorable`, `id_taken`, `journal_damaged`; nothing is added then.
            Refused: `journal_busy`, `read_only`, `disk_full`, `disk_trouble`; nothing is added then.
        """
        with self._plain(), self._transaction():
            return self._append(entries, batch or rows.Batch(), skip=known == "skip")

    def entries(self) -> list[Entry]:
        """All entries in the order in which they were added, corrections and what they correct included."""
        with self._plain():
            found = [stored for (stored,) in self._connection.execute(_STORED).fetchall()]
        parts = (found[at : at + _AT_ONCE] for at in range(0, len(found), _AT_ONCE))
        return [entry for part in parts for entry in record.all_from_stored(part)]

    def erase(self, ids: Iterable[str], *, rewrite_chain: bool) -> int:
        """Erase entries, each with all that it corrects and that corrects it; return how many. It cannot be undone.

        Salt, bytes and look-up columns go, and the cached verdicts; the file is then written anew, so that no copy stays in
        it or in its log. The same file imported again would bring them back. Backups, exports and other copies of the file
        are not reached.

        Args:
            ids: of the entries; none only clears what earlier erasures could not.
            rewrite_chain: False leaves a digest and the link, so that `verify` fits and `erased` counts it. True makes a new
                chain of what stays, without a trace that something was taken out, here or earlier.

        Raises:
            BadInput: `no_such_entry`; nothing is erased then.
            Refused: `journal_busy`, `read_only`, `disk_full`, `disk_trouble`; nothing is erased then.
                `erase_unfinished`: they are erased, and sealed remains could not be cleared from the file yet.
        """
        with self._plain(), self._transaction():
            count = erase.erase(self._connection, ids, rewrite_chain=rewrite_chain)
        try:
            clear = erase.clear_remains(self._connection)
        except sqlcipher.Error:
            clear = False
        if not clear:
            raise erase_unfinished(self._path)
        return count

    def erased(self) -> int:
        """How many places in the chain have been erased and left their link."""
        return sum(row.erased for row in self.chain())

    def chain(self) -> list[Row]:
        """Salt, stored bytes and link of each entry, in order, erased ones included."""
        with self._plain():
            return rows.read(self._connection)

    def verify(self) -> Problem | None:
        """The first entry that does not fit the chain, or None. It shows order and integrity, never truth.

        Raises:
            BadInput: `journal_damaged`, when the file cannot be read at all.
        """
        chain = self.chain()
        index = first_misfit(chain)
        if index is None:
            index = self._first_wrong_index(chain)
        if index is None:
            return None
        message = (
            f"Entry {index + 1} of {len(chain)} does not fit the entries before it: it, or its place, was changed after "
            "it was written. The entries before it are as they were."
        )
        return Problem("chain_misfit", message, where=f"entry {index + 1}")

    def version(self) -> int:
        """A number that changes when another process or connection has written; what this one writes leaves it."""
        with in_plain_words(self._path):
            return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def keep(self, name: str, value: bytes) -> None:
        """Keep bytes under a name, in place of what was there: what can be made again, or is not yet an entry.

        It is no part of the record: not in the chain, not exported, and gone without a trace once it is dropped.

        Raises:
            Refused: `journal_busy`, `read_only`, `disk_full`, `disk_trouble`; what was there before stays then.
        """
        with self._plain(), self._transaction():
            self._connection.execute("INSERT OR REPLACE INTO kept VALUES (?, ?)", (name, value))

    def kept(self, name: str) -> bytes | None:
        """What is kept under a name, or None."""
        with self._plain():
            row = self._connection.execute("SELECT value FROM kept WHERE name = ?", (name,)).fetchone()
        return None if row is None else bytes(row[0])

    def drop(self, name: str) -> None:
        """Drop what is kept under a name; dropping what is not there is harmless.

        Raises:
            Refused: as `keep`.
        """
        with self._plain(), self._transaction():
            self._connection.execute("DELETE FROM kept WHERE name = ?", (name,))

    def close(self) -> None:
        """Close the file and empty its write-ahead log; make the two of a pair alike. Closing twice is harmless."""
        with suppress(sqlcipher.Error):  # another process may be reading; what is in the log is safe there
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._connection.close()
        pair.level(self._path)

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

    def _append(self, entries: Iterable[Entry], batch: rows.Batch, *, skip: bool) -> int:
        last = rows.last_link(self._connection)
        stands, taken = batch.stands, batch.taken
        added = 0
        for given in entries:
            entry = replace(given, corrects=stands.get(given.corrects or "", given.corrects))
            stored = _stored(entry)
            same = self._standing(entry, taken) if skip else None
            taken.add(same or entry.id)
            if same is not None:
                stands[entry.id] = same
                continue
            last = self._insert(entry, rows.tied(last, stored))
            added += 1
        return added

    def _standing(self, entry: Entry, taken: set[str]) -> str | None:
        same = self._connection.execute(
            "SELECT stored FROM entries WHERE fingerprint = ? ORDER BY seq", (record.fingerprint(entry),)
        )
        free = [found for (stored,) in same if (found := record.from_stored(stored).id) not in taken]
        if entry.id in free:
            return entry.id
        return free[0] if free else None

    def _insert(self, entry: Entry, row: Row) -> bytes:
        try:
            rows.insert(self._connection, row)
        except sqlcipher.IntegrityError:
            raise id_taken(entry.id) from None
        return row.link

    def _first_wrong_index(self, chain: list[Row]) -> int | None:
        """The look-up columns are not in the chain; they follow from the stored bytes, and are checked against them."""
        marks = self._connection.execute("SELECT identity, fingerprint FROM entries ORDER BY seq").fetchall()
        pairs = enumerate(zip(chain, marks, strict=True))
        return next((index for index, (row, mark) in pairs if mark != rows.look_up(row)), None)

    @contextmanager
    def _plain(self) -> Iterator[None]:
        """`in_plain_words`, which cannot know that another process has changed the passphrase meanwhile."""
        try:
            with in_plain_words(self._path):
                yield
        except (BadInput, Refused) as error:
            unreadable = error.code in {"journal_damaged", "read_only"}
            if unreadable and keyring.state(self._path) != self._keys:
                raise passphrase_changed(self._path) from error
            raise


def _check_new(path: Path, passphrase: str) -> None:
    if not passphrase:
        raise BadInput(
            "empty_passphrase", "A journal needs a passphrase, and this one is empty. Nothing was written."
        )
    for standing in (path, *pair.both(path)):  # a journal at NAME would hide the pair that was made of it
        if standing.exists():
            raise file_exists(standing)
    if key.key_path(path).exists():
        raise key_file_exists(key.key_path(path))


def _stored(entry: Entry) -> bytes:
    """The bytes to keep, read back first: nothing is acknowledged that could not be read again."""
    stored = record.to_bytes(entry)
    record.from_bytes(stored)
    return stored


_AT_ONCE = 500  # rows
_STORED = "SELECT stored FROM entries WHERE salt != x'' ORDER BY seq"
