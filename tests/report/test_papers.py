"""What stands in the papers, and in which order."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

import pytest
from markupsafe import escape
from tests.report.household import ERROR_RATES, TODAY

from velveteen.guide.danger import DangerState, answers, danger_state, label
from velveteen.guide.lines import HelpLines
from velveteen.guide.words import NEVER_NAMES, NEVER_SAID, SHAMING, found
from velveteen.problems import Problem, Refused
from velveteen.report import Record, for_helper, for_me

NEVER_TEST = "You need not find this out. Never test it on purpose."


@pytest.fixture(scope="module")
def full(record: Record, gate_open: DangerState, lines: HelpLines) -> str:
    return for_me(record, danger=gate_open, lines=lines, with_odds=True, today=TODAY)


@pytest.fixture(scope="module")
def helper(record: Record, lines: HelpLines) -> str:
    yes = answers(["strangled"], at=datetime(2026, 8, 30), seen={"strangled": "in the hall"})
    signed = replace(record, entries=(*record.entries, *yes))
    return for_helper(signed, danger=danger_state(yes, TODAY), lines=lines, today=TODAY)


def headings(paper: str) -> list[str]:
    return re.findall(r'<h2 id="([a-z]+)"', paper)


def text(paper: str) -> str:
    body = re.sub(r"<style>.*?</style>", " ", paper, flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


def test_harm_comes_first_then_terms_then_odds(full: str) -> None:
    assert headings(full) == [
        "now", "terms", "odds", "weeks", "questions", "tests", "promises", "last", "untested", "cannot", "help",
    ]  # fmt: skip


def test_odds_open_with_what_they_do_not_say(full: str) -> None:
    section = full[full.index('id="odds"') :]
    opening = "A real change can still be too little. This does not say stay or go."
    assert section.index(opening) < section.index("in 100")
    assert "between 4 and 31 in 100, depending on where one starts" in section


def test_each_untested_item_ends_with_the_sentence(full: str) -> None:
    section = full[full.index('id="untested"') : full.index('id="cannot"')]
    items = re.findall(r"<li>(.*?)</li>", section)
    assert items
    assert all(item.endswith(NEVER_TEST) for item in items)


def test_error_rates_say_where_they_come_from(full: str) -> None:
    assert ERROR_RATES in full


def test_both_papers_say_what_they_are_on_the_page_and_in_print(full: str, helper: str) -> None:
    for paper in (full, helper):
        assert text(paper).count("It is not evidence, and nobody can check who keeps it.") == 2
        assert "@bottom-left" in paper
        assert "counter(pages)" in paper
        assert "@page { margin" in paper


def test_a_refusal_stands_where_the_odds_would(record: Record, gate_open: DangerState) -> None:
    why = "Three weeks are too few to weigh. Nothing was lost; six weeks are enough."
    refused = replace(record, verdict=None, growth=(), refusal=Refused("too_short", why))
    paper = for_me(refused, danger=gate_open, lines=None, with_odds=True, today=TODAY)
    assert why in paper
    assert "in 100" not in text(paper)
    unasked = for_me(refused, danger=gate_open, lines=None, with_odds=False, today=TODAY)
    assert f"There are none in this paper. {why}" in unasked
    assert 'opacity="0.16"' not in paper


def test_an_empty_record_asks_for_nothing_and_says_what_will_be_here(gate_open: DangerState) -> None:
    for paper in (
        for_me(Record(()), danger=gate_open, lines=None, with_odds=True, today=TODAY),
        for_helper(Record(()), danger=gate_open, lines=None, today=TODAY),
    ):
        assert "<svg" not in paper.replace('<svg viewBox="0 0 16 16"', "")
        assert "--country" in paper
    mine = for_me(Record(()), danger=gate_open, lines=None, with_odds=False, today=TODAY)
    assert "Nothing is written about days yet" in mine
    assert "Once a few weeks are written" in mine


def test_the_helper_s_paper_holds_signs_dates_and_ledgers(helper: str) -> None:
    assert headings(helper) == ["help", "signs", "harm", "turns", "promises", "raised", "limits", "cannot"]
    assert "Answered yes on 30 August 2026. “in the hall”." in helper
    assert '<time datetime="2025-02-19">19 February 2025</time> Left.' in helper


def test_feelings_stay_out_of_the_helper_s_paper(record: Record, gate_open: DangerState) -> None:
    felt = tuple(replace(e, feelings="I felt so small") if e.kind == "act" else e for e in record.entries)
    assert "so small" not in for_helper(
        replace(record, entries=felt), danger=gate_open, lines=None, today=TODAY
    )


def test_days_marked_as_not_free_are_left_out_in_silence(record: Record, gate_open: DangerState) -> None:
    act = next(e for e in record.entries if e.kind == "act")
    day = next(e for e in record.entries if e.kind == "day" and e.at == act.at)
    unfree = replace(day, payload={**day.payload, "free": False})
    marked = replace(record, entries=tuple(unfree if e is day else e for e in record.entries))
    before, after = (for_helper(r, danger=gate_open, lines=None, today=TODAY) for r in (record, marked))
    stamp = f'<time datetime="{act.at.date().isoformat()}">'
    assert stamp in before
    assert stamp not in after
    assert "free" not in text(after).replace("freely", "")


def test_what_a_person_wrote_cannot_become_markup_or_style(record: Record, gate_open: DangerState) -> None:
    evil = '"; } body { display: none } </style><script>alert(1)</script>'
    promise = next(e for e in record.entries if e.kind == "promise")
    entries = tuple(
        replace(e, payload={**e.payload, "what": evil}) if e is promise else e for e in record.entries
    )
    hostile = replace(record, entries=entries, title=evil)
    paper = for_me(hostile, danger=gate_open, lines=None, with_odds=True, today=TODAY)
    assert "<script" not in paper
    assert paper.count("</style>") == 1
    assert "display: none }" not in paper[paper.index("<style>") : paper.index("</style>")]


@pytest.mark.parametrize("words", [SHAMING, NEVER_SAID], ids=["shaming", "never said"])
def test_no_word_that_shames_promises_or_makes_wait(words: tuple[str, ...], full: str, helper: str) -> None:
    assert [found(text(paper), words) for paper in (full, helper)] == [[], []]


def test_no_heading_accuses_or_promises(full: str, helper: str) -> None:
    names = re.findall(r"<h[123][^>]*>(.*?)</h[123]>", full + helper)
    assert len(names) > 20
    assert [(name, hit) for name in names if (hit := found(name, NEVER_NAMES))] == []


def test_headings_step_down_one_at_a_time(full: str, helper: str) -> None:
    for paper in (full, helper):
        levels = [int(level) for level in re.findall(r"<h([1-6])", paper)]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("closed", [True, False])
def test_the_helper_s_paper_opens_with_the_lines(
    *, closed: bool, record: Record, gate_open: DangerState, lines: HelpLines
) -> None:
    danger = danger_state([], TODAY) if closed else gate_open
    assert headings(for_helper(record, danger=danger, lines=lines, today=TODAY))[:2] == ["help", "signs"]


def test_signs_about_the_owner_themself_are_not_handed_on(record: Record, lines: HelpLines) -> None:
    yes = answers(["own_despair"], at=datetime(2026, 8, 30), seen={"own_despair": "the bridge"})
    signed = replace(record, entries=(*record.entries, *yes))
    states = danger_state(yes, datetime(2026, 8, 30).date()), danger_state([], TODAY)
    assert ("own_despair" in states[0].standing, "own_despair" in states[1].unanswered) == (True, True)
    for state in states:
        paper = for_helper(signed, danger=state, lines=lines, today=TODAY)
        assert str(escape(label("own_despair"))) not in paper
        assert "the bridge" not in paper
    nobody = for_helper(signed, danger=states[0], lines=lines, today=TODAY)
    assert "None of the signs in this paper is answered yes." in nobody


@pytest.mark.parametrize(("error", "said"), [(0.99, False), (1.01, True), (float("nan"), True)])
def test_unsure_arithmetic_is_said_above_the_odds(
    error: float, said: bool, record: Record, gate_open: DangerState
) -> None:
    assert record.verdict is not None
    problem = Problem("arithmetic_unsure", "Two ways of working it out differ.")
    verdict = replace(record.verdict, numerical_error=error, problems=(problem,))
    paper = for_me(
        replace(record, verdict=verdict), danger=gate_open, lines=None, with_odds=True, today=TODAY
    )
    unsure = "The arithmetic behind these odds is unsure"
    assert (unsure in paper) is said
    assert not said or paper.index(unsure) < paper.index("in 100")
    assert problem.message in paper


def test_equal_sentences_stand_once_with_their_days(record: Record, gate_open: DangerState) -> None:
    days = ["2026-01-05", "2026-01-07", "2026-02-01", "2026-03-09"]
    problems = [Problem("x", "Something odd.", d) for d in days]
    problems += [Problem("y", "Twice odd.", d) for d in days[:2]]
    paper = for_me(
        replace(record, problems=tuple(problems)), danger=gate_open, lines=None, with_odds=False, today=TODAY
    )
    assert "<li>Something odd. (4 times, 5 Jan 2026 to 9 Mar 2026)</li>" in paper
    assert "<li>Twice odd. (5 Jan 2026 and 7 Jan 2026)</li>" in paper


def test_half_a_surrogate_pair_does_not_keep_a_paper_from_being_written(gate_open: DangerState) -> None:
    paper = for_me(Record((), title="A\ud800"), danger=gate_open, lines=None, with_odds=False, today=TODAY)
    assert "A?" in paper.encode().decode()
