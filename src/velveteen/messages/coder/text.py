"""A message's text as the rules read it: one spelling, quoted words blanked, sentences apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "`": "'", "“": '"', "”": '"', "„": '"', "…": ".", "\u00a0": " ", "\u202f": " "})  # fmt: skip
_QUOTED = re.compile(r'"[^"\n]{1,300}"|«[^»\n]{1,300}»')
_SPLIT = re.compile(r"(?<=[.!?])\s+|\n+")
_SPACED_MARK = re.compile(r"\s+(?=[.!?,;:])|\s+(?='(?:s|m|re|ve|ll|d|t)\b)|(?<=\w)\s+(?=n't\b)")
_SPACED_APOSTROPHE = re.compile(r"(?<=\w)\s*'\s+(?=(?:s|m|re|ve|ll|d|t)\b)")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Read:
    """A text made ready.

    Attributes:
        low: lower case, straight apostrophes, no spaces before marks; words in quotation marks are blanked.
        sentences: of `low`, each with its closing marks, none empty.
        words: of `low`, in order.
    """

    low: str
    sentences: tuple[str, ...]
    words: tuple[str, ...]


@lru_cache(maxsize=4096)
def read(text: str) -> Read:
    """A text made ready for the rules."""
    low = straight(text).lower()
    low = _QUOTED.sub(lambda found: " " * len(found[0]), low)
    sentences = tuple(piece.strip() for piece in _SPLIT.split(low) if _WORD.search(piece))
    return Read(low, sentences, tuple(_WORD.findall(low)))


def straight(text: str) -> str:
    """The text with one kind of apostrophe and quotation mark, and without the spaces that some exports put before marks."""
    text = text.translate(_STRAIGHT)
    if "'" in text:
        text = _SPACED_APOSTROPHE.sub("'", text)
    return _SPACED_MARK.sub("", text)
