"""What a reader should know of a record is said, each thing once, and only where it is so."""

from __future__ import annotations

import pytest
from tests.judge.records import CHANNELS, set_up

from velveteen.judge.problems import find_problems, present_only, unsure_arithmetic, unsure_path
from velveteen.measure.cells import Cell, TurningPoint
from velveteen.measure.channels import parse_channels

LOOSE = CHANNELS | parse_channels('[marks]\nfamily = "rating"\nbetter = "more"')


def cells(channel="harm", informant="partner", strain=0.0, weeks=range(10)):
    return [Cell(t, channel, 1.0, 1.0, informant, strain) for t in weeks]


WHOLE = [*cells(), *cells(strain=1.0), *cells("equals", "therapist")]
POINTS = [TurningPoint(1, "left"), TurningPoint(4, "boundary_held")]


def problems(record_cells=WHOLE, points=POINTS):
    record = set_up(record_cells, points, LOOSE)[0]
    return find_problems(record)


def test_a_whole_record_has_none():
    assert problems() == ()


@pytest.mark.parametrize(
    ("record_cells", "points", "code"),
    [
        ([*WHOLE, *cells("regard", strain=None)], POINTS, "strain_not_recorded"),
        ([*cells(), *cells(informant="therapist")], POINTS, "not_told_apart"),
        ([*cells(), *cells("equals")], POINTS, "one_instrument"),
        ([*cells(), *cells("equals"), *cells("equals", "self")], POINTS, "one_instrument"),
        ([*WHOLE, *cells("equals", "self")], POINTS, "self_report"),
        ([*WHOLE, *cells(weeks=[30])], POINTS, "weeks_missing"),
        (WHOLE, POINTS[:1], "conditional_unassessable"),
        (
            WHOLE,
            [POINTS[0], *(TurningPoint(t, "boundary_held") for t in range(10))],
            "conditional_unassessable",
        ),
        ([*WHOLE, *cells("marks")], POINTS, "range_from_record"),
        (WHOLE, POINTS[1:], "no_threat_recorded"),
        (WHOLE, [*POINTS[1:], TurningPoint(2, "medication")], "no_threat_recorded"),
    ],
)
def test_each_problem_is_named(record_cells, points, code):
    found = problems(record_cells, points)
    assert [p.code for p in found].count(code) == 1
    assert all(p.message.endswith(".") for p in found)


def test_numbers_are_those_of_the_record():
    found = {
        p.code: p.message for p in problems([*WHOLE, *cells("regard", strain=None), *cells("equals", "self")])
    }
    assert found["strain_not_recorded"].startswith("10 of 40 cells")
    assert found["self_report"].startswith("10 ")
    missing = {p.code: p.message for p in problems([*WHOLE, *cells(weeks=[30])])}["weeks_missing"]
    assert missing.startswith("11 of 31 weeks")


def test_the_channel_without_a_range_is_named():
    assert next(p.where for p in problems([*WHOLE, *cells("marks")])) == "channel marks"


@pytest.mark.parametrize(
    ("error", "first", "unsure"), [(0.9, 0.51, False), (1.1, 0.51, True), (1.1, 0.9, False), (3.0, 0.9, True)]
)
def test_arithmetic_is_unsure_where_its_error_could_exchange_the_two_likeliest(error, first, unsure):
    odds = {"same": first, "lasting": 1 - first}
    assert [p.code for p in unsure_arithmetic(error, odds)] == (["arithmetic_unsure"] if unsure else [])


@pytest.mark.parametrize(("share", "unsure"), [(1.0, False), (0.8, False), (0.79, True)])
def test_a_path_that_can_be_read_otherwise_is_said(share, unsure):
    assert [p.code for p in unsure_path(share)] == (["path_unsure"] if unsure else [])


def test_notes_on_the_present_alone_say_so():
    assert present_only("") == ()
    assert "since about March 2024 alone" in present_only("since about March 2024")[0].message
