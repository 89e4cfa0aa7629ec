"""Everything that the linear coders see of a message and the turn before it: its own features, and which words prompted what."""

from __future__ import annotations

from velveteen.messages.coder.acts import act
from velveteen.messages.coder.features import LONGEST, features
from velveteen.messages.coder.patterns import Span, patterns
from velveteen.messages.coder.questions import question_kind
from velveteen.messages.coder.text import read

DISOWNED = ("contempt", "threat")
"""Codes that fond or joking words take back, whatever else is said: “you're so fucking cute”, “I'll kill you lol”."""
_KINDS = frozenset({"excuse", "repair", "owned"})
_OF_BEFORE = ("blame", "contempt", "request", "order", "offer", "interest")
"""Of the turn before only what it asks for or charges matters: it turns “no I didn't” into a denial, “will do” into a promise."""


def prompted(text: str) -> dict[str, list[Span]]:
    """The places of the words that prompt each code, by pattern; only those that have any. Kinds of apology need an apology."""
    low = read(text[:LONGEST]).low
    found: dict[str, list[Span]] = {}
    for name, pattern in patterns().items():
        if (name not in _KINDS or "sorry" in found) and (spans := pattern.spans(low)):
            found[name] = spans
    return found


def features_of(text: str, before: str = "") -> list[str]:
    """The features of a message: those of its words, "r:…" of the rules, "b:…" of the turn before."""
    text, before = text[:LONGEST], before[:LONGEST]
    low = read(text).low
    found = features(low)
    found += [f"r:{name}" for name in prompted(text)]
    found += [f"n:{name}" for name in DISOWNED if patterns()[name].taken_back(low)]
    kind = question_kind(text)
    found += [f"r:act {act(text)}", f"r:asks {kind}" if kind else "r:asks nothing"]
    if before:
        low = read(before).low
        found += [f"b:{name}" for name in _OF_BEFORE if patterns()[name].spans(low)]
        found += [f"b:act {act(before)}"]
    return found
