"""What goes back and forth: an occasion is mine, and only an answer that meets it counts for them."""

from datetime import date, datetime, timedelta

import pytest

from velveteen.messages import Message
from velveteen.messages.codes import code_days

MONDAY = datetime(2021, 3, 1, 9)
TOLD, MEETS, HURTS, OWNS = (
    "I feel so sad and alone today",
    "that sounds really hard, no wonder you're sad",
    "you're pathetic",
    "I'm sorry I shouted at you, that was wrong of me",
)
RAISED = "you shouted at me last night"


def weighed(*rows):
    """Calm and hard together, of the whole chat."""
    chat = [Message(MONDAY + timedelta(minutes=m), who, text, i + 1) for i, (m, who, text) in enumerate(rows)]
    days = code_days(chat, "Sam", "Ruth").values()
    names = ("told", "met", "raised", "owned")
    return tuple(sum((d.calm + d.hard)[name] for d in days) for name in names)


@pytest.mark.parametrize(
    ("occasion", "answer", "counted"),
    [
        (TOLD, MEETS, (1, 1, 0, 0)),
        (TOLD, "pizza?", (1, 0, 0, 0)),
        (RAISED, OWNS, (0, 0, 1, 1)),
        (RAISED, HURTS, (0, 0, 1, 0)),
        ("pizza?", MEETS, (0, 0, 0, 0)),
    ],
)
def test_an_answer_meets_what_it_had_an_occasion_for(occasion, answer, counted):
    assert weighed((0, "Ruth", occasion), (1, "Sam", answer)) == counted


def test_owning_that_blames_in_the_same_turn_is_none():
    assert weighed((0, "Ruth", RAISED), (1, "Sam", OWNS), (2, "Sam", HURTS)) == (0, 0, 1, 0)


def test_an_answer_left_unsent_is_an_occasion_that_was_not_met():
    sent = (0, "Ruth", RAISED), (1, "Sam", HURTS), (2, "Ruth", "pizza?")
    assert weighed(*sent)[2:] == weighed(sent[0], sent[2], (3, "Sam", "ok"))[2:] == (1, 0)
    assert weighed((-600, "Sam", "hi"), sent[0])[2:] == (1, 0)


def test_an_answer_in_the_next_conversation_is_none():
    assert weighed((0, "Ruth", TOLD), (600, "Sam", MEETS)) == (1, 0, 0, 0)


def test_somebody_else_s_words_are_neither():
    told, hi = (0, "Ruth", TOLD), (1000, "Ruth", "hi")
    assert weighed(told, (1, "Ana", MEETS), (2, "Sam", "pizza?")) == (1, 0, 0, 0)
    assert weighed(told, (1, "Ana", "pizza?"), (2, "Sam", MEETS)) == (1, 1, 0, 0)
    assert weighed((0, "Ana", TOLD), (1, "Sam", MEETS), hi) == (0, 0, 0, 0)


def test_it_counts_on_the_day_of_the_occasion():
    night = datetime(2021, 3, 1, 23, 59)
    chat = [Message(night, "Ruth", TOLD, 1), Message(night + timedelta(minutes=5), "Sam", MEETS, 2)]
    days = code_days(chat, "Sam", "Ruth")
    assert (days[date(2021, 3, 1)].calm + days[date(2021, 3, 1)].hard)["met"] == 1
    assert days[date(2021, 3, 2)].calm["told"] == days[date(2021, 3, 2)].hard["told"] == 0


def test_what_they_leave_unsent_takes_no_occasion_away():
    rows = [(0, "Sam", "hi"), (1, "Ruth", TOLD), (2, "Sam", HURTS), (3, "Ruth", RAISED), (4, "Sam", HURTS)]
    rows += [(5, "Ruth", TOLD), (6, "Ruth", RAISED), (7, "Ruth", "ok"), (8, "Sam", MEETS)]
    sent, polished = weighed(*rows), weighed(*(row for row in rows if row[2] != HURTS))
    assert sent[::2] == polished[::2] == (2, 2)
    assert sent[1] == polished[1] == 1


@pytest.mark.parametrize(
    ("mine", "hard"), [(RAISED, 1), ("no, I don't want to do that", 1), (TOLD, 0), ("ok", 0)]
)
@pytest.mark.parametrize("theirs", [(), ((0, "Sam", HURTS),), ((2, "Sam", HURTS),)])
def test_a_conversation_is_hard_by_what_the_owner_writes_alone(mine, hard, theirs):
    rows = sorted([(1, "Ruth", mine), (3, "Sam", "ok"), *theirs])
    chat = [Message(MONDAY + timedelta(minutes=m), who, text, i + 1) for i, (m, who, text) in enumerate(rows)]
    day = code_days(chat, "Sam", "Ruth")[date(2021, 3, 1)]
    assert (day.hard["written"], day.calm["written"]) == (
        (len(rows) - 1) * hard,
        (len(rows) - 1) * (1 - hard),
    )
