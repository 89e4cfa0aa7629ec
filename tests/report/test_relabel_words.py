"""What the owner's answers came to, in sentences."""

from __future__ import annotations

from tests.measure.coded import START, answers_to, at, hurting_chat

from velveteen.guide.words import NEVER_SAID, SHAMING, found
from velveteen.measure.relabel_draw import relabelling
from velveteen.report.relabel_words import ANSWERS, QUESTION, came_of


def told(says, *more, few=None):
    chat = [*hurting_chat(), *more]
    answers = answers_to(relabelling(chat), says)[:few]
    return came_of(relabelling([*chat, *answers]))


def test_before_the_first_answer_nothing_is_said_of_the_program():
    assert came_of(relabelling(hurting_chat())) == ["Nothing is answered yet."]


def test_what_was_answered_comes_first_then_what_it_means_then_what_it_changes():
    said = told(lambda i: "yes" if i.counted else "no")
    assert (
        said[0] == "Of 20 messages counted as hurting you called 20 so. Of 20 others you called none hurting."
    )
    assert said[1].startswith(
        "With these answers: of 1,000 messages that do not hurt, the program takes about "
    )
    assert "90 % interval" in said[2]
    assert said[-1] == "The weekly bars, and what is weighed, reckon with your answers from now on."


def test_too_few_answers_say_that_they_change_nothing():
    said = told(lambda _: "yes", few=3)
    assert said[-1].startswith("That changes nothing yet")


def test_cannot_say_counts_neither_way():
    said = told(lambda _: "unsure", few=2)
    assert said[1] == "To 2 messages you answered that you cannot say; that counts neither way."


def test_where_the_halves_differ_both_are_told_and_no_rate_is():
    turn = at("turning_point", 12, kind="left")
    said = told(lambda i: "yes" if i.counted and not i.after else "no", turn)
    assert said[1] == (
        f"Before 13 January {START.year} (a turning point) you called 10 of 10 so, and 0 of 10 others; from then on 0 of "
        "10, and 0 of 10."
    )
    assert "greater difference than chance makes" in said[2]
    assert not any("1,000" in line for line in said)
    assert "(the middle of the messages)" in told(lambda i: "yes" if i.counted and not i.after else "no")[1]


def test_no_word_that_shames_or_promises():
    words = " ".join(
        [QUESTION, *(w for _, w in ANSWERS), *told(lambda _: "yes"), *told(lambda _: "no", few=3)]
    )
    assert found(words, SHAMING) == found(words, NEVER_SAID) == []
