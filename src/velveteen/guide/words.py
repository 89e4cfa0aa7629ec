"""Words that are never said to a person here, as data that tests hold every text against.

`SHAMING` label, diagnose or blame. `NEVER_NAMES` accuse or promise: they never name an account, a verdict, a page or a
person.
`NEVER_SAID` are sentences that could keep someone in danger or sell hope.
"""

from __future__ import annotations

import re

SHAMING = (
    "narcissist", "narcissists", "narcissistic", "narc", "psychopath", "sociopath", "borderline", "bipolar",
    "monster", "toxic", "crazy", "insane", "mad", "hysterical", "delusional", "evil", "pathetic", "disordered",
    "sick", "damaged", "codependent", "abuser", "abusers", "perpetrator", "manipulator", "gaslighter", "liar",
    "cheat", "loser", "weak", "stupid", "naive", "oversensitive", "too sensitive", "overreacting", "dramatic",
    "attention-seeking", "your fault", "your own fault", "you let", "you allowed", "you provoked",
    "you should have", "why didn't you", "why did you stay", "just leave", "battered", "failure", "shame on",
)  # fmt: skip
NEVER_NAMES = (
    "show", "cured", "cure", "real", "really", "fake", "genuine", "sincere", "narcissist", "healed", "fixed",
    "saved", "true", "false", "guilty", "innocent", "proven", "certified", "safe", "good", "bad", "success",
    "hopeless",
)  # fmt: skip
NEVER_SAID = (
    "low risk", "no risk", "no danger", "you are safe", "safe to stay", "wait and see", "be patient",
    "give it time", "give them time", "give them another chance", "you must stay", "you must leave",
    "never changes", "always changes", "will change", "will never change", "has changed for good", "guaranteed",
    "guarantee", "certify", "prove that", "proves that",
)  # fmt: skip


def found(text: str, words: tuple[str, ...]) -> list[str]:
    """The words or phrases of a list that stand in a text as whole words, in any case; each once, in the list's order."""
    plain = re.sub(r"\s+", " ", text.lower().replace("’", "'"))
    return [word for word in words if re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", plain)]
