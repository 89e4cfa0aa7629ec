"""Households of the power runs: their keeping, and whole weeks instead of days."""

import numpy as np
import pytest
import scenarios

from velveteen.measure.weekly import weekly_cells


def sums(cells, channel):
    found = {}
    for cell in cells:
        if cell.channel == channel:
            value, of = found.get(cell.week, (0.0, 0.0))
            amount = cell.value * cell.of if channel == "regard" else cell.value
            found[cell.week] = value + amount, of + cell.of
    return found


def test_a_whole_week_holds_what_its_days_held():
    days = scenarios.household("plain", "circle", "same", 8, 4)
    weeks = scenarios.household("weekly", "circle", "same", 8, 4)
    before, after = weekly_cells(days)[0], weekly_cells(weeks)[0]
    harm, daily = sums(after, "harm"), sums(before, "harm")
    assert list(harm) == list(daily)
    assert np.array(list(harm.values())) == pytest.approx(np.array(list(daily.values())))
    rated = sums(before, "regard")
    assert {w: v for w, (v, _) in sums(after, "regard").items()} == {
        w: round(v / n) for w, (v, n) in rated.items()
    }
    assert {c.channel for c in after} == {"harm", "regard", "equals", "free_to_say_no", "empathy"}


def test_half_lives_are_long_and_drawn_by_seed():
    ends = scenarios.SCENARIOS["half_lives"].person["pulse_weeks"]
    assert ends == (26, 60)
    one, other = (scenarios.household("half_lives", "circle", "temporary", 8, seed) for seed in (1, 1))
    assert [e.payload for e in one] == [e.payload for e in other]


def test_a_thin_diary_is_thin():
    full, thin = (scenarios.household(name, "circle", "same", 26, 2) for name in ("plain", "thin"))
    assert sum(e.kind == "day" for e in thin) < 0.5 * sum(e.kind == "day" for e in full)


def test_a_world_without_knobs_is_not_asked_for_any():
    with pytest.raises(ValueError, match="has not what"):
        scenarios.household("drift", "other_world", "same", 8, 1)
    assert scenarios.household("weekly", "other_world", "same", 8, 1)


def test_a_world_with_knobs_gets_its_own():
    asked = scenarios.SCENARIOS["half_lives"]
    assert asked.possible_in("blind_world")
    seen = [scenarios.drawn(asked.knobs, seed)["half_life"] for seed in range(50)]
    assert 26 <= min(seen) < 30
    assert 56 < max(seen) <= 60
    assert scenarios.drawn({"days_written": 0.3}, 1) == {"days_written": 0.3}


@pytest.mark.parametrize("name", scenarios.SCENARIOS)
def test_every_scenario_keeps_a_diary(name):
    account = scenarios.SCENARIOS[name].accounts[0]
    assert weekly_cells(scenarios.household(name, "circle", account, 4, 1))[0]
