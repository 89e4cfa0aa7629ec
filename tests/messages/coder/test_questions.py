"""Open, yes-no and leading questions, as people type and say them."""

import pytest

from velveteen.messages.coder.questions import question_kind

OPEN = (
    "What did the doctor say?", "how was your day", "so where do we meet", "why are you crying?",
    "Which one should I take?",
    "do you know where the keys are?", "can you tell me what happened?", "how come you're home?", "And you?",
    "what about tomorrow?",
    "hi love, how's it going", "You said what?",
)  # fmt: skip
YES_NO = (
    "Are you home?", "did you eat", "Can we talk later?", "is it ok if i'm late", "and um do you have any kids?",
    "Really?",
    "Would you like some tea?", "hungry?", "shall we go?", "Haven't you seen it?", "why don't we go on Friday?",
)  # fmt: skip
LEADING = (
    "You went out again?", "you like it, don't you?", "So you lied to me?", "It's your fault, right?",
    "you were with him?",
    "You don't mind, do you ?", "That's what you think, isn't it?", "you're coming, yeah?",
)  # fmt: skip
NONE = (
    "I am home.",
    "What a day!",
    "when you get in, ring me",
    "tell your mum hello",
    "ok",
    "",
    "How nice of you!",
)


@pytest.mark.parametrize("text", OPEN)
def test_an_open_question_asks_what_a_yes_does_not_answer(text: str) -> None:
    assert question_kind(text) == "open"


@pytest.mark.parametrize("text", YES_NO)
def test_a_yes_no_question_leaves_the_answer_free(text: str) -> None:
    assert question_kind(text) == "yes_no"


@pytest.mark.parametrize("text", LEADING)
def test_a_question_that_states_and_asks_for_a_yes_leads(text: str) -> None:
    assert question_kind(text) == "leading"


@pytest.mark.parametrize("text", NONE)
def test_what_asks_nothing_is_no_question(text: str) -> None:
    assert question_kind(text) is None


def test_of_several_questions_the_last_one_counts() -> None:
    assert question_kind("You're up? What time is it?") == "open"
    assert question_kind("What time is it? You're late, aren't you?") == "leading"


def test_a_transcript_without_marks_can_say_that_it_is_a_question() -> None:
    assert question_kind("you went there by car") is None
    assert question_kind("you went there by car", asked=True) == "leading"
