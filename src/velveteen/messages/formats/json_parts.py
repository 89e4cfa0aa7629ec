"""JSON files read as a stream: what a part holds at its start, and its records one by one.

Broken letters are replaced and said; a file that is broken in the middle gives everything before the break, and the
break is listed. Numbers are always read as those of a machine (`use_float`): without it, one of five thousand digits ends
the whole process inside ijson 3.6.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, BinaryIO

from ijson import JSONError, ObjectBuilder
from ijson.backends import yajl2_c

from velveteen.problems import Problem

if TYPE_CHECKING:
    from velveteen.messages.formats.contract import Notes, Part

BROKEN = (JSONError, ValueError, ArithmeticError, RecursionError)
"""What reading JSON that is none may raise."""
_LONE_BYTES = re.compile("[\ud800-\udfff]")
_ESCAPE = re.compile(rb"\\(?:x([0-9A-Fa-f]{2})|.)", re.DOTALL)
_OPEN_ESCAPE = re.compile(rb"(?<!\\)(?:\\\\)*(\\(?:x[0-9A-Fa-f]?)?)\Z")


class Mended:
    r"""The bytes of a part as UTF-8 that a reader of JSON takes: broken letters replaced, `\x1F` written as JSON has it.

    Telegram writes control characters as `\x1F`, which is no JSON.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")("surrogateescape")
        self._held = b""
        self.replaced = False

    def read(self, size: int = -1) -> bytes:
        """The next bytes; about `size`, and none only at the end."""
        if size == 0:
            return b""
        while True:
            raw = self._file.read(size)
            mended = self._escapes(self._letters(raw), last=not raw)
            if mended or not raw:
                return mended

    def _letters(self, raw: bytes) -> bytes:
        text = self._decoder.decode(raw, not raw)
        if _LONE_BYTES.search(text):
            self.replaced = True
            text = _LONE_BYTES.sub("\ufffd", text)
        return text.encode()

    def _escapes(self, data: bytes, *, last: bool) -> bytes:
        data, self._held = self._held + data, b""
        open_end = None if last else _OPEN_ESCAPE.search(data[-200:])
        if open_end:
            length = len(open_end[1])
            data, self._held = data[:-length], data[-length:]
        return _ESCAPE.sub(_as_json, data) if b"\\x" in data else data


def _as_json(match: re.Match[bytes]) -> bytes:
    return b"\\u00" + match[1] if match[1] else match[0]


@dataclass(slots=True)
class Start:
    """What the start of a JSON part shows.

    Attributes:
        keys: keys of the outermost object, in order.
        record: keys of the first object in the outermost list that is called `messages`.
    """

    keys: list[str] = field(default_factory=list)
    record: set[str] = field(default_factory=set)


def start_of(head: bytes) -> Start:
    """Keys that the first bytes of a JSON object show; none where they are no JSON object."""
    start = Start()
    if not head[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return start
    try:
        for prefix, event, value in yajl2_c.parse_gen(
            Mended(io.BytesIO(head)), multiple_values=True, use_float=True
        ):
            if event == "map_key" and prefix == "":
                start.keys.append(value)
            elif event == "map_key" and prefix == "messages.item":
                start.record.add(value)
            elif event == "end_map" and prefix in {"", "messages.item"}:
                break
    except BROKEN:
        pass  # the head ends in the middle of the file: what was seen until then is what is asked for
    return start


def events(part: Part, notes: Notes, whole: frozenset[str]) -> Iterator[tuple[str, str, Any]]:
    """(place, event, value) of a part, in order; an object at a place in `whole` comes as one, with the event "object".

    Where the file is broken the last event is "broken", with the place at which that was seen.
    """
    with part.open() as file:
        mended = Mended(file)
        yield from _built(mended, whole)
        if mended.replaced:
            notes.problems.append(lost_letters(part))


def lost_letters(part: Part) -> Problem:
    """What is said of a part whose bytes are not all UTF-8."""
    return Problem(
        "encoding", "Some letters were not stored as UTF-8; a few may look wrong.", where=part.name
    )


def _built(mended: Mended, whole: frozenset[str]) -> Iterator[tuple[str, str, Any]]:
    place, builder = "", None
    try:
        for place, event, value in yajl2_c.parse_gen(mended, use_float=True):
            if builder is None and event == "start_map" and place in whole:
                builder, outer = ObjectBuilder(), place
            if builder is None:
                yield place, event, value
                continue
            builder.event(event, value)
            if event == "end_map" and place == outer:
                yield place, "object", builder.value
                builder = None
    except BROKEN:
        yield place, "broken", None
