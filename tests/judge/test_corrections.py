"""Trajectories that were not integrated: their correction follows how far their own z lies away."""

from __future__ import annotations

import numpy as np
import pytest

from velveteen.judge.corrections import MOST, NEAR, Correction, corrected, gain

APART = 2.0


def known(added):
    """Corrections by (shape, onset)."""
    return {key: Correction(value, np.zeros(1)) for key, value in added.items()}


@pytest.mark.parametrize("top", [-0.5, 0.0, 0.7, 2.0, 2.4])
def test_the_gain_is_the_height_of_a_parabola(top):
    """-(x - top)^2 / 2, seen at 0 and at APART."""
    rise = -0.5 * (APART - top) ** 2 + 0.5 * top**2
    assert gain(np.array([rise]), APART)[0] == pytest.approx(0.5 * top**2)


def test_the_gain_is_bounded():
    assert gain(np.array([50.0]), APART)[0] == pytest.approx(0.5 * APART**2 + MOST)


def test_places_at_the_same_spot_tell_no_slope():
    np.testing.assert_allclose(gain(np.zeros(3), 0.0), np.full(3, 0.125 * NEAR**2))


def test_corrections_are_interpolated_within_a_shape():
    found = corrected([np.zeros(5)], known({(0, 1): 1.0, (0, 3): 2.0}))
    np.testing.assert_allclose(found[0], [1.0, 1.0, 1.5, 2.0, 2.0])


def test_a_shape_without_any_takes_the_likeliest():
    found = corrected([np.zeros(2), np.zeros(2), np.ones(2)], known({(1, 0): 0.7, (0, 1): 0.2}))
    np.testing.assert_allclose(found[2], [1.7, 1.7])


def test_corrections_follow_the_gains():
    """Parabolas alike but for where their tops lie: two integrated trajectories tell all the others."""
    gains = np.array([0.0, 2.0, 0.3, 1.1])
    found = corrected([np.zeros(4)], known({(0, 0): -1.0, (0, 1): 1.0}), [gains])
    np.testing.assert_allclose(found[0], gains - 1.0)


def test_corrections_follow_less_where_those_integrated_do():
    """The two that were integrated gain nothing, so the third is not believed to gain its 8 nats."""
    found = corrected([np.zeros(3)], known({(0, 0): 0.0, (0, 1): 0.0}), [np.array([0.0, 4.0, 8.0])])
    assert abs(found[0][2]) < 0.1


def test_gains_never_count_against():
    found = corrected([np.zeros(3)], known({(0, 0): 4.0, (0, 1): 0.0}), [np.array([0.0, 4.0, 4.0])])
    np.testing.assert_allclose(found[0], [4.0, 0.0, 0.0])
