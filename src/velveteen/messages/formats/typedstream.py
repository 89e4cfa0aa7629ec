"""The text of a message in Apple's `attributedBody`: the first string of a typed stream.

Layout as the readers of chat.db describe it (ReagentX/imessage-exporter, util/streamtyped): after the class `NSString` and
the mark of a byte array stands the length, then that many bytes of UTF-8. Attributes behind it are not read.
"""

from __future__ import annotations

_START, _CLASS, _BYTES = b"streamtyped", b"NSString", b"\x84\x01+"
_NEAR = 24
"""Bytes from a class's name to its content; a mutable string names two classes."""


def text_of(blob: object) -> str | None:
    """The text; None where these bytes are no typed stream with one."""
    if not isinstance(blob, bytes) or _START not in blob[:16]:
        return None
    at = blob.find(_CLASS)
    mark = blob.find(_BYTES, at, at + len(_CLASS) + _NEAR) if at >= 0 else -1
    if mark < 0:
        return None
    begin, length = _length(blob, mark + len(_BYTES))
    if length < 0 or begin + length > len(blob):
        return None
    return blob[begin : begin + length].decode("utf-8", "replace")


def _length(blob: bytes, at: int) -> tuple[int, int]:
    """(where the content begins, its bytes): one byte, or 0x81 and two, or 0x82 and four, the lowest first."""
    first = blob[at] if at < len(blob) else 0x80
    if first < 0x80:
        return at + 1, first
    size = {0x81: 2, 0x82: 4}.get(first, 0)
    return at + 1 + size, int.from_bytes(blob[at + 1 : at + 1 + size], "little", signed=True) if size == 4 else (
        int.from_bytes(blob[at + 1 : at + 1 + size], "little") if size else -1
    )  # fmt: skip
