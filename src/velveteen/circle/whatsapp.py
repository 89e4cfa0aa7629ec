"""A chat written the way WhatsApp exports it, with the few lines that the program itself adds."""

from __future__ import annotations

import zipfile
from datetime import datetime
from typing import TYPE_CHECKING

from velveteen.problems import BadInput

if TYPE_CHECKING:
    from pathlib import Path

Message = tuple[datetime, str, str]
ENCRYPTED = (
    "Messages and calls are end-to-end encrypted. "
    "No one outside of this chat, not even WhatsApp, can read or listen to them."
)
LEFT_TO_RIGHT = "\u200e"
_EPOCH = (1980, 1, 1, 0, 0, 0)


def write(path: Path, messages: list[Message], them: str, *, form: str, seconds: bool) -> None:
    """Write an export.

    Args:
        path: ends in .zip (holding `_chat.txt`) or .txt.
        messages: in order of time.
        them: the name of the chat, for the lines that the program adds.
        form: "ios" or "android".
        seconds: whether times carry seconds.

    Raises:
        BadInput: another form or ending.
    """
    if form not in ("ios", "android"):
        raise BadInput("chat_form", f"A chat is written as “ios” or “android”, not as “{form}”.")
    if path.suffix not in (".zip", ".txt"):
        raise BadInput(
            "chat_ending", "A chat export ends in .zip or .txt; please give the file one of these endings."
        )
    text = export_text(messages, them, form=form, seconds=seconds)
    if path.suffix == ".txt":
        path.write_text(text, "utf-8", newline="\n")
        return
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("_chat.txt", _EPOCH), text, zipfile.ZIP_DEFLATED)


def export_text(messages: list[Message], them: str, *, form: str, seconds: bool) -> str:
    """The export's text: the notice of encryption first, then a line a message, a changed security code once a year."""
    line = _ios if form == "ios" else _android
    clock = "%H:%M:%S" if seconds else "%H:%M"
    lines = []
    changed = 0
    for place, (at, author, text) in enumerate(messages):
        if place == 0:
            lines.append(line(at, clock, them, ENCRYPTED, system=True))
        elif (at - messages[0][0]).days // 365 > changed:
            changed += 1
            lines.append(line(at, clock, them, f"Your security code with {them} changed.", system=True))
        lines.append(line(at, clock, author, text, system=False))
    return "".join(f"{text}\n" for text in lines)


def _ios(at: datetime, clock: str, author: str, text: str, *, system: bool) -> str:
    return f"[{at:%d/%m/%Y}, {at.strftime(clock)}] {author}: {LEFT_TO_RIGHT if system else ''}{text}"


def _android(at: datetime, clock: str, author: str, text: str, *, system: bool) -> str:
    return f"{at:%d/%m/%Y}, {at.strftime(clock)} - {'' if system else f'{author}: '}{text}"
