"""Words in a sentence for which a sign of the closed list should be asked about. Nothing here answers it.

A sign is asked about rather once too often: an if, a threat and a quoted "I will kill you" count as well, and for signs
that stand for good a day long past. Not: what is denied, dreamt, or told of somebody else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from velveteen.messages.clauses import Clause
from velveteen.messages.sentence_rules import Span, compiled, first, table


def danger_signs(text: str, clauses: list[Clause]) -> Iterator[tuple[str, Span, str]]:
    """(sign, place of the words, act of the catalogue that it is as well, or "") in the order of the list.

    Args:
        text: what was written.
        clauses: of the text, quotations read as well.
    """
    seen: set[str] = set()
    for rule in table()["danger"]:
        matches = (_match(rule, text, clause, clauses) for clause in clauses)
        match = next(filter(None, matches), None)
        if match and rule["sign"] not in seen:
            seen.add(rule["sign"])
            yield rule["sign"], match.span(), rule.get("act", "")


def _match(rule: dict[str, Any], text: str, clause: Clause, clauses: list[Clause]) -> re.Match[str] | None:
    match = first(compiled(*rule["patterns"]), text, clause)
    if match is None or clause.dreamt or (clause.past and not rule.get("ever")):
        return None
    if clause.denies(match.start()) and not rule.get("despite"):
        return None
    if rule.get("asserted") and not clause.said:
        return None
    return match if _whose(rule, text, clause, clauses) else None


def _whose(rule: dict[str, Any], text: str, clause: Clause, clauses: list[Clause]) -> bool:
    """Whether it is told of the one whom the sign is about; a quotation is theirs where they are who speaks."""
    if not _in_quotes(text, clause.start):
        return clause.who in rule["who"]
    speakers = [c.who for c in clauses if not _in_quotes(text, c.start)]
    return bool(rule.get("quoted")) and speakers[:1] == ["them"]


def _in_quotes(text: str, place: int) -> bool:
    before = text[:place]
    return before.count('"') % 2 == 1 or before.count("“") > before.count("”")
