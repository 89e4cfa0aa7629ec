"""The verdict's public shape: every key, plain numbers, odds that are probabilities."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
from tests.judge.records import CHANNELS, LIMITS, mixed_cells

import velveteen as vt
from velveteen.judge.verdict import ACCOUNTS, READERS, TESTS
from velveteen.judge.words import sentence
from velveteen.measure.cells import Cell, TurningPoint

CONTRACT = {
    "schema", "weeks", "odds", "log_evidence", "assessable", "questions", "tests", "effect", "words", "problems",
    "numerical_error", "detail",
}  # fmt: skip
RICH = mixed_cells(14, 4, informants=("partner", "self", "messages"), missing=0.1)
POOR = [Cell(t, "harm", float(2 + t % 2), 1.0, "partner", 0.0) for t in range(20) if t not in (5, 6)]


@pytest.fixture(scope="module", params=["rich", "poor"])
def verdict(request):
    if request.param == "rich":
        return vt.judge(
            RICH, [*LIMITS, TurningPoint(3, "left"), TurningPoint(2, "therapy_began")], therapy="begun"
        )
    return vt.judge(POOR)


def plain(value):
    """Whether a value is made of JSON's own types alone, without NaN or infinity."""
    if isinstance(value, dict):
        return all(isinstance(k, str) and plain(v) for k, v in value.items())
    if isinstance(value, list | tuple):
        return all(plain(v) for v in value)
    return (
        value is None
        or isinstance(value, str | bool | int)
        or (isinstance(value, float) and math.isfinite(value))
    )


def test_every_key_is_there_and_json_takes_it(verdict):
    said = verdict.as_dict()
    assert set(said) >= CONTRACT
    assert said["schema"] == 1
    assert plain(said)
    assert json.loads(json.dumps(said, allow_nan=False))["words"] == verdict.words


def test_the_sentence_and_its_key_say_the_same(verdict):
    key = verdict.detail["leading"]
    assert sentence(key["account"], key["word"], verdict.weeks) == verdict.words


def test_odds_are_probabilities_for_each_reader(verdict):
    assert tuple(verdict.odds) == READERS
    for odds in verdict.odds.values():
        assert set(odds) == set(ACCOUNTS)
        assert sum(odds.values()) == pytest.approx(1.0, abs=1e-12)
        assert min(odds.values()) >= 0
    assert verdict.odds["equal"]["none_of_these"] == 0


def test_only_conditional_may_be_unassessable(verdict):
    assert set(verdict.assessable) == set(verdict.log_evidence) == set(ACCOUNTS)
    for name in ACCOUNTS:
        assert verdict.assessable[name] is (verdict.log_evidence[name] is not None)
    assert all(verdict.assessable[name] for name in ACCOUNTS if name != "conditional")
    if not verdict.assessable["conditional"]:
        assert [odds["conditional"] for odds in verdict.odds.values()] == [0.0] * 4


def test_equal_odds_follow_from_the_evidence(verdict):
    known = {k: v for k, v in verdict.log_evidence.items() if v is not None and k != "none_of_these"}
    weights = np.exp(np.array(list(known.values())) - max(known.values()))
    np.testing.assert_allclose([verdict.odds["equal"][k] for k in known], weights / weights.sum(), rtol=1e-9)


def test_questions_are_those_of_the_neutral_reader(verdict):
    odds = verdict.odds["neutral"]
    changed = odds["temporary"] + odds["surface"] + odds["conditional"] + odds["lasting"]
    assert verdict.questions == pytest.approx(
        {
            "changed": changed,
            "holds": changed - odds["surface"],
            "outlasts": odds["surface"] + odds["lasting"],
        }
    )


def test_tests_answer_in_four_words(verdict):
    assert tuple(verdict.tests) == TESTS
    for result in verdict.tests.values():
        assert result.answer in ("yes", "no", "unclear", "untested")
        assert (result.probability is None) is (result.answer == "untested")
        assert isinstance(result.observations, int)
        assert (result.observations < 5) is (result.answer == "untested")


def test_one_effect_and_one_trajectory_a_channel(verdict):
    cells = RICH if verdict.weeks == 14 else POOR
    channels = {c.channel for c in cells}
    assert set(verdict.effect) == set(verdict.trajectories) == channels
    for name, effect in verdict.effect.items():
        assert effect.low <= effect.now <= effect.high
        assert effect.unit == CHANNELS[name].unit
        path = verdict.trajectories[name]
        assert len(path.weeks) == verdict.weeks
        bands = np.array([path.low90, path.low50, path.median, path.high50, path.high90])
        assert bands.shape == (5, verdict.weeks)
        assert (np.diff(bands, axis=0) >= 0).all()


def test_numbers_stay_within_their_channel(verdict):
    for name, path in verdict.trajectories.items():
        low, high = {"count": (0, math.inf), "proportion": (0, 1), "rating": (0, 10)}[CHANNELS[name].family]
        assert min(path.low90) >= low
        assert max(path.high90) <= high


def test_the_numerical_error_is_stated(verdict):
    assert 0 <= verdict.numerical_error < 1


def test_gaps_count_as_weeks():
    assert vt.judge(POOR).weeks == 20


def test_error_rates_are_of_simulated_households_and_say_so(verdict):
    assert "on real ones has not been measured" in verdict.detail["error_rates"]["words"]


def test_the_same_record_gives_the_same_verdict_in_any_order():
    assert vt.judge(list(reversed(POOR))).as_dict() == vt.judge(POOR).as_dict()


def test_progress_names_each_account_once():
    heard = []
    vt.judge(POOR, progress=lambda name, done, total: heard.append((name, done, total)))
    assert [name for name, _, _ in heard] == [a for a in ACCOUNTS if a != "conditional"]
    assert [done for _, done, _ in heard] == list(range(6))
    assert {total for _, _, total in heard} == {6}


@pytest.mark.parametrize(
    "values",
    [[0.0] * 12, [4e5] * 12, [0.0] * 6 + [9e5] * 6, [1e9] + [0.0] * 11],
    ids=["nothing ever", "always very many", "from nothing to very many", "one huge week"],
)
def test_extreme_counts_still_give_plain_numbers(values):
    cells = [Cell(t, "harm", v, 1.0, "partner", float(t % 2)) for t, v in enumerate(values)]
    assert plain(vt.judge(cells).as_dict())


@pytest.mark.parametrize("value", [0.0, 5.0, 10.0])
def test_ratings_that_never_move_still_give_plain_numbers(value):
    cells = [Cell(t, "equals", value, 1.0, "partner") for t in range(12)]
    assert plain(vt.judge(cells).as_dict())
