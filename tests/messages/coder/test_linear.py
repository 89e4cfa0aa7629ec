"""Many linear coders side by side: a sum of weights, an intercept, a threshold."""

import numpy as np
import pytest

from velveteen.messages.coder.linear import bank, banked
from velveteen.messages.coder.message import APOLOGIES, WORDED

MODELS = [
    {"name": "rude", "intercept": -1.0, "threshold": 0.5, "weights": {"w:pig": 3.0, "w:you": 0.25}},
    {"name": "kind", "intercept": 0.0, "threshold": 0.0, "weights": {"w:you": 0.5, "w:dear": 2.0}},
]


def test_a_score_is_the_sum_above_the_threshold_for_each_model() -> None:
    toy = banked(MODELS)
    assert toy.names == ("rude", "kind")
    np.testing.assert_allclose(toy.scores(["w:you", "w:pig"]), [-1.5 + 3.25, 0.5])


def test_a_word_that_is_repeated_counts_once() -> None:
    toy = banked(MODELS)
    np.testing.assert_allclose(toy.scores(["w:pig", "w:pig"]), toy.scores(["w:pig"]))


def test_where_nothing_is_known_the_intercepts_stand_alone() -> None:
    toy = banked(MODELS)
    np.testing.assert_allclose(toy.scores(["w:new"]), [-1.5, 0.0])
    toy.scores(["w:new"])[0] = 9.0  # a copy, not the bank's own
    np.testing.assert_allclose(toy.scores([]), [-1.5, 0.0])


@pytest.mark.parametrize("name", [*WORDED, "apology", *APOLOGIES])
def test_every_code_has_a_model_that_ships(name: str) -> None:
    assert np.any(bank().weights[:, bank().column[name]])
