"""What one file holds, and what keeps it from being taken: nothing that can be read, another person, the other side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from velveteen.intake.detect import Format
from velveteen.journal.entries import Entry, current, sides_said
from velveteen.problems import BadInput, Problem

_OF_ONESELF = frozenset({"practice", "cost"})
_OF_SOMEONE = frozenset(
    {
        "act", "coded_day", "confrontation", "danger", "guess", "imported", "inward", "limit", "list_item", "term",
        "vignette", "week",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """What one file holds; `what` names it for people."""

    format: Format
    what: str
    entries: list[Entry]
    problems: list[Problem]


def checked(found: Found, before: Sequence[Entry], name: str = "the file") -> Found:
    """The same, where it may be added.

    Args:
        found: what was read.
        before: all entries that the journal holds already.
        name: how a sentence names the file.

    Raises:
        BadInput: `nothing_read`; `other_person`, a chat that was imported before with another name for the other person;
            `other_side`, entries of a journal that is about oneself in one that is not, or the other way round.
    """
    if found.problems and not found.entries:
        first = found.problems[0]
        where = f" ({first.where})" if first.where else ""
        message = f"Nothing of {name} could be taken, so nothing was added. The first reason{where}: {first.message}"
        raise BadInput("nothing_read", message)
    _same_person(found, before)
    _same_side(found.entries, before, name)
    return found


def _same_person(found: Found, before: Sequence[Entry]) -> None:
    for chat in (e.payload for e in found.entries if found.format == "chat" and e.kind == "imported"):
        for earlier in (e.payload for e in current(list(before)) if e.kind == "imported"):
            if _same_chat(chat, earlier) and earlier.get("them") not in (None, chat["them"]):
                message = (
                    f"This chat was imported before with “{earlier['them']}” as the other person, not “{chat['them']}”. "
                    f"Nothing was added. Please give “{earlier['them']}” again; if that name was the mistake, begin a new "
                    "journal for it."
                )
                raise BadInput("other_person", message)


def _same_chat(chat: Mapping[str, Any], earlier: Mapping[str, Any]) -> bool:
    """The same file, or a later export of a chat of the same two."""
    if chat["source"] == earlier.get("source"):
        return True
    people, others = set(chat["participants"]), earlier.get("participants")
    return len(people) == 2 and isinstance(others, dict) and people == set(others)


def _same_side(entries: Iterable[Entry], before: Iterable[Entry], name: str) -> None:
    ours, theirs = _about_oneself(before), _about_oneself(entries)
    if None not in (ours, theirs) and ours != theirs:
        message = (
            f"What is in {name} belongs to notes of the other side: one is about oneself, the other about someone else. "
            "The two are kept apart for good, so nothing was added and nothing was changed."
        )
        raise BadInput("other_side", message)


def _about_oneself(entries: Iterable[Entry]) -> bool | None:
    """Whether they are of a journal about oneself: as it says, else as what stands in it tells; None where nothing does.

    What somebody practises and what it has cost them is written about oneself alone. Where that is missing and no word
    says otherwise, what was done, how one was treated, or a chat is about someone else.
    """
    entries = list(entries)
    said = sides_said(entries)
    if said:
        return "changer" in said
    if any(e.kind in _OF_ONESELF for e in entries):
        return True
    return False if any(map(_of_someone, entries)) else None


def _of_someone(entry: Entry) -> bool:
    return (
        entry.kind in _OF_SOMEONE
        or (entry.kind == "day" and "treated" in entry.payload)
        or (entry.kind == "plan" and entry.payload.get("plan") == "safety")
    )
