"""Where the system writes what programs have in memory: swap space, and files of programs that crashed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from velveteen.journal.traces.trace import Trace, content

_IN_MEMORY = re.compile(rb"/dev/zram")  # packed, but never on a disk


def in_memory_files(root: Path) -> Iterator[Trace]:
    """Swap space on a disk, and files of crashed programs that are switched on (Linux; elsewhere nothing is said)."""
    for line in _lines(root / "proc/swaps")[1:]:
        if line.strip() and not _IN_MEMORY.match(line):
            yield _swap(line.split()[0].decode("utf-8", "replace"))
    pattern = root / "proc/sys/kernel/core_pattern"
    told = b"".join(_lines(pattern)).strip()
    if told.startswith(b"|") or (told and _allowed(root)):
        yield _crash_files(pattern)


def _allowed(root: Path) -> bool:
    """Whether a program that crashes may leave a file of any size."""
    limits = [line for line in _lines(root / "proc/self/limits") if line.startswith(b"Max core file size")]
    return any(line.split()[4:5] != [b"0"] for line in limits)


def _lines(path: Path) -> list[bytes]:
    data = content(path) if path.is_file() else b""
    return data.splitlines() if isinstance(data, bytes) else []


def _swap(where: str) -> Trace:
    return Trace(
        "swap",
        where,
        "When memory runs short, this device writes parts of it to a disk, and words of an open journal could be among "
        "them. If the whole disk is sealed with a passphrase, that is taken care of.",
        "Close the journal when you do not need it, and restart the device now and then. Sealing the whole disk helps best.",
    )


def _crash_files(path: Path) -> Trace:
    return Trace(
        "crash_files",
        str(path),
        "When a program crashes, this device keeps a file of what it had in memory, and an open journal could be in it.",
        "Before you open the journal from a terminal, type “ulimit -c 0”. The settings can switch crash reports off.",
    )
