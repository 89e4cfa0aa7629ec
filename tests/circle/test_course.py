"""When change begins, and what therapy does to it."""

from itertools import pairwise

import numpy as np

from velveteen import circle
from velveteen.circle.parameters import draw_person, table

from .looking import mean


def test_accounts_without_a_dated_change_have_no_onset(many):
    assert all(home.onset is None for account in ("same", "conditional") for home in many(account))


def test_onsets_fall_in_the_first_sixty_percent(many):
    for account in ("worse", "surface", "lasting"):
        assert all(0 < home.course.onset <= 0.6 * len(home.days) for home in many(account))
    assert all(home.course.onset <= 0.6 * len(home.days) for home in many("temporary"))


def test_only_a_temporary_change_may_begin_before_the_record():
    onsets = [circle.simulate("temporary", 4, seed).course.onset for seed in range(120)]
    assert 0.1 < mean(onset < 0 for onset in onsets) < 0.4


def test_more_onsets_follow_a_threat_within_ten_weeks_than_not(many):
    homes = many("lasting") + many("surface") + many("worse")
    near = [
        any(
            0 <= (home.onset - day).days <= 70
            for day, kind in home.turning_points
            if kind == "loss_threatened"
        )
        for home in homes
    ]
    assert mean(near) > 0.6


def test_a_loss_from_outside_comes_in_every_account_alike(many):
    """Otherwise the mere number of turning points would tell the accounts apart."""
    for account in ("same", "worse", "surface", "conditional", "lasting"):
        assert [h.course.reckoning for h in many(account)] == [h.course.reckoning for h in many("same")]


def test_half_lives_of_an_effort_for_a_while_have_a_heavy_tail():
    """Log-uniform from 3 to 60 weeks: ln 2 / ln 20 = 23 % last longer than half of the longest."""
    law = table()["pulse_weeks"]
    weeks = [draw_person(np.random.default_rng(seed)).pulse_weeks for seed in range(1000)]
    assert min(weeks) >= 3 - 1e-9
    assert max(weeks) <= 60 + 1e-9
    assert abs(mean(w > 30 for w in weeks) - 0.231) < 0.04
    assert abs(law.median - 180**0.5) < 1e-9


def half_way(home, value):
    """Days after the onset until a stock has covered half of its way to where it stands at the end."""
    days = [day for day in home.days if day.index >= home.course.onset]
    first, last = value(days[0]), mean(value(day) for day in days[-28:])
    return next(i for i, day in enumerate(days) if abs(value(day) - first) >= 0.5 * abs(last - first))


def test_inward_change_trails_what_it_grows_from(many):
    lags = [
        half_way(h, lambda d: d.inner.respect) - half_way(h, lambda d: d.inner.fragility)
        for h in many("lasting")
    ]
    assert min(lags) > 0
    assert 14 <= sorted(lags)[len(lags) // 2] <= 70


def test_lasting_change_is_gradual(many):
    """No day takes away more than a tenth of the fragility that there was."""
    for home in many("lasting"):
        levels = [day.inner.fragility for day in home.days]
        assert max(1 - b / a for a, b in pairwise(levels)) < 0.1


def left_after_eight_weeks(home):
    return home.days[home.course.onset + 56].inner.fragility / home.person.fragility


def test_attended_therapy_hastens_a_change_under_way(many):
    pairs = [
        (left_after_eight_weeks(alone), left_after_eight_weeks(helped))
        for alone, helped in zip(many("lasting"), many("lasting", therapy="committed"), strict=True)
        if helped.course.in_therapy(helped.course.onset)
    ]
    assert len(pairs) > 12
    assert all(helped < alone for alone, helped in pairs)
    assert mean(alone - helped for alone, helped in pairs) > 0.03


def test_attendance_by_itself_moves_nothing(many):
    """A change that is not under way is not begun by sitting there."""
    for alone, sitting in zip(many("same"), many("same", therapy="committed"), strict=True):
        assert [day.inner.fragility for day in alone.days] == [day.inner.fragility for day in sitting.days]
        assert sum(day.session == "attended" for day in sitting.days) > 40


def test_therapy_shows_as_sessions_and_turning_points(many):
    for home in many("same", weeks=60, therapy="committed"):
        sessions = [day.session for day in home.days if day.session]
        assert [kind for _, kind in home.turning_points].count("therapy_began") == 1
        assert mean(session == "attended" for session in sessions) > 0.75
    assert not any(day.session for home in many("same") for day in home.days)


def test_some_of_those_who_began_therapy_leave_it(many):
    ended = ["therapy_ended" in {kind for _, kind in h.turning_points} for h in many("same", therapy="begun")]
    assert 0.2 < mean(ended) < 0.85
