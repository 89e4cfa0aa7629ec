"""Last times: days from a beginning to the next day with harm, counted by hand here."""

from __future__ import annotations

from datetime import date, datetime

from velveteen.journal.entries import Entry
from velveteen.report.last_times import last_times, summary
from velveteen.report.last_times_picture import AT_MOST, newest


def entry(entry_kind: str, day: int, **payload: object) -> Entry:
    moment = datetime(2026, 1, day)
    return Entry(f"{entry_kind}{day:02d}{payload}", entry_kind, moment, moment, payload)


def hurt(day: int, act: str = "shouted") -> Entry:
    return entry("act", day, act=act, harm=True)


def test_counted_from_the_beginning_to_the_next_day_with_harm() -> None:
    written = [entry("day", n, contact=True) for n in (1, 2, 3, 7)]
    lulls = last_times([*written, entry("promise", 1, what="x"), hurt(1), hurt(5, "put_me_down"), hurt(9)])
    assert [(u.start.day, u.days, u.end, u.ended_by, u.unwritten) for u in lulls] == [
        (1, 4, date(2026, 1, 5), "put me down", 1)
    ]


def test_harm_of_the_same_day_does_not_end_it() -> None:
    assert last_times([hurt(4), entry("promise", 4), hurt(6)])[0].days == 2


def test_care_does_not_end_it() -> None:
    lull = last_times([entry("promise", 4), entry("act", 5, act="made_tea", harm=False), hurt(8)])[0]
    assert lull.days == 4


def test_without_an_end_it_runs_to_the_last_written_day_and_is_open() -> None:
    lull = last_times([hurt(1), entry("promise", 4), entry("day", 20, contact=True)])[0]
    assert (lull.days, lull.end, lull.ended_by) == (16, None, "")


def test_apologies_returns_and_threats_begin_one_and_denials_do_not() -> None:
    began = [
        entry("confrontation", 2, answer="words_only"), entry("confrontation", 3, answer="denied"),
        entry("turning_point", 4, kind="returned"), entry("turning_point", 5, kind="loss_threatened"),
        entry("turning_point", 6, kind="therapy_began"), entry("confrontation", 7, answer="owned"),
    ]  # fmt: skip
    assert [u.start.day for u in sorted(last_times([*began, hurt(30)]), key=lambda u: u.start)] == [
        2,
        4,
        5,
        7,
    ]


def test_two_beginnings_on_one_day_are_one() -> None:
    lulls = last_times([entry("promise", 2), entry("confrontation", 2, answer="gesture"), hurt(4)])
    assert [u.kinds for u in lulls] == [("promise", "a gesture")]


def test_shortest_first_and_the_sentence_by_hand() -> None:
    lulls = last_times(
        [entry("promise", 1), hurt(3), entry("promise", 10), hurt(20), entry("promise", 22), hurt(27)]
    )
    assert [u.days for u in lulls] == [2, 5, 10]
    assert summary(lulls) == (
        "3 times there was a promise, an apology, a return or a threat to leave. In half of those that ended, "
        "a day with harm came within 5 days; the longest lasted 10 days."
    )


def test_the_open_one_is_counted_apart() -> None:
    lulls = last_times([entry("promise", 1), hurt(3), entry("promise", 10), hurt(20), entry("promise", 22)])
    assert summary(lulls).endswith("After 1 of them, no day with harm is written so far.")


def test_few_are_not_summed_up() -> None:
    assert summary(last_times([entry("promise", 1), hurt(3)])).startswith(
        "From 3 promises, apologies or returns on"
    )


def test_the_picture_holds_the_newest_shortest_first() -> None:
    entries = [e for n in range(1, 29) for e in (entry("promise", n), hurt(n))]
    drawn = newest(last_times(entries))
    assert len(drawn) == AT_MOST
    assert min(u.start.day for u in drawn) == 28 - AT_MOST + 1
    assert [u.days for u in drawn] == sorted(u.days for u in drawn)
