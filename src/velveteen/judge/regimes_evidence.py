"""A long record weighed along its likeliest earlier paths: how likely each is, and the accounts given each."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from velveteen.judge.effects import Effects
from velveteen.judge.evidence import MOST_INTEGRALS, Evidence
from velveteen.judge.hyper import Hyper
from velveteen.judge.progress import Progress
from velveteen.judge.record import LONG, Record
from velveteen.judge.regimes import Path, start_of, survival
from velveteen.judge.regimes_propose import LEAST_SHARE, propose
from velveteen.judge.regimes_segment import weigh_segment

NONE_SHARE = 0.05  # of *none of these* among the ways in which something can follow
UNLIKELY = 0.1  # share of the mass, as the search sees it, below which a path is weighed with fewer integrals
FEW = 2  # integrals of an account then: good to some hundredths of the odds that the path itself gives


@dataclass(frozen=True, slots=True)
class Along:
    """The accounts of the present segment given one earlier path.

    Attributes:
        earlier: the regimes before the present change; empty: none.
        share: posterior probability of this earlier path.
        log_evidence: of every account that could be weighed.
        found_by_half: whether half the search finds it.
    """

    earlier: Path
    share: float
    log_evidence: dict[str, float]
    found_by_half: bool = True

    @property
    def start(self) -> int:
        """First week of the present segment, from 0."""
        return start_of(self.earlier)


def weigh_along_paths(
    record: Record,
    shared: Effects,
    hyper: Hyper,
    most: int = MOST_INTEGRALS,
    progress: Progress | None = None,
) -> tuple[dict[str, Evidence], tuple[Along, ...]]:
    """The evidences given the likeliest earlier path, and every earlier path that matters, likeliest first.

    A record below LONG weeks, and one whose earlier regimes hold less than LEAST_SHARE of the mass, is weighed without any.

    Args:
        record, shared, hyper: what is weighed.
        most: how many trajectories of an account are integrated at most; of a path that seems UNLIKELY, at most FEW.
        progress: called as (account, done, total).
    """
    proposals = propose(record, shared, hyper) if record.weeks >= LONG else []
    few = min(most, FEW)
    without = 1.0 - sum(p.share for p in proposals)
    plain = weigh_segment(record, shared, hyper, most=few if without < UNLIKELY else most, progress=progress)
    if not proposals:
        return plain, (Along((), 1.0, logs(plain)),)
    found = [(log_weight_without(logs(plain), record.weeks), Along((), 0.0, logs(plain)))]
    best, kept = found[0][0], plain
    for p in proposals:
        given = weigh_segment(record, shared, hyper, p.earlier, p.frame, few if p.share < UNLIKELY else most)
        along = Along(p.earlier, 0.0, logs(given), p.found_by_half)
        followed = log_followed(along.log_evidence, record.weeks - along.start)
        returned = along.log_evidence["same"] + p.log_returned
        log_weight = p.log_prior + float(np.logaddexp(followed, returned))
        found.append((log_weight, along))
        if log_weight > best:
            best, kept = log_weight, given
    total = float(np.logaddexp.reduce([w for w, _ in found]))
    shared_out = [replace(along, share=math.exp(w - total)) for w, along in found]
    if 1.0 - shared_out[0].share < LEAST_SHARE:
        return plain, (replace(shared_out[0], share=1.0),)
    matter = [along for along in shared_out if along.share >= LEAST_SHARE]
    return kept, tuple(sorted(matter, key=lambda along: -along.share))


def logs(evidences: Mapping[str, Evidence]) -> dict[str, float]:
    """The log evidences alone."""
    return {name: evidence.log for name, evidence in evidences.items()}


def log_followed(log_evidence: Mapping[str, float], weeks: int) -> float:
    """Log of P(another change within `weeks`) times the mean evidence of the accounts in which one came."""
    changed = [name for name in log_evidence if name not in ("same", "none_of_these")]
    terms = [log_evidence[name] + math.log((1.0 - NONE_SHARE) / len(changed)) for name in changed]
    terms.append(log_evidence["none_of_these"] + math.log(NONE_SHARE))
    return math.log(1.0 - survival(weeks)) + float(np.logaddexp.reduce(terms))


def log_weight_without(log_evidence: Mapping[str, float], weeks: int) -> float:
    """Log weight of no earlier regime: either nothing ever changed, or one change did."""
    nothing = math.log(survival(weeks)) + log_evidence["same"]
    return float(np.logaddexp(nothing, log_followed(log_evidence, weeks)))
