"""The patterns of `sentence.toml`, compiled once, and where they fit in a clause."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from velveteen.messages.clauses import Clause

Span = tuple[int, int]
Patterns = tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True)
class ActRule:
    """How one act of the catalogue is told.

    Attributes:
        name: of the catalogue.
        said: patterns in a clause of whoever did it; a no or an if in that clause undoes them.
        despite: the same with a no of their own.
        from_owner: patterns in a clause of the owner that tell what the other did.
        after: what must stand earlier in the text; None: nothing.
    """

    name: str
    said: Patterns
    despite: Patterns
    from_owner: Patterns
    after: re.Pattern[str] | None


@cache
def table() -> dict[str, Any]:
    """`sentence.toml`, its words put in."""
    text = resources.files("velveteen.messages").joinpath("sentence.toml").read_text("utf-8")
    words = tomllib.loads(text)["words"]
    for _ in range(3):  # words are made of words
        text = re.sub(r"\{([a-z]+)\}", lambda found: words.get(found[1], found[0]), text)
    return tomllib.loads(text)


@cache
def compiled(*sources: str) -> Patterns:
    """Patterns that are read in any case."""
    return tuple(re.compile(source, re.IGNORECASE) for source in sources)


@cache
def act_rules() -> tuple[ActRule, ...]:
    """All ways in which acts are told, in the order of the file."""
    rules = []
    for name, entry in table()["act"].items():
        for way in (entry, *entry.get("chained", ())):
            said, despite_, owner = (compiled(*way.get(key, ())) for key in ("said", "despite", "from_owner"))
            after = compiled(way["after"])[0] if "after" in way else None
            rules.append(ActRule(name, said, despite_, owner, after))
    return tuple(rules)


def first(patterns: Iterable[re.Pattern[str]], text: str, clause: Clause) -> re.Match[str] | None:
    """The first pattern's match that begins in the clause; it may end later in its sentence."""
    matches = (pattern.search(text, clause.start, clause.until) for pattern in patterns)
    return next((match for match in matches if match and match.start() < clause.end), None)


def told(patterns: Patterns, text: str, clause: Clause) -> re.Match[str] | None:
    """As `first`, where the clause tells something that happened and does not deny it."""
    if not clause.said or clause.past:
        return None
    match = first(patterns, text, clause)
    return match if match and not clause.denies(match.start()) else None


def acts_in(text: str, clauses: list[Clause], actor: str) -> Iterator[tuple[str, Clause, Span]]:
    """(act, clause, place) of each act that the actor is told to have done; each act once."""
    seen: set[str] = set()
    for clause in clauses:
        for rule in act_rules():
            match = _act(rule, text, clause, actor)
            if match and rule.name not in seen:
                seen.add(rule.name)
                yield rule.name, clause, match.span()


def _act(rule: ActRule, text: str, clause: Clause, actor: str) -> re.Match[str] | None:
    if rule.after is not None and not rule.after.search(text, 0, clause.start):
        return None
    if clause.who != actor:
        return told(rule.from_owner, text, clause) if (actor, clause.who) == ("them", "me") else None
    return told(rule.said, text, clause) or despite(rule.despite, text, clause)


def despite(patterns: Patterns, text: str, clause: Clause) -> re.Match[str] | None:
    """As `told`, for patterns that hold their own no, would or will."""
    return None if clause.doubted or clause.past else first(patterns, text, clause)
