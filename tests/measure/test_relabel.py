"""A few answers become figures: by hand, by brute force, and against simulated households whose truth is known."""

from __future__ import annotations

import random

import pytest

from velveteen.measure.coders import Coder, posterior
from velveteen.measure.intervals import beta_quantile
from velveteen.measure.relabel import NEEDED, Answers, counts_like, differ, fisher, relabelled

CARD = Coder((69, 110), (6, 281))
SILENT = Answers(0, 0)


def held(figures, truth):
    low, high = (beta_quantile(share, *posterior(figures)) for share in (0.05, 0.95))
    return low <= truth <= high


def mean(figures):
    a, b = posterior(figures)
    return a / (a + b)


def test_with_many_answers_the_figures_are_those_of_bayes_rule():
    found = relabelled(None, Answers(1000, 10_000, 70_000, 100_000, 1000, 100_000), SILENT)
    hurting = 0.1 * 0.7 + 0.9 * 0.01
    assert mean(found.coder.sensitivity) == pytest.approx(0.1 * 0.7 / hurting, abs=0.003)
    assert mean(found.coder.false_positives) == pytest.approx(0.1 * 0.3 / (1 - hurting), abs=0.001)


def test_the_record_itself_is_a_sample_so_endless_answers_do_not_make_endless_figures():
    found = relabelled(None, Answers(1000, 10_000, 70_000, 100_000, 1000, 100_000), SILENT)
    assert found.coder.false_positives[1] <= 10_000
    assert found.coder.sensitivity[1] <= 1000


def test_figures_of_the_card_are_added_where_both_parts_agree():
    part = Answers(100, 5000, 7, 10, 0, 10)
    alone, both = relabelled(None, part, part), relabelled(CARD, part, part)
    assert not both.drifted
    assert both.coder.sensitivity == (69 + alone.coder.sensitivity[0], 110 + alone.coder.sensitivity[1])
    assert both.coder.false_positives == (
        6 + alone.coder.false_positives[0],
        281 + alone.coder.false_positives[1],
    )


def test_where_the_parts_differ_the_card_narrows_nothing_and_it_is_said():
    before, after = Answers(100, 5000, 10, 10, 0, 10), Answers(100, 5000, 2, 10, 0, 10)
    found, agreed = relabelled(CARD, before, after), relabelled(None, before + after, SILENT)
    assert found.drifted
    assert found == relabelled(None, before, after)
    assert found.coder.false_positives[1] < agreed.coder.false_positives[1]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (SILENT, SILENT),
        (Answers(100, 5000, 3, NEEDED - 1, 0, 10), SILENT),
        (Answers(100, 5000, 7, 10, 0, NEEDED - 1), SILENT),
        (Answers(0, 5000, 7, 10, 0, 10), SILENT),
        (Answers(5000, 5000, 7, 10, 0, 10), SILENT),
    ],
)
def test_too_few_answers_change_nothing(before, after):
    assert relabelled(CARD, before, after) is None


def test_a_coder_that_finds_no_more_than_it_makes_up_is_given_no_figures():
    assert relabelled(None, Answers(2500, 5000, 0, 10, 10, 10), SILENT) is None


def test_the_parts_are_told_apart_only_where_both_were_asked():
    one = Answers(100, 5000, 10, 10, 0, 10)
    assert differ(one, Answers(100, 5000, 1, 10, 0, 10))
    assert differ(one, Answers(100, 5000, 10, 10, 8, 10))
    assert not differ(one, Answers(100, 5000, 8, 10, 1, 10))
    assert not differ(one, Answers(100, 5000, 0, 4, 0, 10))


def test_fisher_s_test_is_that_of_the_tea():
    """Fisher 1935: three of four cups of either sort told rightly, p = 34/70."""
    assert fisher(3, 4, 1, 4) == pytest.approx(34 / 70)
    assert fisher(4, 4, 0, 4) == pytest.approx(2 / 70)
    assert fisher(0, 5, 0, 7) == 1


def test_counts_have_the_mean_and_the_spread_of_what_they_stand_for():
    shares = [beta_quantile((i + 0.5) / 400, 12.5, 88.5) for i in range(400)]
    assert counts_like(shares) == pytest.approx((12, 100), abs=1)
    assert counts_like(shares, beyond=0.01)[1] < 15


def test_counts_of_almost_nothing_are_still_counts():
    hits, of = counts_like([0.001, 0.999])
    assert 0 <= hits <= of == 1


def test_a_thousand_simulated_relabellings_hold_the_truth_as_often_as_they_say():
    chance = random.Random(7)
    finds = makes_up = drifted = 0
    for _ in range(1000):
        truth, parts = _household(chance)
        found = relabelled(None, *parts)
        finds += held(found.coder.sensitivity, truth[0])
        makes_up += held(found.coder.false_positives, truth[1])
        drifted += found.drifted
    assert 860 <= finds <= 960
    assert 850 <= makes_up <= 950
    assert drifted <= 50


def _household(chance):
    """Rates, and the answers to ten messages of each sort in each half, as an owner would give them who knows."""
    se, fp, hurting = chance.uniform(0.4, 0.9), chance.uniform(0.003, 0.03), chance.uniform(0.01, 0.15)
    messages = chance.randint(1000, 6000)
    return (se, fp), [_half(chance, se, fp, hurting, messages) for _ in range(2)]


def _half(chance, se, fp, hurting, messages):
    sorts = {True: [], False: []}
    for _ in range(messages):
        hurts = chance.random() < hurting
        sorts[chance.random() < (se if hurts else fp)].append(hurts)
    flagged, others = (chance.sample(sorts[sort], min(10, len(sorts[sort]))) for sort in (True, False))
    return Answers(len(sorts[True]), messages, sum(flagged), len(flagged), sum(others), len(others))
