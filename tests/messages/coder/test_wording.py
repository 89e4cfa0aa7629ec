"""Lists of words become patterns; a list may name another that comes before it."""

import pytest

from velveteen.messages.coder import wording

TOY = {
    "colour": {"any": ["red", "blue"]},
    "thing": {"form": r"^{any}\b", "any": ["{colour} cat", "dog"]},
    "alone": {"form": "a {colour} sky{2}"},
}


@pytest.fixture
def toy(monkeypatch: pytest.MonkeyPatch) -> dict:
    monkeypatch.setattr(wording, "tables", lambda _: TOY)
    return wording.worded.__wrapped__("toy.toml")


def test_a_form_says_where_one_of_the_words_may_stand(toy: dict) -> None:
    assert toy["thing"].search("dog bites")
    assert not toy["thing"].search("a dog")
    assert not toy["thing"].search("dogs")


def test_a_list_that_was_named_is_put_in(toy: dict) -> None:
    assert toy["thing"].search("blue cat")
    assert not toy["thing"].search("green cat")


def test_a_number_in_braces_stays_a_number_of_times(toy: dict) -> None:
    assert toy["alone"].fullmatch("a red skyy")
    assert not toy["alone"].fullmatch("a red sky")


def test_a_list_that_comes_later_cannot_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wording, "tables", lambda _: {"thing": {"form": "{colour}"}, "colour": TOY["colour"]})
    with pytest.raises(KeyError, match="colour"):
        wording.worded.__wrapped__("toy.toml")


@pytest.mark.parametrize("file", ["acts.toml", "questions.toml", "taken_back.toml", "turns.toml"])
def test_every_list_that_ships_is_a_pattern_that_takes_no_empty_text_for_words(file: str) -> None:
    found = wording.worded(file)
    assert found
    assert [name for name, pattern in found.items() if pattern.fullmatch("")] == (
        ["soft"] if file == "acts.toml" else []
    )
