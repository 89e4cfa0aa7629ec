"""The outlook: what a plan tells is never below nothing, agrees with the drop of entropy, and finds what is missing."""

from __future__ import annotations

import math

import numpy as np
import pytest
from tests.judge.records import CHANNELS, harm

import velveteen as vt
from velveteen.judge.api import posterior_odds
from velveteen.judge.hyperprior import shipped
from velveteen.judge.outlook import Gain, divergence, entropy, odds_after, outlook, planned, words_of
from velveteen.judge.outlook_plans import plans

WEEKS = 30


def dropped():
    """Harm falls to a third half-way; nothing tells hard days, nothing is inward."""
    rng = np.random.default_rng(3)
    return [c for t in range(WEEKS) for c in harm([t], int(rng.poisson(9 if t < 15 else 3)), strain=None)]


@pytest.fixture(scope="module")
def found():
    return vt.outlook(dropped(), weeks=(4, 12), budget=24)


def test_where_nothing_tells_surface_from_lasting_hard_days_or_the_inside_tell_most(found):
    longest = [g for g in found.gains if g.weeks == 12]
    by_plan = {g.plan: g.gain for g in longest}
    told = max(by_plan["hard_days"], by_plan["inward"])
    assert (
        told > longest[0].gain - longest[0].error
    )  # what is first among plans so near to each other is chance
    assert told > 1.2 * by_plan["as_now"]


def test_gains_are_ordered_never_below_nothing_and_carry_their_error(found):
    for weeks in (12, 4):
        gains = [g.gain for g in found.gains if g.weeks == weeks]
        assert gains == sorted(gains, reverse=True)
        assert min(gains) >= 0
    assert [g.weeks for g in found.gains] == sorted((g.weeks for g in found.gains), reverse=True)
    assert all(g.error > 0 and g.futures == 24 for g in found.gains)


def test_the_same_seed_gives_the_same_outlook_and_json():
    first, again = (vt.outlook(dropped(), weeks=(4,), budget=3, names=("as_now", "inward")) for _ in range(2))
    assert first.as_dict() == again.as_dict()
    assert {g["plan"] for g in first.as_dict()["gains"]} == {"as_now", "inward"}
    other = vt.outlook(dropped(), weeks=(4,), budget=3, names=("as_now", "inward"), seed=5)
    assert other.gains != first.gains


def test_a_smaller_horizon_is_no_other_future():
    both = vt.outlook(dropped(), weeks=(4, 8), budget=3, names=("as_now",))
    assert [g.weeks for g in both.gains] == [8, 4]


def test_progress_is_told():
    heard = []
    vt.outlook(dropped(), weeks=(4,), budget=2, names=("as_now",), progress=lambda *step: heard.append(step))
    assert heard == [("as_now", 0, 2), ("as_now", 1, 2)]


@pytest.mark.parametrize(
    "options",
    [
        {"weeks": ()}, {"weeks": (0,)}, {"weeks": (53,)}, {"weeks": (4.5,)}, {"budget": 1}, {"budget": 2.5},
        {"names": ()}, {"names": ("guess",)}, {"therapy": "soon"}, {"min_cells": 0},
    ],
)  # fmt: skip
def test_options_that_cannot_be(options):
    with pytest.raises(vt.BadInput):
        outlook(dropped(), **options)


def test_a_record_that_allows_no_verdict_has_no_outlook():
    with pytest.raises(vt.Refused):
        outlook(dropped()[:5])


def test_the_odds_expected_after_are_those_now():
    """Bayes: the mean of the odds over futures is the odds, and so the two ways of taking the gain agree."""
    cells = dropped()
    plan = plans(cells, CHANNELS, 8, ("hard_days",))[0]
    ahead = planned(cells, [], CHANNELS, plan, 8, shipped())
    now = posterior_odds(ahead.log_evidence, weeks=ahead.whole.weeks, therapy="none")["neutral"]
    after = odds_after(ahead, now, plan.name, WEEKS - 1, (8,), "none", 80, seed=9)[8]
    for name in ("same", "surface", "lasting", "temporary"):
        p = np.array([odds[name] for odds in after])
        assert abs(p.mean() - now[name]) < 4 * p.std() / math.sqrt(80) + 0.01
    drops = np.array([entropy(now) - entropy(odds) for odds in after])
    divergences = np.array([divergence(odds, now) for odds in after])
    error = (drops - divergences).std() / math.sqrt(80)
    assert abs(drops.mean() - divergences.mean()) < 4 * error + 0.01


def test_divergence_and_entropy_of_two_hypotheses_and_a_coin():
    """A coin that is fair or shows heads three times of four, seen once: the mutual information in closed form."""
    now = {"fair": 0.5, "bent": 0.5}
    heads, tails = 0.625, 0.375
    after = ({"fair": 0.4, "bent": 0.6}, {"fair": 2 / 3, "bent": 1 / 3})
    information = heads * math.log(1 / heads) + tails * math.log(1 / tails)
    information -= 0.5 * math.log(2.0) + 0.5 * (0.75 * math.log(4 / 3) + 0.25 * math.log(4.0))
    drop = sum(p * (entropy(now) - entropy(a)) for p, a in zip((heads, tails), after, strict=True))
    assert drop == pytest.approx(information)
    assert sum(p * divergence(a, now) for p, a in zip((heads, tails), after, strict=True)) == pytest.approx(
        information
    )
    assert entropy({"a": 1.0, "b": 0.0}) == 0.0
    assert divergence({"a": 1.0, "b": 0.0}, {"a": 0.5, "b": 0.5}) == pytest.approx(math.log(2.0))


@pytest.mark.parametrize("gain", [0.3, 0.0])
def test_no_word_asks_anyone_to_test_or_to_wait(gain):
    for plan in ("as_now", "hard_days", "inward", "second_informant", "promises"):
        words = words_of([Gain(plan, 12, gain, 0.05, 40)])
        assert words.endswith("You need not find this out. Never test it on purpose.")
        assert not [w for w in ("wait", "should", "try ", "ask ", "must", "will ") if w in words.lower()]
