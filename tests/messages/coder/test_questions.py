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

# Transcripts of speech: no marks, no capitals, starts over, fillers.
SAID_OPEN = (
    "uh what do you do what do you do for fun", "so um where do you all live",
    "and uh how long have you you been there", "well you know how did that work out",
    "what kind of uh what kind of music do you like", "so what's what's your favorite restaurant",
    "do you do you know who's singing on that one", "oh really what part of the country", "and then what",
    "i guess what i'm asking is how much did it cost", "how about yourself", "and what about you",
    "huh what was that", "to what do you attribute that", "so um in your opinion what's the answer",
    "you paid how much",
)  # fmt: skip
SAID_YES_NO = (
    "do you uh do you have any pets", "so are you are you married",
    "um is that is that something you'd do again", "and uh did did he go to college there",
    "have you ever uh have you ever been to texas", "well do you think they they should",
    "you have any kids", "you ever been to mexico", "does it uh i mean does it rain a lot", "oh is it",
    "oh did you", "you know do you watch much tv", "now is that in the city",
    "so was this like was it a big family", "or do you work at home",
    "i don't know do you like basketball",
)  # fmt: skip
SAID_LEADING = (
    "it's it's pretty hot down there huh", "you're in dallas right", "so you're uh you're a teacher",
    "that's kind of scary isn't it", "you know it makes you think doesn't it",
    "they don't really care do they", "so you just you just rent it", "you've got two kids right",
    "well it's not easy is it", "so that's uh that's your hobby then", "you don't have one do you",
    "oh so you went to school there", "i guess it's cheaper that way huh",
    "that would be nice wouldn't it",
)  # fmt: skip
# As people text, mostly without a mark.
TEXTED_OPEN = (
    "wyd", "wat u doing", "whats up", "where r u", "how r u", "hbu", "who dis", "y did u leave",
    "how was ur day babe", "when u coming home", "why u mad", "whatcha doing later",
)  # fmt: skip
TEXTED_YES_NO = (
    "u ok", "u home", "u up?", "r u coming", "did u eat yet", "u want pizza or not", "can u call me",
    "wanna get food", "is ur mom there", "u coming tonight?", "do u still love me", "got milk?",
)  # fmt: skip
TEXTED_LEADING = (
    "u went out again?", "so ur leaving?", "ur with him arent u", "u mad at me huh?", "thats ur excuse?",
    "u dont care do u", "so thats it then?", "we good yeah?",
)  # fmt: skip
TEXTED_NONE = (
    "idk what to do", "i know how u feel", "what a mess lol", "wish u were here", "tell me about it",
    "omg u should have seen his face", "do what u want", "have a good day", "how cute", "when ur ready",
    "dont worry about it", "will do", "may be late", "what i said was wrong", "who knows",
    "i wonder what he did there lol i dont care",
)  # fmt: skip


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


@pytest.mark.parametrize(
    ("text", "kind"),
    [(text, kind) for kind, texts in
     (("open", SAID_OPEN), ("yes_no", SAID_YES_NO), ("leading", SAID_LEADING)) for text in texts],
)  # fmt: skip
def test_a_spoken_question_is_known_without_marks(text: str, kind: str) -> None:
    assert question_kind(text, asked=True) == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [(text, kind) for kind, texts in
     (("open", TEXTED_OPEN), ("yes_no", TEXTED_YES_NO), ("leading", TEXTED_LEADING)) for text in texts],
)  # fmt: skip
def test_a_texted_question_is_known_by_its_words(text: str, kind: str) -> None:
    assert question_kind(text) == kind


@pytest.mark.parametrize("text", TEXTED_NONE)
def test_what_looks_like_a_texted_question_and_is_none(text: str) -> None:
    assert question_kind(text) is None


@pytest.mark.parametrize(
    "text", ["go on, you can do it", "i earn more than do you", "that happened and i did it"]
)
def test_a_verb_and_somebody_at_the_end_are_not_always_a_tag(text: str) -> None:
    assert question_kind(text) is None
