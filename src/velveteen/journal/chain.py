"""Tamper evidence: each entry's link is made from the one before, so that a change anywhere shows.

link_n = SHA-256(link_{n-1} || SHA-256(salt_n || stored_n)), link_0 = 32 zero bytes.

An erased row keeps SHA-256(salt || stored) alone. Without the 16 random bytes of the salt nobody can test a guess of what
was there against it, and the links before and after still fit.

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
    """One stored entry: 16 random bytes, the bytes of the entry, 32 bytes of link.

    An erased one has no salt, and the digest of what was there in place of the entry.
    """

    salt: bytes
    stored: bytes
    link: bytes

    @property
    def erased(self) -> bool:
        """Whether salt and bytes have been removed."""
        return not self.salt

    @property
    def digest(self) -> bytes:
        """What the link is made from, with the link before."""
        return self.stored if self.erased else hashlib.sha256(self.salt + self.stored).digest()

    def without_content(self) -> Row:
        """The same place in the chain, erased."""
        return Row(b"", self.digest, self.link)


def link(previous: bytes, salt: bytes, stored: bytes) -> bytes:
    """The 32 bytes that tie an entry to the link before it."""
    return _tie(previous, Row(salt, stored, b"").digest)


def first_misfit(rows: Iterable[Row]) -> int | None:
    """0-based index of the first row whose link does not follow from the rows before; None when all fit."""
    previous = FIRST
    for index, row in enumerate(rows):
        if row.link != _tie(previous, row.digest):
            return index
        previous = row.link
    return None


def _tie(previous: bytes, digest: bytes) -> bytes:
    return hashlib.sha256(previous + digest).digest()
