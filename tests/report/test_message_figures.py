"""What the chat alone can tell: in words first, with what the program may have made up, and no line in any of it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import altair as alt
import jsonschema
import pytest
from tests.measure.coded import START, coded, hurting_chat

from velveteen.guide.words import NEVER_NAMES, NEVER_SAID, SHAMING, found
from velveteen.measure.channels import registry
from velveteen.measure.coded_weeks import HURT, coded_weeks
from velveteen.measure.coders import Coder
from velveteen.messages.coding import NAMES, QUOTED
from velveteen.report.message_figures import (
    HOW,
    UNMEASURED,
    WHAT_IT_IS,
    YOURS,
    message_figures,
    message_table,
    year_of,
    years,
)
from velveteen.report.message_groups import ANY_HURT, GROUPS, SHARE, WAIT, codes, group_of
from velveteen.report.message_weeks import lines_of, rows
from velveteen.report.weeks_picture import weeks_spec

COUNTS = {
    "words": 200,
    "starts": 2,
    "late_night": 1,
    "replies": 4,
    "reply_seconds": 1200,
    "blame": 2,
    "thanks": 3,
    "order": 30,
}


def weeks(**more):
    return coded_weeks(
        [coded(day, hurt=(1, 40), me={"words": 100}, **{**COUNTS, **more}) for day in range(28)]
    )


def figure(of, group, **more):
    return next(f for f in message_figures(of, 2024, **more) if f.group.id == group)


def test_every_code_that_is_counted_stands_in_one_group_and_only_quoted_ones_have_lines():
    plain = {"messages", "words", "starts", "late_night", SHARE, WAIT, ANY_HURT}
    told = [code.id for group in GROUPS for code in group.codes]
    assert len(told) == len(set(told))
    assert set(told) - plain == set(NAMES) - {"questions"}
    assert {c.id for c in codes().values() if c.quoted} == {*QUOTED, ANY_HURT}
    assert group_of("hurts").title == "What hurts"


def test_it_is_called_a_count_and_no_verdict():
    assert WHAT_IT_IS == "This is a count, not a verdict about a person."


def test_messages_words_share_and_waits_are_told_in_plain_numbers():
    told = figure(weeks(), "written")
    assert told.sentences[0] == "In 4 weeks of 2024 they wrote 1,120 messages with 5,600 words."
    assert "Of 100 words between you, theirs: from 67 to 67 in a week." in told.told
    assert "Minutes until an answer, on average: from 5 to 5 in a week." in told.told
    assert all(bar.there is None for row in told.rows for bar in row.bars)


def test_notes_about_oneself_say_you_and_have_no_share():
    (own,) = [
        f
        for f in message_figures(coded_weeks([coded(0, words=9)]), 2024, own=True)
        if f.group.id == "written"
    ]
    assert "you wrote" in own.sentences[0]
    assert not any("between you" in line for line in own.told)


def test_where_few_are_counted_it_says_that_mistakes_alone_may_have_made_them():
    told = figure(weeks(), "hurts")
    assert told.told[0].startswith("Any of these: counted in 28; there may have been 0 to ")
    assert told.told[0].endswith("It may be made of the program’s mistakes alone.")
    assert told.sentences[1] == HOW
    assert "may be made of the program’s mistakes alone: the line reaches down to nought" in told.sentences[2]
    assert all(bar.maybe_none for bar in told.rows[0].bars)


def test_where_many_are_counted_it_does_not():
    told = figure(weeks(), "asking")
    assert told.told == ("Orders: counted in 840; there may have been " + told.told[0].partition("been ")[2],)
    assert "mistakes" not in " ".join((*told.sentences, *told.told))


def test_no_more_than_is_made_up_is_said_so():
    sure = Coder((90, 100), (100_000, 10**6))
    channels = {HURT: replace(registry()[HURT], coder=sure)}
    told = figure(weeks(), "hurts", channels=channels)
    assert (
        told.told[0] == "Any of these: counted in 28, which is no more than the program makes up by mistake."
    )


def test_the_household_s_own_figures_move_the_bars_and_that_is_said():
    channels = {HURT: replace(registry()[HURT], coder=Coder((90, 100), (1, 100_000)))}
    mine, theirs = figure(weeks(), "hurts", channels=channels), figure(weeks(), "hurts")
    assert mine.sentences[1] == HOW + YOURS
    assert not mine.rows[0].bars[0].maybe_none
    assert theirs.rows[0].bars[0].maybe_none
    assert mine.rows[1] == theirs.rows[1]


def test_codes_without_figures_have_no_line_and_that_is_said():
    told = figure(weeks(acknowledges=20), "regard")
    assert UNMEASURED in told.sentences
    assert told.told[0] == "Thanks: 84."
    only = figure(weeks(), "regard")
    assert not any("line" in s for s in only.sentences)


def test_a_group_of_which_nothing_was_counted_says_so():
    told = figure(weeks(), "grandiose")
    assert (told.sentences, told.svg, told.rows) == (("In 2024 nothing of this was counted.",), None, ())


def test_a_chat_in_another_language_has_no_row_for_what_hurts():
    told = figure(coded_weeks([coded(0, hurt=None, thanks=2)]), "hurts")
    assert told.rows == ()


def test_the_table_has_the_newest_week_first_and_a_dash_where_nothing_can_be_told():
    days = [coded(0, hurt=None, blame=1), coded(7, hurt=(2, 40), blame=2)]
    told = figure(coded_weeks(days), "hurts")
    assert told.head == ("week of", "any of these", "blame")
    assert [week for week, _ in told.body] == [date(2024, 1, 8), START]
    assert told.body[1][1][0] is None
    assert told.body[0][1][1].value == 2


def test_lines_behind_a_bar_are_those_of_its_code():
    (week, *_) = coded_weeks(hurting_chat(1))
    assert [line.text for line in lines_of(week, "blame")] == ["blame 0"]
    assert [line.text for line in lines_of(week, ANY_HURT)] == ["blame 0", "threat 0"]
    assert lines_of(week, "denial") == []
    hurts = rows([week], group_of("hurts").codes)
    assert [(row.code.id, row.bars[0].lines) for row in hurts] == [(ANY_HURT, 2)]


def test_years_are_those_of_the_weeks():
    both = coded_weeks([coded(0), coded(400)])
    assert years(both) == [2025, 2024]
    assert [year_of(w.week) for w in both] == [2024, 2025]
    assert figure(both, "written").sentences[0].startswith("In 1 week of 2024")


def test_the_plain_table_and_the_figures_hold_no_line():
    found_weeks = coded_weeks([coded(0, hurt=(1, 40), lines=[("09:00", ["blame"], "canary")], blame=1)])
    table = message_table(found_weeks)
    assert {row["code"] for row in table} == {"messages", ANY_HURT, "blame"}
    assert set(table[0]) == {"week", "code", "counted", "messages", "low", "high"}
    assert "canary" not in json.dumps(table)
    told = message_figures(found_weeks, 2024)
    assert "canary" not in str([(f.sentences, f.told, f.svg, f.head, f.body) for f in told])


def test_the_picture_is_valid_has_a_bar_a_week_and_lies_within_its_row():
    drawn = rows(weeks(denial=1), group_of("hurts").codes)
    spec = weeks_spec(drawn, 2024)
    try:
        alt.Chart.from_dict(spec).to_dict()
    except jsonschema.ValidationError as wrong:
        pytest.fail(str(wrong))
    _, bars, lines, *_ = spec["layer"]
    assert len(bars["data"]["values"]) == len(lines["data"]["values"]) == 4 * len(drawn)
    assert all(0 <= v["y2"] <= v["y"] <= 74 * len(drawn) for v in lines["data"]["values"])


def test_a_week_in_which_none_was_counted_has_its_ground_and_no_bar():
    two = coded_weeks([coded(0, blame=3), coded(7)])
    ground, bars, lines, *_ = weeks_spec(rows(two, group_of("hurts").codes), 2024)["layer"]
    assert [len(layer["data"]["values"]) for layer in (ground, bars, lines)] == [2, 1, 1]


def test_no_line_is_drawn_where_nothing_is_known_and_no_style_stands_in_any_picture():
    drawn = figure(weeks(), "written")
    assert "style=" not in drawn.svg
    assert len(weeks_spec(drawn.rows, 2024)["layer"]) == 4


def test_no_word_that_shames_or_promises():
    words = " ".join(
        [
            *(f"{g.title} {g.what} " + " ".join(c.name for c in g.codes) for g in GROUPS),
            HOW,
            YOURS,
            UNMEASURED,
            WHAT_IT_IS,
        ]
    )
    assert found(words, SHAMING) == found(words, NEVER_SAID) == []
    assert found(" ".join(g.title for g in GROUPS), NEVER_NAMES) == []
