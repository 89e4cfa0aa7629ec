"""Two sealed files side by side, NAME-1 and NAME-2, kept alike on the outside: size class and times.

It needs no key: a file is filled up with random bytes after its last page, which look like any sealed page and which the
database overwrites as it grows. Where this cannot be done (no locks as POSIX has them, another window open, a full disk)
the files stay as they are, whole, and are made alike the next time that one is closed.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path

from velveteen.journal.key import key_path

SMALLEST = 1 << 20
_SHARED = 0x40000002  # the bytes that SQLite locks to read or write a file (sqlite.org/src, os.h: SHARED_FIRST, SHARED_SIZE)
_SHARED_BYTES = 510
_OTHER = {"-1": "-2", "-2": "-1"}


def names(path: Path) -> tuple[Path, Path]:
    """The two names of a pair: NAME-1 and NAME-2, before the suffix."""
    one, two = (path.with_name(f"{path.stem}{end}{path.suffix}") for end in _OTHER)
    return one, two


def both(path: Path) -> tuple[Path, ...]:
    """The two files of the pair that was made from NAME; none where there is none."""
    files = names(path)
    return files if all(file.is_file() and key_path(file).is_file() for file in files) else ()


def other(path: Path) -> Path | None:
    """The file that makes a pair with this one; None where there is none."""
    end = _OTHER.get(path.stem[-2:])
    beside = path.with_name(f"{path.stem[:-2]}{end}{path.suffix}") if end else path
    return beside if end and beside.is_file() and key_path(beside).is_file() else None


def level(path: Path) -> None:
    """Make a closed journal and the other of its pair alike; without a pair, or while one is open elsewhere, nothing."""
    beside = other(path)
    if beside is None or in_use(path) or in_use(beside):
        return
    with suppress(OSError):
        size = _class(max(path.stat().st_size, beside.stat().st_size))
        for file in (path, beside):
            _fill_up(file, size)
        now = time.time_ns()
        for file in (path, beside, key_path(path), key_path(beside)):
            os.utime(file, ns=(now, now))


@contextmanager
def levelled(path: Path) -> Iterator[None]:
    """`level` at the end, also where what was done was refused: the file may have been written anew by then."""
    try:
        yield
    finally:
        level(path)


def clear_key(path: Path) -> None:
    """Remove the key file that stands at NAME without its journal, where one of the pair has the same in its own.

    It is left when making a pair of one journal was stopped at its last step.
    """
    left = key_path(path)
    if not path.exists() and left.is_file() and any(same_key(path, file) for file in names(path)):
        with suppress(OSError):
            left.unlink()


def same_key(path: Path, file: Path) -> bool:
    """Whether both have a key file, and the same one."""
    one, two = key_path(path), key_path(file)
    return one.is_file() and two.is_file() and one.read_bytes() == two.read_bytes()


def alike(path: Path) -> bool:
    """Whether a file and the other of its pair look alike from outside: size, times, and what lies beside them."""
    beside = other(path)
    return beside is None or _outside(path) == _outside(beside)


def _outside(path: Path) -> tuple[object, ...]:
    ends = sorted(file.name.removeprefix(path.name) for file in path.parent.glob(f"{path.name}*"))
    looks = (file.stat() for file in (path, key_path(path)))
    return (ends, *((look.st_size, look.st_mtime_ns, look.st_mode) for look in looks))


def _class(size: int) -> int:
    """The next power of two, so that a year's entries do not show in the size."""
    return max(SMALLEST, 1 << (size - 1).bit_length())


def in_use(path: Path) -> bool:
    """Whether a log stands beside the file: it is open somewhere, or was when its program ended."""
    return any(path.with_name(path.name + end).exists() for end in ("-wal", "-shm"))


def _fill_up(path: Path, size: int) -> None:
    with path.open("r+b", buffering=0) as file, alone(file.fileno()) as held:
        start = file.seek(0, os.SEEK_END)
        if held and start < size:
            file.truncate(size)  # in one step, so that the file never ends within a page
            try:
                _write(file, start, os.urandom(size - start))
            except OSError:  # the zeros of a disk that was full would tell for good what is no page
                file.truncate(start)
                raise


def _write(file: FileIO, start: int, data: bytes) -> None:
    file.seek(start)
    if file.write(data) < len(data):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    os.fsync(file.fileno())


@contextmanager
def alone(descriptor: int) -> Iterator[bool]:
    """Whether no process has the file open as a database, and none can open it meanwhile."""
    if sys.platform == "win32":
        yield False
        return
    import fcntl

    try:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB, _SHARED_BYTES, _SHARED)
    except OSError:
        yield False
        return
    yield True  # closing the file gives the lock back
