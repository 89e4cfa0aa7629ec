"""Figures: sentences above, table under, and what is said where a record is thin."""

from __future__ import annotations

from datetime import date

import pytest
from jinja2 import TemplateNotFound
from tests.report.household import FIRST, a_verdict

from velveteen.judge.verdict import ACCOUNTS, Effect
from velveteen.measure.cells import Cell
from velveteen.measure.weeks import week_of
from velveteen.report.figures import channel_figures, dots, growth, unwritten_words
from velveteen.report.page import environment
from velveteen.report.phrases import amount, count, joined, span, times
from velveteen.report.record import Record

WEEK = week_of(FIRST)


def harm(values: list[float], of: float = 1.0) -> Record:
    return Record((), tuple(Cell(WEEK + n, "harm", v, of, "partner", 0.0) for n, v in enumerate(values)))


def test_a_thin_record_gives_its_mean_and_no_ends() -> None:
    figure = channel_figures(harm([1.0, 3.0]), bands=False)[0]
    assert figure.sentences[0] == "Harmful acts a week together. As written: 2 in all."


def test_both_ends_of_a_longer_record_by_hand() -> None:
    figure = channel_figures(harm([4, 4, 4, 8, 0, 0, 1, 1, 2, 2]), bands=False)[0]
    assert figure.sentences[0] == (
        "Harmful acts a week together. As written: 5 in the first four written weeks, 1.5 in the last four."
    )


def test_marks_above_the_picture_are_counted_in_words() -> None:
    figure = channel_figures(harm([1.0] * 120 + [60.0]), bands=False)[0]
    assert figure.sentences[2] == "1 mark lies higher than the picture, drawn as triangles at its edge."


def test_the_table_is_the_mean_by_month_and_a_dash_where_nothing_stands() -> None:
    cells = (
        Cell(WEEK, "harm", 2.0, 1.0, "partner", 0.0), Cell(WEEK + 1, "harm", 4.0, 1.0, "partner", 0.0),
        Cell(WEEK + 5, "harm", 1.0, 0.5, "partner", 1.0),
    )  # fmt: skip
    table = channel_figures(Record((), cells), bands=False)[0].table
    assert table is not None
    assert table.head == ("month", "calm days", "hard days")
    assert table.body == (("Sep 2024", "3", "–"), ("Oct 2024", "–", "2"))


def test_a_channel_that_is_not_in_the_registry_is_drawn_too() -> None:
    cells = (Cell(WEEK, "patience_shown", 3.0, 1.0), Cell(WEEK, "harm", 1.0, 1.0))
    assert [f.label for f in channel_figures(Record((), cells), bands=False)] == ["Harm", "Patience shown"]
    verdict = a_verdict()
    verdict.effect["patience_shown"] = Effect(1, 2, 1, 3, "minutes")
    drawn = channel_figures(Record((), cells, verdict=verdict), bands=True)[1]
    assert drawn.sentences[0].startswith("Minutes. On calm days about 1 in the first four weeks, about 2")


def test_one_mark_of_four_weeks_is_said() -> None:
    cells = tuple(Cell(WEEK + 4 * n, "promises", n % 2, 1.0, strain=0.0) for n in range(8))
    sentences = channel_figures(Record((), cells), bands=False)[0].sentences
    assert sentences[0].endswith(
        "As written: 33 % in the first twelve written weeks, 67 % in the last twelve."
    )
    assert sentences[1] == "One mark stands for four weeks, because single weeks hold too little."


def test_unwritten_weeks_are_named() -> None:
    cells = tuple(Cell(WEEK + n, "harm", 1.0) for n in (0, 1, 4))
    assert unwritten_words(Record((), cells)) == (
        "Left white, because nothing is written: 16 September to 29 September 2024 (2 weeks)."
    )
    assert unwritten_words(harm([1.0, 2.0])) == ""


def test_the_ceiling_is_said_where_it_bites() -> None:
    sure = {**dict.fromkeys(ACCOUNTS, 0.01), "lasting": 0.94}
    assert "at most 16 of the 20" in dots(dict.fromkeys(("sceptic", "neutral", "hopeful"), sure)).sentences[1]
    assert "at most" not in dots(a_verdict().odds).sentences[1]


def test_growth_needs_two_moments() -> None:
    odds = dict.fromkeys(ACCOUNTS, 1 / 7)
    assert growth(Record((), growth=((WEEK, odds),))) is None
    assert growth(Record((), growth=((WEEK, odds), (WEEK + 4, odds)))) is not None


def test_a_template_that_is_not_there_is_an_error() -> None:
    with pytest.raises(TemplateNotFound):
        environment().get_template("no.html.j2")


def test_numbers_dates_and_lists_as_a_person_says_them() -> None:
    assert [times(n) for n in (1, 2, 3)] == ["once", "twice", "3 times"]
    assert [count(n, "day") for n in (0, 1, 2)] == ["no days", "1 day", "2 days"]
    assert [amount(x) for x in (0.04, 9.96, 12.3, 3.0)] == ["0", "10", "12", "3"]
    assert [joined(x) for x in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]
    assert span(date(2025, 12, 29), date(2026, 1, 4)) == "29 December 2025 to 4 January 2026"
