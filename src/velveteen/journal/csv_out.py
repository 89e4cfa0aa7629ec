"""The record as a table for a spreadsheet. What was written as words stays words there: no cell is taken for a formula.

What others wrote in chats stays in the sealed file: a table is what is handed on.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from velveteen.journal.entries import Entry
from velveteen.journal.record import canonical

COLUMNS = ("id", "kind", "at", "written", "about", "facts", "feelings", "corrects", "payload")
# What makes a spreadsheet read a cell as a formula (OWASP, "CSV Injection"), and the sign that says that it is none.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_WORDS = "'"
_KEPT_BACK = frozenset({"lines", "others"})  # of a coded day: messages word for word


def entries_csv(entries: Iterable[Entry]) -> bytes:
    """CSV with a header, one row an entry, corrections included; UTF-8 with a mark, every cell in quotes.

    A cell that a spreadsheet would take for a formula, and one that begins with an apostrophe, has one apostrophe put
    before it; `cell_words` takes it off, so that nothing is lost. `payload` is JSON, without the messages of a chat.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    writer.writerows([safe_cell(cell) for cell in _cells(entry)] for entry in entries)
    return out.getvalue().encode("utf-8-sig", "backslashreplace")  # half a surrogate pair has no other form


def safe_cell(words: str) -> str:
    """The words as a cell that no spreadsheet runs."""
    return _WORDS + words if words.startswith((*_FORMULA, _WORDS)) else words


def cell_words(cell: str) -> str:
    """The words of a cell that `safe_cell` made."""
    return cell.removeprefix(_WORDS)


def _without_messages(entry: Entry) -> dict[str, Any]:
    if entry.kind != "coded_day":
        return entry.payload
    return {key: value for key, value in entry.payload.items() if key not in _KEPT_BACK}


def _cells(entry: Entry) -> tuple[str, ...]:
    payload = canonical(_without_messages(entry)).decode()
    moments = (entry.at.isoformat(), entry.written.isoformat())
    return (
        entry.id, entry.kind, *moments, entry.about, entry.facts, entry.feelings, entry.corrects or "", payload,
    )  # fmt: skip
