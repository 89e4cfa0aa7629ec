"""Which messages are asked, in which order, and what the answers come to."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from tests.measure.coded import START, answers_to, at, coded, hurting_chat

from velveteen.measure.channels import registry
from velveteen.measure.coded_weeks import HURT
from velveteen.measure.relabel_draw import EACH, household_channels, relabelling, taken_back


def sorts(found):
    return Counter((i.counted, i.after) for i in found.waiting)


def test_forty_are_asked_ten_of_each_sort_in_each_half():
    found = relabelling(hurting_chat())
    assert sorts(found) == dict.fromkeys([(True, True), (True, False), (False, True), (False, False)], EACH)
    assert (found.parted, found.turn, found.answered) == (START + timedelta(days=20), "", 0)
    assert (found.before.flagged, found.before.looked_at) == (40, 800)


def test_the_order_is_the_same_each_time_and_tells_no_sort():
    chat = hurting_chat()
    order = [i.line.ref for i in relabelling(chat).waiting]
    assert order == [i.line.ref for i in relabelling(chat).waiting]
    row = [i.counted for i in relabelling(chat).waiting]
    assert 5 < sum(one != other for one, other in pairwise(row)) < 35


def test_an_answered_message_is_not_asked_again_and_no_other_comes_in_its_place():
    chat = hurting_chat()
    found = relabelling(chat)
    some = answers_to(found, lambda i: "yes" if i.counted else "no")[:7]
    later = relabelling([*chat, *some])
    assert later.answered == 7
    assert [i.line.ref for i in later.waiting] == [i.line.ref for i in found.waiting[7:]]


def test_answers_are_counted_by_sort_and_half_and_cannot_say_counts_neither_way():
    chat = hurting_chat()
    said = answers_to(
        relabelling(chat),
        lambda i: "unsure" if i.line.text.startswith("quiet") else "yes" if i.after else "no",
    )
    found = relabelling([*chat, *said])
    assert (found.waiting, found.answered) == ((), 40)
    assert (found.after.right, found.after.asked) == (10, 10)
    assert (found.before.right, found.before.asked) == (0, 10)
    assert (
        found.after.missed
        == found.after.asked_others
        == sum(
            i.counted is False and i.after and i.line.text.startswith("plain")
            for i in relabelling(chat).waiting
        )
    )


def test_an_answer_taken_back_is_asked_again():
    chat = hurting_chat()
    first = answers_to(relabelling(chat), lambda _: "yes")[0]
    again = relabelling([*chat, first, taken_back(first, first.written)])
    assert (again.answered, len(again.waiting)) == (0, 40)


def test_a_turning_point_parts_the_record_where_enough_lies_on_both_sides():
    found = relabelling(
        [*hurting_chat(), at("turning_point", 12, kind="left"), at("turning_point", 2, kind="returned")]
    )
    assert (found.parted, found.turn) == (START + timedelta(days=12), "left")
    early = relabelling([*hurting_chat(), at("turning_point", 2, kind="left")])
    assert (early.parted, early.turn) == (START + timedelta(days=20), "")


def test_a_record_of_one_day_is_one_part():
    found = relabelling(hurting_chat(1))
    assert found.parted == START
    assert found.before.looked_at == 0
    assert len(found.waiting) == 4


@pytest.mark.parametrize("chat", [[], [coded(0, hurt=None)], [coded(0, hurt=(0, 0))]])
def test_without_a_chat_that_was_counted_for_what_hurts_there_is_nothing_to_ask(chat):
    assert relabelling(chat) is None


def test_a_line_that_only_gives_orders_is_not_asked_nor_one_without_a_word():
    chat = [
        coded(
            0,
            hurt=(1, 40),
            lines=[("09:00", ["order"], "sit"), ("09:01", ["blame"], "  ")],
            others=[("10:00", "hi")],
        )
    ]
    assert [i.line.text for i in relabelling(chat).waiting] == ["hi"]


def test_an_export_that_was_drawn_from_more_thinly_is_asked_more_often():
    """120 of 40 messages each: every drawn message stands for one. One of 4,000: it stands for all of them."""
    picked = 0
    for seed in range(60):
        dense = [
            coded(0, hurt=(0, 120), source="dense", others=[("10:00", f"{seed} d{i}") for i in range(120)])
        ]
        thin = [
            coded(
                1,
                hurt=(1, 4001),
                source="thin",
                lines=[("09:00", ["blame"], "x")],
                others=[("10:00", "thin")],
            )
        ]
        found = relabelling([*thin, *dense, at("turning_point", 30, kind="left")])
        picked += "thin" in [i.line.text for i in found.waiting]
    assert picked == 60


def test_a_day_that_was_not_free_is_not_asked_about_nor_an_answer_given_on_one_heard():
    chat = hurting_chat()
    marked = [at("day", day, contact=True, free=False) for day in range(20, 40)]
    assert all(i.line.at.date() < START + timedelta(days=20) for i in relabelling([*chat, *marked]).waiting)
    said = answers_to(relabelling(chat), lambda _: "yes")
    beside = replace(at("day", 0, contact=True, free=False), at=said[0].written)
    assert relabelling([*chat, *said, beside]).answered == 0


def test_the_judge_gets_the_figures_of_the_household():
    chat = hurting_chat()
    said = answers_to(relabelling(chat), lambda i: "yes" if i.counted else "no")
    channels = household_channels([*chat, *said])
    card = registry()[HURT]
    assert list(channels) == [HURT]
    assert replace(channels[HURT], coder=card.coder) == card
    assert channels[HURT].coder.sensitivity[1] > card.coder.sensitivity[1]
    assert channels[HURT].coder.makes_up < card.coder.makes_up


def test_without_answers_or_with_too_few_the_judge_gets_what_ships():
    chat = hurting_chat()
    assert household_channels(chat) == {}
    assert household_channels([*chat, *answers_to(relabelling(chat), lambda _: "yes")[:3]]) == {}
    assert household_channels(answers_to(relabelling(chat), lambda _: "yes")) == {}


def test_an_answer_holds_no_word_of_the_message():
    chat = hurting_chat()
    for entry in answers_to(relabelling(chat), lambda _: "yes"):
        assert not any(word in str(entry.payload) for word in ("blame ", "threat ", "plain", "quiet"))
        assert date(2024, 1, 1) <= entry.at.date() <= date(2024, 2, 10)
