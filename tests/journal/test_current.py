"""Which entries stand, in which order; the same when it is found from what stood before."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from velveteen.journal.entries import Entry, current, dated, with_added

FIRST = datetime(2026, 3, 1, 23, 30)


@st.composite
def histories(draw: st.DrawFn) -> list[Entry]:
    """Entries of few moments, ids in any order; each corrects nothing, an earlier one, or one that is not there."""
    ids = draw(st.lists(st.integers(0, 99).map(str), max_size=9, unique=True))
    found: list[Entry] = []
    for number, own in enumerate(ids):
        at = FIRST + timedelta(hours=draw(st.integers(0, 3)))
        corrects = draw(st.none() | st.sampled_from([*ids[:number], "erased"]))
        found.append(Entry(own, "note", at, FIRST, corrects=corrects))
    return found


@given(histories())
def test_what_nothing_corrects_stands_in_order_of_the_moment_and_then_of_the_id(history: list[Entry]) -> None:
    standing = [e for e in history if not any(other.corrects == e.id for other in history)]
    assert current(history) == sorted(standing, key=lambda e: (e.at, e.id))


@given(histories(), st.integers(0, 9))
def test_what_stands_after_an_addition_is_what_stands_in_the_whole(history: list[Entry], place: int) -> None:
    before = current(history[:place])
    kept = list(before)
    assert with_added(before, history[place:]) == current(history)
    assert before == kept


@given(histories(), st.integers(-1, 3), st.integers(-1, 3))
def test_the_entries_of_some_days_are_those_dated_to_them(history: list[Entry], begin: int, end: int) -> None:
    first, last = (date(2026, 3, 1) + timedelta(days=n) for n in (begin, end))
    standing = current(history)
    assert list(dated(standing, first, last)) == [e for e in standing if first <= e.at.date() <= last]
