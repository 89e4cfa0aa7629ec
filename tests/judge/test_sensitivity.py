"""Whether the word would change is said, with what would change it, and what is varied moves odds the way it must."""

from __future__ import annotations

import json

import numpy as np
import pytest
from tests.judge.long_records import course, long_cells
from tests.judge.records import CHANNELS, harm, mixed_cells, weighed

import velveteen as vt
from velveteen.judge.sensitivity import Line, lines, told
from velveteen.judge.verdict import ACCOUNTS
from velveteen.measure.cells import Cell, TurningPoint

POINTS = [
    TurningPoint(3, "loss_threatened"),
    *(TurningPoint(t, "boundary_held", 0.5 + 0.4 * (t % 2)) for t in range(4, 15)),
]


def improving(left_out, seed=2):
    """Forty weeks of harm, half of it from week 20 on, without some weeks."""
    rng = np.random.default_rng(seed)
    counts = rng.poisson([8.0 if t < 20 else 4.0 for t in range(40)])
    return [c for t in range(40) if t not in left_out for c in harm([t], int(counts[t]))]


@pytest.fixture(scope="module")
def verdict():
    return vt.judge(mixed_cells(15, 3), POINTS)


def test_it_is_always_there_and_plain_json(verdict):
    found = verdict.as_dict()["sensitivity"]
    assert json.loads(json.dumps(found)) == found
    assert [(row["what"], row["factor"]) for row in found["lines"]][:2] == [
        ("effect_sd", 0.5),
        ("effect_sd", 2.0),
    ]
    for row in found["lines"]:
        assert set(row["odds"]) == set(ACCOUNTS)
        assert sum(row["odds"].values()) == pytest.approx(1.0)


def test_it_can_be_left_out():
    assert vt.judge(mixed_cells(15, 3), POINTS, sensitivity=False).sensitivity == {}


def test_the_verdict_itself_is_the_same_without_it(verdict):
    without = vt.judge(mixed_cells(15, 3), POINTS, sensitivity=False)
    assert without.odds == verdict.odds
    assert without.words == verdict.words


def test_where_every_week_is_written_that_is_said():
    found = vt.judge(improving(())).sensitivity
    assert found["unwritten_weeks"] == 0
    assert {row["what"] for row in found["lines"]} == {"effect_sd"}
    assert found["words"].endswith("No week is unwritten.")


def test_harder_unwritten_weeks_late_in_a_better_time_speak_against_it():
    """Every third of the better weeks is missing: twice as hard, the better time was less good; half as hard, better."""
    found = weighed(improving(range(21, 39, 3)))
    moved = {
        line.factor: line.shifts
        for line in lines(found.record, found.evidences, ())
        if line.what == "unwritten"
    }
    gained = {factor: shifts["lasting"] - shifts["same"] for factor, shifts in moved.items()}
    assert gained[2.0] < 0 < gained[0.5]


def test_limits_in_unwritten_weeks_are_taken_from_around_them():
    """An unmarked week counts as one without a limit, but nobody marked it: no gain for `conditional` from that."""
    marks = [TurningPoint(t, "boundary_held", 1.0) for t in range(40) if t not in range(21, 39, 3)]
    found = weighed(improving(range(21, 39, 3)), marks)
    (line,) = (
        x for x in lines(found.record, found.evidences, ()) if (x.what, x.factor) == ("unwritten", 2.0)
    )
    assert line.shifts["conditional"] - line.shifts["same"] < 0.5


def test_surface_and_lasting_move_together_where_nothing_tells_them_apart():
    found = weighed(improving(()))
    for line in lines(found.record, found.evidences, ()):
        assert line.shifts["surface"] == line.shifts["lasting"]


def reads(**changed):
    """A reader that says "likely: worse" unless the line moves `worse` by the given nats."""

    def read(shifts):
        word = changed.get(f"at_{shifts.get('worse', 0):g}", "likely")
        return dict.fromkeys(ACCOUNTS, 1 / 7), "worse", word

    return read


LINES = [Line(w, f, {"worse": v}) for w, f, v in
         (("effect_sd", 0.5, 1.0), ("effect_sd", 2.0, 2.0), ("unwritten", 0.5, 3.0), ("unwritten", 2.0, 4.0))]  # fmt: skip


def test_nothing_changes():
    found = told(LINES, reads(), 3)
    assert not any(row["changes"] for row in found["lines"])
    assert found["words"] == (
        "The word stays the same if changes usually differ in size by half or by twice as much as this assumes, and if the "
        "weeks nobody wrote were half or twice as hard as those around them."
    )


def test_what_would_change_the_word_is_said_with_what_it_would_read():
    found = told(LINES, reads(at_4="cannot tell yet"), 3)
    assert [row["changes"] for row in found["lines"]] == [False, False, False, True]
    assert found["words"].startswith(
        "If the weeks nobody wrote were twice as hard as those around them, it would read: cannot tell yet."
    )
    assert "The word stays the same if changes usually differ" in found["words"]


def test_where_everything_changes_no_word_is_said_to_stay():
    found = told(LINES, reads(at_1="leans towards", at_3="very likely"), 3)
    assert "stays the same" not in found["words"]
    assert "it would read: leans towards: worse." in found["words"]


def test_unwritten_weeks_without_conduct_around_them_are_not_asked():
    assert "too little is written of conduct around them." in told(LINES[:2], reads(), 3)["words"]


def test_two_ways_of_not_telling_are_one_word():
    def read(shifts):
        return {}, "worse" if shifts else "same", "cannot tell yet"

    assert not any(row["changes"] for row in told(LINES, read, 3)["lines"])


def test_an_inward_record_with_gaps_is_weighed_too():
    cells = [Cell(t, "equals", 4.0 + t % 3, 1.0, "partner") for t in range(20) if t % 5]
    found = vt.judge(cells, channels=CHANNELS).sensitivity
    assert {row["what"] for row in found["lines"]} == {"effect_sd"}
    assert found["unwritten_weeks"] == 3


def test_a_record_that_had_changed_before_is_varied_in_its_present():
    """Better from week 45, as before from week 90 on: no word speaks of the whole record as unchanged."""
    cells = [c for c in long_cells(course(150, (45, 1.6), (90, -1.6)), 3) if c.week % 9]
    verdict = vt.judge(cells)
    assert verdict.detail["path"]
    found = verdict.sensitivity
    assert found["unwritten_weeks"] > 10
    assert {(row["what"], row["factor"]) for row in found["lines"]} == {
        (what, factor) for what in ("effect_sd", "unwritten") for factor in (0.5, 2.0)
    }
    assert all(sum(row["odds"].values()) == pytest.approx(1.0) for row in found["lines"])
    assert not [row for row in found["lines"] if "within this record" in row["reads"]]


def test_no_change_is_said_since_when():
    def read(_shifts):
        return {}, "same", "likely"

    assert (
        told(LINES[:1], read, 0, "since about week 90")["lines"][0]["reads"]
        == "likely shows: no change since about week 90"
    )
    assert told(LINES[:1], read, 0)["lines"][0]["reads"] == "likely shows: no change within this record"
