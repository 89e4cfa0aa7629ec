"""`imessage-exporter`'s files, text or pages: one file a conversation, its messages in local time.

The layouts are in `imessage_lines` and `imessage_html`. Tapbacks and effects stand inside the message they belong to and
are no messages; somebody who came, left or renamed the group is a system line.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, BinaryIO

from velveteen.messages.chat import Message
from velveteen.messages.formats import imessage_html, imessage_lines
from velveteen.messages.formats.letters import ME, aside, name, words
from velveteen.problems import BadInput, Problem

if TYPE_CHECKING:
    from velveteen.messages.formats.contract import Choice, Notes, Part
    from velveteen.messages.formats.imessage_lines import Said

NAME = "imessage"
CHUNK = 64 * 1024
LONGEST_LINE = 1024 * 1024
_START = re.compile(
    imessage_lines.MOMENT + r"(?: \(Read by .{1,80}? after .{1,100}\)\r?$|\r?$| \S)", re.MULTILINE
)
_PAGE = re.compile(rb'<div class="message"|\.message_part|<div class ?= ?"announcement"')


def fits(part: Part) -> bool:
    """Whether this is a conversation as `imessage-exporter` writes it, as text or as a page."""
    text = part.head[:4096].decode("utf-8", "replace").lstrip("\ufeff \r\n\t")
    if _is_page(part):
        return _PAGE.search(part.head) is not None
    return _START.match(text) is not None


def _is_page(part: Part) -> bool:
    return part.head[:64].lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(b"<html")


def stream(parts: Sequence[Part], notes: Notes, choice: Choice) -> Iterator[Message]:
    """Messages as `contract.Format.stream` says; lines are counted on from part to part.

    Raises:
        BadInput: no message could be read.
    """
    before, found = 0, False
    for part in parts:
        chat = name(PurePosixPath(part.name).stem) if len(parts) > 1 else ""
        if choice.chat is not None and choice.chat != chat:
            continue
        last = 0
        for said in _read(part):
            last = said.line
            message = _message(said, before + said.line, chat, notes)
            found = found or message is not None or said.event
            if message is not None:
                yield message
        before += last + 1
    if not found and choice.chat is None:
        raise BadInput("not_a_chat", "No message could be read in this file. Nothing was changed and nothing is lost. "
                       "Export the chat again with imessage-exporter, as txt or html.")  # fmt: skip


def _read(part: Part) -> Iterator[Said]:
    with part.open() as file:
        if _is_page(part):
            yield from imessage_html.messages_in(_chunks(file))
        else:
            yield from imessage_lines.messages_in(_lines(file))


def _chunks(file: BinaryIO) -> Iterable[str]:
    decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
    while raw := file.read(CHUNK):
        yield decoder.decode(raw)


def _lines(file: BinaryIO) -> Iterable[str]:
    first = True
    while raw := file.readline(LONGEST_LINE):
        line = raw.decode("utf-8-sig" if first else "utf-8", "replace")
        first = False
        yield line.rstrip("\r\n")


def _message(said: Said, line: int, chat: str, notes: Notes) -> Message | None:
    body = words("\n".join(said.body)).strip("\n")
    sender = name(said.sender)
    if said.event:
        notes.system_lines += 1
        return None
    if said.at is None or not sender:
        if body or sender:
            notes.leave_out(line, sender or body, "This piece has no date or no name that can be read; it was left out.",
                            unit="line")  # fmt: skip
        return None
    if said.own or sender == ME:
        notes.owner = sender
    if said.unclear:
        why = "Below an answer stand words that may belong to either message; they were left out."
        notes.problems.append(Problem("below_an_answer", why, where=f"line {line}"))
    note = "" if body.strip() else said.aside or aside("no text")
    return Message(said.at, sender, note or body, line, note=note != "", chat=chat)
