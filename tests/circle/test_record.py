"""Each knob of record keeping does what it says, judged against a record that leaves nothing out."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from velveteen import circle
from velveteen.circle.record import FULL, RecordKeeping
from velveteen.problems import BadInput

from .looking import mean

SEEDS = range(12)


@cache
def homes(record, weeks=104, account="same"):
    return [circle.simulate(account, weeks, seed, record=record) for seed in SEEDS]


def share_written(home, first=0, last=None):
    days = home.days[first:last]
    written = {line.date for line in home.written}
    return mean(day.date in written for day in days)


def acts(home):
    return sum(len(line.acts) for line in home.written)


def test_a_full_record_is_the_truth():
    home = circle.simulate("surface", 30, 1, record=FULL)
    assert [line.date for line in home.written] == [day.date for day in home.days]
    assert [line.acts for line in home.written] == [day.acts for day in home.days]
    assert [line.kind for line in home.written if line.contact] == [
        day.kind for day in home.days if day.contact
    ]
    for line, day in zip(home.written, home.days, strict=True):
        assert line.treated is None or abs(line.treated - day.treated) <= 0.5 + 1e-9


def test_days_written_is_a_share():
    full_but = replace(FULL, days_written=0.6)
    assert abs(mean(share_written(home) for home in homes(full_but)) - 0.6) < 0.02


def test_the_default_keeper_writes_six_days_of_seven_at_first():
    assert abs(mean(share_written(home, last=182) for home in homes(RecordKeeping())) - 6 / 7) < 0.03


def test_diligence_decays():
    fading = homes(replace(FULL, days_written=0.9, diligence_decay=0.5))
    year = [mean(share_written(h, first, first + 364) for h in fading) for first in (0, 364)]
    assert year[1] / year[0] == pytest.approx(np.exp(-0.5), abs=0.04)


def test_bad_weeks_stay_unwritten():
    for home in homes(replace(FULL, bad_weeks_unwritten=1.0)):
        treated = [mean(d.treated for d in home.days[i : i + 7]) for i in range(0, len(home.days), 7)]
        written = {(line.date - home.start).days // 7 for line in home.written if not line.turning_point}
        assert sorted(set(range(104)) - written) == sorted(np.argsort(treated)[:26])


def test_good_weeks_stay_unwritten():
    for home in homes(replace(FULL, good_weeks_unwritten=1.0)):
        treated = [mean(d.treated for d in home.days[i : i + 7]) for i in range(0, len(home.days), 7)]
        written = {(line.date - home.start).days // 7 for line in home.written if not line.turning_point}
        assert sorted(set(range(104)) - written) == sorted(np.argsort(treated)[-26:])


def test_forgetting_leaves_acts_out():
    ratio = sum(map(acts, homes(replace(FULL, forgetting=0.3)))) / sum(map(acts, homes(FULL)))
    assert ratio == pytest.approx(0.7, abs=0.02)


def test_fatigue_leaves_details_out_and_keeps_the_days():
    tired, fresh = homes(replace(FULL, fatigue=1.0)), homes(FULL)
    assert [len(home.written) for home in tired] == [len(home.written) for home in fresh]

    def raised(home, first, last):
        return sum(bool(line.answer) for line in home.written[first:last])

    for first, expected in ((0, 1 - np.exp(-1)), (364, np.exp(-1) - np.exp(-2))):
        left = sum(raised(h, first, first + 364) for h in tired) / sum(
            raised(h, first, first + 364) for h in fresh
        )
        assert left == pytest.approx(expected, abs=0.09)


def test_the_yardstick_drifts_as_a_random_walk():
    """After two years its sd is √2 of the yearly one; ratings and acts move against each other."""
    drifting = [
        circle.simulate("same", 104, seed, record=replace(FULL, yardstick_drift=1.0)) for seed in range(40)
    ]
    ends = []
    for home in drifting:
        last = list(zip(home.written, home.days, strict=True))[-28:]
        ends.append(mean(line.treated - day.treated for line, day in last if day.contact))
    assert 0.9 < np.std(ends) < 1.9
    lenient = [h for h, end in zip(drifting, ends, strict=True) if end > 1]
    noticed = mean(acts(h) / sum(len(d.acts) for d in h.days) for h in lenient)
    assert noticed < 0.97


def test_hope_is_kinder_after_a_loss_and_fades():
    """Two points at once, a thirty-second of that after ten weeks; turning points nobody knows of raise none."""
    fresh, faded = [], []
    for home in homes(replace(FULL, hope=2.0)):
        since = 10**6
        for line, day in zip(home.written, home.days, strict=True):
            since = 0 if day.known and day.turning_point in {"loss_threatened", "returned"} else since + 1
            if day.contact and 2 < day.treated < 7 and since <= 2:
                fresh.append(line.treated - day.treated)
            elif day.contact and since >= 70:
                faded.append(line.treated - day.treated)
    assert mean(fresh) == pytest.approx(1.9, abs=0.15)
    assert abs(mean(faded)) < 0.05


def test_hard_days_are_mislabelled_at_the_rate_given():
    pairs = [
        (line.kind in ("refused", "criticised"), day.hard)
        for home in homes(replace(FULL, strain_mislabel=0.2), weeks=52)
        for line, day in zip(home.written, home.days, strict=True)
        if day.contact
    ]
    assert mean(said != was for said, was in pairs) == pytest.approx(0.2, abs=0.02)


def test_recall_noise_spreads_ratings():
    def error(record):
        return np.std(
            [
                line.treated - day.treated
                for home in homes(record, weeks=52)
                for line, day in zip(home.written, home.days, strict=True)
                if day.contact and 3 < day.treated < 7
            ]
        )

    rounding = 1 / 12
    assert error(replace(FULL, recall_noise=1.0)) == pytest.approx(np.sqrt(1 + rounding), abs=0.06)
    assert error(FULL) == pytest.approx(np.sqrt(rounding), abs=0.02)


def test_inward_weeks_is_a_share():
    asked = [
        sum(line.told is not None for line in home.written) / 104
        for home in homes(replace(FULL, inward_weeks=0.5))
    ]
    assert abs(mean(asked) - 0.5) < 0.05


@pytest.mark.parametrize(
    "wrong", [{"days_written": 1.2}, {"forgetting": -0.1}, {"recall_noise": float("nan")}, {"fatigue": -1.0}]
)
def test_a_habit_that_cannot_be_is_refused_by_name(wrong):
    with pytest.raises(BadInput, match=next(iter(wrong))):
        RecordKeeping(**wrong)
