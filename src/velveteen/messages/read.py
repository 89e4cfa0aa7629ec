"""From a file to messages: the one door of this room."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING

from velveteen.messages.chat import ChatExport, Message
from velveteen.messages.formats import whatsapp
from velveteen.messages.formats.contract import Choice, Format, Notes, Part
from velveteen.messages.source import Origin, Watch, digest_of, kind_of, parts_of, refuse_too_large
from velveteen.problems import BadInput, Problem, SeveralChats

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

# A line a format, the strictest first: WhatsApp, which is told by the beginnings of its lines alone, is asked last.
FORMATS: tuple[Format, ...] = (
    whatsapp,
)  # fmt: skip
_LAST = FORMATS[-1]


@dataclass(slots=True)
class _Relay:
    """Passes on what is told while a part is read, to whoever listens at the time."""

    to: Watch | None

    def __call__(self, name: str, done: int, size: int) -> None:
        if self.to is not None:
            self.to(name, done, size)


class Export:
    """One export, opened; its messages stream as often as they are asked for.

    Attributes:
        format: name of the format.
        sha256: hexadecimal digest of the file's bytes (of the zip itself, for a zip).
        choice: what the reader was asked and said.
        notes: what is to be said about all that is no message.
        participants: number of messages by author, in order of first message.
        count: number of messages.
        first: earliest moment of a message, or None without messages.
        last: latest moment of a message, or None without messages.

    The last five are filled by `stream` and whole once it has ended.
    """

    def __init__(
        self,
        reader: Format,
        parts: Sequence[Part],
        sha256: str,
        choice: Choice,
        relay: _Relay,
        beside: Sequence[Part] = (),
    ) -> None:
        """`beside` are parts that look like chats of other formats; they are not read, and said."""
        self._reader, self._parts, self._relay, self._beside = reader, parts, relay, beside
        self.format, self.sha256, self.choice = reader.NAME, sha256, choice
        self._begin()

    def _begin(self) -> None:
        words = "“{}” looks like a chat of another kind and was not read; give it by itself."
        self.notes = Notes([Problem("other_text", words.format(part.name)) for part in self._beside])
        self.participants: dict[str, int] = {}
        self.count = 0
        self.first: datetime | None = None
        self.last: datetime | None = None

    @property
    def watch(self) -> Watch | None:
        """Who is told while a part is read, each time from its start: its name, bytes read, bytes in all."""
        return self._relay.to

    @watch.setter
    def watch(self, watch: Watch | None) -> None:
        self._relay.to = watch

    @property
    def problems(self) -> list[Problem]:
        """Everything that a reader should know, one for each piece that could not be read among them."""
        return self.notes.problems

    def stream(self) -> Iterator[Message]:
        """Messages in the order of the export, one by one.

        Raises:
            BadInput: the file is no chat, is damaged, or cannot be read without guessing; `unknown_chat`.
            AmbiguousDates: day and month could be either way round, and nobody said which.
            SeveralChats: it holds several conversations and none was chosen; raised at the end, their names counted.
        """
        self._begin()
        counts: Counter[str] = Counter()
        first = last = chat = None
        messages = self._reader.stream(self._parts, self.notes, self.choice)
        for message in messages:
            if first is None or last is None:
                first = last = message.at
                chat = message.chat
            elif message.chat != chat:
                raise SeveralChats(self._chats())
            if message.at < first:
                first = message.at
            elif message.at > last:
                last = message.at
            counts[message.author] += 1
            yield message
        if first is None and self.choice.chat is not None:
            self._refuse_unknown(self.choice.chat)
        self.participants, self.count, self.first, self.last = dict(counts), counts.total(), first, last

    def survey(self) -> Export:
        """The same, read through once: who writes, how much, from when to when.

        Raises:
            As `stream`.
        """
        for _ in self.stream():
            pass
        return self

    def _chats(self) -> dict[str, int]:
        choice = Choice(self.choice.day_first, None, self.choice.zone)
        return dict(Counter(m.chat for m in self._reader.stream(self._parts, Notes(), choice)).most_common())

    def _refuse_unknown(self, chosen: str) -> None:
        names = [name for name in self._chats() if name != chosen]
        if names:
            known = ", ".join(f"“{name}”" for name in names)
            raise BadInput("unknown_chat", f"There is no conversation “{chosen}” in this file; these are there: {known}. "
                           "Nothing is lost: choose one of these names.")  # fmt: skip


def open_export(origin: Origin, choice: Choice | None = None, watch: Watch | None = None) -> Export:
    """A chat export of any format, told by its content; nothing of it is read yet but the beginning.

    Args:
        origin: a file, a zip, a folder, or the bytes of one.
        choice: what the reader was asked and said.
        watch: as `Export.watch`.

    Raises:
        BadInput: the file is missing, unreadable, damaged, too large, or holds no chat.
    """
    found: dict[str, list[Part]] = {}
    relay = _Relay(watch)
    for part in parts_of(origin, relay):
        reader = next((f for f in FORMATS if f.fits(part)), None)
        if reader is None and kind_of(origin) == "file":
            reader = _LAST  # it says why this is none
        if reader is not None:
            found.setdefault(reader.NAME, []).append(part)
    if not found:
        raise _without_chat(kind_of(origin))
    name = max(found, key=lambda name: sum(part.size for part in found[name]))
    refuse_too_large(origin, found[name])
    reader = next(f for f in FORMATS if name == f.NAME)
    beside = [part for other, parts in found.items() if other != name for part in parts]
    return Export(reader, found[name], digest_of(origin, found[name]), choice or Choice(), relay, beside)


def known_format(start: bytes) -> str | None:
    """The chat format of a file that begins so, where it is one that nothing else can be taken for; None else.

    WhatsApp's lines are no such format: a diary's may begin alike.
    """
    part = Part("", len(start), start, partial(BytesIO, start))
    return next((f.NAME for f in FORMATS if f is not _LAST and f.fits(part)), None)


def _without_chat(kind: str) -> BadInput:
    return BadInput(f"{kind}_without_chat", f"No chat was found in this {kind}. Nothing was changed and nothing is lost. "
                    "Export the chat again in the app that it is from, and give that file.")  # fmt: skip


def read_export(origin: Origin, day_first: bool | None = None, chat: str | None = None) -> ChatExport:
    """Everything in a chat export, in memory.

    Args:
        origin: as `open_export`.
        day_first: True or False where the reader knows whether the day comes first; None lets the file decide.
        chat: the one conversation to read, in an export that holds several.

    Raises:
        BadInput: as `open_export` and `Export.stream`, or `day_first` cannot be right for it.
        AmbiguousDates: day and month could be either way round and `day_first` is None.
        SeveralChats: it holds several conversations and `chat` is None.
    """
    export = open_export(origin, Choice(day_first, chat))
    messages = list(export.stream())
    return ChatExport(
        messages=messages, problems=export.problems, system_lines=export.notes.system_lines,
        participants=export.participants, first=export.first, last=export.last, unparsed=export.notes.unparsed,
        sha256=export.sha256, format=export.format,
    )  # fmt: skip


def read_chat(
    origin: Origin, day_first: bool | None = None, chat: str | None = None
) -> tuple[list[Message], list[Problem]]:
    """Messages of a chat export in the order of the file, without the app's own lines, and the problems met.

    Raises:
        As `read_export`.
    """
    export = read_export(origin, day_first, chat)
    return export.messages, export.problems
