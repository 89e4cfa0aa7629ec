"""What a message does: inform, question, directive, commissive."""

import pytest

from velveteen.messages.coder.acts import act


@pytest.mark.parametrize(
    "text",
    ["Could you pass me the salt?", "please call your sister", "Let's go to the lake on Sunday.",
     "Turn off the light.", "don't be late",
     "You should see a dentist.", "I'd like a coffee and the soup.", "How about a walk?", "Bill, wait for me!"],
)  # fmt: skip
def test_what_wants_something_done_is_a_directive(text: str) -> None:
    assert act(text) == "directive"


@pytest.mark.parametrize(
    "text", ["Where is the station?", "Did it rain?", "You are from Leeds?", "Can I help you?"]
)
def test_what_wants_to_know_is_a_question(text: str) -> None:
    assert act(text) == "question"


@pytest.mark.parametrize(
    "text", ["It rained all day.", "I work at a bank.", "Thanks!", "My brother lives there."]
)
def test_what_only_tells_informs(text: str) -> None:
    assert act(text) == "inform"


@pytest.mark.parametrize("text", ["Sure.", "I'm afraid I can't tonight.", "OK, I will.", "No, thank you."])
def test_an_answer_to_a_directive_takes_it_up_or_turns_it_down(text: str) -> None:
    assert act(text, "Could you drive me to the airport?") == "commissive"
    assert act(text, "It rained all day.") != "commissive"


def test_a_vow_commits_whatever_came_before() -> None:
    assert act("I promise I will be there.") == "commissive"


def test_a_question_back_is_a_question_also_after_a_directive() -> None:
    assert act("When does it leave?", "Please drive me to the airport.") == "question"


def test_the_last_sentence_that_does_more_than_inform_counts() -> None:
    assert act("I'm on the other line. Can you hang on for a second?") == "directive"
    assert act("Sit down. What happened?") == "question"


@pytest.mark.parametrize(
    "text",
    ["Can you swim?", "could you see the stage", "Would you like some bread?", "What would you recommend?"],
)
def test_what_somebody_can_or_would_like_is_asked_and_not_wanted(text: str) -> None:
    assert act(text) == "question"


@pytest.mark.parametrize(
    "text", ["Never mind.", "Have a lovely evening.", "Don't know.", "Enjoy!", "Thank you for the book."]
)
def test_wishes_and_thanks_and_half_sentences_order_nothing(text: str) -> None:
    assert act(text) == "inform"


@pytest.mark.parametrize(
    "text",
    [
        "don't touch that",
        "never open that door",
        "If it rains, bring the washing in.",
        "Do the dishes first.",
        "My dear, sit down.",
    ],
)
def test_an_order_is_known_after_what_comes_before_its_verb(text: str) -> None:
    assert act(text) == "directive"


def test_what_is_named_where_one_is_asked_what_one_wants_is_an_order_placed() -> None:
    assert act("A glass of the house red.", "What would you like to drink?") == "directive"
    assert act("A glass of the house red.", "What is that on the carpet?") == "inform"


def test_an_answer_that_tells_what_was_asked_for_only_informs() -> None:
    assert act("The number is 218.", "Tell me your room number, please.") == "inform"
    assert act("It's locked.", "Open the window, please.") == "inform"


def test_an_offer_is_taken_up_or_turned_down() -> None:
    assert act("Yes, that would be a help.", "Shall I order you a taxi?") == "commissive"
    assert act("It was a big taxi.", "Shall I order you a taxi?") == "inform"


def test_a_request_is_taken_up_also_where_the_answer_wants_something_in_return() -> None:
    assert act("OK. Pass me a pen.", "Write that down, please.") == "commissive"
    assert act("Pass me a pen.", "Write that down, please.") == "directive"
