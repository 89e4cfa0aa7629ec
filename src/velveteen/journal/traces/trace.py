"""A trace, and reading the files in which traces are, without changing any."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MAX_BYTES = 512 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Trace:
    """Something on this device that somebody else could find.

    Attributes:
        kind: stable snake_case identifier.
        where: path of the file or folder.
        what: one sentence on what it shows.
        clear: one sentence on how to clear it, or on what to do instead.
    """

    kind: str
    where: str
    what: str
    clear: str


def matching(folder: Path, *patterns: str) -> Iterator[Path]:
    """Plain files below a folder that fit one of the patterns; none where it is missing or closed."""
    for pattern in patterns:
        try:
            yield from sorted(path for path in folder.glob(pattern) if path.is_file())
        except OSError:
            continue


def content(path: Path) -> bytes | Trace:
    """What a file holds, or a trace that says that it could not be looked at."""
    try:
        if path.stat().st_size > MAX_BYTES:
            return unreadable(path, "it is very large")
        return path.read_bytes()
    except OSError as error:
        return unreadable(path, error.strerror or "no reason given")


def unreadable(path: Path, reason: str) -> Trace:
    """Nothing is passed over in silence."""
    return Trace(
        "unreadable",
        str(path),
        f"This could not be looked at ({reason}), so it may hold traces.",
        "Close the program it belongs to and look again, or look into it yourself.",
    )
