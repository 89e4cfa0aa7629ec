"""The entry: one thing that happened, as it was written down.

Payloads are plain JSON objects. What each kind carries (all keys optional unless marked *):

day             contact* bool; day "calm"|"stress"|"refused"|"criticised" (the day between us; the last two are hard);
                treated 0-10 (how I was treated); wellbeing 0-10 (how I am);
                acts bool: whether what they did was asked and could be read that day (absent: yes). Where it was not, a day
                without acts is unknown, never harmless; free bool: false where the entry was not written freely
week            days_contact* int 0-7; hard_days int; treated 0-10; wellbeing 0-10; harm int: the same for a whole week
act             act* (a name of the act catalogue, or the user's own); toward "me"|"child"|"pet"|"other";
                audience "alone"|"family"|"public"|"therapy"; weight 1-3; harm bool (own acts only; else the catalogue says)
promise         what* str; can bool ("can I?"); due ISO date; outcome "kept"|"partly"|"broken"|"withdrawn"|"excused";
                resolved ISO date; landed str. The outcome comes as a correction of the promise.
limit           limit* str; event "stated"|"held"|"slipped"|"crossed"|"invitation"
confrontation   raised str; answer* one of ANSWERS
turning_point   kind* one of TURNING_POINTS; idea "mine"|"theirs"|"court"|"other" (therapy: whose idea); reason str
therapy_session attended* bool (each due session is one entry)
inward          told bool; acknowledged bool; equals 0-10; free_to_say_no 0-10: one inward occasion a week
danger          sign* (id of the closed list); answer* "no"|"yes"; seen str
unsure          sign*: a danger question left open ("I cannot say"); an earlier no of it no longer counts
imported        source* (sha256), format, messages int, participants {name: int}, them str, me str or null, first, last
coded_day       channels* {channel: [successes, trials]}, counts {"them"|"me": {name: int}}: the countable codes of one day
                of an imported chat; `at` is that day, 00:00; coder str: version of the rules that coded; keys str: which
                messages it counts (base64 of eight bytes each, see messages.keys), so that none is counted twice
note            raised str: words that belong to no other kind; what happened is in facts and feelings
term            what* str; by ISO date: what must be so, and by when, for me to go on
answer          questionnaire* (its id); items {item id: number, words or yes/no}; score (where no item is missing); event
practice        which* str; did bool; note str: the changer's practice, and what they thought about it
cost            what* str; kind one of COSTS: what the pattern has cost
cure_tried      what* str; cost str; outcome str: what was tried against it, what it cost, what came of it
guess           account str or words str (one of them*); chance 0-100: my own guess, before a verdict
support         who* str; what str: who or what helps me
vignette        story* str; rating 0-10*: a fixed story, told again each quarter: has my yardstick moved?
list_item       what* str; choice "name"|"let_pass": my list, what I say something about and what I let pass
plan            plan*, section* (ids of guide/plan.toml), text str: the owner's words to one part of a plan; empty: taken out
therapist_rating  what* str; rating 0-10*: a number that the changer's therapist gave, as the changer wrote it down
withdrawn       nothing of its own: it takes the place of an entry that was a mistake (`corrects`), dated as that one was, so
                that nothing of it counts and both can still be read; free false where a day that is marked so was taken back
closed          the notes were closed and put away; what is written afterwards opens them again
caseload_verdict  bundle* str (sha256), file, title, weeks int, words str, odds, version: a therapist's own journal only
setting         key*, value*: country, title, who is me and who is them
"""

from __future__ import annotations

import os
import time
import uuid
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import attrgetter
from typing import Any

KINDS_OF_DAY = ("calm", "stress", "refused", "criticised")
HARD_DAYS = frozenset({"refused", "criticised"})
ANSWERS = (
    "owned", "repaired", "words_only", "gesture", "denied", "blamed", "indifferent", "attacked", "withdrew",
    "played_victim", "controlled", "turned_round", "attacked_self",
)  # fmt: skip
OWNING_ANSWERS = frozenset({"owned", "repaired"})
TURNING_POINTS = (
    "loss_threatened", "left", "returned", "therapy_began", "therapy_ended", "medication",
)  # fmt: skip
PROMISE_OUTCOMES = ("kept", "partly", "broken", "withdrawn", "excused")
WITHDRAWN = "withdrawn"  # the kind of an entry that takes another back
COSTS = ("loneliness", "family", "separation", "broken_off", "chances", "trouble", "reputation")
CHOICES = ("name", "let_pass")
AUDIENCES = ("alone", "family", "public", "therapy", "messages")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a journal.

    Attributes:
        id: UUIDv7, so that ids sort by the moment of writing.
        kind: see the module's table; unknown kinds survive a round trip untouched.
        at: local naive moment at which it happened (a day entry: that day, 00:00).
        written: local naive moment at which it was written down.
        payload: JSON object, by kind.
        about: whom it is about, as the owner names them.
        facts: what happened, in words.
        feelings: how it was for the owner; kept apart so that a paper can leave it out.
        corrects: id of the entry that this one replaces, or None.
    """

    id: str
    kind: str
    at: datetime
    written: datetime
    payload: dict[str, Any] = field(default_factory=dict)
    about: str = ""
    facts: str = ""
    feelings: str = ""
    corrects: str | None = None


def uuid7() -> str:
    """A UUIDv7 (RFC 9562): 48 bits of Unix milliseconds, then random bits."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds << 80) | int.from_bytes(os.urandom(10), "big")
    value = (value & ~(0xF << 76)) | (0x7 << 76)
    value = (value & ~(0x3 << 62)) | (0x2 << 62)
    return str(uuid.UUID(int=value))


def sides_said(entries: Iterable[Entry]) -> list[str]:
    """Every word on whose side a journal is, in stored order; also one that another entry has taken the place of."""
    said = (e for e in entries if e.kind == "setting" and e.payload.get("key") == "side")
    return [str(e.payload.get("value")) for e in said]


def current(entries: list[Entry]) -> list[Entry]:
    """The entries that stand: each correction takes the place of what it corrects, in order of `at`, then id."""
    replaced = {e.corrects for e in entries if e.corrects is not None}
    by_id = sorted((e for e in entries if e.id not in replaced), key=attrgetter("id"))
    return sorted(
        by_id, key=_moment
    )  # what is of one moment stays by id; two plain keys sort faster than a pair


def with_added(standing: Sequence[Entry], added: Iterable[Entry]) -> list[Entry]:
    """`current` of a record and what was added to it, from what stood before.

    Args:
        standing: what `current` gave.
        added: entries of which no earlier one knows the id, as is so of every one that was just written.
    """
    new = list(added)
    gone = {e.corrects for e in new if e.corrects is not None}
    found = [e for e in standing if e.id not in gone] if gone else list(standing)
    for entry in new:
        if entry.id not in gone:
            insort(found, entry, key=lambda e: (e.at, e.id))
    return found


def dated(standing: Sequence[Entry], first: date, last: date) -> Sequence[Entry]:
    """The entries dated to the days from `first` to `last`, of some in order of the moment; found without a look at each."""
    begin = bisect_left(standing, first, key=_day)
    end = bisect_right(standing, last, key=_day)
    return standing[begin:end]


_moment = attrgetter("at")


def _day(entry: Entry) -> date:
    return entry.at.date()
