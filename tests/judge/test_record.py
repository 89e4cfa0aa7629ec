"""A record as arrays: canonical order, levels, scales, strain nodes, turning points from the first week on."""

from __future__ import annotations

import numpy as np
import pytest
from tests.judge.records import CHANNELS

from velveteen.judge.record import build_record, channel_scale, felt_limit, rating_range
from velveteen.measure.cells import Cell, TurningPoint
from velveteen.measure.channels import parse_channels

CUSTOM = parse_channels(
    '[acts]\nfamily = "count"\nbetter = "less"\n[free]\nfamily = "rating"\nbetter = "more"\n'
    '[bound]\nfamily = "rating"\nbetter = "more"\nrange = [1, 7]\n[set]\nfamily = "count"\nbetter = "less"\nscale = 0.4'
)


def build(cells, points=()):
    return build_record(cells, list(points), CHANNELS | CUSTOM)


def test_weeks_count_from_the_first_and_a_week_without_exposure_only_stretches_them():
    record = build([Cell(105, "harm", 2.0), Cell(103, "harm", 1.0), Cell(110, "harm", 0.0, 0.0)])
    assert (record.first, record.weeks) == (103, 8)
    np.testing.assert_array_equal(record.week, [0, 2])
    np.testing.assert_array_equal(record.y, [1.0, 2.0])


def test_each_channel_informant_and_audience_has_its_level():
    cells = [
        Cell(0, "harm", 1.0, informant="partner"), Cell(1, "harm", 1.0, informant="partner", strain=1.0),
        Cell(0, "harm", 1.0, informant="therapist"), Cell(0, "harm", 1.0, informant="partner", audience="alone"),
        Cell(0, "equals", 5.0, informant="partner"),
    ]  # fmt: skip
    record = build(cells)
    assert len(record.levels) == 4
    for cell, level in zip(record.cells, record.level, strict=True):
        assert record.levels[level] == (cell.channel, cell.informant, cell.audience)
    assert record.informants == ("partner", "therapist")


def test_the_sign_is_towards_better_and_the_scale_the_channels_own():
    record = build([Cell(0, "harm", 1.0), Cell(0, "equals", 5.0)])
    by_name = {c.channel: (s, k) for c, s, k in zip(record.cells, record.sign, record.scale, strict=True)}
    assert by_name["harm"] == (-1.0, CHANNELS["harm"].scale)
    assert by_name["equals"] == (1.0, CHANNELS["equals"].scale)


@pytest.mark.parametrize(
    ("strain", "nodes"),
    [(0.0, {0.0}), (1.0, {1.0}), (0.4, {0.4}), (None, set())],
    ids=["calm", "hard", "mixed", "untold"],
)
def test_strain_is_a_mixture_about_what_was_written(strain, nodes):
    record = build([Cell(0, "harm", 1.0, strain=strain)])
    weight = np.exp(record.log_weight[0])
    assert weight.sum() == pytest.approx(1.0)
    present = record.node[0][weight > 0]
    assert ((present >= 0) & (present <= 1)).all()
    assert nodes <= set(present)
    if nodes:
        assert weight[record.node[0] == nodes.pop()].max() >= 0.5


def test_calm_and_hard_are_mistaken_alike():
    calm, hard = (build([Cell(0, "harm", 1.0, strain=x)]) for x in (0.0, 1.0))
    here = np.exp(calm.log_weight[0]) > 0
    np.testing.assert_allclose(calm.node[0][here], 1 - hard.node[0][here])
    np.testing.assert_allclose(calm.log_weight[0][here], hard.log_weight[0][here])


def test_turning_points_count_from_the_first_week():
    points = [
        TurningPoint(98, "loss_threatened"), TurningPoint(104, "returned"), TurningPoint(103, "left"),
        TurningPoint(106, "therapy_began"), TurningPoint(102, "boundary_held", 0.5), TurningPoint(90, "boundary_held"),
    ]  # fmt: skip
    record = build([Cell(100, "harm", 1.0), Cell(107, "harm", 1.0)], points)
    assert record.loss == (-2, 3)
    assert record.anchors == (-2, 3, 4, 6)
    assert record.last_threat == 4
    np.testing.assert_array_equal(record.limit[0], [0, 0, 0.5, 0, 0, 0, 0, 0])


def test_a_limit_lingers_and_a_week_without_a_mark_is_one_without_it():
    felt = felt_limit(np.array([0.0, 1, 0, 0, 1, 0]), [1, 4])
    np.testing.assert_allclose(felt, [0, 0.5, 0.25, 0.125, 0.5625, 0.28125])


def test_where_slips_are_marked_a_gap_between_marks_is_bridged():
    felt = felt_limit(np.array([0.0, 1, 0, 1, 0, 0, 0]), [1, 3, 5])
    np.testing.assert_allclose(felt, [0, 0.5, 0.75, 0.875, 0.6875, 0.34375, 0.171875])


def test_without_marks_no_limit_is_felt():
    assert not felt_limit(np.zeros(5), []).any()


def test_without_turning_points_there_is_no_threat():
    record = build([Cell(0, "harm", 1.0)])
    assert record.last_threat is None
    assert record.anchors == record.loss == ()


def test_a_scale_is_the_registrys_or_an_ordinary_one():
    assert channel_scale(CUSTOM["set"], [1.0]) == 0.4
    assert channel_scale(CUSTOM["acts"], [1.0]) > 0
    assert channel_scale(CUSTOM["bound"], [2.0]) == pytest.approx(channel_scale(CUSTOM["free"], [1.0, 7.0]))


@pytest.mark.parametrize(
    ("values", "expected"), [([2.0, 9.0], (2.0, 9.0)), ([3.0, 3.0], (2.5, 3.5)), ([1.0, 1.5], (0.5, 2.0))]
)
def test_a_range_is_the_stated_one_or_the_records_own(values, expected):
    assert rating_range(CUSTOM["free"], values) == expected
    assert rating_range(CUSTOM["bound"], values) == (1.0, 7.0)
