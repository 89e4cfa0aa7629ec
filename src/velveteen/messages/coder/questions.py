"""Which kind of question a message asks: open, yes or no, or one that leads.

A question leads where it states and asks for a yes: a declarative with a question mark ("you went out?"), or a statement
with a tag ("you went out, didn't you?", "right?"). Terms: Stivers & Enfield 2010, J. Pragmatics 42: polar, content and
declarative questions, tags.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from velveteen.messages.coder.text import read
from velveteen.messages.coder.wording import worded

Kind = Literal["open", "yes_no", "leading"]

_WORDS = worded("questions.toml")
_ORDER: tuple[tuple[str, Kind], ...] = (
    ("and_you", "open"), ("starts_open", "open"), ("open_inside", "open"), ("starts_aux", "yes_no"), ("wh_later", "open"),
    ("echo", "open"), ("aux_later", "yes_no"), ("elliptic", "yes_no"), ("states", "leading"),
)  # fmt: skip
"""What says the kind, the first that fits."""


def question_kind(text: str, *, asked: bool = False) -> Kind | None:
    """The kind of question that a message asks; of several, the last one's. None where it asks nothing.

    Args:
        text: the message.
        asked: whether it is known to be a question, as in transcripts without question marks.
    """
    sentences = read(text).sentences
    kinds = [kind for sentence in sentences if (kind := _sentence_kind(sentence, asked=False))]
    if kinds:
        return kinds[-1]
    return _sentence_kind(sentences[-1], asked=True) if asked and sentences else None


@lru_cache(maxsize=1024)  # acts, features and codes ask the same of a message
def _sentence_kind(sentence: str, *, asked: bool) -> Kind | None:
    marked = sentence.rstrip("\"' )").endswith("?")
    bare = _WORDS["lead_in"].sub("", sentence).strip() or sentence
    unmarked = _clear_without_mark(bare)
    if not (marked or asked or unmarked):
        return None
    return _kind_of(bare, sentence)


def _clear_without_mark(bare: str) -> bool:
    """Whether a sentence without a question mark can only be a question, as people text: “what time is it”, “are you ok”."""
    if bare.endswith((".", "!")):
        return False
    if _WORDS["clear_short"].match(bare) or _WORDS["clear_tag"].match(bare):
        return True
    if _WORDS["clear_aux"].match(bare):
        return not _WORDS["unclear_aux"].match(bare)
    return bool(_WORDS["clear_wh"].match(bare)) and not _WORDS["unclear_wh"].match(bare)


def _kind_of(bare: str, sentence: str) -> Kind:
    if _WORDS["not_open"].search(bare):
        return "yes_no"
    if _is_tagged(bare, sentence):
        return "leading"
    for name, kind in _ORDER:
        if _WORDS[name].search(bare):
            return kind
    return "leading" if len(bare.split()) > 1 else "yes_no"


def _is_tagged(bare: str, sentence: str) -> bool:
    """Whether it states something and ends in a tag."""
    asks = _WORDS["starts_open"].search(bare) or _WORDS["starts_aux"].search(bare)
    return not asks and len(bare.split()) > 2 and _WORDS["tag"].search(sentence) is not None
