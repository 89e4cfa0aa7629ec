"""Households of the power runs: their keeping, and whole weeks instead of days."""

import numpy as np
import pytest
import scenarios

from velveteen.journal.catalogue import is_harm
from velveteen.journal.entries import HARD_DAYS, Entry, current
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


def days(name, seed, world="circle"):
    entries = scenarios.household(name, world, "same", 26, seed)
    acts = {e.at.date() for e in current(entries) if e.kind == "act" and is_harm(e.payload)}
    told = (e for e in current(entries) if e.kind == "day" and e.payload.get("contact"))
    return {e.at.date(): (e.payload["day"] in HARD_DAYS, e.at.date() in acts) for e in told}


def test_days_are_named_after_their_harm():
    before, after = days("plain", 3), days("mislabelled_by_harm", 3)
    assert before.keys() == after.keys()
    assert {d: harm for d, (_, harm) in before.items()} == {d: harm for d, (_, harm) in after.items()}
    renamed = [after[d] for d in before if before[d][0] != after[d][0]]
    assert renamed
    assert all(hard == harm for hard, harm in renamed)
    for hard, harm in ((False, True), (True, False)):
        could = [d for d, seen in before.items() if seen == (hard, harm)]
        share = np.mean([after[d][0] != hard for d in could])
        assert abs(share - scenarios.NAMED_AFTER) < 4 * (0.25 / len(could)) ** 0.5 + 0.2 * harm


def test_more_acts_name_a_day_more_often():
    def named(acts):
        entry = Entry("1", "day", None, None, {"contact": True, "day": "calm"})
        draws = (np.arange(1000) + 0.5) / 1000
        return np.mean([scenarios._renamed(entry, acts, x).payload["day"] in HARD_DAYS for x in draws])

    assert [named(k) for k in (0, 1, 2)] == pytest.approx([0.0, 0.4, 0.64])


def test_messages_are_counted_beside_the_diary():
    cells = weekly_cells(scenarios.household("with_messages", "circle", "same", 8, 2))[0]
    assert {c.informant for c in cells} == {"partner", "messages"}
    assert not scenarios.SCENARIOS["with_messages"].possible_in("blind_world")


@pytest.mark.parametrize("name", scenarios.SCENARIOS)
def test_every_scenario_keeps_a_diary(name):
    account = scenarios.SCENARIOS[name].accounts[0]
    assert weekly_cells(scenarios.household(name, "circle", account, 4, 1))[0]
