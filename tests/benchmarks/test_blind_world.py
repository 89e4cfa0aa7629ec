"""The world written without knowing the judge: its diaries can be read, and each account does what it says."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from velveteen.journal.entries import HARD_DAYS
from velveteen.journal.payloads import misfit
from velveteen.measure.channels import registry
from velveteen.measure.weekly import weekly_cells
from velveteen.problems import BadInput

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
from blind_world import ACCOUNTS, live, simulate
from blind_world.courses import draw_course
from blind_world.diary import FIRST
from blind_world.summary import CHANNELS, by_limit, by_thirds

WEEKS, SEEDS = 52, range(40)
KNOBS = (
    {"days_written": 0.3},
    {"diligence_decay": 2.0},
    {"bad_weeks_unwritten": 1.0},
    {"good_weeks_unwritten": 0.7},
    {"weekly_recall": True},
    {"weekly_recall": True, "diligence_decay": 1.5, "bad_weeks_unwritten": 0.6},
    {"strain_mislabel": 0.3},
    {"yardstick_drift": 2.0},
    {"half_life": 5.0},
)


@cache
def thirds(account):
    """First and last third of each channel."""
    return dict(zip(CHANNELS, by_thirds(account, WEEKS, SEEDS), strict=True))


def change(account):
    """Last third minus first third, by channel."""
    return {channel: last - first for channel, (first, last) in thirds(account).items()}


def harm(account, days):
    """Harm in the last third, as a multiple of that of the same households, in the same weather, without a change."""
    return thirds(account)["harm", days][1] / thirds("same")["harm", days][1]


def course(account, seed, half_life=None):
    return draw_course(account, WEEKS, np.random.default_rng(seed), half_life)


def days_of(entries):
    return [e for e in entries if e.kind == "day"]


def index(entry):
    return (entry.at.date() - FIRST).days


# A diary that can be read.


@pytest.mark.parametrize("account", ACCOUNTS)
def test_the_same_seed_gives_the_same_diary(account):
    assert simulate(account, 20, 7) == simulate(account, 20, 7)
    assert simulate(account, 20, 7) != simulate(account, 20, 8)


@pytest.mark.parametrize("knobs", [{}, *KNOBS], ids=str)
@pytest.mark.parametrize("account", ACCOUNTS)
def test_every_entry_fits_and_nothing_is_left_out(account, knobs):
    for seed, weeks in ((1, 4), (2, 40)):
        entries = simulate(account, weeks, seed, **knobs)
        assert [m for m in map(misfit, entries) if m] == []
        assert len({e.id for e in entries}) == len(entries)
        assert weekly_cells(entries)[2] == []


def test_a_year_tells_of_every_channel_of_a_diary():
    told = {c.channel for c in weekly_cells(simulate("same", WEEKS, 1))[0]}
    assert told == {name for name in registry() if name != "courtesy" and not name.endswith("_in_messages")}


def test_households_differ_widely():
    a_week = [sum(len(d.acts) for d in live("same", WEEKS, seed).days) / WEEKS for seed in SEEDS]
    assert min(a_week) < 0.3
    assert max(a_week) > 6


@pytest.mark.parametrize(("account", "weeks", "knobs"), [
    ("cured", 20, {}), ("same", 3, {}), ("same", 20, {"days_written": 1.2}), ("same", 20, {"diligence_decay": -1}),
])  # fmt: skip
def test_what_cannot_be_is_said_plainly(account, weeks, knobs):
    with pytest.raises(BadInput, match=r"is no account|at least 4 weeks|from 0 to 1|at least 0"):
        simulate(account, weeks, 1, **knobs)


# What each account is, in the mean over 40 households.


def test_same_stays_about_as_it_was():
    moved = change("same")
    assert abs(moved["regard", "calm"]) < 0.25
    assert abs(moved["equals",]) < 0.25
    assert abs(moved["owning",]) < 0.06


def test_worse_is_worse_on_calm_and_on_hard_days_and_inwardly():
    assert harm("worse", "calm") > 1.3
    assert harm("worse", "hard") > 1.3
    assert change("worse")["regard", "hard"] < -0.3
    assert change("worse")["equals",] < -0.25


def test_lasting_is_better_late_on_hard_days_too_and_inwardly():
    moved = change("lasting")
    assert harm("lasting", "calm") < 0.75
    assert harm("lasting", "hard") < 0.75
    assert moved["regard", "hard"] > 0.4
    assert moved["owning",] > 0.08
    assert moved["empathy",] > 0.08
    assert moved["equals",] > 0.5
    assert moved["free_to_say_no",] > 0.5


def test_surface_is_better_on_calm_days_only_and_not_inwardly():
    moved = change("surface")
    assert harm("surface", "calm") < 0.75
    assert moved["regard", "calm"] > 0.4
    assert moved["regard", "hard"] < 0.5 * moved["regard", "calm"]
    assert abs(moved["owning",]) < 0.06
    assert abs(moved["empathy",]) < 0.06
    assert abs(moved["equals",]) < 0.25
    assert abs(moved["free_to_say_no",]) < 0.25


def test_surface_moves_nothing_that_is_hard_or_inward():
    for drawn in (course("surface", seed) for seed in SEEDS):
        assert drawn.gains[-1, 0] > 0
        assert not drawn.gains[:, 2:].any()
        assert not drawn.inward.any()


def test_conditional_is_better_in_the_weeks_with_a_limit():
    without, held = by_limit("conditional", WEEKS, SEEDS).T
    gap = dict(zip(CHANNELS, held - without, strict=True))
    assert held[0] < 0.75 * without[0]
    assert held[1] < 0.85 * without[1]
    assert gap["regard", "calm"] > 0.4
    assert gap["regard", "hard"] > 0.3


def test_a_limit_alone_changes_little_where_nothing_depends_on_it():
    without, held = by_limit("same", WEEKS, SEEDS).T
    assert abs(held[2] - without[2]) < 0.25


def test_temporary_is_better_while_it_lasts_and_then_no_more():
    before, during, after = [], [], []
    for seed in SEEDS:
        world = live("temporary", WEEKS, seed)
        (onset, end), full = (world.course.onsets[0], world.course.ends[0]), 7 * world.course.ramp
        treated = np.array([d.treated if d.together else np.nan for d in world.days])
        middle = treated[onset + int(min(full, (end - onset) / 3)) : int(onset + 0.75 * (end - onset))]
        later = treated[
            end + (end - onset) : world.course.onsets[1] if len(world.course.onsets) > 1 else None
        ]
        if np.isfinite(middle).any() and np.isfinite(later).sum() > 14:
            before.append(np.nanmean(treated[:onset]))
            during.append(np.nanmean(middle))
            after.append(np.nanmean(later))
    assert len(after) > 15
    assert np.mean(during) - np.mean(before) > 0.5
    assert abs(np.mean(after) - np.mean(before)) < 0.3


def test_temporary_lasts_from_weeks_to_the_better_part_of_a_year():
    courses = [course("temporary", seed) for seed in SEEDS]
    lengths = [(end - onset) / 7 for c in courses for onset, end in zip(c.onsets, c.ends, strict=True)]
    assert min(lengths) < 5
    assert max(lengths) > 26
    assert any(len(c.onsets) > 1 for c in courses)


@pytest.mark.parametrize("account", ["worse", "temporary", "surface", "conditional", "lasting"])
def test_about_a_fifth_of_changes_follow_a_turning_point(account):
    first = [course(account, seed) for seed in range(400)]
    linked = [any(0 < c.onsets[0] - day < 28 for day, _ in c.turning_points) for c in first]
    assert 0.14 < np.mean(linked) < 0.26


# What each knob does to the writing.


def test_the_share_of_days_written_is_what_was_asked():
    shares = [
        len(days_of(simulate("same", WEEKS, seed, days_written=0.4))) / (7 * WEEKS) for seed in range(20)
    ]
    assert 0.33 < np.mean(shares) < 0.47
    assert len(days_of(simulate("same", WEEKS, 1, days_written=1.0))) == 7 * WEEKS


def test_diligence_wanes():
    written = [
        index(e) for seed in range(12) for e in days_of(simulate("same", WEEKS, seed, diligence_decay=2.0))
    ]
    first, last = (np.array(written) < 91).sum(), (np.array(written) >= 273).sum()
    assert last < 0.45 * first


@pytest.mark.parametrize(("knob", "rank"), [("bad_weeks_unwritten", -1), ("good_weeks_unwritten", 0)])
def test_the_worst_or_the_best_weeks_go_unwritten(knob, rank):
    for seed in range(10):
        harm = [
            sum(len(d.acts) for d in days) for days in np.reshape(live("same", WEEKS, seed).days, (WEEKS, 7))
        ]
        extreme = sorted(set(harm))[rank]
        written = {index(e) // 7 for e in days_of(simulate("same", WEEKS, seed, **{knob: 1.0}))}
        unwritten = [week not in written for week in range(WEEKS) if harm[week] == extreme]
        # Weeks that are alike share the place in the third by chance.
        assert all(unwritten) if len(unwritten) <= WEEKS // 3 else sum(unwritten) >= WEEKS // 3


def test_weekly_recall_gives_weeks_and_no_days():
    entries = simulate("same", WEEKS, 1, weekly_recall=True)
    kinds = {e.kind for e in entries}
    assert "week" in kinds
    assert not kinds & {"day", "act"}


def test_kinds_of_day_are_written_wrongly_as_often_as_asked_and_more_after_harm():
    wrong = {True: [], False: []}
    for seed in range(20):
        days = live("same", WEEKS, seed).days
        for entry in days_of(simulate("same", WEEKS, seed, strain_mislabel=0.2)):
            if "day" in entry.payload:
                day = days[index(entry)]
                wrong[bool(day.acts)].append(entry.payload["day"] != day.kind)
    assert 0.17 < np.mean(wrong[True] + wrong[False]) < 0.23
    assert np.mean(wrong[True]) > 2 * np.mean(wrong[False])


def test_a_drifting_yardstick_rates_the_same_day_higher_later():
    def late_rating(drift):
        entries = [
            e for seed in range(10) for e in days_of(simulate("same", WEEKS, seed, yardstick_drift=drift))
        ]
        return np.mean([e.payload["treated"] for e in entries if index(e) > 182 and "treated" in e.payload])

    assert (
        0.5 < late_rating(1.0) - late_rating(0.0) < 0.9
    )  # three quarters of a year on average, less what the ends cut


def test_half_life_sets_how_long_a_change_is_kept_up():
    def median_weeks(half_life):
        courses = [course("temporary", seed, half_life) for seed in SEEDS]
        return np.median([(c.ends[0] - c.onsets[0]) / 7 for c in courses])

    assert median_weeks(20.0) > 2 * median_weeks(6.0)


def test_the_knobs_change_what_is_written_and_not_what_happened():
    truth = live("lasting", 20, 3).days
    hard = [d.index for d in truth if d.together and d.kind in HARD_DAYS]
    entries = simulate("lasting", 20, 3, days_written=1.0, strain_mislabel=0.0)
    told = [index(e) for e in days_of(entries) if e.payload.get("day") in HARD_DAYS]
    assert set(told) <= set(hard)
    assert len(told) > 0.8 * len(hard)
