"""The rows of a sealed journal's table: read, added, and the look-up columns that follow from what is stored."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from velveteen.journal import record
from velveteen.journal.chain import FIRST, Row, link
from velveteen.problems import BadInput


@dataclass(slots=True)
class Batch:
    """What is known of a batch of entries while it is added.

    Attributes:
        stands: id in the batch -> id of the stored entry that answers for it.
        taken: ids of stored entries that answer for one of the batch already.
    """

    stands: dict[str, str] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)


def read(connection: Any) -> list[Row]:
    """Every row in order, erased ones included."""
    found = connection.execute("SELECT salt, stored, link FROM entries ORDER BY seq").fetchall()
    return [Row(*row) for row in found]


def insert(connection: Any, row: Row) -> None:
    """Add a row as it is at the end.

    Raises:
        sqlcipher.IntegrityError: a row with the same id stands already.
    """
    connection.execute(_INSERT, (*look_up(row), row.salt, row.stored, row.link))


def fill(connection: Any, filled: Iterable[Row]) -> None:
    """Add the rows of another journal as they are; a second one with an id, which only tampering makes, is not looked up."""
    taken: set[bytes] = set()
    for row in filled:
        mark, said = look_up(row)
        if mark in taken:
            mark, said = os.urandom(16), b""
        taken.add(mark)
        connection.execute(_INSERT, (mark, said, row.salt, row.stored, row.link))


def tied(previous: bytes, stored: bytes) -> Row:
    """A new row after the link before it, with a fresh salt."""
    salt = os.urandom(16)
    return Row(salt, stored, link(previous, salt, stored))


def last_link(connection: Any) -> bytes:
    """The link that the next row is tied to."""
    row = connection.execute("SELECT link FROM entries ORDER BY seq DESC LIMIT 1").fetchone()
    return FIRST if row is None else bytes(row[0])


def look_up(row: Row) -> tuple[bytes, bytes]:
    """Identity and fingerprint of a row; of one that is erased, or cannot be read, nothing that tells of an entry."""
    if not row.erased:
        try:
            entry = record.from_stored(row.stored)
        except BadInput:
            return row.digest[:16], b""
        return identity(entry.id), record.fingerprint(entry)
    return row.digest[:16], b""


def identity(entry_id: str) -> bytes:
    """16 bytes that stand for an id in the table, which need not be short itself."""
    return hashlib.sha256(entry_id.encode("utf-8", "surrogatepass")).digest()[:16]


_INSERT = "INSERT INTO entries (identity, fingerprint, salt, stored, link) VALUES (?, ?, ?, ?, ?)"
