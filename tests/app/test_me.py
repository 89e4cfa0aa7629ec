"""Me: what is one's own, for each side; nothing that stands is lost from view, and a day that was not free says nothing."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from velveteen.app import own
from velveteen.app.shell import path
from velveteen.journal.entries import Entry, uuid7

DAY = datetime(2026, 3, 4)


def entry(kind, at=DAY, **payload):
    return Entry(uuid7(), kind, at, at, payload)


def rated(day, value, **more):
    return entry("day", datetime.combine(day, datetime.min.time()), contact=True, wellbeing=value, **more)


def test_terms_list_and_supports_stand_there_with_their_date_and_can_be_put_right(opened, desk):
    kept = [
        entry("term", what="No shouting at the children", by="2026-06-01"),
        entry("list_item", what="the dishes", choice="let_pass"), entry("support", who="Ana", what="walks on Sundays"),
    ]  # fmt: skip
    desk.add(kept)
    page = opened.get(path("me")).text
    for words in (
        "No shouting at the children",
        "by 1 June 2026",
        "the dishes: let it pass",
        "Ana: walks on Sundays",
    ):
        assert words in page
    assert [
        e.id for e, s in zip(kept, ("8", "9", "10"), strict=True) if path("sheet", s, e.id) not in page
    ] == []
    assert page.count("4 Mar 2026") == 3


def test_a_corrected_term_stands_once(opened, desk):
    first = entry("term", what="before")
    desk.add([first])
    opened.post(path("sheet", "8", first.id), data={"what": "after"})
    page = opened.get(path("me")).text
    assert "after" in page
    assert "“before”" not in page


def test_an_empty_page_says_what_will_be_here(opened):
    page = opened.get(path("me")).text
    assert "will stand here" in page
    for name in ("read", "papers", "backup", "settings", "done"):
        assert f'href="{path(name)}"' in page


def test_the_ratings_of_a_day_that_was_not_free_do_not_count_and_nothing_says_so(opened, desk):
    today = date.today()
    desk.add([rated(today, 2), rated(today - timedelta(days=1), 9, free=False)])
    page = opened.get(path("me")).text
    assert own.ratings(desk.standing) == {today: 2.0}
    assert "the middle one 2 of 10" in page
    assert "free" not in page


def test_the_months_tell_lowest_middle_and_highest():
    days = {date(2026, 3, 1): 1.0, date(2026, 3, 2): 4.0, date(2026, 3, 9): 9.0, date(2026, 5, 1): 5.0}
    assert own.months(days) == [(date(2026, 5, 1), 1, "5", "5", "5"), (date(2026, 3, 1), 3, "1", "4", "9")]


def test_the_picture_holds_half_a_year_of_weeks_and_nothing_later_than_today():
    today = date(2026, 6, 3)  # a Wednesday
    found = own.dots(
        {today: 10.0, date(2026, 6, 1): 0.0, date(2025, 12, 1): 3.0, date(2026, 6, 9): 1.0}, today
    )
    assert [(d.week, d.value) for d in found] == [(date(2026, 6, 1), 5.0)]
    (edge,) = own.dots({date(2025, 12, 8): 10.0}, today)
    assert (edge.x, edge.y) == (40.0, 10.0)


def test_a_rating_that_is_no_number_is_left_out(desk):
    days = [rated(date(2026, 3, n), value) for n, value in enumerate(["7", None, True, 11, -1], 1)]
    assert own.ratings(days) == {}


def test_who_wants_to_change_reads_costs_and_nights_at_will_and_sees_no_terms(changer, desk):
    desk.add(
        [
            entry("cost", which="self_respect", what="the look on their face"),
            entry("practice", which="owning", did_what="I threw a plate", next="I call the group"),
            entry("therapy_session", attended=True), entry("therapy_session", attended=False),
        ]
    )  # fmt: skip
    page = changer.get(path("me")).text
    assert "Self respect: the look on their face." in page
    assert "I threw a plate" in page
    assert page.index("<details>") < page.index("the look on their face")
    assert "Of 2 sessions that were due, 1 took place." in page
    assert "My terms" not in page
    assert "How I am" not in page


def test_a_long_list_is_folded_and_whole(opened, desk):
    desk.add([entry("support", who=f"Person {n:02}") for n in range(20)])
    page = opened.get(path("me")).text
    assert [n for n in range(20) if f"Person {n:02}" not in page] == []
    assert "14 older ones" in page


def test_the_share_of_promises_is_counted_by_what_came_of_them():
    made = [entry("promise", what="x", outcome=o) for o in ("kept", "kept", "broken")]
    assert (
        own.kept_share([*made, entry("promise", what="y")])
        == "Of 3 promises with an outcome: 2 kept and 1 not kept."
    )
    assert own.kept_share([]) == "No promise has a word about what came of it yet."
    assert own.session_share([]) == "No session is written yet."


def test_entries_without_words_are_left_out_of_the_lists():
    assert own.items([entry("support"), entry("practice", which="owning")], "10") == []
    assert (
        own.items([entry("practice", which="owning"), entry("practice", which="walk", did=True)], "16") == []
    )
    (item,) = own.items([entry("practice", which="walk", did=True, note="hard")], "15")
    assert item.lines == (("", "walk: done."), ("", "hard."))
