"""Who is who in a chat: as it was said when the same names were imported before, or as the export tells; never guessed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from velveteen.journal.entries import Entry, current


@dataclass(frozen=True, slots=True)
class People:
    """Names in a chat: the person whom the notes are about, and one's own; None where it must be asked, or nobody is."""

    them: str | None = None
    me: str | None = None


NOBODY = People()


def people_in(names: Iterable[str], before: Sequence[Entry], owner: str | None = None) -> People:
    """Who is who among these names, as far as it is known.

    Args:
        names: who writes in the chat.
        before: all entries that the journal holds already.
        owner: the author whom the export names as the phone's owner.
    """
    there = set(names)
    imports = [e for e in current(list(before)) if e.kind == "imported"]
    for earlier in sorted(imports, key=lambda e: (e.written, e.id), reverse=True):
        found = _said_in(earlier, there)
        if found is not None:
            return found
    if owner not in there:
        return NOBODY
    others = there - {owner}
    return People(others.pop() if len(others) == 1 else None, owner)


def _said_in(earlier: Entry, there: set[str]) -> People | None:
    """What an earlier import says, where both are here; where nobody was oneself, only if all write who wrote then."""
    them, me, then = (earlier.payload.get(key) for key in ("them", "me", "participants"))
    names = set(then) if isinstance(then, dict) else set()
    if me is None and len(names) == 2:
        me = next((name for name in names if name != them), None)
    if them not in there or (me not in there if me is not None else names != there):
        return None
    return People(str(them), None if me is None else str(me))
