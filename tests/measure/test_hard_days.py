"""Hard days beside calm ones, and how long no harm is written."""

from __future__ import annotations

from tests.measure.diary import entry, hurt, kind, on, wrote

from velveteen.measure.hard_days import held, kinds_of_day
from velveteen.measure.told import Told, told


def test_hard_and_calm_lately_and_before_are_counted_apart() -> None:
    entries = [
        wrote(0, "refused"), hurt(0), hurt(0), wrote(1, "calm"), kind(1),
        wrote(300, "criticised"), hurt(300), wrote(301, "stress"), wrote(302, "unknown"),
    ]  # fmt: skip
    found = kinds_of_day(told(entries, on(400)))
    assert [(k.lately, k.hard, k.harm.count, k.care.count, k.harm.days, k.harmed) for k in found] == [
        (True, True, 1, 0, 1, 1), (True, False, 0, 0, 1, 0), (False, True, 2, 0, 1, 1), (False, False, 0, 1, 1, 0),
    ]  # fmt: skip


def test_lately_is_the_26_weeks_that_end_with_the_last_known_day() -> None:
    found = kinds_of_day(told([wrote(0), wrote(1), wrote(182)], on(400)))
    assert [(k.lately, k.harm.days) for k in found] == [(True, 2), (False, 1)]


def test_held_counts_known_days_hard_days_and_days_without_a_word_after_the_last_harm() -> None:
    entries = [hurt(0), wrote(2, "refused"), wrote(3), entry("day", 4, contact=False), wrote(6)]
    found = held(told(entries, on(20)))
    assert found is not None
    assert (found.since, found.until, found.known, found.hard, found.silent) == (on(0), on(6), 3, 1, 3)


def test_without_any_harm_it_counts_from_the_first_known_day() -> None:
    found = held(told([wrote(0), wrote(1, "criticised")], on(20)))
    assert found is not None
    assert (found.since, found.known, found.hard, found.silent) == (None, 2, 1, 0)


def test_of_nothing_nothing_is_said() -> None:
    assert (held(Told()), kinds_of_day(Told())) == (None, [])
