"""What the owner's own turn gives the other an occasion for."""

import pytest

from velveteen.messages.coder.turns import occasions


@pytest.mark.parametrize(
    "text",
    [
        "I was so scared last night",
        "i'm really hurt",
        "It made me cry",
        "I've been struggling",
        "I miss my mum",
    ],
)
def test_a_feeling_is_told(text: str) -> None:
    assert "told" in occasions(text)


@pytest.mark.parametrize(
    "text",
    [
        "You promised you would ring",
        "why didn't you come?",
        "That wasn't fair",
        "You shouted at me",
        "Can we talk about Sunday?",
    ],
)
def test_something_is_raised(text: str) -> None:
    assert "raised" in occasions(text)


@pytest.mark.parametrize(
    "text",
    ["No.", "I can't come tonight", "please stop", "I see it differently", "i'm not comfortable with that"],
)
def test_a_no_is_a_no(text: str) -> None:
    assert "refused" in occasions(text)


@pytest.mark.parametrize("text", ["No worries!", "no problem", "The train is late", "Lovely weather", ""])
def test_ordinary_talk_gives_no_occasion(text: str) -> None:
    assert occasions(text) == frozenset()


def test_one_turn_can_do_several_things() -> None:
    assert occasions("No. You lied to me and I feel awful") == {"told", "raised", "refused"}
