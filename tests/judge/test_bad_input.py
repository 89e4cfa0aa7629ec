"""Every table that cannot be: a plain sentence, the code, the line; never a traceback from deep inside."""

from __future__ import annotations

import math

import pytest

import velveteen as vt
from velveteen.measure.cells import Cell, TurningPoint


def table(**changes):
    """Thirteen good weeks as columns, with changes."""
    weeks = list(range(13))
    return {"week": weeks, "channel": ["harm"] * 13, "value": [1.0] * 13, "of": [1.0] * 13} | changes


def last(column):
    """The column's usual values, the last one replaced."""
    return lambda value, usual: {column: [usual] * 12 + [value]}


BAD = {
    "repeated_cell": {"week": [*range(12), 11]},
    "not_finite": last("value")(math.nan, 1.0),
    "not_a_number": last("value")("some", 1.0),
    "negative_count": last("value")(-1.0, 1.0),
    "negative_of": last("of")(-0.5, 1.0),
    "fractional_count": last("value")(1.5, 1.0),
    "unknown_channel": last("channel")("kindness", "harm"),
    "mixed_weeks": {"week": [*range(12), "2024-01-01"]},
    "week_unreadable": {"week": [*range(12), "soon"]},
    "strain_range": {"strain": [0.0] * 12 + [1.5]},
    "unknown_informant": {"informant": ["partner"] * 12 + ["neighbour"]},
    "unknown_audience": {"audience": ["alone"] * 12 + ["crowd"]},
    "count_without_exposure": last("of")(0.0, 1.0),
    "weeks_far_apart": {"week": [*range(12), 9000]},
}


@pytest.mark.parametrize("code", BAD)
def test_a_row_that_cannot_be_is_named_by_its_line(code):
    with pytest.raises(vt.BadInput) as error:
        vt.judge(table(**BAD[code]))
    assert error.value.code == code
    assert error.value.exit_code == 2
    if code not in ("mixed_weeks", "weeks_far_apart"):
        assert error.value.line == 14  # the header is line 1
        assert "14" in error.value.message


def test_more_kept_than_due():
    kept = table(channel=["promises"] * 13, of=[1.0] * 13, value=[1.0] * 12 + [2.0])
    with pytest.raises(vt.BadInput, match=r"more kept \(2\) than due \(1\)") as error:
        vt.judge(kept)
    assert error.value.code == "kept_over_due"


def test_a_rating_outside_its_range():
    with pytest.raises(vt.BadInput, match="outside 0 to 10") as error:
        vt.judge(table(channel=["equals"] * 13, value=[5.0] * 12 + [11.0]))
    assert error.value.code == "rating_range"


@pytest.mark.parametrize("column", ["week", "channel", "value"])
def test_a_missing_column_is_named(column):
    columns = table()
    del columns[column]
    with pytest.raises(vt.BadInput, match=f"“{column}”") as error:
        vt.judge(columns)
    assert error.value.code == "missing_column"


def test_a_table_without_rows():
    with pytest.raises(vt.BadInput) as error:
        vt.judge(table(week=[], channel=[], value=[], of=[]))
    assert error.value.code == "no_cells"


@pytest.mark.parametrize("nothing", [[], None, 7, "nowhere.csv"])
def test_what_is_no_table(nothing):
    with pytest.raises(vt.BadInput) as error:
        vt.judge(nothing)
    assert error.value.code in ("not_a_table", "unreadable")


def good():
    return [Cell(t, "harm", 1.0, 1.0) for t in range(13)]


POINTS = {
    "turning_point_after_end": {"week": [13], "kind": ["left"]},
    "unknown_turning_point": {"week": [3], "kind": ["argued"]},
    "share_range": {"week": [3], "kind": ["boundary_held"], "share": [1.2]},
    "mixed_weeks": {"week": ["2024-01-01"], "kind": ["left"]},
    "missing_column": {"week": [3]},
    "week_unreadable": {"week": ["then"], "kind": ["left"]},
    "not_a_number": {"week": [3], "kind": ["boundary_held"], "share": ["half"]},
}


@pytest.mark.parametrize("code", POINTS)
def test_turning_points_that_cannot_be(code):
    with pytest.raises(vt.BadInput) as error:
        vt.judge(table(), POINTS[code])
    assert error.value.code == code


@pytest.mark.parametrize(
    "point", [TurningPoint(13, "left"), TurningPoint(3, "argued"), TurningPoint(3, "boundary_held", math.nan)]
)
def test_turning_points_as_values_are_checked_too(point):
    with pytest.raises(vt.BadInput):
        vt.judge(good(), [point])


def test_cells_as_values_are_checked_too():
    with pytest.raises(vt.BadInput) as error:
        vt.judge([*good(), Cell(3, "harm", 2.0, 1.0)])
    assert error.value.code == "repeated_cell"
    assert "None" not in error.value.message
