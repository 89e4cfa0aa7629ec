"""The cheap look at every trajectory: exact where all is Gaussian, and the same however many are held at once."""

from __future__ import annotations

import numpy as np
import pytest
from tests.judge.records import LIMITS, NAMES, mixed_cells, set_up
from tests.judge.test_closed_form import rating_cells

from velveteen.judge import screen
from velveteen.judge.accounts import ALL
from velveteen.judge.evaluate import Evaluator
from velveteen.judge.evidence import find_base


@pytest.mark.parametrize("name", [n for n in NAMES if n != "same"])
def test_ratings_alone_are_screened_exactly_up_to_a_constant(name):
    record, shared, hyper = set_up(rating_cells(1), LIMITS)
    base, account = find_base(record, hyper), ALL[name](record, shared)
    evaluator = Evaluator(record, account, hyper, base.layout, tolerance=(1e-13, 1e-13))
    screened, full = base.expansion.screen(account), []
    for shape in account.shapes:
        for onset in range(shape.onsets.size):
            evaluator.follow(shape, onset)
            full.append(evaluator(base.frame.centre))
    apart = np.concatenate(screened) - np.array(full)
    np.testing.assert_allclose(apart, apart[0], atol=1e-7)


def test_in_parts_it_is_the_same(monkeypatch):
    record, shared, hyper = set_up(mixed_cells(20, 4), LIMITS)
    base, account = find_base(record, hyper), ALL["temporary"](record, shared)
    whole = base.expansion.screen(account)
    monkeypatch.setattr(screen, "_ELEMENTS", 3_000)
    for a, b in zip(whole, base.expansion.screen(account), strict=True):
        np.testing.assert_allclose(a, b, atol=1e-9)


@pytest.mark.kernel
def test_elimination_solves_with_the_lower_factor():
    rng = np.random.default_rng(0)
    values, ratio = rng.normal(size=(7, 3)), rng.normal(size=7)
    lower = np.eye(7) + np.diag(ratio[1:], -1)
    expected = np.linalg.solve(lower, values)
    screen.eliminate(values, ratio)
    np.testing.assert_allclose(values, expected, atol=1e-12)


def test_negative_information_is_left_out_and_the_rest_kept():
    scores = np.array([[1.0, 2.0], [3.0, 4.0], [2.0, 1.0], [0.5, 2.0], [1.0, 1.0]])
    found = screen.without_negative_parts(scores)
    np.testing.assert_allclose(found[:, 0], scores[:, 0])
    np.testing.assert_allclose(found[2:, 1], [1.5, 1.5, 1.5])  # eigenvalues 3 and -1, the second left out
    np.testing.assert_array_equal(found[:2], scores[:2])
