"""Signal's own plain export, `main.jsonl`: a frame a line, names and chats before the messages that refer to them.

Frames as Signal's backup format has them (signalapp/Signal-Android, protowire/Backup.proto), written as JSON: numbers of
64 bits may be text. An edited message is its latest words, once; earlier ones stand in `revisions` and are not read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from velveteen.messages.chat import Message
from velveteen.messages.formats.json_parts import start_of
from velveteen.messages.formats.letters import ME, NOBODY, Names, aside, name, words
from velveteen.messages.formats.moments import instant, local
from velveteen.problems import BadInput, Problem

if TYPE_CHECKING:
    from velveteen.messages.formats.contract import Choice, Notes, Part

NAME = "signal"
LONGEST_LINE = 16 * 1024 * 1024
"""Bytes of a frame; Signal keeps attachments outside, and a message's text within 64 KB."""
_FRAME = re.compile(rb'^\s*\{\s*"(?:recipient|chat|chatItem)"\s*:\s*\{', re.MULTILINE)
_NO_FRAME = "This line could not be read; it is damaged. It was left out."
_ASIDES = (("stickerMessage", "sticker"), ("contactMessage", "contact"), ("viewOnceMessage", "view-once media"),
           ("paymentNotification", "payment"), ("giftBadge", "badge"), ("poll", "poll"),
           ("remoteDeletedMessage", "deleted"), ("adminDeletedMessage", "deleted"))  # fmt: skip


def fits(part: Part) -> bool:
    """Whether this is a `main.jsonl` of Signal: frames, after a line about the account or the backup."""
    keys = set(start_of(part.head).keys)
    if not keys & {"account", "backupTimeMs", "recipient", "chat"}:
        return False
    return "backupTimeMs" in keys or _FRAME.search(part.head) is not None


@dataclass(slots=True)
class _Book:
    """Who the numbers are: recipients by number, chats by number, and the owner.

    Attributes:
        people: recipient -> name.
        machines: recipients that are Signal itself.
        chats: chat -> name of its conversation.
    """

    owner: str = ME
    names: Names = field(default_factory=Names)
    titles: Names = field(default_factory=Names)
    people: dict[str, str] = field(default_factory=dict)
    machines: set[str] = field(default_factory=set)
    chats: dict[str, str] = field(default_factory=dict)


def stream(parts: Sequence[Part], notes: Notes, choice: Choice) -> Iterator[Message]:
    """Messages as `contract.Format.stream` says.

    Raises:
        BadInput: no frame could be read.
    """
    number = frames = 0
    for part in parts:
        book = _Book()
        for line in _lines(part):
            frame = _frame(line)
            item = frame.get("chatItem", {}) if frame is not None else None
            number += frame is None or "chatItem" in frame
            frames += frame is not None
            if frame is None or not isinstance(item, dict):
                notes.leave_out(number, line[:800].decode("utf-8", "replace"), _NO_FRAME)
            elif "chatItem" in frame:
                yield from _item(item, number, book, notes, choice)
            else:
                _learn(frame, book)
    if frames == 0:
        raise BadInput("signal_damaged", "Nothing in this file could be read; it is damaged. Nothing was changed and "
                       "nothing is lost. In Signal, export your chats again and give the file main.jsonl.")  # fmt: skip


def _lines(part: Part) -> Iterator[bytes]:
    with part.open() as file:
        while line := file.readline(LONGEST_LINE):
            rest = line
            while len(rest) == LONGEST_LINE and not rest.endswith(b"\n"):
                rest = file.readline(LONGEST_LINE)
            if line.strip():
                yield line


def _frame(line: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(line.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _learn(frame: dict[str, Any], book: _Book) -> None:
    """Takes in the account, a recipient or a chat; other frames carry no names."""
    account, recipient, chat = (_object(frame.get(key)) for key in ("account", "recipient", "chat"))
    if account:
        book.owner = _joined(account.get("givenName"), account.get("familyName")) or ME
    if recipient:
        _learn_recipient(str(recipient.get("id")), recipient, book)
    if chat:
        to = str(chat.get("recipientId"))
        book.chats[str(chat.get("id"))] = book.titles.of(to, book.people.get(to, NOBODY))


def _learn_recipient(number: str, recipient: dict[str, Any], book: _Book) -> None:
    if "self" in recipient:
        wanted = book.owner
    elif "group" in recipient:
        snapshot = _object(_object(recipient["group"]).get("snapshot"))
        wanted = name(_object(snapshot.get("title")).get("title")) or "Group"
    else:
        wanted = _contact(_object(recipient.get("contact")))
    if "releaseNotes" in recipient:
        wanted = "Signal"
        book.machines.add(number)
    book.people[number] = book.names.of(number, wanted)


def _contact(contact: dict[str, Any]) -> str:
    """The name that the phone shows: the nickname, the address book's, the person's own, else a number."""
    nickname = _object(contact.get("nickname"))
    number = name(str(contact.get("e164") or ""))
    return (
        _joined(nickname.get("given"), nickname.get("family"))
        or _joined(contact.get("systemGivenName"), contact.get("systemFamilyName"))
        or _joined(contact.get("profileGivenName"), contact.get("profileFamilyName"))
        or name(contact.get("username"))
        or (number if number.startswith("+") or not number else f"+{number}")
        or NOBODY
    )


def _joined(given: object, family: object) -> str:
    return " ".join(piece for piece in (name(given), name(family)) if piece)


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _item(item: dict[str, Any], number: int, book: _Book, notes: Notes, choice: Choice) -> Iterator[Message]:
    author, chat = str(item.get("authorId")), book.chats.get(str(item.get("chatId")), NOBODY)
    if choice.chat is not None and chat != choice.chat:
        return
    if "updateMessage" in item or "directionless" in item or author in book.machines:
        notes.system_lines += 1
        return
    moment, said = instant(item.get("dateSent"), 1000), _said(item, number, notes)
    if moment is None or said is None:
        why = ("This message has no date that can be read; it was left out." if moment is None else
               "This message is of a kind that is not known here; it was left out.")  # fmt: skip
        notes.leave_out(number, said[0] if said else "", why)
        return
    if "outgoing" in item:
        notes.owner = who = book.people.get(author, book.owner)
    else:
        who = book.people.get(author, NOBODY)
    at = local(moment, choice.zone)
    yield Message(at, who, said[0], number, note=said[1], chat=chat, instant=moment)


def _said(item: dict[str, Any], number: int, notes: Notes) -> tuple[str, bool] | None:
    """(text, whether it is only a note) of a message; None for a kind that is not known."""
    if "standardMessage" in item:
        return _standard(_object(item["standardMessage"]), number, notes)
    if "directStoryReplyMessage" in item:
        reply = _object(item["directStoryReplyMessage"])
        text = words(_object(_object(reply.get("textReply")).get("text")).get("body"))
        return (text, False) if text.strip() else (aside("reaction to a story", reply.get("emoji")), True)
    for key, what in _ASIDES:
        if key in item:
            return aside(what, _object(_object(item[key]).get("sticker")).get("emoji")), True
    return None


def _standard(message: dict[str, Any], number: int, notes: Notes) -> tuple[str, bool]:
    text = words(_object(message.get("text")).get("body"))
    if text.strip():
        if message.get("longText"):
            more = "Only the start of this long message stands here; the rest is in a file of its own, which was not opened."
            notes.problems.append(Problem("long_text", more, where=f"message {number}"))
        return text, False
    files = message.get("attachments")
    first = _object(files[0]) if isinstance(files, list) and files else {}
    if first.get("flag") == "VOICE_MESSAGE":
        return aside("voice message"), True
    return aside("attachment" if first else "no text", _object(first.get("pointer")).get("fileName")), True
