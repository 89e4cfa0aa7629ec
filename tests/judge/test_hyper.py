"""Which hyperparameters a record needs, and what they mean on their natural scale."""

from __future__ import annotations

import math

import numpy as np
import pytest
from tests.judge.records import mixed_cells, set_up

from velveteen.measure.cells import Cell


def ratings(sizes):
    return [Cell(t, "equals", 4.0, float(n), "partner", 0.4) for t, n in enumerate(sizes)]


def test_a_record_needs_those_of_its_families_alone():
    harm = [Cell(t, "harm", 1.0, 1.0) for t in range(6)]
    counts = set_up([*harm, *ratings([1, 1, 1])])[2]
    assert {"count_size", "rating_sd"} < set(counts.names)
    assert not [n for n in counts.names if n.startswith("proportion")]
    every = set_up(mixed_cells(6, 0))[2]
    assert set(counts.names) < set(every.names)
    assert any(n.startswith("proportion") for n in every.names)


def test_one_family_alone_has_a_spread_that_ebb_and_noise_share():
    """On the linear predictor the variances of ebb and noise (1 / size, 4 / precision, or the rating's own) add up to it."""
    kinds = {"harm": lambda d: 1 / d[0], "owning": lambda d: 4 / d[1], "equals": lambda d: d[2] ** 2}
    for channel, noise in kinds.items():
        hyper = set_up([Cell(t, channel, 1.0, 1.0, "partner", 0.4) for t in range(6)])[2]
        spread = hyper.names.index("spread")
        for z in np.random.default_rng(2).normal(size=(5, hyper.size)):
            natural = hyper.natural(z)
            total = math.exp(hyper.centre[spread] + hyper.sd[spread] * z[spread]) ** 2
            assert natural.ebb_sd**2 + noise(natural.dispersion) == pytest.approx(total)


def test_equal_numbers_of_ratings_cannot_tell_two_variances_apart():
    alike, unlike = set_up(ratings([2, 2, 2]))[2], set_up(ratings([1, 2, 3]))[2]
    assert unlike.size == alike.size + 1


@pytest.mark.parametrize("sizes", [[1, 1, 1], [3, 3, 3], [1, 2, 6]])
def test_natural_values_are_positive_and_more_ratings_never_more_noise(sizes):
    hyper = set_up(ratings(sizes))[2]
    for z in np.random.default_rng(0).normal(size=(20, hyper.size)):
        natural = hyper.natural(z)
        dispersion = natural.dispersion
        assert 0 < natural.rho < 1
        assert natural.ebb_sd > 0
        one, many = (dispersion[2] ** 2 + dispersion[3] ** 2 / n for n in (1, 20))
        assert one >= many > 0


def test_the_noise_of_a_typical_cell_is_one_hyperparameter_whatever_its_size():
    """At the prior's median a cell of the usual number of ratings is as noisy in one record as in another."""
    spread = []
    for sizes in ([1, 1, 1], [5, 5, 5], [1, 5, 9]):
        hyper = set_up(ratings(sizes))[2]
        dispersion = hyper.natural(np.zeros(hyper.size)).dispersion
        spread.append(math.sqrt(dispersion[2] ** 2 + dispersion[3] ** 2 / np.median(sizes)))
    np.testing.assert_allclose(spread, spread[0])


def test_the_ebb_fades_by_the_e_folding_time():
    hyper = set_up(mixed_cells(6, 0))[2]
    natural = hyper.natural(np.zeros(hyper.size))
    weeks = math.exp(hyper.centre[hyper.names.index("ebb_weeks")])
    assert natural.rho**weeks == pytest.approx(math.exp(-1))
    assert natural.ebb_sd == pytest.approx(math.exp(hyper.centre[hyper.names.index("ebb_sd")]))


def test_inward_channels_take_part_in_the_ebb_by_a_share():
    """One side alone cannot tell its share from the ebb's size: it is then whole."""
    both = set_up(mixed_cells(6, 0))[2]
    alone = set_up(ratings([1, 1, 1]))[2]
    for z in np.random.default_rng(1).normal(size=(20, both.size)):
        assert 0 < both.natural(z).inward_loading < 1
    assert alone.natural(np.ones(alone.size)).inward_loading == 1.0
