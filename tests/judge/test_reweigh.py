"""What moves every trajectory of an account alike moves its evidence by as much; nothing moved, nothing moves."""

from __future__ import annotations

import numpy as np
import pytest
from tests.judge.records import LIMITS, mixed_cells, set_up

from velveteen.judge.accounts import ALL, spread
from velveteen.judge.effects import shared_effects
from velveteen.judge.evidence import account_evidence, find_base
from velveteen.judge.reweigh import Looked, Seen

RECORD, SHARED, HYPER = set_up(mixed_cells(16, 4), LIMITS)
BASE = find_base(RECORD, HYPER)


@pytest.fixture(scope="module", params=["lasting", "temporary", "same"])
def looked(request):
    return Looked(account_evidence(RECORD, ALL[request.param](RECORD, SHARED), HYPER, BASE))


def test_the_same_again_moves_nothing(looked):
    seen = looked.seen(RECORD, looked.account, BASE.expansion)
    assert looked.shift(seen, seen) == pytest.approx(0.0, abs=1e-12)


def test_what_moves_all_alike_moves_the_evidence_as_much(looked):
    seen = looked.seen(RECORD, looked.account, BASE.expansion)
    by_screen, missed = Seen(seen.screened + 1.5, seen.full + 1.5), Seen(seen.screened, seen.full - 0.5)
    assert looked.shift(seen, by_screen) == pytest.approx(1.5)
    assert looked.shift(seen, missed) == pytest.approx(-0.5)


@pytest.mark.parametrize("name", ["lasting", "worse", "surface"])
@pytest.mark.parametrize("factor", [0.5, 2.0])
def test_another_spread_of_changes_moves_the_evidence_as_weighing_anew_does(name, factor):
    account = ALL[name](RECORD, SHARED)
    evidence = account_evidence(RECORD, account, HYPER, BASE)
    anew = account_evidence(RECORD, spread(account, factor), HYPER, BASE)
    looked = Looked(evidence)
    old, new = (looked.seen(RECORD, a, BASE.expansion) for a in (account, spread(account, factor)))
    assert looked.shift(old, new) == pytest.approx(anew.log - evidence.log, abs=0.1)


def test_a_spread_leaves_the_shared_effects_the_walk_and_no_change_alone():
    for name in ("same", "none_of_these"):
        account = ALL[name](RECORD, SHARED)
        np.testing.assert_array_equal(spread(account, 2.0).effects.covariance, account.effects.covariance)
    account = ALL["lasting"](RECORD, shared_effects(RECORD))
    wide, first = spread(account, 2.0).effects.covariance, account.first_own
    np.testing.assert_allclose(wide[first:, first:], 4.0 * account.effects.covariance[first:, first:])
    np.testing.assert_array_equal(wide[:first, :first], account.effects.covariance[:first, :first])
