"""What the weeks that nobody wrote would hold if they were as hard as those around them, or harder.

A week is unwritten where the one who writes most at home (`partner` or `other`) gives it no count and no rating, and the two
were not apart in it (`Record.unwritten`). What it would hold: for each outward count and rating that the writer gives often,
on each kind of day, what the nearest written weeks before and after it make expected, with the exposure of a mean week.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from velveteen.judge.arrays import Floats, Ints
from velveteen.judge.families import COUNT
from velveteen.judge.record import Record, rating_range

AROUND = 3  # written cells before an unwritten week, and as many after it, that say what is expected
OFTEN = 0.25  # share of the written weeks in which a kind of cell must stand
_COPIED = ("channel", "informant", "level", "family", "scale", "sign", "node", "log_weight", "coder", "coded")


@dataclass(frozen=True, slots=True)
class Expected:
    """Cells that the unwritten weeks would have if they were as the weeks around them.

    Attributes:
        like: (K,) a cell of the record of the same kind.
        week: (K,) unwritten week, from 0.
        value: (K,) expected acts, or expected rating.
        of: (K,) exposure, or number of ratings.
    """

    like: Ints
    week: Ints
    value: Floats
    of: Floats


def expected(record: Record) -> Expected:
    """What the unwritten weeks would hold; no cell where none is unwritten or nothing outward is written often."""
    weeks = np.flatnonzero(record.unwritten)
    written = record.weeks - weeks.size
    parts = [
        _kind_of_cell(record, cells, weeks, written)
        for cells in _kinds(record)
        if cells.size >= OFTEN * written
    ]
    if not parts or not weeks.size:
        return Expected(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0), np.zeros(0))
    like, week, value, of = (np.concatenate(column) for column in zip(*parts, strict=True))
    return Expected(like, week, value, of)


def _kinds(record: Record) -> list[Ints]:
    """Indices of the home writer's outward counts and ratings, by level and strain; cells are in order of week."""
    kinds: dict[tuple[int, float | None], list[int]] = {}
    for i in np.flatnonzero(record.of_writer).tolist():
        kinds.setdefault((int(record.level[i]), record.cells[i].strain), []).append(i)
    return [np.array(cells, dtype=np.int64) for cells in kinds.values()]


def _kind_of_cell(
    record: Record, cells: Ints, weeks: Ints, written: int
) -> tuple[Ints, Ints, Floats, Floats]:
    total = record.total[cells]
    value = np.empty(weeks.size)
    for k, week in enumerate(weeks):
        place = int(np.searchsorted(record.week[cells], week))
        near = slice(max(0, place - AROUND), place + AROUND)
        value[k] = total[near].sum() / record.of[cells[near]].sum()
    of = np.full(weeks.size, record.of[cells].sum() / written)
    return np.full(weeks.size, cells[0]), weeks, value, of


def filled(record: Record, cells: Expected, factor: float) -> Record:
    """The record with the expected cells in it, `factor` times as harmful.

    Acts are multiplied (where more is better, divided), and rounded so that their running sum keeps within half an act;
    ratings move by log(factor) ordinary changes, within their range.
    """
    y = np.empty(cells.week.size)
    for like in np.unique(cells.like):
        mine = cells.like == like
        worse = -float(record.sign[like]) * math.log(factor)
        if record.family[like] == COUNT:
            running = np.floor(np.cumsum(cells.value[mine] * cells.of[mine] * math.exp(worse)) + 0.5)
            y[mine] = np.diff(running, prepend=0.0)
        else:
            channel = record.channels[record.channel[like]]
            bounds = rating_range(channel, record.y[record.channel == record.channel[like]].tolist())
            moved = cells.value[mine] + worse * float(record.scale[like])
            y[mine] = np.clip(moved, *bounds)
    copied: dict[str, Any] = {
        name: np.concatenate([(v := getattr(record, name)), v[cells.like]]) for name in _COPIED
    }
    more = tuple(
        replace(record.cells[like], week=record.first + week, value=value, of=of)
        for like, week, value, of in zip(
            cells.like.tolist(), cells.week.tolist(), y.tolist(), cells.of.tolist(), strict=True
        )
    )
    return replace(
        record, cells=record.cells + more, week=np.concatenate([record.week, cells.week]),
        y=np.concatenate([record.y, y]), of=np.concatenate([record.of, cells.of]), **copied,
    )  # fmt: skip
