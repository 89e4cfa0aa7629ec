"""The draft check: four questions always, the words that prompt them in place, nothing remembered, no other wording."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import velveteen
from velveteen.messages.coder.features import LONGEST
from velveteen.messages.coder.message import CODES
from velveteen.messages.coder.text import read
from velveteen.messages.draft import check, stretches
from velveteen.messages.four_questions import LIMITS, NOT_TONIGHT, questions

KIND = "The bins go out tomorrow. I have paid the gas. See you at six."


def marked(draft):
    """Question -> the words that prompt it, for those that any do."""
    return {
        one.question.id: [draft[start:end] for start, end in one.places] for one in check(draft) if one.places
    }


def test_all_four_are_asked_of_every_message():
    for draft in (KIND, "You always do this.", "", "🙂"):
        assert [one.question for one in check(draft)] == list(questions())


def test_plain_words_are_not_marked():
    assert marked(KIND) == {}
    assert marked("Could you send the school form please?") == {}


@pytest.mark.parametrize(
    ("draft", "question", "words"),
    [
        ("You always do this.", "land", "You always"),
        ("This is all your fault.", "land", "your fault"),
        ("That never happened. You imagined it.", "other_end", "never happened"),
        ("You are pathetic.", "small", "pathetic"),
        ("I'm sorry but you made me so angry.", "small", "sorry but"),
        ("Without me you'd be nothing.", "above", "Without me"),
        ("Come home now.", "above", "Come home now"),
        ("You went out again, didn't you?", "above", "You went out again, didn't you?"),
    ],
)
def test_words_stand_under_the_question_that_they_prompt(draft, question, words):
    assert any(words in found for found in marked(draft)[question])


def test_each_leading_ask_is_marked_and_no_other_sentence_with_it():
    draft = "You went out, didn't you? Where were you? I waited.\nYou like him, right? Good night."
    assert marked(draft)["above"] == ["You went out, didn't you?", "You like him, right?"]


def test_kind_words_around_them_hide_no_hard_ones():
    assert "above" in marked("Come home now. " + "I hope that you had a good day at work. " * 3)


def test_each_code_stands_under_one_question_and_exists():
    codes = [code for question in questions() for code in question.codes]
    assert len(codes) == len(set(codes))
    assert set(codes) <= set(CODES)


def test_stretches_tell_where_the_words_of_each_question_end():
    draft = "Well. You lied to me, right?"
    found = stretches(draft, check(draft))
    assert "".join(s.text for s in found) == draft
    (lie,) = [s for s in found if s.text == "You lied"]
    assert (lie.prompts, lie.last) == ((1, 4), (1,))
    assert found[0].prompts == ()


@given(st.text(max_size=300))
def test_places_lie_in_the_message_in_order_and_apart(draft):
    asked = check(draft)
    for one in asked:
        edges = [edge for place in one.places for edge in place]
        assert edges == sorted(set(edges))
        assert all(0 <= edge <= len(draft) for edge in edges)
    assert "".join(s.text for s in stretches(draft, asked)) == draft


def test_of_a_long_message_only_the_beginning_is_read():
    assert marked("so it goes " * 200 + "You are pathetic.") == {}
    assert len("so it goes " * 200) > LONGEST


def test_nothing_of_a_message_is_remembered():
    check("You are pathetic.", "Where were you?")
    assert read.cache_info().currsize == 0


def test_it_offers_no_other_wording_no_score_and_no_leave_to_send():
    said = " ".join((NOT_TONIGHT, LIMITS, *(q.asks for q in questions()))).lower()
    assert not any(
        word in said for word in ("instead", "try ", "better", "score", "good to", "out of", "safe to")
    )
    assert "not tonight" in said
    assert "english only" in said
    assert "does not know the person" in said


def test_it_is_public():
    assert velveteen.check_draft("You always do this.") == check("You always do this.")
