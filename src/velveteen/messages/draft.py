"""The draft check: one's own message before it goes, beside four questions, each with the words that prompted it.

It offers no other wording: polish that the coder then counted would be the opposite of change. Nothing is stored.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from velveteen.messages.coder.message import explain

NOT_TONIGHT = "Not tonight. It can wait until morning, and it need not be sent at all."


@dataclass(frozen=True, slots=True)
class Question:
    """One of the four questions.

    Attributes:
        id: its name in data.
        asks: the question itself.
        codes: codes whose words prompt it.
    """

    id: str
    asks: str
    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and the words of a draft that prompt it.

    Attributes:
        question: which.
        places: (start, end) in the draft, in order, apart from each other; empty where no words prompt it.
    """

    question: Question
    places: tuple[tuple[int, int], ...]


@cache
def questions() -> tuple[Question, ...]:
    """The four questions, in their order."""
    text = resources.files("velveteen.messages").joinpath("draft.toml").read_text("utf-8")
    return tuple(Question(q["id"], q["asks"], frozenset(q["codes"])) for q in tomllib.loads(text)["question"])


def check(draft: str, before: str = "") -> list[Asked]:
    """All four questions of a draft, each with the words that prompt it.

    Args:
        draft: one's own message, not sent yet.
        before: what it answers; "": nothing.
    """
    found = explain(draft, before)
    return [
        Asked(question, _joined([(p.start, p.end) for p in found if p.code in question.codes]))
        for question in questions()
    ]


def _joined(places: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Places in order; those that touch or overlap are one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
