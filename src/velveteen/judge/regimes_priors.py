"""The prior of a path with one more change, for every week in which that may come."""

from __future__ import annotations

import math

import numpy as np

from velveteen.judge.arrays import Flags, Floats, Ints
from velveteen.judge.regimes import KINDS, RETURNS, SHORTEST, SPANS, TYPICAL, Path, changes


def each_log_prior(
    path: Path, onsets: Ints | int, weeks: int, *, ends: Ints | None = None, lasts: bool = True
) -> Floats:
    """(m,) `path_log_prior` of a path with one more regime, and that nothing came after; the new one's spans left out.

    Args:
        path: the other regimes.
        onsets: (m,) first week of the new one, or one week for all.
        weeks: T.
        ends: (m,) first week of its return; None: it does not return.
        lasts: False for a pulse.

    Returns:
        -inf where a regime of the path would be shorter than SHORTEST weeks.
    """
    begun = np.broadcast_to(np.asarray(onsets), np.shape(ends) if ends is not None else np.shape(onsets))
    until = np.full(begun.shape, weeks) if ends is None else ends
    new = [begun] if ends is None else [begun, until]
    fixed = 0.0
    for regime in path:
        fixed += math.log(SPANS[regime.kind][regime.span])
        if regime.until is not None:
            fixed += math.log(RETURNS) + math.log(SPANS["level"][regime.fade])
    if ends is not None:
        fixed += math.log(RETURNS)
    back = math.log(1.0 - RETURNS) * _not_back(path, begun, until, lasts=lasts)
    return _gaps(path, new, weeks) + back + fixed - (len(path) + 1) * math.log(len(KINDS))


def _gaps(path: Path, new: list[Ints], weeks: int) -> Floats:
    """(m,) log density of the weeks between changes, the open one after the last as a survival."""
    m = len(new[0])
    known = np.tile(np.array([0, *changes(path), weeks], dtype=np.int64), (m, 1))
    gaps = np.diff(np.sort(np.column_stack([known, *new]), axis=1), axis=1)
    log = -2.0 * np.log1p(gaps / TYPICAL) - math.log(TYPICAL)
    log[:, -1] = -np.log1p(gaps[:, -1] / TYPICAL)
    return np.where((gaps >= SHORTEST).all(axis=1), log.sum(axis=1), -math.inf)


def _not_back(path: Path, begun: Ints, until: Ints, *, lasts: bool) -> Floats:
    """(m,) how many of the changes, the new one among them, came where there was a level to go back to."""
    lasting = [r for r in path if r.kind != "pulse"]
    over: Flags = np.zeros(begun.shape, dtype=bool)
    for r in lasting:
        over |= (r.onset < begun) & (begun < (math.inf if r.until is None else r.until))
    count = over.astype(np.float64)
    for regime in path:
        known = any(r.onset < regime.onset and (r.until is None or r.until > regime.onset) for r in lasting)
        count += known | ((begun < regime.onset) & (regime.onset < until) & lasts)
    return count
