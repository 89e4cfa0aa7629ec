"""A diary read once: what is known of each day, and what stays unknown."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from tests.journal.strategies import records
from tests.measure.diary import entry, hurt, kind, on, rated, wrote

from velveteen.measure.hard_days import held, kinds_of_day
from velveteen.measure.rates import by_audience, by_toward
from velveteen.measure.sequences import circle
from velveteen.measure.swings import swings
from velveteen.measure.told import Told, told


@given(records)
@settings(max_examples=150, deadline=None)
def test_any_entries_are_counted(entries: list) -> None:
    diary = told(entries, on(900_000))
    assert kinds_of_day(diary) is not None
    assert held(diary) is None or diary.asked
    assert len(circle(diary)) == 3
    assert swings(diary).often.days == len(swings(diary).watched)
    for groups in (by_audience(diary), by_toward(diary)):
        assert sum(b.harm.count + b.care.count for b in groups.values()) == len(diary.acts)


def test_acts_are_counted_on_their_day_harm_and_care_apart() -> None:
    days = told([wrote(0, "refused"), hurt(0), hurt(0), kind(0), wrote(1)], on(9)).days
    assert [(d.harm, d.care, d.strain) for d in days] == [(2, 1, 1.0), (0, 0, 0.0)]


def test_without_contact_or_without_asking_what_they_did_is_not_known() -> None:
    apart, unasked = entry("day", 1, contact=False), wrote(2, acts=False)
    days = told([wrote(0), apart, unasked], on(9)).days
    assert [(d.contact, d.harm) for d in days] == [(True, 0), (False, None), (True, None)]


def test_a_record_in_which_it_was_never_asked_knows_of_no_act() -> None:
    diary = told([wrote(0, acts=False), hurt(0), wrote(1, acts=False)], on(9))
    assert diary.acts == ()
    assert diary.asked == ()


def test_an_act_makes_a_day() -> None:
    diary = told([hurt(3)], on(9))
    assert [(d.date, d.contact, d.harm, d.treated) for d in diary.days] == [(on(3), True, 1, None)]


@pytest.mark.parametrize("treated", [True, "6", -1, 11, None, [3]])
def test_what_is_no_rating_is_no_rating(treated: object) -> None:
    assert told([wrote(0, treated=treated)], on(9)).days[0].treated is None


def test_what_was_not_free_or_lies_ahead_or_was_corrected_does_not_count() -> None:
    first = wrote(0, treated=2)
    unfree = wrote(1, treated=2, free=False)
    mended = replace(wrote(0, treated=7), corrects=first.id)
    assert [d.treated for d in told([first, mended, unfree, *rated([4], 30)], on(9)).days] == [7.0]


def test_losses_promises_and_apologies_are_dated() -> None:
    diary = told(
        [
            entry("turning_point", 1, kind="loss_threatened"), entry("turning_point", 2, kind="left"),
            entry("turning_point", 3, kind="returned"), entry("promise", 4, what="x"),
            entry("confrontation", 5, answer="words_only"), entry("confrontation", 6, answer="denied"),
        ],
        on(9),
    )  # fmt: skip
    assert diary.losses == {on(1), on(2)}
    assert diary.promises == {on(4), on(5)}


def test_nothing_is_told_of_nothing() -> None:
    assert told([], on(9)) == Told()
