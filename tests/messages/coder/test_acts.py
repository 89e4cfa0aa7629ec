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
