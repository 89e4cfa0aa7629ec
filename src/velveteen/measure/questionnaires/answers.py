"""Answers from files become entries of kind `answer`; the same answers make the same entry, so none is added twice."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from velveteen.journal.entries import Entry, uuid7
from velveteen.measure.questionnaires.definition import Questionnaire, plain, shipped
from velveteen.measure.questionnaires.score import score
from velveteen.problems import Problem

SHOWN = 40
"""Letters of what could not be read that a problem repeats; it may be private."""
_LARGEST = 1e9


@dataclass(slots=True)
class Sheet:
    """One filled-in questionnaire while it is read; what goes wrong is put with the problems.

    Attributes:
        of: the questionnaire.
        where: its place in the file, for people.
        items: item id -> answer.
        problems: what could not be taken.
    """

    of: Questionnaire
    where: str
    items: dict[str, float] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def take(self, item: str, value: float | None, given: object) -> None:
        """Take an answer, or say why not: it is unreadable, none of the options, or the second one of its item."""
        where, options = f"{self.where}, item {item}", {option.value for option in self.of.options}
        if value is None or value not in options:
            low, high = self.of.scale
            message = (
                f"This is no answer from {low:g} to {high:g}, so this item was left out; the others are kept."
            )
            self.problems.append(Problem("unreadable_answer", message, where, str(given)[:SHOWN]))
        elif self.items.setdefault(item, _tidy(value)) != value:
            message = "This item is answered twice, and differently; the first answer was kept."
            self.problems.append(Problem("answered_twice", message, where, str(given)[:SHOWN]))

    def entry(self, at: datetime, now: datetime, extra: dict[str, Any]) -> Entry | None:
        """The entry, its score among it where nothing is missing; None, and a problem, where nothing was answered."""
        if not self.items:
            self.problems.append(
                Problem(
                    "no_answers",
                    f"No item of {self.of.title} could be read, so nothing was added.",
                    self.where,
                )
            )
            return None
        scored = score(self.of, self.items)
        if scored.missing:
            message = f"Without item {', '.join(scored.missing)} {self.of.title} has no score; the answers were added."
            self.problems.append(Problem("items_missing", message, self.where))
        items = {item.id: self.items[item.id] for item in self.of.items if item.id in self.items}
        payload: dict[str, Any] = {"questionnaire": self.of.id, "items": items, **extra}
        if scored.score is not None:
            payload["score"] = scored.score
        return Entry(uuid7(), "answer", at, now, payload)


def number(text: object, of: Questionnaire) -> float | None:
    """An answer as it is written: its number, its label or its code; None where it is none of them."""
    if isinstance(text, bool) or text is None:
        return None
    if isinstance(text, int | float):
        return text if abs(text) < _LARGEST else None
    written = str(text).strip()
    named = next(
        (o for o in of.options if plain(written) and plain(written) in {plain(o.label), plain(o.code)}), None
    )
    if named is not None:
        return named.value
    return float(written) if re.fullmatch(r"[+-]?\d{1,9}(?:\.\d{1,9})?", written, re.ASCII) else None


def moment(text: object) -> datetime | None:
    """A date or moment in ISO 8601, by the clock of whoever wrote it; None where it is none, or lies beyond 1900 to 2200."""
    try:
        found = datetime.fromisoformat(str(text).strip()).replace(tzinfo=None, microsecond=0)
    except ValueError:
        return None
    return found if 1900 <= found.year <= 2200 else None


def needs_help(entries: Iterable[Entry]) -> bool:
    """Whether an answer among entries asks for the crisis page to be opened; what is no number is passed over."""
    return any(_crisis(e.payload) for e in entries if e.kind == "answer")


def _crisis(payload: dict[str, Any]) -> bool:
    of, items = shipped().get(str(payload.get("questionnaire"))), payload.get("items")
    if of is None or not isinstance(items, dict):
        return False
    return score(of, {k: v for k, v in items.items() if isinstance(v, int | float)}).crisis


def _tidy(value: float) -> float:
    return int(value) if value == int(value) else value
