"""Whether a score changed by more than its error, and whether it crossed over to where people who are well score.

Six indices of reliable change, the cutoffs a, b and c, and the five categories that follow from both. `pre` and `post` are
scores before and after. An index is in the direction of the scores: below 0 where they fell.

Notation: M, S mean and standard deviation of a group (1 before, 2 after), r the reliability, E = S1 sqrt(1 - r) the standard
error of measurement. The methods side by side: Bauer, Lambert and Nielsen (2004), J Pers Assess 82, 60-70.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import correlation, fmean, stdev
from typing import Literal

from velveteen.problems import BadInput

Category = Literal["recovered", "improved", "unchanged", "deteriorated", "harmed"]
Method = Literal["JT", "EN", "GLN", "HLL", "NK", "HA"]


@dataclass(frozen=True, slots=True)
class Group:
    """What the indices need to know of the group that was measured twice.

    Attributes:
        mean_pre, sd_pre, mean_post, sd_post: of the group, in scores.
        correlation: of the scores before and after.
        reliability: of the scores before, between 0 and 1, neither included.
        reliability_post: of the scores after, for NK; None: as before.
    """

    mean_pre: float
    sd_pre: float
    mean_post: float
    sd_post: float
    correlation: float
    reliability: float
    reliability_post: float | None = None

    def __post_init__(self) -> None:
        """Refuse what no index can be made of.

        Raises:
            BadInput: `reliable_change`; a spread of 0, or a reliability that is not between 0 and 1.
        """
        reliabilities = [self.reliability, self.after]
        numbers = [self.mean_pre, self.mean_post, self.correlation]
        if not all(math.isfinite(n) for n in numbers) or not all(0 < r < 1 for r in reliabilities):
            raise _refused("the reliability must lie between 0 and 1, and all numbers must be known")
        if not (0 < self.sd_pre < math.inf and 0 < self.sd_post < math.inf):
            raise _refused("the scores must differ between people before and after")
        if not -1 <= self.correlation <= 1:
            raise _refused("the correlation must lie between -1 and 1")

    @property
    def after(self) -> float:
        """Reliability of the scores after."""
        return self.reliability if self.reliability_post is None else self.reliability_post

    @property
    def error(self) -> float:
        """Standard error of measurement, E."""
        return self.sd_pre * math.sqrt(1 - self.reliability)


@dataclass(frozen=True, slots=True)
class Functional:
    """Mean and standard deviation of the scores of people who are well."""

    mean: float
    sd: float


@dataclass(frozen=True, slots=True)
class Change:
    """One person's change.

    Attributes:
        index: of the method, in standard errors; below 0 where the score fell.
        category: recovered (a reliable change for the better, from beyond the cutoff to this side of it), improved,
            unchanged, deteriorated, harmed (a reliable change for the worse that crossed the cutoff).
    """

    index: float
    category: Category


def group(
    pre: Sequence[float], post: Sequence[float], reliability: float, reliability_post: float | None = None
) -> Group:
    """The group from its scores, pair by pair; standard deviations with n - 1.

    Raises:
        BadInput: `reliable_change`; fewer than two pairs, no spread, or as `Group`.
    """
    if len(pre) != len(post) or len(pre) < 2:
        raise _refused("scores before and after must come in pairs, at least two of them")
    if len(set(pre)) < 2 or len(set(post)) < 2:
        raise _refused("the scores must differ between people before and after")
    return Group(
        fmean(pre),
        stdev(pre),
        fmean(post),
        stdev(post),
        correlation(pre, post),
        reliability,
        reliability_post,
    )


def jacobson_truax(pre: float, post: float, of: Group) -> float:
    """(post - pre) / (sqrt(2) E). Jacobson and Truax (1991), J Consult Clin Psychol 59, 12-19."""
    return (post - pre) / (math.sqrt(2) * of.error)


def edwards_nunnally(pre: float, post: float, of: Group) -> float:
    """(post - T) / E, where T = M1 + r (pre - M1) is the estimated true score.

    Edwards, Yarvis, Mueller, Zingale and Wagman (1978), Eval Q 2, 275-287, after Nunnally (1967); as in Speer (1992),
    J Consult Clin Psychol 60, 402-408, where two standard errors are asked for instead of 1.96.
    """
    return (post - _regressed(pre, of)) / of.error


def gulliksen_lord_novick(pre: float, post: float, of: Group) -> float:
    """((post - M1) - r (pre - M1)) / (S1 sqrt(1 - r^2)). Hsu (1989), Behav Assess 11, 459-467."""
    return (post - _regressed(pre, of)) / _prediction_error(of)


def hsu_linn_lord(pre: float, post: float, of: Group) -> float:
    """((post - M2) - r (pre - M1)) / (S1 sqrt(1 - r^2)): change beyond the group's. Hsu (1989), as above."""
    return (post - of.mean_post - of.reliability * (pre - of.mean_pre)) / _prediction_error(of)


def nunnally_kotsch(pre: float, post: float, of: Group) -> float:
    """(post - T) / sqrt(r^2 S1^2 (1 - r) + S1^2 (1 - r2)), T as in `edwards_nunnally`, r2 the reliability after.

    Nunnally and Kotsch (1983), Br J Clin Psychol 22, 83-93. S1 stands for both measurements, as in R's
    `clinicalsignificance`.
    """
    first, second = 1 - of.reliability, 1 - of.after
    return (post - _regressed(pre, of)) / (of.sd_pre * math.sqrt(of.reliability**2 * first + second))


def hageman_arrindell(pre: float, post: float, of: Group) -> float:
    """((post - pre) D + (M2 - M1) (1 - D)) / (sqrt(D) sqrt(2) E), D the reliability of the differences.

    D = (S1^2 r1 + S2^2 r2 - 2 S1 S2 c) / (S1^2 + S2^2 - 2 S1 S2 c), c the correlation, and r1, r2 = 1 - E^2 / S^2.
    Hageman and Arrindell (1993), Behav Res Ther 31, 693-700.

    Raises:
        BadInput: `reliable_change`; the differences have no reliability above 0 in this group.
    """
    spread = of.sd_pre**2 + of.sd_post**2 - 2 * of.sd_pre * of.sd_post * of.correlation
    if spread <= 2 * of.error**2:
        raise _refused(
            "the differences between before and after are no larger than the error, so HA says nothing"
        )
    reliable = (spread - 2 * of.error**2) / spread
    gain = (post - pre) * reliable + (of.mean_post - of.mean_pre) * (1 - reliable)
    return gain / (math.sqrt(2 * reliable) * of.error)


_INDICES: dict[str, tuple[Callable[[float, float, Group], float], float]] = {
    "JT": (jacobson_truax, 1.96),
    "EN": (edwards_nunnally, 1.96),
    "GLN": (gulliksen_lord_novick, 1.96),
    "HLL": (hsu_linn_lord, 1.96),
    "NK": (nunnally_kotsch, 1.96),
    "HA": (hageman_arrindell, 1.65),
}


def cutoff(
    kind: Literal["a", "b", "c"], of: Group, well: Functional | None = None, *, lower_is_better: bool = True
) -> float:
    """The score between the group before and people who are well. Jacobson and Truax (1991), as above.

    a: two standard deviations from the group's mean, toward the better; b: two from the mean of people who are well,
    toward the worse; c: where both lie equally many of their own standard deviations away.

    Raises:
        BadInput: `reliable_change`; b and c need `well`, with a spread above 0.
    """
    return _cutoff(kind, (of.mean_pre, of.sd_pre), well, -1 if lower_is_better else 1)


def reliable_change(
    pre: float,
    post: float,
    of: Group,
    *,
    cut: float | None = None,
    method: Method = "JT",
    lower_is_better: bool = True,
) -> Change:
    """One person's index and category; not HA's own cutoff, for which see `hageman_arrindell_change`.

    Args:
        pre, post: the person's scores.
        of: the group.
        cut: from `cutoff`; None: recovered and harmed are not told apart from improved and deteriorated.
        method: name of the index.
        lower_is_better: whether lower scores are better.

    Raises:
        BadInput: `reliable_change`; an unknown method, or as `hageman_arrindell`.
    """
    if method not in _INDICES:
        raise _refused(f"there is no method {method}; these are known: {', '.join(_INDICES)}")
    index_of, critical = _INDICES[method]
    index, sign = index_of(pre, post, of), -1 if lower_is_better else 1
    crossed = (
        (False, False)
        if cut is None
        else (sign * pre < sign * cut < sign * post, sign * post <= sign * cut <= sign * pre)
    )
    return Change(index, _category(sign * index, critical, recovered=crossed[0], harmed=crossed[1]))


def hageman_arrindell_change(
    pre: float,
    post: float,
    of: Group,
    well: Functional | None = None,
    *,
    kind: Literal["a", "b", "c"] = "a",
    lower_is_better: bool = True,
) -> Change:
    """As `reliable_change` with HA, and with its own, stricter way over the cutoff.

    The cutoff C lies between true scores (each S times sqrt of its r, r = 1 - E^2 / S^2). Crossed is it where
    (M2 + (post - M2) r2 - C) / (sqrt(r2) E) lies beyond 1.65 on the better side. Nobody is called harmed.
    Hageman and Arrindell (1999), Behav Res Ther 37, 1169-1193.

    Raises:
        BadInput: `reliable_change`; as `hageman_arrindell` and `cutoff`, or a spread no larger than the error.
    """
    sign = -1 if lower_is_better else 1
    index = hageman_arrindell(pre, post, of)
    true_well = None if well is None else Functional(well.mean, _true_sd(well.sd, of))
    cut = _cutoff(kind, (of.mean_pre, _true_sd(of.sd_pre, of)), true_well, sign)
    root = _true_sd(of.sd_post, of) / of.sd_post
    passed = (of.mean_post + (post - of.mean_post) * root**2 - cut) / (root * of.error)
    return Change(index, _category(sign * index, 1.65, recovered=sign * passed > 1.65, harmed=False))


def _category(gain: float, critical: float, *, recovered: bool, harmed: bool) -> Category:
    if gain > critical:
        return "recovered" if recovered else "improved"
    if gain < -critical:
        return "harmed" if harmed else "deteriorated"
    return "unchanged"


def _cutoff(kind: str, ill: tuple[float, float], well: Functional | None, sign: int) -> float:
    mean, sd = ill
    if kind == "a":
        return mean + sign * 2 * sd
    if well is None or not well.sd > 0:
        raise _refused(f"cutoff {kind} needs the mean and standard deviation of people who are well")
    if kind == "b":
        return well.mean - sign * 2 * well.sd
    return (sd * well.mean + well.sd * mean) / (sd + well.sd)


def _true_sd(sd: float, of: Group) -> float:
    if sd <= of.error:
        raise _refused("a group's scores differ no more than the error, so HA says nothing")
    return math.sqrt(sd**2 - of.error**2)


def _regressed(pre: float, of: Group) -> float:
    return of.mean_pre + of.reliability * (pre - of.mean_pre)


def _prediction_error(of: Group) -> float:
    return of.sd_pre * math.sqrt(1 - of.reliability**2)


def _refused(why: str) -> BadInput:
    message = f"Reliable change cannot be told: {why}. Nothing was changed; please check the numbers."
    return BadInput("reliable_change", message)
