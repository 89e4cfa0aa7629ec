"""A message's text as the rules read it: one spelling, quoted words blanked, sentences apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_STRAIGHT = str.maketrans(
    {"’": "'", "‘": "'", "`": "'", "“": '"', "”": '"', "„": '"', "…": ".", "\u00a0": " ", "\u202f": " "}
)
_QUOTED = re.compile(r'"[^"\n]{1,300}"|«[^»\n]{1,300}»')
_SPLIT = re.compile(r"(?<=[.!?])\s+|\n+")
_SPACED_MARK = re.compile(r"\s+(?=[.!?,;:])|\s+(?='(?:s|m|re|ve|ll|d|t)\b)|(?<=\w)\s+(?=n't\b)")
_SPACED_APOSTROPHE = re.compile(r"(?<=\w)\s*'\s+(?=(?:s|m|re|ve|ll|d|t)\b)")
_WORD = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Read:
    """A text made ready.

    Attributes:
        low: lower case, straight apostrophes, words in quotation marks blanked; every letter at its place in the text.
        sentences: of it, each with its closing marks, none empty, without the spaces that some exports put before marks.
    """

    low: str
    sentences: tuple[str, ...]


@lru_cache(maxsize=4096)
def read(text: str) -> Read:
    """A text made ready for the rules."""
    low = _QUOTED.sub(lambda found: " " * len(found[0]), level(text))
    return Read(low, tuple(piece.strip() for piece in _SPLIT.split(_close(low)) if _WORD.search(piece)))


def level(text: str) -> str:
    """The text in lower case with one kind of apostrophe and quotation mark, letter for letter."""
    text = text.translate(_STRAIGHT)
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _close(low: str) -> str:
    """Without the spaces before marks and around apostrophes."""
    if "'" in low:
        low = _SPACED_APOSTROPHE.sub("'", low)
    return _SPACED_MARK.sub("", low)
