"""Files: where the journal lies, who may read it, and what was left over elsewhere."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

from velveteen.journal import pair
from velveteen.journal.traces.trace import Trace, content, matching

_SYNCED = re.compile(
    r"dropbox|onedrive|google ?drive|my drive|mobile documents|icloud|cloudstorage|nextcloud|owncloud|pcloud|"
    r"mega(sync)?|proton ?drive|box( sync)?|syncthing|sync",
    re.IGNORECASE,
)
_MARKS = (
    ".dropbox",
    ".dropbox.cache",
    ".stfolder",
    ".owncloudsync.log",
    ".nextcloudsync.log",
    ".sync.ffs_db",
)
_CONFIGURED = (".dropbox/info.json", "AppData/Local/Dropbox/info.json", "AppData/Roaming/Dropbox/info.json")
_NEXTCLOUD = (
    ".config/Nextcloud/nextcloud.cfg",
    ".config/ownCloud/owncloud.cfg",
    "AppData/Roaming/Nextcloud/nextcloud.cfg",
)
_BESIDE = ("", ".key", "-wal", "-shm")
_TRASHES = (".local/share/Trash/files/*", ".Trash/*")
_DRAFT = re.compile(r"\.(.+)\.[0-9a-f]{8}")


def around_the_journal(journal: Path, home: Path) -> Iterator[Trace]:
    """Whether the journal lies in a synced folder, may be read by others, or has unfinished copies beside it."""
    whole = journal.absolute()
    if folder := _synced(whole, home):
        yield _in_sync(folder)
    files = pair.both(whole) or tuple(filter(None, (whole, pair.other(whole))))  # NAME, or one of its two
    for path in (file.with_name(file.name + end) for file in files for end in _BESIDE):
        if os.name != "nt" and path.is_file() and path.stat().st_mode & 0o077:
            yield _open_to_others(path)
    for path in matching(whole.parent, ".*", "*.new"):
        draft = _DRAFT.fullmatch(path.name)
        if draft or path.name in {f"{file.name}.new" for file in (whole, *files)}:
            yield _draft(path)
    if not pair.alike(files[0]):
        yield _unlike(files[0])


def left_over(home: Path, root: Path, names: tuple[str, ...]) -> Iterator[Trace]:
    """Files with one of the names among temporary files, deleted ones and downloads."""
    for folder in (root / "tmp", root / "var/tmp", home / "AppData/Local/Temp", home / ".cache"):
        yield from (_temporary(path) for path in matching(folder, "*", "*/*") if _named(path.name, names))
    for path in matching(home, *_TRASHES):
        if _named(path.name, names):
            yield _deleted(path)


def _named(name: str, names: tuple[str, ...]) -> bool:
    return any(one.lower() in name.lower() for one in names)


def _synced(journal: Path, home: Path) -> Path | None:
    """The folder that is copied elsewhere, by its name, by a mark in it, or by what a program was told."""
    told = [*_told_by_dropbox(home), *_told_by_nextcloud(home)]
    for folder in {*journal.parents, *journal.resolve().parents} - {home, *home.parents}:
        name = (
            re.sub(r"[-_ (].*$", "", folder.name)
            if folder.name.lower().startswith("onedrive")
            else folder.name
        )
        if _SYNCED.fullmatch(name) or folder in told or any((folder / mark).exists() for mark in _MARKS):
            return folder
    return None


def _told_by_dropbox(home: Path) -> Iterator[Path]:
    for path in matching(home, *_CONFIGURED):
        data = content(path)
        try:
            accounts = json.loads(data) if isinstance(data, bytes) else {}
            yield from (Path(account["path"]) for account in accounts.values())
        except (ValueError, AttributeError, KeyError, TypeError):
            continue


def _told_by_nextcloud(home: Path) -> Iterator[Path]:
    for path in matching(home, *_NEXTCLOUD):
        data = content(path)
        text = data.decode("utf-8", "replace") if isinstance(data, bytes) else ""
        yield from (Path(found) for found in re.findall(r"localPath=(.+?)/?\s*$", text, re.MULTILINE))


def _in_sync(folder: Path) -> Trace:
    return Trace(
        "synced_folder",
        str(folder),
        "Your journal lies in a folder that is copied to other devices. It stays sealed, but whoever shares the account can "
        "see that it is there and when you write.",
        "Close it and move it, with the files beside it whose names begin alike, to a folder that is not copied. Then "
        "delete it from the account's own bin too.",
    )


def _open_to_others(path: Path) -> Trace:
    return Trace(
        "permissions",
        str(path),
        "Other people with an account on this device can open this file. It stays sealed, but they could copy it.",
        "Open the journal once with this program, which takes that back, or type “chmod 600” and the file's name.",
    )


def _draft(path: Path) -> Trace:
    return Trace(
        "unfinished_file",
        str(path),
        "This looks like a file that was being written when the program was stopped. It may hold words that are not sealed.",
        "Look whether it is one of yours that you need. If not, delete it.",
    )


def _unlike(path: Path) -> Trace:
    return Trace(
        "two_unlike",
        str(path),
        "This file and the one beside it differ in size, in time or in what lies beside them, so it can be seen which "
        "of the two was in use. That is so while one is open, and after the device or the program stopped without locking.",
        "Open the one that you used last, and lock it. Then they are alike again.",
    )


def _temporary(path: Path) -> Trace:
    return Trace(
        "temporary_file",
        str(path),
        "A temporary file has the name of this program or of your journal.",
        "Delete it. If another program has made it, close that one first.",
    )


def _deleted(path: Path) -> Trace:
    return Trace(
        "bin",
        str(path),
        "The bin holds a file with the name of this program or of your journal.",
        "Empty the bin.",
    )
