"""What there may really have been behind a count."""

from __future__ import annotations

import random

import pytest

from velveteen.measure.coder_figures import code_figures
from velveteen.measure.coders import Coder
from velveteen.measure.corrected_counts import corrected
from velveteen.messages.coding import NAMES

SURE = Coder((10**6, 10**6), (0, 10**6))


def test_a_coder_that_never_errs_is_believed():
    (found,) = corrected([12], [400], SURE)
    assert (found.low, found.value, found.high) == pytest.approx((12, 12, 12), abs=0.1)


def test_the_middle_is_the_count_less_what_is_made_up_over_what_is_found():
    coder = Coder((600_000, 10**6), (20_000, 10**6))
    (found,) = corrected([30], [500], coder)
    assert found.value == pytest.approx((30 - 0.02 * 500) / (0.6 - 0.02), rel=0.02)
    assert found.low < found.value < found.high


def test_a_count_that_mistakes_alone_can_make_reaches_down_to_nought():
    coder = Coder((60, 100), (6, 281))
    few, many = corrected([5, 60], [400, 400], coder)
    assert few.low == 0
    assert many.low > 10


def test_no_range_leaves_what_there_is():
    for found, of in zip(
        corrected([0, 0, 5, 400], [0, 3, 5, 400], Coder((2, 3), (1, 300))), [0, 3, 5, 400], strict=True
    ):
        assert 0 <= found.low <= found.value <= found.high <= of


def test_a_coder_that_tells_nothing_leaves_all_of_it_open():
    (found,) = corrected([3], [40], Coder((0, 10**6), (10**6, 10**6)))
    assert (found.value, found.low, found.high) == (3, 0, 40)


def test_nine_in_ten_ranges_hold_the_truth():
    chance, coder, held = random.Random(5), Coder((69, 110), (6, 281)), 0
    for _ in range(300):
        se, fp = chance.betavariate(69.5, 41.5), chance.betavariate(6.5, 275.5)
        truth = chance.randint(0, 60)
        counted = sum(chance.random() < (se if i < truth else fp) for i in range(400))
        (found,) = corrected([counted], [400], coder)
        held += found.low - 0.5 <= truth <= found.high + 0.5
    assert 255 <= held <= 290


def test_every_figure_is_of_a_code_and_finds_more_than_it_makes_up():
    assert set(code_figures()) <= set(NAMES)
    assert all(coder.finds > coder.makes_up for coder in code_figures().values())


def test_ordinary_talk_is_what_false_positives_are_counted_in():
    assert code_figures()["blame"].false_positives == (2, 281)
