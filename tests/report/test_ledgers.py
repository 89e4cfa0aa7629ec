"""Ledgers are dated sentences."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from velveteen.journal.entries import ANSWERS, PROMISE_OUTCOMES, TURNING_POINTS, Entry
from velveteen.report import ledgers

TODAY = date(2026, 2, 1)


def entry(kind: str, payload: dict[str, object], day: int = 3, facts: str = "") -> Entry:
    moment = datetime(2026, 1, day)
    return Entry(f"{kind}{day}", kind, moment, moment, payload, facts=facts, feelings="never in a ledger")


@pytest.mark.parametrize(
    ("payload", "text"),
    [
        ({"what": "I will call.", "due": "2026-01-10", "outcome": "broken", "resolved": "2026-01-11"},
         "“I will call”. Due 10 January 2026. Not kept, written 11 January 2026."),
        ({"what": "x", "outcome": "kept"}, "“x”. No date was given. Kept."),
        ({"what": "x", "due": "2026-03-01"}, "“x”. Due 1 March 2026. Not due yet."),
        ({"what": "x", "due": "2026-01-09"}, "“x”. Due 9 January 2026. What came of it is not written."),
        ({"due": "soon"}, "“something not written down”. No date was given. What came of it is not written."),
    ],
)  # fmt: skip
def test_a_promise(payload: dict[str, object], text: str) -> None:
    assert [line.text for line in ledgers.promises([entry("promise", payload)], TODAY)] == [text]


def test_the_summary_counts_every_promise_once() -> None:
    outcomes = ["kept", "kept", "broken", "withdrawn", None]
    made = [entry("promise", {"what": "x", **({"outcome": o} if o else {})}) for o in outcomes]
    assert ledgers.promise_summary(made) == (
        "5 promises are written: 2 kept, 1 not kept, 1 withdrawn and 1 not due yet, or without a word about what came of it."
    )


def test_every_answer_outcome_and_turning_point_has_its_words() -> None:
    assert set(ledgers.ANSWERED) == set(ANSWERS)
    assert set(ledgers.OUTCOMES) == set(PROMISE_OUTCOMES)
    assert set(ledgers.TURNS) == set(TURNING_POINTS)


def test_confrontations_limits_terms_and_turning_points() -> None:
    entries = [
        entry("confrontation", {"raised": "the shouting", "answer": "turned_round"}),
        entry("limit", {"limit": "no shouting", "event": "slipped"}),
        entry("term", {"what": "he sleeps elsewhere", "by": "2026-06-01"}),
        entry(
            "turning_point", {"kind": "therapy_ended", "reason": "too far"}, facts="He told me on the phone"
        ),
    ]
    assert ledgers.confrontations(entries)[0].text == "Raised: “the shouting”. The answer: turned it round."
    assert ledgers.limits(entries)[0].text == "“no shouting”: let slip."
    assert ledgers.terms(entries)[0].text == "“he sleeps elsewhere”, by 1 June 2026."
    assert ledgers.turning_points(entries)[0].text == "Therapy ended, too far. He told me on the phone."
    assert ledgers.turning_points(entries)[0].when == date(2026, 1, 3)


def test_acts_give_facts_and_no_feelings() -> None:
    entries = [entry("act", {"act": "hit", "harm": True, "toward": "child", "weight": 3}, facts="At noon")]
    entries += [entry("act", {"act": "made_tea", "harm": False})]
    assert [line.text for line in ledgers.acts(entries)] == [
        "Hit, toward a child, of the heaviest kind. At noon."
    ]


def test_months_run_from_first_to_last_and_an_unwritten_one_has_no_days() -> None:
    moments = [datetime(2025, 11, 30), datetime(2026, 1, 2)]
    entries = [Entry(str(m), "day", m, m, {"contact": True}) for m in moments]
    entries += [Entry("a", "act", moments[1], moments[1], {"act": "x", "harm": True, "weight": 3})] * 2
    months = ledgers.months(entries)
    assert [(m.first, m.days, m.harmed, m.acts, m.heaviest) for m in months] == [
        (date(2025, 11, 1), 1, 0, 0, None), (date(2025, 12, 1), 0, 0, 0, None), (date(2026, 1, 1), 1, 1, 2, 2),
    ]  # fmt: skip


def test_a_standing_sign_names_its_days_and_what_was_seen() -> None:
    entries = [
        entry("danger", {"sign": "weapon", "answer": "yes", "seen": "a knife."}, day=d) for d in (3, 9)
    ]
    told = ledgers.danger_signs(entries, ("weapon",))
    assert told == [
        ("A weapon used or threatened",
         "Answered yes on 3 January 2026 and 9 January 2026. “a knife”. “a knife”."),
    ]  # fmt: skip


def test_a_month_s_heaviest_are_counted_only_where_weights_were_written() -> None:
    acts = [entry("act", {"act": "hit", "harm": True, **w}, day=3) for w in ({}, {"weight": 1})]
    assert [ledgers.months(found)[0].heaviest for found in (acts[:1], acts)] == [None, 0]


def test_a_month_names_the_days_on_which_what_they_did_is_not_written() -> None:
    days = [entry("day", {"contact": True, "acts": False}, day=d) for d in (3, 4)]
    acts = [entry("act", {"act": "hit", "harm": True}, day=4)]
    assert [(m.days, m.acts, m.unasked) for m in ledgers.months([*days, *acts])] == [(2, 1, 1)]
