"""The accounts of the present segment of a long record, given the regimes before it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from velveteen.judge.accounts import ALL, Account, told_apart
from velveteen.judge.effects import Effects
from velveteen.judge.evidence import Evidence, account_evidence, find_base
from velveteen.judge.hyper import Hyper
from velveteen.judge.quadrature import Frame
from velveteen.judge.record import Record
from velveteen.judge.regimes import Path, start_of, with_regimes
from velveteen.judge.shapes import Shape, moving

_CELLS = ("channel", "informant", "level", "week", "family", "y", "of", "scale", "sign", "node", "log_weight")


def weigh_segment(
    record: Record, shared: Effects, hyper: Hyper, path: Path, frame: Frame | None
) -> dict[str, Evidence]:
    """Evidence of every account of the present segment given the earlier regimes, which all accounts share.

    With an empty path and no frame this is what the judge does with a record of one segment.

    Args:
        record, shared, hyper: of the whole record.
        path: the earlier regimes.
        frame: where the hyperparameters lie along this path; None searches for it under `same`.
    """
    start = start_of(path)
    effects, now = with_regimes(record, shared, path), present(record, start)
    apart, limits = told_apart(now), np.ptp(now.limit[0]) > 0
    left_out = ([] if limits else ["conditional"]) + ([] if apart else ["surface"])
    base = find_base(record, hyper, effects, frame)
    evidences = {
        name: account_evidence(record, segment_account(name, record, effects, start), hyper, base)
        for name in ALL
        if name not in left_out
    }
    return evidences if apart else {**evidences, "surface": evidences["lasting"]}


def present(record: Record, start: int) -> Record:
    """The weeks from `start` on as a record of its own, weeks counted from there; all of it where `start` is 0."""
    kept = np.flatnonzero(record.week >= start)
    arrays = {name: getattr(record, name)[kept] for name in _CELLS}
    arrays["week"] = arrays["week"] - start
    return replace(
        record, first=record.first + start, weeks=record.weeks - start,
        cells=tuple(record.cells[i] for i in kept), **arrays,
        loss=tuple(w - start for w in record.loss if w >= start),
        anchors=tuple(w - start for w in record.anchors), limit=record.limit[:, start:],
        last_threat=None if record.last_threat is None else record.last_threat - start,
        unwritten=record.unwritten[start:],
    )  # fmt: skip


def segment_account(name: str, record: Record, effects: Effects, start: int) -> Account:
    """An account of the whole record, its trajectories those that the account has in the present segment alone."""
    kept = record.week >= start
    rows = replace(effects, column=effects.column[kept], v0=effects.v0[kept], v1=effects.v1[kept])
    inside = ALL[name](present(record, start), rows)
    return replace(ALL[name](record, effects), shapes=tuple(delayed(shape, start) for shape in inside.shapes))


def delayed(shape: Shape, start: int) -> Shape:
    """A segment's trajectories among the weeks of the whole record: nothing before its start, nothing begun before it."""
    if start == 0:
        return shape
    inside = shape.onsets >= 0
    onsets, prior = shape.onsets[inside] + start, shape.onset_log_prior[inside]
    columns = np.pad(shape.columns, ((0, 0), (start, 0)))
    if shape.of_lag is None:
        profiles = np.pad(shape.profiles[inside], ((0, 0), (start, 0)))
    else:
        profiles = moving(shape.of_lag, onsets, start + shape.profiles.shape[1])
    prior = prior - np.logaddexp.reduce(prior)
    return Shape(shape.log_prior, onsets, prior, profiles, columns, shape.of_lag)
