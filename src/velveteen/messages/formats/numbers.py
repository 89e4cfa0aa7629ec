"""Telephone numbers of one person: the same digits with and without a country's code."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

SHORTEST = 8
"""Digits that a number must have after its leading 0 before it is taken for the end of another."""
_NUMBER = re.compile(r"[+()\d\s./\u00a0\u2010-\u2015-]{5,}")


def plain(address: str) -> str:
    """A number as digits, "+" before one with its country's code; what is no number stays as it is, in small letters."""
    if not _NUMBER.fullmatch(address):
        return address.strip().casefold()
    digits = "".join(str(int(letter)) for letter in address if letter.isdecimal())
    if "+" in address[:3]:
        return "+" + digits
    return "+" + digits[2:] if digits.startswith("00") else digits


def same(numbers: Iterable[str]) -> dict[str, str]:
    """Each number -> the one that stands for it: a national form -> the only international one that ends in it.

    Nothing is joined where a country's code cannot be what stands before, or where two numbers end alike.
    """
    known = set(numbers)
    ends: dict[str, set[str]] = defaultdict(set)
    for number in known:
        if number.startswith("+"):
            for code in (1, 2, 3):  # a country's code has one to three digits
                ends[number[1 + code :]].add(number)
    joined = {}
    for number in known:
        rest = number.removeprefix("0")
        found = ends.get(rest, set()) if number.isdecimal() and len(rest) >= SHORTEST else set()
        joined[number] = min(found) if len(found) == 1 else number
    return joined
