"""Any table becomes rows with their lines; numbers and weeks are read as they stand, or refused by name."""

from __future__ import annotations

from datetime import date, datetime

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from velveteen.measure.tables import Row, number, read_rows, week_number
from velveteen.measure.weeks import week_of
from velveteen.problems import BadInput

COLUMNS = {"week": [1, 2], "value": [3.0, 4.0]}
MONDAY = week_of(date(2024, 1, 29))


def code(call, *args):
    with pytest.raises(BadInput) as error:
        call(*args)
    return error.value.code


@pytest.mark.parametrize("make", [dict, pl.DataFrame, pd.DataFrame, pa.table])
def test_frames_and_dicts_become_rows(make):
    rows = read_rows(make(COLUMNS))
    assert [dict(r.values) for r in rows] == [{"week": 1, "value": 3.0}, {"week": 2, "value": 4.0}]
    assert [r.line for r in rows] == [2, 3]


def write(tmp_path, content):
    path = tmp_path / "cells.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_a_csv_has_text_and_the_lines_of_the_file(tmp_path):
    path = write(tmp_path, 'week,channel,note\n1,harm,"two\nlines"\n2,harm,\n')
    rows = read_rows(path)
    assert rows[0].values == {"week": "1", "channel": "harm", "note": "two\nlines"}
    assert rows[1].values["note"] == ""
    assert rows[1].line == 4
    assert read_rows(str(path)) == rows


def test_a_byte_order_mark_and_other_line_ends_are_read(tmp_path):
    rows = read_rows(write(tmp_path, b"\xef\xbb\xbfweek,value\r\n1,2\r\n"))
    assert rows[0].values == {"week": "1", "value": "2"}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "empty_file"),
        (b"\xff\xfe\x00w", "not_text"),
        (b"week,value\n1,\x00\n", "not_text"),
        (b"week,value\n1,2,3\n", "ragged_row"),
        (b"week,value\n1\n", "ragged_row"),
        (b'week,value\n1,"2\n', "not_csv"),
    ],
)
def test_files_that_are_no_table(tmp_path, content, expected):
    assert code(read_rows, write(tmp_path, content)) == expected


def test_a_ragged_row_is_named_by_its_line(tmp_path):
    with pytest.raises(BadInput, match="Line 3") as error:
        read_rows(write(tmp_path, "week,value\n1,2\n3\n"))
    assert error.value.line == 3


def test_a_file_that_cannot_be_opened(tmp_path):
    with pytest.raises(BadInput, match=r"no\.csv could not be opened") as error:
        read_rows(tmp_path / "no.csv")
    assert error.value.code == "unreadable"


def test_a_header_alone_has_no_rows(tmp_path):
    assert read_rows(write(tmp_path, "week,value\n")) == []


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ({"week": [1, 2], "value": [1]}, "ragged_columns"),
        ({"week": [1], "value": 3.0}, "not_a_table"),
        (7, "not_a_table"),
        ([{"week": 1}], "not_a_table"),
        (pl.DataFrame(COLUMNS).lazy(), "not_a_table"),
    ],
)
def test_what_is_no_table(table, expected):
    assert code(read_rows, table) == expected


@pytest.mark.parametrize(
    ("value", "expected"), [("3.5", 3.5), (2, 2.0), (" 4 ", 4.0), (np.float64(1.5), 1.5)]
)
def test_numbers(value, expected):
    assert number(Row({"value": value}, 9), "value") == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("", "not_a_number"),
        (None, "not_a_number"),
        ("few", "not_a_number"),
        ("nan", "not_finite"),
        (np.inf, "not_finite"),
    ],
)
def test_what_is_no_number_is_named_by_row_and_column(value, expected):
    with pytest.raises(BadInput, match="Row 9: value") as error:
        number(Row({"value": value}, 9), "value")
    assert error.value.code == expected
    assert error.value.line == 9


@pytest.mark.parametrize(
    "value",
    [
        "2024-01-31",
        " 2024-02-04 ",
        "2024-01-29T23:59:00",
        "20240131",
        date(2024, 1, 30),
        datetime(2024, 2, 4, 23, 59),
        pd.Timestamp("2024-02-01"),
        np.datetime64("2024-02-02"),
        np.datetime64("2024-02-02T00:00:00.000000000"),
    ],
)
def test_a_date_is_floored_to_its_monday(value):
    assert week_number(value) == (MONDAY, True)


def test_the_next_monday_is_the_next_week():
    assert week_number("2024-02-05") == (MONDAY + 1, True)


@pytest.mark.parametrize(
    ("value", "week"), [(0, 0), ("12", 12), (-3, -3), (5.0, 5), ("7.0", 7), (np.int64(4), 4)]
)
def test_an_integer_stands_for_itself(value, week):
    assert week_number(value) == (week, False)


@pytest.mark.parametrize(
    "value",
    [
        "soon",
        "",
        None,
        3.5,
        float("nan"),
        float("inf"),
        "2024-13-01",
        "2024-01-31x",
        "2024-01-311",
        True,
        pd.NaT,
    ],
)
def test_what_is_no_week(value):
    with pytest.raises(BadInput, match="Row 5") as error:
        week_number(value, 5)
    assert error.value.code == "week_unreadable"


def test_a_column_named_twice_is_refused(tmp_path):
    path = tmp_path / "cells.csv"
    path.write_text("week,channel,value,value\n1,harm,2,3\n", encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        read_rows(path)
    assert caught.value.code == "repeated_column"
