"""What goes back and forth: conversations, turns, and what a turn of theirs did with what the turn before gave occasion for.

A conversation is hard where the owner raised something or said no in it, whatever the other writes: what they leave unsent
must not make it a hard one. A feeling that was told, or something raised, is an occasion of the answer that follows in the
same conversation. Where none follows it was not met: else whoever leaves the worst answers unsent would raise the share of
good ones.
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
    """Bits of codes: what meets a feeling, what owns, and what unmakes an owning."""

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
        hard: whether its conversation is a hard one. On messages of mine: told and raised, what each gave an occasion for,
        whatever they write; met and owned, on the last of them in a turn that an answer of theirs, next in the same
        conversation, took up.
    """
    conversation = np.cumsum(starts) - 1
    hard = _hard(conversation, mine & _any(bits, RAISED | REFUSED))
    return {"hard": hard} | _answers(theirs, mine, conversation, bits, masks)


def _any(bits: NDArray[np.uint64], mask: int) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = (bits & np.uint64(mask)) != 0
    return found


def _hard(conversation: NDArray[np.intp], occasion: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Whether a conversation holds such an occasion."""
    there: NDArray[np.bool_] = np.isin(conversation, conversation[occasion])
    return there


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
    who, talk, coded = theirs[two], conversation[two], bits[two]
    first = np.flatnonzero(np.concatenate([[True], (who[1:] != who[:-1]) | (talk[1:] != talk[:-1])]))
    said = np.bitwise_or.reduceat(coded, first)
    after = np.where(np.append(talk[first][1:] == talk[first][:-1], [False]), np.roll(said, -1), np.uint64(0))
    owns = _any(after, masks.owned) & ~_any(after, masks.disowned)
    for gave, took, kind, taken in (
        ("told", "met", TOLD, _any(after, masks.met)),
        ("raised", "owned", RAISED, owns),
    ):
        there = ~who & _any(coded, kind)
        found[gave][two[there]] = True
        last = np.maximum.reduceat(np.where(there, np.arange(len(two)), -1), first)
        found[took][two[last[(last >= 0) & taken]]] = True
    return found
