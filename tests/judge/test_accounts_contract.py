"""What every account keeps, whatever it says."""

from __future__ import annotations

import numpy as np
import pytest
from tests.judge.records import CHANNELS, LIMITS, NAMES, mixed_cells, set_up, weighed

from velveteen.judge.accounts import ALL, told_apart
from velveteen.judge.evidence import account_evidence
from velveteen.judge.record import build_record
from velveteen.measure.cells import Cell, TurningPoint

POINTS = [*LIMITS, TurningPoint(3, "loss_threatened"), TurningPoint(8, "therapy_began")]
RECORDS = {
    "all": mixed_cells(10, 1, informants=("partner", "therapist", "messages"), missing=0.2),
    "outward": [c for c in mixed_cells(10, 2) if c.channel == "harm"],
    "inward": [c for c in mixed_cells(10, 3) if c.channel == "equals"],
}


def evidence_of(name, cells):
    record, shared, hyper = set_up(cells, POINTS)
    return account_evidence(record, ALL[name](record, shared), hyper)


@pytest.mark.parametrize("kind", RECORDS)
@pytest.mark.parametrize("name", NAMES)
def test_an_account_is_well_made(name, kind):
    record, shared, _ = set_up(RECORDS[kind], POINTS)
    account = ALL[name](record, shared)
    cells, width = account.effects.column.shape
    assert account.name == name
    assert account.effects.v0.shape == account.effects.v1.shape == (cells, width)
    assert len(account.slots) == width - account.shared
    assert account.effects.column.max() < account.effects.size
    assert (np.linalg.eigvalsh(account.effects.covariance) > 0).all()
    # The kernel counts on columns that rise along each row.
    for row in account.effects.column:
        assert (np.diff(row[row >= 0]) > 0).all()
    # In every account, the shared effects are the same ones.
    np.testing.assert_array_equal(account.effects.mean[: shared.size], shared.mean)
    prior = sum(np.exp(s.log_prior) * np.exp(s.onset_log_prior).sum() for s in account.shapes)
    assert prior == pytest.approx(1.0)


@pytest.mark.parametrize("kind", RECORDS)
@pytest.mark.parametrize("name", NAMES)
def test_evidence_is_finite_repeatable_and_the_sum_of_its_parts(name, kind):
    first = evidence_of(name, RECORDS[kind])
    shuffled = list(RECORDS[kind])
    np.random.default_rng(0).shuffle(shuffled)
    again = evidence_of(name, shuffled)
    assert np.isfinite([first.log, first.coarse]).all()
    assert again.log == pytest.approx(first.log, abs=1e-6)
    weights = [c.log_weight for c in first.components]
    assert np.logaddexp.reduce(weights) == pytest.approx(first.log, abs=1e-9)
    assert weights == sorted(weights, reverse=True)


@pytest.mark.parametrize("name", NAMES)
def test_a_shift_of_all_weeks_changes_nothing(name):
    later = [
        Cell(c.week + 700, c.channel, c.value, c.of, c.informant, c.strain, c.audience)
        for c in RECORDS["all"]
    ]
    record, shared, hyper = set_up(later, [TurningPoint(p.week + 700, p.kind, p.share) for p in POINTS])
    moved = account_evidence(record, ALL[name](record, shared), hyper)
    assert moved.log == pytest.approx(evidence_of(name, RECORDS["all"]).log, abs=1e-9)


CALM = [Cell(t, "harm", float(t % 3), 1.0, "partner", 0.0) for t in range(8)]


def with_marks(*shares):
    return [TurningPoint(t, "boundary_held", share) for t, share in enumerate(shares)]


@pytest.mark.parametrize(
    ("marks", "assessable"),
    [
        ([], False),
        (with_marks(*[1.0] * 8), False),
        (with_marks(*[0.0] * 3), False),
        ([TurningPoint(-4, "boundary_held")], False),
        (with_marks(1.0), True),
        (with_marks(*[0.5] * 7), True),
    ],
)
def test_conditional_needs_a_limit_that_varies(marks, assessable):
    """An unmarked week counts 0, so one mark is enough; a mark in every week alike is not."""
    evidence = weighed(CALM, marks).log_evidence()
    assert (evidence["conditional"] is not None) is assessable
    assert all(evidence[name] is not None for name in NAMES if name != "conditional")


def cell(channel="harm", informant="partner", strain=0.0, of=1.0):
    return Cell(4, channel, 1.0, of, informant, strain, "public")


@pytest.mark.parametrize(
    ("extra", "apart"),
    [
        ([], False),
        ([cell(strain=None)], False),
        ([cell(strain=1.0)], True),
        ([cell(strain=0.4)], True),
        ([cell("empathy")], True),
        ([cell("empathy", informant="self")], False),
        ([cell(strain=1.0, informant="self")], False),
    ],
)
def test_surface_and_lasting_part_only_on_a_hard_day_or_inwardly(extra, apart):
    evidence = weighed([*CALM, *extra]).log_evidence()
    assert (evidence["surface"] != evidence["lasting"]) is apart
    assert told_apart(build_record([*CALM, *extra], [], CHANNELS)) is apart
