"""The ladder of words, and the caps on the best of them."""

from __future__ import annotations

import itertools

import pytest

from velveteen.judge.verdict import ACCOUNTS, TO_PEOPLE
from velveteen.judge.words import capped_rung, holds_another_year, leading, rung, sentence, still_so


@pytest.mark.parametrize(
    ("probability", "word"),
    [
        (0.0, "cannot tell yet"),
        (0.499, "cannot tell yet"),
        (0.50, "leans towards"),
        (0.80, "leans towards"),
        (0.801, "likely"),
        (0.95, "likely"),
        (0.951, "very likely"),
        (1.0, "very likely"),
    ],
)
def test_the_ladder(probability, word):
    assert rung(probability) == word


def test_the_relapse_curve_never_rises():
    at = [still_so(t) for t in range(0, 300, 5)]
    assert at[0] == 1.0
    assert all(a >= b > 0 for a, b in itertools.pairwise(at))


def test_what_has_held_long_is_likelier_to_hold_on():
    chances = [holds_another_year(t) for t in (0, 13, 26, 52, 104, 200)]
    assert chances == sorted(chances)
    assert 0 < chances[0] < chances[-1] <= 1


@pytest.mark.parametrize(("weeks", "instruments"), [(51, 3), (51, 1), (400, 1), (400, 0)])
@pytest.mark.parametrize("probability", [0.85, 0.97, 1.0])
def test_lasting_never_passes_leans_on_a_short_record_or_one_witness(weeks, instruments, probability):
    word = capped_rung("lasting", probability, weeks=weeks, held=weeks, instruments=instruments)
    assert word in ("leans towards", "cannot tell yet")


def test_lasting_may_pass_it_on_a_long_record_seen_twice():
    assert capped_rung("lasting", 1.0, weeks=400, held=390, instruments=2) in ("likely", "very likely")


def test_lasting_is_weighed_with_what_may_come():
    """Sure of a change that has only just begun: the word is weaker than the odds."""
    fresh = capped_rung("lasting", 0.97, weeks=60, held=1, instruments=2)
    assert fresh != "very likely"
    assert capped_rung("worse", 0.97, weeks=60, held=1, instruments=2) == "very likely"


@pytest.mark.parametrize("account", [a for a in ACCOUNTS if a != "lasting"])
def test_other_accounts_have_no_cap(account):
    assert capped_rung(account, 0.96, weeks=8, held=3, instruments=1) == "very likely"


def words(**odds):
    told_apart = odds.pop("told_apart", True)
    every = dict.fromkeys(ACCOUNTS, 0.0) | odds
    weeks = odds.pop("weeks", 40)
    return sentence(*leading(every, weeks=weeks, held=20, instruments=1, told_apart=told_apart), weeks)


@pytest.mark.parametrize("account", ACCOUNTS)
def test_the_sentence_names_the_account_in_plain_words(account):
    sentence = words(**{account: 0.9})
    assert TO_PEOPLE[account] in sentence
    assert "40 weeks" in sentence
    assert account == "lasting" or "likely shows" in sentence


def test_without_a_clear_leader_it_cannot_tell():
    assert "cannot tell yet" in words(same=0.4, lasting=0.35, temporary=0.25)


def test_what_is_not_told_apart_is_spoken_of_together_and_capped():
    sentence = words(surface=0.45, lasting=0.45, same=0.1, told_apart=False)
    assert TO_PEOPLE["surface"] in sentence
    assert TO_PEOPLE["lasting"] in sentence
    assert "leans towards" in sentence


def test_no_sentence_promises_or_tells_anyone_to_wait():
    for account, probability in itertools.product(ACCOUNTS, (0.3, 0.6, 0.9, 0.99)):
        sentence = words(**{account: probability}).lower()
        assert not [w for w in ("will ", "wait", "should", "proves", "certain") if w in sentence]


def test_a_word_stays_at_leans_where_the_arithmetic_is_unsure():
    odds = dict.fromkeys(ACCOUNTS, 0.0) | {"same": 1.0}
    said = [
        leading(odds, weeks=60, held=0, instruments=2, told_apart=True, sure=sure) for sure in (True, False)
    ]
    assert said == [("same", "very likely"), ("same", "leans towards")]


def test_surface_and_lasting_lead_together_where_nothing_tells_them_apart():
    odds = dict.fromkeys(ACCOUNTS, 0.0) | {"surface": 0.3, "lasting": 0.3, "same": 0.4}
    account, _ = leading(odds, weeks=60, held=0, instruments=2, told_apart=False)
    assert account == "surface_or_lasting"
