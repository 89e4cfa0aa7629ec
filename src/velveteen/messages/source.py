"""The chat text inside a file: a `.txt`, or the one `.txt` of a `.zip` that is a chat. Caps first, content before names.

No media in a zip is ever opened, nothing is written to disk, and no more than `MAX_BYTES` of text is held.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from velveteen.messages.formats.header import count_candidates
from velveteen.problems import BadInput, Problem

if TYPE_CHECKING:
    from typing import BinaryIO

MAX_BYTES = 64 * 1024 * 1024
"""Largest chat text that is read, in bytes; 40,000 messages, the most that WhatsApp exports, are about 4 MB."""
MAX_ENTRIES = 100_000
MAX_TEXTS = 200
SNIFF_BYTES = 64 * 1024
TIGHT, TIGHT_BYTES = 200, 8 * 1024 * 1024
"""A text above so many bytes that shrank to less than one in TIGHT is made to fill a memory; no words of people do."""

_KEPT = "Nothing was changed and nothing is lost."
_EXPORT_AGAIN = "Open the chat in WhatsApp, choose “Export chat” again, and give that file."


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a chat, the digest of the file's bytes, and what had to be mended on the way."""

    text: str
    sha256: str
    problems: list[Problem] = field(default_factory=list)


def read_source(path: str | Path | bytes) -> Source:
    """The chat text of a `.txt` or `.zip`, told apart by content; of a file, or of the bytes that one holds.

    Raises:
        BadInput: missing, unreadable, empty, binary or too large a file; a damaged, locked or chat-less zip.
    """
    try:
        with _opened(path) as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            file.seek(0)
            is_zip = file.read(4) in {b"PK\x03\x04", b"PK\x05\x06"}
            file.seek(0)
            data, problems = _from_zip(file) if is_zip else (_capped(file), [])
    except OSError as error:
        raise BadInput(
            "file_unreadable", f"The file could not be opened: {error.strerror}. {_KEPT}"
        ) from error
    text, mended = decode(data)
    return Source(text, digest, problems + mended)


def _opened(path: str | Path | bytes) -> io.BytesIO | io.BufferedReader:
    if isinstance(path, bytes):
        return io.BytesIO(path)
    try:
        return Path(path).open("rb")
    except FileNotFoundError as error:
        raise BadInput(
            "file_missing", f"There is no file at {path}. Check the path and try again."
        ) from error


def decode(data: bytes) -> tuple[str, list[Problem]]:
    """Text of a chat with line feeds between lines; UTF-8 and UTF-16 with a mark, else Windows Latin, which is then said.

    Raises:
        BadInput: the bytes are empty, or no text.
    """
    if not data.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0"):
        raise BadInput("file_empty", f"The file is empty. {_KEPT} {_EXPORT_AGAIN}")
    text, problems = _decoded(data)
    controls = text.count("\0") + text.count("\x01") + text.count("\x02")
    if controls * 100 > len(text):
        raise BadInput(
            "file_binary", f"This file is not text, so no chat could be read from it. {_KEPT} {_EXPORT_AGAIN}"
        )
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text, problems


def _decoded(data: bytes) -> tuple[str, list[Problem]]:
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return data.decode("utf-16", "replace"), []
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
    # Bytes beyond ASCII of which none forms UTF-8 come from an editor that saved the file in the Windows Latin way.
    latin = data.decode("utf-8", "ignore").isascii()
    text = data.decode("cp1252" if latin else "utf-8", "replace")
    problem = Problem(
        "encoding", "Some letters were not stored as UTF-8; a few may look wrong.", where=f"line {line}"
    )
    return text, [problem]


def _capped(file: BinaryIO) -> bytes:
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise _too_large()
    return data


def _too_large() -> BadInput:
    size = MAX_BYTES // (1024 * 1024)
    return BadInput("file_too_large", f"The chat text is larger than {size} MB, more than a chat export holds, so it was "
                    f"not read. {_KEPT} {_EXPORT_AGAIN}")  # fmt: skip


def _from_zip(file: BinaryIO) -> tuple[bytes, list[Problem]]:
    try:
        with zipfile.ZipFile(file) as archive:
            return _chat_in(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise BadInput("zip_damaged", f"This zip could not be opened; it may be cut short or locked with a password. "
                       f"{_KEPT} {_EXPORT_AGAIN}") from error  # fmt: skip


def _chat_in(archive: zipfile.ZipFile) -> tuple[bytes, list[Problem]]:
    entries = archive.infolist()
    texts = [e for e in entries if e.filename.lower().endswith(".txt") and not e.is_dir()]
    if len(entries) > MAX_ENTRIES or len(texts) > MAX_TEXTS:
        raise BadInput("zip_too_many", f"This zip holds far more files than a chat export does, so it was not opened. "
                       f"{_KEPT} {_EXPORT_AGAIN}")  # fmt: skip
    scored = [(_likeness(archive, entry), entry) for entry in texts]
    chats = sorted((s for s in scored if s[0] > 0), key=lambda s: -s[0])
    if not chats:
        raise BadInput("zip_without_chat", f"No chat text was found in this zip. {_KEPT} {_EXPORT_AGAIN}")
    others = [Problem("other_text", f"“{entry.filename}” in the zip looks like a chat too and was not read.")
              for _, entry in chats[1:]]  # fmt: skip
    return _inflated(archive, chats[0][1]), others


def _likeness(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> int:
    """How many lines at the start of a text look like headers; the declared size is checked before a byte is read."""
    if entry.file_size > MAX_BYTES:
        raise _too_large()
    if entry.file_size > max(TIGHT_BYTES, TIGHT * entry.compress_size):
        raise BadInput("zip_too_tight", f"A text in this zip would grow to more than people write, so it was not opened. "
                       f"{_KEPT} {_EXPORT_AGAIN}")  # fmt: skip
    with archive.open(entry) as member:
        start = member.read(SNIFF_BYTES)
    encoding = "utf-16" if start[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8"
    return count_candidates(start.decode(encoding, "replace"))


def _inflated(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    with archive.open(entry) as member:
        data = member.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise _too_large()
    return data
