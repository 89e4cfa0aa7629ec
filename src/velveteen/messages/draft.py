"""The draft check: one's own message before it goes, beside four questions, each with the words that prompted it.

It offers no other wording and no score: polish that the coder then counted would be the opposite of change. Nothing is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from velveteen.messages.coder.features import LONGEST
from velveteen.messages.coder.message import Prompt, explain
from velveteen.messages.coder.text import read
from velveteen.messages.four_questions import Question, questions

Place = tuple[int, int]
_LEADING = "question_leading"
_SENTENCE = re.compile(r"\S.*?(?:[.!?]+(?=\s)|$)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and the words of a draft that prompt it.

    Attributes:
        question: which.
        places: (start, end) in the draft, in order, apart from each other; empty where no words prompt it.
    """

    question: Question
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a draft whose every letter prompts the same questions.

    Attributes:
        text: its words; all stretches in order are the draft.
        prompts: numbers of the questions, from 1; empty where it is not marked.
        last: those of them whose marked words end here.
    """

    text: str
    prompts: tuple[int, ...]
    last: tuple[int, ...]


def check(draft: str, before: str = "") -> list[Asked]:
    """All four questions of a draft, each with the words that prompt it. Only its first 2,000 letters are read.

    Args:
        draft: one's own message in English, not sent yet.
        before: what it answers; "": nothing.
    """
    draft = draft[:LONGEST]
    try:
        found = list(_prompts(draft, before))
    finally:
        read.cache_clear()  # what was read is remembered there for speed
    return [
        Asked(question, _joined([(p.start, p.end) for p in found if p.code in question.codes]))
        for question in questions()
    ]


check_draft = check


def stretches(draft: str, asked: Sequence[Asked]) -> list[Stretch]:
    """The draft in stretches, cut wherever the words that prompt a question begin or end."""
    places = [(number, place) for number, one in enumerate(asked, 1) for place in one.places]
    cuts = sorted({0, len(draft), *(edge for _, place in places for edge in place)})
    return [
        Stretch(
            draft[start:end],
            tuple(n for n, (first, last) in places if first <= start < last),
            tuple(n for n, (first, last) in places if first <= start and last == end),
        )
        for start, end in pairwise(cuts)
    ]


def _prompts(draft: str, before: str) -> Iterator[Prompt]:
    """The prompts of the whole and of each sentence alone: in a long message kind words outweigh the others' sum.

    The coder tells a message's last question alone, so whether one leads is asked of the sentences.
    """
    sentences = list(_SENTENCE.finditer(draft))
    if len(sentences) != 1:
        yield from (p for p in explain(draft, before) if p.code != _LEADING)
    for sentence in sentences:
        at = sentence.start()
        yield from (Prompt(p.code, at + p.start, at + p.end) for p in explain(sentence[0], before))


def _joined(places: Sequence[Place]) -> tuple[Place, ...]:
    """Places in order; those that touch or overlap are one."""
    joined: list[Place] = []
    for start, end in sorted(places):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
