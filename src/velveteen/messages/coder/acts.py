"""What a message does in a dialogue: inform, ask, direct (request, order, suggest) or commit (promise, take up, turn down).

The four acts are those of ISO 24617-2 as dialogue corpora group them (inform, question, directive, commissive). A
commitment mostly answers: "sure" commits after a request and informs after a question, so the turn before is read too.
Where sentences of one message do different things, the last one that does more than inform counts.
"""

from __future__ import annotations

import re
from typing import Literal

from velveteen.messages.coder.questions import question_kind
from velveteen.messages.coder.text import read
from velveteen.messages.coder.wording import tables, worded

Act = Literal["inform", "question", "directive", "commissive"]

_WORDS = worded("acts.toml")
_ENDING = re.compile(r"(?:s|ed|ing)\b")
_IMPERATIVES = frozenset(tables("acts.toml")["imperatives"]["any"])


def act(text: str, before: str = "") -> Act:
    """The act of one message.

    Args:
        text: the message.
        before: the other's turn before it; "": none.
    """
    own = _own_act(text)
    if own in ("question", "directive"):
        return own
    if before and _own_act(before) == "directive":
        return "commissive"  # whatever states something after a request takes it up or turns it down
    return "commissive" if _WORDS["vows"].search(read(text).low) else "inform"


def _own_act(text: str) -> Act:
    """The act by its own words: that of the last sentence that does more than inform."""
    found: Act = "inform"
    for sentence in read(text).sentences:
        here = _sentence_act(sentence)
        found = found if here == "inform" else here
    return found


def _sentence_act(sentence: str) -> Act:
    bare = _WORDS["soft"].sub("", sentence).strip()
    if _WORDS["asks"].search(sentence):
        return "directive"
    if _suggests(sentence):
        return "directive"
    if question_kind(sentence):
        return "question"
    return "directive" if is_imperative(bare) else "inform"


def _suggests(sentence: str) -> bool:
    return _WORDS["suggests"].search(sentence) is not None


def is_imperative(bare: str) -> bool:
    """Whether a sentence without its opening words begins with a verb that tells somebody to do something."""
    first, _, rest = bare.partition(" ")
    first = first.strip(".,!;:")
    if first in ("don't", "dont", "do", "never", "just", "always"):
        second = rest.split(" ", 1)[0].strip(".,!") if rest else ""
        return second in _IMPERATIVES or second == "be"
    return first in _IMPERATIVES and not _ENDING.match(rest) and not _WORDS["nounish"].match(rest)
