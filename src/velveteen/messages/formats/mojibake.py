"""Meta's broken letters: the bytes of UTF-8, each written as the character of that number ("Ã©" for "é")."""

from __future__ import annotations

import re

_FOREIGN = re.compile("[\x80-\xff]")


def repaired(text: str) -> str:
    """The text with its letters as they were meant, where the whole of it is such bytes; else the text itself.

    A real "é" alone is no UTF-8, and a text with a letter above U+00FF was never bytes: both are left as they are.
    """
    if not _FOREIGN.search(text):
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text
