"""Which earlier paths of a long record are worth weighing: searched in the Gaussian stand-in, rescored in full."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from velveteen.judge.effects import Effects
from velveteen.judge.hyper import Hyper
from velveteen.judge.quadrature import Frame, find_frame
from velveteen.judge.record import Record
from velveteen.judge.regimes import Path, earlier, path_log_prior, start_of
from velveteen.judge.regimes_gaussian import Expansion
from velveteen.judge.regimes_rescored import Rescored, evaluator_along
from velveteen.judge.regimes_search import APART, Proposer, alike

BEAM = 4  # paths followed at each length
RESCORED = 30  # paths that are scored in full
MOST_WEIGHED = 3  # earlier paths for which every account is weighed
LEAST_SHARE = 0.01  # share of the mass below which an earlier path is left out


@dataclass(frozen=True, slots=True)
class Proposal:
    """An earlier path worth weighing.

    Attributes:
        earlier: its regimes.
        log_prior: log prior summed over small shifts of its changes and over paths whose present segment begins alike.
        log_returned: log of P(a return to the level before came last) times the evidence it gains over none.
        frame: where the hyperparameters lie.
        found_by_half: whether half the search finds where its present segment begins.
        share: of the mass, as far as the search tells.
    """

    earlier: Path
    log_prior: float
    log_returned: float
    frame: Frame
    found_by_half: bool
    share: float


def propose(record: Record, shared: Effects, hyper: Hyper) -> list[Proposal]:
    """Earlier paths that may hold a share of the mass, likeliest first; none where the record needs none."""
    frame, best, proposer = _settled(record, shared, hyper)
    half = proposer.search(BEAM // 2, ((), best))
    pool = half | proposer.search(BEAM, ((), best))
    full = Rescored(record, shared, hyper, frame.centre)
    scores = {path: full(path) for path in _top(pool, RESCORED)}
    groups = _grouped(_weights(scores, pool, proposer))
    starts = [start_of(_before(path)) for path in _top(half, RESCORED // 2)]
    proposals = []
    for before, extra, share in groups:
        whole = max((p for p in scores if alike(_before(p), before)), key=scores.__getitem__)
        refined = full.refined(whole)
        settled = earlier(refined)
        log_prior = path_log_prior(settled) + full.log_volume(refined) + extra
        returned = _log_returned(full, scores, settled)
        found = any(abs(start_of(before) - start) < APART for start in starts)
        proposals.append(Proposal(settled, log_prior, returned, frame, found, share))
    return proposals


def _log_returned(full: Rescored, scores: dict[Path, float], before: Path) -> float:
    """`Rescored.returned` of the best scored path that is this one with a regime ended last; -inf without one."""
    found = (
        full.returned(before, path.index(regime), regime)
        for path in _top(scores, len(scores))
        for regime in path
        if regime.until == start_of(path) and alike(earlier(path), before)
    )
    return next(found, -math.inf)


def _settled(record: Record, shared: Effects, hyper: Hyper) -> tuple[Frame, Path, Proposer]:
    """Where z lies along a first good path, that path, and a proposer expanded about both."""
    expansion = Expansion(record, shared, hyper.natural(np.zeros(hyper.size)))
    first = Proposer(record, expansion.around(())).search(BEAM // 2)
    best = _top(first, 1)[0]
    frame = find_frame(evaluator_along(record, shared, hyper, best).along, hyper.size)
    expansion = Expansion(record, shared, hyper.natural(frame.centre))
    return frame, best, Proposer(record, expansion.around(best))


def _top(scores: dict[Path, float], most: int) -> list[Path]:
    return sorted(scores, key=lambda path: -scores[path])[:most]


def _before(path: Path) -> Path:
    return earlier(path) if path else ()


def _weights(scores: dict[Path, float], pool: dict[Path, float], proposer: Proposer) -> dict[Path, float]:
    """Log weight of each earlier path: summed over what may have followed it, corrected by the best full score."""
    weights: dict[Path, float] = {}
    for path in _top(scores, len(scores)):
        before = _before(path)
        if not any(alike(before, known) for known in weights):
            weights[before] = proposer.followed(before) + scores[path] - pool[path]
    return weights


def _grouped(weights: dict[Path, float]) -> list[tuple[Path, float, float]]:
    """The likeliest earlier path of each beginning of the present segment, with its group's weight and share.

    The weight is the log of the group's over the path's own; the share is the group's of all that was searched. How the
    years before are explained matters little once it is known where the present begins. No earlier regime, and
    beginnings that hold next to no weight, are left out.
    """
    groups: dict[Path, list[float]] = {}
    for path in _top(weights, len(weights)):
        known = (p for p in groups if bool(p) == bool(path) and abs(start_of(p) - start_of(path)) < APART)
        groups.setdefault(next(known, path), []).append(weights[path])
    summed = {path: float(np.logaddexp.reduce(own)) for path, own in groups.items()}
    total = float(np.logaddexp.reduce(list(summed.values())))
    share = {path: math.exp(value - total) for path, value in summed.items()}
    likely = [path for path in _top(summed, len(summed)) if path and share[path] > LEAST_SHARE]
    return [(path, summed[path] - weights[path], share[path]) for path in likely[:MOST_WEIGHED]]
