"""The gate: what closes it, what opens it, and what never lowers a sign."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from velveteen.guide.danger import (
    after_erasing,
    answer,
    answers,
    danger_state,
    label,
    left_open,
    require_open,
    retractions,
    signs,
    sources,
    why,
    words_of_harm,
)
from velveteen.journal.entries import Entry
from velveteen.problems import BadInput, Refused

TODAY = date(2026, 3, 31)
FOR_GOOD = [s.id for s in signs() if s.stands == "for_good"]
ASKED_AGAIN = [s.id for s in signs() if s.stands == "asked_again"]
DEMANDED = {
    "strangled", "weapon", "threat_to_kill", "forced_sex", "stalking", "hurt_in_pregnancy", "child_hurt", "pet_hurt",
    "control_and_leaving", "afraid_now", "their_suicide", "getting_worse",
}  # fmt: skip


def at(days_ago: int) -> datetime:
    day = TODAY - timedelta(days=days_ago)
    return datetime(day.year, day.month, day.day, 20)


def test_the_list_holds_what_the_design_asks_for_and_each_sign_is_a_sourced_question() -> None:
    assert {s.id for s in signs()} >= DEMANDED
    assert len({s.id for s in signs()}) == len(signs())
    for sign in signs():
        assert sign.stands in {"for_good", "asked_again"}
        assert sign.source in sources()
        assert sign.question.endswith("?") or "?" in sign.question
        assert {"you", "your", "they", "there"} & set(sign.question.lower().split())


def test_the_reason_says_that_only_odds_go() -> None:
    assert "only one thing changes" in why()


def test_nothing_answered_is_closed() -> None:
    state = danger_state([], TODAY)
    assert state.closed
    assert state.unanswered == tuple(s.id for s in signs())
    assert state.standing == ()
    assert state.due_again is None


def test_all_answered_no_is_open_for_a_month() -> None:
    entries = answers([], at=at(0))
    state = danger_state(entries, TODAY)
    assert not state.closed
    assert state.due_again == date(2026, 5, 2)
    assert not danger_state(entries, date(2026, 5, 1)).closed
    later = danger_state(entries, date(2026, 5, 2))
    assert later.closed
    assert later.unanswered == tuple(s.id for s in signs())


def test_one_sign_left_out_keeps_it_closed() -> None:
    entries = [e for e in answers([], at=at(0)) if e.payload["sign"] != "weapon"]
    assert danger_state(entries, TODAY).unanswered == ("weapon",)


@pytest.mark.parametrize("sign", [s.id for s in signs()])
def test_each_sign_closes_the_gate(sign: str) -> None:
    state = danger_state(answers([sign], at=at(1)), TODAY)
    assert state.closed
    assert state.standing == (sign,)
    assert state.unanswered == ()


@pytest.mark.parametrize("sign", FOR_GOOD)
def test_a_later_no_does_not_lower_a_sign_that_stands_for_good(sign: str) -> None:
    entries = [*answers([sign], at=at(900)), *answers([], at=at(0))]
    state = danger_state(entries, TODAY)
    assert state.standing == (sign,)
    assert sign not in state.unanswered


@pytest.mark.parametrize("sign", ASKED_AGAIN)
def test_a_later_no_lowers_a_sign_that_is_asked_again(sign: str) -> None:
    entries = [*answers([sign], at=at(20)), *answers([], at=at(0))]
    assert not danger_state(entries, TODAY).closed


@pytest.mark.parametrize("sign", ASKED_AGAIN)
def test_time_alone_does_not_lower_a_yes(sign: str) -> None:
    state = danger_state(answers([sign], at=at(400)), TODAY)
    assert state.standing == (sign,)
    assert sign in state.unanswered


@pytest.mark.parametrize("sign", FOR_GOOD)
def test_a_correction_of_a_mistaken_answer_does_lower_it(sign: str) -> None:
    entries = answers([sign], at=at(2))
    mistaken = next(e for e in entries if e.payload["answer"] == "yes")
    corrected = answer(sign, "no", at=at(0), corrects=mistaken.id)
    assert not danger_state([*entries, corrected], TODAY).closed


def test_a_correction_corrected_back_stands_again() -> None:
    yes = answer("weapon", "yes", at=at(3))
    no = answer("weapon", "no", at=at(2), corrects=yes.id)
    again = answer("weapon", "yes", at=at(1), corrects=no.id)
    assert danger_state([yes, no, again], TODAY).standing == ("weapon",)


@pytest.mark.parametrize("sign", FOR_GOOD + ASKED_AGAIN)
def test_a_correction_by_anything_but_a_no_to_the_same_sign_does_not_lift_a_yes(sign: str) -> None:
    other = next(s.id for s in signs() if s.id != sign)
    mistaken = answer(sign, "yes", at=at(2))
    note = Entry("n", "note", at(0), at(0), {}, corrects=mistaken.id)
    for correction in (note, answer(other, "no", at=at(0), corrects=mistaken.id)):
        assert danger_state([mistaken, correction], TODAY).standing == (sign,)


def test_a_correction_that_is_itself_withdrawn_or_not_free_or_of_the_future_lifts_nothing() -> None:
    yes = answer("weapon", "yes", at=at(3))
    no = answer("weapon", "no", at=at(1), corrects=yes.id)
    unfree = Entry("d", "day", at(1), at(1), {"contact": True, "free": False})
    withdrawn = Entry("n", "note", at(0), at(0), {}, corrects=no.id)
    assert danger_state([yes, no], TODAY).standing == ()
    for more in (unfree, withdrawn):
        assert danger_state([yes, no, more], TODAY).standing == ("weapon",)
    assert danger_state([yes, answer("weapon", "no", at=at(-9), corrects=yes.id)], TODAY).standing == (
        "weapon",
    )


def test_a_no_from_the_future_is_not_heard_and_a_yes_is() -> None:
    wrong_clock = at(-3000)
    assert danger_state(answers([], at=wrong_clock), TODAY).unanswered == tuple(s.id for s in signs())
    assert danger_state([answer("weapon", "yes", at=wrong_clock)], TODAY).standing == ("weapon",)
    asked = [*answers(["afraid_now"], at=at(1)), answer("afraid_now", "no", at=wrong_clock)]
    assert danger_state(asked, TODAY).standing == ("afraid_now",)


def test_a_no_on_a_day_marked_as_not_free_is_not_heard_and_a_yes_is() -> None:
    unfree = Entry(
        "d1", "day", datetime(2026, 3, 31), datetime(2026, 3, 31), {"contact": True, "free": False}
    )
    earlier = answers(["afraid_now"], at=at(2))
    state = danger_state([*earlier, *answers([], at=at(0)), unfree], TODAY)
    assert state.standing == ("afraid_now",)
    assert danger_state([answer("weapon", "yes", at=at(0)), unfree], TODAY).standing == ("weapon",)


def test_a_no_written_on_a_day_marked_as_not_free_is_not_heard_whatever_its_date() -> None:
    unfree = Entry("d1", "day", datetime(2026, 3, 31), at(0), {"contact": True, "free": False})
    no = [replace(e, at=at(1), written=at(0)) for e in answers([], at=at(1))]
    assert danger_state(no, TODAY).unanswered == ()
    assert len(danger_state([*no, unfree], TODAY).unanswered) == len(no)


def test_a_mark_on_a_day_that_an_entry_of_any_kind_took_the_place_of_does_not_count() -> None:
    unfree = Entry("d1", "day", at(0), at(0), {"contact": True, "free": False})
    instead = Entry("n1", "note", at(0), at(0), {}, corrects="d1")
    asked = answers([], at=at(0))
    assert danger_state([*asked, unfree], TODAY).closed
    assert not danger_state([*asked, unfree, instead], TODAY).closed


def test_a_sign_that_this_version_does_not_know_stands() -> None:
    newer = Entry("x", "danger", at(1), at(1), {"sign": "from_a_later_version", "answer": "yes"})
    state = danger_state([*answers([], at=at(0)), newer], TODAY)
    assert state.standing == ("from_a_later_version",)
    assert label("from_a_later_version") == "from a later version"


@pytest.mark.parametrize("given_", ["Yes", "ja", "maybe", "No", True, False, 1, None, ["no"]])
def test_an_answer_that_cannot_be_read_counts_as_yes(given_: object) -> None:
    unread = Entry("x", "danger", at(1), at(1), {"sign": "weapon", "answer": given_})
    assert danger_state([unread, *answers([], at=at(0))], TODAY).standing == ("weapon",)


@pytest.mark.parametrize("sign", ["Strangled", "poisoned", "", None, 3, ["strangled"], {"id": "weapon"}])
@pytest.mark.parametrize("given_", ["yes", "no", None])
def test_a_sign_that_cannot_be_read_stands_until_it_is_taken_back(sign: object, given_: object) -> None:
    unread = Entry("x", "danger", at(1), at(1), {"sign": sign, "answer": given_})
    entries = [*answers([], at=at(1)), unread]
    standing = danger_state(entries, TODAY).standing
    assert len(standing) == 1
    assert label(standing[0]) == label(standing[0]).strip()
    taken_back = retractions(entries, standing[0], at=at(0), today=TODAY)
    assert not danger_state([*entries, *taken_back], TODAY).closed


def test_an_empty_danger_entry_closes_the_gate() -> None:
    entries = [*answers([], at=at(0)), Entry("x", "danger", at(0), at(0), {})]
    assert danger_state(entries, TODAY).closed


@pytest.mark.parametrize("sign", ASKED_AGAIN)
def test_the_newest_answer_is_the_one_stored_last_whatever_the_clock_said(sign: str) -> None:
    late, early = at(0).replace(hour=23), at(0).replace(hour=8)
    no_first = [answer(sign, "no", at=late), answer(sign, "yes", at=early)]
    assert danger_state(no_first, TODAY).standing == (sign,)
    yes_first = [answer(sign, "yes", at=late), answer(sign, "no", at=early)]
    assert danger_state(yes_first, TODAY).standing == ()


def test_a_yes_and_a_no_of_one_moment_are_a_yes() -> None:
    entries = [*answers(["afraid_now"], at=at(0)), *answers([], at=at(0))]
    assert danger_state(entries, TODAY).standing == ("afraid_now",)


def test_an_old_no_that_is_brought_in_later_lowers_nothing() -> None:
    old = Entry(
        "01900000-0000-7000-8000-000000000000", "danger", at(9), at(9), {"sign": "afraid_now", "answer": "no"}
    )
    assert danger_state([answer("afraid_now", "yes", at=at(0)), old], TODAY).standing == ("afraid_now",)


@pytest.mark.parametrize("sign", FOR_GOOD + ASKED_AGAIN)
def test_a_sign_given_by_mistake_is_taken_back_whole(sign: str) -> None:
    entries = [*answers([sign], at=at(9)), *answers([sign], at=at(4))]
    taken_back = retractions(entries, sign, at=at(0), today=TODAY)
    assert {e.corrects for e in taken_back} == {e.id for e in entries if e.payload["answer"] == "yes"}
    assert not danger_state([*entries, *taken_back], TODAY).closed


def test_what_does_not_stand_is_not_taken_back_and_the_standing_ids_are_named() -> None:
    with pytest.raises(BadInput, match=r"nothing was written.*weapon"):
        retractions(answers(["weapon"], at=at(0)), "stalking", at=at(0), today=TODAY)


@pytest.mark.parametrize("sign", FOR_GOOD + ASKED_AGAIN)
def test_i_cannot_say_leaves_the_sign_unanswered_until_it_is_answered(sign: str) -> None:
    entries = [*answers([], at=at(2)), left_open(sign, at=at(1))]
    state = danger_state(entries, TODAY)
    assert (state.unanswered, state.standing) == ((sign,), ())
    assert not danger_state([*entries, *answers([], at=at(0))], TODAY).closed
    asked = [*answers([sign], at=at(2)), left_open(sign, at=at(1))]
    assert danger_state(asked, TODAY).standing == (sign,)


def test_words_of_harm_are_found_in_acts_that_stand_and_nowhere_else() -> None:
    act = Entry("a", "act", at(1), at(1), {"act": "put_me_down"}, facts="He Choked me and I was verprügelt.")
    assert words_of_harm([act]) == ["choked", "verprügelt"]
    assert words_of_harm([replace(act, payload={"act": "hit_me"}, facts="")]) == ["hit me"]
    assert words_of_harm([act, Entry("b", "act", at(1), at(1), {}, facts="Shouted.", corrects="a")]) == []
    assert words_of_harm([replace(act, kind="note"), replace(act, facts="begun; shitme")]) == []


def test_what_was_seen_is_kept_with_its_answer() -> None:
    entries = answers(["weapon"], at=at(0), about="A.", seen={"weapon": "a knife on the table"})
    yes = [e for e in entries if e.payload["answer"] == "yes"]
    assert [e.payload for e in yes] == [{"sign": "weapon", "answer": "yes", "seen": "a knife on the table"}]
    assert all(e.about == "A." for e in entries)


def test_what_is_not_on_the_list_is_refused_kindly() -> None:
    with pytest.raises(BadInput, match="not on the list") as unknown:
        answers(["wepon"], at=at(0))
    assert "weapon" in unknown.value.message
    with pytest.raises(BadInput, match="yes or no"):
        answer("weapon", "perhaps", at=at(0))


def test_the_closed_gate_refuses_with_its_code_and_the_open_one_is_silent() -> None:
    require_open(danger_state(answers([], at=at(0)), TODAY))
    with pytest.raises(Refused) as refused:
        require_open(danger_state(answers(["weapon"], at=at(0)), TODAY))
    assert refused.value.code == "danger_gate"
    assert refused.value.exit_code == 3


day_and_answer = st.tuples(
    st.sampled_from(FOR_GOOD + ASKED_AGAIN), st.sampled_from(["yes", "no"]), st.integers(0, 900)
)


@given(st.lists(day_and_answer, max_size=30), st.integers(0, 400))
def test_no_run_of_answers_lowers_a_sign_that_stands_for_good(
    said: list[tuple[str, str, int]], later: int
) -> None:
    entries = [answer(sign, given_, at=at(days)) for sign, given_, days in said]
    yes = {sign for sign, given_, _ in said if given_ == "yes" and sign in FOR_GOOD}
    state = danger_state(entries, TODAY + timedelta(days=later))
    assert yes <= set(state.standing)
    assert state.closed is bool(state.standing or state.unanswered)


@given(st.permutations(answers(["weapon"], at=at(3)) + answers(["weapon"], at=at(2)) + answers([], at=at(1))))
def test_no_order_of_storing_lowers_a_sign_that_stands_for_good(entries: list[Entry]) -> None:
    state = danger_state([replace(e) for e in entries], TODAY)
    assert state.standing == ("weapon",)
    assert state.unanswered == ()


@pytest.mark.parametrize("answered", ["yes", "no"])
def test_an_erased_answer_leaves_every_sign_open_and_none_tells_which_it_was(answered: str) -> None:
    kept = answers([], at=at(2))
    gone = answer("weapon", answered, at=at(3))
    before = [gone, *kept]
    assert danger_state(before, TODAY).closed is (answered == "yes")
    added = after_erasing(before, kept, at=at(0))
    assert {e.payload["sign"] for e in added} == {s.id for s in signs()}
    state = danger_state([*kept, *added], TODAY)
    assert state.closed
    assert state.standing == ()
    assert not danger_state([*kept, *added, *answers([], at=at(0))], TODAY).closed


def test_erasing_anything_else_asks_nothing_anew() -> None:
    note = Entry("0" * 36, "note", at(1), at(1))
    kept = answers([], at=at(2))
    assert after_erasing([note, *kept], kept, at=at(0)) == []
