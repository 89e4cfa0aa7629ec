"""What the judge will not weigh, and the reason it gives."""

from __future__ import annotations

import pytest

import velveteen as vt
from velveteen.measure.cells import Cell


def record(weeks, cells, informant="partner"):
    """So many cells over so many weeks."""
    at = [round(i * (weeks - 1) / max(cells - 1, 1)) for i in range(cells)]
    return [Cell(t, "harm", 1.0, 1.0, informant, strain=i / cells) for i, t in enumerate(at)]


def refusal(cells, **settings):
    with pytest.raises(vt.Refused) as error:
        vt.judge(cells, **settings)
    assert error.value.exit_code == 3
    assert error.value.message.endswith(".")
    return error.value.code


def test_self_report_alone_gives_no_verdict():
    assert refusal(record(30, 60, "self")) == "only_self_report"


def test_self_report_alone_is_the_reason_even_where_it_is_short():
    assert refusal(record(3, 4, "self")) == "only_self_report"


def test_three_weeks_are_too_few():
    assert refusal(record(3, 40)) == "too_few_weeks"


def test_six_weeks_are_enough_five_are_not():
    assert refusal(record(5, 20)) == "too_few_weeks"
    assert vt.judge(record(6, 20)).weeks == 6


def test_one_week_is_said_in_the_singular():
    with pytest.raises(vt.Refused, match="one week;"):
        vt.judge(record(1, 20))


def test_twelve_informative_cells_are_enough_eleven_are_not():
    assert refusal(record(20, 11)) == "too_few_cells"
    assert vt.judge(record(20, 12)).detail["informative_cells"] == 12


def test_self_reports_and_weeks_without_contact_are_not_informative():
    few = record(20, 11)
    more = [*record(20, 30, "self"), Cell(7, "harm", 0.0, 0.0, "other")]
    assert refusal([*few, *more]) == "too_few_cells"


def test_the_least_number_can_be_set():
    assert vt.judge(record(20, 8), min_cells=8).weeks == 20
    assert refusal(record(20, 20), min_cells=30) == "too_few_cells"


def test_a_least_number_below_one_is_bad_input():
    with pytest.raises(vt.BadInput) as error:
        vt.judge(record(20, 20), min_cells=0)
    assert error.value.code == "min_cells"


def test_an_unknown_therapy_is_bad_input_before_any_work():
    with pytest.raises(vt.BadInput) as error:
        vt.judge(record(20, 20), therapy="daily")
    assert error.value.code == "unknown_therapy"
