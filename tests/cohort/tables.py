"""Cohorts in files for the tests."""

from __future__ import annotations

import polars as pl
from tests.cohort.records import LEFT, quiet, short, wrong

from velveteen.measure.weeks import monday

FIRST = 105_000  # the index of a week of 2013: what is written as a date must come back as one


def cell_rows(name, cells):
    return [
        {
            "household": name, "week": monday(FIRST + c.week), "channel": c.channel, "value": float(c.value),
            "of": float(c.of), "informant": c.informant, "strain": c.strain,
        }
        for c in cells
    ]  # fmt: skip


def point_rows(name, points):
    return [{"household": name, "week": monday(FIRST + p.week), "kind": p.kind} for p in points]


def cells_frame(cohort):
    return pl.DataFrame([row for name, cells in cohort.items() for row in cell_rows(name, cells)])


def points_frame(names):
    return pl.DataFrame([row for name in names for row in point_rows(name, LEFT)])


def small_cohort(count=5):
    """So many households that can be judged, one too short and one that is wrong."""
    return {f"h{i}": quiet(i) for i in range(count)} | {"short": short(), "wrong": wrong()}


def write_cohort(folder, cohort, points=()):
    """A folder with cells and, for the named households, turning points."""
    folder.mkdir(parents=True, exist_ok=True)
    cells_frame(cohort).write_parquet(folder / "cells.parquet")
    if points:
        points_frame(points).write_parquet(folder / "turning_points.parquet")
    return folder
