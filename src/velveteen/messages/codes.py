"""Countable codes of a chat, day by day: who wrote, how much, who began, how soon the answer came, thanks and greetings.

Only the other person's messages are coded. Of one's own, three bare counts are kept, because shares need them:
messages, words, conversations begun. Nothing here says what a message means.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from velveteen.journal.entries import Entry, uuid7
from velveteen.messages import words
from velveteen.messages.formats.notices import is_note
from velveteen.problems import BadInput

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable

    from velveteen.messages.chat import ChatExport, Message

CONVERSATION_GAP = timedelta(hours=6)
"""A message after this much silence, of everybody in the chat, begins a new conversation; it is no late reply."""
LATE_NIGHT = (time(0, 0), time(5, 0))
"""From the first moment (with it) to the second (without it), by the phone's own clock."""
COURTESY = "courtesy"


@dataclass(slots=True)
class DayCodes:
    """Counts of one calendar day.

    Attributes:
        them: messages; words; starts (conversations begun); replies and reply_seconds (first answers to another
            person within a conversation, and the sum of the waits: each below CONVERSATION_GAP); late_night; questions;
            thanks; greetings; name_used.
        me: messages, words, starts; nothing else.
        courteous: messages of theirs with words of their own that thank, greet or call by name.
        written: messages of theirs with words of their own: no media, no deleted ones.
    """

    them: Counter[str] = field(default_factory=Counter)
    me: Counter[str] = field(default_factory=Counter)
    courteous: int = 0
    written: int = 0


def code_days(messages: Iterable[Message], them: str, me: str | None = None) -> dict[date, DayCodes]:
    """Counts by day, in order of the days; a day without a message of the two is missing, not zero.

    Args:
        messages: of one chat, in any order.
        them: author whose messages are coded.
        me: author of one's own messages; None takes the other one where the chat has two people, else nobody.

    Raises:
        BadInput: `them` or `me` wrote nothing in this chat, or both are the same.
    """
    ordered = sorted(messages, key=lambda message: message.at)
    me = _me(Counter(m.author for m in ordered), them, me)
    name = words.name_pattern(me) if me is not None else None
    days: defaultdict[date, DayCodes] = defaultdict(DayCodes)
    before: Message | None = None
    for message in ordered:
        if message.author == them:
            day = days[message.at.date()]
            _count(day.them, message, before)
            _code_reply(day.them, message, before)
            _code_words(day, message, name)
        elif message.author == me:
            _count(days[message.at.date()].me, message, before)
        before = message
    return dict(days)


def _me(participants: Counter[str], them: str, me: str | None) -> str | None:
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


def _count(counts: Counter[str], message: Message, before: Message | None) -> None:
    counts["messages"] += 1
    if not is_note(message.text):
        counts["words"] += len(words.words_in(message.text))
    if before is None or message.at - before.at >= CONVERSATION_GAP:
        counts["starts"] += 1


def _code_reply(counts: Counter[str], message: Message, before: Message | None) -> None:
    if before is None or before.author == message.author:
        return
    wait = message.at - before.at
    if wait < CONVERSATION_GAP:
        counts["replies"] += 1
        counts["reply_seconds"] += int(wait.total_seconds())


def _code_words(day: DayCodes, message: Message, name: re.Pattern[str] | None) -> None:
    text, counts = message.text, day.them
    if LATE_NIGHT[0] <= message.at.time() < LATE_NIGHT[1]:
        counts["late_night"] += 1
    if not text or is_note(text):
        return
    day.written += 1
    named = name is not None and name.search(text) is not None
    found = {"thanks": words.thanks(text), "greetings": words.greets(text), "name_used": named}
    counts.update(code for code, there in found.items() if there)
    day.courteous += any(found.values())
    counts["questions"] += words.asks(text)


def coded_entries(export: ChatExport, them: str, me: str | None = None) -> list[Entry]:
    """Journal entries of an import: one `imported`, then one `coded_day` for each day with a message.

    Where the other writes a language without word lists, the `courtesy` channel and the word codes are left out, and the
    `imported` entry says so ("language": "other"): no word found would look like no thanks given.

    Raises:
        BadInput: as `code_days`; or the export holds no message.
    """
    if export.first is None or export.last is None:
        raise BadInput("no_messages", "This chat holds no message that somebody wrote, so there is nothing to count. "
                       "Nothing is lost: export the chat again and give the new file.")  # fmt: skip
    written = datetime.now().replace(microsecond=0)
    days = code_days(export.messages, them, me)
    language = words.language_of(
        [m.text for m in export.messages if m.author == them and not is_note(m.text)]
    )
    payload = {
        "source": export.sha256, "format": export.format, "messages": len(export.messages),
        "participants": dict(export.participants),
        "them": them, "first": export.first.isoformat(), "last": export.last.isoformat(),
        "language": "other" if language is None else language or "unknown",
    }  # fmt: skip
    imported = Entry(uuid7(), "imported", export.first, written, payload, about=them)
    payloads = {
        datetime.combine(day, time()): _payload(codes, export.sha256, language) for day, codes in days.items()
    }
    return [
        imported,
        *(Entry(uuid7(), "coded_day", at, written, coded, about=them) for at, coded in payloads.items()),
    ]


_NEED_WORD_LISTS = frozenset({"thanks", "greetings", "name_used"})


def _payload(codes: DayCodes, source: str, language: str | None) -> dict[str, object]:
    channels: dict[str, list[int]] = {}
    if language is not None and codes.written:
        channels[COURTESY] = [codes.courteous, codes.written]
    them = {name: n for name, n in codes.them.items() if language is not None or name not in _NEED_WORD_LISTS}
    return {"channels": channels, "counts": {"them": them, "me": dict(codes.me)}, "source": source}
