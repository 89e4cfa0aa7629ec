"""Earlier regimes in words: since when, what was before, and from where "before" is measured."""

from __future__ import annotations

import itertools
from datetime import date

import numpy as np
import pytest
from tests.judge.records import harm, weighed

from velveteen.judge.regimes import KINDS, Regime
from velveteen.judge.regimes_evidence import Along
from velveteen.judge.regimes_words import (
    compared_from,
    earlier_words,
    path_detail,
    since_week,
    since_words,
)
from velveteen.judge.words import sentence
from velveteen.measure.cells import Cell
from velveteen.measure.weeks import week_of

FIRST = week_of(date(2020, 1, 6))
PATH = (Regime(20, "level", 6, until=70, fade=6), Regime(120, "worse", 16))
LONG = Along(PATH, 0.9, {})
PLAIN = Along((), 1.0, {})


def test_the_years_before_in_one_sentence():
    assert earlier_words(PATH, FIRST, dated=True) == (
        "Before that, each compared with the time before it: better from about May 2020 until about May 2021; "
        "worse from about April 2022."
    )
    assert earlier_words((), FIRST, dated=True) == ""


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_its_words(kind):
    words = earlier_words((Regime(30, kind, 4),), 100, dated=False)
    assert words.endswith(" from about week 130.")
    assert ("worse" in words) == (kind == "worse")


def test_since_when_is_said_only_where_something_was_before():
    assert since_words(LONG, FIRST + 120, dated=True) == "since about April 2022"
    assert since_words(LONG, 212, dated=False) == "since about week 212"
    assert since_words(PLAIN, FIRST, dated=True) == ""


@pytest.mark.parametrize(
    ("account", "word", "since", "said"),
    [
        ("worse", "likely", "since about May", "After 200 weeks this record likely shows, since about May: worse."),
        ("same", "likely", "since about May", "After 200 weeks this record likely shows: no change since about May."),
        ("same", "likely", "", "After 200 weeks this record likely shows: no change within this record."),
        (
            "lasting", "cannot tell yet", "since about May",
            "After 200 weeks this record cannot tell yet what, if anything, has changed since about May.",
        ),
        (
            "surface_or_lasting", "leans towards", "since about week 9",
            (
                "After 200 weeks this record leans towards, since about week 9: on the outside or broad change that "
                "holds so far, which it cannot tell apart."
            ),
        ),
    ],
)  # fmt: skip
def test_the_sentence_is_of_the_present(account, word, since, said):
    assert sentence(account, word, 200, since) == said


@pytest.mark.parametrize(
    ("path", "since", "first"),
    [
        ((), 150, 0),
        (PATH, 180, 136),  # the ramp of 16 weeks that began at 120 is through
        (PATH, 130, 126),  # four weeks before the present change, though it is not
        (PATH, 121, 120),  # never before the segment
        ((Regime(20, "pulse", 4),), 100, 36),  # a sixteenth of it is left
        (PATH[:1], 150, 76),
    ],
)
def test_before_is_measured_once_the_earlier_change_is_through(path, since, first):
    assert compared_from(Along(path, 1.0, {}), since, 200) == first


def falling():
    """Acts that fall at week 14 of 30."""
    rng = np.random.default_rng(0)
    return [
        Cell(t, "harm", float(rng.poisson(of * (8 if t < 14 else 1))), of, "partner", x)
        for t, (x, of) in itertools.product(range(30), ((0.0, 4 / 7), (1.0, 3 / 7)))
    ]


@pytest.fixture(scope="module")
def fallen():
    return weighed(falling())


@pytest.mark.parametrize("account", ["lasting", "surface_or_lasting"])
def test_a_change_is_under_way_from_its_likely_onset(fallen, account):
    assert abs(since_week(fallen.evidences, account, PLAIN) - 14) <= 2


@pytest.mark.parametrize("account", ["same", "none_of_these"])
def test_what_has_no_onset_holds_since_the_segment_began(fallen, account):
    assert since_week(fallen.evidences, account, PLAIN) == 0
    assert since_week(fallen.evidences, account, Along((Regime(9, "worse", 1),), 1.0, {})) == 9


def test_a_pulse_from_before_the_record_holds_since_its_first_week():
    cells = [c for c in falling() if c.week >= 14] + harm(range(44, 60), 6.0)
    assert since_week(weighed(cells).evidences, "temporary", PLAIN) == 0


def test_the_detail_of_a_path_is_plain(fallen):
    detail = path_detail([LONG, PLAIN], fallen.record, 150, 0.02, dated=False)
    assert detail["path"] == [
        {"kind": "level", "from": 20, "until": 70}, {"kind": "worse", "from": 120, "until": None},
    ]  # fmt: skip
    assert detail["present"] == {
        "start": 120, "since": 150, "share": 0.9, "paths": 2, "search_error": 0.02,
        "words": earlier_words(PATH, 0, dated=False),
    }  # fmt: skip


def test_a_record_of_one_segment_has_no_path(fallen):
    assert path_detail([PLAIN], fallen.record, 3, 0.0, dated=True) == {}
    unsure = path_detail([PLAIN, LONG], fallen.record, 3, 0.0, dated=True)
    assert unsure["path"] == []
    assert unsure["present"]["words"] == ""
