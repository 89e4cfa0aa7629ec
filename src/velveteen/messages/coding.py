"""What is coded of each message of a chat, as bits: words counted in several languages, and the codes of English."""

from __future__ import annotations

from velveteen.messages import words
from velveteen.messages.coder.message import APOLOGIES, CODES, code
from velveteen.messages.coder.turns import OCCASIONS, occasions
from velveteen.messages.tally import Coder

VERSION = "english-1"
"""Of the rules and weights together; counts of two versions are never added up."""
COUNTED = ("thanks", "greetings", "name_used", "questions")
NAMES = (*COUNTED, *CODES)
NEED_WORD_LISTS = frozenset({"thanks", "greetings", "name_used"})
NEED_ENGLISH = frozenset(CODES)
HURT = ("blame", "denial", "contempt", "threat")
QUOTED = (*APOLOGIES, *HURT, "acknowledges", "absolutes", "both_sides", "grandiose", "order", "promise")
"""Codes whose lines are kept, so that each count can be read in the owner's own file."""
OWNED = ("apology_owned", "apology_repair", "both_sides", "acknowledges")
DISOWNED = ("blame", "denial", "contempt", "threat", "apology_excuse")
"""What makes an answer no owning, whatever else it says."""
_BIT = {name: 1 << place for place, name in enumerate(NAMES)}
_OCCASION = {name: 1 << place for place, name in enumerate(OCCASIONS)}


def coder_for(me: str | None) -> Coder:
    """The coder of messages to a person whose name in the chat is `me`; None: nobody's name is looked for."""
    name = words.name_pattern(me) if me is not None else None

    def bits(text: str, before: str) -> int:
        found = _BIT["thanks"] if words.thanks(text) else 0
        found |= _BIT["greetings"] if words.greets(text) else 0
        found |= _BIT["name_used"] if name is not None and name.search(text) is not None else 0
        found |= _BIT["questions"] if words.asks(text) else 0
        for one in code(text, before):
            found |= _BIT[one]
        return found

    def occasion(text: str) -> int:
        return sum(_OCCASION[one] for one in occasions(text))

    return Coder(
        VERSION, NAMES, bits, occasion, courteous=mask(("thanks", "greetings", "name_used")), hurt=mask(HURT),
        met=mask(("acknowledges",)), owned=mask(OWNED), disowned=mask(DISOWNED), quoted=mask(QUOTED),
    )  # fmt: skip


def mask(names: tuple[str, ...]) -> int:
    """The bits of these codes."""
    return sum(_BIT[name] for name in names)


def names_of(bits: int) -> tuple[str, ...]:
    """The codes that these bits stand for."""
    return tuple(name for name in NAMES if bits & _BIT[name])
