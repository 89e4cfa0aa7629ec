"""Damaged exports, and what must hold of every one: no crash, no hang, and whatever is left out is listed."""

from __future__ import annotations

import random
import re
import time

from hypothesis import strategies as st

from velveteen.messages.formats.contract import SNIFF, Notes, Part
from velveteen.problems import VelveteenError

from .exports import EXPORTS, IN_UTC, Opened

LONGEST = 5.0
"""Seconds that a small damaged export may take; whole ones take some thousandths."""
_TOKEN = re.compile(
    rb'"[A-Za-z_]{1,30}"|\b[a-z_]{2,20}=|<[a-z/]{1,10}|\b\d{4,20}\b|^[A-Za-z-]{2,20}:', re.MULTILINE
)
_ODD = [
    *(
        b"null",
        b"[]",
        b"{}",
        b"true",
        b"-1",
        b"1e999999999",
        b"9" * 5000,
        b"NaN",
        b"[" * 300,
        b'{"text": ' * 50,
    ),
    *(b'"', b"'", b"<", b">", b"&#55357;", b"&#0;", b"\\ud83d", b"\\x1F", b"\0", b"\r", b"\n\n", b"\xff\xfe"),
    *(b"\nFrom x\n", b"=?utf-8?b?!!?=", b"--x\n", b"<!ENTITY a 'b'>", b"</div>", b"<table>"),
    b"\x84\x01+\x82\xff\xff\xff\xff",
]


_EVERYWHERE = ["byte", "cut", "end", "insert", "repeat", "odd", "swap", "value", "swap", "value"]
_IN_PLACE = ["byte"] * 6 + ["over", "over", "end"]


def damaged(name: str) -> st.SearchStrategy[list[tuple[str, bytes]]]:
    """Bytes of an export's parts, some of them changed: flipped, cut, repeated, or with fields swapped."""
    # Places are drawn evenly: Hypothesis by itself would break nearly every file at its first byte.
    return st.integers(0, 2**64).map(lambda seed: _damage(name, random.Random(seed)))


def _damage(name: str, dice: random.Random) -> list[tuple[str, bytes]]:
    parts = [(label, bytearray(data)) for label, data in EXPORTS[name].parts]
    for _ in range(dice.randint(1, 8)):
        # A database whose pages are moved has none: its bytes are changed where they stand.
        kinds = _IN_PLACE if name == "imessage database" else _EVERYWHERE
        _change(dice, dice.choice(parts)[1], dice.choice(kinds))
    return [(label, bytes(data)) for label, data in parts]


def _change(dice, data, what):
    at = dice.randrange(len(data) + 1)
    if what == "byte" and at < len(data):
        data[at] = dice.randrange(256)
    elif what == "cut":
        del data[at : at + dice.randint(1, 200)]
    elif what == "end":
        del data[at:]
    elif what == "insert":
        data[at:at] = dice.randbytes(dice.randint(0, 30))
    elif what == "over":
        odd = dice.choice(_ODD)[: len(data) - at]
        data[at : at + len(odd)] = odd
    elif what == "repeat":
        data[at:at] = data[at : at + dice.randint(1, 300)] * dice.randint(1, 20)
    elif what == "odd":
        data[at:at] = dice.choice(_ODD)
    elif what in {"swap", "value"}:
        _swap(dice, data, what)


def _swap(dice, data, what):
    found = list(_TOKEN.finditer(bytes(data)))
    if found:
        one = dice.choice(found)
        data[one.start() : one.end()] = dice.choice(found)[0] if what == "swap" else dice.choice(_ODD)


def check(name, parts):
    """Reads a damaged export; how it ended: "read", or the code of the refusal."""
    form, opened, notes = EXPORTS[name].form, [], Notes()
    made = [
        Part(label, len(data), data[:SNIFF], lambda data=data: Opened(data, opened)) for label, data in parts
    ]
    began, messages = time.perf_counter(), []
    assert all(form.fits(part) in {True, False} for part in made)
    try:
        messages.extend(form.stream(made, notes, IN_UTC))
        ended = "read"
    except VelveteenError as error:
        ended = error.code
    assert time.perf_counter() - began < LONGEST
    assert all(file.closed for file in opened)
    for message in messages:
        assert message.author.strip()
        assert message.note or message.text.strip(), message
        assert message.at.tzinfo is None
        (message.author + message.text + message.chat).encode()
    lines = [message.line for message in messages]
    assert lines == sorted(lines)
    assert len([p for p in notes.problems if p.where and p.code in {"unparsed", "cut_short"}]) == len(
        notes.unparsed
    )
    for problem in notes.problems:
        (problem.text + problem.message).encode()
    return ended
