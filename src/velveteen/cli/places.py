"""Where a command may write: nothing of the owner's is ever replaced, only what Velveteen wrote before."""

from __future__ import annotations

import json
import re
from pathlib import Path

from velveteen.problems import BadInput

# How each paper begins; it is in no other page, and says nothing to whoever finds it.
_PAPER = re.compile(rb'\s*<!DOCTYPE html>\s*<html lang="en" data-paper>')
_ODDS = re.compile(rb"\d in 100\b")
_BESIDE = ("", ".key", "-wal", "-shm", "-journal", ".new", ".key.new")
_PAPERS = ("paper.html", "helper.html")


def check_out(out: Path, journal: Path, passphrase_file: str | None) -> None:
    """Pass in silence where a paper may be written.

    Args:
        out: where the paper shall stand.
        journal: the journal that is open.
        passphrase_file: path of the passphrase's file; "-" and None: there is none.

    Raises:
        BadInput: `out` is a folder, belongs to the journal under any name, holds something else than a paper, or its
            folder is missing.
    """
    secret = None if passphrase_file in {None, "-"} else Path(str(passphrase_file))
    kept = [*(journal.with_name(journal.name + end) for end in _BESIDE), *([secret] if secret else [])]
    whole = journal.resolve()
    kept += [whole.with_name(whole.name + end) for end in _BESIDE]
    if any(_same(out, path) for path in kept):
        raise _refused(out, "belongs to your journal")
    if out.is_dir():
        raise _refused(out, "is a folder")
    if not out.absolute().parent.is_dir():
        message = f"There is no folder {out.absolute().parent}, so nothing was written. Please make it, or choose another."
        raise BadInput("folder_not_found", message)
    if out.exists() and not is_paper(out):
        raise _refused(out, "is a file of yours and no paper")


def check_free(out: Path, journal: Path | None = None) -> None:
    """Pass in silence where a new file may be written: nothing stands there, and nothing of the journal's will.

    Raises:
        BadInput: `out_in_use`, `folder_not_found`.
    """
    if out.exists() or out.is_symlink():
        raise _refused(out, "is there already")
    whole = None if journal is None else journal.resolve()
    if whole and any(_same(out, whole.with_name(whole.name + end)) for end in _BESIDE):
        raise _refused(out, "belongs to your journal")
    if not out.absolute().parent.is_dir():
        message = f"There is no folder {out.absolute().parent}, so nothing was written. Please make it, or choose another."
        raise BadInput("folder_not_found", message)


def _refused(out: Path, what: str) -> BadInput:
    message = f"{out} {what}, so nothing was written there and nothing was changed. Please choose another name with --out."
    return BadInput("out_in_use", message)


def _same(one: Path, other: Path) -> bool:
    """Whether two paths mean one file, by any link; names alone where one of them is not there yet."""
    if one.exists() and other.exists():
        return one.samefile(other)
    return str(one.resolve()).casefold() == str(other.resolve()).casefold()


def is_paper(path: Path) -> bool:
    """Whether a file begins as our papers do; what is no plain file, or cannot be read, is none."""
    return bool(_PAPER.match(_content(path, 200)))


def has_odds(path: Path) -> bool:
    """Whether an earlier paper with odds stands there."""
    return is_paper(path) and bool(_ODDS.search(_content(path)))


def _content(path: Path, length: int = -1) -> bytes:
    if not path.is_file():
        return b""
    try:
        with path.open("rb") as file:
            return file.read(length)
    except OSError:
        return b""


def check_household(out: Path) -> None:
    """Pass in silence where an invented household may be written: a new or empty folder, or one that holds an earlier one.

    Raises:
        BadInput: something stands there that Velveteen did not invent.
    """
    if out.exists() and not out.is_dir():
        message = f"{out} is a file, so nothing was written. Please choose a folder with --out."
        raise BadInput("folder_in_use", message)
    if not out.exists() or not any(out.iterdir()):
        return
    foreign = [name for name in _PAPERS if (out / name).exists() and not is_paper(out / name)]
    if foreign or not _invented(out / "truth.json") or not _journal_is_invented(out):
        message = f"{out} holds files of yours, so nothing was written there. Please choose another folder with --out."
        raise BadInput("folder_in_use", message)


def _invented(truth: Path) -> bool:
    try:
        told = json.loads(_content(truth))
    except ValueError:
        return False
    return isinstance(told, dict) and {"account", "weeks"} <= told.keys()


def _journal_is_invented(out: Path) -> bool:
    """A journal in the folder is the demonstration's if the passphrase beside it opens it and its title says so."""
    journal, secret = out / "journal.vv", out / "passphrase.txt"
    if not journal.exists():
        return not (out / "journal.vv.key").exists()
    from velveteen.cli.opened import opened, settings
    from velveteen.problems import VelveteenError

    try:
        with opened(journal, str(secret)) as sealed:
            return settings(sealed.entries()).get("title") == "An invented household"
    except (VelveteenError, OSError):
        return False
