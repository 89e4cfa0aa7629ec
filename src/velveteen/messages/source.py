"""From a file, a zip, a folder or bytes in memory to the parts that may hold messages. Caps first, content before names.

Nothing is written to the disk. In a zip or a folder only files with an ending that chats have are looked into, the rest
(photos, voice notes) is never opened; of those, only the first bytes, by which the formats know what is theirs.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from velveteen.messages.formats.contract import SNIFF, Part
from velveteen.problems import BadInput

if TYPE_CHECKING:
    from typing import BinaryIO

    from _typeshed import WriteableBuffer

Origin = str | Path | bytes
Watch = Callable[[str, int, int], object]
"""Told while a part is read: its name, bytes read since it was opened, bytes in all."""

MAX_BYTES = 64 * 1024 * 1024
"""Most that is read of what is held in memory: bytes, and texts in a zip that is."""
MAX_FILE = 2 * 1024 * 1024 * 1024
"""Most that is read from the disk, of all parts together."""
MAX_ENTRIES = 100_000
MAX_PARTS = 5_000
TIGHT, TIGHT_BYTES = 200, 8 * 1024 * 1024
"""A text above so many bytes that shrank to less than one in TIGHT is made to fill a memory; no words of people do."""
ENDINGS = frozenset(
    {"", ".txt", ".json", ".jsonl", ".xml", ".html", ".htm", ".mbox", ".eml", ".csv", ".db", ".sqlite"}
)
"""Of what is looked into in a zip or a folder; a file that is given by itself may have any."""

_BUFFER = 256 * 1024
_KEPT = "Nothing was changed and nothing is lost."
_AGAIN = "Export the chat again in the app that it is from, and give that file."
_DAMAGES = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)


class _Watched(io.RawIOBase):
    """Bytes on their way: failures become sentences, and whoever watches is told how far it is."""

    def __init__(self, raw: BinaryIO, name: str, size: int, watch: Watch | None) -> None:
        super().__init__()
        self._raw, self._name, self._size, self._watch = raw, name, size, watch
        self._done = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer)
        try:
            data = self._raw.read(len(view))
        except OSError as error:
            raise _unreadable(error) from error
        except _DAMAGES as error:
            raise _damaged() from error
        view[: len(data)] = data
        self._done += len(data)
        if self._watch is not None:
            self._watch(self._name, self._done, self._size)
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._raw.close()
        super().close()


def kind_of(origin: Origin) -> Literal["file", "zip", "folder"]:
    """What a path or bytes are, told by the content.

    Raises:
        BadInput: `file_missing`, `file_unreadable`.
    """
    if not isinstance(origin, bytes) and Path(origin).is_dir():
        return "folder"
    with opened(origin) as file:
        return "zip" if file.read(4) in {b"PK\x03\x04", b"PK\x05\x06"} else "file"


def parts_of(origin: Origin, watch: Watch | None = None) -> Iterator[Part]:
    """What may hold messages, one by one; only its first `SNIFF` bytes are read yet.

    Raises:
        BadInput: `file_missing`, `file_unreadable`, `file_too_large`, `zip_damaged`, `zip_too_many`, `zip_too_tight`,
            `folder_too_many`.
    """
    match kind_of(origin):
        case "folder":
            yield from _in_folder(Path(cast("str | Path", origin)), watch)
        case "zip":
            yield from _in_zip(origin, watch)
        case _:
            yield _alone(origin, watch)


def digest_of(origin: Origin, parts: Iterable[Part]) -> str:
    """SHA-256 of the file's bytes (of the zip itself, for a zip); of a folder, that of its parts' names and digests."""
    if isinstance(origin, bytes) or not Path(origin).is_dir():
        with opened(origin) as file:
            return _digest(file)
    whole = hashlib.sha256()
    for part in parts:
        with part.open() as file:
            whole.update(f"{_digest(file)} {part.name}\n".encode("utf-8", "surrogateescape"))
    return whole.hexdigest()


def refuse_too_large(origin: Origin, parts: Iterable[Part]) -> None:
    """Refuses parts that are more, together, than is read.

    Raises:
        BadInput: `file_too_large`.
    """
    if sum(part.size for part in parts) > _most(origin):
        raise _too_large(_most(origin))


def opened(origin: str | Path | bytes) -> BinaryIO:
    """A file, or bytes as one.

    Raises:
        BadInput: `file_missing`, `file_unreadable`.
    """
    if isinstance(origin, bytes):
        return io.BytesIO(origin)
    try:
        return Path(origin).open("rb")
    except FileNotFoundError as error:
        message = f"There is no file at {origin}. Check the path and try again."
        raise BadInput("file_missing", message) from error
    except OSError as error:
        raise _unreadable(error) from error


def _digest(file: BinaryIO) -> str:
    whole = hashlib.sha256()
    try:
        while data := file.read(4 * _BUFFER):
            whole.update(data)
    except OSError as error:
        raise _unreadable(error) from error
    return whole.hexdigest()


def _most(origin: Origin) -> int:
    return MAX_BYTES if isinstance(origin, bytes) else MAX_FILE


def _part(
    name: str, size: int, opening: Callable[[], BinaryIO], watch: Watch | None, path: Path | None
) -> Part:
    with _watched(opening, name, size, None) as file:
        head = file.read(SNIFF)
    return Part(name, size, head, partial(_watched, opening, name, size, watch), path)


def _watched(opening: Callable[[], BinaryIO], name: str, size: int, watch: Watch | None) -> BinaryIO:
    return io.BufferedReader(_Watched(opening(), name, size, watch), _BUFFER)


def _alone(origin: Origin, watch: Watch | None) -> Part:
    path = None if isinstance(origin, bytes) else Path(origin)
    size = path.stat().st_size if path is not None else len(cast("bytes", origin))
    if size > _most(origin):
        raise _too_large(_most(origin))
    return _part(path.name if path else "the file", size, partial(opened, origin), watch, path)


def _in_folder(folder: Path, watch: Watch | None) -> Iterator[Part]:
    files: list[Path] = []
    for count, path in enumerate(folder.rglob("*")):
        if count >= MAX_ENTRIES or len(files) > MAX_PARTS:
            message = (
                f"This folder holds far more files than a chat export does, so it was not opened. {_KEPT}"
            )
            raise BadInput("folder_too_many", f"{message} Give the folder of one chat.")
        if path.suffix.lower() in ENDINGS and path.is_file() and not path.is_symlink():
            files.append(path)
    for path in sorted(files):
        size = path.stat().st_size
        if size > MAX_FILE:
            raise _too_large(MAX_FILE)
        yield _part(path.relative_to(folder).as_posix(), size, partial(opened, path), watch, path)


def _in_zip(origin: Origin, watch: Watch | None) -> Iterator[Part]:
    with opened(origin) as file, _archive(file) as archive:
        entries = archive.infolist()
        texts = [e for e in entries if Path(e.filename).suffix.lower() in ENDINGS and not e.is_dir()]
        if len(entries) > MAX_ENTRIES or len(texts) > MAX_PARTS:
            message = f"This zip holds far more files than a chat export does, so it was not opened. {_KEPT} {_AGAIN}"
            raise BadInput("zip_too_many", message)
        for entry in texts:
            _refuse_bomb(entry, _most(origin))
            yield _member(archive, entry, origin, watch)


def _refuse_bomb(entry: zipfile.ZipInfo, most: int) -> None:
    """The declared size is looked at before a byte is read; no more than is declared is ever read."""
    if entry.file_size > most:
        raise _too_large(most)
    if entry.file_size > max(TIGHT_BYTES, TIGHT * entry.compress_size):
        message = (
            f"A text in this zip would grow to more than people write, so it was not opened. {_KEPT} {_AGAIN}"
        )
        raise BadInput("zip_too_tight", message)


def _member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, origin: Origin, watch: Watch | None) -> Part:
    # The head through the archive at hand: reading the directory anew for each of many entries would be slow.
    with _watched(partial(_inflating, archive, entry), entry.filename, entry.file_size, None) as file:
        head = file.read(SNIFF)
    again = partial(_inflating_anew, origin, entry)
    opening = partial(_watched, again, entry.filename, entry.file_size, watch)
    return Part(entry.filename, entry.file_size, head, opening)


def _archive(file: BinaryIO) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except OSError as error:
        raise _unreadable(error) from error
    except _DAMAGES as error:
        raise _damaged() from error


def _inflating(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> BinaryIO:
    try:
        return cast("BinaryIO", archive.open(entry))
    except (OSError, *_DAMAGES) as error:  # a damaged directory points anywhere
        raise _damaged() from error


class _Held(io.RawIOBase):
    """A member that closes its archive, and the archive's file, when it is closed."""

    def __init__(self, origin: Origin, entry: zipfile.ZipInfo) -> None:
        super().__init__()
        self._file = opened(origin)
        try:
            self._member = _inflating(_archive(self._file), entry)
        except BadInput:
            self._file.close()
            raise

    def read(self, size: int = -1, /) -> bytes:
        return self._member.read(size)

    def close(self) -> None:
        if not self.closed:
            self._member.close()
            self._file.close()
        super().close()


def _inflating_anew(origin: Origin, entry: zipfile.ZipInfo) -> BinaryIO:
    return cast("BinaryIO", _Held(origin, entry))


def _unreadable(error: OSError) -> BadInput:
    return BadInput("file_unreadable", f"The file could not be opened: {error.strerror}. {_KEPT}")


def _damaged() -> BadInput:
    message = f"This zip could not be opened; it may be cut short or locked with a password. {_KEPT} {_AGAIN}"
    return BadInput("zip_damaged", message)


def _too_large(most: int) -> BadInput:
    size = f"{most // 1024**3} GB" if most >= 1024**3 else f"{most // 1024**2} MB"
    message = f"There is more than {size} of text in this, more than a chat export holds, so it was not read."
    return BadInput("file_too_large", f"{message} {_KEPT} {_AGAIN}")
