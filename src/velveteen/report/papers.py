"""Two of the papers: `for_me`, with odds only if asked for and the gate is open, and `for_helper`, without them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from velveteen.guide.danger import DangerState, label, require_open
from velveteen.guide.lines import HelpLines
from velveteen.journal.entries import Entry
from velveteen.judge.verdict import TestResult, Verdict
from velveteen.measure.days import free_entries, readable
from velveteen.problems import Problem
from velveteen.report import figures, harm_now, last_times, ledgers
from velveteen.report import odds as odds_
from velveteen.report.dated_facts import OWN_SIGNS
from velveteen.report.page import render
from velveteen.report.phrases import count, joined, short_day
from velveteen.report.record import Record

LEFT_OUT = (
    "They are left out unless you ask for them. Everything else in this paper is counted from what you wrote; “velveteen "
    "report --with-odds” writes it with odds."
)
NEVER_TEST = "You need not find this out. Never test it on purpose."
CANNOT = (
    "Why anyone does what they do, what they feel, or what they will do next.",
    "What happened on days without a word. They are not counted as quiet.",
    "Whether you measure as you did before: the same day can get a 4 in spring and a 6 in autumn.",
    "How dangerous anybody is. No number in here speaks of that, and no quiet month does.",
    "Whether to stay or to go.",
)
UNSURE = (
    "The arithmetic behind these odds is unsure: worked out in two ways, it came to clearly different results. Please do "
    "not rely on these numbers."
)
UNSURE_BANDS = "The arithmetic behind the line and its bands is unsure here; the marks are as you wrote them."
AT_MOST_ERROR = 1.0  # nats


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
    entries, _ = readable(free_entries(record.written))
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
        cannot=[*_error_rates(told, with_odds=with_odds), *CANNOT], **_judged(told, danger, with_odds=with_odds),
    )  # fmt: skip


def _error_rates(told: Record, *, with_odds: bool) -> list[str]:
    return [told.verdict.detail["error_rates"]["words"]] if with_odds and told.verdict else []


def _gate(danger: DangerState) -> dict[str, Any]:
    sentences = []
    if danger.standing:
        sentences.append(
            "These signs that someone may be hurt badly have been answered yes. While one stands, this paper holds no odds "
            "(numbers on how likely a change is) and nothing that leans on them. A quieter month does not change that. "
            "All that you wrote is still here."
        )
    else:
        sentences.append(
            "Until the danger signs are answered, this paper holds no odds (numbers on how likely a change is). All that "
            "you wrote is still here."
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
    unsure = UNSURE_BANDS if bands and record.verdict and _unsure(record.verdict) else ""
    return [sentence for sentence in (opening, figures.unwritten_words(record), unsure) if sentence]


def _unsure(verdict: Verdict) -> bool:
    """Also where the error is not a number."""
    return not verdict.numerical_error <= AT_MOST_ERROR


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
        "refusal": "", "unsure": UNSURE if _unsure(verdict) else "",
        "sentence": odds_.sentence(verdict), "dots": figures.dots(verdict.odds),
        "growth": figures.growth(record), "words": verdict.words,
        "sensitivity": verdict.sensitivity.get("words", ""),
    }  # fmt: skip
    return {**nothing, "odds": odds, "questions": _questions(verdict), "tests": _tests(verdict)}


def odds_view(record: Record, danger: DangerState) -> dict[str, Any]:
    """What a page may say of the verdict of a record, as the paper for its owner says it.

    Returns:
        `odds`, `questions` and `tests` as in that paper; `untested`, each with the word never to test it on purpose;
        `error_rates`, `problems`: sentences.

    Raises:
        Refused: code "danger_gate"; the gate is closed.
    """
    require_open(danger)
    return {
        **_judged(record, danger, with_odds=True), "untested": _untested(record.verdict),
        "error_rates": _error_rates(record, with_odds=True), "problems": _problems(record, record, with_odds=True),
    }  # fmt: skip


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
    return _grouped(found)


def _grouped(problems: Iterable[Problem]) -> list[str]:
    """Equal sentences once, with where they belong: up to three places by name, more by number and first and last day."""
    places: dict[str, list[str]] = {}
    for problem in problems:
        found = places.setdefault(problem.message, [])
        if problem.where and problem.where not in found:
            found.append(problem.where)
    return [f"{message} ({_places(found)})" if found else message for message, found in places.items()]


def _places(found: Sequence[str]) -> str:
    days = [ledgers.iso(where) for where in found]
    if len(found) <= 3:
        return joined([short_day(d) if d else where for d, where in zip(days, found, strict=True)])
    dated = sorted(d for d in days if d)
    between = f", {short_day(dated[0])} to {short_day(dated[-1])}" if len(dated) == len(found) else ""
    return f"{len(found)} times{between}"


def for_helper(record: Record, *, danger: DangerState, lines: HelpLines | None, today: date) -> str:
    """The paper for a helper: lines, danger signs, harm by month, dated ledgers. No odds, bands, questions or feelings.

    Signs about the owner themself are not handed on. The lines come first whether the gate is open or closed, so that the
    order does not tell of a sign that is left out.

    Args:
        record: what it is written from; its verdict is not read.
        danger: the gate on this day.
        lines: lines of the chosen country; None says how to choose one.
        today: the owner's local date.

    Returns:
        One self-contained HTML document: no script, no outside request.
    """
    entries, _ = readable(free_entries(record.written))
    return render(
        "for_helper.html.j2", kicker="For a helper", title=record.title, lines=lines, today=today,
        gate=_helper_gate(list(record.entries), danger), months=_months(entries), acts=ledgers.acts(entries),
        ledgers=_helper_ledgers(entries, today), promise_summary=ledgers.promise_summary(entries), cannot=list(CANNOT),
    )  # fmt: skip


def _helper_gate(entries: list[Entry], danger: DangerState) -> dict[str, Any]:
    standing, unanswered = (
        [s for s in found if s not in OWN_SIGNS] for found in (danger.standing, danger.unanswered)
    )
    opening = (
        "Answered yes by the person who keeps this record:"
        if standing
        else "None of the signs in this paper is answered yes. That says nothing about how dangerous anybody is."
    )
    return {
        "sentences": [opening],
        "signs": ledgers.danger_signs(entries, standing),
        "unanswered": [label(sign) for sign in unanswered],
        "asked": "Not answered within the last month:",
    }


def _months(entries: Sequence[Entry]) -> figures.Table | None:
    found = ledgers.months(entries)
    if not found:
        return None
    body = tuple(
        (f"{m.first:%b %Y}", str(m.days - m.unasked), *(_told(n, m) for n in (m.harmed, m.acts, m.heaviest)))
        for m in found
    )
    head = ("month", "days written", "days with harm", "acts", "heaviest")
    caption = "As written, day by day. Days without a word are not counted as quiet."
    unread = sum(m.unasked for m in found)
    if unread:
        others = count(unread, "further day is", "further days are")
        caption += f" {others} written without what happened on them; nothing is said about them."
    return figures.Table(caption, head, body)


def _told(number: int | None, month: ledgers.Month) -> str:
    """A month without a word on what happened has no number, not a zero."""
    return "–" if number is None or month.days == month.unasked else str(number)


def _helper_ledgers(entries: Sequence[Entry], today: date) -> list[tuple[str, str, list[ledgers.Line], str]]:
    return [
        ("turns", "Turning points", ledgers.turning_points(entries), "None is written."),
        ("promises", "Promises", ledgers.promises(entries, today), ""),
        ("raised", "What was raised, and the answer", ledgers.confrontations(entries), "Nothing is written."),
        ("limits", "Limits", ledgers.limits(entries), "None is written."),
    ]
