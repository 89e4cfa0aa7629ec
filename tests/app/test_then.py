"""What did I write then: the owner's words of the hardest days, and beside them what they decided; no more."""

from __future__ import annotations

import re

import pytest
from tests.app.notes import ago, entry, main

from velveteen.app.shell import path
from velveteen.app.then import thens


def days(desk, on=0):
    return [then.on for then in thens(desk, ago(on))]


def test_it_is_two_taps_from_the_record(opened):
    assert f'href="{path("then")}"' in opened.get(path("record")).text
    assert len(re.findall(rf'href="{path("then")}\?w=\d"', opened.get(path("then")).text)) == 4


def test_nothing_written_says_so_and_asks_for_nothing(opened):
    assert "No day of this month has words of yours" in main(opened.get(path("then")))


def test_the_hardest_five_days_with_words_are_shown_in_their_order(opened, desk):
    ratings = {3: 9, 4: 1, 5: 2, 6: 3, 7: 4, 8: 5, 9: 8}
    desk.add(
        [entry("day", n, contact=True, treated=r, facts=f"words of day {n}") for n, r in ratings.items()]
    )
    desk.add([entry("day", 10, contact=True, treated=0)])  # the hardest of all, without a word
    assert days(desk) == [ago(n) for n in (8, 7, 6, 5, 4)]
    said = main(opened.get(path("then")))
    assert said.index("words of day 8") < said.index("words of day 4")
    assert "words of day 3" not in said


def test_where_ratings_are_equal_the_acts_decide(desk, opened):
    for n in range(2, 9):
        desk.add([entry("day", n, contact=True, treated=4, facts="words")])
    desk.add(
        [entry("act", 8, act="shouted"), entry("act", 7, act="shouted"), entry("act", 2, act="listened")]
    )
    assert {ago(8), ago(7)} < set(days(desk))


def test_what_was_decided_in_the_fortnight_after_stands_beside_the_day_before_it(opened, desk):
    desk.add([entry("note", 25, facts="first night"), entry("note", 10, facts="second night")])
    desk.add(
        [
            entry("term", 24, what="No shouting"), entry("limit", 12, limit="I leave the room", event="held"),
            entry("list_item", 9, what="The shoes", choice="let_pass"), entry("turning_point", 0, kind="left"),
            entry("limit", 8, limit="My door", event="crossed"), entry("limit", 26, limit="Before it", event="held"),
        ]
    )  # fmt: skip
    first, second = thens(desk, ago(0))
    assert [line.entry.kind for _, lines in first.after for line in lines] == ["term", "limit"]
    assert [line.entry.kind for _, lines in second.after for line in lines] == ["list_item", "turning_point"]
    beyond = thens(desk, ago(11))[0]
    assert [line.entry.kind for _, lines in beyond.after for line in lines] == ["term", "limit"]


def test_a_decision_later_than_a_fortnight_is_not_beside_it(opened, desk):
    desk.add(
        [
            entry("note", 25, facts="a night"),
            entry("term", 11, what="In time"),
            entry("term", 10, what="Too late"),
        ]
    )
    (then,) = thens(desk, ago(0))
    assert [line.text for _, lines in then.after for line in lines] == ["“In time”."]


@pytest.mark.parametrize(("choice", "days_ago"), [("1", 2), ("2", 40), ("3", 190), ("4", 370)])
def test_each_choice_opens_its_month(opened, desk, choice, days_ago):
    desk.add([entry("note", n, facts=f"said {n} days ago") for n in (2, 40, 190, 370)])
    said = main(opened.get(path("then"), params={"w": choice}))
    assert re.findall(r"said (\d+) days ago", said) == [str(days_ago)]


def test_the_day_of_the_terms_is_a_choice_once_there_are_terms(opened, desk):
    desk.add([entry("term", 100, what="No shouting"), entry("note", 103, facts="Why I wrote them")])
    assert "The day I wrote my terms" in main(opened.get(path("then")))
    assert "Why I wrote them" in main(opened.get(path("then"), params={"w": "5"}))


@pytest.mark.parametrize(
    "odd", [{"w": "9"}, {"w": "²"}, {"d": "x"}, {"d": "0001-01-01"}, {"d": "9999-12-31"}, {"w": "0"}]
)
def test_odd_choices_open_some_month(opened, odd):
    assert opened.get(path("then"), params=odd).status_code == 200


def test_the_changer_reads_owning_first_and_what_they_did_after(changer, desk):
    desk.add([entry("note", n, facts="an ordinary day") for n in range(3, 10)])
    desk.add(
        [
            entry("practice", 12, which="owning", did_what="I shouted"), entry("promise", 11, what="I leave the room"),
            entry("practice", 11, which="Breathing", did=True), entry("cost", 14, what="My son went out"),
        ]
    )  # fmt: skip
    shown = thens(desk, ago(0))
    assert {ago(14), ago(12)} <= {t.on for t in shown}
    owned = next(t for t in shown if t.on == ago(12))
    assert [line.entry.kind for _, lines in owned.after for line in lines] == ["promise", "practice"]
    assert "What I did after" in main(changer.get(path("then")))
