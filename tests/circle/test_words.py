"""Words of the simulator: ordinary conduct only, no danger sign, no diagnosis, no word that brands a person."""

import re

import pytest

from velveteen.circle import names
from velveteen.circle.chat import phrases
from velveteen.journal.entries import ANSWERS

GRAVE = re.compile(
    r"\b(kill|die|dead|suicid\w*|knife|gun|weapon|strangl\w*|chok\w*|beat|hit|punch\w*|rape\w*|burn|stalk\w*)\b"
    r"|(will|'ll|going to) hurt",
    re.IGNORECASE,
)
BRANDING = re.compile(
    r"\b(narcissis\w*|psycho\w*|toxic|abuser|monster|sociopath\w*|disorder|diagnos\w*|cured)\b", re.IGNORECASE
)
ALLOWED = {"phone nearly dead, home by {time}"}


def every_text():
    for section in phrases().values():
        for pool in section.values():
            yield from pool
    for group in (
        names.PROMISES,
        names.LIMITS,
        names.RAISED.values(),
        *names.NOTES.values(),
        *names.FEELINGS.values(),
    ):
        yield from group


@pytest.mark.parametrize("words", [GRAVE, BRANDING])
def test_no_text_holds_them(words):
    assert [text for text in every_text() if words.search(text) and text not in ALLOWED] == []


def test_every_act_can_be_raised_and_every_answer_is_known():
    assert set(names.RAISED) == {*names.TAKING, *names.DEFENDING}
    assert {name for name, _, _ in names.DEFENCES} <= set(ANSWERS)


def test_texts_are_not_repeated_within_a_pool():
    for section in phrases().values():
        for pool in section.values():
            assert len(set(pool)) == len(pool)
