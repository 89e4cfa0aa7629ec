"""Named rules that take a code back, each with what it must leave alone."""

import pytest

from velveteen.messages.coder.message import code
from velveteen.messages.coder.taken_back import is_fond, is_in_fun, is_no_apology, is_of_others, is_taken_back


@pytest.mark.parametrize(
    "low", ["i'm not sorry", "sorry, which bus is it", "you'll be sorry", "better safe than sorry"]
)
def test_the_word_without_the_apology(low: str) -> None:
    assert is_no_apology(low)


@pytest.mark.parametrize(
    "low",
    ["sorry i shouted", "just wanted to say sorry about last night", "i said sorry, what more do you want"],
)
def test_an_apology_stays_one_though_it_be_a_bad_one(low: str) -> None:
    assert not is_no_apology(low)


@pytest.mark.parametrize("low", ["my boss is such an idiot", "i'm useless", "she called him a moron"])
def test_harsh_words_of_somebody_else(low: str) -> None:
    assert is_of_others(low)


@pytest.mark.parametrize(
    "low",
    [
        "you idiot",
        "idiot",
        "that is stupid of you",
        "what a drama queen",
        "shut up, that's pathetic",
        "stop it, he is a pig",
    ],
)
def test_harsh_words_that_may_be_meant_for_the_reader(low: str) -> None:
    assert not is_of_others(low)


def test_fond_words_are_no_insult_but_an_insult_beside_them_is() -> None:
    assert is_fond("you're so fucking cute")
    assert not is_fond("you're so cute, you stupid cow")


def test_a_threat_in_fun_needs_laughing_and_nothing_grave() -> None:
    assert is_in_fun("i'll kill you if you eat my chips lol")
    assert not is_in_fun("i'll kill you if you eat my chips")
    assert not is_in_fun("i'll kill you if you leave me lol")
    assert not is_in_fun("i'll kill you, you'll regret it lol")
    assert not is_in_fun("i'll burn your house down haha")


def test_a_threat_that_is_disowned_is_none() -> None:
    assert is_taken_back("threat", "I would never hurt you")
    assert "threat" not in code("I would never hurt you")


def test_no_rule_takes_back_what_it_has_no_word_on() -> None:
    assert not is_taken_back("blame", "I'm not sorry, lol")
