"""Answers to one questionnaire on one day, and the entries that they become."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from velveteen.journal.entries import Entry, uuid7
from velveteen.journal.payloads import misfit
from velveteen.problems import Problem


@dataclass(frozen=True, slots=True)
class Answered:
    """One questionnaire, answered once.

    Attributes:
        questionnaire: its name, as the file has it.
        at: local naive moment; midnight where only the day is known.
        items: item -> answer: a number, words, or yes and no.
        where: its place in the file.
    """

    questionnaire: str
    at: datetime
    items: dict[str, Any]
    where: str


def entries_of(found: Iterable[Answered], about: str) -> tuple[list[Entry], list[Problem]]:
    """An `answer` entry for each, in the order of the file, and a problem for each that cannot be kept.

    No score is worked out: each questionnaire has its own rule.
    """
    now = datetime.now().replace(microsecond=0)
    kept: list[Entry] = []
    problems: list[Problem] = []
    for told in found:
        payload = {"questionnaire": told.questionnaire, "items": told.items}
        entry = Entry(uuid7(), "answer", told.at, now, payload, about=about)
        if (why := misfit(entry)) is None:
            kept.append(entry)
        else:
            problems.append(Problem("payload_misfit", why, told.where))
    return kept, problems
