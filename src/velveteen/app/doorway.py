"""The way into the pages: a file that leads the browser on to the opening address, and is gone once that is spent.

Every login of a machine can read with which words a program was started (`ps`), so the opening address is not among them:
the browser is started with the name of this file, in a folder that its owner alone can enter.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import webbrowser
from contextlib import suppress
from html import escape
from pathlib import Path

_ON = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark">'
    '<meta http-equiv="refresh" content="0;url={address}"><title> </title></head><body></body></html>'
)


def leading_to(address: str) -> str:
    """A page with nothing on it that goes on to an address of ours; going back does not meet it again."""
    return _ON.format(address=escape(address))


class Doorway:
    """The file. Where the system has a folder in memory for what is running, it is there; its name says nothing."""

    def __init__(self) -> None:
        self._folder: Path | None = None

    def open(self, address: str) -> bool:
        """Open the browser on a file that leads to an address; whether that was tried. Some browsers may not read it."""
        try:
            self._folder = Path(tempfile.mkdtemp(dir=_in_memory()))  # mode 0700
            file = self._folder / "n.html"
            file.touch(mode=0o600)
            file.write_text(leading_to(address), "utf-8")
        except OSError:
            return False
        return webbrowser.open(file.as_uri())

    def close(self) -> None:
        """Take the file away; harmless where there is none."""
        if self._folder is not None:
            with suppress(OSError):
                shutil.rmtree(self._folder)
            self._folder = None


def _in_memory() -> str | None:
    folder = os.environ.get("XDG_RUNTIME_DIR", "")
    return folder if folder and Path(folder).is_dir() else None
