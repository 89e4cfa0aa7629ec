"""Tamper evidence: each entry's link is made from the one before, so that a change anywhere shows.

link_n = SHA-256(link_{n-1} || SHA-256(salt_n || stored_n)), link_0 = 32 zero bytes.

The chain shows order and integrity among the entries that are there, never truth. Whoever holds the passphrase can take
entries off the end or write the whole chain anew; only a link written down elsewhere would show that.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

FIRST = bytes(32)


@dataclass(frozen=True, slots=True)
class Row:
    """One stored entry: 16 random bytes, the bytes of the entry, 32 bytes of link."""

    salt: bytes
    stored: bytes
    link: bytes


def link(previous: bytes, salt: bytes, stored: bytes) -> bytes:
    """The 32 bytes that tie an entry to the link before it."""
    return hashlib.sha256(previous + hashlib.sha256(salt + stored).digest()).digest()


def first_misfit(rows: Iterable[Row]) -> int | None:
    """0-based index of the first row whose link does not follow from the rows before; None when all fit."""
    previous = FIRST
    for index, row in enumerate(rows):
        if row.link != link(previous, row.salt, row.stored):
            return index
        previous = row.link
    return None
