"""What a message does in a dialogue: inform, ask, direct (request, order, suggest) or commit (promise, take up, turn down).

The four acts are those of ISO 24617-2 as dialogue corpora group them (inform, question, directive, commissive). A
commitment mostly answers: "sure" commits after a request and informs after a question, so the turn before is read too.
Where sentences of one message do different things, the last one that does more than inform counts.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from velveteen.messages.coder.questions import question_kind
from velveteen.messages.coder.text import read
from velveteen.messages.coder.wording import tables, worded

Act = Literal["inform", "question", "directive", "commissive"]
Wanted = Literal["deed", "telling", "choice", "order", "nothing"]

_WORDS = worded("acts.toml")
_IMPERATIVES = frozenset(tables("acts.toml")["imperatives"]["any"])


def act(text: str, before: str = "") -> Act:
    """The act of one message.

    Args:
        text: the message.
        before: the other's turn before it; "": none.
    """
    own = _own_act(text)
    if own == "question":
        return own
    wanted = _wanted(before) if before else "nothing"
    low = read(text).low.strip()
    takes = _WORDS["takes"].search(low) is not None
    if own == "directive":
        return "commissive" if takes and wanted in ("deed", "choice") else own
    if wanted == "order" and not takes:
        return "directive"
    if (
        (takes and wanted != "nothing")
        or (wanted == "deed" and not _tells(low))
        or _WORDS["vows"].search(low)
    ):
        return "commissive"
    return "inform"


def _wanted(before: str) -> Wanted:
    """What the turn before wants of the one who answers."""
    low = read(before).low
    if _WORDS["takes_orders"].search(low):
        return "order"
    if _own_act(before) == "directive":
        return "telling" if _WORDS["asks_to_be_told"].search(low) else "deed"
    return "choice" if _WORDS["offers"].search(low) else "nothing"


def _tells(low: str) -> bool:
    """Whether it tells of something or somebody else: “it's locked”, “thank you”; no word of one's own doing."""
    return _WORDS["tells"].search(low) is not None


@lru_cache(maxsize=1024)
def _own_act(text: str) -> Act:
    """The act by its own words: that of the last sentence that does more than inform."""
    found: Act = "inform"
    for sentence in read(text).sentences:
        here = _sentence_act(sentence)
        found = found if here == "inform" else here
    return found


def _sentence_act(sentence: str) -> Act:
    bare = _WORDS["soft"].sub("", sentence).strip()
    asking = _WORDS["asks_first"].match(bare) is not None and sentence.endswith("?")
    if not asking and any(_WORDS[name].search(sentence) for name in ("asks", "suggests", "wants")):
        return "directive"
    if question_kind(sentence):
        return "question"
    clause = _WORDS["clause_before"].sub("", bare)
    return "directive" if is_imperative(bare) or is_imperative(clause) else "inform"


def is_imperative(bare: str) -> bool:
    """Whether a sentence without its opening words begins with a verb that tells somebody to do something."""
    if _WORDS["formula"].match(bare):
        return False
    first, _, rest = bare.partition(" ")
    first = first.strip(".,!;:")
    if first in ("don't", "dont"):
        return bool(rest)
    if first in ("never", "just", "always"):
        second = rest.split(" ", 1)[0].strip(".,!")
        return second in _IMPERATIVES
    return first in _IMPERATIVES and not _WORDS["nounish"].match(rest)
