"""What a linear coder sees of a message: words, pairs of words, letters within words, and which rules fired.

A feature is a string: "w:never", "p:you never" (with ^ and $ at the ends), "c: neve" (letters,
a space at a word's edge), "r:blame".
"""

from __future__ import annotations

import re

LONGEST = 2000
"""Letters of a message that are read; what is longer is no chat message."""
_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[?!]+|[^\w\s]")
_DIGITS = re.compile(r"\d")
_STRETCHED = re.compile(r"(.)\1{2,}")


def features(low: str) -> list[str]:
    """The features of a text that `text.read` made ready, with repetitions."""
    found = tokens(low)
    inside = [within(token) for token in found]
    return [of[0] for of in inside] + pairs(found) + [letters for of in inside for letters in of[1:]]


def tokens(low: str) -> list[str]:
    """The words and marks of such a text; all figures are alike."""
    low = _STRETCHED.sub(r"\1\1", _DIGITS.sub("0", low))
    return [_short(token) for token in _TOKEN.findall(low)]


def pairs(tokens: list[str]) -> list[str]:
    """The features of neighbours."""
    return [f"p:{a} {b}" for a, b in zip(["^", *tokens], [*tokens, "$"], strict=True)]


def within(token: str) -> tuple[str, ...]:
    """The features of one token: itself first, then the letters in it."""
    if not token[0].isalnum():
        return (f"w:{token}",)
    padded = f" {token} "
    return (
        f"w:{token}",
        *(f"c:{padded[i : i + size]}" for size in (3, 4, 5) for i in range(len(padded) - size + 1)),
    )


def _short(token: str) -> str:
    return token[0] if token[0] in "?!" else token
