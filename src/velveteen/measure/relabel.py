"""What the owner's own answers to a few messages tell of the coder: how much it finds and makes up in this household.

Of a record's messages a share q was counted as hurting. The owner called a of n1 of these so, and b of n2 others. Then

    π = q a/n1 + (1 − q) b/n2      messages that hurt,
    se = q (a/n1) / π              of these, what the coder found,
    φ = q (1 − a/n1) / (1 − π)     of the others, what it made up

(Bayes' rule on a two-phase sample: Begg and Greenes 1983, Biometrics 39). Both shares are spread over their beta posteriors;
what comes of it is given as counts [hits, of] whose beta posterior has the same mean and variance, so that it adds up with
others.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import fmean, pvariance

from velveteen.measure.coders import Coder, posterior
from velveteen.measure.intervals import beta_quantile

NEEDED = 5
"""Answers to each sort of message before anything is made of them."""
CHANCE = 0.05
"""Of saying that the halves differ where they do not."""
_POINTS = 40


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered in one part of a record.

    Attributes:
        flagged, looked_at: messages counted as hurting in that part, of how many.
        right, asked: of the flagged ones that were asked, those that the owner calls hurting.
        missed, asked_others: the same of the ones that were not flagged.
    """

    flagged: int
    looked_at: int
    right: int = 0
    asked: int = 0
    missed: int = 0
    asked_others: int = 0

    def __add__(self, other: Answers) -> Answers:
        return Answers(
            self.flagged + other.flagged, self.looked_at + other.looked_at, self.right + other.right,
            self.asked + other.asked, self.missed + other.missed, self.asked_others + other.asked_others,
        )  # fmt: skip

    @property
    def enough(self) -> bool:
        """Whether anything can be made of them."""
        return min(self.asked, self.asked_others) >= NEEDED and 0 < self.flagged < self.looked_at


@dataclass(frozen=True, slots=True)
class Relabelled:
    """What the answers make of a coder's figures.

    Attributes:
        coder: the figures that hold for this household from now on.
        drifted: whether the coder was right about another share in one part of the record than in the other, beyond chance.
    """

    coder: Coder
    drifted: bool


def relabelled(card: Coder | None, before: Answers, after: Answers) -> Relabelled | None:
    """The coder's figures for one household; None where answers are too few, or leave it finding no more than it makes up.

    Where the two parts agree they are taken together and added to the coder's own figures. Where they do not, each part
    tells of itself alone: their spread is what is known of the whole, and figures taken elsewhere do not narrow it.

    Args:
        card: the coder's own figures; None where it has none.
        before, after: the answers to both parts of the record.
    """
    drifted = differ(before, after)
    if drifted:
        found = _mixed([*_rates(before), *_rates(after)])
    elif (before + after).enough:
        found = _mixed(_rates(before + after))
        found = found if card is None else _added(card, found)
    else:
        return None
    return Relabelled(found, drifted) if found.finds > found.makes_up else None


def differ(before: Answers, after: Answers) -> bool:
    """Whether both parts are told apart, in either sort of message, beyond `CHANCE` (Fisher's exact test, each at half)."""
    if not (before.enough and after.enough):
        return False
    flagged = fisher(before.right, before.asked, after.right, after.asked)
    others = fisher(before.missed, before.asked_others, after.missed, after.asked_others)
    return min(flagged, others) < CHANCE / 2


def fisher(hits: int, of: int, other_hits: int, other_of: int) -> float:
    """Two-sided p of two shares being one: the tables no likelier than this one, given all its sums."""
    all_hits, everything = hits + other_hits, of + other_of
    ways = [
        math.comb(of, k) * math.comb(other_of, all_hits - k)
        for k in range(max(0, all_hits - other_of), min(of, all_hits) + 1)
    ]
    seen = math.comb(of, hits) * math.comb(other_of, other_hits)
    return sum(w for w in ways if w <= seen) / math.comb(everything, all_hits)


@dataclass(frozen=True, slots=True)
class _Rates:
    """Both rates at one pair of shares, and the variance by which this record's messages would differ from them."""

    finds: float
    makes_up: float
    chance_finds: float
    chance_makes_up: float


def _rates(answers: Answers) -> list[_Rates]:
    """The rates at every pair of equally likely shares."""
    right, missed = _shares(answers.right, answers.asked), _shares(answers.missed, answers.asked_others)
    return [_at(answers, a, b) for a in right for b in missed]


def _at(answers: Answers, right: float, missed: float) -> _Rates:
    q = answers.flagged / answers.looked_at
    hurting = q * right + (1 - q) * missed
    finds, makes_up = q * right / hurting, q * (1 - right) / (1 - hurting)
    return _Rates(
        finds, makes_up, finds * (1 - finds) / (answers.looked_at * hurting),
        makes_up * (1 - makes_up) / (answers.looked_at * (1 - hurting)),
    )  # fmt: skip


@lru_cache(maxsize=256)
def _shares(hits: int, of: int) -> tuple[float, ...]:
    a, b = posterior((hits, of))
    return tuple(beta_quantile((i + 0.5) / _POINTS, a, b) for i in range(_POINTS))


def _mixed(rates: list[_Rates]) -> Coder:
    return Coder(
        counts_like([r.finds for r in rates], fmean(r.chance_finds for r in rates)),
        counts_like([r.makes_up for r in rates], fmean(r.chance_makes_up for r in rates)),
    )


def counts_like(shares: Sequence[float], beyond: float = 0.0) -> tuple[int, int]:
    """Counts whose beta posterior has about the mean and the variance of these equally likely shares; of at least one.

    Args:
        shares: of which not all are equal.
        beyond: variance to be added to that of the shares.
    """
    mean = fmean(shares)
    size = mean * (1 - mean) / (pvariance(shares) + beyond) - 1
    of = max(1, round(size - 1))
    return min(of, max(0, round(mean * (of + 1) - 0.5))), of


def _added(card: Coder, found: Coder) -> Coder:
    return Coder(_sum(card.sensitivity, found.sensitivity), _sum(card.false_positives, found.false_positives))


def _sum(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    return one[0] + other[0], one[1] + other[1]
