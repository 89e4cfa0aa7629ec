"""One's own messages of a chat, for notes about oneself.

What the others wrote is read as the turn before and for how soon an answer came; no word, count, key
or name of theirs is kept.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, cast

from velveteen.journal.entries import current
from velveteen.messages.codes import coded_entries
from velveteen.problems import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from velveteen.journal.entries import Entry
    from velveteen.messages.chat import ChatExport, Message
    from velveteen.messages.read import Export

MINE = "me"
"""What `whose` says in the payload of entries that count the owner's own messages."""


def own_entries(export: ChatExport | Export, me: str, before: Sequence[Entry] = ()) -> list[Entry]:
    """As `codes.coded_entries`, of one's own messages alone: `whose` is "me", and nothing names or counts anybody else.

    Args:
        export: the chat; it is read through once more where it has not been yet.
        me: one's own name in it.
        before: all entries that the journal holds already.

    Raises:
        BadInput: as `coded_entries`; `other_person` where one had another name of this chat before.
    """
    if not export.participants:
        for _ in export.stream():
            pass
    _refuse_another_name(export.participants, me, before)
    part = _Part(export, me)
    imported, *days = coded_entries(cast("Export", part), me, None, before)
    told = {key: value for key, value in imported.payload.items() if key != "them"}
    return [replace(imported, payload={**told, "me": me, "whose": MINE}), *map(_mine, days)]


def is_mine(entry: Entry) -> bool:
    """Whether it tells of the owner's own messages."""
    return entry.payload.get("whose") == MINE


def names_of_mine(before: Sequence[Entry]) -> list[str]:
    """The names that one had in chats that were read in before, the latest first."""
    imports = [e for e in current(list(before)) if e.kind == "imported" and is_mine(e)]
    return [str(e.payload.get("me")) for e in sorted(imports, key=lambda e: (e.written, e.id), reverse=True)]


@dataclass(slots=True)
class _Part:
    """An export in which one alone takes part. All of it streams, because an answer hangs on what it answers."""

    whole: ChatExport | Export
    me: str
    participants: dict[str, int] = field(init=False)
    first: datetime | None = field(init=False)
    last: datetime | None = field(init=False)

    def __post_init__(self) -> None:
        names = self.whole.participants
        self.participants = {self.me: names[self.me]} if self.me in names else dict(names)
        self.first, self.last = self.whole.first, self.whole.last

    @property
    def sha256(self) -> str:
        return self.whole.sha256

    @property
    def format(self) -> str:
        return self.whole.format

    def stream(self) -> Iterator[Message]:
        first = last = None
        for message in self.whole.stream():
            if message.author == self.me:
                first = message.at if first is None else min(first, message.at)
                last = message.at if last is None else max(last, message.at)
            yield message
        self.first, self.last = first, last


def _mine(day: Entry) -> Entry:
    """The day without the lines that its codes rest on: nothing shows them here, so none is kept."""
    counts: dict[str, Any] = day.payload["counts"]
    told = {key: value for key, value in day.payload.items() if key not in ("lines", "others")}
    return replace(day, payload={**told, "counts": {MINE: counts["them"]}, "whose": MINE})


def _refuse_another_name(names: dict[str, int], me: str, before: Sequence[Entry]) -> None:
    """Whoever was one person of a chat cannot be another one later: it would count what somebody else wrote."""
    earlier = next((name for name in names_of_mine(before) if name in names), me)
    if earlier != me:
        message = (
            f"In this chat you were “{earlier}” before, not “{me}”. Notes about oneself count one’s own messages alone, "
            "so nothing was added and nothing is lost."
        )
        raise BadInput("other_person", message)
