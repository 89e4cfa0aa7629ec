"""Where a search starts must not show in what it finds: evaluations in any order, at any place, are those taken alone."""

from __future__ import annotations

import numpy as np
import pytest
from tests.judge.records import set_up
from tests.judge.test_evidence import harm_that_falls

from velveteen.judge.accounts import ALL
from velveteen.judge.evaluate import Evaluator

NATS = 0.05  # a search that ends at a decrement of LOOSE is off by a tenth of that, typically


@pytest.fixture(scope="module")
def setting():
    record, shared, hyper = set_up(*harm_that_falls(8, 2, 1.0))
    return record, ALL["temporary"](record, shared), hyper


def alone(setting, z, shape, onset):
    """The log evidence along one trajectory by an evaluator that has seen nothing else."""
    evaluator = Evaluator(*setting)
    evaluator.follow(shape, onset)
    return evaluator.along(z[None], (1e-10, 1e-10))[0]


def axes(size):
    """A rule's points about 0: the centre, and a step up and down each axis."""
    return np.vstack([np.zeros((1, size)), np.eye(size), -np.eye(size)])


@pytest.mark.kernel
@pytest.mark.parametrize("known_bend", [False, True])
def test_a_start_does_not_show(setting, known_bend):
    """Onsets far apart, then those between them, then all again at another place."""
    _, account, hyper = setting
    evaluator = Evaluator(*setting)
    if known_bend:
        evaluator.follow(account.shapes[2], 24)
        evaluator.along(axes(hyper.size))
    shapes = (account.shapes[2], account.shapes[4])
    ends = [(shape, onset) for shape in shapes for onset in (0, 16, 32)]
    between = [(shape, onset) for shape in shapes for onset in (24, 27)]
    here, there = np.zeros(hyper.size), np.full(hyper.size, 0.4)
    for z, pairs in ((here, ends), (here, between), (there, [*ends, *between, (shapes[0], 7)])):
        found = evaluator.across(z, pairs)
        expected = [alone(setting, z, shape, onset) for shape, onset in pairs]
        np.testing.assert_allclose(found, expected, atol=NATS)


def test_a_trajectory_seen_before_is_followed_from_its_own_mode(setting):
    _, account, hyper = setting
    evaluator, z = Evaluator(*setting), np.full(hyper.size, 0.2)
    pairs = [(account.shapes[0], 10), (account.shapes[0], 30)]
    evaluator.across(z, pairs)
    evaluator.follow(*pairs[1])
    before = evaluator.evaluations
    assert evaluator(z) == pytest.approx(alone(setting, z, *pairs[1]), abs=1e-4)
    assert evaluator.evaluations == before + 1


def test_roughly_is_near(setting):
    _, account, hyper = setting
    evaluator = Evaluator(*setting)
    evaluator.follow(account.shapes[2], 28)
    corners = np.vstack([np.zeros((1, hyper.size)), axes(hyper.size)[1:] * 0.5])
    evaluator.along(axes(hyper.size))
    expected = [alone(setting, z, account.shapes[2], 28) for z in corners]
    np.testing.assert_allclose(evaluator.roughly(corners), expected, atol=NATS)
