"""Whether what an entry carries fits its kind: for entries that come from a file, which anybody can have written.

Unknown kinds and keys that a kind does not know always fit; a newer version may have written them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from velveteen.journal.entries import (
    ANSWERS,
    CHOICES,
    COSTS,
    KINDS_OF_DAY,
    PROMISE_OUTCOMES,
    TURNING_POINTS,
    Entry,
)

Check = tuple[Callable[[Any], bool], str]  # what fits, and how it is said

_YEARS = range(1900, 2201)


def _number(low: float, high: float, *, whole: bool = False) -> Check:
    def fits(value: Any) -> bool:
        number = isinstance(value, int if whole else (int, float)) and not isinstance(value, bool)
        return number and low <= value <= high

    return fits, f"{'a whole number' if whole else 'a number'} from {low:g} to {high:g}"


def _one_of(*words: str) -> Check:
    return lambda value: isinstance(value, str) and value in words, f"one of: {', '.join(words)}"


def _is_day(value: Any) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).year in _YEARS
    except ValueError:
        return False


def _is_channels(value: Any) -> bool:
    return isinstance(value, dict) and all(_is_trials(pair) for pair in value.values())


def _is_trials(pair: Any) -> bool:
    count = _number(0, 1e9)[0]
    return isinstance(pair, list) and len(pair) == 2 and all(map(count, pair)) and pair[0] <= pair[1]


def _is_counts(value: Any) -> bool:
    count = _number(0, 1e12)[0]
    people = value.values() if isinstance(value, dict) else [None]
    return all(isinstance(names, dict) and all(map(count, names.values())) for names in people)


def _is_items(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(given, str | int | float) for given in value.values())


_YES: Check = (lambda value: isinstance(value, bool), "true or false")
_TEXT: Check = (lambda value: isinstance(value, str) and bool(value.strip()), "words")
_WORDS: Check = (lambda value: isinstance(value, str), "words, or nothing")
_DAY: Check = (_is_day, "a date between 1900 and 2200, like 2026-03-05")
_RATING = _number(0, 10)

# Kinds of which one of several keys must be there.
_EITHER = {"guess": ("account", "words")}
# kind -> key -> what fits; a star marks what must be there.
_KINDS: dict[str, dict[str, Check]] = {
    "day": {
        "contact": _YES, "day": _one_of(*KINDS_OF_DAY), "treated": _RATING, "wellbeing": _RATING, "acts": _YES,
        "free": _YES,
    },
    "week": {
        "*days_contact": _number(0, 7, whole=True), "hard_days": _number(0, 7, whole=True), "treated": _RATING,
        "wellbeing": _RATING, "harm": _number(0, 1000, whole=True),
    },
    "act": {"*act": _TEXT, "weight": _number(1, 3, whole=True), "harm": _YES},
    "promise": {
        "*what": _TEXT, "can": _YES, "due": _DAY, "outcome": _one_of(*PROMISE_OUTCOMES), "resolved": _DAY,
    },
    "confrontation": {"*answer": _one_of(*ANSWERS)},
    "inward": {"told": _YES, "acknowledged": _YES, "equals": _RATING, "free_to_say_no": _RATING},
    "turning_point": {"*kind": _one_of(*TURNING_POINTS)},
    "therapy_session": {"*attended": _YES},
    "limit": {"*limit": _TEXT, "event": _one_of("stated", "held", "slipped", "crossed", "invitation")},
    "danger": {"*sign": _TEXT, "*answer": _one_of("no", "yes")},
    "coded_day": {
        "*channels": (_is_channels, "pairs of successes and trials"), "counts": (_is_counts, "counts by person"),
        "coder": _WORDS, "keys": _WORDS,
    },
    "imported": {"*source": _TEXT, "me": _WORDS},
    "setting": {"*key": _TEXT},
    "withdrawn": {"free": _YES},
    "therapist_rating": {"*what": _TEXT, "*rating": _RATING},
    "unsure": {"*sign": _TEXT},
    "term": {"*what": _TEXT, "by": _DAY},
    "answer": {
        "*questionnaire": _TEXT, "items": (_is_items, "one answer an item"), "score": _number(-1e9, 1e9),
    },
    "practice": {"*which": _TEXT, "did": _YES, "note": _WORDS},
    "cost": {"*what": _TEXT, "kind": _one_of(*COSTS)},
    "cure_tried": {"*what": _TEXT, "cost": _WORDS, "outcome": _WORDS},
    "guess": {"account": _TEXT, "words": _TEXT, "chance": _number(0, 100)},
    "support": {"*who": _TEXT, "what": _WORDS},
    "vignette": {"*story": _TEXT, "*rating": _RATING},
    "list_item": {"*what": _TEXT, "choice": _one_of(*CHOICES)},
    "caseload_verdict": {"*bundle": _TEXT},
    "plan": {"*plan": _TEXT, "*section": _TEXT, "text": _WORDS},
}  # fmt: skip


def misfit(entry: Entry) -> str | None:
    """What does not fit, as a plain sentence; None where everything does, or the kind is not known here."""
    if entry.at.year not in _YEARS or entry.written.year not in _YEARS:
        return "Its date lies before 1900 or after 2200, so it was not added."
    for name, (fits, said) in _KINDS.get(entry.kind, {}).items():
        key = name.removeprefix("*")
        if name == key and entry.payload.get(key) is None:
            continue
        if not fits(entry.payload.get(key)):
            return f"In an entry of kind “{entry.kind}”, “{key}” should be {said}, so it was not added."
    either = _EITHER.get(entry.kind, ())
    if either and all(entry.payload.get(key) is None for key in either):
        return f"An entry of kind “{entry.kind}” needs “{'” or “'.join(either)}”, so it was not added."
    return None
