"""The text of a part, block by block: UTF-8, UTF-16 with a mark, else Windows Latin, which is then said."""

from __future__ import annotations

import codecs
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from velveteen.problems import BadInput, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velveteen.messages.formats.contract import Part

BLOCK = 256 * 1024
"""Bytes that are decoded at a time."""
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_KEPT = "Nothing was changed and nothing is lost."
_EXPORT_AGAIN = "Export the chat again in the app that it is from, and give that file."


@dataclass(frozen=True, slots=True)
class Text:
    """A part as text.

    Attributes:
        part: where it comes from.
        encoding: name of the codec.
        problems: what had to be mended.
    """

    part: Part
    encoding: str
    problems: list[Problem] = field(default_factory=list)

    def blocks(self, size: int = BLOCK) -> Iterator[str]:
        """The text from its start, with line feeds between lines; each block from about `size` bytes."""
        decoder = codecs.getincrementaldecoder(self.encoding)("replace")
        lines = io.IncrementalNewlineDecoder(decoder, translate=True)
        for data in _chunks(self.part, size):
            yield lines.decode(data)
        yield lines.decode(b"", final=True)


def text_of(part: Part) -> Text:
    """A part as text, its encoding told by all of its bytes.

    Raises:
        BadInput: `file_empty`, `file_binary`; what reading the part raises.
    """
    encoding, problems = _encoding(part)
    seen = _Seen()
    for block in Text(part, encoding).blocks():
        seen.add(block)
    if seen.blank:
        raise BadInput("file_empty", f"The file is empty. {_KEPT} {_EXPORT_AGAIN}")
    if seen.controls * 100 > seen.letters:
        message = f"This file is not text, so no chat could be read from it. {_KEPT} {_EXPORT_AGAIN}"
        raise BadInput("file_binary", message)
    return Text(part, encoding, problems)


@dataclass(slots=True)
class _Seen:
    letters: int = 0
    controls: int = 0
    blank: bool = True

    def add(self, block: str) -> None:
        self.letters += len(block)
        self.controls += sum(block.count(mark) for mark in "\0\x01\x02")
        self.blank = self.blank and not block.strip("\ufeff\ufffe \t\r\n\0")


def _chunks(part: Part, size: int) -> Iterator[bytes]:
    with part.open() as file:
        while data := file.read(size):
            yield data


def _encoding(part: Part) -> tuple[str, list[Problem]]:
    if part.head[:2] in UTF16_MARKS:
        return "utf-16", []
    line = _first_broken(part)
    if line is None:
        return "utf-8-sig", []
    words = "Some letters were not stored as UTF-8; a few may look wrong."
    return "cp1252" if _is_latin(part) else "utf-8-sig", [Problem("encoding", words, where=f"line {line}")]


def _first_broken(part: Part) -> int | None:
    """The 1-based line of the first byte that is no UTF-8."""
    decode, lines = codecs.getincrementaldecoder("utf-8")().decode, 0
    try:
        for data in _chunks(part, BLOCK):
            decode(data)
            lines += data.count(b"\n")
        decode(b"", final=True)
    except UnicodeDecodeError as error:
        return lines + error.object.count(b"\n", 0, error.start) + 1
    return None


def _is_latin(part: Part) -> bool:
    """Whether none of the bytes beyond ASCII form UTF-8: they come from an editor that saved the Windows Latin way."""
    decode = codecs.getincrementaldecoder("utf-8")("ignore").decode
    return all(decode(data).isascii() for data in _chunks(part, BLOCK)) and decode(b"", final=True).isascii()
