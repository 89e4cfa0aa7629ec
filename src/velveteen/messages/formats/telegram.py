"""Telegram Desktop's `result.json`: one chat, or everything that an account holds.

Fields as Telegram Desktop's exporter writes them (telegramdesktop/tdesktop, export/output/export_output_json.cpp).
What is forwarded, or made by a bot for somebody, is a note: its words are not the sender's, and counting them would put
another person's tone in their mouth. A caption under a picture is words; a picture alone is a note.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from velveteen.messages.chat import Message
from velveteen.messages.formats.json_parts import events, start_of
from velveteen.messages.formats.letters import NOBODY, Names, aside, name, words
from velveteen.messages.formats.moments import instant, local, written
from velveteen.problems import BadInput

if TYPE_CHECKING:
    from velveteen.messages.formats.contract import Choice, Notes, Part

NAME = "telegram"
_ROOTS = ("chats.list.item", "left_chats.list.item", "")
_RECORDS = frozenset(f"{root}.messages.item".lstrip(".") for root in _ROOTS)
_SCALARS = {f"{root}.{key}".lstrip("."): (root, key) for root in _ROOTS for key in ("name", "type", "id")}
_ABOUT_ALL = {"personal_information", "contacts", "frequent_contacts", "sessions", "chats", "left_chats", "other_data",
              "profile_pictures", "stories", "profile_music"}  # fmt: skip
_UNNAMED = {
    "saved_messages": "Saved messages",
    "replies": "Replies",
    "verification_codes": "Verification codes",
}
_MEDIA = (("photo", "photo"), ("contact_information", "contact"), ("location_information", "location"),
          ("place_name", "location"), ("poll", "poll"), ("todo_list", "list"), ("game_title", "game"),
          ("invoice_information", "invoice"), ("giveaway_information", "giveaway"), ("file", "file"))  # fmt: skip


def fits(part: Part) -> bool:
    """Whether this is a `result.json` of Telegram Desktop."""
    start = start_of(part.head)
    if "about" in start.keys and _ABOUT_ALL & set(start.keys):
        return True
    return {"type", "id", "messages"} <= set(start.keys) and (
        not start.record or {"id", "type"} <= start.record
    )


@dataclass(slots=True)
class _Chat:
    """The conversation that is being read: what stands before its messages."""

    root: str
    name: str = ""
    type: str = ""
    id: str = ""

    def called(self, chats: Names) -> str:
        """Its name, told apart from others of the same name; "" where it is the only one in the file."""
        if self.root == "":
            return ""
        return chats.of(self.id or self.name, self.name or _UNNAMED.get(self.type) or NOBODY)


@dataclass(slots=True)
class _State:
    notes: Notes
    choice: Choice
    chat: _Chat = field(default_factory=lambda: _Chat(""))
    chats: Names = field(default_factory=Names)
    people: Names = field(default_factory=Names)
    owner: str = ""
    number: int = 0


def stream(parts: Sequence[Part], notes: Notes, choice: Choice) -> Iterator[Message]:
    """Messages as `contract.Format.stream` says; several parts are several exports, one after the other.

    Raises:
        BadInput: no message and no chat could be read.
    """
    state = _State(notes, choice)
    for part in parts:
        state.chat, state.owner = _Chat(""), ""
        for place, event, value in events(part, notes, _RECORDS | {"personal_information"}):
            if event == "broken":
                _broken(part, state)
            elif place in _RECORDS:
                yield from _record(event, value, state)
            elif event == "object":
                state.owner = f"user{value.get('user_id')}"
            else:
                _heading(place, event, value, state)


def _heading(place: str, event: str, value: object, state: _State) -> None:
    if event == "start_map" and place in _ROOTS:
        state.chat = _Chat(place)
    elif event in {"string", "number"} and place in _SCALARS and _SCALARS[place][0] == state.chat.root:
        setattr(state.chat, _SCALARS[place][1], name(str(value)))


def _broken(part: Part, state: _State) -> None:
    if state.number == 0:
        raise BadInput("json_damaged", "This file could not be read; it is damaged or was cut short. Nothing was changed "
                       "and nothing is lost. In Telegram Desktop, export the chat again as “Machine-readable JSON”, and "
                       "give the file result.json.")  # fmt: skip
    state.number += 1
    state.notes.leave_out(state.number, part.name, "The file is damaged here, or was cut short; what came after this "
                          "message could not be read.", code="cut_short")  # fmt: skip


def _record(event: str, value: Any, state: _State) -> Iterator[Message]:
    if event in {"end_map", "end_array", "map_key"}:
        return
    state.number += 1
    chat = state.chat.called(state.chats)
    if state.choice.chat is not None and state.choice.chat != chat:
        return
    record = value if event == "object" else {}
    if record.get("type") == "service":
        state.notes.system_lines += 1
        return
    message = _message(record, chat, state)
    if message is None:
        state.notes.leave_out(state.number, _shown(record), _why(record))
    else:
        yield message


def _why(record: dict[str, Any]) -> str:
    if record.get("type") == "unsupported":
        return "Telegram did not put this message into the export, so it was left out."
    return "This message has no date that can be read, or is no message; it was left out."


def _shown(record: dict[str, Any]) -> str:
    return _said(record.get("text")) or name(str(record.get("id", "")))


def _message(record: dict[str, Any], chat: str, state: _State) -> Message | None:
    moment = instant(record.get("date_unixtime"))
    at = written(record.get("date"))
    if at is None and moment is not None:
        at = local(moment, state.choice.zone)
    if at is None or record.get("type") != "message":
        return None
    text = _said(record.get("text")).strip("\n")
    aside_text = _not_own(record) or ("" if text.strip() else _media(record))
    return Message(at, _author(record, state), aside_text or text, state.number, note=bool(aside_text), chat=chat,
                   instant=moment)  # fmt: skip


def _said(text: object) -> str:
    """The text of a message: a string, or a list of strings and of objects with a `text` each."""
    if isinstance(text, list):
        return "".join(words(piece.get("text") if isinstance(piece, dict) else piece) for piece in text)
    return words(text)


def _not_own(record: dict[str, Any]) -> str:
    """What stands in place of words that the sender passed on and did not write; "" where they did."""
    if "forwarded_from" in record:
        return aside("forwarded", record["forwarded_from"])
    return aside("by a bot", record["via_bot"]) if record.get("via_bot") else ""


def _media(record: dict[str, Any]) -> str:
    kind = name(record.get("media_type")).replace("_", " ")
    if kind == "sticker":
        return aside("sticker", record.get("sticker_emoji"))
    if kind:
        return aside(kind, record.get("file_name"))
    for key, what in _MEDIA:
        if key in record:
            return aside(what, record.get("file_name"))
    return aside("no text")


def _author(record: dict[str, Any], state: _State) -> str:
    """Who sent it: one name for one account, and the owner found on the way."""
    wanted, identity = name(record.get("from")), name(str(record.get("from_id") or ""))
    author = state.people.of(identity or wanted, wanted or NOBODY)
    if state.owner:
        own = state.owner in {identity, f"user{identity}"}
    else:
        # In a chat of two the chat's number is the other's: whoever else writes there is the owner.
        own = (
            state.chat.type == "personal_chat"
            and state.chat.id != ""
            and identity.removeprefix("user") != state.chat.id
        )
    if own and identity and state.notes.owner is None:
        state.notes.owner = author
    return author
