"""A part of a cohort: which households it holds, on any machine and in any version."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from velveteen.problems import BadInput


@dataclass(frozen=True, slots=True)
class Part:
    """Part `index` (from 1) of `of`."""

    index: int
    of: int

    def holds(self, household: str) -> bool:
        """Whether a household belongs here: `number_of` its name, modulo the parts."""
        return number_of(household) % self.of == self.index - 1

    @property
    def file(self) -> str:
        """Name of the file that holds its rows."""
        return f"part-{self.index:04}-of-{self.of:04}.parquet"


def number_of(household: str) -> int:
    """A number that belongs to a name alone: BLAKE2b of its UTF-8 bytes, 8 bytes long, read big-endian."""
    return int.from_bytes(hashlib.blake2b(household.encode(), digest_size=8).digest(), "big")


def chosen(households: Sequence[str], most: int) -> list[str]:
    """At most so many of a cohort's households, the same ones each time, in the order given."""
    kept = set(sorted(households, key=number_of)[:most])
    return [name for name in households if name in kept]


def parse_part(text: str) -> Part:
    """A part from text such as "3/10".

    Raises:
        BadInput: no such part.
    """
    found = re.fullmatch(r"(\d{1,6})/(\d{1,6})", text.strip())
    if not found or not 1 <= int(found[1]) <= int(found[2]):
        message = f"A part is written like 1/4, the first of four; “{text}” is none. Nothing was changed."
        raise BadInput("no_part", message)
    return Part(int(found[1]), int(found[2]))
