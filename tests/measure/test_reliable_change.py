"""Reliable change by hand: a group with mean 20 and spread 5 before, mean 15 and spread 5 after, reliability .84.

E = 5 sqrt(.16) = 2. Two errors: sqrt(2) E = 2.8284. Prediction error: 5 sqrt(1 - .7056) = 2.71293.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from velveteen.measure.reliable_change import (
    Functional,
    Group,
    cutoff,
    group,
    hageman_arrindell_change,
    reliable_change,
)
from velveteen.problems import BadInput

GROUP = Group(20, 5, 15, 5, 0.5, 0.84)
WELL = Functional(8, 4)


@pytest.mark.parametrize(
    ("method", "index"),
    [
        ("JT", -10 / 2.8284271),  # 25 to 15
        ("EN", (15 - 24.2) / 2),  # true score before: 20 + .84 x 5 = 24.2
        ("GLN", (15 - 24.2) / 2.7129320),
        ("HLL", (0 - 4.2) / 2.7129320),  # 15 is the mean after; 4.2 were expected beyond it
        ("NK", (15 - 24.2) / (5 * 0.5223945)),  # sqrt(.7056 x .16 + .16) = .522394...
        ("HA", (-10 * 0.68 - 5 * 0.32) / (2 * 1.3600**0.5)),  # D = (21 + 21 - 25) / (25 + 25 - 25) = .68
    ],
)
def test_the_index_of_each_method(method, index) -> None:
    assert reliable_change(25, 15, GROUP, method=method).index == pytest.approx(index, rel=1e-6)


def test_the_reliability_after_enters_nunnally_and_kotsch() -> None:
    surer = replace(GROUP, reliability_post=0.91)
    assert reliable_change(25, 15, surer, method="NK").index == pytest.approx(
        -9.2 / (5 * 0.2028960**0.5), rel=1e-6
    )


@pytest.mark.parametrize(
    ("kind", "lower", "value"),
    [("a", True, 10), ("a", False, 30), ("b", True, 16), ("b", False, 0), ("c", True, (5 * 8 + 4 * 20) / 9)],
)
def test_the_three_cutoffs(kind, lower, value) -> None:
    assert cutoff(kind, GROUP, WELL, lower_is_better=lower) == pytest.approx(value)


@pytest.mark.parametrize("well", [None, Functional(8, 0)])
@pytest.mark.parametrize("kind", ["b", "c"])
def test_a_cutoff_between_two_groups_needs_both(kind, well) -> None:
    with pytest.raises(BadInput, match="people who are well"):
        cutoff(kind, GROUP, well)


@pytest.mark.parametrize(
    ("pre", "post", "cut", "category"),
    [
        (25, 12, 13.3, "recovered"),
        (25, 15, 13.3, "improved"),
        (12, 5, 13.3, "improved"),  # it was on the better side before
        (25, 15, None, "improved"),
        (20, 15, 13.3, "unchanged"),  # 5 is less than 1.96 x 2.83
        (15, 21, 13.3, "deteriorated"),
        (10, 20, 13.3, "harmed"),
        (10, 20, None, "deteriorated"),
    ],
)
def test_the_category_where_lower_is_better(pre, post, cut, category) -> None:
    assert reliable_change(pre, post, GROUP, cut=cut).category == category


@pytest.mark.parametrize(
    ("pre", "post", "category"),
    [(12, 25, "recovered"), (25, 12, "harmed"), (5, 12, "improved"), (13, 14, "unchanged")],
)
def test_the_category_where_higher_is_better(pre, post, category) -> None:
    assert reliable_change(pre, post, GROUP, cut=13.3, lower_is_better=False).category == category


@pytest.mark.parametrize(
    ("pre", "post", "category"),
    [
        # True spread before: sqrt(25 - 4) = 4.5826, of people who are well: sqrt(16 - 4) = 3.4641.
        # C = (4.5826 x 8 + 3.4641 x 20) / 8.0467 = 13.1660. r2 = .84; below C by 1.65 x .91652 x 2 = 3.0245:
        # 15 + (post - 15) .84 < 10.1415 where post < 9.216.
        (25, 9.2, "recovered"),
        (25, 9.3, "improved"),
        (20, 19, "unchanged"),
        (10, 30, "deteriorated"),
    ],
)
def test_hageman_and_arrindell_have_their_own_way_over_the_cutoff(pre, post, category) -> None:
    assert hageman_arrindell_change(pre, post, GROUP, WELL, kind="c").category == category


def test_without_people_who_are_well_the_cutoff_lies_beyond_the_group() -> None:
    # C = 20 + 2 x 4.5826 = 29.165; above it by 3.0245: 15 + (post - 15) .84 > 32.19 where post > 35.464.
    found = [
        hageman_arrindell_change(20, post, GROUP, lower_is_better=False).category for post in (35.4, 35.5)
    ]
    assert found == ["improved", "recovered"]


def test_a_group_is_made_from_its_scores() -> None:
    made = group([1, 2, 3], [2, 2, 5], 0.8, 0.9)
    assert (made.mean_pre, made.sd_pre, made.mean_post) == (2, 1, 3)
    assert made.sd_post == pytest.approx(3**0.5)
    assert made.correlation == pytest.approx(0.8660254)  # 3 / sqrt(2 x 6)
    assert (made.reliability, made.after) == (0.8, 0.9)


@pytest.mark.parametrize(("pre", "post"), [([1], [2]), ([1, 2], [1]), ([1, 1], [1, 2]), ([1, 2], [3, 3])])
def test_no_group_without_pairs_that_differ(pre, post) -> None:
    with pytest.raises(BadInput, match="Nothing was changed"):
        group(pre, post, 0.8)


@pytest.mark.parametrize(
    "wrong",
    [
        {"reliability": 0}, {"reliability": 1}, {"reliability_post": 1.2}, {"sd_pre": 0}, {"sd_post": float("inf")},
        {"correlation": 1.1}, {"mean_post": float("nan")},
    ],
)  # fmt: skip
def test_a_group_that_cannot_be_is_refused(wrong) -> None:
    with pytest.raises(BadInput) as refused:
        replace(GROUP, **wrong)
    assert refused.value.code == "reliable_change"


def test_differences_within_the_error_say_nothing_by_hageman_and_arrindell() -> None:
    with pytest.raises(BadInput, match="no larger than the error"):
        reliable_change(25, 15, replace(GROUP, correlation=0.9), method="HA")
    with pytest.raises(BadInput, match="no more than the error"):
        hageman_arrindell_change(25, 15, GROUP, Functional(8, 2), kind="c")


def test_an_unknown_method_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(BadInput, match="JT, EN, GLN, HLL, NK, HA"):
        reliable_change(1, 2, GROUP, method="HLM")
