"""Every model's score, for whoever wants more than yes or no."""

import pytest

from velveteen.messages.coder import code, scores


@pytest.mark.parametrize(
    "text", ["you are a horrible person", "can you get bread on the way home?", "it rained all day"]
)
def test_a_code_that_is_there_scores_above_its_threshold(text: str) -> None:
    found = scores(text)
    worded = {name for name in code(text) if name in found and not name.startswith("apology")}
    assert all(found[name] > 0 for name in worded)


def test_what_a_mail_wants_done_scores_above_what_it_tells() -> None:
    asks = scores("Please send me the signed form by Friday.")["intent"]
    assert asks > 0 > scores("The meeting on Monday was long and rather dull.")["intent"]
