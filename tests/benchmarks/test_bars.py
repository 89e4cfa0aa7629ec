"""The bars: each names something that is measured, and is met, missed or not told by too few households."""

import bars
import pytest
from scenarios import SCENARIOS
from shares import table
from tests.benchmarks.test_shares import FIVE, row

POWER = bars.thresholds()["power"]


@pytest.mark.parametrize("bar", POWER, ids=lambda b: b["name"])
def test_each_bar_names_what_is_measured(bar):
    assert bar["scenario"] in SCENARIOS
    assert ("at_least" in bar) != ("at_most" in bar)
    known = {*bars.SHARES, *table([row("same")], FIVE)["Velveteen"], "least recall"}
    assert bar["measure"] in known


@pytest.mark.parametrize(
    ("bar", "value", "households", "says"),
    [
        ({"at_least": 0.5}, 0.5, 50, "met"),
        ({"at_least": 0.5}, 0.49, 50, "missed"),
        ({"at_most": 0.01}, 0.011, 50, "missed"),
        ({"at_most": 0.01, "households": 1000}, 0.0, 999, "too few households (999 of 1000)"),
        ({"at_least": 0.5}, 1.0, 49, "too few households (49 of 50)"),
        ({"at_most": 0.01}, None, 0, "not measured"),
    ],
)
def test_a_bar_is_met_missed_or_left_open(bar, value, households, says):
    assert bars.verdict_on(bar, value, households) == says


def test_a_bar_looks_at_its_own_setting_alone():
    rows = [row("same", weeks=32, same=5.0), row("same", weeks=16, worse=5.0)]
    right = {b["weeks"]: b for b in POWER if b["measure"] == "right"}
    assert bars.measured(right[32], rows)[:2] == (1.0, 1)
    assert bars.measured(right[16], rows)[:2] == (0.0, 1)
    assert bars.measured(right[64], rows)[:2] == (None, 0)


def test_the_least_recall_is_that_of_the_account_found_least():
    rows = [row("same", weeks=32, same=5.0), row("worse", weeks=32, same=5.0)]
    bar = next(b for b in POWER if b["measure"] == "least recall")
    assert bars.measured(bar, rows)[:2] == (0.0, 1)


def test_improvement_is_said_by_the_sum_of_its_accounts():
    rows = [row("same", temporary=6.0, lasting=6.0), row("same", worse=6.0)]
    assert bars.improvement(rows, equal=True)["share"] == 0.5
