"""Codes of a message as bits, and back."""

import pytest

from velveteen.messages import coding
from velveteen.messages.coder.turns import OCCASIONS
from velveteen.messages.coding import NAMES, coder_for, mask, names_of
from velveteen.messages.exchange import RAISED, REFUSED, TOLD


def test_bits_stand_for_the_names_they_were_made_of() -> None:
    assert names_of(mask(("thanks", "blame", "promise"))) == ("thanks", "blame", "promise")
    assert names_of(0) == ()
    assert names_of(mask(NAMES)) == NAMES


def test_one_message_can_have_countable_words_and_codes() -> None:
    bits = coder_for("Ruth").code("Hello Ruth, thank you. Where is the key?", "")
    assert {"thanks", "greetings", "name_used", "questions", "question_open"} <= set(names_of(bits))


def test_nobody_s_name_is_looked_for_where_none_is_known() -> None:
    assert "name_used" not in names_of(coder_for(None).code("Hello Ruth", ""))


def test_plain_words_have_no_bits() -> None:
    assert coder_for("Ruth").code("it rained", "") == 0


def test_occasions_have_the_bits_that_exchanges_read() -> None:
    assert [1 << place for place, _ in enumerate(OCCASIONS)] == [TOLD, RAISED, REFUSED]
    assert coder_for(None).occasion("No. You lied to me and I feel awful") == TOLD | RAISED | REFUSED
    assert coder_for(None).occasion("it rained") == 0


def test_the_turn_before_is_read_with_the_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        coding, "code", lambda _, before: {"promise"} if before == "please ring her" else set()
    )
    coder = coder_for(None)
    assert names_of(coder.code("yep", "please ring her")) == ("promise",)
    assert names_of(coder.code("yep", "it rained")) == ()
