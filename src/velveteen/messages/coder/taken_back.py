"""What takes a code back, whatever the sum of weights says: few rules, each with its name.

A sum of words cannot tell "you'll be sorry" from "sorry", or "my boss is an idiot" from an insult; these rules can. Words
that say a code outright (`patterns.toml`) are never taken back, but for threats in fun.
"""

from __future__ import annotations

from collections.abc import Callable

from velveteen.messages.coder.acts import act
from velveteen.messages.coder.features import LONGEST
from velveteen.messages.coder.patterns import patterns
from velveteen.messages.coder.text import read
from velveteen.messages.coder.wording import worded

_WORDS = worded("taken_back.toml")


def is_taken_back(name: str, text: str) -> bool:
    """Whether a rule takes this code back. Any apology goes by the name of "apology"."""
    rule = _RULES.get(name)
    return rule is not None and rule(read(text[:LONGEST]).low)


def is_no_apology(low: str) -> bool:
    """The word stands there and is none: “I'm not sorry”, “you'll be sorry”; kept where it is an excuse."""
    return _unsaid("sorry", low) and not patterns()["excuse"].spans(low)


def is_of_others(low: str) -> bool:
    """Harsh words with nobody there whom they could be meant for: of somebody else, of oneself, of things."""
    if _WORDS["reader"].search(low) or patterns()["contempt"].spans(low):
        return False
    return _WORDS["of_others"].search(low) is not None and act(low) != "directive"


def is_fond(low: str) -> bool:
    """Rude words that are fond or denied: “you're so fucking cute”, “you're not an idiot”."""
    return _unsaid("contempt", low)


def is_in_fun(low: str) -> bool:
    """A threat as friends make it, with laughing and nothing grave beside it: “I'll kill you if you tell the ending lol”."""
    if not _WORDS["laughs"].search(low) or _WORDS["grave"].search(low):
        return False
    rest = _WORDS["in_fun"].sub("", low)
    return rest != low and not patterns()["threat"].spans(rest)


def _unsaid(name: str, low: str) -> bool:
    pattern = patterns()[name]
    return pattern.taken_back(low) and not pattern.spans(low)


_RULES: dict[str, Callable[[str], bool]] = {
    "apology": is_no_apology,
    "contempt": lambda low: is_fond(low) or is_of_others(low),
    "threat": lambda low: is_in_fun(low) or _unsaid("threat", low),
}
