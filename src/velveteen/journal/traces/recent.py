"""Lists of recently used files, which file managers and open dialogues show."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from velveteen.journal.traces.trace import Trace, content, matching

_LISTS = (
    ".local/share/recently-used.xbel", ".recently-used.xbel", ".recently-used", ".local/share/recently-used.xbel.*",
    ".local/share/RecentDocuments/*", "Library/Application Support/com.apple.sharedfilelist/*",
    "Library/Application Support/com.apple.sharedfilelist/*/*",
)  # fmt: skip
_LINKS = ("AppData/Roaming/Microsoft/Windows/Recent/*", "AppData/Roaming/Microsoft/Office/Recent/*")


def in_recent_lists(home: Path, names: tuple[str, ...]) -> Iterator[Trace]:
    """Lists that hold one of the names, and links that are called after it."""
    for path in matching(home, *_LISTS):
        data = content(path)
        if isinstance(data, Trace):
            yield data
        elif any(
            form in data.lower() or name.lower() in path.name.lower()
            for name in names
            for form in _forms(name)
        ):
            yield _found(path)
    for path in matching(home, *_LINKS):
        if any(name.lower() in path.name.lower() for name in names):
            yield _found(path)


def _forms(name: str) -> tuple[bytes, ...]:
    """A name as lists write it: plain, in an address, and as two bytes a letter."""
    low = name.lower()
    return low.encode(), quote(low).lower().encode(), low.encode("utf-16-le")


def _found(path: Path) -> Trace:
    return Trace(
        "recent_files",
        str(path),
        "The list of recently used files names your journal or a paper of it.",
        "Clear the list in the settings (look for “recent files” or “file history”), and switch it off if you can.",
    )
