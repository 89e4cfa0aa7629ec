"""The one sentence of a verdict: a ladder with caps."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from velveteen.judge.verdict import TO_PEOPLE

LADDER = ((0.95, "very likely"), (0.80, "likely"), (0.50, "leans towards"))
CANNOT_TELL = "cannot tell yet"
_VERB = {"leans towards": "leans towards", "likely": "likely shows", "very likely": "very likely shows"}
BROAD = ("lasting", "surface_or_lasting")
# Probability that acts are a fifth fewer, below which a change for the better is not said, or only as "leans".
ACTS_LESS = (0.5, 0.8)
YEAR = 52
# Share without a first new assault by week, from Gondolf's 30-month follow-up (10.1177/0306624X00441010): 41 % by 30 months,
# 7 points of it after 15 months, nearly two thirds of first reassaults within 6 months. An analogy from violence programmes.
_STILL_SO = ((0.0, 1.0), (26.0, 0.73), (65.0, 0.66), (130.0, 0.59))


def still_so(weeks: float) -> float:
    """Share of changes that still hold after so many weeks; straight lines between the sourced points, flat after."""
    for (start, high), (end, low) in pairwise(_STILL_SO):
        if weeks <= end:
            return high + (low - high) * (weeks - start) / (end - start)
    return _STILL_SO[-1][1]


def holds_another_year(held: float) -> float:
    """P(still so in 52 weeks | held for `held` weeks), from the sourced curve."""
    return still_so(held + YEAR) / still_so(held)


def rung(probability: float) -> str:
    """The word for a probability: below .50 "cannot tell yet", then leans (.80), likely (.95), very likely."""
    return next(
        (word for floor, word in LADDER if probability > floor or probability == floor == 0.50), CANNOT_TELL
    )


def capped_rung(account: str, probability: float, *, weeks: int, held: float, instruments: int) -> str:
    """The rung of an account; `lasting` passes "leans" only on a record that is long and doubly seen.

    Args:
        account, probability: the account and its odds under the neutral reader.
        weeks: how many weeks are written.
        held: weeks since the likely onset.
        instruments: informants other than self that saw both what was before it and after.
    """
    if account != "lasting":
        return rung(probability)
    word = rung(probability * holds_another_year(held))
    if word in ("likely", "very likely") and (weeks < YEAR or instruments < 2):
        return "leans towards"
    return word


def leading(
    odds: Mapping[str, float],
    *,
    weeks: int,
    held: float,
    instruments: int,
    told_apart: bool,
    sure: bool = True,
) -> tuple[str, str]:
    """The account that leads in the neutral reader's odds, and the rung it is said with.

    Args:
        odds: of the neutral reader.
        weeks, held, instruments: as in `capped_rung`.
        told_apart: where False, `surface` and `lasting` count as one: "surface_or_lasting".
        sure: whether the arithmetic itself is sure; where not, nothing passes "leans towards".
    """
    pairs = dict(odds)
    if not told_apart:
        pairs["surface_or_lasting"] = pairs.pop("surface") + pairs.pop("lasting")
    account, probability = max(pairs.items(), key=lambda item: item[1])
    capped = "lasting" if account == "surface_or_lasting" else account
    word = capped_rung(capped, probability, weeks=weeks, held=held, instruments=instruments)
    return account, word if sure or word == CANNOT_TELL else "leans towards"


def with_acts(account: str, word: str, less: Mapping[str, float | None]) -> str:
    """The rung, lowered where acts are not surely fewer where the account for the better says that they are.

    Below ACTS_LESS[0] it cannot tell, below ACTS_LESS[1] it leans at most.

    `less`: what `summary.acts_less` found, by account; None where acts are not on record.
    """
    fewer = less.get(account)
    if fewer is None or fewer >= ACTS_LESS[1] or word == CANNOT_TELL:
        return word
    return "leans towards" if fewer >= ACTS_LESS[0] else CANNOT_TELL


def reading(account: str, word: str, since: str = "") -> str:
    """A word and what it is said of, without the record's length: "leans towards: worse", "cannot tell yet".

    `since`: as in `sentence`.
    """
    if word == CANNOT_TELL:
        return word
    return f"{_VERB[word]}: {f'no change {since}' if since and account == 'same' else _name(account)}"


def _name(account: str) -> str:
    both = f"{TO_PEOPLE['surface']} or {TO_PEOPLE['lasting']}, which it cannot tell apart"
    return TO_PEOPLE.get(account, both)


def sentence(account: str, word: str, weeks: int, since: str = "") -> str:
    """One plain sentence from the leading account and its rung.

    Args:
        account, word: as `leading` gives them.
        weeks: length of the record.
        since: "since about March 2024" where the record had changed before, so that the words are of its present alone.
    """
    if word == CANNOT_TELL:
        when = f" {since}" if since else ""
        return f"After {weeks} weeks this record cannot tell yet what, if anything, has changed{when}."
    if since and account != "same":
        return f"After {weeks} weeks this record {_VERB[word]}, {since}: {_name(account)}."
    return f"After {weeks} weeks this record {reading(account, word, since)}."
