"""What a file is, by what is in it and never by its name."""

from __future__ import annotations

import re
from typing import Literal, get_args

from velveteen.intake.redcap import looks_like as looks_like_redcap
from velveteen.journal.pocket import looks_like
from velveteen.problems import BadInput

Format = Literal["chat", "diary", "jsonl", "pocket", "answers"]
FORMATS: tuple[Format, ...] = get_args(Format)

LOOK = 65_536  # bytes; a header and some lines
_MARKS = "\ufeff\u200e\u200f\u202a\u202c "
_CHAT_LINE = re.compile(r"\[?\d{1,4}\D{1,3}\d{1,2}\D{1,3}\d{2,4}.{1,12}?\d{1,2}[:.]\d{2}.{0,14}?(\]| -) ")
_FHIR = re.compile(r'"resourceType"\s*:\s*"(QuestionnaireResponse|Bundle)"')


def format_of(start: bytes, name: str = "The file") -> Format:
    """The format of a file that somebody wants to import.

    Args:
        start: its first LOOK bytes; more are not looked at.
        name: how a sentence names it.

    Returns:
        "chat" (a chat export, plain or zipped), "diary" (a table), "jsonl" (Velveteen's own), "pocket" (short notes),
        "answers" (to questionnaires).

    Raises:
        BadInput: `not_text`, `empty_file`.
    """
    start = start[:LOOK]
    if start.startswith(b"PK\x03\x04"):
        return "chat"
    lines = _lines(start, name)
    if lines[0].startswith("{"):
        return "answers" if _FHIR.search("\n".join(lines)) else "jsonl"
    if any(_CHAT_LINE.match(line) for line in lines[:20]):
        return "chat"
    if looks_like(lines):
        return "pocket"
    if not any(mark in lines[0] for mark in ",;\t"):
        return "pocket"
    return "answers" if looks_like_redcap(lines[0]) else "diary"


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
