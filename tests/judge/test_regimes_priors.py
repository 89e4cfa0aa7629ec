"""The prior of a path with one more change: for every week at once what `path_log_prior` says of each path."""

from __future__ import annotations

import math

import numpy as np
import pytest

from velveteen.judge.regimes import (
    KINDS,
    SPANS,
    Regime,
    arranged,
    path_log_prior,
    start_of,
    survival,
    well_spaced,
)
from velveteen.judge.regimes_priors import each_log_prior

WEEKS = 120
PATHS = [
    (),
    (Regime(40, "level", 6),),
    (Regime(30, "pulse", 8), Regime(70, "worse", 1)),
    (Regime(20, "level", 1, until=60, fade=16), Regime(80, "outward", 40)),
    (Regime(20, "level", 1), Regime(50, "worse", 6, until=90, fade=1)),
]


def one_by_one(path):
    """Log prior of one path, and that nothing came after it."""
    if not well_spaced(path, WEEKS):
        return -math.inf
    return path_log_prior(path) + math.log(survival(WEEKS - start_of(path)))


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("kind", KINDS)
def test_one_more_regime(path, kind):
    span, weight = list(SPANS[kind].items())[1]
    onsets = np.arange(1, WEEKS)
    expected = [one_by_one(arranged((*path, Regime(o, kind, span)))) for o in onsets.tolist()]
    found = each_log_prior(path, onsets, WEEKS, lasts=kind != "pulse")
    np.testing.assert_allclose(found + math.log(weight), expected, atol=1e-12)


@pytest.mark.parametrize("path", PATHS)
def test_one_more_regime_that_returns(path):
    ends = np.arange(13, WEEKS)
    expected = [
        one_by_one(arranged((*path, Regime(12, "level", 16, until=e, fade=6)))) for e in ends.tolist()
    ]
    found = each_log_prior(path, 12, WEEKS, ends=ends)
    spans = math.log(SPANS["level"][16]) + math.log(SPANS["level"][6])
    np.testing.assert_allclose(found + spans, expected, atol=1e-12)
    assert np.isfinite(found).any()
