"""From a file to messages: the one door of this room."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from velveteen.messages.chat import ChatExport, Message
from velveteen.messages.formats import whatsapp
from velveteen.messages.source import read_source

if TYPE_CHECKING:
    from pathlib import Path

    from velveteen.problems import Problem


def read_export(path: str | Path | bytes, day_first: bool | None = None) -> ChatExport:
    """Everything in a chat export (`.txt`, or `.zip` as the phone makes it; told apart by content).

    Args:
        path: the file, or the bytes of one.
        day_first: True or False where the reader knows whether the day comes first; None lets the file decide.

    Raises:
        BadInput: the file is missing, empty, binary, too large or no chat, or `day_first` cannot be right for it.
        AmbiguousDates: day and month could be either way round and `day_first` is None.
    """
    source = read_source(path)
    parsed = whatsapp.parse(source.text, day_first)
    messages = parsed.messages
    moments = [message.at for message in messages]
    return ChatExport(
        messages=messages, problems=source.problems + parsed.problems, system_lines=parsed.system_lines,
        participants=dict(Counter(message.author for message in messages)),
        first=min(moments, default=None), last=max(moments, default=None), unparsed=parsed.unparsed,
        sha256=source.sha256, format=whatsapp.NAME,
    )  # fmt: skip


def read_chat(path: str | Path, day_first: bool | None = None) -> tuple[list[Message], list[Problem]]:
    """Messages of a chat export in the order of the file, without the app's own lines, and the problems met.

    Raises:
        BadInput: as `read_export`.
        AmbiguousDates: as `read_export`.
    """
    export = read_export(path, day_first)
    return export.messages, export.problems
