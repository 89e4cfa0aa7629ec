"""A table as people keep it: comma, semicolon or tab, in the encodings that spreadsheets write, quotes not always closed."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from velveteen.problems import BadInput

MAX_BYTES = 64 * 1024 * 1024
UNREADABLE = "\ufffd"
_DELIMITERS = (",", ";", "\t")
_LOOKED_AT = 20
_MENDED = 50  # one letter in so many may be unreadable; beyond, it is no text


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a table: the line on which it begins (1-based), its cells stripped, whether a quote in it stays open."""

    line: int
    cells: tuple[str, ...]
    broken: bool = False


def read_table_file(path: str | Path | bytes) -> tuple[Record, list[Record]]:
    """The header and the other rows of a file, or of the bytes of one; rows without any content are left out.

    Raises:
        BadInput: `file_unreadable`, `file_too_large`, `not_text`, `empty_file`.
    """
    data = path if isinstance(path, bytes) else _bytes(Path(path))
    text = decode(data, name_of(path)).replace("\r\n", "\n").replace("\r", "\n")
    rows = [record for record in records(text, find_delimiter(text)) if any(record.cells)]
    if not rows:
        raise BadInput(
            "empty_file", f"{name_of(path)} is empty: there is no table in it. Nothing was changed."
        )
    return rows[0], rows[1:]


def name_of(path: str | Path | bytes) -> str:
    """How a sentence names a file: by its name, without its folder; bytes have none."""
    return "This file" if isinstance(path, bytes) else Path(path).name


def decode(data: bytes, name: str = "The file") -> str:
    """Text in UTF-8 (with or without a mark), UTF-16 with a mark, or else Windows-1252.

    Where most of a text is UTF-8 and some bytes are not, U+FFFD stands for these: one bad byte must not spoil every umlaut.

    Raises:
        BadInput: `not_text`.
    """
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    if b"\0" in data and not marked:
        raise _not_text(name)
    mended = data.decode("utf-16" if marked else "utf-8-sig", "replace")
    bad, beyond_ascii = mended.count(UNREADABLE), sum(letter > "\x7f" for letter in mended)
    if not bad or (beyond_ascii >= 2 * bad and not marked):
        return mended
    try:
        return data.decode("utf-16" if marked else "cp1252")
    except UnicodeDecodeError:
        if bad * _MENDED > len(mended):
            raise _not_text(name) from None
        return mended


def find_delimiter(text: str) -> str:
    """The delimiter that cuts the first lines into the most columns most evenly; a comma where there is one column."""

    def evenness(delimiter: str) -> tuple[int, int]:
        widths = [
            len(record.cells) for record in islice(records(text, delimiter), _LOOKED_AT) if any(record.cells)
        ]
        wide = widths[0] if widths else 1
        return (sum(width == wide for width in widths) if wide > 1 else 0, wide)

    return max(_DELIMITERS, key=evenness)


def records(text: str, delimiter: str) -> Iterator[Record]:
    """The rows. A line with a quote that is not closed is cut at its delimiters and marked; the next line begins anew."""
    lines = [line + "\n" for line in text.split("\n")]
    start = 0
    while start < len(lines):
        reader = csv.reader(_from(lines, start), delimiter=delimiter, strict=True)
        try:
            cells, used, broken = next(reader), reader.line_num, False
        except csv.Error:
            cells, used, broken = lines[start].rstrip("\n").split(delimiter), 1, True
        yield Record(start + 1, tuple(cell.strip() for cell in cells), broken)
        start += used


def _from(lines: list[str], start: int) -> Iterator[str]:
    return (lines[index] for index in range(start, len(lines)))


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            message = f"{path.name} is larger than 64 MB, which no diary is. Nothing was changed; is it the right file?"
            raise BadInput("file_too_large", message)
        return path.read_bytes()
    except OSError as error:
        message = f"{path} could not be read ({error.strerror}). Nothing was changed; please check the path."
        raise BadInput("file_unreadable", message) from error


def _not_text(name: str) -> BadInput:
    message = f"{name} is not text that can be read as a table. Nothing was changed. Export it as CSV and try again."
    return BadInput("not_text", message)
