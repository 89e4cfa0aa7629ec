"""What goes back and forth: conversations, turns, and what a turn of theirs did with what the turn before gave occasion for.

A conversation is hard once the owner raised something or said no in it before anything that hurts was written: strain must
not be read from the hurt itself. A feeling that was told, or something raised, is an occasion of the answer that follows in
the same conversation. Where none follows it was not met: else whoever leaves the worst answers unsent would raise the share
of good ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

TOLD, RAISED, REFUSED = 1, 2, 4
"""Occasions in the bits of the owner's own messages, as `coder.turns.OCCASIONS` has them."""


@dataclass(frozen=True, slots=True)
class Masks:
    """Bits of codes: what hurts, what meets a feeling, what owns, and what unmakes an owning."""

    hurt: int
    met: int
    owned: int
    disowned: int


def exchanged(
    theirs: NDArray[np.bool_],
    mine: NDArray[np.bool_],
    starts: NDArray[np.bool_],
    bits: NDArray[np.uint64],
    masks: Masks,
) -> dict[str, NDArray[np.bool_]]:
    """Columns of messages in the order of time, each (n,).

    Args:
        theirs, mine: whose message it is; neither: somebody else's.
        starts: whether a conversation begins with it.
        bits: codes of theirs, occasions of mine.
        masks: of the codes.

    Returns:
        hard: whether its conversation is a hard one. On the last message of a turn of mine: told and raised, what it gave an
        occasion for; met and owned, whether the turn of theirs that follows in the same conversation took it.
    """
    conversation = np.cumsum(starts) - 1
    hurts = theirs & _any(bits, masks.hurt)
    return {"hard": _hard(conversation, mine & _any(bits, RAISED | REFUSED), hurts)} | _answers(
        theirs, mine, conversation, bits, masks
    )


def _any(bits: NDArray[np.uint64], mask: int) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = (bits & np.uint64(mask)) != 0
    return found


def _hard(
    conversation: NDArray[np.intp], occasion: NDArray[np.bool_], hurts: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Whether the first occasion of a conversation comes before the first hurt."""
    if not len(conversation):
        return np.zeros(0, bool)
    first = {}
    for name, there in (("occasion", occasion), ("hurt", hurts)):
        place = np.full(conversation[-1] + 1, len(conversation))
        np.minimum.at(place, conversation[there], np.flatnonzero(there))
        first[name] = place
    hard: NDArray[np.bool_] = (first["occasion"] < first["hurt"])[conversation]
    return hard


def _answers(
    theirs: NDArray[np.bool_],
    mine: NDArray[np.bool_],
    conversation: NDArray[np.intp],
    bits: NDArray[np.uint64],
    masks: Masks,
) -> dict[str, NDArray[np.bool_]]:
    found = {name: np.zeros(len(bits), bool) for name in ("told", "met", "raised", "owned")}
    two = np.flatnonzero(theirs | mine)  # what a third person writes between is no answer of theirs
    if not len(two):
        return found
    who, talk = theirs[two], conversation[two]
    first = np.flatnonzero(np.concatenate([[True], (who[1:] != who[:-1]) | (talk[1:] != talk[:-1])]))
    said = np.bitwise_or.reduceat(bits[two], first)
    after = np.where(np.append(talk[first][1:] == talk[first][:-1], [False]), np.roll(said, -1), np.uint64(0))
    told, raised = (_any(said, kind) & ~who[first] for kind in (TOLD, RAISED))
    met = told & _any(after, masks.met)
    owned = raised & _any(after, masks.owned) & ~_any(after, masks.disowned)
    last = two[np.append(first[1:], len(two)) - 1]
    for name, there in (("told", told), ("met", met), ("raised", raised), ("owned", owned)):
        found[name][last[there]] = True
    return found
