"""Keys of messages: by them exports that overlap are told, and no message is counted twice, however often it is exported.

A key is eight bytes: the minute of the day, and 48 bits of a digest of who of the two wrote it, the words without invisible
marks, and the how-manieth of its like it is in that minute. Two exports of one chat agree on it, whether or not they write
seconds. It is kept with the coded day, inside the sealed file, and cannot be turned back into words (short ones can be
guessed and tried, as with every digest).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import unicodedata
from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from velveteen.journal.entries import current
from velveteen.messages.formats.notices import MARKS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from velveteen.journal.entries import Entry
    from velveteen.messages.chat import Message

KEY = np.dtype(">u8")
_BITS = 48
_MASK = np.uint64(2**_BITS - 1)
_STEP = np.uint64(0x9E3779B97F4A7C15)  # odd: no two places in a minute fall together
_DROP = str.maketrans("", "", MARKS)


def bare_key(who: int, message: Message) -> int:
    """48 bits of who wrote which words. All notes in place of media are alike: each app and language has its own."""
    text = "\0" if message.note else _bare(message.text)
    digest = hashlib.blake2b(f"{who}\0{text}".encode("utf-8", "surrogatepass"), digest_size=_BITS // 8)
    return int.from_bytes(digest.digest(), "big")


def _bare(text: str) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFC", text.translate(_DROP))
    return " ".join(text.split())


def keys_of(at: NDArray[np.int64], bare: NDArray[np.uint64], order: NDArray[np.intp]) -> NDArray[np.uint64]:
    """Keys of messages.

    Args:
        at: local seconds since 1970.
        bare: as `bare_key`.
        order: places of the messages in the order of time; it tells which of two alike in one minute is the first.
    """
    minute = at // 60
    place = np.empty(len(at), np.int64)
    place[order] = np.arange(len(at))
    sort = np.lexsort((place, bare, minute))
    first = np.ones(len(at), bool)
    first[1:] = (np.diff(minute[sort]) != 0) | (np.diff(bare[sort]) != 0)
    run = np.arange(len(at))
    repeat = np.empty(len(at), np.uint64)
    repeat[sort] = run - np.maximum.accumulate(np.where(first, run, 0))
    return (minute % 1440).astype(np.uint64) << np.uint64(_BITS) | (bare + repeat * _STEP) & _MASK


def as_text(keys: bytes) -> str:
    """Keys as an entry keeps them."""
    return base64.b64encode(keys).decode("ascii")


def known_keys(before: Sequence[Entry], about: str, version: str) -> dict[date, NDArray[np.uint64]]:
    """Keys of messages that are counted in a journal already, by day.

    Args:
        before: its entries.
        about: whose messages.
        version: of the coder; what another one counted is counted anew.
    """
    found: defaultdict[date, list[NDArray[np.uint64]]] = defaultdict(list)
    for entry in current(list(before)):
        if (entry.kind, entry.about, entry.payload.get("coder")) == ("coded_day", about, version):
            found[entry.at.date()].append(_from_text(entry.payload.get("keys")))
    return {day: np.concatenate(keys) for day, keys in found.items()}


def _from_text(text: object) -> NDArray[np.uint64]:
    try:
        data = base64.b64decode(text, validate=True) if isinstance(text, str) else b""
    except (binascii.Error, ValueError):
        data = b""
    return np.frombuffer(data[: len(data) // 8 * 8], KEY).astype(np.uint64)
