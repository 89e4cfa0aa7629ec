"""A path of regimes to people: since when the words hold, and what was before, in a sentence or two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from velveteen.judge.evidence import Evidence
from velveteen.judge.record import Record
from velveteen.judge.regimes import Path, Regime
from velveteen.judge.regimes_evidence import Along
from velveteen.judge.summary import ENDS
from velveteen.measure.weeks import about_week

WITHIN = {
    "level": "better",
    "outward": "better on the outside",
    "worse": "worse",
    "pulse": "better for a while",
}


def since_week(evidences: Mapping[str, Evidence], account: str, along: Along) -> int:
    """Week from which an account's change is under way (median over its trajectories); the segment's start without one.

    `surface_or_lasting` is read as `lasting`.
    """
    evidence = evidences["lasting" if account == "surface_or_lasting" else account]
    shapes = evidence.evaluator.account.shapes
    rows = np.array([shapes[c.shape].profiles[c.onset] for c in evidence.components])
    begun = (rows > 0).argmax(axis=1)
    order = np.argsort(begun, kind="stable")
    mass = np.cumsum(np.exp([evidence.components[i].log_weight - evidence.log for i in order]))
    middle = int(np.searchsorted(mass, 0.5 * mass[-1]))
    return max(along.start, int(begun[order[middle]]))


def compared_from(along: Along, since: int, weeks: int) -> int:
    """First of the weeks that "before" means: when the last earlier change was through, but before the present one.

    0 where there is no earlier regime: the record's first weeks.
    """
    if not along.earlier:
        return 0
    last = max(_lasts(r) for r in along.earlier)
    latest = max(along.start, min(since, weeks) - ENDS)
    return min(max(last, along.start), latest)


def _lasts(regime: Regime) -> int:
    """Week in which a regime's last change is through: the end of its ramp, or four half-lives of a pulse."""
    if regime.until is not None:
        return regime.until + regime.fade
    return regime.onset + (4 * regime.span if regime.kind == "pulse" else regime.span)


def since_words(along: Along, since: int, *, dated: bool) -> str:
    """Since when, as "since about March 2024", where earlier regimes stand before the present; nothing where none do."""
    return f"since {about_week(since, dated=dated)}" if along.earlier else ""


def earlier_words(path: Path, first: int, *, dated: bool) -> str:
    """The earlier regimes in one sentence; empty without any."""
    if not path:
        return ""
    parts = []
    for regime in path:
        until = f" until {about_week(first + regime.until, dated=dated)}" if regime.until is not None else ""
        parts.append(f"{WITHIN[regime.kind]} from {about_week(first + regime.onset, dated=dated)}{until}")
    return f"Before that, each compared with the time before it: {'; '.join(parts)}."


def path_detail(
    along: Sequence[Along], record: Record, since: int, search_error: float, *, dated: bool
) -> dict[str, Any]:
    """What `Verdict.detail` says of the path.

    Returns:
        Empty for a record of one segment with nothing else to weigh; else `path`, the likeliest earlier regimes (kind,
        first week, week of its end or None), and `present`: first week of the segment, since when the account's
        change, `share` of this earlier path, how many were averaged over, the search's error, and the sentence.
    """
    if len(along) == 1 and not along[0].earlier:
        return {}
    likeliest, first = along[0], record.first
    path = [
        {"kind": r.kind, "from": first + r.onset, "until": None if r.until is None else first + r.until}
        for r in likeliest.earlier
    ]
    return {
        "path": path,
        "present": {
            "start": first + likeliest.start, "since": first + since, "share": likeliest.share,
            "paths": len(along), "search_error": search_error,
            "words": earlier_words(likeliest.earlier, first, dated=dated),
        },
    }  # fmt: skip
