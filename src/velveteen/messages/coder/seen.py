"""Everything that the linear coders see of a message and the turn before it.

Its own features, and which words prompted what.
"""

from __future__ import annotations

from velveteen.messages.coder.acts import act
from velveteen.messages.coder.features import LONGEST, features
from velveteen.messages.coder.patterns import Span, patterns
from velveteen.messages.coder.questions import question_kind
from velveteen.messages.coder.text import read
from velveteen.messages.coder.wording import worded

DISOWNED = ("contempt", "threat")
"""Codes that fond or joking words take back, whatever else is said: “you're so fucking cute”, “I'll kill you lol”."""
_KINDS = frozenset({"excuse", "repair", "owned"})
_WORDS = worded("turns.toml")


def prompted(text: str) -> dict[str, list[Span]]:
    """Where the words stand that prompt a code, by pattern; only those that have any. Kinds of apology need an apology."""
    low = read(text[:LONGEST]).low
    found: dict[str, list[Span]] = {}
    for name, pattern in patterns().items():
        if (name not in _KINDS or "sorry" in found) and (spans := pattern.spans(low)):
            found[name] = spans
    return found


def features_of(text: str, before: str = "") -> list[str]:
    """The features of a message: of its words, "r:…" of the rules, "n:…" taken back, "b:…" where the turn before decides."""
    return features(read(text[:LONGEST]).low) + ruled(text) + answered(text, before)


def ruled(text: str) -> list[str]:
    """Those that the rules see in the message itself."""
    text = text[:LONGEST]
    low = read(text).low
    found = [f"r:{name}" for name in prompted(text)]
    found += [f"n:{name}" for name in DISOWNED if patterns()[name].taken_back(low)]
    kind = question_kind(text)
    return [*found, f"r:act {act(text)}", f"r:asks {kind}" if kind else "r:asks nothing"]


def answered(text: str, before: str) -> list[str]:
    """What a short answer is by the turn before: “no I didn't” denies after a charge, “will do” promises after a request."""
    if not before:
        return []
    low, before = read(text[:LONGEST]).low, before[:LONGEST]
    asked = read(before).low
    if _WORDS["no"].match(low) and (_WORDS["raised"].search(asked) or patterns()["blame"].spans(asked)):
        return ["b:no to a charge"]
    if _WORDS["yes"].match(low) and (patterns()["request"].spans(asked) or act(before) == "directive"):
        return ["b:yes to a request"]
    return []
