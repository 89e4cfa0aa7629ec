"""What the turn before was, so far as the answer depends on it: a feeling that was told, something raised, a no.

Read of the owner's own messages, only as the occasion of an answer: never stored, shown or counted as conduct.
"""

from __future__ import annotations

from typing import Literal

from velveteen.messages.coder.text import read
from velveteen.messages.coder.wording import worded

Occasion = Literal["told", "raised", "refused"]
OCCASIONS: tuple[Occasion, ...] = ("told", "raised", "refused")

_WORDS = worded("turns.toml")


def occasions(text: str) -> frozenset[Occasion]:
    """What a turn of the owner's gives the other an occasion for. English only."""
    low = read(text).low
    return frozenset(name for name in OCCASIONS if _WORDS[name].search(low))
