"""What was said between two people: something raised and its answer, a feeling told, a promise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from velveteen.messages.clauses import Clause
from velveteen.messages.due import due
from velveteen.messages.sentence_rules import Span, compiled, first, table, told


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that a text tells: the kind and payload of an entry, and the place of its words."""

    kind: str
    payload: dict[str, Any]
    span: Span


def answered(text: str, clauses: list[Clause], actor: str, counterpart: str) -> Iterator[Found]:
    """The answer to something that was raised; or one that needs nothing before it, such as an apology."""
    raised, after = _raised(text, clauses, counterpart)
    for rule in table()["answer"]:
        for clause in clauses[after:]:
            if clause.who != actor or not (raised or rule.get("alone")):
                continue
            patterns = rule["patterns"] + (rule.get("if_raised", []) if raised else [])
            if match := told(compiled(*patterns), text, clause):
                answer = "blamed" if rule["answer"] in _SORRY and _excused(text, match) else rule["answer"]
                payload = {"answer": answer} | ({"raised": raised} if raised else {})
                yield Found("confrontation", payload, match.span())
                return


_SORRY = {"words_only", "owned"}


def _excused(text: str, match: re.Match[str]) -> bool:
    return any(pattern.search(text, match.start()) for pattern in compiled(*table()["excuse"]["patterns"]))


def _raised(text: str, clauses: list[Clause], counterpart: str) -> tuple[str, int]:
    """What was raised, and the number of the clause after it; nothing: "" and 0."""
    patterns = compiled(*table()["raised"]["words"])
    for clause in clauses:
        match = first(patterns, text, clause) if clause.who == counterpart and not clause.doubted else None
        if match and not clause.denies(match.start()):
            later = [n for n, c in enumerate(clauses) if c.start >= match.end() - 1]
            return match["what"].strip(), later[0] if later else len(clauses)
    return "", 0


def told_feelings(text: str, clauses: list[Clause]) -> Iterator[Found]:
    """The first feeling that the owner told, and whether it was acknowledged, where the text says so."""
    rules = table()["told"]
    for clause in clauses:
        match = told(compiled(*rules["patterns"]), text, clause) if clause.who == "me" else None
        if match is None:
            continue
        payload: dict[str, Any] = {"told": True}
        answer = [c for c in clauses if c.start >= match.end() - 1 and c.who in {"them", ""}]
        reply = text[answer[0].start :] if answer else ""
        dismissed, heard = (any(_in(reply, rules[key])) for key in ("dismissed", "acknowledged"))
        if dismissed != heard:
            payload["acknowledged"] = heard
        yield Found("inward", payload, match.span())
        if answer and (mocked := first(compiled(*rules["mocked"]), text, answer[0])):
            yield Found("act", {"act": "mocked"}, mocked.span())
        return


def _in(text: str, patterns: list[str]) -> Iterator[bool]:
    for pattern in compiled(*patterns):
        match = pattern.search(text)
        yield match is not None and not re.search(
            r"\b(?:not|never|nicht|nie)\b|n’t", text[: match.start()], re.IGNORECASE
        )


def promises(text: str, clauses: list[Clause], actor: str, on: date) -> Iterator[Found]:
    """What the actor promised, with the day on which it is due where that is said."""
    rules = table()["promise"]
    for clause in clauses:
        if clause.who != actor or not clause.said or clause.past:
            continue
        match = first(compiled(*rules["made"]), text, clause)
        named = match or first(compiled(*rules["made_if_due"]), text, clause)
        if named is None or clause.denies(named.start()) or _denied(named):
            continue
        found = _promise(named, on)
        if found and (match or "due" in found.payload):
            yield found
            return


def _denied(match: re.Match[str]) -> bool:
    """German puts its no behind: “hat nichts versprochen”, “hat nicht gesagt, dass”."""
    return (
        re.search(r"\b(?:nicht|nichts|nie|kein\w*)\s*$", match.string[: match.start()], re.IGNORECASE)
        is not None
    )


def _promise(match: re.Match[str], on: date) -> Found | None:
    rules = table()["promise"]
    start, end = match.span("what")
    what = match["what"]
    over = compiled(rules["ends"])[0].search(what)
    what = what[: over.start()] if over else what
    if not what.strip(" ,") or _no_promise(what.strip()):
        return None
    by, payload = due(what, on), {}
    if by is not None:
        day, (first_, last) = by
        what = what[:first_] + " " + what[last:] if last > first_ else what
        payload["due"] = day.isoformat()
    end = start + len(match["what"][: over.start()] if over else match["what"])
    plain = " ".join(what.split()).strip(" ,")
    return Found("promise", {"what": plain or match["what"].strip(" ,")} | payload, (match.start(), end))


def _no_promise(what: str) -> bool:
    """Whether the words are no promise: “nothing”, or a threat; “never to hit me again” is none."""
    rules = table()["promise"]
    none, harm, never = (
        [p.search(what) for p in compiled(*rules[k])] for k in ("no_promise", "harm", "never")
    )
    return any(none) or (any(harm) and not any(never))
