"""Thresholds at equal alarms, and differences with an interval over sites."""

import alarms
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

SCORES = st.lists(st.integers(0, 20).map(float), min_size=1, max_size=40)


@given(scores=SCORES, level=st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.99]))
def test_a_threshold_is_the_least_that_keeps_alarms_low(scores, level):
    frozen = alarms.threshold(scores, level)
    assert alarms.share_above(scores, frozen) <= level
    lower = [s for s in scores if s < frozen]
    assert all(alarms.share_above(scores, s) > level for s in lower)


def results(pairs, baselines, sites):
    """Scores of two methods; every site holds the same number of segments."""
    made = [("pair", scores) for scores in pairs] + [("baseline", scores) for scores in baselines]
    made += [("shuffled", scores) for scores in baselines]
    return [
        {"kind": kind, "site": sites[i % len(sites)], "r": {"mine": mine, "theirs": theirs}}
        for i, (kind, (mine, theirs)) in enumerate(made)
    ]


FIRST = results([(0.9, 0.1)] * 4, [(k / 10, k / 10) for k in range(10)], "ab")


def test_a_frozen_row_takes_its_threshold_from_the_first_half_alone():
    second = results([(0.85, 0.0), (0.75, 0.0)], [(0.95, 0.0), (0.1, 0.0)], "cd")
    row = alarms.frozen_row("mine", FIRST, second, 0.1, "r")
    assert row["threshold"] == pytest.approx(0.8)
    assert (row["found, first half"], row["alarms, first half"]) == (1.0, 0.1)
    assert (row["found, second half"], row["alarms, second half"]) == (0.5, 0.5)
    assert row["alarms on shuffled pairs, second half"] == 0.5


def test_a_curve_never_falls():
    rng = np.random.default_rng(3)
    scores = results(rng.random((30, 2)), rng.random((30, 2)), "abc")
    found = [share for _, share in alarms.curve(scores, "r", "mine")]
    assert found == sorted(found)


@pytest.mark.parametrize("matched", [False, True])
def test_a_method_that_finds_everything_is_ahead_of_one_that_finds_nothing(matched):
    second = results([(0.95, 0.05)] * 8, [(k / 10, k / 10) for k in range(8)], "abcd")
    gap, low, high = alarms.difference(FIRST, second, ("mine", "theirs"), 0.1, "r", matched=matched)
    assert (gap, low, high) == (1.0, 1.0, 1.0)


def test_the_interval_is_over_sites_not_over_segments():
    one_site_each = [
        {"kind": k, "site": s, "x": x}
        for s, x in zip("abcd", (0, 0, 1, 1), strict=True)
        for k in ("pair", "baseline") * 50
    ]

    def mean(drawn):
        return float(np.mean([r["x"] for r in drawn]))

    low, high = alarms.interval(one_site_each, mean)
    assert (low, high) == (0.0, 1.0)
