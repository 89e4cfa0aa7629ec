"""Write a file whole or not at all, for its owner alone."""

from __future__ import annotations

import errno
import os
import secrets
from pathlib import Path


def write_atomically(path: Path, data: bytes, *, replace: bool = True) -> None:
    """Write `data` to `path` with mode 0600, synced to the disk before it takes its name.

    Args:
        path: where the file shall stand.
        data: its whole content.
        replace: whether a file that stands there may be replaced.

    Raises:
        FileExistsError: `replace` is False and something stands there.
        OSError: the disk is full, read-only, or the folder is missing; `path` is then as it was.
    """
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        _write_synced(draft, data)
        if replace:
            draft.replace(path)
        else:
            take_free_name(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    sync_folder(path.parent)


def take_free_name(draft: Path, path: Path) -> None:
    """Give a finished file its name, and never take the place of another.

    Raises:
        FileExistsError: something stands at `path`.
    """
    try:
        os.link(draft, path)
    except FileExistsError:
        raise
    except OSError:  # memory sticks know no second names; there the check and the move are two steps
        if path.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from None
        draft.rename(path)
    draft.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder last through a power cut, where the system can (not on Windows)."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write_synced(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
