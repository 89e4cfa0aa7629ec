"""Exports of one chat overlap: however it is cut, and in whichever order the pieces come, each message counts once."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from velveteen.journal.entries import Entry, uuid7
from velveteen.measure.weekly import weekly_cells
from velveteen.messages import ChatExport, Message
from velveteen.messages.codes import coded_entries
from velveteen.messages.formats.notices import is_note

from .shapes import SHAPES, conversation, export_text

START = datetime(2021, 3, 1, 23, 50)
TEXTS = ["ok", "thank you", "Hi Ruth", "good night", "fine?", "<Media omitted>", "\u200eok", "o k"]


@st.composite
def chats(draw):
    """Messages within a few days, several in a minute, some alike."""
    rows = draw(
        st.lists(
            st.tuples(
                st.sampled_from([0, 0, 0, 1, 7, 400, 900]),
                st.sampled_from(["Sam", "Ruth"]),
                st.sampled_from(TEXTS),
            ),
            min_size=2,
            max_size=30,
        )
    )
    at, messages = START, [Message(START, "Ruth", "first", 1), Message(START, "Sam", "first", 2)]
    for minutes, author, text in rows:
        at += timedelta(minutes=minutes)
        messages.append(Message(at, author, text, len(messages) + 1, is_note(text)))
    return messages


def export(messages, name="a"):
    authors = [m.author for m in messages]
    moments = [m.at for m in messages]
    counts = {author: authors.count(author) for author in authors}
    return ChatExport(messages, [], 0, counts, min(moments), max(moments), [], name)


def imported(*pieces):
    entries = []
    for n, piece in enumerate(pieces):
        entries += coded_entries(export(piece, str(n)), "Sam", "Ruth", entries)
    return entries


def cells(entries):
    return weekly_cells(entries)[0]


def counts(entries):
    """What stands for the messages alone, whatever came before them."""
    days = {}
    for e in entries:
        if e.kind == "coded_day":
            for who, codes in e.payload["counts"].items():
                for name in (
                    "messages",
                    "words",
                    "thanks",
                    "greetings",
                    "name_used",
                    "questions",
                    "late_night",
                ):
                    key = (e.at, who, name)
                    days[key] = days.get(key, 0) + codes.get(name, 0)
    return {key: n for key, n in days.items() if n}


def whole_minutes(messages):
    """Places where a cut goes through no minute."""
    return [
        i for i in range(len(messages) + 1) if 0 < i < len(messages) and messages[i - 1].at != messages[i].at
    ]


def both_write(*pieces):
    return all({"Sam", "Ruth"} <= {m.author for m in piece} for piece in pieces)


@settings(max_examples=150, deadline=None)
@given(chat=chats(), data=st.data())
def test_two_pieces_that_overlap_count_as_the_whole(chat, data):
    places = whole_minutes(chat)
    begin = data.draw(st.sampled_from([0, *places]))
    end = data.draw(st.sampled_from([i for i in [*places, len(chat)] if i >= begin]))
    first, second = chat[:end], chat[begin:]
    if not both_write(first, second):
        return
    whole = imported(chat)
    for entries in (imported(first, second), imported(second, first), imported(first, second, chat, first)):
        assert cells(entries) == cells(whole)
        assert counts(entries) == counts(whole)


@pytest.mark.parametrize("cut", range(2, 10))
def test_a_cut_through_a_minute_loses_nothing_where_its_words_differ(cut):
    chat = [Message(START, ("Ruth", "Sam")[i % 2], f"thanks {i}", i + 1) for i in range(12)]
    for pieces in ((chat[:cut], chat[cut - 2 :]), (chat[cut - 2 :], chat[:cut])):
        assert counts(imported(*pieces)) == counts(imported(chat))


def test_the_same_again_adds_no_day():
    chat = [Message(START, ("Ruth", "Sam")[i % 2], "ok", i + 1) for i in range(12)]
    entries = imported(chat, chat)
    assert [e.kind for e in entries] == ["imported", "coded_day", "imported"]
    assert entries[0].payload | {"source": ""} == entries[2].payload | {"source": ""}


def test_a_reply_stays_a_reply_though_what_it_answers_was_counted_before():
    chat = [
        Message(START, "Ruth", "a", 1),
        Message(START + timedelta(minutes=2), "Sam", "b", 2),
        Message(START + timedelta(minutes=3), "Ruth", "c", 3),
        Message(START + timedelta(minutes=5), "Sam", "d", 4),
    ]
    entries = [e for e in imported(chat[:3], chat) if e.kind == "coded_day"]
    assert [e.payload["counts"]["them"] for e in entries] == [
        {"messages": 1, "words": 1, "replies": 1, "reply_seconds": 120},
        {"messages": 1, "words": 1, "replies": 1, "reply_seconds": 120},
    ]


def test_two_phones_that_write_one_chat_differently_agree(read):
    written = conversation(3, 60)
    by_name = {shape.name: shape for shape in SHAPES}
    android, ios = (read(export_text(by_name[name], written)) for name in ("german android", "us ios"))
    entries = coded_entries(android, "Ruth")
    assert len(coded_entries(ios, "Ruth", None, entries)) == 1


def test_an_edited_and_a_new_message_are_added_and_the_rest_is_not(read):
    old = "13/01/2021, 10:00 - Ana: a\n13/01/2021, 10:01 - Ben: b\n"
    new = old + "13/01/2021, 10:01 - Ben: b\n13/01/2021, 10:02 - Ana: thanks\n"
    entries = coded_entries(read(old), "Ben")
    _, day = coded_entries(read(new), "Ben", None, entries)
    assert [day.payload["counts"][who]["messages"] for who in ("them", "me")] == [1, 1]


@pytest.mark.parametrize("keys", [None, 5, "not base64!", "AAA=", ""])
def test_keys_that_cannot_be_read_are_no_keys(keys):
    chat = [Message(START, ("Ruth", "Sam")[i % 2], "ok", i + 1) for i in range(4)]
    first = imported(chat)
    broken = Entry(uuid7(), "coded_day", first[1].at, START, first[1].payload | {"keys": keys}, about="Sam")
    assert len(coded_entries(export(chat), "Sam", "Ruth", [broken])) == 2


def test_what_another_version_counted_is_counted_anew():
    chat = [Message(START, ("Ruth", "Sam")[i % 2], "ok", i + 1) for i in range(4)]
    first = imported(chat)
    older = Entry(
        uuid7(), "coded_day", first[1].at, START, first[1].payload | {"coder": "older"}, about="Sam"
    )
    assert len(coded_entries(export(chat), "Sam", "Ruth", [older])) == 2
    assert len(coded_entries(export(chat), "Sam", "Ruth", first)) == 1
    assert len(coded_entries(export(chat), "Ruth", "Sam", first)) == 2


def test_no_word_of_a_chat_is_in_its_entries():
    chat = [Message(START, "Ruth", "canary one", 1), Message(START, "Sam", "canary two", 2)]
    assert "canary" not in str([e.payload for e in imported(chat)])
