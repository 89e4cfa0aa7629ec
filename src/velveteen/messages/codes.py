"""Countable codes of a chat, day by day: who wrote, how much, who began, how soon the answer came, thanks and greetings.

Only the other person's messages are coded. Of one's own, three bare counts are kept, because shares need them:
messages, words, conversations begun. Nothing here says what a message means.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from velveteen.journal.entries import Entry, uuid7
from velveteen.messages.keys import as_text, known_keys
from velveteen.messages.rule_codes import NEED_WORD_LISTS, rules_for
from velveteen.messages.tally import DayCodes, Tally
from velveteen.problems import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from velveteen.messages.chat import ChatExport, Message
    from velveteen.messages.read import Export

COURTESY = "courtesy"


def code_days(messages: Iterable[Message], them: str, me: str | None = None) -> dict[date, DayCodes]:
    """Counts by day, in order of the days; a day without a message of the two is missing, not zero.

    Args:
        messages: of one chat, in any order.
        them: author whose messages are coded.
        me: author of one's own messages; None takes the other one where the chat has two people, else nobody.

    Raises:
        BadInput: `them` or `me` wrote nothing in this chat, or both are the same.
    """
    listed = list(messages)
    me = _me(Counter(m.author for m in listed), them, me)
    tally = Tally(them, me, rules_for(me))
    tally.add(listed)
    return tally.days()


def _me(participants: Mapping[str, int], them: str, me: str | None) -> str | None:
    for who in (them,) if me is None else (them, me):
        if who not in participants:
            people = ", ".join(f"“{name}”" for name in participants) or "nobody"
            raise BadInput("unknown_person", f"Nobody called “{who}” writes in this chat; these do: {people}. Nothing was "
                           "coded and nothing is lost: choose one of these names.")  # fmt: skip
    if me == them:
        raise BadInput("same_person", f"“{them}” was given as both people. Nothing was coded and nothing is lost: give "
                       "the other person's name, and your own.")  # fmt: skip
    others = [name for name in participants if name != them]
    return me if me is not None else others[0] if len(others) == 1 else None


def coded_entries(
    export: ChatExport | Export, them: str, me: str | None = None, before: Sequence[Entry] = ()
) -> list[Entry]:
    """Journal entries of an import: one `imported`, then one `coded_day` for each day with a message not yet counted.

    Where the other writes a language without word lists, the `courtesy` channel and the word codes are left out, and the
    `imported` entry says so ("language": "other"): no word found would look like no thanks given.

    Args:
        export: the chat; it is read through once more where it has not been yet.
        them: author whose messages are coded.
        me: as `code_days`.
        before: all entries that the journal holds already; messages that they counted are not counted again.

    Raises:
        BadInput: as `code_days`; or the export holds no message; as its stream.
    """
    if not export.participants:
        for _ in export.stream():
            pass
    if export.first is None or export.last is None:
        raise BadInput("no_messages", "This chat holds no message that somebody wrote, so there is nothing to count. "
                       "Nothing is lost: export the chat again and give the new file.")  # fmt: skip
    me = _me(export.participants, them, me)
    coder = rules_for(me)
    tally = Tally(them, me, coder)
    tally.add(export.stream())
    language = tally.language.language()
    written = datetime.now().replace(microsecond=0)
    payload = {
        "source": export.sha256, "format": export.format, "messages": sum(export.participants.values()),
        "participants": dict(export.participants), "them": them, "me": me,
        "first": export.first.isoformat(), "last": export.last.isoformat(),
        "language": "other" if language is None else language or "unknown",
    }  # fmt: skip
    imported = Entry(uuid7(), "imported", export.first, written, payload, about=them)
    days = tally.days(known_keys(before, them, coder.version))
    payloads = {day: _payload(codes, export.sha256, language, coder.version) for day, codes in days.items()}
    return [
        imported,
        *(
            Entry(uuid7(), "coded_day", datetime.combine(day, time()), written, coded, about=them)
            for day, coded in payloads.items()
        ),
    ]


def _payload(codes: DayCodes, source: str, language: str | None, version: str) -> dict[str, object]:
    channels: dict[str, list[int]] = {}
    if language is not None and codes.written:
        channels[COURTESY] = [codes.courteous, codes.written]
    them = {name: n for name, n in codes.them.items() if language is not None or name not in NEED_WORD_LISTS}
    counts = {"them": them, "me": dict(codes.me)}
    return {
        "channels": channels,
        "counts": counts,
        "source": source,
        "coder": version,
        "keys": as_text(codes.keys),
    }
