"""Odds as they may be said."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.report.household import ODDS, TODAY, a_verdict

from velveteen.guide.danger import DangerState
from velveteen.judge.verdict import ACCOUNTS
from velveteen.report import Record, for_me
from velveteen.report.odds import LEFT_OPEN, dots_sentence, range_of, range_words, sentence, twenty


def test_the_sentence_is_a_range_over_sceptic_neutral_and_hopeful() -> None:
    assert range_of(a_verdict(), "lasting") == (4, 31)
    assert "between 4 and 31 in 100, depending on where one starts" in sentence(a_verdict())


def test_equal_priors_are_for_method_work_and_not_said() -> None:
    verdict = a_verdict()
    other = replace(verdict, odds={**verdict.odds, "equal": dict.fromkeys(ACCOUNTS, 1 / 7)})
    assert sentence(other) == sentence(verdict)


def test_the_second_sentence_names_the_likeliest_of_the_rest() -> None:
    assert "“for a while”: between 24 and 35 in 100" in sentence(a_verdict())


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (4, 31, "between 4 and 31 in 100"),
        (7, 7, "about 7 in 100"),
        (0, 0, "fewer than 1 in 100"),
        (0, 3, "at most 3 in 100"),
        (100, 100, "more than 99 in 100"),
        (60, 100, "at least 60 in 100"),
    ],
)
def test_words_of_a_range(low: int, high: int, words: str) -> None:
    assert range_words(low, high) == words


def test_nothing_above_80_in_100_is_printed_for_lasting_anywhere(
    record: Record, gate_open: DangerState
) -> None:
    sure = {**dict.fromkeys(ACCOUNTS, 0.005), "lasting": 0.97}
    verdict = replace(a_verdict(), odds=dict.fromkeys(ODDS, sure))
    growth = tuple((week, sure) for week, _ in record.growth)
    paper = for_me(
        replace(record, verdict=verdict, growth=growth),
        danger=gate_open,
        lines=None,
        with_odds=True,
        today=TODAY,
    )
    section = paper[paper.index('id="odds"') : paper.index('id="weeks"')]
    assert "about 80 in 100" in section
    assert "97" not in re.sub(r"<svg.*?</svg>", "", section, flags=re.DOTALL)
    assert "about 16 to be “broad change that holds so far”" in section


def test_what_the_ceiling_takes_is_left_open() -> None:
    dots = twenty({**dict.fromkeys(ACCOUNTS, 0.0), "lasting": 1.0})
    assert dots["lasting"] == 16
    assert dots[LEFT_OPEN] == 4


def test_the_dots_of_the_fixture_by_hand() -> None:
    """Twentieths: 3.746, .782, 6.946, 2.734, .822, 3.826, 1.144; floors sum to 15, five remainders get one."""
    dots = twenty(dict(zip(ACCOUNTS, ODDS["neutral"], strict=True)))
    assert [dots[a] for a in ACCOUNTS] == [4, 1, 7, 2, 1, 4, 1]
    assert dots_sentence(dots).startswith(
        "Of 20 records like this one, in simulated households, these odds expect about 7 to be “for a while”"
    )


@given(st.lists(st.floats(0.001, 1.0), min_size=7, max_size=7))
def test_twenty_dots_always_sum_to_twenty_and_stay_within_one(weights: list[float]) -> None:
    odds = {a: w / sum(weights) for a, w in zip(ACCOUNTS, weights, strict=True)}
    dots = twenty(odds)
    assert sum(dots.values()) == 20
    assert dots["lasting"] <= 16
    for account in ACCOUNTS:
        wanted = 20 * min(odds[account], 0.8 if account == "lasting" else 1.0)
        assert abs(dots[account] - wanted) < 1
