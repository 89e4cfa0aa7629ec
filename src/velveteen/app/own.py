"""What stands about oneself, as dated sentences: terms, a list, supports, costs, practice, sessions, and how one was."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from velveteen.journal.entries import PROMISE_OUTCOMES, Entry
from velveteen.measure.days import free_entries, readable
from velveteen.measure.weeks import monday, week_of
from velveteen.report.ledgers import terms
from velveteen.report.phrases import amount, count, joined, plain

KEPT = {
    "kept": "kept", "partly": "partly kept", "broken": "not kept", "withdrawn": "taken back", "excused": "explained away",
}  # fmt: skip
CHOICES = {"name": "name it", "let_pass": "let it pass"}
OWNING = "owning"  # the practice that is written on a night when one did it
PARTS = (
    ("did_what", "What I did"), ("protecting", "What I was protecting"), ("to_them", "What it did to them"),
    ("next", "What I do next"),
)  # fmt: skip
WEEKS = 26  # as many as a small picture holds


@dataclass(frozen=True, slots=True)
class Item:
    """One dated sentence, and where it can be put right.

    Attributes:
        entry: id of the entry.
        when: its day.
        lines: (heading or empty, words).
        sheet: id of the sheet on which it can be put right.
    """

    entry: str
    when: date
    lines: tuple[tuple[str, str], ...]
    sheet: str


@dataclass(frozen=True, slots=True)
class Dot:
    """One week of the small picture: its Monday, the middle of its ratings, and where it is drawn."""

    week: date
    value: float
    x: float
    y: float


def items(entries: Iterable[Entry], sheet: str) -> list[Item]:
    """What stands of the kind that a sheet of `Me` makes, newest first."""
    tell = _TOLD[sheet]
    found = [(e, tell(e)) for e in entries if e.kind == _KIND[sheet]]
    return [Item(e.id, e.at.date(), lines, sheet) for e, lines in reversed(found) if lines]


def _one(*words: object) -> tuple[tuple[str, str], ...]:
    told = ": ".join(str(w).strip().rstrip(".") for w in words if w)
    return (("", f"{told}."),) if told else ()


def _term(entry: Entry) -> tuple[tuple[str, str], ...]:
    return (("", terms([entry])[0].text),)


def _list_item(entry: Entry) -> tuple[tuple[str, str], ...]:
    return _one(entry.payload.get("what"), CHOICES.get(str(entry.payload.get("choice"))))


def _support(entry: Entry) -> tuple[tuple[str, str], ...]:
    return _one(entry.payload.get("who"), entry.payload.get("what"))


def _cost(entry: Entry) -> tuple[tuple[str, str], ...]:
    which = plain(str(entry.payload.get("which") or entry.payload.get("kind") or ""))
    return _one(which.capitalize(), entry.payload.get("what"))


def _practice(entry: Entry) -> tuple[tuple[str, str], ...]:
    if entry.payload.get("which") == OWNING:
        return ()
    did = "done" if entry.payload.get("did") is True else "not done"
    return (*_one(entry.payload.get("which"), did), *_one(entry.payload.get("note")))


def _reflection(entry: Entry) -> tuple[tuple[str, str], ...]:
    if entry.payload.get("which") != OWNING:
        return ()
    return tuple((head, str(entry.payload[key])) for key, head in PARTS if entry.payload.get(key))


def _session(entry: Entry) -> tuple[tuple[str, str], ...]:
    return _one(
        "A session was due",
        "it took place" if entry.payload.get("attended") is True else "it did not take place",
    )


_TOLD = {
    "8": _term, "9": _list_item, "10": _support, "14": _cost, "15": _practice, "16": _reflection, "5": _session,
}  # fmt: skip
_KIND = {
    "8": "term", "9": "list_item", "10": "support", "14": "cost", "15": "practice", "16": "practice",
    "5": "therapy_session",
}  # fmt: skip

_COUNTED = frozenset({*_KIND.values(), "day", "promise"})


def counted(entries: Iterable[Entry]) -> list[Entry]:
    """Those of the kinds that anything here is told or counted from."""
    return [e for e in entries if e.kind in _COUNTED]


def kept_share(entries: Iterable[Entry]) -> str:
    """One sentence over one's own promises, counted by what came of them."""
    came = [
        str(e.payload["outcome"])
        for e in entries
        if e.kind == "promise" and e.payload.get("outcome") in PROMISE_OUTCOMES
    ]
    if not came:
        return "No promise has a word about what came of it yet."
    parts = [f"{came.count(key)} {words}" for key, words in KEPT.items() if key in came]
    return f"Of {count(len(came), 'promise')} with an outcome: {joined(parts)}."


def session_share(entries: Iterable[Entry]) -> str:
    """One sentence over the sessions that were due."""
    due = [e.payload.get("attended") is True for e in entries if e.kind == "therapy_session"]
    if not due:
        return "No session is written yet."
    return f"Of {count(len(due), 'session')} that {'was' if len(due) == 1 else 'were'} due, {sum(due) or 'none'} took place."


def ratings(entries: Sequence[Entry]) -> dict[date, float]:
    """Day -> how its owner was, 0 to 10, by their own word; of the days that count among all entries of a journal."""
    kept, _ = readable(free_entries([e for e in entries if e.kind == "day" or e.corrects is not None]))
    told = [(e.at.date(), e.payload.get("wellbeing")) for e in kept if e.kind == "day"]
    return {
        on: float(v)
        for on, v in told
        if isinstance(v, int | float) and not isinstance(v, bool) and 0 <= v <= 10
    }


def months(found: dict[date, float]) -> list[tuple[date, int, str, str, str]]:
    """(first day of a month, days rated, lowest, middle, highest), newest first; months without a rating are not there."""
    by: dict[date, list[float]] = {}
    for day, value in found.items():
        by.setdefault(day.replace(day=1), []).append(value)
    return [
        (first, len(v), amount(min(v)), amount(median(v)), amount(max(v)))
        for first, v in sorted(by.items(), reverse=True)
    ]


def dots(found: dict[date, float], today: date) -> list[Dot]:
    """The middle rating of each of the last 26 weeks that has one, placed in a box of 400 by 120."""
    last = week_of(today)
    by: dict[int, list[float]] = {}
    for day, value in found.items():
        by.setdefault(week_of(day), []).append(value)
    return [
        Dot(monday(week), median(v), 390 - (last - week) * 350 / (WEEKS - 1), 110 - 10 * median(v))
        for week, v in sorted(by.items())
        if 0 <= last - week < WEEKS
    ]  # fmt: skip
