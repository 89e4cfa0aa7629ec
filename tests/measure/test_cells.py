"""Rows become cells, in their order; what cannot be is named by its row. (Through the judge: tests/judge/test_bad_input.)"""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from velveteen.measure.cells import (
    INFORMANTS,
    MARKS,
    Cell,
    TurningPoint,
    check_cells,
    check_turning_point,
    parse_cells,
    parse_turning_points,
)
from velveteen.measure.channels import registry
from velveteen.measure.coders import Coder
from velveteen.measure.tables import Row, read_rows
from velveteen.problems import BadInput

CHANNELS = registry()


def rows(*values):
    return [Row(v, i + 2) for i, v in enumerate(values)]


def row(**changes):
    return {"week": 3, "channel": "harm", "value": 2} | changes


def parsed(**changes):
    cells, _ = parse_cells(rows(row(**changes)), CHANNELS)
    return cells[0]


def refused(*cells):
    with pytest.raises(BadInput) as error:
        check_cells(cells, CHANNELS)
    return error.value


def test_what_is_left_out_has_its_default():
    assert parsed() == Cell(3, "harm", 2.0, 1.0, "other", None, None, 2)


def test_every_column_is_read():
    cell = parsed(of="0.5", informant=" partner ", strain="1", audience="family", coded="40")
    assert cell == Cell(3, "harm", 2.0, 0.5, "partner", 1.0, "family", 2, 40.0)


@pytest.mark.parametrize("blank", [None, "", "  ", math.nan])
def test_blank_is_not_recorded(blank):
    assert parsed(of=blank, informant=blank, strain=blank, audience=blank, coded=blank) == parsed()


def test_other_columns_are_let_be():
    assert parsed(note="mine") == parsed()


@pytest.mark.parametrize("informant", INFORMANTS)
def test_only_a_self_report_and_a_cell_without_exposure_are_uninformative(informant):
    assert parsed(informant=informant).informative is (informant != "self")
    assert not parsed(informant=informant, value=0, of=0).informative


def test_cells_that_differ_in_one_circumstance_are_no_repeat():
    one = Cell(3, "harm", 1.0, 1.0, "partner", 0.0, "alone")
    others = [
        replace(one, week=4), replace(one, channel="promises"), replace(one, informant="other"),
        replace(one, strain=1.0), replace(one, strain=None), replace(one, audience=None),
    ]  # fmt: skip
    check_cells([one, *others], CHANNELS)
    assert refused(one, *others, replace(one, value=9.0)).code == "repeated_cell"


def test_a_repeat_names_both_rows():
    with pytest.raises(BadInput, match=r"Row 4: .* as row 2") as error:
        parse_cells(rows(row(), row(week=4), row()), CHANNELS)
    assert error.value.line == 4


def test_a_cell_without_a_row_is_named_by_week_and_channel():
    assert refused(Cell(7, "harm", -1.0)).message.startswith("Week 7, harm")


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (Cell(1, "nothing", 1.0), "unknown_channel"),
        (Cell(1, "harm", 1.0, 1.0, "ghost"), "unknown_informant"),
        (Cell(1, "harm", math.inf), "not_finite"),
        (Cell(1, "harm", 1.0, math.nan), "not_finite"),
        (Cell(1, "harm", 1e300), "too_large"),
        (Cell(1, "equals", 5.0, 1e12), "too_large"),
        (Cell(1, "harm", 0.0, -1.0), "negative_of"),
        (Cell(1, "harm", 1.0, strain=-0.1), "strain_range"),
        (Cell(1, "harm", 1.0, strain=math.nan), "strain_range"),
        (Cell(1, "harm", -1.0), "negative_count"),
        (Cell(1, "harm", 0.5), "fractional_count"),
        (Cell(1, "harm", 1.0, 0.0), "count_without_exposure"),
        (Cell(1, "promises", -1.0, 2.0), "negative_count"),
        (Cell(1, "promises", 3.0, 2.0), "kept_over_due"),
        (Cell(1, "promises", 0.5, 2.0), "fractional_count"),
        (Cell(1, "promises", 1.0, 2.5), "fractional_count"),
        (Cell(1, "equals", -0.1), "rating_range"),
        (Cell(1, "equals", 10.1), "rating_range"),
        (Cell(1, "equals", 5.0, 0.5), "rating_number"),
        (Cell(1, "harm", 1.0, coded=-1.0), "coded_range"),
        (Cell(1, "harm", 1.0, coded=2.5), "coded_range"),
        (Cell(1, "harm", 1.0, coded=math.nan), "coded_range"),
        (Cell(1, "harm", 1.0, coded=1e12), "coded_range"),
        (Cell(1, "harm", 3.0, coded=2.0), "more_than_coded"),
        (Cell(1, "promises", 3.0, 4.0, coded=2.0), "more_than_coded"),
    ],
)
def test_what_cannot_be(cell, code):
    assert refused(cell).code == code


def test_the_edges_of_what_can_be():
    edges = [
        Cell(1, "harm", 0.0, 0.0), Cell(2, "harm", 0.0, 1 / 7, strain=1.0), Cell(1, "promises", 2.0, 2.0),
        Cell(2, "promises", 0.0, 0.0), Cell(1, "equals", 0.0), Cell(2, "equals", 10.0), Cell(3, "equals", 99.0, 0.0),
        Cell(3, "harm", 2.0, coded=2.0), Cell(4, "harm", 0.0, 0.0, coded=0.0), Cell(4, "equals", 6.0, coded=2.0),
        Cell(5, "harm", 2.0, 1.0, "messages"),
    ]  # fmt: skip
    check_cells(edges, CHANNELS)


@pytest.mark.parametrize(
    ("cell", "needed"),
    [
        (Cell(1, "harm", 1.0, 1.0, "messages"), True),
        (Cell(1, "harm", 1.0, 1.0, "messages", coded=30.0), False),
        (Cell(1, "harm", 0.0, 0.0, "messages"), False),
        (Cell(1, "harm", 1.0, 1.0, "partner"), False),
        (Cell(1, "promises", 1.0, 1.0, "messages"), False),
        (Cell(1, "equals", 1.0, 1.0, "messages"), False),
    ],
)
def test_a_count_from_messages_says_how_many_were_coded_where_the_coder_has_figures(cell, needed):
    coder = Coder((70, 100), (12, 2400))
    channels = CHANNELS | {name: replace(CHANNELS[name], coder=coder) for name in ("harm", "promises")}
    if needed:
        with pytest.raises(BadInput, match="Week 1, harm: the cell needs “coded”") as error:
            check_cells([cell], channels)
        assert error.value.code == "coded_missing"
    else:
        check_cells([cell], channels)


def test_fifty_years_and_no_more():
    check_cells([Cell(0, "harm", 1.0), Cell(2599, "harm", 1.0)], CHANNELS)
    assert refused(Cell(0, "harm", 1.0), Cell(2600, "harm", 1.0)).code == "weeks_far_apart"


def test_dates_are_told_from_integers():
    assert parse_cells(rows(row(week="2024-01-31")), CHANNELS)[1]
    assert not parse_cells(rows(row()), CHANNELS)[1]


@given(st.lists(st.tuples(st.integers(-50, 50), st.sampled_from(sorted(CHANNELS))), min_size=1, unique=True))
def test_cells_keep_the_order_of_their_rows(keys):
    cells, _ = parse_cells(rows(*[row(week=w, channel=c, value=1, of=2) for w, c in keys]), CHANNELS)
    assert [(c.week, c.channel) for c in cells] == keys
    assert [c.row for c in cells] == list(range(2, len(keys) + 2))


def points(dated=False, last_week=9, **columns):
    return parse_turning_points(read_rows(columns), dated=dated, last_week=last_week)


def test_turning_points_and_marks():
    read = points(week=[2, 5, 5], kind=["left", "boundary_held", " returned "], share=[None, 0.25, ""])
    assert read == [
        TurningPoint(2, "left"),
        TurningPoint(5, "boundary_held", 0.25),
        TurningPoint(5, "returned"),
    ]


def test_no_turning_points_are_no_matter():
    assert points(week=[], kind=[]) == []


def test_a_turning_point_before_the_record_is_let_be():
    assert points(week=[-20], kind=["left"]) == [TurningPoint(-20, "left")]


@pytest.mark.parametrize("kind", MARKS)
def test_every_kind_is_known(kind):
    check_turning_point(TurningPoint(9, kind), 9)


@pytest.mark.parametrize(
    ("point", "code"),
    [
        (TurningPoint(9, "argued"), "unknown_turning_point"),
        (TurningPoint(10, "left"), "turning_point_after_end"),
        (TurningPoint(9, "boundary_held", -0.1), "share_range"),
        (TurningPoint(9, "boundary_held", 1.1), "share_range"),
        (TurningPoint(9, "boundary_held", math.nan), "share_range"),
    ],
)
def test_turning_points_that_cannot_be(point, code):
    with pytest.raises(BadInput) as error:
        check_turning_point(point, 9, 4)
    assert error.value.code == code
    assert error.value.line == 4


def test_a_turning_point_is_named_by_its_line():
    with pytest.raises(BadInput) as error:
        points(week=[1, 2], kind=["left", "argued"])
    assert error.value.line == 3


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ([], "no_cells"),
        ([{"week": 3, "value": 2}], "missing_column"),
        ([row(), row(week="2024-01-31")], "mixed_weeks"),
        ([row(channel="kindness")], "unknown_channel"),
        ([row(channel=None)], "unknown_channel"),
        ([row(informant="ghost")], "unknown_informant"),
        ([row(audience="crowd")], "unknown_audience"),
    ],
)
def test_rows_that_are_no_cells(values, code):
    with pytest.raises(BadInput) as error:
        parse_cells(rows(*values), CHANNELS)
    assert error.value.code == code


def test_turning_points_need_their_columns_and_the_weeks_of_the_cells():
    for columns, code in (
        ({"week": [1]}, "missing_column"),
        ({"week": ["2024-01-31"], "kind": ["left"]}, "mixed_weeks"),
    ):
        with pytest.raises(BadInput) as error:
            points(**columns)
        assert error.value.code == code


def test_a_week_takes_one_mark_of_a_limit():
    rows = [Row({"week": 3, "kind": "boundary_held", "share": s}, n) for n, s in enumerate((1, 0.5), start=2)]
    with pytest.raises(BadInput) as caught:
        parse_turning_points(rows, dated=False, last_week=9)
    assert caught.value.code == "repeated_mark"


def test_an_exposure_of_seconds_is_refused():
    with pytest.raises(BadInput) as caught:
        check_cells([Cell(1, "harm", 0.0, 1e-4)], registry())
    assert caught.value.code == "too_small"
