"""Words and names as they were meant: whole letters, no invisible marks in a name, one name for one person.

Intention: what a JSON, XML or database export calls text becomes text that every later room can hold.
In: whatever stood in the export. Out: `words`, `name`, `aside`, `Names`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from velveteen.messages.formats.notices import MARKS

ME = "Me"
"""The phone's owner, in an export that does not say the owner's name."""
NOBODY = "Deleted account"
LONGEST_NAME = 200
_SURROGATE = re.compile("[\ud800-\udfff]")
_NO_NAME = str.maketrans("", "", MARKS)
_NO_WORDS = str.maketrans("", "", "\0")


def words(value: object) -> str:
    """A text as written, halves of a character joined and lone ones replaced; "" for what is no text."""
    if not isinstance(value, str):
        return ""
    if _SURROGATE.search(value):
        value = value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return value.translate(_NO_WORDS) if "\0" in value else value


def name(value: object) -> str:
    """A name on one line without invisible marks, at most `LONGEST_NAME` letters; "" where there is none."""
    if not isinstance(value, str):
        return ""
    return " ".join(words(value).translate(_NO_NAME).split())[:LONGEST_NAME]


def aside(what: str, detail: object = "") -> str:
    """The text of a message that nobody wrote: "[photo]", "[file: plan.pdf]"."""
    more = name(detail)
    return f"[{what}: {more}]" if more else f"[{what}]"


@dataclass(slots=True)
class Names:
    """One name for one identity, told apart where two identities bear the same: "Ana", "Ana (2)".

    Attributes:
        given: identity -> the name it was given.
        taken: names in use.
    """

    given: dict[str, str] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)

    def of(self, identity: str, wanted: str) -> str:
        """The name of an identity: the one wanted when it was first met, or the same with a number after it."""
        known = self.given.get(identity)
        if known is not None:
            return known
        chosen, number = wanted, 2
        while chosen in self.taken:
            chosen, number = f"{wanted} ({number})", number + 1
        self.given[identity] = chosen
        self.taken.add(chosen)
        return chosen
