"""One record, however it is handed over, has one verdict."""

from __future__ import annotations

import csv
from datetime import date, timedelta

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from tests.judge.records import mixed_cells

import velveteen as vt
from velveteen.judge.verdict import ACCOUNTS
from velveteen.measure.cells import Cell
from velveteen.measure.weeks import monday, week_of

CELLS = mixed_cells(9, 6, strains=(0.0, 1.0, 0.5))
FIELDS = ("week", "channel", "value", "of", "informant", "strain")
COLUMNS = {name: [getattr(c, name) for c in CELLS] for name in FIELDS}
POINTS = {"week": [1, 4], "kind": ["loss_threatened", "boundary_held"], "share": [None, 0.5]}


def csv_file(path, columns):
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(
            [["" if v is None else v for v in row] for row in zip(*columns.values(), strict=True)]
        )
    return path


MAKERS = {
    "polars": lambda columns, _: pl.DataFrame(columns),
    "pandas": lambda columns, _: pd.DataFrame(columns),
    "arrow": lambda columns, _: pa.table(columns),
    "csv path": lambda columns, path: csv_file(path, columns),
    "csv text path": lambda columns, path: str(csv_file(path, columns)),
    "NumPy columns": lambda columns, _: {k: np.array(v) for k, v in columns.items()},
}


@pytest.fixture(scope="module")
def expected():
    return vt.judge(COLUMNS, POINTS)


def assert_same(verdict, expected):
    for reader, odds in expected.odds.items():
        assert verdict.odds[reader] == pytest.approx(odds, abs=1e-9)
    assert verdict.weeks == expected.weeks


@pytest.mark.parametrize("kind", MAKERS)
def test_every_kind_of_table(kind, expected, tmp_path):
    cells = MAKERS[kind](COLUMNS, tmp_path / "cells.csv")
    points = MAKERS[kind](POINTS, tmp_path / "points.csv") if kind != "NumPy columns" else POINTS
    assert_same(vt.judge(cells, points), expected)


def test_a_list_of_cells(expected):
    assert_same(vt.judge(CELLS, POINTS), expected)


def dated(days):
    first = week_of(date(2023, 5, 1))
    return [monday(first + w) + timedelta(days=d) for w, d in zip(COLUMNS["week"], days, strict=True)]


def test_dates_or_integers(expected):
    """Any day of a week stands for its Monday; as text, as dates, or as a frame's own dates."""
    days = np.random.default_rng(0).integers(0, 7, len(CELLS)).tolist()
    points = POINTS | {"week": [date(2023, 5, 8), date(2023, 6, 4)]}
    text = [day.isoformat() for day in dated(days)]
    for weeks in (text, dated(days)):
        verdict = vt.judge(COLUMNS | {"week": weeks}, points)
        assert_same(verdict, expected)
        assert verdict.dated
        assert verdict.first_week == week_of(date(2023, 5, 1))
    assert_same(vt.judge(pl.DataFrame(COLUMNS | {"week": dated(days)}), points), expected)
    assert_same(vt.judge(pd.DataFrame(COLUMNS | {"week": pd.to_datetime(text)}), points), expected)
    assert not expected.dated


def test_row_order_does_not_matter(expected):
    order = np.random.default_rng(1).permutation(len(CELLS))
    assert_same(vt.judge({k: [v[i] for i in order] for k, v in COLUMNS.items()}, POINTS), expected)


def test_empty_cells_of_a_frame_are_not_recorded():
    """Empty text, None and a frame's missing value are one and the same."""
    untold = [Cell(c.week, c.channel, c.value, c.of, c.informant) for c in CELLS if c.channel != "equals"]
    rows = {name: [getattr(c, name) for c in untold] for name in FIELDS}
    unique = {k: [v[i] for i in _firsts(rows)] for k, v in rows.items()}
    blank = [None] * len(unique["week"])
    verdicts = [
        vt.judge(unique | {"strain": blank, "audience": blank}),
        vt.judge(unique | {"strain": [""] * len(blank), "audience": [" "] * len(blank)}),
        vt.judge(pd.DataFrame(unique | {"strain": [np.nan] * len(blank), "audience": [np.nan] * len(blank)})),
        vt.judge({k: v for k, v in unique.items() if k != "strain"}),
    ]
    for verdict in verdicts[1:]:
        assert_same(verdict, verdicts[0])
    assert "strain_not_recorded" in {p.code for p in verdicts[0].problems}


def _firsts(rows):
    seen = {}
    for i, key in enumerate(zip(rows["week"], rows["channel"], rows["informant"], strict=True)):
        seen.setdefault(key, i)
    return list(seen.values())


def test_a_channels_file_extends_the_registry(tmp_path):
    path = tmp_path / "channels.toml"
    path.write_text('[arguments]\nfamily = "count"\nbetter = "less"\n', encoding="utf-8")
    cells = {"week": list(range(14)) * 2, "channel": ["arguments"] * 14 + ["harm"] * 14, "value": [2.0] * 28}
    verdict = vt.judge(cells, channels=path)
    assert set(verdict.effect) == {"arguments", "harm"}
    assert sum(verdict.odds["equal"][a] for a in ACCOUNTS) == pytest.approx(1.0)
