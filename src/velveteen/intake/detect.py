"""What a file is, by what is in it and never by its name."""

from __future__ import annotations

import re
from typing import Literal

from velveteen.journal.pocket import looks_like
from velveteen.measure.questionnaires.redcap import looks_like as is_redcap
from velveteen.problems import BadInput

Format = Literal["chat", "diary", "fhir", "jsonl", "pocket", "redcap"]

LOOK = 65_536  # bytes; a header and some lines
_MARKS = "\ufeff\u200e\u200f\u202a\u202c "
_CHAT_LINE = re.compile(r"\[?\d{1,4}\D{1,3}\d{1,2}\D{1,3}\d{2,4}.{1,12}?\d{1,2}[:.]\d{2}.{0,14}?(\]| -) ")
_FHIR = re.compile(r"\[?\s*\{.*\"resourceType\"\s*:", re.DOTALL)
_ENTRY = re.compile(r"\{(?=.*\"kind\"\s*:)(?=.*\"payload\"\s*:)")  # a line of Velveteen's own


def format_of(start: bytes, name: str = "The file") -> Format:
    """The format of a file that somebody wants to import.

    Args:
        start: its first LOOK bytes; more are not looked at.
        name: how a sentence names it.

    Returns:
        "chat" (a chat export, plain or zipped), "diary" (a table), "jsonl" (Velveteen's own), "pocket" (short notes),
        "fhir" and "redcap" (answers to questionnaires).

    Raises:
        BadInput: `not_text`, `empty_file`.
    """
    from velveteen.messages.read import known_format

    start = start[:LOOK]
    if start.startswith(b"PK\x03\x04") or known_format(start) is not None:
        return "chat"
    lines = _lines(start, name)
    if lines[0].startswith("{") or _FHIR.match("\n".join(lines)):
        return _json_format(lines)
    if any(_CHAT_LINE.match(line) for line in lines[:20]):
        return "chat"
    return "pocket" if looks_like(lines) else _table_format(lines[0])


def _json_format(lines: list[str]) -> Format:
    """Velveteen's own lines, or a resource of FHIR, which may stand on many."""
    own = _ENTRY.match(lines[0]) or not _FHIR.match("\n".join(lines))
    return "jsonl" if own else "fhir"


def _table_format(header: str) -> Format:
    if is_redcap([name.strip('"') for name in re.split(r"[,;\t]", header)]):
        return "redcap"
    return "diary" if any(mark in header for mark in ",;\t") else "pocket"


def _lines(start: bytes, name: str) -> list[str]:
    utf16 = start.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = start.decode("utf-16" if utf16 else "utf-8", errors="replace")
    if "\0" in text:
        message = f"{name} is not text, so nothing in it was read. Nothing was changed. A chat export is a .txt or .zip."
        raise BadInput("not_text", message)
    lines = [line.strip(_MARKS) for line in text.splitlines() if line.strip(_MARKS)]
    if not lines:
        raise BadInput(
            "empty_file", f"{name} is empty, so nothing was added. Please check that it is the right file."
        )
    return lines
