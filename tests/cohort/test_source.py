"""A cohort read from files: which files, whose rows, and everything that can be wrong with them."""

from __future__ import annotations

import polars as pl
import pytest
from tests.cohort.records import LEFT, quiet
from tests.cohort.tables import FIRST, cells_frame, points_frame, small_cohort, write_cohort

import velveteen as vt
from velveteen.cohort.source import find_tables, household_names, read_households
from velveteen.measure.cells import TurningPoint


def code_of(*given):
    with pytest.raises(vt.BadInput) as said:
        find_tables(*given)
    return said.value.code


def test_a_folder_and_its_files_are_the_same_cohort(tmp_path):
    folder = write_cohort(tmp_path, small_cohort(2), ["h1"])
    there = find_tables(folder)
    assert find_tables(folder / "cells.parquet", folder / "turning_points.parquet") == there
    assert household_names(there) == ["h0", "h1", "short", "wrong"]


@pytest.mark.parametrize("end", ["parquet", "csv"])
def test_a_household_comes_back_as_it_went_in(tmp_path, end):
    cells, points = cells_frame({"a": quiet(1), "b": quiet(2)}), points_frame(["b"])
    for frame, name in (
        (cells.sample(fraction=1.0, shuffle=True, seed=1), "cells"),
        (points, "turning_points"),
    ):
        getattr(frame, f"write_{end}")(tmp_path / f"{name}.{end}")
    b, a = read_households(find_tables(tmp_path), ["b", "a"])
    assert [a.name, b.name] == ["a", "b"]
    assert a.turning_points is None
    assert vt.judge(a.cells).log_evidence == vt.judge(quiet(1)).log_evidence
    shifted = [TurningPoint(FIRST + p.week, p.kind) for p in LEFT]
    moved = [c.__class__(c.week + FIRST, *[getattr(c, f) for f in c.__slots__[1:]]) for c in quiet(2)]
    assert vt.judge(b.cells, b.turning_points).log_evidence == vt.judge(moved, shifted).log_evidence


def test_a_household_with_turning_points_alone_is_not_lost(tmp_path):
    tables = find_tables(write_cohort(tmp_path, {"a": quiet()}, ["a", "z"]))
    assert household_names(tables) == ["a", "z"]
    (z,) = read_households(tables, ["z"])
    with pytest.raises(vt.BadInput) as said:
        vt.judge(z.cells, z.turning_points)
    assert said.value.code == "no_cells"


def test_households_may_be_numbered(tmp_path):
    frame = cells_frame({"a": quiet()}).with_columns(household=pl.lit(7))
    frame.write_parquet(tmp_path / "cells.parquet")
    tables = find_tables(tmp_path)
    assert household_names(tables) == ["7"]
    assert len(next(read_households(tables, ["7"])).cells["week"]) == len(quiet())


def test_other_columns_are_left_alone(tmp_path):
    cells_frame({"a": quiet()}).with_columns(site=pl.lit("north")).write_parquet(tmp_path / "cells.parquet")
    (a,) = read_households(find_tables(tmp_path), ["a"])
    assert set(a.cells) == {"week", "channel", "value", "of", "informant", "strain"}


def test_files_that_are_not_there(tmp_path):
    assert code_of(tmp_path) == "no_cells"
    assert code_of(tmp_path / "cells.parquet") == "unreadable"
    assert code_of(tmp_path / "cells.xlsx") == "no_table"


def test_a_table_in_two_forms_is_one_too_many(tmp_path):
    write_cohort(tmp_path, {"a": quiet()})
    cells_frame({"a": quiet()}).write_csv(tmp_path / "cells.csv")
    assert code_of(tmp_path) == "two_tables"


@pytest.mark.parametrize("column", ["household", "week", "channel", "value"])
def test_a_column_that_every_row_needs(tmp_path, column):
    cells_frame({"a": quiet()}).drop(column).write_parquet(tmp_path / "cells.parquet")
    assert code_of(tmp_path) == "missing_column"


def test_turning_points_need_their_columns_too(tmp_path):
    write_cohort(tmp_path, {"a": quiet()}, ["a"])
    points_frame(["a"]).drop("kind").write_parquet(tmp_path / "turning_points.parquet")
    assert code_of(tmp_path) == "missing_column"


@pytest.mark.parametrize("nobody", [None, ""])
def test_a_row_of_nobody_is_said(tmp_path, nobody):
    frame = cells_frame({"a": quiet()})
    household = pl.when(pl.int_range(pl.len()) == 3).then(pl.lit(nobody)).otherwise(pl.col("household"))
    frame.with_columns(household.alias("household")).write_parquet(tmp_path / "cells.parquet")
    with pytest.raises(vt.BadInput, match=r"1 rows of cells\.parquet name no household") as said:
        find_tables(tmp_path)
    assert said.value.code == "household_missing"


@pytest.mark.parametrize(("name", "content"), [("cells.parquet", b"PAR1 and no more"), ("cells.csv", b"")])
def test_a_file_that_is_not_what_it_is_called(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    assert code_of(tmp_path) == "unreadable"
