"""Elements of a phone's XML backup, one by one, and on after a piece that is broken; no declared entity is ever expanded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers.expat import ExpatError, ParserCreate, errors

from velveteen.problems import BadInput

if TYPE_CHECKING:
    from velveteen.messages.formats.xml_bytes import Cleaned

BROKEN, CUT = "broken", "cut"
"""Kinds of an element that could not be read, and of the end of a file that stops too early."""
MANY = 1_000
"""Pieces of one message that are kept; no telephone sends more."""
_ROOT = b"<smses>"
_NEXT = re.compile(rb"<(?:sms|mms)[\s/>]")
_FROM = "137"
_IMPOSSIBLE = errors.codes[errors.XML_ERROR_INVALID_TOKEN]


@dataclass(slots=True)
class Element:
    """One `sms` or `mms`, or a place where one could not be read.

    Attributes:
        kind: the element's name, `BROKEN` or `CUT`.
        values: its attributes.
        texts: words of its parts.
        files: kinds of its other parts.
        sender: the address that it came from, where an `mms` says so.
        others: every other address that an `mms` names.
    """

    kind: str
    values: dict[str, str] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    sender: str = ""
    others: list[str] = field(default_factory=list)

    def value(self, key: str) -> str:
        """An attribute; "" where the phone had nothing."""
        return told(self.values, key)


def told(values: dict[str, str], key: str) -> str:
    """An attribute; "" where there is none, or the word that the phone writes for nothing."""
    found = values.get(key, "")
    return "" if found == "null" else found


class _Reader:
    """One parser's work, from a root to a break or to the end."""

    def __init__(self) -> None:
        self.done: list[Element] = []
        self._open: Element | None = None
        self.depth = 0
        self._parser = ParserCreate("utf-8")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.EntityDeclHandler = _refuse
        self._fed = 0

    def feed(self, data: bytes) -> int | None:
        """Reads on; the offset in `data` of a break, or None."""
        try:
            self._parser.Parse(data)
        except ExpatError as error:
            # An impossible character is shown where it stands, which may be the next element's beginning; anything else
            # at the beginning of the element it is in.
            past = 0 if error.code == _IMPOSSIBLE else 1
            return max(1, self._parser.ErrorByteIndex - self._fed + past)
        self._fed += len(data)
        return None

    def taken(self) -> list[Element]:
        """What is complete since it was last asked."""
        done, self.done = self.done, []
        return done

    def _start(self, tag: str, values: dict[str, str]) -> None:
        self.depth += 1
        if self.depth == 2:
            self._open = Element(tag, values)
        elif self._open is not None and tag == "part":
            _add_part(self._open, values)
        elif self._open is not None and tag == "addr":
            _add_address(self._open, values)

    def _end(self, tag: str) -> None:  # noqa: ARG002  (the parser's own form)
        self.depth -= 1
        if self.depth == 1 and self._open is not None:
            self.done.append(self._open)
            self._open = None


def _refuse(*_: object) -> None:
    raise BadInput("xml_entities", "This file declares pieces that a backup of messages never has, so it was not read. "
                   "Nothing was changed and nothing is lost. Make a new backup in SMS Backup & Restore and give "
                   "that file.")  # fmt: skip


def _add_part(element: Element, values: dict[str, str]) -> None:
    kind = told(values, "ct").casefold()
    if kind == "text/plain" and len(element.texts) < MANY:
        element.texts.append(told(values, "text"))
    elif kind not in {"application/smil", "text/plain"} and len(element.files) < MANY:
        element.files.append(kind)


def _add_address(element: Element, values: dict[str, str]) -> None:
    if values.get("type") == _FROM:
        element.sender = told(values, "address")
    elif len(element.others) < MANY:
        element.others.append(told(values, "address"))


def elements(chunks: Cleaned) -> Iterator[Element]:
    """Every element in order; a broken one as `BROKEN`, and after it whatever begins anew.

    Raises:
        BadInput: the file declares entities.
    """
    reader, skipped, skipping = _Reader(), b"", False
    for chunk in chunks:
        data = skipped + chunk
        skipped = b""
        while data:
            if skipping:
                found = _NEXT.search(data)
                if found is None:
                    skipped = data[-5:]  # a beginning may be cut in two
                    break
                data, skipping = data[found.start() :], False
            broken = reader.feed(data)
            yield from reader.taken()
            if broken is None:
                break
            yield Element(BROKEN)
            data, skipping, reader = data[broken:], True, _Reader()
            reader.feed(_ROOT)
    if reader.depth > 0 and not skipping:
        yield Element(CUT)
