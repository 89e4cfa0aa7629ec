"""What word lists tell of one message: thanks, greetings, the other called by name, a question mark."""

from __future__ import annotations

from velveteen.messages import words
from velveteen.messages.tally import Coder

VERSION = "rules-1"
THANKS, GREETINGS, NAME_USED, QUESTIONS = 1, 2, 4, 8
NEED_WORD_LISTS = frozenset({"thanks", "greetings", "name_used"})


def rules_for(me: str | None) -> Coder:
    """The rules for messages to a person whose name in the chat is `me`; None: nobody's name is looked for."""
    name = words.name_pattern(me) if me is not None else None

    def code(text: str, _before: str) -> int:
        named = NAME_USED if name is not None and name.search(text) is not None else 0
        asked = QUESTIONS if words.asks(text) else 0
        return (
            (THANKS if words.thanks(text) else 0) | (GREETINGS if words.greets(text) else 0) | named | asked
        )

    courteous = THANKS | GREETINGS | NAME_USED
    return Coder(VERSION, ("thanks", "greetings", "name_used", "questions"), code, courteous)
