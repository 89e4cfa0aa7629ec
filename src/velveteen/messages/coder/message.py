"""The codes of one message, and the words that each rests on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from velveteen.messages.coder.features import LONGEST
from velveteen.messages.coder.linear import Bank, Floats, bank
from velveteen.messages.coder.patterns import Span
from velveteen.messages.coder.questions import question_kind
from velveteen.messages.coder.seen import answered, prompted, ruled
from velveteen.messages.coder.taken_back import is_taken_back
from velveteen.messages.coder.text import read

APOLOGIES = ("apology_bare", "apology_owned", "apology_excuse", "apology_repair")
WORDED = (
    "blame", "denial", "contempt", "threat", "acknowledges", "interest", "absolutes", "both_sides", "grandiose",
    "order", "request", "offer", "promise",
)  # fmt: skip
QUESTIONS = ("question_open", "question_yes_no", "question_leading")
CODES = (*QUESTIONS, *APOLOGIES, *WORDED)
"""Every code that words decide; thanks, greetings and names are counted beside them (`messages.words`)."""

_PATTERN_OF = {
    "apology_excuse": "excuse",
    "apology_repair": "repair",
    "apology_owned": "owned",
    "apology_bare": "sorry",
}
_WORD = re.compile(r"[^\W_]{3,}(?:'[^\W_]+)*")
_TELLING = 0.15  # logits: a word that adds less prompts nothing


@dataclass(frozen=True, slots=True)
class Prompt:
    """A code, and a place in the message (start, end) whose words prompt it."""

    code: str
    start: int
    end: int


def code(text: str, before: str = "") -> frozenset[str]:
    """The codes of a message in English.

    Args:
        text: what was written; of more than 2,000 letters only the first are read.
        before: the other's turn before it; "": none.
    """
    return _coded(text, *answered(text, before)) if text.strip() else frozenset()


@lru_cache(maxsize=4096)  # “ok” is written often
def _coded(text: str, *answers: str) -> frozenset[str]:
    shared = bank()
    found = shared.scores_of(read(text[:LONGEST]).low, [*ruled(text), *answers])
    return frozenset(_decided(shared, found, text))


def _decided(shared: Bank, scores: Floats, text: str) -> list[str]:
    above = dict(zip(shared.names, scores.tolist(), strict=True))
    found = [name for name in WORDED if above[name] > 0.0 and not is_taken_back(name, text)]
    if above["apology"] > 0.0 and not is_taken_back("apology", text):
        found.append(max(APOLOGIES, key=above.__getitem__))
    kind = question_kind(text)
    return [*found, f"question_{kind}"] if kind else found


def scores(text: str, before: str = "") -> dict[str, float]:
    """Every model's logit above its threshold, by name: those of the codes, "apology" for any of the four, and "intent".

    `intent` is fitted on mail (a request, a proposal or a dated commitment) and decides no code of a chat.
    """
    shared = bank()
    found = shared.scores_of(read(text[:LONGEST]).low, [*ruled(text), *answered(text, before)])
    return dict(zip(shared.names, found.tolist(), strict=True))


def explain(text: str, before: str = "") -> list[Prompt]:
    """The codes of a message with the words that prompt each, in the order of the text.

    Where no rule names words, those that add most to the sum are given; a code without any such word stands on the whole.
    """
    spans = prompted(text)
    found = []
    for name in code(text, before):
        places = spans.get(_PATTERN_OF.get(name, name)) or _telling(name, text) or [(0, len(text))]
        found += [Prompt(name, *place) for place in places]
    return sorted(found, key=lambda prompt: (prompt.start, prompt.code))


def _telling(name: str, text: str) -> list[Span]:
    """The words that add most to a code's sum: up to three, in the order of the text."""
    shared = bank()
    column = shared.column.get("apology" if name.startswith("apology") else name)
    if column is None:
        return []
    low = read(text[:LONGEST]).low
    weighed = []
    for word in _WORD.finditer(low):
        row = shared.row.get(f"w:{word[0]}")
        weight = float(shared.weights[row, column]) if row is not None else 0.0
        if weight >= _TELLING:
            weighed.append((weight, word.span()))
    return sorted(span for _, span in sorted(weighed, reverse=True)[:3])
