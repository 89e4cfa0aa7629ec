"""Countable codes: by hand on small chats."""

from datetime import date, datetime, timedelta

import pytest

from velveteen.messages import Message, read_export
from velveteen.messages.codes import code_days, coded_entries
from velveteen.messages.formats.notices import is_note
from velveteen.messages.tally import CONVERSATION_GAP
from velveteen.problems import BadInput

MONDAY = datetime(2021, 3, 1, 9)


def chat(*rows):
    """(minutes after Monday 9:00, author, text)."""
    return [
        Message(MONDAY + timedelta(minutes=m), author, text, i + 1, is_note(text))
        for i, (m, author, text) in enumerate(rows)
    ]


def monday(*rows, me="Ruth"):
    return code_days(chat(*rows), "Sam", me)[date(2021, 3, 1)]


def test_messages_and_words():
    day = monday((0, "Sam", "one two, three 4"), (1, "Ruth", "don't know"), (2, "Sam", "👍"))
    assert (day.them["messages"], day.them["words"]) == (2, 3)
    assert (day.me["messages"], day.me["words"]) == (1, 2)


def test_notes_of_the_app_are_nobodys_words():
    day = monday(
        (0, "Sam", "<Media omitted>"),
        (1, "Sam", "This message was deleted"),
        (2, "Ruth", "x"),
        (3, "Sam", "image omitted"),
    )
    assert (day.them["messages"], day.them["words"], day.written) == (3, 0, 0)


def test_who_begins_a_conversation_and_who_answers():
    gap = int(CONVERSATION_GAP.total_seconds() // 60)
    day = monday(
        (0, "Ruth", "a"),
        (10, "Sam", "b"),
        (12, "Sam", "c"),
        (15, "Ruth", "d"),
        (17, "Sam", "e"),
        (17 + gap, "Sam", "f"),
    )
    assert (day.me["starts"], day.them["starts"]) == (1, 1)
    assert (day.them["replies"], day.them["reply_seconds"]) == (2, (10 + 2) * 60)


def test_an_answer_after_the_gap_is_a_start_and_no_late_reply():
    gap = int(CONVERSATION_GAP.total_seconds() // 60)
    day = monday((0, "Ruth", "a"), (gap, "Sam", "b"))
    assert (day.them["starts"], day.them["replies"], day.them["reply_seconds"]) == (1, 0, 0)


def test_lines_out_of_order_are_put_in_order_first():
    day = monday((5, "Sam", "b"), (0, "Ruth", "a"))
    assert (day.me["starts"], day.them["starts"], day.them["reply_seconds"]) == (1, 0, 300)


@pytest.mark.parametrize(("hour", "minute", "late"), [(23, 59, 0), (0, 0, 1), (4, 59, 1), (5, 0, 0)])
def test_late_at_night(hour, minute, late):
    at = datetime(2021, 3, 1, hour, minute)
    days = code_days([Message(at, "Sam", "a", 1), Message(at, "Ruth", "b", 2)], "Sam", "Ruth")
    assert days[at.date()].them["late_night"] == late


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Thank you so much", {"thanks"}),
        ("ok thx", {"thanks"}),
        ("vielen Dank!", {"thanks"}),
        ("no thanks", {"thanks"}),
        ("thanks for nothing", set()),
        ("thank God it is over", set()),
        ("thank god, and thanks to you", {"thanks"}),
        ("Good morning", {"greetings"}),
        ("hey, you there", {"greetings"}),
        ("…hello", {"greetings"}),
        ("say hello to her", set()),
        ("history", set()),
        ("Hi Ruth", {"greetings", "name_used"}),
        ("I love you ruth", {"name_used"}),
        ("the truth", set()),
        ("where are you?", {"questions"}),
        ("where are you", set()),
        ("وين انت؟", {"questions"}),
    ],
)
def test_words_of_courtesy(text, codes):
    day = monday((0, "Sam", text), (1, "Ruth", "x"))
    assert {name for name in ("thanks", "greetings", "name_used", "questions") if day.them[name]} == codes
    assert day.courteous == bool(codes - {"questions"})
    assert day.written == 1


@pytest.mark.parametrize(
    ("text", "used"),
    [
        ("I will come", 0),
        ("Will you come", 0),
        ("Will, come here", 1),
        ("thanks Will", 1),
        ("hey Will!", 1),
        ("come home, Will", 1),
    ],
)
def test_a_name_that_is_also_a_word_counts_only_as_an_address(text, used):
    day = monday((0, "Sam", text), (1, "Will", "x"), me="Will")
    assert day.them["name_used"] == used


def test_a_phone_number_is_no_name():
    assert monday((0, "Sam", "44 or 7700"), (1, "+44 7700", "x"), me="+44 7700").them["name_used"] == 0


def test_of_me_only_three_bare_counts_are_kept():
    day = monday((0, "Ruth", "Thank you Sam, good night?"), (1, "Sam", "ok"))
    assert set(day.me) == {"messages", "words", "starts"}


def test_who_is_me_is_plain_with_two_people_and_open_with_three():
    two = code_days(chat((0, "Sam", "a"), (1, "Ruth", "b")), "Sam")
    three = code_days(chat((0, "Sam", "a"), (1, "Ruth", "b"), (2, "Ana", "c")), "Sam")
    assert two[date(2021, 3, 1)].me["messages"] == 1
    assert not three[date(2021, 3, 1)].me


@pytest.mark.parametrize(
    ("them", "me", "code"),
    [("Eve", None, "unknown_person"), ("Sam", "Eve", "unknown_person"), ("Sam", "Sam", "same_person")],
)
def test_people_who_are_not_there(them, me, code):
    with pytest.raises(BadInput) as refused:
        code_days(chat((0, "Sam", "a"), (1, "Ruth", "b")), them, me)
    assert refused.value.code == code


def export(tmp_path, bodies):
    path = tmp_path / "chat.txt"
    lines = (
        f"{13 + i % 3}/01/2021, {9 + i // 3 % 12:02}:00 - {'Ruth' if i % 4 == 3 else 'Sam'}: {b}"
        for i, b in enumerate(bodies)
    )
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return read_export(path)


def test_entries_of_an_import(tmp_path):
    chat = export(tmp_path, ["Thanks Ruth", "where is it", "good night", "see you"])
    first, *days = coded_entries(chat, "Sam", "Ruth")
    assert (first.kind, first.at, first.about) == ("imported", chat.first, "Sam")
    assert {k: first.payload[k] for k in ("source", "format", "messages", "participants", "them")} == {
        "source": chat.sha256,
        "format": "whatsapp",
        "messages": 4,
        "participants": {"Sam": 3, "Ruth": 1},
        "them": "Sam",
    }
    assert (first.payload["first"], first.payload["last"]) == (chat.first.isoformat(), chat.last.isoformat())
    assert [(d.kind, d.at) for d in days] == [("coded_day", datetime(2021, 1, 13 + i)) for i in range(3)]
    assert [d.payload["channels"] for d in days] == [
        {"courtesy": [1, 1]},
        {"courtesy": [0, 1]},
        {"courtesy": [1, 1]},
    ]
    assert days[0].payload["counts"]["me"]["messages"] == 1
    assert len({e.id for e in (first, *days)}) == 4


def test_a_language_without_lists_gives_no_courtesy_and_says_so(tmp_path):
    chat = export(tmp_path, ["szeretnék holnap korán indulni veled hegyekbe", "nagyon köszönöm"] * 80)
    first, *days = coded_entries(chat, "Sam", "Ruth")
    assert first.payload["language"] == "other"
    assert all(d.payload["channels"] == {} and "thanks" not in d.payload["counts"]["them"] for d in days)
    assert sum(d.payload["counts"]["them"]["messages"] for d in days) == 120


def test_english_is_told(tmp_path):
    chat = export(tmp_path, ["I do not know what you want me to do with it", "thank you for the tea"] * 40)
    assert coded_entries(chat, "Sam", "Ruth")[0].payload["language"] == "en"


def test_a_chat_of_notices_alone_has_nothing_to_count(tmp_path):
    path = tmp_path / "chat.txt"
    path.write_text("13/01/2021, 09:00 - Messages and calls are end-to-end encrypted.\n", "utf-8")
    with pytest.raises(BadInput) as refused:
        coded_entries(read_export(path), "Sam", "Ruth")
    assert refused.value.code == "no_messages"
