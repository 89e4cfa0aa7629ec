"""The kept world: one seed gives one diary, every diary can be read, each account is what it says, each knob does its part.

What is expected of an account is its definition, with room for chance; the world's own figures are not repeated here.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from velveteen.journal.entries import TURNING_POINTS
from velveteen.journal.payloads import misfit
from velveteen.measure.weekly import weekly_cells
from velveteen.problems import BadInput

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

from kept_world import ACCOUNTS, simulate
from kept_world.simulate import live_one
from kept_world_table import COLUMNS, after_turning, level, ratios, thirds

HOUSEHOLDS = range(40)
WEEKS = 104
CALM, HARD, TREATED, TREATED_HARD, PROMISES, OWNED, HEARD, EQUALS, FREE = range(len(COLUMNS))
KNOBS = {
    "days_written": 0.4, "diligence_decay": 0.8, "bad_weeks_unwritten": 0.8, "good_weeks_unwritten": 0.8,
    "weekly_recall": True, "strain_mislabel": 0.3, "yardstick_drift": 3.0, "half_life": 6.0,
}  # fmt: skip


@pytest.fixture(scope="module")
def by_thirds():
    """account -> each household's columns in the first and in the last third, shape (households, columns, 2)."""
    accounts = ("same", "worse", "surface", "lasting")
    return {a: np.array([thirds(a, WEEKS, seed) for seed in HOUSEHOLDS]) for a in accounts}


def first_and_last(found):
    """The mean over households of each column in the first and in the last third."""
    return np.nanmean(found, axis=0).T


def standard_rises(found, columns):
    """Mean rise of each of these columns over its standard error, households as the sample."""
    rises = found[:, columns, 1] - found[:, columns, 0]
    known = np.sum(~np.isnan(rises), axis=0)
    return np.nanmean(rises, axis=0) / (np.nanstd(rises, axis=0, ddof=1) / np.sqrt(known))


def of_kind(entries, kind):
    return [e for e in entries if e.kind == kind]


def treated(entries):
    return np.array([e.payload["treated"] for e in of_kind(entries, "day") if "treated" in e.payload])


def truth(account, what):
    """The median household's ratio of harm, by what really happened."""
    found = [ratios(account, live_one(account, WEEKS, seed)).get(what, np.nan) for seed in HOUSEHOLDS]
    return np.nanmedian(found)


@pytest.mark.parametrize("account", ACCOUNTS)
def test_one_seed_gives_one_diary(account):
    once = simulate(account, 30, 7)
    assert once == simulate(account, 30, 7)
    assert once != simulate(account, 30, 8)
    assert len({e.id for e in once}) == len(once)


def test_how_it_is_kept_does_not_touch_what_happens():
    plain, poorly = simulate("worse", 60, 3), simulate("worse", 60, 3, days_written=0.5, weekly_recall=True)
    happened = [[(e.at, e.payload) for e in of_kind(d, "turning_point")] for d in (plain, poorly)]
    assert happened[0]
    assert happened[1] == happened[0][: len(happened[1])]


@pytest.mark.parametrize("knobs", [{}, *({name: value} for name, value in KNOBS.items())], ids=str)
@pytest.mark.parametrize("account", ACCOUNTS)
def test_every_entry_fits_and_is_read_without_problems(account, knobs):
    for seed in range(2):
        entries = simulate(account, 52, seed, **knobs)
        assert [misfit(e) for e in entries if misfit(e)] == []
        assert all(type(v) in (bool, int, str) for e in entries for v in e.payload.values())
        cells, points, problems = weekly_cells(entries)
        assert problems == []
        assert {c.channel for c in cells} >= {"harm", "regard", "equals", "free_to_say_no", "empathy"}
        assert cells[-1].week - cells[0].week < 52
        assert all(c.of > 0 for c in cells)
        assert {p.kind for p in points} <= {*TURNING_POINTS, "boundary_held"}


@pytest.mark.parametrize("recall", [False, True])
def test_the_shortest_record_of_the_poorest_keeper_is_read_too(recall):
    for seed in range(40):
        entries = simulate(
            "temporary", 8, seed, days_written=0.1, bad_weeks_unwritten=1.0, weekly_recall=recall
        )
        assert weekly_cells(entries)[2] == []


def test_a_turning_point_after_the_last_written_week_is_left_out():
    for seed in range(60):
        entries = simulate("worse", 12, seed, days_written=0.5, weekly_recall=True)
        assert weekly_cells(entries)[2] == []


def test_a_diary_holds_all_that_life_gives():
    kinds, days, events = Counter(), Counter(), Counter()
    for seed in range(12):
        for e in simulate("conditional", 104, seed):
            kinds[e.kind] += 1
            days[e.payload.get("day", "") if e.kind == "day" else "-"] += 1
            events[e.payload.get("event", "") if e.kind == "limit" else "-"] += 1
    assert set(kinds) == {
        "day", "act", "promise", "inward", "confrontation", "limit", "turning_point", "therapy_session",
    }  # fmt: skip
    assert set(days) >= {"calm", "stress", "refused", "criticised"}
    assert set(events) >= {"stated", "held", "slipped", "crossed", "invitation"}


def test_households_differ_widely():
    a_week = []
    for seed in HOUSEHOLDS:
        met = [d for d in live_one("same", 52, seed).days if d.contact]
        a_week.append(7 * sum(d.harms for d in met) / len(met))
    assert min(a_week) < 0.3
    assert max(a_week) > 5
    assert 0.5 < np.median(a_week) < 4


def test_same_stays_as_it_was(by_thirds):
    first, last = first_and_last(by_thirds["same"])
    assert last[[CALM, HARD]] == pytest.approx(first[[CALM, HARD]], rel=0.25)
    assert last[[TREATED, TREATED_HARD, EQUALS, FREE]] == pytest.approx(
        first[[TREATED, TREATED_HARD, EQUALS, FREE]], abs=0.4
    )


def test_worse_is_worse_on_every_day(by_thirds):
    first, last = first_and_last(by_thirds["worse"])
    assert (last[[CALM, HARD]] > 1.2 * first[[CALM, HARD]]).all()
    assert (last[[TREATED, TREATED_HARD]] < first[[TREATED, TREATED_HARD]] - 0.4).all()


def test_surface_is_better_on_calm_days_outwardly_alone(by_thirds):
    first, last = first_and_last(by_thirds["surface"])
    assert last[CALM] < 0.75 * first[CALM]
    assert last[TREATED] > first[TREATED] + 0.4
    assert last[PROMISES] > first[PROMISES]
    assert last[HARD] > 0.75 * first[HARD]
    assert last[TREATED_HARD] == pytest.approx(first[TREATED_HARD], abs=0.4)
    assert (np.abs(standard_rises(by_thirds["surface"], [OWNED, HEARD])) < 3).all()
    assert last[EQUALS] == pytest.approx(first[EQUALS], abs=0.4)


def test_lasting_is_better_late_also_on_hard_days_and_inwardly(by_thirds):
    first, last = first_and_last(by_thirds["lasting"])
    assert (last[[CALM, HARD]] < 0.75 * first[[CALM, HARD]]).all()
    assert (last[[TREATED, TREATED_HARD]] > first[[TREATED, TREATED_HARD]] + 0.4).all()
    assert (standard_rises(by_thirds["lasting"], [PROMISES, HEARD]) > 2).all()
    assert last[OWNED] > first[OWNED]
    assert (last[[EQUALS, FREE]] > first[[EQUALS, FREE]] + 0.4).all()


def test_temporary_is_better_for_a_while_and_then_no_longer():
    assert truth("temporary", "calm days, full change : before") < 0.6
    assert 0.75 < truth("temporary", "after it : before") < 1.35


def test_conditional_is_better_while_a_limit_stands():
    standing = truth("conditional", "limit stands : before")
    assert standing < 0.7
    assert truth("conditional", "limit slipped : before") > 1.3 * standing


def test_conditional_is_better_in_the_weeks_marked_as_held():
    marked, bare = [], []
    for seed in HOUSEHOLDS:
        cells, points, _ = weekly_cells(simulate("conditional", WEEKS, seed))
        begun = cells[0].week + live_one("conditional", WEEKS, seed).pair.course.onset // 7
        held = {p.week for p in points if p.kind == "boundary_held" and p.share > 0.5}
        marked.append(level([c for c in cells if c.week in held and c.week > begun], "regard", 0.0))
        bare.append(level([c for c in cells if c.week not in held and c.week > begun], "regard", 0.0))
    assert np.nanmean(np.subtract(marked, bare)) > 0.2


def test_changes_differ_in_onset_speed_and_size():
    courses = [live_one("lasting", 60, seed).pair.course for seed in HOUSEHOLDS]
    onsets = [c.onset / 7 for c in courses]
    assert min(onsets) < 12
    assert max(onsets) > 28
    sizes = [c.shape.conduct for c in courses]
    assert min(sizes) < 0.4
    assert max(sizes) > 1.5


def test_about_a_fifth_of_the_changes_begin_soon_after_a_recorded_turning_point():
    found = [after_turning(live_one(a, 60, s)) for a in ("worse", "surface", "lasting") for s in HOUSEHOLDS]
    assert np.mean(found) == pytest.approx(0.2, abs=0.1)


def test_a_temporary_change_has_the_half_life_that_was_asked_for():
    for half in (4.0, 16.0):
        weeks = []
        for seed in range(15):
            course = live_one("temporary", 104, seed, half).pair.course
            after = course.height[course.onset :]
            top = int(np.argmax(after > 0.9))
            weeks.append((np.argmax(after[top:] < 0.5)) / 7)
        assert np.median(weeks) == pytest.approx(half, rel=0.3)


def test_the_share_of_days_written_is_kept():
    for share in (0.3, 0.6, 0.9):
        written = [len(of_kind(simulate("same", 80, s, days_written=share), "day")) for s in range(15)]
        assert np.mean(written) / 560 == pytest.approx(share, abs=0.07)


def test_diligence_decays():
    entries = [e for s in range(8) for e in _from_first(simulate("same", 80, s, diligence_decay=0.8), "day")]
    early = sum(day < 280 for day in entries)
    assert len(entries) - early < 0.75 * early


def _from_first(entries, kind):
    first = entries[0].at
    return [(e.at - first).days for e in of_kind(entries, kind)]


@pytest.mark.parametrize(("knob", "sign"), [("bad_weeks_unwritten", 1), ("good_weeks_unwritten", -1)])
def test_unwritten_weeks_bend_what_is_left(knob, sign):
    shifts = [
        treated(simulate("same", 80, s, **{knob: 0.9})).mean() - treated(simulate("same", 80, s)).mean()
        for s in range(8)
    ]
    assert sign * np.mean(shifts) > 0.1


def test_weekly_recall_is_one_entry_a_week_and_no_days():
    entries = simulate("lasting", 52, 4, weekly_recall=True)
    kinds = Counter(e.kind for e in entries)
    assert kinds["day"] == kinds["act"] == 0
    assert 30 <= kinds["week"] <= 52


def test_days_are_mislabelled_more_often_after_harm():
    wrong = {True: [], False: []}
    for seed in range(10):
        right, mixed = (simulate("same", 80, seed, strain_mislabel=m) for m in (0.0, 0.3))
        harmed = {e.at.date() for e in of_kind(right, "act")}
        for a, b in zip(of_kind(right, "day"), of_kind(mixed, "day"), strict=True):
            if "day" in a.payload and "day" in b.payload:
                wrong[a.at.date() in harmed].append(a.payload["day"] != b.payload["day"])
    assert np.mean(wrong[True]) > 1.4 * np.mean(wrong[False])
    assert np.mean(wrong[True] + wrong[False]) == pytest.approx(0.3, abs=0.05)


def test_a_standard_that_rises_lowers_the_ratings_toward_the_end():
    falls = []
    for seed in range(6):
        plain, drifted = (
            of_kind(simulate("same", 60, seed, yardstick_drift=drift), "day") for drift in (0.0, 3.0)
        )
        pairs = zip(plain, drifted, strict=True)
        found = [b.payload["treated"] - a.payload["treated"] for a, b in pairs if "treated" in a.payload]
        third = len(found) // 3
        falls.append(np.mean(found[-third:]) - np.mean(found[:third]))
    assert np.mean(falls) == pytest.approx(-2.0, abs=0.5)


@pytest.mark.parametrize(
    ("account", "weeks", "knobs", "code"),
    [
        ("better", 52, {}, "unknown_account"),
        ("same", 7, {}, "weeks_range"),
        ("same", 52, {"tidy": 1}, "unknown_knob"),
        ("same", 52, {"strain_mislabel": 1.2}, "knob_range"),
        ("same", 52, {"days_written": 0.0}, "knob_range"),
        ("same", 52, {"half_life": 0.0}, "knob_range"),
    ],
)
def test_what_cannot_be_simulated_is_said(account, weeks, knobs, code):
    with pytest.raises(BadInput) as caught:
        simulate(account, weeks, 1, **knobs)
    assert caught.value.code == code
