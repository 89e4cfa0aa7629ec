"""What someone who wants to change sees of their own work: counted, without odds."""

from datetime import date, datetime, timedelta

from velveteen.journal.entries import Entry
from velveteen.report.own_work import (
    AS_WRITTEN,
    LANDED,
    NO_PRACTICE,
    NO_PROMISE,
    NO_RATING,
    NO_REPAIR,
    ROWS,
    open_repairs,
    own_work,
)

TODAY = date(2026, 5, 31)


def entry(kind, on, **payload):
    at = datetime.combine(on, datetime.min.time())
    return Entry(f"{kind}{on}{payload.get('what', '')}", kind, at, at, payload)


def sections(*entries):
    return {section.id: section.figure for section in own_work(entries, TODAY)}


def test_an_empty_record_says_what_will_be_here_and_asks_for_nothing():
    found = sections()
    assert [f.sentences for f in found.values()] == [
        (NO_PROMISE,),
        (NO_REPAIR,),
        (NO_PRACTICE,),
        (NO_RATING,),
    ]
    assert all(f.ahead and f.table is None and f.svg is None for f in found.values())


def test_the_kept_share_is_of_promises_of_which_the_outcome_is_written():
    march, april = date(2026, 3, 2), date(2026, 4, 2)
    found = sections(
        entry("promise", march, what="a", outcome="kept"), entry("promise", march, what="b", outcome="broken"),
        entry("promise", april, what="c", outcome="partly"), entry("promise", april, what="d"),
    )["promises"]  # fmt: skip
    assert found.sentences == (
        "You kept 1 of 3 promises of which you wrote what became of them. The others: 1 partly kept and 1 not kept.",
        "1 is still open.",
    )
    assert found.table.head == ("month", "kept", "partly kept", "not kept")
    assert found.table.body == (("Mar 2026", "1", "0", "1"), ("Apr 2026", "0", "1", "0"))


def test_days_of_repair_run_from_the_day_that_was_promised():
    made = date(2026, 3, 1)
    due = {"due": "2026-03-05", "outcome": "broken", "repair": "say so"}
    found = sections(
        entry("promise", made, what="a", repaired="2026-03-07", **due),
        entry("promise", made, what="b", repaired="2026-03-15", **due),
        entry("promise", made, what="c", **due),
        entry("promise", made, what="d", outcome="partly"),
    )["repairs"]  # fmt: skip
    assert found.sentences == (
        "4 promises were not kept, or only in part. What you do about it is written for 3 of them, and 2 are made good.",
        "Half of those took 6 days or less from the day that was promised; the longest took 10 days.",
        LANDED,
    )
    assert [row[2] for row in found.table.body] == ["2", "10"]


def test_what_is_made_good_before_it_was_due_took_no_days_and_without_a_due_day_the_promise_s_own_counts():
    early = entry(
        "promise", date(2026, 3, 1), what="a", due="2026-03-05", outcome="partly", repaired="2026-03-04"
    )
    plain = entry("promise", date(2026, 3, 1), what="b", outcome="partly", repaired="2026-03-02")
    found = sections(early, plain)["repairs"]
    assert [row[2] for row in found.table.body] == ["0", "1"]


def test_one_repair_of_one_day_is_said_as_one():
    one = entry("promise", date(2026, 3, 1), what="b", outcome="partly", repair="x", repaired="2026-03-02")
    first, long, _ = sections(one)["repairs"].sentences
    assert first == (
        "1 promise was not kept, or only in part. What you do about it is written for 1 of them, and 1 is made good."
    )
    assert long == "Half of those took 1 day or less from the day that was promised; the longest took 1 day."


def test_practice_that_was_not_done_is_counted_as_plainly():
    found = sections(
        entry("practice", date(2026, 5, 1), which="pause_first", did=True),
        entry("practice", date(2026, 5, 2), which="pause_first", did=False),
        entry("practice", date(2026, 5, 3), which="owning"),
    )["practice"]
    assert (
        found.sentences[0]
        == "You wrote about practice 3 times. Most often: “pause first” twice and “owning” once."
    )
    assert found.sentences[1].startswith("Once you wrote that you did not do it")
    assert found.table.body == (("May 2026", "2", "1"),)


def test_a_long_table_keeps_its_newest_two_years_and_says_so():
    months = [date(2020 + n // 12, n % 12 + 1, 1) for n in range(60)]
    table = sections(*[entry("practice", m, which="pause", did=True) for m in months])["practice"].table
    assert len(table.body) == 24
    assert table.body[-1][0] == "Dec 2024"
    assert table.caption.endswith("The newest 24 months.")


def test_days_to_come_and_days_that_were_not_free_do_not_count():
    tomorrow, unfree = TODAY + timedelta(days=1), date(2026, 5, 2)
    found = sections(
        entry("practice", tomorrow, which="pause"), entry("practice", unfree, which="pause"),
        entry("day", unfree, free=False),
    )  # fmt: skip
    assert found["practice"].sentences == (NO_PRACTICE,)


def test_open_repairs_are_those_planned_and_not_written_as_done():
    on = date(2026, 3, 1)
    planned = entry("promise", on, what="a", outcome="broken", repair_by="2026-03-03")
    others = [
        entry("promise", on, what="b", outcome="broken"),
        entry("promise", on, what="c", outcome="broken", repair="x", repaired="2026-03-02"),
        entry("promise", on, what="d", outcome="kept", repair="x"),
        entry("note", on, what="e", outcome="broken", repair="x"),
    ]
    assert open_repairs([*others, planned]) == [planned]


def test_a_therapist_s_numbers_stand_with_their_dates_the_newest_thing_first_and_prove_nothing():
    march, april, may = date(2026, 3, 2), date(2026, 4, 2), date(2026, 5, 2)
    found = sections(
        entry("therapist_rating", march, what="Owning up", rating=3),
        entry("therapist_rating", april, what="Listening", rating=4.5),
        entry("therapist_rating", may, what="Owning up.", rating=6),
    )["therapist"]  # fmt: skip
    assert found.sentences == (
        "“Owning up”: 6 of 10 on 2 May 2026; first 3 on 2 Mar 2026.",
        "“Listening”: 4.5 of 10 on 2 Apr 2026.",
        AS_WRITTEN,
    )
    assert [row[2] for row in found.table.body] == ["3", "4.5", "6"]
    assert not found.ahead


def test_what_is_no_number_of_ten_is_no_rating():
    odd = [True, "6", None, 11, -1, float("nan")]
    rated = [
        entry("therapist_rating", date(2026, 5, n + 1), what=str(n), rating=v) for n, v in enumerate(odd)
    ]
    assert sections(*rated)["therapist"].sentences == (NO_RATING,)


def test_the_table_of_numbers_holds_the_newest():
    many = [
        entry("therapist_rating", date(2026, 5, 1) - timedelta(days=n), what="x", rating=5)
        for n in range(ROWS + 1)
    ]
    table = sections(*many)["therapist"].table
    assert len(table.body) == ROWS
    assert "The newest 100." in table.caption
    assert table.body[-1][0] == "1 May 2026"
