"""Shares with exact limits, and the scores of verdicts whose truth is known."""

import math

import pytest
import shares
from scipy.stats import binomtest

from velveteen.judge.verdict import ACCOUNTS

FIVE = ("same", "worse", "temporary", "surface", "lasting")


def row(truth, *, weeks=104, **log_evidence):
    known = dict.fromkeys(ACCOUNTS, 0.0) | log_evidence
    return {
        "truth": truth, "seed": 1, "weeks": weeks, "scenario": "plain", "world": "circle", "harm": [2.0, 2.0],
        "log_evidence": known, "problems": ["one_instrument"],
    }  # fmt: skip


@pytest.mark.parametrize(("hits", "of"), [(0, 5), (5, 5), (1, 7), (30, 41), (1, 1000)])
def test_limits_are_the_exact_ones(hits, of):
    found, book = shares.share(hits, of), binomtest(hits, of).proportion_ci(0.95, "exact")
    assert (found["low"], found["high"]) == pytest.approx((book.low, book.high))
    assert found["se"] == pytest.approx(math.sqrt(hits * (of - hits) / of**3))


def test_no_households_give_no_share():
    assert shares.share(0, 0)["share"] is None


def test_scores_of_one_sure_and_right_and_one_sure_and_wrong():
    rows = [row("lasting", lasting=9.0), row("same", worse=9.0)]
    scores = shares.table(rows, FIVE)["Velveteen"]
    assert scores["right"]["share"] == 0.5
    assert scores["sure"]["share"] == 1.0
    assert scores["sure and right"]["share"] == 0.5
    total = math.exp(9.0) + 4.0
    assert scores["log score"] == pytest.approx((math.log(total) - 9.0 + math.log(total)) / 2)
    assert scores["recall"]["lasting"]["share"] == 1.0
    assert scores["recall"]["same"]["share"] == 0.0


def test_households_of_other_accounts_and_refusals_stay_out():
    rows = [row("conditional", conditional=9.0), {"truth": "same", "refused": "too_few_cells"}]
    assert shares.table(rows, FIVE) == {}


def test_an_account_that_could_not_be_weighed_is_wrong_and_has_no_log_score():
    scores = shares.table([row("conditional", conditional=None), row("same", same=1.0)], ACCOUNTS[:6])
    assert scores["Velveteen"]["not weighed"] == 1
    assert scores["Velveteen"]["right"]["share"] == 0.5
    assert scores["Velveteen"]["log score"] == pytest.approx(math.log(math.e + 5.0) - 1.0)


def test_nothing_ever_changes_is_right_where_nothing_does():
    trivial = shares.table([row("same"), row("lasting")], FIVE)["nothing ever changes"]
    assert trivial["right"]["share"] == 0.5
    assert trivial["log score"] == pytest.approx(-(math.log(0.9) + math.log(0.025)) / 2)


def test_hope_is_counted_by_truth():
    rows = [row("lasting", lasting=20.0), row("lasting"), row("temporary", lasting=20.0), row("same")]
    assert shares.found_hope(rows, scaled=False)["share"] == 0.5
    assert shares.false_hope(rows, scaled=False)["share"] == 0.5


def test_a_short_record_scales_hope_down():
    short = row("same", weeks=8, lasting=4.4)
    assert shares.hopes(short, scaled=False)
    assert not shares.hopes(short, scaled=True)


def test_what_was_confident_and_wrong_is_named_by_seed():
    lines = shares.confident_and_wrong([row("same", lasting=20.0), row("lasting", lasting=20.0)], FIVE)
    assert len(lines) == 2
    assert all("seed 1: same" in line for line in lines)


def test_warnings_are_counted():
    assert shares.warnings([row("same"), row("same")])["one_instrument"]["share"] == 1.0
