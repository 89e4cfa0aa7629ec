"""Trajectories by hand, and the prior of their onsets."""

from __future__ import annotations

import numpy as np
import pytest

from velveteen.judge.shapes import (
    ANCHORED_WEEKS,
    BEFORE,
    HALF_LIVES,
    WIDTHS,
    moving,
    onset_prior,
    pulse,
    pulses,
    ramp,
    ramps,
    still,
)


def test_a_ramp_of_width_one_is_a_step():
    np.testing.assert_allclose(ramp(6, 2, 1), [0, 0, 1, 1, 1, 1])


def test_a_ramp_climbs_in_equal_steps():
    np.testing.assert_allclose(ramp(7, 2, 4), [0, 0, 0.25, 0.5, 0.75, 1, 1])


def test_a_pulse_halves_every_half_life():
    np.testing.assert_allclose(pulse(7, (1,), 2.0), [0, 1, 2**-0.5, 0.5, 2**-1.5, 0.25, 2**-2.5])


def test_a_pulse_from_before_the_record_is_already_fading():
    np.testing.assert_allclose(pulse(3, (-4,), 2.0), [0.25, 0.25 * 2**-0.5, 0.125])


def test_of_several_pulses_the_highest_counts():
    np.testing.assert_allclose(pulse(6, (0, 3), 1.0), [1, 0.5, 0.25, 1, 0.5, 0.25])


@pytest.mark.parametrize("onsets", [np.arange(1, 9), np.arange(-4, 9, 3), np.array([5]), np.array([-2])])
def test_trajectories_of_evenly_spaced_onsets_are_one_trajectory_moved(onsets):
    risen, fading = ramp(14, 0, 4), pulse(14, (0,), 3.0)
    for row, lifted, onset in zip(moving(fading, onsets, 10), moving(risen, onsets, 10), onsets, strict=True):
        np.testing.assert_allclose(row, pulse(10, (onset,), 3.0))
        np.testing.assert_allclose(lifted, ramp(10, onset, 4))


@pytest.mark.parametrize("weeks", [9, 700])
def test_every_shape_holds_the_trajectory_of_its_onset_and_span(weeks):
    for shape, (width, _) in zip(ramps(weeks, ()), WIDTHS, strict=True):
        np.testing.assert_allclose(shape.profiles, [ramp(weeks, o, width) for o in shape.onsets])
    for shape, (half_life, _) in zip(pulses(weeks, (), ()), HALF_LIVES, strict=True):
        np.testing.assert_allclose(shape.profiles, [pulse(weeks, (o,), half_life) for o in shape.onsets])


def total(log_prior):
    return np.exp(log_prior).sum()


@pytest.mark.parametrize("anchors", [(), (5,), (5, 20), (-3,), (200,), (39,)])
def test_onset_priors_sum_to_one(anchors):
    assert total(onset_prior(np.arange(1, 40), anchors)) == pytest.approx(1.0, abs=1e-12)


def test_without_a_turning_point_every_onset_is_alike():
    np.testing.assert_allclose(np.exp(onset_prior(np.arange(1, 40), ())), 1 / 39)


def test_half_of_the_mass_follows_a_turning_point():
    onsets = np.arange(1, 61)
    prior = np.exp(onset_prior(onsets, (20,)))
    near = (onsets >= 20) & (onsets <= 20 + ANCHORED_WEEKS)
    assert prior[near].sum() == pytest.approx(0.5 + 0.5 * near.sum() / 60)
    assert ANCHORED_WEEKS == 10  # the method's page says 0 to 10 weeks


def test_two_turning_points_share_the_half():
    prior = np.exp(onset_prior(np.arange(1, 101), (10, 60)))
    assert prior[9:20].sum() == pytest.approx(prior[59:70].sum())


def test_turning_points_that_no_onset_can_follow_do_not_count():
    np.testing.assert_allclose(np.exp(onset_prior(np.arange(1, 40), (-30, 500))), 1 / 39)


def test_half_lives_have_median_eight_and_reach_a_year():
    lives, weights = np.array(HALF_LIVES).T
    assert weights.sum() == pytest.approx(1.0)
    assert lives[np.cumsum(weights) >= 0.5 - 1e-12][0] == 8
    assert lives.max() >= 52


def test_widths_are_weighed_to_one():
    assert sum(weight for _, weight in WIDTHS) == pytest.approx(1.0)


@pytest.mark.parametrize("losses", [(), (3, 12)])
def test_a_family_of_shapes_is_a_prior(losses):
    for shapes in (pulses(20, (3,), losses), ramps(20, (3,)), still(20)):
        assert sum(np.exp(s.log_prior) * total(s.onset_log_prior) for s in shapes) == pytest.approx(1.0)
        for shape in shapes:
            assert shape.profiles.shape == (shape.onsets.size, 20)
            assert ((shape.profiles >= 0) & (shape.profiles <= 1)).all()


def test_pulses_may_begin_before_the_record_ramps_within_it():
    assert pulses(20, (), ())[0].onsets[0] == -BEFORE
    first = ramps(20, ())[0].onsets
    assert first[0] >= 1
    assert first[-1] <= 19


def test_after_each_loss_a_pulse():
    repeated = pulses(20, (), (3, 12))[1]
    profile = repeated.profiles[0]
    assert profile[3] == 1
    assert profile[12] == 1
    assert profile[11] < 1
    assert profile[:3].max() == 0


def test_fixed_columns_are_carried_along():
    columns = np.ones((2, 9))
    assert still(9, columns)[0].columns is columns
    assert all(s.columns is columns for s in ramps(9, (), columns=columns))
