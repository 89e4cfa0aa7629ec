"""The record as a story: each entry that says something as a dated sentence, in the words of the ledgers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any

from velveteen.guide.danger import label
from velveteen.journal.catalogue import is_harm
from velveteen.journal.entries import Entry
from velveteen.report import ledgers
from velveteen.report.phrases import amount, count, plain

Tell = Callable[[Entry], str]
_SILENT = frozenset(
    {"setting", "coded_day", "unsure", "caseload_verdict"}
)  # they have pages of their own, or none
_FACTS_TOLD = frozenset(
    {"act", "turning_point", "confrontation", "limit"}
)  # their sentences hold the facts already
_DAYS = {
    "calm": "A calm day.", "stress": "A day of ordinary stress.", "refused": "I said no, or disagreed.",
    "criticised": "They were criticised, or lost face.",
}  # fmt: skip
_CHOICES = {"name": "to name", "let_pass": "to let pass"}
_ORDER = (
    "day",
    "week",
    "act",
    "confrontation",
    "limit",
    "promise",
)  # within a day; everything else after them


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as it is told.

    Attributes:
        entry: the entry.
        name: what kind of thing it is, in a word or two.
        text: one or two sentences; may be empty where the words say all.
        words: the owner's words on what happened, as far as they are not in `text`.
        feelings: the owner's words on how it was.
        taken_back: whether it was a mistake, and counts nowhere.
    """

    entry: Entry
    name: str
    text: str
    words: str
    feelings: str
    taken_back: bool = False


def taken_back(line: Line) -> Line:
    """The same line, said to be taken back."""
    return replace(line, name=f"{line.name}, taken back", taken_back=True)


def line_of(entry: Entry, today: date, side: str) -> Line:
    """An entry as its owner's side tells it."""
    names = _MINE if side == "changer" else _THEIRS
    name = names.get(entry.kind) or _NAMES.get(entry.kind) or plain(entry.kind).capitalize()
    words = "" if entry.kind in _FACTS_TOLD else entry.facts
    if entry.kind == "promise" and not entry.payload.get("what"):
        words = ""  # the sentence tells them
    return Line(entry, name, _text(entry, today), words.strip(), entry.feelings.strip())


def tells(entry: Entry) -> bool:
    """Whether an entry says something of its own; a bare mark on a day says nothing."""
    if entry.kind in _SILENT or (entry.kind == "danger" and entry.payload.get("answer") != "yes"):
        return False
    if entry.kind in ("day", "note"):
        return bool(entry.facts.strip() or entry.feelings.strip() or _text(entry, date.max))
    return True


def can_be_taken_back(entry: Entry) -> bool:
    """Whether one tap can take an entry back; a danger sign and a chat that was read in have ways of their own."""
    return tells(entry) and entry.kind not in ("danger", "imported")


def by_day(lines: Iterable[Line], first: Callable[[Entry], str]) -> list[tuple[date, list[Line]]]:
    """The newest day first; within it the day itself, then what happened. `first` names what an entry goes back to."""

    def place(line: Line) -> tuple[int, int, Any, str]:
        kind, at = line.entry.kind, line.entry.at
        rank = _ORDER.index(kind) if kind in _ORDER else len(_ORDER)
        return -at.toordinal(), rank, at.time(), first(line.entry)

    ordered = sorted(lines, key=place)
    return [(day, list(found)) for day, found in groupby(ordered, key=lambda line: line.entry.at.date())]


def root(entry: Entry, known: Mapping[str, Entry]) -> str:
    """The id of the entry that one goes back to, which no correction changes; `known` are all entries by id."""
    return versions(entry, known)[-1].id


def versions(entry: Entry, known: Mapping[str, Entry]) -> list[Entry]:
    """An entry and all that it goes back to, newest first; `known` are all entries by id."""
    found: list[Entry] = []
    at: Entry | None = entry
    while at is not None and at not in found:
        found.append(at)
        at = known.get(at.corrects or "")
    return found


def _text(entry: Entry, today: date) -> str:
    if entry.kind == "promise":
        return ledgers.promises([entry], today)[0].text
    return _TELL.get(entry.kind, _nothing)(entry)


def _ledger(lines: Callable[[Sequence[Entry]], list[ledgers.Line]]) -> Tell:
    return lambda entry: lines([entry])[0].text


def _nothing(_: Entry) -> str:
    return ""


def _of_ten(entry: Entry, key: str, words: str) -> str:
    value = _figure(entry.payload.get(key))
    return "" if value is None else f"{words} {amount(value)} of 10."


def _figure(value: object) -> float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _said(entry: Entry, key: str, words: str = "{}") -> str:
    """Words of a payload as a sentence; nothing where there are none."""
    text = str(entry.payload.get(key) or "").strip()
    ended = text if text.endswith((".", "!", "?", "…")) else f"{text}."
    return words.format(ended) if text else ""


def _day(entry: Entry) -> str:
    contact, kind = entry.payload.get("contact"), str(entry.payload.get("day"))
    opening = "No contact." if contact is False else _DAYS.get(kind, "")
    told = _joined(opening, _of_ten(entry, "treated", "Treated:"), _of_ten(entry, "wellbeing", "How I was:"))
    return told or ("A day with contact." if contact is True else "")


def _week(entry: Entry) -> str:
    told = []
    for key, one, many in (
        ("days_contact", "day with contact", "days with contact"),
        ("hard_days", "of them hard", "of them hard"),
        ("harm", "act that hurt", "acts that hurt"),
    ):
        number = entry.payload.get(key)
        if isinstance(number, int) and not isinstance(number, bool):
            told.append(count(number, one, many))
    opening = f"{', '.join(told).capitalize()}." if told else ""
    return _joined(opening, _of_ten(entry, "treated", "Treated:"), _of_ten(entry, "wellbeing", "How I was:"))


def _act(entry: Entry) -> str:
    if is_harm(entry.payload):
        return ledgers.acts([entry])[0].text
    return _joined(
        _capital(plain(str(entry.payload.get("act", "something kind")))) + ".", entry.facts.strip()
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _session(entry: Entry) -> str:
    took_place = entry.payload.get("attended") is True
    return "A session took place." if took_place else "A session was due, and did not take place."


def _inward(entry: Entry) -> str:
    told, taken = entry.payload.get("told"), entry.payload.get("acknowledged")
    answer = ("; it was taken in" if taken else "; it was not taken in") if isinstance(taken, bool) else ""
    opening = (
        (f"I told a feeling{answer}." if told else "I told no feeling.") if isinstance(told, bool) else ""
    )
    equals = _of_ten(entry, "equals", "I counted as much as they did:")
    return _joined(opening, equals, _of_ten(entry, "free_to_say_no", "Free to say no:"))


def _danger(entry: Entry) -> str:
    return _joined(
        f"Answered yes: {label(str(entry.payload.get('sign', '')))}.", _said(entry, "seen", "“{}”")
    )


def _imported(entry: Entry) -> str:
    number = entry.payload.get("messages")
    many = f" of {number:,} messages" if isinstance(number, int) else ""
    return f"A chat{many} was read in. It begins on this day."


def _answer(entry: Entry) -> str:
    score = _figure(entry.payload.get("score"))
    told = "" if score is None else f" Score {amount(score)}."
    return f"“{entry.payload.get('questionnaire', 'A questionnaire')}” was filled in.{told}"


def _practice(entry: Entry) -> str:
    if entry.payload.get("which") == "owning":
        keys = {
            "did_what": "What I did: {}", "protecting": "What I was protecting: {}", "to_them": "What it did to them: {}",
            "next": "What I do next: {}",
        }  # fmt: skip
        return _joined(*(_said(entry, key, words) for key, words in keys.items()))
    did = entry.payload.get("did")
    done = ("Done." if did else "Not done.") if isinstance(did, bool) else ""
    return _joined(_said(entry, "which"), done, _said(entry, "note"))


def _list_item(entry: Entry) -> str:
    choice = _CHOICES.get(str(entry.payload.get("choice")), "")
    what = str(entry.payload.get("what") or "").rstrip(".")
    return f"“{what}”{', ' if choice else ''}{choice}."


def _cure(entry: Entry) -> str:
    return _joined(
        _said(entry, "what"),
        _said(entry, "cost", "It cost: {}"),
        _said(entry, "outcome", "What came of it: {}"),
    )


_TELL: dict[str, Tell] = {
    "day": _day, "week": _week, "act": _act, "limit": _ledger(ledgers.limits), "term": _ledger(ledgers.terms),
    "confrontation": _ledger(ledgers.confrontations), "turning_point": _ledger(ledgers.turning_points),
    "therapy_session": _session, "inward": _inward, "danger": _danger, "imported": _imported, "answer": _answer,
    "practice": _practice, "cure_tried": _cure, "list_item": _list_item,
    "therapist_rating": lambda e: _of_ten(e, "rating", f"“{str(e.payload.get('what') or '').rstrip('.')}”:"),
    "cost": lambda e: _said(e, "what"), "support": lambda e: _joined(_said(e, "who"), _said(e, "what")),
    "guess": lambda e: _said(e, "words"), "vignette": lambda e: _of_ten(e, "rating", "Treated, in the story:"),
}  # fmt: skip
_NAMES = {
    "day": "The day", "week": "A whole week", "limit": "My limit", "confrontation": "Brought up",
    "turning_point": "Turning point", "therapy_session": "Therapy", "inward": "Was I heard?", "note": "My words",
    "term": "My terms", "danger": "Safety question", "imported": "Read in", "answer": "Questionnaire",
    "practice": "Practice", "cost": "What it has cost", "cure_tried": "Tried", "list_item": "My list",
    "therapist_rating": "What my therapist rated", "withdrawn": "An entry", "support": "What holds me",
    "guess": "My own guess", "vignette": "The fixed story",
}  # fmt: skip
_THEIRS = {"promise": "Promise", "act": "What they did"}
_MINE = {"promise": "What I said I would do", "act": "What I did"}
