"""Words that prompt a code, found in place. Data in `patterns.toml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from velveteen.messages.coder.wording import any_of, tables

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Pattern:
    """One code's words: what says it, and what takes it back."""

    say: re.Pattern[str]
    but: re.Pattern[str] | None

    def spans(self, low: str) -> list[Span]:
        """Where the words stand, in a text in lower case with straight apostrophes; what is taken back is left out."""
        found = [match.span() for match in self.say.finditer(low)]
        if not found or self.but is None:
            return found
        taken = [match.span() for match in self.but.finditer(low)]
        return [span for span in found if not any(_overlap(span, other) for other in taken)]

    def taken_back(self, low: str) -> bool:
        """Whether words stand there that take the code back."""
        return self.but is not None and self.but.search(low) is not None


def _overlap(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


@cache
def patterns() -> dict[str, Pattern]:
    """The patterns by name, in the order of the file."""
    return {
        name: Pattern(
            re.compile(any_of(table["say"])), re.compile(any_of(table["but"])) if table["but"] else None
        )
        for name, table in tables("patterns.toml").items()
    }
