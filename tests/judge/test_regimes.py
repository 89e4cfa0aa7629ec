"""What a path of regimes is: profiles, order, what came before, how likely it is beforehand, and its columns."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from tests.judge.records import harm, mixed_cells, set_up

from velveteen.judge import regimes
from velveteen.judge.hyper import with_short_ebb
from velveteen.judge.record import LONG
from velveteen.judge.regimes import (
    KINDS,
    SPANS,
    Regime,
    arranged,
    changes,
    earlier,
    log_gap,
    path_log_prior,
    standing,
    start_of,
    survival,
    well_spaced,
    with_regimes,
)

BETTER = Regime(20, "level", 6)
ENDED = Regime(20, "level", 6, until=60, fade=6)
AGAIN = Regime(90, "outward", 1)


def test_a_level_rises_along_its_ramp_and_stays():
    profile = BETTER.profile(40)
    np.testing.assert_allclose(profile[18:27], [0, 0, 1 / 6, 2 / 6, 3 / 6, 4 / 6, 5 / 6, 1, 1])
    assert profile[-1] == 1


def test_a_return_takes_it_back_along_its_own_ramp():
    profile = ENDED.profile(80)
    np.testing.assert_array_equal(profile[:60], BETTER.profile(60))
    np.testing.assert_allclose(profile[59:67], [1, 5 / 6, 4 / 6, 3 / 6, 2 / 6, 1 / 6, 0, 0])


def test_a_pulse_halves_every_half_life():
    profile = Regime(10, "pulse", 4).profile(30)
    np.testing.assert_allclose(profile[[9, 10, 14, 18, 22]], [0, 1, 0.5, 0.25, 0.125])


def test_the_path_before_the_present_lacks_the_last_change():
    assert earlier((BETTER, AGAIN)) == (BETTER,)
    assert earlier((BETTER,)) == ()


def test_a_return_that_is_the_last_change_is_the_present_one():
    assert earlier((ENDED,)) == (BETTER,)
    assert earlier((ENDED, AGAIN)) == (ENDED,)


def test_changes_are_onsets_and_ends_in_order():
    assert changes((AGAIN, ENDED)) == [20, 60, 90]
    assert start_of((ENDED, AGAIN)) == 90
    assert start_of(()) == 0


def test_the_order_of_a_path_is_fixed():
    rows = [ENDED, BETTER, AGAIN, Regime(20, "worse", 1)]
    for order in itertools.permutations(rows):
        assert arranged(order) == arranged(rows)


def test_the_time_between_changes_is_a_density_with_a_heavy_tail():
    gaps = np.arange(0.5, 4000)
    mass = np.cumsum(np.exp([log_gap(d) for d in gaps]))
    np.testing.assert_allclose(mass, [1 - survival(d + 0.5) for d in gaps], atol=2e-5)
    assert survival(regimes.TYPICAL) == 0.5
    assert survival(10 * regimes.TYPICAL) > 0.05  # an exponential law with that median would leave .001


def test_a_paths_prior_is_that_of_its_gaps_kinds_and_spans():
    step = math.log(SPANS["level"][6] / len(KINDS))
    assert path_log_prior((BETTER,)) == pytest.approx(log_gap(20) + step)
    returned = math.log(regimes.RETURNS * SPANS["level"][6])
    assert path_log_prior((ENDED,)) == pytest.approx(log_gap(20) + step + log_gap(40) + returned)
    assert path_log_prior(()) == 0


def test_something_else_than_a_return_is_a_share_of_what_can_follow():
    pulse = Regime(50, "pulse", 8)
    own = math.log(SPANS["pulse"][8] / len(KINDS))
    after_level = path_log_prior((BETTER, pulse)) - path_log_prior((BETTER,)) - log_gap(30)
    assert after_level == pytest.approx(own + math.log(1 - regimes.RETURNS))
    after_pulse = path_log_prior((Regime(20, "pulse", 8), pulse)) - log_gap(20) - log_gap(30)
    assert after_pulse == pytest.approx(2 * own)  # nothing to return to
    closed = path_log_prior((ENDED, AGAIN)) - path_log_prior((ENDED,)) - log_gap(30)
    assert closed == pytest.approx(math.log(SPANS["outward"][1] / len(KINDS)))


@pytest.mark.parametrize(
    ("path", "weeks", "spaced"),
    [
        ((), 6, False), ((), 20, True), ((BETTER,), 28, True), ((BETTER,), 27, False), ((ENDED, AGAIN), 120, True),
        ((Regime(7, "worse", 1),), 60, False), ((BETTER, Regime(27, "worse", 1)), 60, False),
    ],
)  # fmt: skip
def test_no_regime_is_shorter_than_two_months(path, weeks, spaced):
    assert well_spaced(path, weeks) is spaced


def predictors(effects, b, strain):
    safe = np.where(effects.column >= 0, effects.column, 0)
    value = (effects.v0 + strain[:, None] * effects.v1) * (effects.column >= 0)
    return (value * b[safe]).sum(axis=1)


@pytest.mark.parametrize("kind", KINDS)
def test_a_regime_moves_what_the_account_of_its_shape_moves(kind):
    record, shared, _ = set_up(mixed_cells(40, 1))
    path = (Regime(20, kind, 4 if kind == "pulse" else 6),)
    effects = with_regimes(record, shared, path)
    rng = np.random.default_rng(0)
    b = rng.normal(size=effects.size)
    strain = rng.random(len(record.cells))
    moved = predictors(effects, b, strain) - predictors(shared, b[: shared.size], strain)
    outward = np.array([c.side == "outward" for c in record.channels])
    sizes = np.zeros(len(record.channels))
    sizes[outward if kind == "outward" else slice(None)] = b[shared.size :]
    days = np.where(kind == "outward", 1 - strain, 1.0)
    direction = -1.0 if kind == "worse" else 1.0
    scaled = record.sign * record.scale * sizes[record.channel] * days
    np.testing.assert_allclose(moved, direction * scaled * path[0].profile(40)[record.week], atol=1e-12)


def test_every_cell_has_every_shared_column():
    """The screen needs it: a cell with a column of the account's own has every column before it."""
    record, shared, _ = set_up(mixed_cells(40, 1))
    effects = with_regimes(record, shared, (Regime(20, "outward", 1), AGAIN))
    assert (effects.column >= 0).all()
    assert (np.diff(effects.column, axis=1) > 0).all()
    assert effects.size == effects.covariance.shape[0] == shared.size + 4  # two outward channels


def test_without_regimes_the_shared_effects_are_as_they_were():
    record, shared, _ = set_up(harm(range(12), 2.0))
    same = with_regimes(record, shared, ())
    for name in ("column", "v0", "v1", "mean", "covariance"):
        np.testing.assert_array_equal(getattr(same, name), getattr(shared, name))
    assert standing(record, ()) == ()


def test_the_ebb_is_as_shipped_up_to_two_years():
    hyper = set_up(mixed_cells(40, 1))[2]
    for weeks in (6, 52, LONG):
        same = with_short_ebb(hyper, weeks)
        np.testing.assert_array_equal(same.centre, hyper.centre)
        np.testing.assert_array_equal(same.sd, hyper.sd)


def test_beyond_two_years_an_ebb_of_months_is_ever_less_likely():
    hyper = set_up(mixed_cells(40, 1))[2]
    place = hyper.names.index("ebb_weeks")
    months = math.log(13.0)
    far = []
    for weeks in (104, 105, 208, 416, 1040):
        long = with_short_ebb(hyper, weeks)
        far.append((months - long.centre[place]) / long.sd[place])
        others = np.arange(hyper.size) != place
        np.testing.assert_array_equal(long.sd[others], hyper.sd[others])
        np.testing.assert_array_equal(long.centre[others], hyper.centre[others])
    assert far == sorted(far)
    assert far[1] - far[0] < 0.05  # no jump where a record grows past two years
