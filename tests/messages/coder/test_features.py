"""What a linear coder sees of a message."""

from velveteen.messages.coder.features import features
from velveteen.messages.coder.seen import features_of, prompted


def test_words_pairs_with_both_ends_and_letters_within_words() -> None:
    assert sorted(features("no way")) == sorted([
        "w:no", "w:way", "p:^ no", "p:no way", "p:way $",
        "c: no", "c:no ", "c: no ", "c: wa", "c:way", "c:ay ", "c: way", "c:way ", "c: way ",
    ])  # fmt: skip


def test_stretched_letters_numbers_and_rows_of_marks_are_one_spelling() -> None:
    assert features("noooo!!! 17") == features("nooooooo! 42")
    assert features("no") != features("noo")


def test_marks_are_words_without_letters_within() -> None:
    assert set(features("?")) == {"w:?", "p:^ ?", "p:? $"}


def test_nothing_has_no_words() -> None:
    assert features("") == ["p:^ $"]


def test_rules_that_fired_are_features_and_kinds_of_apology_need_an_apology() -> None:
    assert {"r:sorry", "r:excuse"} <= set(features_of("sorry but you started it"))
    assert "excuse" not in prompted("it was wrong but it worked")


def test_what_takes_back_is_a_feature() -> None:
    assert "n:contempt" in features_of("you're so fucking cute")
    assert "n:contempt" not in features_of("you're a pig")


def test_the_turn_before_decides_what_a_short_answer_is() -> None:
    assert "b:no to a charge" in features_of("no I didn't", "you shouted at me last night")
    assert "b:no to a charge" not in features_of("no I didn't", "did you feed the cat?")
    assert "b:yes to a request" in features_of("will do", "please call your sister")
    assert "b:yes to a request" not in features_of("will do", "it rained all day")


def test_what_comes_after_two_thousand_letters_is_not_read() -> None:
    start = "so " * 700
    assert features_of(start + "you idiot") == features_of(start)
