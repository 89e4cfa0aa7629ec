"""Priors of the readers: the tables of the method's page, typed in again."""

from __future__ import annotations

import pytest

from velveteen.judge.api import posterior_odds, three_questions
from velveteen.judge.priors import readers
from velveteen.judge.verdict import ACCOUNTS, READERS
from velveteen.problems import BadInput

ALL_CAN = dict.fromkeys(ACCOUNTS, True)
SIX = ACCOUNTS[:6]
NEUTRAL = {
    "none": {
        "same": 0.36,
        "worse": 0.12,
        "temporary": 0.24,
        "surface": 0.14,
        "conditional": 0.08,
        "lasting": 0.06,
    },
    "begun": {
        "same": 0.30,
        "worse": 0.10,
        "temporary": 0.22,
        "surface": 0.18,
        "conditional": 0.08,
        "lasting": 0.12,
    },
    "committed": {
        "same": 0.22,
        "worse": 0.08,
        "temporary": 0.18,
        "surface": 0.22,
        "conditional": 0.10,
        "lasting": 0.20,
    },
}
SCEPTIC_LASTING = {"none": 0.01, "begun": 0.02, "committed": 0.03}
HOPEFUL_LASTING = {"none": 0.15, "begun": 0.25, "committed": 0.35}


@pytest.mark.parametrize("therapy", NEUTRAL)
@pytest.mark.parametrize("weeks", [6, 26, 52, 104, 300])
def test_every_reader_sums_to_one(therapy, weeks):
    for prior in readers(weeks, therapy, ALL_CAN).values():
        assert sum(prior.values()) == pytest.approx(1.0, abs=1e-12)
        assert min(prior.values()) >= 0
        assert tuple(prior) == ACCOUNTS or set(prior) == set(ACCOUNTS)


@pytest.mark.parametrize("therapy", NEUTRAL)
@pytest.mark.parametrize("weeks", [104, 208])
def test_neutral_after_two_years_is_the_table(therapy, weeks):
    prior = readers(weeks, therapy, ALL_CAN)["neutral"]
    assert prior["none_of_these"] == pytest.approx(0.05)
    for name in SIX:
        assert prior[name] == pytest.approx(0.95 * NEUTRAL[therapy][name])


@pytest.mark.parametrize("therapy", NEUTRAL)
def test_the_sceptic_is_rescaled_to_one(therapy):
    raw = {"surface": 0.38, "same": 0.30, "temporary": 0.15, "worse": 0.10, "conditional": 0.06}
    raw["lasting"] = SCEPTIC_LASTING[therapy]
    prior = readers(104, therapy, ALL_CAN)["sceptic"]
    for name in SIX:
        assert prior[name] == pytest.approx(0.95 * raw[name] / sum(raw.values()))


@pytest.mark.parametrize("therapy", NEUTRAL)
def test_the_hopeful_keeps_the_neutral_proportions_of_the_others(therapy):
    prior, lasting = readers(104, therapy, ALL_CAN)["hopeful"], HOPEFUL_LASTING[therapy]
    rest = 1 - NEUTRAL[therapy]["lasting"]
    assert prior["lasting"] == pytest.approx(0.95 * lasting)
    for name in SIX[:5]:
        assert prior[name] == pytest.approx(0.95 * (1 - lasting) * NEUTRAL[therapy][name] / rest)


def test_equal_is_a_sixth_each_at_any_length():
    for weeks in (6, 500):
        prior = readers(weeks, "none", ALL_CAN)["equal"]
        assert prior["none_of_these"] == 0
        assert [prior[name] for name in SIX] == pytest.approx([1 / 6] * 6)


@pytest.mark.parametrize("reader", ["sceptic", "neutral", "hopeful"])
def test_a_short_record_gives_what_an_onset_needs_to_same(reader):
    whole, quarter = readers(104, "begun", ALL_CAN)[reader], readers(26, "begun", ALL_CAN)[reader]
    for name in ("worse", "temporary", "surface", "lasting"):
        assert quarter[name] == pytest.approx(whole[name] / 4)
    for name in ("conditional", "none_of_these"):
        assert quarter[name] == pytest.approx(whole[name])
    moved = sum(0.75 * whole[name] for name in ("worse", "temporary", "surface", "lasting"))
    assert quarter["same"] == pytest.approx(whole["same"] + moved)


@pytest.mark.parametrize("reader", READERS)
def test_what_cannot_be_weighed_is_shared_out(reader):
    whole = readers(60, "none", ALL_CAN)[reader]
    without = readers(60, "none", {**ALL_CAN, "conditional": False})[reader]
    assert without["conditional"] == 0
    for name in ACCOUNTS:
        if name != "conditional":
            assert without[name] == pytest.approx(whole[name] / (1 - whole["conditional"]))


def test_an_unknown_therapy_is_named():
    with pytest.raises(BadInput, match="none, begun, committed") as error:
        readers(52, "soon", ALL_CAN)
    assert error.value.code == "unknown_therapy"


def test_odds_are_prior_times_evidence():
    evidence = dict.fromkeys(ACCOUNTS, -100.0) | {"lasting": -98.0, "conditional": None}
    odds = posterior_odds(evidence, weeks=104, therapy="none")
    ratio = 7.38905609893065  # two nats
    assert odds["equal"]["lasting"] == pytest.approx(ratio / (ratio + 4))
    assert odds["neutral"]["lasting"] / odds["neutral"]["same"] == pytest.approx(ratio * 0.06 / 0.36)
    assert odds["equal"]["conditional"] == odds["neutral"]["conditional"] == 0.0


def test_far_apart_evidences_do_not_overflow():
    evidence = dict.fromkeys(ACCOUNTS, -9000.0) | {"worse": -10.0}
    assert posterior_odds(evidence, weeks=52, therapy="none")["sceptic"]["worse"] == pytest.approx(1.0)


def test_the_three_questions_are_sums_of_odds():
    odds = dict(zip(ACCOUNTS, (0.1, 0.05, 0.2, 0.15, 0.12, 0.3, 0.08), strict=True))
    questions = three_questions(odds)
    assert questions["changed"] == pytest.approx(0.2 + 0.15 + 0.12 + 0.3)
    assert questions["holds"] == pytest.approx(0.2 + 0.12 + 0.3)
    assert questions["outlasts"] == pytest.approx(0.15 + 0.3)
