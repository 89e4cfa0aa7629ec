"""Words that look like something else: a single word decides nothing; negation and quotation count."""

import pytest

from velveteen.messages.coder.message import code, explain


@pytest.mark.parametrize(
    "text",
    ["I have a headache", "what a headache that form was", "you're so fucking cute", "you are so damn beautiful",
     "my boss is such an idiot",
     "I'm such an idiot", "you're not an idiot", "she called him a moron in the meeting"],
)  # fmt: skip
def test_no_contempt_where_nobody_is_insulted(text: str) -> None:
    assert "contempt" not in code(text)


@pytest.mark.parametrize(
    "text",
    [
        "you are a horrible person",
        "you're pathetic",
        "shut up you stupid cow",
        "fuck you",
        "You are a worthless piece of shit.",
    ],
)
def test_an_insult_is_contempt(text: str) -> None:
    assert "contempt" in code(text)


def test_denying_what_somebody_lived_through_is_denial() -> None:
    assert "denial" in code("That never happened. You imagined it.")
    assert "denial" in code("i never said that, you're making it up")
    assert "denial" not in code("no, the party was on Tuesday")


def test_a_polite_sentence_can_blame() -> None:
    assert "blame" in code(
        "With all respect, if you had been ready on time we would not have missed the train."
    )
    assert "blame" not in code("I'm not blaming you for the train.")


def test_quoted_words_are_not_said_again() -> None:
    assert "contempt" not in code('he told me "you are a worthless idiot" and walked off')
    assert "threat" not in code('the sign says "trespassers will be shot, you will regret it"')


def test_a_joke_among_friends_is_no_threat() -> None:
    assert "threat" not in code("i'll kill you if you tell me the ending lol")
    assert "threat" in code("if you leave me you'll regret it, I swear I'll make you pay")


@pytest.mark.parametrize(
    ("text", "kind"),
    [("sorry", "apology_bare"), ("I'm sorry I shouted at you last night",
     "apology_owned"), ("sorry if you felt that way", "apology_excuse"),
     ("I'm sorry I broke your mug, I've ordered a new one", "apology_repair")],
)  # fmt: skip
def test_apologies_are_told_apart(text: str, kind: str) -> None:
    assert {name for name in code(text) if name.startswith("apology")} == {kind}


@pytest.mark.parametrize(
    "text", ["sorry to hear that", "I'm not sorry", "sorry, what did you say?", "you'll be sorry"]
)
def test_the_word_sorry_is_not_always_an_apology(text: str) -> None:
    assert not any(name.startswith("apology") for name in code(text))


def test_every_code_stands_on_words_of_the_message() -> None:
    text = "You always twist everything, you idiot. What did you do today?"
    found = explain(text)
    assert {prompt.code for prompt in found} == code(text)
    assert all(0 <= prompt.start < prompt.end <= len(text) for prompt in found)
    contempt = next(prompt for prompt in found if prompt.code == "contempt")
    assert "idiot" in text[contempt.start : contempt.end]


def test_nothing_is_said_of_an_empty_message() -> None:
    assert code("") == code(" \n") == frozenset()


def test_letters_that_grow_in_lower_case_keep_their_places() -> None:
    text = "İİİ you idiot"
    contempt = next(prompt for prompt in explain(text) if prompt.code == "contempt")
    assert "idiot" in text[contempt.start : contempt.end]
