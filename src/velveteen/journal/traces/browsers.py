"""Addresses of pages on this device in the histories of browsers: the journal's own pages are such."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from velveteen.journal.traces.trace import Trace, content, matching, unreadable

_FIREFOX = (
    ".mozilla/firefox/*/places.sqlite", "snap/firefox/common/.mozilla/firefox/*/places.sqlite",
    ".var/app/org.mozilla.firefox/.mozilla/firefox/*/places.sqlite", ".librewolf/*/places.sqlite",
    "Library/Application Support/Firefox/Profiles/*/places.sqlite",
    "AppData/Roaming/Mozilla/Firefox/Profiles/*/places.sqlite",
)  # fmt: skip
_CHROMIUM = (
    ".config/*/*/History", ".config/*/*/*/History", "snap/chromium/common/chromium/*/History",
    ".var/app/*/config/*/*/History", "Library/Application Support/*/*/History",
    "Library/Application Support/*/*/*/History",
    "AppData/Local/*/*/User Data/*/History",
)  # fmt: skip
_SAFARI = ("Library/Safari/History.db",)
_TABLES = {"moz_places": _FIREFOX, "urls": _CHROMIUM, "history_items": _SAFARI}
_HERE = re.compile(rb"https?://(127\.0\.0\.1|localhost|\[::1\])(:\d+)?(?![\w.:-])", re.IGNORECASE)


def in_browsers(home: Path) -> Iterator[Trace]:
    """Histories with addresses of this device, with how many; the newest stand in a log beside the file for a while."""
    for table, patterns in _TABLES.items():
        for path in matching(home, *patterns):
            data = content(path)
            if isinstance(data, Trace):
                yield data
                continue
            try:
                count = _addresses(data, table)
            except sqlite3.Error as error:
                yield unreadable(path, str(error))
                continue
            if count or _in_log(path):
                yield _found(path, count)


def _addresses(data: bytes, table: str) -> int:
    """How many addresses of this device a history has, read from a copy in memory."""
    if not data:
        return 0
    # The copy has no log beside it; bytes 18 and 19 say that it needs none (sqlite.org/fileformat.html, 1.3.3).
    with closing(sqlite3.connect(":memory:")) as copy:
        copy.deserialize(data[:18] + b"\1\1" + data[20:])
        found = copy.execute(f"SELECT url FROM {table}").fetchall()  # noqa: S608  (one of three names above)
    return sum(bool(url and _HERE.match(str(url).encode())) for (url,) in found)


def _in_log(path: Path) -> bool:
    log = path.with_name(path.name + "-wal")
    data = content(log) if log.is_file() else b""
    return isinstance(data, bytes) and bool(_HERE.search(data))


def _found(path: Path, count: int) -> Trace:
    many = f"{count} {'page' if count == 1 else 'pages'}" if count else "pages"
    return Trace(
        "browser_history",
        str(path),
        f"A browser remembers {many} of this device itself. They may be your journal's; other programs have such pages too.",
        "In the browser's history search for 127.0.0.1 and localhost and remove them, and use a private window next time.",
    )
