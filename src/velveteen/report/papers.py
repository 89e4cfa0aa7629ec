"""The two papers: `for_me`, with odds only if asked for and the gate is open, and `for_helper`, without them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from velveteen.guide.danger import DangerState, label, require_open
from velveteen.guide.lines import HelpLines
from velveteen.journal.entries import Entry
from velveteen.judge.verdict import TestResult, Verdict
from velveteen.measure.days import free_entries
from velveteen.report import figures, harm_now, last_times, ledgers
from velveteen.report import odds as odds_
from velveteen.report.page import render
from velveteen.report.phrases import count
from velveteen.report.record import Record

LEFT_OUT = (
    "Odds are left out unless you ask for them. Everything else in this paper is counted from what you wrote; “velveteen "
    "report --with-odds” writes it with odds."
)
NEVER_TEST = "You need not find this out. Never test it on purpose."
CANNOT = (
    "Why anyone does what they do, what they feel, or what they will do next.",
    "What happened on days without a word. They are not counted as quiet.",
    "Whether your yardstick moved: the same day can get a 4 in spring and a 6 in autumn.",
    "How dangerous anybody is. No number in here speaks of that, and no quiet month does.",
    "Whether to stay or to go.",
)
ERROR_RATES = (
    "How often the odds are wrong for records of this length: not yet measured. When they are, it will be in simulated "
    "households, not yet measured on real ones."
)


def for_me(
    record: Record, *, danger: DangerState, lines: HelpLines | None, with_odds: bool, today: date
) -> str:
    """The paper for the owner: harm there is now first, then terms, odds if asked for, the weeks, ledgers, limits.

    Args:
        record: what it is written from.
        danger: the gate on this day. Closed: lines come first; odds, questions, tests, bands and effects are left out.
        lines: lines of the chosen country; None says how to choose one.
        with_odds: whether odds were asked for.
        today: the owner's local date.

    Returns:
        One self-contained HTML document: no script, no outside request.

    Raises:
        Refused: code "danger_gate", when odds are asked for while the gate is closed.
    """
    if with_odds:
        require_open(danger)
    entries = free_entries(list(record.entries))
    told = record if not danger.closed else replace(record, verdict=None, growth=())
    bands = told.verdict is not None
    series = figures.channel_figures(told, bands=bands)
    return render(
        "for_me.html.j2", kicker="For me", title=record.title, lines=lines, today=today, closed=danger.closed,
        gate=_gate(danger), now=harm_now.sentences(entries, today), terms=ledgers.terms(entries), series=series,
        bands=bands, series_intro=_intro(told, bands=bands), promises=ledgers.promises(entries, today),
        promise_summary=ledgers.promise_summary(entries),
        last=figures.last_times_figure(last_times.last_times(entries)),
        untested=_untested(told.verdict), problems=_problems(record, told, with_odds=with_odds),
        cannot=[*([ERROR_RATES] if with_odds else []), *CANNOT], **_judged(told, danger, with_odds=with_odds),
    )  # fmt: skip


def _gate(danger: DangerState) -> dict[str, Any]:
    sentences = []
    if danger.standing:
        sentences.append(
            "These signs that someone may be hurt badly have been answered yes. While one stands, this paper holds no odds "
            "and nothing that leans on them. A quieter month does not change that. All that you wrote is still here."
        )
    else:
        sentences.append(
            "Until the danger signs are answered, this paper holds no odds. All that you wrote is still here."
        )
    return {
        "sentences": sentences,
        "standing": [label(sign) for sign in danger.standing],
        "unanswered": [label(sign) for sign in danger.unanswered],
        "asked": "Not answered within the last month (“velveteen danger” asks; it takes two minutes):",
    }


def _intro(record: Record, *, bands: bool) -> list[str]:
    smooth = (
        "The line and its bands are worked out from all the marks together."
        if bands
        else "Nothing is smoothed."
    )
    opening = (
        "Each mark is one week as you wrote it, or four where that is said; smaller marks have fewer days behind "
        f"them. {smooth}"
    )
    unwritten = figures.unwritten_words(record)
    return [opening, unwritten] if unwritten else [opening]


def _judged(record: Record, danger: DangerState, *, with_odds: bool) -> dict[str, Any]:
    """Odds, questions and tests, or the sentence that says why they are not there; nothing while the gate is closed."""
    nothing: dict[str, Any] = {"odds": None, "odds_note": "", "questions": [], "tests": []}
    if danger.closed:
        return nothing
    if not with_odds:
        note = f"There are none in this paper. {record.refusal.message}" if record.refusal else LEFT_OUT
        return {**nothing, "odds_note": note}
    if record.verdict is None:
        why = (
            record.refusal.message
            if record.refusal
            else "This record has not been weighed yet, so there are no odds."
        )
        return {**nothing, "odds": {"refusal": why}}
    verdict = record.verdict
    odds = {
        "refusal": "", "sentence": odds_.sentence(verdict), "dots": figures.dots(verdict.odds),
        "growth": figures.growth(record), "words": verdict.words,
    }  # fmt: skip
    return {**nothing, "odds": odds, "questions": _questions(verdict), "tests": _tests(verdict)}


def _questions(verdict: Verdict) -> list[dict[str, str]]:
    return [
        {
            "ask": ask,
            "meaning": meaning,
            "answer": f"{odds_.one_in_hundred(round(100 * verdict.questions[key])).capitalize()}.",
        }
        for key, (ask, meaning) in odds_.QUESTIONS.items()
    ]


def _tests(verdict: Verdict) -> list[dict[str, str]]:
    return [
        {"name": name, "ask": ask, "answer": _test_words(verdict.tests[key])}
        for key, (name, ask) in odds_.TESTS.items()
    ]


def _test_words(test: TestResult) -> str:
    if test.answer == "untested" or test.probability is None:
        return f"Untested: {count(test.observations, 'observation')}, fewer than the {odds_.NEEDED} that it needs."
    sure = f"{odds_.one_in_hundred(round(100 * test.probability))}, from {count(test.observations, 'observation')}."
    return f"{odds_.ANSWERS[test.answer]}: {sure}"


def _untested(verdict: Verdict | None) -> list[str]:
    if verdict is None:
        return []
    open_ = [(odds_.TESTS[key][0], test) for key, test in verdict.tests.items() if test.answer == "untested"]
    return [
        f"{name}: {count(test.observations, 'observation')} so far, {odds_.NEEDED} are needed. {NEVER_TEST}"
        for name, test in open_
    ]


def _problems(record: Record, told: Record, *, with_odds: bool) -> list[str]:
    """What measuring found; what judging found only beside odds."""
    judged = record.verdict.problems if record.verdict else ()
    found = [p for p in record.problems if p not in judged]
    if with_odds and told.verdict is not None:
        found += judged
    return list(dict.fromkeys(f"{p.message} ({p.where})" if p.where else p.message for p in found))


def for_helper(record: Record, *, danger: DangerState, lines: HelpLines | None, today: date) -> str:
    """The paper for a helper: danger signs, harm by month, dated ledgers. No odds, no bands, no questions, no feelings.

    Args:
        record: what it is written from; its verdict is not read.
        danger: the gate on this day.
        lines: lines of the chosen country; None says how to choose one.
        today: the owner's local date.

    Returns:
        One self-contained HTML document: no script, no outside request.
    """
    entries = free_entries(list(record.entries))
    return render(
        "for_helper.html.j2", kicker="For a helper", title=record.title, lines=lines, today=today,
        gate=_helper_gate(list(record.entries), danger), months=_months(entries), acts=ledgers.acts(entries),
        ledgers=_helper_ledgers(entries, today), promise_summary=ledgers.promise_summary(entries), cannot=list(CANNOT),
    )  # fmt: skip


def _helper_gate(entries: list[Entry], danger: DangerState) -> dict[str, Any]:
    asked = "Not answered within the last month:"
    opening = (
        "Answered yes by the person who keeps this record:"
        if danger.standing
        else "None of the signs on the list is answered yes. That says nothing about how dangerous anybody is."
    )
    return {
        "sentences": [opening],
        "signs": ledgers.danger_signs(entries, danger),
        "unanswered": [label(sign) for sign in danger.unanswered],
        "asked": asked,
    }


def _months(entries: Sequence[Entry]) -> figures.Table | None:
    found = ledgers.months(entries)
    if not found:
        return None
    body = tuple(
        (f"{m.first:%b %Y}", str(m.days), *(_told(n, m) for n in (m.harmed, m.acts, m.heaviest)))
        for m in found
    )
    head = ("month", "days written", "days with harm", "acts", "heaviest")
    return figures.Table("As written, day by day. Days without a word are not counted as quiet.", head, body)


def _told(number: int, month: ledgers.Month) -> str:
    """A month without a word has no number, not a zero."""
    return str(number) if month.days else "–"


def _helper_ledgers(entries: Sequence[Entry], today: date) -> list[tuple[str, str, list[ledgers.Line], str]]:
    return [
        ("turns", "Turning points", ledgers.turning_points(entries), "None is written."),
        ("promises", "Promises", ledgers.promises(entries, today), ""),
        ("raised", "What was raised, and the answer", ledgers.confrontations(entries), "Nothing is written."),
        ("limits", "Limits", ledgers.limits(entries), "None is written."),
    ]
