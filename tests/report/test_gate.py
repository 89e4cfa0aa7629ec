"""While a sign stands or is unanswered, nothing that the judge said leaves the house."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

import pytest
from markupsafe import escape
from tests.report.household import ODDS, TODAY

from velveteen.guide.danger import DangerState, answers, danger_state, signs
from velveteen.guide.lines import HelpLines
from velveteen.judge.verdict import ACCOUNTS, Verdict
from velveteen.problems import Problem, Refused
from velveteen.report import Record, for_helper, for_lawyer, for_me

MORNING = datetime(TODAY.year, TODAY.month, TODAY.day, 8)
SPEAKS_OF_ODDS = (
    r"\bin 100\b", r"\bof 20\b", r"depending on where one starts", r"simulated", r"such records", r"sceptic", r"hopeful",
    r"for a while", r"on the outside", r"while limits stand", r"holds so far", r"Three questions", r"Five tests",
    r"untested", r"Cannot tell yet",
)  # fmt: skip


def closed_by(sign: str) -> DangerState:
    return danger_state(answers([sign], at=MORNING), TODAY)


def with_signs(record: Record, sign: str) -> Record:
    return replace(record, entries=(*record.entries, *answers([sign], at=MORNING)))


def read_out(paper: str) -> str:
    """Everything that is read or read aloud: texts and labels. Drawn shapes are covered by the test of dependence."""
    body = paper[paper.index("<body>") :]
    labels = re.findall(r'(?:aria-label|title|alt|datetime)="([^"]*)"', body)
    return " ".join([re.sub(r"<[^>]+>", " ", body), *labels])


def renderings(verdict: Verdict) -> set[str]:
    """Every way in which an odds value could be printed that cannot be a date or a count of the record."""
    values = [p for odds in verdict.odds.values() for p in odds.values() if p]
    values += [*verdict.questions.values(), *(t.probability for t in verdict.tests.values() if t.probability)]
    found = set()
    for value in values:
        found |= {
            f"{value:.4f}",
            f"{value:.3f}",
            f"{100 * value:.2f}",
            f"{100 * value:.1f} %",
            f"{100 * value:.1f}%",
        }
        found |= {f"{value:.4f}"[1:], f"{100 * value:.0f} in 100", f"{20 * value:.2f}", f"{20 * value:.3f}"}
    return found


@pytest.mark.parametrize("sign", [s.id for s in signs()])
def test_no_number_of_odds_in_any_paper_while_a_sign_stands(
    sign: str, record: Record, lines: HelpLines
) -> None:
    danger, signed = closed_by(sign), with_signs(record, sign)
    papers = [
        for_me(signed, danger=danger, lines=lines, with_odds=False, today=TODAY),
        for_helper(signed, danger=danger, lines=lines, today=TODAY),
        for_lawyer(signed, chain_fits=True, today=TODAY),
    ]
    assert record.verdict is not None
    for paper in papers:
        body = read_out(paper)
        assert [r for r in renderings(record.verdict) if r in body] == []
        assert [p for p in SPEAKS_OF_ODDS if re.search(p, body)] == []


def test_the_same_search_finds_odds_when_the_gate_is_open(
    record: Record, gate_open: DangerState, lines: HelpLines
) -> None:
    paper = for_me(record, danger=gate_open, lines=lines, with_odds=True, today=TODAY)
    assert record.verdict is not None
    assert {r for r in renderings(record.verdict) if r in read_out(paper)}
    assert [p for p in SPEAKS_OF_ODDS if not re.search(p, paper)] == []


@pytest.mark.parametrize("sign", [s.id for s in signs()])
def test_with_a_sign_no_paper_depends_on_the_verdict(sign: str, record: Record, lines: HelpLines) -> None:
    danger = closed_by(sign)
    assert record.verdict is not None
    flipped = {r: dict(zip(ACCOUNTS, reversed(v), strict=True)) for r, v in ODDS.items()}
    louder = replace(
        record.verdict, odds=flipped, words="Very likely.", trajectories={}, effect={}, weeks=3,
        problems=(Problem("x", "The odds are 99 in 100."),),
    )  # fmt: skip
    variants = [record, replace(record, verdict=louder), replace(record, verdict=None, growth=())]
    variants.append(
        replace(record, verdict=None, growth=(), refusal=Refused("too_short", "Three weeks are too few."))
    )
    mine = {for_me(r, danger=danger, lines=lines, with_odds=False, today=TODAY) for r in variants}
    helpers = {for_helper(r, danger=danger, lines=lines, today=TODAY) for r in variants}
    lawyers = {for_lawyer(r, chain_fits=True, today=TODAY) for r in variants}
    assert len(mine) == 1
    assert len(helpers) == 1
    assert len(lawyers) == 1


@pytest.mark.parametrize("sign", [s.id for s in signs()])
def test_odds_asked_for_with_a_sign_are_refused(sign: str, record: Record, lines: HelpLines) -> None:
    with pytest.raises(Refused) as refused:
        for_me(record, danger=closed_by(sign), lines=lines, with_odds=True, today=TODAY)
    assert refused.value.code == "danger_gate"


def test_problems_of_the_judge_that_were_passed_on_stay_out_as_well(record: Record, lines: HelpLines) -> None:
    assert record.verdict is not None
    passed_on = replace(record, problems=record.verdict.problems)
    paper = for_me(passed_on, danger=closed_by("weapon"), lines=lines, with_odds=False, today=TODAY)
    assert record.verdict.problems[0].message not in paper


def test_unanswered_signs_close_it_too_and_are_named(record: Record) -> None:
    paper = for_me(record, danger=danger_state([], TODAY), lines=None, with_odds=False, today=TODAY)
    assert [p for p in SPEAKS_OF_ODDS if re.search(p, paper)] == []
    assert all(escape(s.label) in paper for s in signs())
    assert "velveteen danger" in paper


def test_the_lines_come_first_when_it_is_closed_and_last_when_open(
    record: Record, gate_open: DangerState, lines: HelpLines
) -> None:
    closed = for_me(record, danger=closed_by("weapon"), lines=lines, with_odds=False, today=TODAY)
    assert closed.index("0808 2000 247") < closed.index('id="now"')
    opened = for_me(record, danger=gate_open, lines=lines, with_odds=False, today=TODAY)
    assert opened.index('id="cannot"') < opened.index("0808 2000 247")


def test_without_asking_there_are_no_odds_even_when_it_is_open(
    record: Record, gate_open: DangerState, lines: HelpLines
) -> None:
    paper = for_me(record, danger=gate_open, lines=lines, with_odds=False, today=TODAY)
    asked_only = [p for p in SPEAKS_OF_ODDS if p not in {"such records", "untested"}]
    assert [p for p in asked_only if re.search(p, paper)] == []
    assert "are left out unless you ask for them" in paper


def test_bands_stand_only_while_it_is_open(record: Record, gate_open: DangerState, lines: HelpLines) -> None:
    opened = for_me(record, danger=gate_open, lines=lines, with_odds=False, today=TODAY)
    closed = for_me(record, danger=closed_by("weapon"), lines=lines, with_odds=False, today=TODAY)
    assert 'opacity="0.16"' in opened
    assert 'opacity="0.16"' not in closed
    assert "with bands of 50 and 90" not in closed


def test_the_helper_s_paper_never_depends_on_the_verdict(
    record: Record, unjudged: Record, gate_open: DangerState
) -> None:
    papers = {for_helper(r, danger=gate_open, lines=None, today=TODAY) for r in (record, unjudged)}
    assert len(papers) == 1


def test_the_lawyer_s_paper_never_depends_on_the_verdict(record: Record, unjudged: Record) -> None:
    papers = {for_lawyer(r, chain_fits=None, today=TODAY) for r in (record, unjudged)}
    assert len(papers) == 1


def test_no_paper_calls_anything_low_risk(record: Record, gate_open: DangerState, lines: HelpLines) -> None:
    paper = for_helper(record, danger=gate_open, lines=lines, today=TODAY)
    assert "says nothing about how dangerous anybody is" in paper
    assert "low risk" not in paper.lower()
