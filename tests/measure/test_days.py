"""A day marked as not free: what is dated to it or was written on it does not count, and what stood before stands again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time

import pytest
from tests.measure.diary import entry, hurt, on, wrote

from velveteen.journal.corrections import corrected, not_free, withdrawn
from velveteen.journal.entries import Entry
from velveteen.measure.days import free_entries, heard_entries, unfree_days
from velveteen.measure.weekly import weekly_cells


def at(day: int, hour: int = 21) -> datetime:
    return datetime.combine(on(day), time(hour))


def written(one: Entry, day: int) -> Entry:
    """The same entry, written down on another day."""
    return replace(one, written=at(day))


def marked(entries: list[Entry], day: int, when: int) -> list[Entry]:
    """The entries with a mark on a day, made on another."""
    return [*entries, *not_free(entries, on(day), at(when))]


def test_what_was_written_on_a_marked_day_about_another_day_does_not_count() -> None:
    said = written(wrote(1, treated=9), 4)
    entries = [wrote(0), said, wrote(4)]
    assert free_entries(entries) == entries
    assert [e.at.date() for e in free_entries(marked(entries, 4, 9))] == [on(0)]
    assert weekly_cells(marked(entries, 4, 9)) == weekly_cells([wrote(0)])


def test_what_was_written_on_another_day_counts_though_the_mark_was_made_on_that_day() -> None:
    entries = [wrote(0), wrote(4), wrote(9)]
    assert [e.at.date() for e in free_entries(marked(entries, 4, 9))] == [on(0), on(9)]


def test_a_correction_written_on_a_marked_day_is_not_heard_and_what_it_took_the_place_of_stands() -> None:
    act = hurt(1)
    milder = corrected(act, at=at(4), payload={"act": "listened"})
    entries = [wrote(1), act, milder, wrote(4)]
    assert act not in free_entries(entries)
    assert act in free_entries(marked(entries, 4, 9))
    assert milder not in free_entries(marked(entries, 4, 9))


def test_what_was_taken_back_on_a_marked_day_stands_again() -> None:
    act = hurt(1)
    entries = [wrote(1), act, withdrawn(act, at(4)), wrote(4)]
    assert weekly_cells(entries) == weekly_cells([wrote(1), wrote(4)])
    assert weekly_cells(marked(entries, 4, 9)) == weekly_cells([wrote(1), act])


def test_a_later_free_correction_of_an_unfree_one_counts() -> None:
    act = hurt(1)
    milder = corrected(act, at=at(4), payload={"act": "listened"})
    again = corrected(milder, at=at(6), payload={"act": "shouted"})
    kept = free_entries(marked([wrote(1), act, milder, again, wrote(4)], 4, 9))
    assert again in kept


def test_a_correction_dated_to_a_marked_day_brings_no_earlier_date_back() -> None:
    act = hurt(1)
    moved = corrected(act, at=at(6), happened=at(4))
    assert [e for e in free_entries(marked([act, moved, wrote(4)], 4, 9)) if e.kind == "act"] == []


def test_what_was_read_in_from_a_chat_on_a_marked_day_counts() -> None:
    coded = written(entry("coded_day", 1, channels={"promise": [1, 1]}), 4)
    told = written(entry("imported", 1, source="x"), 4)
    assert {e.kind for e in free_entries(marked([coded, told, wrote(4)], 4, 9))} == {"coded_day", "imported"}


def test_a_mark_taken_back_on_a_marked_day_is_not_taken_back() -> None:
    first = marked([wrote(1)], 1, 3)
    freed = [*first, corrected(first[-1], at=at(4), payload={"free": None})]
    assert unfree_days(freed) == frozenset()
    assert unfree_days(marked([*freed, wrote(4)], 4, 9)) == {on(1), on(4)}


def test_a_mark_stays_when_the_day_it_stands_on_is_taken_back() -> None:
    entries = marked([wrote(1), hurt(1)], 1, 3)
    taken = [*entries, withdrawn(entries[-1], at(5))]
    assert unfree_days(taken) == {on(1)}
    assert free_entries(taken) == []


def test_an_entry_that_carries_the_mark_itself_does_not_count() -> None:
    assert free_entries([wrote(0), entry("confrontation", 0, answer="owned", free=False)])[0].kind == "day"
    assert len(free_entries([wrote(0), entry("confrontation", 0, answer="owned", free=False)])) == 1


def test_what_is_heard_keeps_its_order_and_what_was_corrected() -> None:
    act = hurt(1)
    mended = corrected(act, at=at(2), payload={"weight": 2})
    late = written(hurt(1), 4)
    entries = [mended, late, act, wrote(4)]
    assert heard_entries(entries) == entries
    assert heard_entries(marked(entries, 4, 9))[:2] == [mended, act]


@pytest.mark.parametrize("kind", ["note", "act"])
def test_only_a_day_or_what_took_its_place_marks_a_day(kind: str) -> None:
    assert unfree_days([entry(kind, 1, free=False), wrote(1)]) == frozenset()
