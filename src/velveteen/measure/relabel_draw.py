"""Which messages the owner is asked about, and what the answers come to: forty at most, of both sorts and both parts."""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from velveteen.journal.entries import Entry, uuid7
from velveteen.measure.channels import Channel, registry
from velveteen.measure.coded_weeks import HURT, HURTING, Line, coded_days, drawn, hurting, quoted
from velveteen.measure.days import free_entries
from velveteen.measure.relabel import Answers, Relabelled, relabelled

EACH = 10
"""Messages of each sort that are asked in each part."""
LEAST = 0.2
"""Share of the messages that a turning point must leave on either side, to be where the record is parted."""
_AGAIN = "again"


@dataclass(frozen=True, slots=True)
class Item:
    """One message that can be asked about.

    Attributes:
        line: the message.
        counted: whether it was counted as one that hurts.
        after: whether it belongs to the later part.
        rank: the lower, the sooner it is asked; drawn with a chance in proportion to the messages that it stands for.
    """

    line: Line
    counted: bool
    after: bool
    rank: float


@dataclass(frozen=True, slots=True)
class Relabelling:
    """What can be asked, what was answered, and what that comes to.

    Attributes:
        waiting: messages to be asked, in the order of asking.
        answered: how many were.
        parted: the first day of the later part.
        turn: kind of the turning point of that day; empty: it is the middle of the messages.
        before, after: the answers to both parts.
    """

    waiting: tuple[Item, ...]
    answered: int
    parted: date
    turn: str
    before: Answers
    after: Answers

    @property
    def found(self) -> Relabelled | None:
        """The coder's figures in this household; None where nothing can be made of the answers."""
        return relabelled(registry()[HURT].coder, self.before, self.after)


def relabelling(entries: Sequence[Entry]) -> Relabelling | None:
    """How far relabelling is; None where no chat was counted for what hurts.

    Args:
        entries: all entries of the journal, corrections included.
    """
    days = [e for e in coded_days(entries) if hurting(e) is not None]
    if not any(sum(hurting(e) or ()) for e in days):
        return None
    free = free_entries(entries)
    parted, turn = _parted(days, free)
    answers = given(free)
    done = {str(e.payload.get("message")) for e in answers}
    before, after = (
        _answers([d for d in days if (d.at.date() >= parted) is later],
                 [a for a in answers if (a.at.date() >= parted) is later])
        for later in (False, True)
    )  # fmt: skip
    return Relabelling(_waiting(_items(days, parted), done), len(answers), parted, turn, before, after)


def given(standing: Iterable[Entry]) -> list[Entry]:
    """The answers among entries that stand, without those that were taken back."""
    return [e for e in standing if e.kind == "relabel" and e.payload.get("hurts") != _AGAIN]


def taken_back(answer: Entry, now: datetime) -> Entry:
    """What takes an answer back: its message is asked again."""
    payload = {**answer.payload, "hurts": _AGAIN}
    return replace(answer, id=uuid7(), written=now, payload=payload, corrects=answer.id)


def answered(item: Item, hurts: str, now: datetime, about: str) -> Entry:
    """The entry of an answer, "yes", "no" or "unsure"; it holds no word of the message."""
    payload = {"message": item.line.ref, "counted": item.counted, "hurts": hurts}
    return Entry(uuid7(), "relabel", item.line.at, now, payload, about=about)


def household_channels(entries: Sequence[Entry]) -> dict[str, Channel]:
    """The channels whose figures the owner's answers change, as `judge` takes them; empty where they change none."""
    if not any(e.kind == "relabel" for e in entries):
        return {}
    found = relabelling(entries)
    told = found.found if found else None
    return {} if told is None else {HURT: replace(registry()[HURT], coder=told.coder)}


def _parted(days: Sequence[Entry], free: Iterable[Entry]) -> tuple[date, str]:
    """The first day of the later part: of the turning points, the one that leaves most on both sides; else the middle."""
    looked_at = Counter[date]()
    for entry in days:
        looked_at[entry.at.date()] += (hurting(entry) or (0, 0))[1]
    whole = sum(looked_at.values())
    turns = [(e.at.date(), str(e.payload.get("kind"))) for e in free if e.kind == "turning_point"]
    shares = {turn: _share(looked_at, turn[0], whole) for turn in turns}
    even = max(turns, key=lambda turn: min(shares[turn], 1 - shares[turn]), default=None)
    if even is not None and LEAST <= shares[even] <= 1 - LEAST:
        return even
    return next((d for d in sorted(looked_at) if _share(looked_at, d, whole) >= 0.5), max(looked_at)), ""


def _share(looked_at: Counter[date], day: date, whole: int) -> float:
    """Of the messages, those before a day."""
    return sum(n for d, n in looked_at.items() if d < day) / whole


def _answers(days: Iterable[Entry], answers: Sequence[Entry]) -> Answers:
    counts = [hurting(day) or (0, 0) for day in days]
    told = Counter((e.payload.get("counted") is True, e.payload.get("hurts")) for e in answers)
    return Answers(
        sum(flagged for flagged, _ in counts), sum(of for _, of in counts),
        right=told[True, "yes"], asked=told[True, "yes"] + told[True, "no"],
        missed=told[False, "yes"], asked_others=told[False, "yes"] + told[False, "no"],
    )  # fmt: skip


def _items(days: Sequence[Entry], parted: date) -> list[Item]:
    weights = _weights(days)
    found = []
    for day in days:
        after = day.at.date() >= parted
        hurts = [line for line in quoted(day) if set(line.codes) & set(HURTING)]
        found += [Item(line, True, after, _rank(line, 1.0)) for line in hurts]
        found += [Item(line, False, after, _rank(line, weights[_source(day)])) for line in drawn(day)]
    return [item for item in found if item.line.text.strip()]


def _weights(days: Iterable[Entry]) -> dict[str, float]:
    """Messages that each drawn one of an import stands for: exports of other lengths were drawn from at other rates."""
    plain, kept = Counter[str](), Counter[str]()
    for day in days:
        flagged, of = hurting(day) or (0, 0)
        plain[_source(day)] += of - flagged
        kept[_source(day)] += len(drawn(day))
    return {source: max(1.0, plain[source] / number) for source, number in kept.items() if number}


def _source(day: Entry) -> str:
    return str(day.payload.get("source"))


def _rank(line: Line, weight: float) -> float:
    """Efraimidis and Spirakis 2006, Information Processing Letters 97; the same each time, so that nobody is asked twice."""
    return -math.log(_unit(line.ref)) / weight


def _unit(text: str) -> float:
    """A number above 0 and below 1 that looks like chance."""
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return (int.from_bytes(digest, "big") + 0.5) / 2**64


def _waiting(items: Sequence[Item], done: set[str]) -> tuple[Item, ...]:
    """What is left of `EACH` of each sort and part, mixed, so that no place in the row tells which sort comes."""
    chosen: list[Item] = []
    for counted in (True, False):
        for after in (True, False):
            sort = sorted(
                (i for i in items if (i.counted, i.after) == (counted, after)), key=lambda i: i.rank
            )
            asked = sum(i.line.ref in done for i in sort)
            chosen += [i for i in sort if i.line.ref not in done][: max(0, EACH - asked)]
    return tuple(sorted(chosen, key=lambda i: _unit(f"next {i.line.ref}")))
