"""Words that a person writes freely: kept as they are, then read for what they could also be kept as."""

from __future__ import annotations

from datetime import date, datetime, time

from velveteen.app.desk import Desk
from velveteen.journal.entries import Entry, uuid7
from velveteen.messages.sentence import Proposal, Side, propose


def keep_words(desk: Desk, text: str, on: date | None = None) -> str:
    """Seal free words as a note of a day; return its id."""
    now = datetime.now()
    at = now if on is None or on == now.date() else datetime.combine(on, time())
    note = Entry(uuid7(), "note", at, now, {}, about=desk.settings.get("about", ""), facts=text)
    desk.add([note])
    return desk.latest[0].id


def proposals(desk: Desk, note: Entry) -> list[Proposal]:
    """What a note's words could also be kept as; nothing is, until its owner says so."""
    side: Side = "changer" if desk.side == "changer" else "partner"
    return propose(note.facts, on=note.at.date(), owner_side=side, them=desk.settings.get("about", ""))


def confirmed(desk: Desk, chosen: list[Proposal]) -> list[Entry]:
    """The entries that the owner confirmed, each on its day."""
    now = datetime.now()
    about = desk.settings.get("about", "")
    return [
        Entry(uuid7(), p.kind, datetime.combine(p.at, time()), now, dict(p.payload), about=about)
        for p in chosen
        if p.kind != "danger_question"
    ]
