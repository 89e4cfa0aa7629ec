"""Draws follow the odds, the trajectories' mass and the posterior of the effects; the same record, the same draws."""

from __future__ import annotations

import numpy as np
import pytest
from tests.judge.records import LIMITS, mixed_cells, weighed

from velveteen.judge.draws import DRAWS, draw
from velveteen.judge.verdict import ACCOUNTS

WEIGHED = weighed(mixed_cells(10, 5), LIMITS)
ONLY = {name: dict.fromkeys(ACCOUNTS, 0.0) | {name: 1.0} for name in ACCOUNTS}


def drawn(odds):
    return draw(WEIGHED.record, WEIGHED.evidences, odds)


def test_as_many_draws_as_asked_for_each_channel_and_week():
    for channel in drawn(dict.fromkeys(ACCOUNTS, 1 / 7)).values():
        assert channel.predictor().shape == channel.at(1.0).shape == (DRAWS, 10)


def test_every_channel_has_draws_and_no_other():
    draws = drawn(ONLY["same"])
    assert len(draws) == len(WEIGHED.record.channels)
    assert list(draws) == [c.name for c in WEIGHED.record.channels]
    with pytest.raises(KeyError):
        draws["mood"]


def test_the_same_odds_give_the_same_draws():
    first, again = drawn(ONLY["lasting"]), drawn(ONLY["lasting"])
    for name, channel in first.items():
        np.testing.assert_allclose(channel.predictor(), again[name].predictor(), rtol=1e-9)


def test_under_same_nothing_moves():
    for channel in drawn(ONLY["same"]).values():
        assert np.ptp(channel.predictor(), axis=1).max() == 0


def test_surface_changes_calm_days_outwardly_alone():
    draws = drawn(ONLY["surface"])
    outward, inward = draws["harm"], draws["equals"]
    moved = np.ptp(outward.predictor(), axis=1)
    assert np.median(moved) > 0.1
    np.testing.assert_allclose(np.ptp(outward.predictor(1.0), axis=1), 0, atol=1e-9)  # wholly hard days
    np.testing.assert_allclose(np.ptp(inward.predictor(), axis=1), 0, atol=1e-9)


def test_each_week_can_be_asked_for_at_a_strain_of_its_own():
    channel = drawn(ONLY["conditional"])["harm"]
    weeks, strain = np.array([9, 2, 2]), np.array([0.0, 0.5, 1.0])
    calm, hard = channel.predictor(), channel.predictor(1.0)
    expected = np.stack([calm[:, 9], (calm[:, 2] + hard[:, 2]) / 2, hard[:, 2]], axis=1)
    np.testing.assert_allclose(channel.predictor(strain, weeks), expected, atol=1e-9)
    np.testing.assert_allclose(channel.at(0.5, slice(2, 3)), np.exp(expected[:, 1:2]), rtol=1e-9)


def test_lasting_changes_hard_days_and_inward_channels_too():
    for channel in drawn(ONLY["lasting"]).values():
        assert np.median(np.ptp(channel.predictor(1.0), axis=1)) > 0.05


@pytest.mark.parametrize("share", [0.0, 0.25, 0.9])
def test_accounts_get_draws_in_proportion_to_their_odds(share):
    draws = drawn(ONLY["same"] | {"same": 1 - share, "lasting": share})
    moved = np.ptp(draws["harm"].predictor(), axis=1) > 1e-9
    assert moved.mean() == pytest.approx(share, abs=0.02)


def test_draws_have_the_posteriors_mean_and_spread():
    """Level plus slope of one channel under `same`: the Gaussian whose precision factor the evaluator gives."""
    evidence = WEIGHED.evidences["same"]
    best = evidence.components[0]
    evidence.evaluator.follow(evidence.evaluator.account.shapes[best.shape], best.onset)
    posterior = evidence.evaluator.posterior(best.centre)
    covariance = np.linalg.inv(posterior.factor @ posterior.factor.T)
    level = next(
        i for i, (name, who, _) in enumerate(WEIGHED.record.levels) if (name, who) == ("equals", "partner")
    )
    base = drawn(ONLY["same"])["equals"].predictor()[:, 0]
    sd = np.sqrt(covariance[level, level])
    assert base.mean() == pytest.approx(posterior.mode[level], abs=4 * sd / np.sqrt(DRAWS))
    assert base.std() == pytest.approx(sd, rel=0.1)


@pytest.mark.parametrize(
    ("name", "low", "high"), [("harm", 0, np.inf), ("promises", 0, 1), ("equals", 0, 10)]
)
def test_natural_units_stay_in_range(name, low, high):
    channel = drawn(ONLY["lasting"])[name]
    values = channel.natural(np.array([-1e3, -1.0, 0.0, 1.0, 1e3]))
    assert np.isfinite(values).all()
    assert (np.diff(values) >= 0).all()
    assert values.min() >= low
    assert values.max() <= high
