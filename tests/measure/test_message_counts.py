"""What was counted in messages becomes cells: in hard and calm parts where something tells them apart, nothing made up."""

from __future__ import annotations

from datetime import datetime

import pytest

from velveteen.journal.entries import Entry, uuid7
from velveteen.measure.weekly import weekly_cells

MONDAY = datetime(2024, 1, 1)
HURT, MET = "hurt_in_messages", "met_in_messages"


def coded(channels, hard=None):
    payload = {"channels": channels} | ({} if hard is None else {"hard": hard})
    return Entry(uuid7(), "coded_day", MONDAY, MONDAY, payload, about="Ben")


def diary(kind):
    return Entry(uuid7(), "day", MONDAY, MONDAY, {"contact": True, "day": kind})


def read(*entries):
    cells, _, problems = weekly_cells(list(entries))
    found = [
        (c.channel, c.value, c.of, c.coded, c.strain)
        for c in cells
        if c.informant == c.audience == "messages"
    ]
    return found, [p.code for p in problems if p.code != "acts_not_asked"]


def test_a_count_has_its_exposure_and_the_messages_that_were_looked_at():
    assert read(coded({HURT: [3, 2, 40]})) == ([(HURT, 3.0, 2.0, 40.0, None)], [])


def test_a_share_was_looked_at_as_often_as_it_had_occasion():
    assert read(coded({MET: [1, 4]})) == ([(MET, 1.0, 4.0, 4.0, None)], [])


def test_without_a_word_in_the_diary_the_exchange_tells_hard_from_calm():
    found, problems = read(coded({HURT: [3, 2, 40], MET: [1, 4]}, {HURT: [1, 1, 15]}))
    hurt = [(HURT, 2.0, 1.0, 25.0, 0.0), (HURT, 1.0, 1.0, 15.0, 1.0)]
    assert (found, problems) == ([*hurt, (MET, 1.0, 4.0, 4.0, 0.0)], ["strain_from_exchange"])


def test_a_part_without_anything_is_no_cell():
    assert read(coded({MET: [1, 4]}, {MET: [1, 4]}))[0] == [(MET, 1.0, 4.0, 4.0, 1.0)]


def test_the_diarys_word_on_the_day_comes_first():
    entries = diary("calm"), coded({HURT: [3, 2, 40]}, {HURT: [1, 1, 15]})
    assert read(*entries) == ([(HURT, 3.0, 2.0, 40.0, 0.0)], [])


@pytest.mark.parametrize("part", [[4, 1, 15], [1, 3, 15], [1, 1], "none"])
def test_a_hard_part_that_cannot_be_one_tells_nothing_of_strain(part):
    assert read(coded({HURT: [3, 2, 40]}, {HURT: part}))[0] == [(HURT, 3.0, 2.0, 40.0, None)]


@pytest.mark.parametrize(
    ("channel", "numbers"),
    [(HURT, [3, 2]), (HURT, [41, 2, 40]), (MET, [5, 4]), (MET, [1, 4, 9]), (MET, "4"), ("sighs", [1, 2])],
)
def test_a_count_that_cannot_be_one_is_left_out_and_said(channel, numbers):
    assert read(coded({channel: numbers, "courtesy": [1, 9]})) == (
        [("courtesy", 1.0, 9.0, 9.0, None)],
        ["unknown_count"],
    )


def test_a_day_that_cannot_be_read_is_said():
    assert read(coded(None)) == ([], ["unknown_count"])


def test_several_days_without_a_word_are_said_once():
    tuesday = Entry(
        uuid7(), "coded_day", datetime(2024, 1, 2), MONDAY, {"channels": {}, "hard": {}}, about="Ben"
    )
    _, _, problems = weekly_cells([coded({}, {}), tuesday])
    assert [(p.code, p.where) for p in problems] == [("strain_from_exchange", "2024-01-01")]
    assert "2 days" in problems[0].message
