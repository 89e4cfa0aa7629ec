"""Damaged exports, and what must hold of every one: no crash, no hang, and whatever is left out is listed."""

from __future__ import annotations

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


@st.composite
def damaged(draw, name):
    """Bytes of an export's parts, some of them changed: flipped, cut, repeated, or with fields swapped."""
    parts = [(label, bytearray(data)) for label, data in EXPORTS[name].parts]
    for _ in range(draw(st.integers(1, 8))):
        data = parts[draw(st.integers(0, len(parts) - 1))][1]
        _change(
            draw,
            data,
            draw(st.sampled_from(["byte", "cut", "end", "insert", "repeat", "odd", "swap", "value"])),
        )
    return [(label, bytes(data)) for label, data in parts]


def _change(draw, data, what):
    at = draw(st.integers(0, max(0, len(data) - 1)))
    if what == "byte" and data:
        data[at] = draw(st.integers(0, 255))
    elif what == "cut":
        del data[at : at + draw(st.integers(1, 200))]
    elif what == "end":
        del data[at:]
    elif what == "insert":
        data[at:at] = draw(st.binary(max_size=30))
    elif what == "repeat":
        data[at:at] = data[at : at + draw(st.integers(1, 300))] * draw(st.integers(1, 20))
    elif what == "odd":
        data[at:at] = draw(st.sampled_from(_ODD))
    elif what in {"swap", "value"}:
        _swap(draw, data, what)


def _swap(draw, data, what):
    found = list(_TOKEN.finditer(bytes(data)))
    if len(found) < 2:
        return
    one, other = (found[draw(st.integers(0, len(found) - 1))] for _ in range(2))
    data[one.start() : one.end()] = other[0] if what == "swap" else draw(st.sampled_from(_ODD))


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
