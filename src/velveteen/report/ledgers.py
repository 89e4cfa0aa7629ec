"""Ledgers: dated sentences, oldest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from velveteen.guide.danger import label
from velveteen.journal.entries import Entry
from velveteen.report.harm_now import harmful, unasked_days, written_days
from velveteen.report.phrases import count, day, joined, plain

TURNS = {
    "loss_threatened": "threat to leave, or a public loss", "left": "left", "returned": "came back",
    "therapy_began": "therapy began", "therapy_ended": "therapy ended", "medication": "medication",
}  # fmt: skip
ANSWERED = {
    "owned": "owned it", "repaired": "repaired it", "words_only": "words only", "gesture": "a gesture",
    "denied": "denied it", "blamed": "put the blame elsewhere", "indifferent": "was indifferent", "attacked": "attacked",
    "withdrew": "withdrew", "played_victim": "took the part of the one who was harmed", "controlled": "took control",
    "turned_round": "turned it round", "attacked_self": "turned on themselves",
}  # fmt: skip
OUTCOMES = {
    "kept": "Kept", "partly": "Partly kept", "broken": "Not kept", "withdrawn": "Withdrawn", "excused": "Excused",
}  # fmt: skip
LIMITS = {
    "stated": "said", "held": "held", "slipped": "let slip", "crossed": "crossed", "invitation": "an invitation instead",
}  # fmt: skip
TOWARD = {"child": "toward a child", "pet": "toward an animal", "other": "toward someone else"}


@dataclass(frozen=True, slots=True)
class Line:
    """One dated sentence of a ledger."""

    when: date
    text: str


@dataclass(frozen=True, slots=True)
class Month:
    """What was written in one calendar month.

    Attributes:
        first: its first day.
        days: written days.
        harmed: days with a harmful act.
        acts: harmful acts.
        heaviest: those of the heaviest kind, None where no weight was written.
        unasked: written days on which what they did is not written.
    """

    first: date
    days: int
    harmed: int
    acts: int
    heaviest: int | None
    unasked: int = 0


def iso(value: object) -> date | None:
    """An ISO date of a payload, or None."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _sentence(text: str) -> str:
    text = text.strip()
    return text if not text or text[-1] in ".!?…”" else f"{text}."


def promises(entries: Sequence[Entry], today: date) -> list[Line]:
    """Every promise with its due date and what came of it."""
    return [Line(e.at.date(), _promise(e, today)) for e in entries if e.kind == "promise"]


def _promise(entry: Entry, today: date) -> str:
    what = str(entry.payload.get("what") or entry.facts or "something not written down")
    due, outcome = iso(entry.payload.get("due")), entry.payload.get("outcome")
    parts = [f"“{what.rstrip('.')}”.", f"Due {day(due)}." if due else "No date was given."]
    resolved = iso(entry.payload.get("resolved"))
    if outcome in OUTCOMES:
        parts.append(OUTCOMES[outcome] + (f", written {day(resolved)}." if resolved else "."))
    else:
        parts.append("Not due yet." if due and due > today else "What came of it is not written.")
    return " ".join(parts)


def promise_summary(entries: Sequence[Entry]) -> str:
    """One sentence over all promises; what is not written is counted as not written."""
    made = [e for e in entries if e.kind == "promise"]
    if not made:
        return "No promise is written yet. A promise with its date will stand here, with what came of it."
    came = Counter(str(e.payload.get("outcome")) for e in made)
    parts = [f"{came[key]} {OUTCOMES[key].lower()}" for key in OUTCOMES if came[key]]
    unwritten = len(made) - sum(came[key] for key in OUTCOMES)
    if unwritten:
        parts.append(f"{unwritten} not due yet, or without a word about what came of it")
    return f"{count(len(made), 'promise is', 'promises are')} written: {joined(parts)}."


def turning_points(entries: Sequence[Entry]) -> list[Line]:
    """Turning points, with what was written about them."""
    return [
        Line(e.at.date(), " ".join([_sentence(turn(e).capitalize()), _sentence(e.facts)]).strip())
        for e in entries
        if e.kind == "turning_point"
    ]


def turn(entry: Entry) -> str:
    """A turning point in a few words: what, whose idea, why."""
    kind = str(entry.payload.get("kind", ""))
    idea = {
        "mine": "my own idea",
        "theirs": "their idea",
        "court": "a court’s order",
        "other": "someone else’s idea",
    }
    detail = [idea.get(str(entry.payload.get("idea")), ""), str(entry.payload.get("reason") or "")]
    return ", ".join([TURNS.get(kind, plain(kind)), *(d for d in detail if d)])


def confrontations(entries: Sequence[Entry]) -> list[Line]:
    """What was raised, and how it was answered."""
    found = [e for e in entries if e.kind == "confrontation"]
    return [Line(e.at.date(), _confrontation(e)) for e in found]


def _confrontation(entry: Entry) -> str:
    raised = str(entry.payload.get("raised") or "").rstrip(".")
    answer = str(entry.payload.get("answer", ""))
    told = _sentence(f"The answer: {ANSWERED.get(answer, plain(answer))}")
    opening = f"Raised: “{raised}”." if raised else "Something was raised."
    return " ".join(p for p in (opening, told, _sentence(entry.facts)) if p)


def limits(entries: Sequence[Entry]) -> list[Line]:
    """Limits: said, held, let slip, crossed."""
    found = [e for e in entries if e.kind == "limit"]
    return [Line(e.at.date(), _limit(e)) for e in found]


def _limit(entry: Entry) -> str:
    event = str(entry.payload.get("event", "stated"))
    limit = str(entry.payload.get("limit") or "a limit").rstrip(".")
    return " ".join(
        p for p in (f"“{limit}”: {LIMITS.get(event, plain(event))}.", _sentence(entry.facts)) if p
    )


def terms(entries: Sequence[Entry]) -> list[Line]:
    """My terms: what must be so, and by when."""
    return [Line(e.at.date(), _term(e)) for e in entries if e.kind == "term"]


def _term(entry: Entry) -> str:
    payload = entry.payload
    what = str(payload.get("what") or payload.get("term") or entry.facts or "a term without words").rstrip(
        "."
    )
    by = iso(payload.get("by") or payload.get("due"))
    return f"“{what}”" + (f", by {day(by)}." if by else ".")


def acts(entries: Sequence[Entry]) -> list[Line]:
    """Every harmful act with its day; facts, no feelings."""
    return [Line(e.at.date(), _act(e)) for e in harmful(entries)]


def _act(entry: Entry) -> str:
    what = plain(str(entry.payload.get("act", "something harmful"))).capitalize()
    toward = TOWARD.get(str(entry.payload.get("toward")), "")
    heavy = "of the heaviest kind" if entry.payload.get("weight") == 3 else ""
    told = ", ".join(p for p in (what, toward, heavy) if p)
    return " ".join(p for p in (_sentence(told), _sentence(entry.facts)) if p)


def danger_signs(entries: Sequence[Entry], standing: Sequence[str]) -> list[tuple[str, str]]:
    """(sign, what was answered and when) of every standing sign that is named, in that order."""
    told = []
    for sign in standing:
        yes = [
            e
            for e in entries
            if e.kind == "danger" and e.payload.get("sign") == sign and e.payload.get("answer") == "yes"
        ]
        when = f"Answered yes on {joined([day(e.at.date()) for e in yes])}." if yes else "Answered yes."
        seen = [f"“{str(e.payload['seen']).rstrip('.')}”." for e in yes if e.payload.get("seen")]
        told.append((label(sign), " ".join([when, *seen])))
    return told


def months(entries: Sequence[Entry]) -> list[Month]:
    """Every calendar month from the first written day to the last; a month without a word has `days` 0."""
    days = written_days(entries)
    if not days:
        return []
    hurt, unasked = harmful(entries), unasked_days(entries)
    return [_month(first, days, hurt, unasked) for first in _firsts(min(days), max(days))]


def _firsts(first: date, last: date) -> list[date]:
    start, end = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    return [date(n // 12, n % 12 + 1, 1) for n in range(start, end + 1)]


def _month(first: date, days: set[date], hurt: list[Entry], unasked: set[date]) -> Month:
    inside = [e for e in hurt if (e.at.year, e.at.month) == (first.year, first.month)]
    written, unread = (
        sum((d.year, d.month) == (first.year, first.month) for d in found) for found in (days, unasked)
    )
    weights = [e.payload["weight"] for e in inside if e.payload.get("weight") is not None]
    heavy = weights.count(3) if weights else None
    return Month(first, written, len({e.at.date() for e in inside}), len(inside), heavy, unread)
