"""How earlier paths are weighed against each other, and what is said of a record that had several changes."""

from __future__ import annotations

import math

import numpy as np
import pytest
from tests.judge.long_records import course, long_cells
from tests.judge.records import CHANNELS, harm

from velveteen.judge import api, regimes_evidence
from velveteen.judge.api import averaged_odds, conclude, posterior_odds, weigh
from velveteen.judge.regimes import Regime, start_of, survival
from velveteen.judge.regimes_evidence import Along, log_followed, log_weight_without
from velveteen.judge.verdict import ACCOUNTS, READERS

WEEKS = 140
STEPS = ((40, -1.7), (75, 1.7), (105, -1.7))  # worse, better again, and worse since week 105


@pytest.fixture(scope="module")
def several():
    return weigh(long_cells(course(WEEKS, *STEPS), 2, informants=("partner", "messages")), [], CHANNELS)


@pytest.fixture(scope="module")
def verdict(several):
    return conclude(several, "none", dated=False)


def test_the_verdict_is_that_of_the_last_change(verdict):
    assert max(verdict.odds["equal"], key=verdict.odds["equal"].__getitem__) == "worse"
    assert verdict.odds["neutral"]["worse"] > 0.9
    assert abs(verdict.detail["present"]["since"] - 105) <= 4


def test_what_was_before_is_explained_and_not_averaged_over(verdict):
    weeks = sorted(w for r in verdict.detail["path"] for w in (r["from"], r["until"]) if w is not None)
    for truth in (40, 75):
        assert min(abs(week - truth) for week in weeks) <= 5
    assert verdict.detail["present"]["start"] == weeks[-1] < 95


def test_before_and_now_are_those_of_the_present(verdict):
    """Acts a week on calm days: e^1.4 = 4.1 in the better stretch, e^3.1 = 22 since; the record began at 4.1 too."""
    effect = verdict.effect["harm"]
    assert 2.5 < effect.before < 6.5
    assert 14 < effect.now < 35


def test_the_course_keeps_every_change(verdict):
    course_of = verdict.trajectories["harm"].median
    assert course_of[60] > 3 * course_of[20]
    assert course_of[90] < course_of[60] / 3
    assert course_of[-1] > 3 * course_of[90]


def test_the_sentence_says_since_when(verdict):
    assert verdict.words.startswith(f"After {WEEKS} weeks this record very likely shows, since about week 10")
    assert verdict.words.endswith(": worse.")
    assert verdict.detail["present"]["words"].startswith("Before that, ")


def test_notes_are_of_the_present(verdict):
    codes = [p.code for p in verdict.problems]
    assert "present_only" in codes
    assert "weeks_missing" not in codes


def test_shares_are_probabilities_likeliest_first(several):
    shares = [along.share for along in several.along]
    assert shares == sorted(shares, reverse=True)
    assert 0.97 <= sum(shares) <= 1 + 1e-9
    assert several.along[0].log_evidence == {n: e.log for n, e in several.evidences.items()}


def test_the_same_record_gives_the_same_verdict(several, verdict):
    cells = list(several.record.cells)
    again = conclude(weigh(cells[::-1], [], CHANNELS), "none", dated=False)
    assert again.as_dict()["words"] == verdict.words
    assert again.detail["path"] == verdict.detail["path"]
    for account in ACCOUNTS:
        assert again.odds["neutral"][account] == pytest.approx(verdict.odds["neutral"][account], abs=1e-9)


def test_a_short_record_has_no_earlier_regimes(monkeypatch):
    monkeypatch.setattr(regimes_evidence, "propose", None)  # must not be asked
    cells = harm(range(regimes_evidence.LONG - 1), 2.0)
    weighed = weigh(cells, [], CHANNELS)
    assert [(a.earlier, a.share) for a in weighed.along] == [((), 1.0)]
    detail = conclude(weighed, "none", dated=False).detail
    assert not {"path", "present"} & set(detail)


@pytest.mark.parametrize("steps", [(), ((60, 1.5),)])
def test_a_long_record_of_one_change_at_most_gets_the_short_verdict(monkeypatch, steps):
    cells = long_cells(course(120, *steps), 1)
    long = weigh(cells, [], CHANNELS)
    monkeypatch.setattr(regimes_evidence, "LONG", 10_000)
    short = weigh(cells, [], CHANNELS)
    assert long.along[0].earlier == ()
    for name, log in short.log_evidence().items():
        other = long.log_evidence()[name]
        assert (log is None and other is None) or other == pytest.approx(log, abs=1e-8)
    top = max(ACCOUNTS, key=short.odds("none")["neutral"].__getitem__)
    assert max(ACCOUNTS, key=long.odds("none")["neutral"].__getitem__) == top


def test_earlier_regimes_of_next_to_no_weight_leave_the_record_as_it_was(monkeypatch):
    cells = long_cells(course(WEEKS, *STEPS), 2)
    monkeypatch.setattr(regimes_evidence, "LEAST_SHARE", 1.1)
    weighed = weigh(cells, [], CHANNELS)
    assert [(a.earlier, a.share) for a in weighed.along] == [((), 1.0)]


EVIDENCE = {"same": -100.0, "worse": -101.0, "temporary": -102.0, "lasting": -99.0, "none_of_these": -100.5}


def test_what_follows_is_the_mean_over_the_accounts_with_a_change():
    mean = (math.exp(-1) + math.exp(-2) + math.exp(1)) / 3
    expected = -100 + math.log(0.95 * mean + 0.05 * math.exp(-0.5)) + math.log(1 - survival(60))
    assert log_followed(EVIDENCE, 60) == pytest.approx(expected)


def test_without_regimes_nothing_or_one_change_came():
    expected = np.logaddexp(math.log(survival(60)) - 100, log_followed(EVIDENCE, 60))
    assert log_weight_without(EVIDENCE, 60) == pytest.approx(expected)


def test_odds_are_averaged_by_share_each_over_its_own_segment():
    path = (Regime(200, "worse", 1),)
    parts = (Along(path, 0.6, EVIDENCE), Along((), 0.2, {**EVIDENCE, "lasting": -120.0}))
    assert start_of(path) == parts[0].start == 200
    averaged = averaged_odds(parts, 250, "none")
    complete = [{n: part.log_evidence.get(n) for n in ACCOUNTS} for part in parts]
    one = posterior_odds(complete[0], weeks=50, therapy="none")
    two = posterior_odds(complete[1], weeks=250, therapy="none")
    for reader in READERS:
        assert sum(averaged[reader].values()) == pytest.approx(1)
        for name in ACCOUNTS:
            assert averaged[reader][name] == pytest.approx(
                0.75 * one[reader][name] + 0.25 * two[reader][name]
            )


def test_the_search_error_is_what_half_the_search_would_have_said(several):
    assert several.search_error("none") == 0 or not all(a.found_by_half for a in several.along)
    parts = (
        Along((Regime(200, "worse", 1),), 0.6, EVIDENCE, found_by_half=False),
        Along((), 0.4, {**EVIDENCE, "lasting": -120.0}),
    )
    weighed = api.Weighed(several.record, several.evidences, parts)
    whole = weighed.odds("none")["neutral"]
    half = averaged_odds(parts[1:], several.record.weeks, "none")["neutral"]
    assert weighed.search_error("none") == pytest.approx(max(abs(whole[n] - half[n]) for n in ACCOUNTS))
    assert weighed.search_error("none") > 0
