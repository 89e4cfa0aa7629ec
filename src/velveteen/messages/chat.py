"""What a chat export holds once it is read: messages as values, and the export around them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velveteen.problems import Problem


class Message(NamedTuple):
    """One message that somebody wrote.

    Attributes:
        at: local naive moment, as the exporting phone showed it; whole minutes where the export has no seconds.
        author: name as the phone's address book has it, without invisible marks.
        text: the body, its lines joined by a newline; an app's note about media or a deleted message is kept as written.
        line: 1-based line of the header in the chat text; in a format without lines, the message's number.
        note: whether the text is only such a note, nobody's words: an attachment, a call, a deleted message.
        chat: the conversation's name in an export that holds several; "" where it holds one.
        instant: seconds since 1970 in UTC, where the export knows them; they tell the two hours of an autumn night apart.
    """

    at: datetime
    author: str
    text: str
    line: int
    note: bool = False
    chat: str = ""
    instant: int | None = None


@dataclass(frozen=True, slots=True)
class ChatExport:
    """One export, read whole.

    Attributes:
        messages: in the order of the file; lines that the app itself wrote are left out.
        problems: everything that a reader should know, one for each unparsed line among them.
        system_lines: how many lines the app itself wrote (somebody joined, the notice about encryption).
        participants: number of messages by author, in order of first message.
        first: earliest moment of a message, or None without messages.
        last: latest moment of a message, or None without messages.
        unparsed: (1-based line, text) of every line that belongs to no message.
        sha256: hexadecimal digest of the file's bytes (of the zip itself, for a zip).
        format: name of the format.
        ambiguous: always False here; where the dates are ambiguous, reading raises AmbiguousDates.
    """

    messages: list[Message]
    problems: list[Problem]
    system_lines: int
    participants: dict[str, int]
    first: datetime | None
    last: datetime | None
    unparsed: list[tuple[int, str]]
    sha256: str
    format: str = "whatsapp"
    ambiguous: bool = False

    def stream(self) -> Iterator[Message]:
        """The messages, one by one."""
        return iter(self.messages)
