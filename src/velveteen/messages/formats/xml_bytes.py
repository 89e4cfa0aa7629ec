"""The bytes of a phone's XML backup as a parser takes them: emoji joined, impossible characters replaced, pictures left out.

SMS Backup & Restore writes an emoji as the two halves that Java holds (`&#55357;&#56832;`), which is no XML, and pictures
as long runs of base64 in an attribute; those are skipped unread.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO

CHUNK = 256 * 1024
_REFERENCE = re.compile(
    rb"&#(?:x([0-9A-Fa-f]{1,6})|(\d{1,7}));(?:&#(?:x([dD][c-fC-F][0-9A-Fa-f]{2})|(5[67]\d{3}));)?"
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_HIGH = rb"#(?:55[2-9]\d\d|56[0-2]\d\d|563[01]\d|x[dD][89abAB][0-9A-Fa-f]{2});"
_OPEN_END = re.compile(rb"&(?:#[0-9A-Fa-fx]{0,8}|" + _HIGH + rb"(?:&(?:#[0-9A-Fa-fx]{0,8})?)?)?\Z")
_PICTURE = re.compile(rb'( data=")[A-Za-z0-9+/=]{1000,}')
_OPEN_PICTURE = re.compile(rb' (?:d|da|dat|data|data=|data="[A-Za-z0-9+/=]{0,1000})\Z')


class Cleaned:
    """Chunks of clean UTF-8 from a file.

    Attributes:
        replaced: how many characters had to be replaced, because none was meant or only half of one stood there.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.replaced = 0

    def __iter__(self) -> Iterator[bytes]:
        held, decoder = b"", None
        while raw := self._file.read(CHUNK):
            decoder = decoder or _decoder(raw)
            data = _PICTURE.sub(rb"\1", held + self._letters(decoder.decode(raw)))
            open_end = _OPEN_END.search(data[-40:]) or _OPEN_PICTURE.search(data[-1100:])
            held = open_end[0] if open_end else b""
            yield _REFERENCE.sub(self._character, data[: len(data) - len(held)])
        if held:
            yield _REFERENCE.sub(self._character, held)

    def _letters(self, text: str) -> bytes:
        text, count = _CONTROL.subn("\ufffd", text)
        self.replaced += count
        return text.encode()

    def _character(self, match: re.Match[bytes]) -> bytes:
        first = int(match[1], 16) if match[1] else int(match[2])
        second = int(match[3], 16) if match[3] else int(match[4] or 0)
        if 0xD800 <= first < 0xDC00 <= second < 0xE000:
            return b"&#%d;" % (0x10000 + ((first - 0xD800) << 10) + second - 0xDC00)
        bad = [not _is_character(code) for code in (first, second)]
        self.replaced += bad[0] + (second != 0 and bad[1])
        tail = b"" if second == 0 else b"\xef\xbf\xbd" if bad[1] else b"&#%d;" % second
        return (b"\xef\xbf\xbd" if bad[0] else b"&#%d;" % first) + tail


def _is_character(code: int) -> bool:
    return (
        code in {9, 10, 13} or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000
    )


def _decoder(start: bytes) -> codecs.IncrementalDecoder:
    utf16 = start[:2] in {b"\xff\xfe", b"\xfe\xff"}
    return codecs.getincrementaldecoder("utf-16" if utf16 else "utf-8-sig")(
        "replace" if utf16 else "surrogateescape"
    )
