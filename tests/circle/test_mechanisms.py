"""The links of the circle, one by one."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from velveteen.circle import partner, them
from velveteen.circle.course import Course
from velveteen.circle.parameters import draw_person
from velveteen.circle.state import begin, draw_luck

from .looking import mean


@pytest.fixture
def person():
    return draw_person(np.random.default_rng(5))


@pytest.fixture
def luck():
    return draw_luck(1, np.random.default_rng(6))[0]


def course(account, onset=0):
    return Course(
        account, onset if account in ("lasting", "worse", "temporary", "surface") else None, -1, known=True
    )


def test_exposure_is_shame_in_proportion_to_fragility(person):
    fragile, mended = begin(person), begin(person)
    fragile.shame = mended.shame = 0.0
    mended.fragility = 0.25
    them.expose(person, fragile, 2.0)
    them.expose(person, mended, 2.0)
    assert fragile.shame == pytest.approx(2.0 * person.fragility)
    assert mended.shame == pytest.approx(fragile.shame / 4)


def test_shame_halves_in_its_half_life(person, luck):
    person = replace(person, shame_half_life=2.0)
    state = begin(person)
    state.shame = 1.0
    for day in range(4):
        them.night(person, course("same"), state, luck, day)
    assert state.shame == pytest.approx(0.25)


def test_shame_becomes_harm(person, luck):
    state, how = begin(person), None
    rates = []
    for shame in (0.0, 1.0, 2.0):
        state.shame = shame
        how = how or them.bearing(person, course("same"), state, 0)
        rates.append(them.harm_rate(person, state, how, luck, watched=False))
    assert rates[0] < rates[1] < rates[2]


def test_counts_are_poisson_quantiles():
    for rate in (0.2, 0.9, 2.5):
        for u in np.linspace(0.01, 0.99, 25):
            assert them.count(rate, u) == min(stats.poisson.ppf(u, rate), them.MAX_ACTS)


def test_others_eyes_and_a_limit_lower_opportunity(person, luck):
    state = begin(person)
    how = them.bearing(person, course("same"), state, 0)
    alone = them.harm_rate(person, state, how, luck, watched=False)
    assert them.harm_rate(person, state, how, luck, watched=True) < alone
    state.limit = True
    assert them.harm_rate(person, state, how, luck, watched=False) < alone


def test_effort_holds_within_capacity_and_fails_beyond(person):
    state = begin(person)
    state.shame = 0.2 * person.capacity * person.fragility
    ordinary = them.bearing(person, course("surface"), state, 400)
    state.shame = 2.0 * person.capacity * person.fragility
    hard = them.bearing(person, course("surface"), state, 400)
    assert ordinary.effort == pytest.approx(hard.effort)
    assert ordinary.held > 0.4
    assert hard.held < 0.02


def test_effort_alone_brings_no_respect(person):
    how = them.bearing(person, course("surface"), begin(person), 400)
    assert how.effort > 0.5
    assert how.respect == pytest.approx(person.respect)


def test_admiration_takes_shame_away(person, luck):
    state = begin(person)
    before = state.shame
    assert them.admired(person, state, "calm", replace(luck, admiration=0.0))
    assert state.shame == pytest.approx(before * (1 - person.admiration_relief))
    assert not them.admired(person, state, "refused", replace(luck, admiration=0.0))


def test_harm_costs_the_audience_and_quiet_brings_it_back(person):
    state = begin(person)
    state.closeness = 0.5
    partner.feel(person, state, 4, 0, contact=True)
    lost = state.closeness
    partner.feel(person, state, 0, 0, contact=True)
    assert lost < 0.5 < 1
    assert state.closeness > lost


def test_nobody_threatens_while_close(person, luck):
    state = begin(person)
    state.closeness, state.since_threat = 0.9, 400
    partner.threatens(person, course("same"), state, replace(luck, threat=0.0), 50)
    assert not state.pending
    state.closeness = 0.02
    partner.threatens(person, course("same"), state, replace(luck, threat=0.0), 51)
    assert state.pending[0] == ("loss_threatened", True)
    assert state.alarm == 1.0


def test_a_threat_raises_effort_for_a_while(person, luck):
    state = begin(person)
    partner.alarm(person, course("same"), state, luck, 10)
    at_once = them.bearing(person, course("same"), state, 10).effort
    for day in range(11, 80):
        them.night(person, course("same"), state, luck, day)
    assert at_once > 0.05
    assert them.bearing(person, course("same"), state, 80).effort < 0.1 * at_once


def test_respect_opens_owning_and_shame_bars_it(person, luck):
    state = begin(person)
    plain = them.bearing(person, course("same"), state, 0)

    def share(how):
        lucks = draw_luck(2000, np.random.default_rng(1))
        return mean(them.answer(person, how, day) in ("owned", "repaired") for day in lucks)

    assert share(replace(plain, listening=0.8)) > share(plain) + 0.15
    assert share(replace(plain, strain=4.0)) < share(plain)
    assert abs(share(replace(plain, outward=0.9)) - share(plain)) < 1e-9


def test_effort_turns_denials_into_words_and_gestures(person):
    plain = them.bearing(person, course("same"), begin(person), 0)
    lucks = draw_luck(2000, np.random.default_rng(1))

    def words(how):
        return mean(them.answer(person, how, day) in ("words_only", "gesture") for day in lucks)

    assert words(replace(plain, outward=0.9)) > words(plain) + 0.2


def test_limits_are_stated_after_harm_and_slip_after_good_weeks(person):
    lucks = draw_luck(4000, np.random.default_rng(2))

    def share(standing, recent, wanted):
        state, hits = begin(person), 0
        for day in lucks:
            state.limit, state.recent_harm = standing, recent
            hits += partner.limit_event(person, state, 0, day) == wanted
        return hits / len(lucks)

    assert share(False, 1.2, "stated") > 2 * share(False, 0.2, "stated")
    assert share(True, 0.1, "slipped") > share(True, 1.2, "slipped")


def test_loss_comes_when_closeness_is_low(many):
    """Threats from inside the circle follow low closeness; the day before, it stood below the threshold."""
    for home in many("same"):
        for day, after in zip(home.days, home.days[1:], strict=False):
            inside = after.turning_point == "loss_threatened" and after.index != home.course.reckoning
            if inside and after.inner.alarm == 1.0:
                assert day.inner.closeness < home.person.threat_level + 0.06
