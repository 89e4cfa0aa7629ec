"""Messenger's and Instagram's JSON, and Messenger's end-to-end encrypted export: newest message first, in pieces.

Fields as public readers of these exports have them (a schema of `message.json` with `sender_name` and `timestamp_ms`; one
of the encrypted export with `senderName` and `timestamp`). The app's English sentences stand here only where public
readers of the exports list them; a sentence in another language stays a message.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from ijson.backends import yajl2_c

from velveteen.messages.chat import Message
from velveteen.messages.formats import letters
from velveteen.messages.formats.json_parts import BROKEN, Mended, lost_letters, start_of
from velveteen.messages.formats.letters import NOBODY, Names, aside
from velveteen.messages.formats.mojibake import repaired
from velveteen.messages.formats.moments import instant, local
from velveteen.problems import BadInput

if TYPE_CHECKING:
    from velveteen.messages.formats.contract import Choice, Notes, Part

NAME = "messenger"
WINDOW = 50_000
"""Messages of one part that are held at a time; a part has 10,000 as a rule."""
_STARTS = {"start_map", "start_array", "string", "number", "null", "boolean"}
_EVENTS = {"Call", "Subscribe", "Unsubscribe"}
_REACTED = re.compile(r"(?:.{1,80} r|R)eacted \S{1,40} to your message ?")
_SENT = re.compile(r"(?:You|.{1,80}) sent an attachment\.")
_EVENT = re.compile(r" (?:named the group .*|missed your call\.|called .{1,80}\.)", re.DOTALL)
_ASIDES = (("photos", "photo"), ("videos", "video"), ("audio_files", "audio"), ("gifs", "gif"), ("sticker", "sticker"),
           ("files", "file"), ("share", "shared link"), ("media", "media"))  # fmt: skip
_PIECE = re.compile(r"_(\d+)\.json$")


def fits(part: Part) -> bool:
    """Whether this is one piece of a conversation as Meta exports it."""
    start = start_of(part.head)
    if "participants" not in start.keys:
        return False
    if start.record:
        return {"sender_name", "timestamp_ms"} <= start.record or {"senderName", "timestamp"} <= start.record
    return bool({"thread_path", "threadName"} & set(start.keys))


@dataclass(slots=True)
class _Piece:
    """One part before its messages are read: whose it is, how much it holds, and which way round.

    Attributes:
        thread: what pieces of one conversation have in common.
        title: the conversation's name.
        count: records in the part.
        first: instant of its first record, in milliseconds; 0 where it has none.
        last: instant of its last record.
        whole: whether the part could be read to its end.
    """

    part: Part
    thread: str = ""
    title: str = ""
    count: int = 0
    first: int = 0
    last: int = 0
    whole: bool = True

    @property
    def place(self) -> tuple[int, int]:
        """What pieces of a conversation are ordered by: their time, then their number from the highest."""
        number = _PIECE.search(self.part.name)
        return min(self.first, self.last), -int(number[1][:9]) if number else 0


def stream(parts: Sequence[Part], notes: Notes, choice: Choice) -> Iterator[Message]:
    """Messages in the order of time as `contract.Format.stream` says, one conversation after the other.

    Raises:
        BadInput: none of the parts could be read.
    """
    threads = _threads([_piece(part, notes) for part in parts])
    titles, number = Names(), 0
    for thread, pieces in threads.items():
        chat = titles.of(thread, pieces[0].title or NOBODY) if len(threads) > 1 else ""
        wanted = choice.chat is None or choice.chat == chat
        for piece in pieces:
            for record in _records(piece) if wanted else ():
                number += 1
                message = _message(record, number, chat, notes, choice)
                if message:
                    yield message
            number += not piece.whole
            if not piece.whole:
                notes.leave_out(number, piece.part.name, "A file is damaged here, or was cut short; what came after in it "
                                "could not be read.", code="cut_short")  # fmt: skip


def _threads(pieces: list[_Piece]) -> dict[str, list[_Piece]]:
    if not any(piece.count or piece.whole for piece in pieces):
        raise BadInput("json_damaged", "None of these files could be read; they are damaged or were cut short. Nothing was "
                       "changed and nothing is lost. Ask for your information in the JSON format again, and give the "
                       "files called message_1.json and so on.")  # fmt: skip
    threads: dict[str, list[_Piece]] = defaultdict(list)
    for piece in sorted(pieces, key=lambda piece: piece.place):
        threads[piece.thread].append(piece)
    return threads


def _piece(part: Part, notes: Notes) -> _Piece:
    found = _Piece(part)
    keys = {"thread_path": "", "threadName": "", "title": ""}
    with part.open() as file:
        mended = Mended(file)
        try:
            for place, event, value in yajl2_c.parse_gen(mended, use_float=True):
                if place == "messages.item" and event in _STARTS:
                    found.count += 1
                elif place in {"messages.item.timestamp_ms", "messages.item.timestamp"} and event == "number":
                    found.last = (instant(value, 1000) or 0) * 1000
                    found.first = found.first or found.last
                elif place in keys and event == "string":
                    keys[place] = letters.name(repaired(value))
        except BROKEN:
            found.whole = False
    if mended.replaced:
        notes.problems.append(lost_letters(part))
    found.title = keys["title"] or keys["threadName"]
    found.thread = keys["thread_path"] or str(PurePosixPath(part.name).parent) + "/" + keys["threadName"]
    return found


def _records(piece: _Piece) -> Iterator[Any]:
    """Records of a part in the order of time, at most `WINDOW` of them held."""
    ends = range(piece.count, 0, -WINDOW)
    for end in ends if piece.first >= piece.last else reversed(ends):
        held = _window(piece.part, max(0, end - WINDOW), end)
        if piece.first >= piece.last:
            held.reverse()
        yield from sorted(held, key=_moment) if piece.count <= WINDOW else held


def _window(part: Part, start: int, end: int) -> list[Any]:
    held: list[Any] = []
    # What is broken was counted before, and is listed where the part's messages end.
    with part.open() as file, suppress(*BROKEN):
        held.extend(islice(yajl2_c.items_gen(Mended(file), "messages.item", use_float=True), start, end))
    return held


def _moment(record: Any) -> int:
    value = _first(record, "timestamp_ms", "timestamp") if isinstance(record, dict) else None
    return int(value) if instant(value, 1000) is not None and value is not None else 0


def _first(record: dict[str, Any], *keys: str) -> Any:
    return next((record[key] for key in keys if key in record), None)


def _message(record: Any, number: int, chat: str, notes: Notes, choice: Choice) -> Message | None:
    record = record if isinstance(record, dict) else {}
    moment = instant(_first(record, "timestamp_ms", "timestamp"), 1000)
    text = letters.words(_first(record, "content", "text"))
    fixed = repaired(text)
    sender = _first(record, "sender_name", "senderName")
    author = letters.name(repaired(sender)) if isinstance(sender, str) else NOBODY
    if moment is None:
        notes.leave_out(
            number, fixed, "This message has no date that can be read, or is no message; it was left out."
        )
        return None
    if str(record.get("type")) in _EVENTS or "call_duration" in record or _is_event(fixed, author):
        notes.system_lines += 1
        return None
    note = _note(record, fixed)
    at = local(moment, choice.zone)
    return Message(at, author or NOBODY, note or fixed, number, note=note != "", chat=chat, instant=moment)


def _is_event(text: str, author: str) -> bool:
    """Whether the app wrote this of somebody: a reaction, a call, a new name for the group."""
    if _REACTED.fullmatch(text) or text.rstrip() == "Liked a message":
        return True
    return any(text.startswith(who) and _EVENT.fullmatch(text, len(who)) for who in (author, "You") if who)


def _note(record: dict[str, Any], text: str) -> str:
    """What stands in place of words where a message has none of its sender's; "" where it has."""
    if record.get("is_unsent") is True or record.get("isUnsent") is True:
        return aside("unsent")
    if record.get("type") == "placeholder":
        return aside("not in the export")
    if text.strip() and not _SENT.fullmatch(text.strip()):
        return ""
    for key, what in _ASIDES:
        if record.get(key):
            return aside(what)
    return aside("attachment" if text.strip() else "no text")
