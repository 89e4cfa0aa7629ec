"""The five plain tests: yes, no, unclear, untested; which cells each looks at; and what counts as a fifth better."""

from __future__ import annotations

import numpy as np
import pytest
from tests.judge.records import set_up

from velveteen.judge.draws import ChannelDraws, Part
from velveteen.judge.summary import effects, plain_tests, trajectories
from velveteen.measure.cells import Cell, TurningPoint
from velveteen.measure.channels import parse_channels, registry

WEEKS = 30
CHANNELS = registry() | parse_channels(
    '[calls]\nfamily = "count"\nbetter = "more"\n[pain]\nfamily = "rating"\nbetter = "less"\nrange = [0, 10]'
)


def path(name, before, now, share=1.0, tilt=0.0):
    """1,000 draws of a channel: from `before` to `now` on the linear predictor after ten weeks in a share of them."""
    base = np.full((1000, WEEKS), float(before))
    base[: round(share * 1000), 10:] = now
    bounds = CHANNELS[name].range or (0.0, 10.0)
    level = np.stack([np.zeros(1000), np.full(1000, tilt)])
    moves = np.stack([base.T, np.zeros_like(base.T)])
    part = Part(level, moves, np.eye(WEEKS)[:, :, None], np.array([1000]))
    return {name: ChannelDraws(CHANNELS[name], bounds, (part,))}


def cells(name="harm", weeks=range(WEEKS), **circumstances):
    of = 3.0 if CHANNELS[name].family == "proportion" else 1.0
    return [
        Cell(t, name, 1.0, of, **({"informant": "partner", "strain": 0.0} | circumstances)) for t in weeks
    ]


def asked(draws, record_cells, points=()):
    return plain_tests(draws, set_up(record_cells, points, CHANNELS)[0])


@pytest.mark.parametrize(
    ("share", "answer"),
    [(1.0, "yes"), (0.8, "yes"), (0.79, "unclear"), (0.21, "unclear"), (0.2, "no"), (0.0, "no")],
)
def test_the_thresholds(share, answer):
    result = asked(path("promises", 0.0, 2.0, share), cells("promises"))["deeds"]
    assert result.answer == answer
    assert result.probability == pytest.approx(share)
    assert result.observations == WEEKS


@pytest.mark.parametrize(("count", "answer"), [(0, "untested"), (4, "untested"), (5, "yes")])
def test_fewer_than_five_observations_are_untested(count, answer):
    record = [*cells(weeks=range(WEEKS)), *cells("promises", weeks=range(20, 20 + count))]
    kept = path("promises", 0.0, 2.0) if count else {}
    result = asked(kept | path("harm", 1.0, 1.0), record)["deeds"]
    assert (result.answer, result.observations) == (answer, count)
    assert (result.probability is None) is (answer == "untested")


@pytest.mark.parametrize(
    ("name", "before", "now", "better"),
    [
        ("harm", 0.0, np.log(0.79), True),
        ("harm", 0.0, np.log(0.81), False),
        ("calls", 0.0, np.log(1.26), True),
        ("calls", 0.0, np.log(1.24), False),
        ("regard", 5.0, 6.01, True),  # a fifth of the way from 5 to 10
        ("regard", 5.0, 5.99, False),
        ("regard", 10.0, 10.0, False),  # nothing is better than the best
        ("regard", 12.0, 14.0, False),
        ("pain", -1.0, -1.0, False),
        ("pain", 5.0, 3.99, True),  # a fifth of the way from 5 to 0
        ("pain", 5.0, 4.01, False),
        ("pain", 5.0, 7.0, False),
    ],
)
def test_what_is_a_fifth_better(name, before, now, better):
    draws, record = path(name, before, now), cells(name, strain=1.0)
    assert asked(draws, record)["hard_days"].probability == float(better)


@pytest.mark.parametrize(("now", "better"), [(0.6, True), (0.59, False)])
def test_a_fifth_better_for_a_share(now, better):
    """From one half, a fifth of the way to one is .6."""
    draws = path("owning", 0.0, np.log(now / (1 - now)) + 1e-9)
    assert asked(draws, cells("owning"))["owning"].probability == float(better)


def observations(record, points=(), name="harm"):
    return {k: r.observations for k, r in asked(path(name, 1.0, 0.0), record, points).items()}


def test_hard_days_are_those_with_strain_of_a_half_or_more():
    record = [*cells(strain=0.49), *cells(weeks=range(7), strain=0.5), *cells(weeks=range(6), strain=None)]
    assert observations(record)["hard_days"] == 7


def test_without_an_audience_is_what_was_marked_alone():
    record = [*cells(audience="family"), *cells(weeks=range(8), audience="alone"), *cells()]
    assert observations(record)["audience"] == 8


@pytest.mark.parametrize("kind", ["loss_threatened", "left", "returned"])
def test_after_the_threat_is_more_than_ten_weeks_after_the_last_one(kind):
    points = [TurningPoint(2, "left"), TurningPoint(12, kind), TurningPoint(25, "therapy_began")]
    assert observations(cells(), points)["after_threat"] == WEEKS - 23


def test_without_a_threat_there_is_no_time_after_it():
    result = asked(path("harm", 1.0, 0.0), cells(), [TurningPoint(3, "medication")])["after_threat"]
    assert (result.answer, result.observations) == ("untested", 0)


def test_without_harm_the_first_outward_channel_is_asked():
    assert observations(cells("regard", strain=1.0), name="regard")["hard_days"] == WEEKS
    assert observations(cells("equals", strain=1.0), name="equals")["hard_days"] == 0  # inward


def test_a_self_report_answers_nothing():
    record = [*cells("promises", informant="self"), *cells()]
    assert asked(path("promises", 0.0, 2.0) | path("harm", 1.0, 1.0), record)["deeds"].observations == 0


def test_hard_days_are_held_against_hard_days():
    """A channel that is much worse on hard days, and no better on them, is not made better by a calm beginning."""
    hard = cells(weeks=range(12, WEEKS), strain=1.0)
    unmoved = path("harm", 0.0, 0.0, tilt=1.0)
    assert asked(unmoved, [*cells(weeks=range(12)), *hard])["hard_days"].answer == "no"


def test_the_effect_is_first_four_weeks_against_last_four():
    draws = path("harm", np.log(5.0), np.log(2.0))
    effect = effects(draws)["harm"]
    assert (effect.before, effect.now, effect.low, effect.high) == pytest.approx((5.0, 2.0, 2.0, 2.0))
    assert effect.unit == CHANNELS["harm"].unit


def test_the_interval_is_the_middle_ninety_percent():
    draws = path("regard", 5.0, 8.0, share=0.5)
    effect = effects(draws)["regard"]
    assert (effect.low, effect.high) == pytest.approx((5.0, 8.0))


def test_a_trajectory_of_one_value_a_week():
    record, _, _ = set_up(cells())
    told = trajectories(path("harm", np.log(5.0), np.log(2.0)), record)["harm"]
    assert told.weeks == tuple(range(WEEKS))
    assert told.median == pytest.approx([5.0] * 10 + [2.0] * 20)


def test_a_rating_stays_within_its_range():
    told = trajectories(path("regard", 5.0, 14.0), set_up(cells("regard"))[0])["regard"]
    assert max(told.high90) == 10.0
