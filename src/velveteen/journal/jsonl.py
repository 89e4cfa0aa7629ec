"""JSONL: the whole record as text, one entry a line, for export, backup by hand, and import.

What `dumps` wrote, `loads` reads and `dumps` writes again to the byte. Unknown kinds and unknown payload keys survive.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from velveteen.journal.atomic import write_atomically
from velveteen.journal.entries import Entry
from velveteen.journal.payloads import misfit
from velveteen.journal.record import from_bytes, to_bytes
from velveteen.journal.sealed_errors import in_plain_words
from velveteen.problems import BadInput, Problem

_SHOWN = 40  # letters of a line that cannot be read; it may be the wrong file, and private

Check = Callable[[Entry], tuple[str, str] | None]


def dumps(entries: Iterable[Entry]) -> bytes:
    """One canonical JSON object a line, each ended by a line feed, in the order given.

    Raises:
        BadInput: `entry_unstorable`, when a payload is not plain JSON.
    """
    return b"".join(to_bytes(entry) + b"\n" for entry in entries)


def loads(data: bytes, check: Check | None = None) -> tuple[list[Entry], list[Problem]]:
    """Entries in order, and a problem for each line that is not one (blank lines are no problem).

    A line whose id came before is a problem too, also when it says the same. `check` gives code and sentence for an entry
    that is not to be taken; None: each is taken as it is.
    """
    entries: list[Entry] = []
    problems: list[Problem] = []
    seen: set[str] = set()
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            entry = from_bytes(line)
        except BadInput as error:
            problems.append(_problem(error.code, error.message, number, line))
            continue
        if entry.id in seen:
            problems.append(
                _problem("repeated_id", f"The id {entry.id} stands on an earlier line already.", number, line)
            )
            continue
        if check and (found := check(entry)):
            problems.append(_problem(*found, number, line))
            continue
        seen.add(entry.id)
        entries.append(entry)
    return entries, problems


def write(path: str | Path, entries: Iterable[Entry]) -> None:
    """Export to a file, whole or not at all, mode 0600. **It is not encrypted.** A file that stands there is replaced.

    Raises:
        BadInput: `entry_unstorable`, `folder_not_found`.
        Refused: `read_only`, `disk_full`, `disk_trouble`.
    """
    data = dumps(entries)
    with in_plain_words(Path(path)):
        write_atomically(Path(path), data)


def read(path: str | Path | bytes, check: Check | None = None) -> tuple[list[Entry], list[Problem]]:
    """`loads` on a file, or its bytes, that anybody can have written: what does not fit its kind is a problem too.

    Raises:
        BadInput: `file_unreadable`.
    """
    data = path if isinstance(path, bytes) else _bytes(path)

    def fits(entry: Entry) -> tuple[str, str] | None:
        if (reason := misfit(entry)) is not None:
            return "payload_misfit", reason
        return check(entry) if check else None

    return loads(data, fits)


def _bytes(path: str | Path) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise BadInput(
            "file_unreadable", f"{path} could not be read ({error.strerror}). Nothing was changed."
        ) from error


def _problem(code: str, message: str, number: int, line: bytes) -> Problem:
    return Problem(
        code, message, where=f"line {number}", text=line.decode("utf-8", "replace").strip()[:_SHOWN]
    )
