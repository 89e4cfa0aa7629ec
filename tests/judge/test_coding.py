"""A coder's figures on the judge's side: quantiles of its beta posterior, one z a coder, and whose cells it made."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from scipy import special, stats
from tests.judge.records import CHANNELS, harm, set_up

from velveteen.judge.coding import LEAST_GAIN, rates_of
from velveteen.judge.effects import shared_effects
from velveteen.judge.hyper import MOST_CODERS
from velveteen.judge.record import build_record
from velveteen.measure.cells import Cell
from velveteen.measure.channels import Channel
from velveteen.measure.coders import Coder

CODER = Coder((70, 100), (12, 2400))


def channel(name, family="count", coder=CODER, level=None):
    return Channel(name, family, "less", "outward", None, 1.0, level, "", name, coder)


def coded(name, weeks=12, value=3.0, of=1.0, items=400.0, **changes):
    return [
        Cell(t, name, value, of, "messages", None, "messages", coded=items, **changes) for t in range(weeks)
    ]


@pytest.mark.parametrize(
    "figures", [(0, 1), (0, 200), (1, 200), (12, 2400), (99, 200), (200, 200), (5 * 10**8, 10**9)]
)
def test_z_is_standard_normal_and_the_rate_has_its_beta_posterior(figures):
    a, b = figures[0] + 0.5, figures[1] - figures[0] + 0.5
    z = np.array([-4.0, -2.0, -0.5, 0.0, 1.0, 3.0])
    _, rate = rates_of(Coder((10**9, 10**9), figures)).at(z)
    lower = np.where(z < 0.0, stats.beta.cdf(rate, a, b), stats.beta.sf(rate, a, b))
    np.testing.assert_allclose(lower, stats.norm.cdf(-np.abs(z)), rtol=3e-3)


def test_the_gain_is_what_is_found_beyond_what_is_made_up():
    gain, made_up = rates_of(CODER).at(np.array([-1.0, 0.0, 2.0]))
    np.testing.assert_allclose(gain + made_up, 70.5 / 101, rtol=1e-12)


def test_a_rate_above_what_is_found_leaves_a_gain_all_the_same():
    gain, made_up = rates_of(Coder((55, 100), (40, 80))).at(np.array([3.0]))
    assert made_up[0] > 0.545
    assert gain[0] == LEAST_GAIN


def test_each_coder_has_a_z_of_its_own():
    cells = coded("harm") + coded("insults")
    other = Coder((9, 10), (3, 90))
    channels = {"harm": channel("harm"), "insults": channel("insults", coder=other)}
    _, _, hyper = set_up(cells, channels=channels)
    z = np.zeros((1, hyper.size))
    z[0, -1] = 1.0
    natural = hyper.natural(z[0])
    at_zero, at_one = rates_of(CODER).at(np.zeros(1)), rates_of(other).at(np.ones(1))
    np.testing.assert_allclose(natural.rates, np.ravel([*at_zero, *at_one]))
    assert hyper.size == len(hyper.names) + 2


def test_beyond_a_few_coders_share_one_z():
    names = [f"c{k}" for k in range(MOST_CODERS + 1)]
    cells = [cell for name in names for cell in coded(name)]
    _, _, few = set_up(cells[:-12], channels={n: channel(n) for n in names})
    _, _, many = set_up(cells, channels={n: channel(n) for n in names})
    assert few.size == len(few.names) + MOST_CODERS
    assert many.size == len(many.names) + 1
    z = np.zeros(many.size)
    z[-1] = 0.7
    np.testing.assert_allclose(
        many.natural(z).rates, np.ravel([rates_of(CODER).at(np.array([0.7]))] * len(names))
    )


def test_messages_and_what_says_how_much_was_coded_are_the_coders():
    channels = {"acts": channel("acts"), "share": channel("share", "proportion"), "harm": CHANNELS["harm"]}
    cells = [
        Cell(0, "acts", 1.0, 1.0, "partner"), Cell(1, "acts", 1.0, 1.0, "other", coded=80.0),
        Cell(2, "acts", 1.0, 1.0, "messages", coded=90.0), Cell(3, "share", 2.0, 9.0, "messages"),
        Cell(4, "share", 2.0, 9.0, "partner"), Cell(5, "harm", 2.0, 1.0, "messages", coded=70.0),
    ]  # fmt: skip
    record = build_record(cells, [], channels)
    assert record.coder.tolist() == [-1, 0, 0, 1, -1, -1]
    assert record.coded[[1, 2]].tolist() == [80.0, 90.0]
    assert record.coders == (CODER, CODER)


def test_a_coder_without_cells_is_no_coder():
    record = build_record(harm(range(6), 2), [], {"harm": replace(CHANNELS["harm"], coder=CODER)})
    assert record.coders == ()
    assert (record.coder == -1).all()


def level_of(cells, family, coder=CODER):
    record = build_record(cells, [], {"x": channel("x", family, coder)})
    return shared_effects(record).mean[0]


def test_a_level_from_the_record_is_of_what_is_there():
    """Twelve weeks of 20 counted: (240.5 - what is made up of 12 x 400) / gain / 12."""
    made_up = 12.5 / 2401
    there = (240.5 - 4800 * made_up) / (70.5 / 101 - made_up) / 12
    assert level_of(coded("x", value=20.0), "count") == pytest.approx(math.log(there))


def test_a_level_below_the_background_is_what_chance_would_leave():
    gain = 70.5 / 101 - 12.5 / 2401
    assert level_of(coded("x", value=1.0), "count") == pytest.approx(math.log(math.sqrt(12.5) / gain / 12))


def test_a_level_of_a_share_takes_off_what_is_made_up_and_stays_below_one():
    made_up = 12.5 / 2401
    there = (36.5 - 120 * made_up) / ((70.5 / 101 - made_up) * 120 + 1)
    found = level_of(coded("x", value=3.0, of=10.0, items=10.0), "proportion")
    assert found == pytest.approx(special.logit(there))
    assert level_of(coded("x", value=10.0, of=10.0, items=10.0), "proportion") == pytest.approx(
        special.logit(120.5 / 121)
    )
