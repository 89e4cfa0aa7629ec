"""What every format's module offers, and what it is given: parts to read, a place for what is no message, and answers.

A module of this room has `NAME`, `fits(part)` and `stream(parts, notes, choice)`; `messages.read` finds the one that fits
and reads through it. A module never opens an attachment, writes nothing to the disk, and holds no more than it needs for
the message at hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol

from velveteen.problems import Problem

if TYPE_CHECKING:
    from velveteen.messages.chat import Message

SNIFF = 64 * 1024
"""Bytes at the start of a part by which formats know it."""


@dataclass(frozen=True, slots=True)
class Part:
    """One file that may hold messages: by itself, in a zip, in a folder, or in memory.

    Attributes:
        name: for sentences, and for telling `message_1.json` from `message_2.json`; a part is never opened by its name.
        size: bytes.
        head: its first `SNIFF` bytes.
        open: opens it anew, at its start; as often as a format needs. Whoever opens it closes it.
        path: the file itself, where it is one of its own; None in a zip or in memory.
    """

    name: str
    size: int
    head: bytes
    open: Callable[[], BinaryIO]
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """What the reader was asked and said; None where nothing was.

    Attributes:
        day_first: whether the day comes first in written dates.
        chat: the one conversation to read, in an export that holds several.
        zone: where moments in UTC were lived; None: where this machine is set.
    """

    day_first: bool | None = None
    chat: str | None = None
    zone: tzinfo | None = None


@dataclass(slots=True)
class Notes:
    """What is to be said about the rest, filled while messages stream; whole once the stream has ended.

    Attributes:
        problems: everything that a reader should know, one for each piece that could not be read among them.
        unparsed: (1-based line or number, text) of every piece that belongs to no message.
        system_lines: how many pieces the app itself wrote (somebody joined, a changed number).
        owner: the author whom the export itself names as the phone's owner; None where it does not.
    """

    problems: list[Problem] = field(default_factory=list)
    unparsed: list[tuple[int, str]] = field(default_factory=list)
    system_lines: int = 0
    owner: str | None = None

    def leave_out(
        self, number: int, text: str, why: str, *, code: str = "unparsed", unit: str = "message"
    ) -> None:
        """Lists a piece that is no message: its number, its text (the first 200 letters) and the reason, a sentence."""
        self.unparsed.append((number, text[:200]))
        self.problems.append(Problem(code, why, where=f"{unit} {number}", text=text[:200]))


class Format(Protocol):
    """A format's module.

    Attributes:
        NAME: the format's name in the journal ("telegram").
    """

    NAME: str

    def fits(self, part: Part) -> bool:
        """Whether the part is of this format, by its content alone; never raises."""

    def stream(self, parts: Sequence[Part], notes: Notes, choice: Choice) -> Iterator[Message]:
        """Messages in the order of the export, one by one; several parts are one export in pieces.

        Where `choice.chat` names a conversation, only its messages come; else all, each with its `chat`.

        Raises:
            BadInput: the parts are broken at their root, or dates cannot be read without guessing.
            AmbiguousDates: day and month could be either way round.
        """
