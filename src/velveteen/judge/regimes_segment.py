"""The accounts of the present segment of a long record, given the regimes before it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from velveteen.judge.accounts import ALL, Account, told_apart, weighable
from velveteen.judge.effects import Effects
from velveteen.judge.evidence import MOST_INTEGRALS, Evidence, account_evidence, find_base
from velveteen.judge.hyper import Hyper
from velveteen.judge.progress import Progress
from velveteen.judge.quadrature import Frame
from velveteen.judge.record import Record, of_cells
from velveteen.judge.regimes import Path, start_of, with_regimes
from velveteen.judge.shapes import Shape, moving


def weigh_segment(
    record: Record,
    shared: Effects,
    hyper: Hyper,
    path: Path = (),
    frame: Frame | None = None,
    most: int = MOST_INTEGRALS,
    progress: Progress | None = None,
) -> dict[str, Evidence]:
    """Evidence of every account of the present segment given the earlier regimes, which all accounts share.

    With an empty path that is the whole record. `surface` shares the evidence of `lasting` where nothing tells them apart.

    Args:
        record, shared, hyper: of the whole record.
        path: the earlier regimes.
        frame: where the hyperparameters lie along this path; None searches for it under `same`.
        most: how many trajectories of an account are integrated over the hyperparameters, at most.
        progress: called as (account, done, total).
    """
    start = start_of(path)
    effects, now = with_regimes(record, shared, path), present(record, start)
    apart, names = told_apart(now), weighable(now)
    base = find_base(record, hyper, effects, frame)
    evidences: dict[str, Evidence] = {}
    for done, name in enumerate(names):
        if progress:
            progress(name, done, len(names))
        if name != "surface" or apart:
            account = segment_account(name, record, effects, start)
            evidences[name] = account_evidence(record, account, hyper, base, most)
    return evidences if apart else {**evidences, "surface": evidences["lasting"]}


def present(record: Record, start: int) -> Record:
    """The weeks from `start` on as a record of its own, weeks counted from there; all of it where `start` is 0."""
    kept = of_cells(record, record.week >= start)
    return replace(
        kept, first=record.first + start, weeks=record.weeks - start, week=kept.week - start,
        loss=tuple(w - start for w in record.loss if w >= start),
        anchors=tuple(w - start for w in record.anchors), limit=record.limit[:, start:],
        last_threat=None if record.last_threat is None else record.last_threat - start,
        unwritten=record.unwritten[start:],
        self_reports=tuple(c for c in record.self_reports if c.week >= record.first + start),
        unweighed=tuple(c for c in record.unweighed if c.week >= record.first + start),
    )  # fmt: skip


def segment_account(name: str, record: Record, effects: Effects, start: int) -> Account:
    """An account of the whole record, its trajectories those that the account has in the present segment alone."""
    whole = ALL[name](record, effects)
    if start == 0:
        return whole
    inside = ALL[name](present(record, start), effects.of_cells(record.week >= start))
    return replace(whole, shapes=tuple(delayed(shape, start) for shape in inside.shapes))


def delayed(shape: Shape, start: int) -> Shape:
    """A segment's trajectories among the weeks of the whole record: nothing before its start, nothing begun before it."""
    inside = shape.onsets >= 0
    onsets, prior = shape.onsets[inside] + start, shape.onset_log_prior[inside]
    columns = np.pad(shape.columns, ((0, 0), (start, 0)))
    if shape.of_lag is None:
        profiles = np.pad(shape.profiles[inside], ((0, 0), (start, 0)))
    else:
        profiles = moving(shape.of_lag, onsets, start + shape.profiles.shape[1])
    prior = prior - np.logaddexp.reduce(prior)
    return Shape(shape.log_prior, onsets, prior, profiles, columns, shape.of_lag)
