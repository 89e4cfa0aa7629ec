"""The four questions to ask of one's own message before it goes: one wording for the guide, the pages and the terminal."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

NOT_TONIGHT = "Not tonight. It can wait until morning, and it need not be sent at all."
LIMITS = "It reads English only. Words can pass unmarked and still hurt; it does not know the person who will read them."


@dataclass(frozen=True, slots=True)
class Question:
    """One of the four questions.

    Attributes:
        id: its name in data.
        name: of two or three words, to stand beside what is marked.
        asks: the question itself.
        codes: codes whose words prompt it.
    """

    id: str
    name: str
    asks: str
    codes: frozenset[str]


@cache
def questions() -> tuple[Question, ...]:
    """The four questions, in their order."""
    text = resources.files("velveteen.messages").joinpath("four_questions.toml").read_text("utf-8")
    found = tomllib.loads(text)["question"]
    return tuple(Question(q["id"], q["name"], q["asks"], frozenset(q["codes"])) for q in found)
