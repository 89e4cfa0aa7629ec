"""The paper for a lawyer: what is written to have happened, when it was written, what was corrected, and nothing else."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

import pytest
from tests.report.household import TODAY

from velveteen.guide.danger import answer, answers, label
from velveteen.guide.words import NEVER_NAMES, NEVER_SAID, SHAMING, found
from velveteen.journal.corrections import corrected, not_free, withdrawn
from velveteen.journal.entries import Entry
from velveteen.report import Record, for_lawyer
from velveteen.report.dated_facts import MISTAKE, Fact, facts

LATER = datetime(2026, 8, 20, 7, 45)


def entry(
    kind: str, when: str, written: str = "", /, *, facts: str = "", feelings: str = "", **payload: object
) -> Entry:
    at = datetime.fromisoformat(f"2026-{when}")
    moment = datetime.fromisoformat(f"2026-{written or when}")
    return Entry(f"{kind} {when} {written}", kind, at, moment, payload, "A.", facts, feelings)


def paper(*entries: Entry, chain_fits: bool | None = True) -> str:
    return for_lawyer(Record((), history=entries), chain_fits=chain_fits, today=TODAY)


def text(page: str) -> str:
    body = re.sub(r"<style>.*?</style>", " ", page, flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


def told(*entries: Entry) -> list[str]:
    return [fact.now.text for fact in facts(entries)]


def test_what_happened_and_when_it_was_written_stand_side_by_side() -> None:
    act = entry("act", "08-03T21:10", "08-05T07:30", act="shouted", facts="At the table.", toward="child")
    page = text(paper(act))
    assert "3 Aug 2026, 21:10" in page
    assert "Act. Shouted, toward a child. “At the table.”" in page
    assert "Written 5 Aug 2026, 07:30" in page


def test_a_moment_of_midnight_is_a_day() -> None:
    assert "00:00" not in text(paper(entry("act", "08-03", "08-03T21:00", act="shouted")))


def test_facts_stand_in_the_order_in_which_they_happened(record: Record) -> None:
    moments = [fact.now.happened for fact in facts(record.entries)]
    assert len(moments) > 100
    assert all(before <= after for before, after in pairwise(moments))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            entry("act", "08-03", act="put_me_down", audience="family", weight=3),
            "Put me down, with family there.",
        ),
        (
            entry("promise", "08-03", what="I will call", due="2026-08-09", outcome="broken", resolved="2026-08-10"),
            "“I will call”. Due 9 August 2026. Written about what came of it: not kept, 10 August 2026.",
        ),
        (entry("promise", "08-03", what="I will call"), "“I will call”."),
        (entry("limit", "08-03", limit="no shouting", event="crossed"), "“no shouting”: written as crossed."),
        (
            entry("confrontation", "08-03", raised="the money", answer="attacked", facts="He left the room."),
            "Raised: “the money”. “He left the room.”",
        ),
        (entry("turning_point", "08-03", kind="therapy_began", idea="court"), "Therapy began, a court’s order."),
        (entry("therapy_session", "08-03", attended=False), "A session was due: not attended."),
        (
            entry("week", "08-03", days_contact=3, harm=2, treated=4),
            "A week told as a whole: contact on 3 days and 2 acts counted.",
        ),
        (entry("week", "08-03", days_contact=True), "A week told as a whole: nothing counted."),
        (
            entry("imported", "08-03", source="00ff", messages=12, first="2025-01-02T08:00", last="2025-03-04T09:00"),
            "A chat export was read in: 12 messages, 2 January 2025 to 4 March 2025. SHA-256 of the file: 00ff.",
        ),
        (entry("imported", "08-03", source="00ff"), "A chat export was read in. SHA-256 of the file: 00ff."),
        (entry("note", "08-03", facts="The car was sold!"), "“The car was sold!”"),
        (entry("note", "08-03"), "A note without words."),
        (entry("danger", "08-03", sign="weapon", answer="yes", seen="a knife"),
         f"{label('weapon')}. Answered yes on that day. Seen: “a knife”."),
    ],
)  # fmt: skip
def test_each_kind_is_told_plainly(given: Entry, said: str) -> None:
    assert told(given) == [said]


LEFT_OUT = (
    entry("day", "08-03", contact=True, day="criticised", treated=7, wellbeing=3, facts="secret"),
    entry("inward", "08-03", told=True, equals=4, facts="secret"),
    entry("guess", "08-03", words="secret", chance=40),
    entry("vignette", "08-03", story="secret", rating=6),
    entry("answer", "08-03", questionnaire="secret", score=9),
    entry("practice", "08-03", which="secret"),
    entry("term", "08-03", what="secret"),
    entry("list_item", "08-03", what="secret"),
    entry("cost", "08-03", what="secret"),
    entry("support", "08-03", who="secret"),
    entry("cure_tried", "08-03", what="secret"),
    entry("coded_day", "08-03", channels={"courtesy": [2, 5]}, facts="secret"),
    entry("unsure", "08-03", sign="weapon"),
    entry("of_tomorrow", "08-03", words="secret"),
    entry("caseload_verdict", "08-03", bundle="secret", words="secret"),
    entry("danger", "08-03", sign="weapon", answer="no", seen="secret"),
    entry("danger", "08-03", sign="own_despair", answer="yes", seen="secret"),
    entry("danger", "08-03", sign="afraid_now", answer="yes", seen="secret"),
)


@pytest.mark.parametrize("given", LEFT_OUT, ids=lambda e: f"{e.kind} {e.payload.get('sign', '')}")
def test_what_is_felt_scored_or_the_owner_s_own_is_no_dated_fact(given: Entry) -> None:
    assert told(given) == []
    assert "secret" not in paper(given)


def test_no_feeling_weight_rating_or_sorted_answer_is_on_the_page(record: Record) -> None:
    marked = tuple(
        replace(e, feelings="I felt so small", payload={**e.payload, "weight": 3} if e.kind == "act" else e.payload)
        for e in record.entries
    )  # fmt: skip
    page = text(for_lawyer(replace(record, entries=marked), chain_fits=True, today=TODAY))
    for word in (
        "so small",
        "heaviest",
        "denied it",
        "turned it round",
        "words only",
        "harm",
        "treated",
        "in 100",
    ):
        assert word not in page


def test_a_correction_is_shown_with_what_it_corrects_and_both_moments() -> None:
    first = entry("act", "08-03", "08-03T22:00", act="shouted", facts="In the hall.")
    second = corrected(first, at=datetime(2026, 8, 9, 8), facts="On the stairs.")
    third = corrected(second, at=LATER, happened=datetime(2026, 8, 2, 19, 5))
    (fact,) = facts([first, second, third])
    assert [v.written for v in (fact.now, *fact.earlier)] == [LATER, second.written, first.written]
    page = text(paper(first, second, third))
    assert "Correction written 20 Aug 2026, 07:45" in page
    assert "It corrects what was written 9 Aug 2026, 08:00, dated 3 Aug 2026: the same words." in page
    assert "It corrects what was written 3 Aug 2026, 22:00, dated 3 Aug 2026: Shouted. “In the hall.”" in page
    assert "2 Aug 2026, 19:05" in page


def test_what_was_taken_back_leaves_its_trace() -> None:
    yes = entry("danger", "08-03", sign="weapon", answer="yes")
    no = answer("weapon", "no", at=LATER, corrects=yes.id)
    (fact,) = facts([yes, no])
    assert (fact.name, fact.now.text) == ("Danger sign", f"{label('weapon')}. Answered no on that day.")
    assert fact.earlier[0].text.endswith("Answered yes on that day.")
    act = entry("act", "08-03", act="shouted")
    gone = replace(corrected(act, at=LATER), kind="inward")
    (fact,) = facts([act, gone])
    assert (fact.name, fact.now.text) == ("Taken back", "Nothing of it belongs in this paper.")
    assert fact.earlier[0].text == "Shouted."


def test_an_answer_about_the_owner_that_was_corrected_stays_out_as_well() -> None:
    yes = entry("danger", "08-03", sign="own_despair", answer="yes", seen="the bridge")
    assert told(yes, answer("own_despair", "no", at=LATER, corrects=yes.id)) == []


def test_a_day_that_was_not_free_leaves_no_trace_in_any_version() -> None:
    act = entry("act", "08-03", act="shouted", facts="secret")
    moved = corrected(act, at=LATER, happened=datetime(2026, 8, 4), facts="In the hall.")
    other = entry("act", "08-03", "08-03T20:00", act="listened", facts="secret")
    yes = entry("danger", "08-03T20:00", sign="weapon", answer="yes")
    day = entry("day", "08-03", contact=True)
    history = [act, moved, other, yes, day]
    marked = [*history, *not_free(history, datetime(2026, 8, 3).date(), LATER)]
    assert told(*marked) == [f"{label('weapon')}. Answered yes on that day.", "Shouted. “In the hall.”"]
    assert "secret" not in paper(*marked)
    assert "free" not in text(paper(*marked)).replace("freely", "")


def test_what_was_written_or_changed_on_a_day_that_was_not_free_leaves_no_trace() -> None:
    act = entry("act", "08-01", act="shouted", facts="In the hall.")
    milder = corrected(act, at=datetime(2026, 8, 3, 20), facts="secret")
    taken = withdrawn(milder, datetime(2026, 8, 3, 21))
    late = entry("act", "08-02", "08-03T22:00", act="listened", facts="secret")
    history = [act, milder, taken, late, entry("day", "08-03", contact=True)]
    assert told(*history) == [MISTAKE, "Listened. “secret”."]
    marked = [*history, *not_free(history, datetime(2026, 8, 3).date(), LATER)]
    assert told(*marked) == ["Shouted. “In the hall.”"]
    assert "secret" not in paper(*marked)


def test_a_mistake_that_was_taken_back_stands_with_what_it_said() -> None:
    act = entry("act", "08-03", act="shouted", facts="In the hall.")
    (fact,) = facts([act, withdrawn(act, LATER)])
    assert (fact.name, fact.now.text, fact.now.written) == ("Taken back", MISTAKE, LATER)
    assert fact.earlier[0].text == "Shouted. “In the hall.”"


def test_corrections_that_correct_each_other_end() -> None:
    one = replace(entry("act", "08-03", act="shouted"), id="a", corrects="b")
    two = replace(one, id="b", corrects="a")
    three = replace(one, id="c", corrects="a")
    (fact,) = facts([one, two, three])
    assert len(fact.earlier) == 2


@pytest.mark.parametrize(
    ("fits", "said"), [(True, "and it fits"), (False, "and it does not fit"), (None, "was not checked")]
)
def test_the_chain_s_state_is_said(fits: bool | None, said: str) -> None:
    page = text(paper(chain_fits=fits))
    states = ("and it fits", "and it does not fit", "was not checked")
    assert [state for state in states if state in page] == [said]


def test_how_soon_it_was_written_is_counted_by_its_first_writing() -> None:
    soon = entry("act", "08-03", "08-04T23:00", act="shouted")
    late = entry("act", "08-03", "08-05T00:10", act="shouted")
    early = entry("promise", "08-09", "08-03", what="I will call")
    mended = corrected(soon, at=LATER, facts="In the hall.")
    page = text(paper(soon, late, early, mended))
    assert "Written on the day itself or the day after: 1 of 3 entries here." in page


def test_written_days_are_counted_by_month() -> None:
    days = [entry("day", f"0{month}-0{n}", contact=n > 1) for month, n in ((6, 1), (6, 2), (8, 2))]
    rows = re.findall(r"<tr><th[^>]*>(.*?)</th><td>(\d+)</td><td>(\d+)</td></tr>", paper(*days))
    assert rows == [("Jun 2026", "2", "1"), ("Jul 2026", "0", "0"), ("Aug 2026", "1", "1")]


def test_where_only_what_stands_is_known_that_is_told() -> None:
    act = entry("act", "08-03", act="shouted")
    assert "Shouted." in for_lawyer(Record((act,)), chain_fits=None, today=TODAY)


def test_each_page_says_what_it_is(record: Record) -> None:
    page = for_lawyer(record, chain_fits=True, today=TODAY)
    assert text(page).count("It is not evidence, and nobody can check who keeps it.") == 2
    assert "@bottom-left" in page
    assert "Nothing is written yet that belongs here." in paper()


def test_its_words_neither_shame_nor_accuse_nor_promise(record: Record) -> None:
    signed = replace(record, entries=(*record.entries, *answers(["weapon"], at=LATER)))
    page = for_lawyer(signed, chain_fits=False, today=TODAY)
    assert [found(text(page), words) for words in (SHAMING, NEVER_SAID)] == [[], []]
    names = re.findall(r"<h[123][^>]*>(.*?)</h[123]>", page)
    assert [(name, hit) for name in names if (hit := found(name, NEVER_NAMES))] == []


def test_about_names_whom_the_facts_are_about(record: Record) -> None:
    names = {fact.about for fact in facts(record.entries)}
    assert names == {"A."}
    assert "About: A. " in text(for_lawyer(record, chain_fits=True, today=TODAY))


def test_a_fact_without_words_is_still_a_sentence() -> None:
    bare = [entry(kind, "08-03") for kind in ("act", "promise", "limit", "confrontation", "danger")]
    found_: list[Fact] = facts(bare)
    assert all(fact.now.text.endswith(".") and fact.now.text[0].isupper() for fact in found_)
    assert len(found_) == 5
