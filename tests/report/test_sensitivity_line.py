"""Whether the word would change stands beside the odds, and nowhere else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from markupsafe import escape
from tests.report.household import TODAY, a_verdict

from velveteen.guide.danger import danger_state
from velveteen.report import for_helper, for_me

WORDS = "If the weeks nobody wrote were twice as hard as those around them, it would read: cannot tell yet."


@pytest.fixture
def told(record):
    return replace(record, verdict=replace(a_verdict(), sensitivity={"words": WORDS}))


def test_it_follows_the_word_in_ones_own_paper(told, gate_open, lines):
    paper = for_me(told, danger=gate_open, lines=lines, with_odds=True, today=TODAY)
    section = paper[paper.index('id="odds"') : paper.index('id="weeks"')]
    assert section.index(str(escape(told.verdict.words))) < section.index(WORDS)


def test_without_odds_in_a_helpers_paper_and_behind_the_gate_it_is_not_there(told, gate_open, lines):
    papers = [
        for_me(told, danger=gate_open, lines=lines, with_odds=False, today=TODAY),
        for_me(told, danger=danger_state([], TODAY), lines=lines, with_odds=False, today=TODAY),
        for_helper(told, danger=gate_open, lines=lines, today=TODAY),
    ]
    assert not [paper for paper in papers if WORDS in paper]


def test_a_verdict_without_it_has_no_empty_line(told, gate_open, lines):
    plain = replace(told, verdict=replace(told.verdict, sensitivity={}))
    assert "<p></p>" not in for_me(plain, danger=gate_open, lines=lines, with_odds=True, today=TODAY)
