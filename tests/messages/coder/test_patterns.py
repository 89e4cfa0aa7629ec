"""Words that prompt a code, in place, and what takes them back."""

import re

import pytest

from velveteen.messages.coder.patterns import Pattern, patterns

TOY = Pattern(re.compile("red|blue"), re.compile("not red|blue moon"))


def test_words_are_found_where_they_stand() -> None:
    assert TOY.spans("a red and a blue one") == [(2, 5), (12, 16)]


def test_only_the_words_that_are_taken_back_are_left_out() -> None:
    assert TOY.spans("not red, and a red one") == [(15, 18)]
    assert TOY.spans("once in a blue moon") == []


def test_words_may_be_taken_back_where_nothing_is_said() -> None:
    assert TOY.taken_back("not red")
    assert not TOY.taken_back("red")


def test_a_pattern_with_nothing_against_it_takes_nothing_back() -> None:
    bare = Pattern(re.compile("red"), None)
    assert bare.spans("not red") == [(4, 7)]
    assert not bare.taken_back("not red")


@pytest.mark.parametrize(
    ("name", "says", "does_not"),
    [("sorry", "i'm so sorry", "sorry to hear that"), ("excuse", "sorry but you started it", "sorry, no excuse for it"),
     ("repair", "i'll pay for the glass", "i'll make it up to you"), ("owned", "sorry i shouted", "sorry about last night"),
     ("blame", "it's your fault", "it's not your fault"), ("denial", "i never said that", "it was tuesday"),
     ("threat", "you'll regret this", "i'd never hurt you"), ("request", "could you call me", "can you believe it")],
)  # fmt: skip
def test_what_ships_says_what_its_name_says(name: str, says: str, does_not: str) -> None:
    assert patterns()[name].spans(says)
    assert not patterns()[name].spans(does_not)
