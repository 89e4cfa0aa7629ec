"""The door: formats by content, several conversations, what is known once a stream has ended."""

import zipfile
from datetime import datetime, timedelta

import pytest

from velveteen.messages import Message, open_export, read_chat, read_export
from velveteen.messages.codes import code_days, coded_entries
from velveteen.messages.formats.contract import Choice
from velveteen.messages.tally import Coder, Tally
from velveteen.problems import AmbiguousDates, BadInput, SeveralChats

from . import toy

TWO = toy.toy("Ben|Ben|a", "Ben|Ana|b", "Cid|Cid|c", "Ben|Ben|d", owner="Ana")
CHAT = "13/01/2021, 10:00 - Ana: a\nlost\n13/01/2021, 10:01 - José: b\n"


@pytest.fixture(autouse=True)
def _known(monkeypatch):
    toy.known(monkeypatch)


def test_a_format_is_told_by_its_content():
    assert open_export(toy.toy("Ben|Ben|a").encode()).format == "toy"
    assert open_export(CHAT.encode()).format == "whatsapp"


def test_of_several_conversations_one_must_be_chosen():
    with pytest.raises(SeveralChats) as asked:
        read_export(TWO.encode())
    assert (asked.value.exit_code, asked.value.as_dict()["chats"]) == (3, {"Ben": 3, "Cid": 1})
    assert "--chat" in asked.value.message
    assert [m.text for m in read_chat(TWO.encode(), chat="Cid")[0]] == ["c"]


def test_a_conversation_that_is_not_there_is_said():
    with pytest.raises(BadInput) as refused:
        read_export(TWO.encode(), chat="Dora")
    assert refused.value.code == "unknown_chat"
    assert "“Cid”" in refused.value.message


def test_a_chat_of_one_conversation_needs_no_name():
    assert len(read_export(CHAT.encode(), chat="anything").messages) == 2


def test_what_is_known_after_a_stream_is_known_once_however_often_it_runs():
    export = open_export(CHAT.encode())
    assert (export.count, export.participants, export.first) == (0, {}, None)
    for _ in range(2):
        export.survey()
        assert (export.count, export.participants) == (2, {"Ana": 1, "José": 1})
        assert (export.first.minute, export.last.minute) == (0, 1)
    assert open_export(TWO.encode(), Choice(chat="Ben")).survey().notes.owner == "Ana"


def test_the_list_says_what_the_stream_says():
    text = "before\n" + CHAT + "31/02/2021, 10:00 - Ana: never\n"
    export, listed = open_export(text.encode()).survey(), read_export(text.encode())
    assert (export.notes.unparsed, export.problems) == (listed.unparsed, listed.problems)
    assert listed.unparsed == [(1, "before"), (5, "31/02/2021, 10:00 - Ana: never")]


def test_a_zip_of_two_formats_gives_the_one_that_holds_more(tmp_path):
    for long, name in (("toy", "toy"), ("chat", "whatsapp")):
        with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
            archive.writestr("a.json", toy.toy(*["Ben|Ben|a"] * (99 if long == "toy" else 1)))
            archive.writestr("b.txt", CHAT * (99 if long == "chat" else 1))
        export = open_export(tmp_path / "a.zip").survey()
        assert export.format == name
        assert [p.code for p in export.problems if p.code == "other_text"] == ["other_text"]


def test_dates_that_fit_both_ways_are_asked_while_it_streams():
    export = open_export(b"03/04/2024, 09:30 - Ana: a\n05/06/2024, 09:31 - Ben: b\n")
    with pytest.raises(AmbiguousDates):
        export.survey()


def test_a_long_chat_is_read_in_blocks_as_in_one(monkeypatch, read):
    lines = "".join(
        f"{13 + i // 60 % 15}/01/2021, 10:{i % 60:02} - Ana: {i}\nmore: {i}\n" for i in range(900)
    )
    text = "a preamble\n" + lines
    whole = read(text)
    for size in (1, 7, 100, 1000, 4096):
        monkeypatch.setattr("velveteen.messages.text.BLOCK", size)
        monkeypatch.setattr("velveteen.messages.text.Text.blocks.__defaults__", (size,))
        for kept in (0, 10**9):
            monkeypatch.setattr("velveteen.messages.formats.whatsapp.KEPT", kept)
            assert read(text) == whole


def test_one_endless_message_is_refused(monkeypatch, read):
    monkeypatch.setattr("velveteen.messages.formats.cutting.LONGEST", 1000)
    with pytest.raises(BadInput) as refused:
        read(CHAT + "x\n" * 600)
    assert refused.value.code == "message_too_long"


def test_the_shape_of_a_long_file_is_told_by_its_middle_too(monkeypatch, read):
    monkeypatch.setattr("velveteen.messages.formats.whatsapp.SAMPLED", 2000)
    android = "".join(f"13/01/2021, 10:{i:02} - Ana: a\n" for i in range(60)) * 2
    ios = "".join(f"[14/01/21, 10:{i:02}:00] Ana: b\n" for i in range(60)) * 2
    assert len(read(android * 2).messages) == 240
    with pytest.raises(BadInput) as refused:
        read(android + ios)
    assert refused.value.code == "mixed_headers"


def test_an_export_that_was_not_read_yet_is_read_to_be_counted():
    imported, *days = coded_entries(open_export(CHAT.encode()), "Ana")
    assert (imported.payload["me"], imported.payload["messages"], len(days)) == ("José", 2, 1)


def test_what_a_coder_is_given_is_the_turn_before_in_the_same_conversation():
    seen = []
    coder = Coder("test", ("found",), lambda text, before: seen.append((text, before)) or 1)
    tally = Tally("Sam", "Ruth", coder)
    hours = [
        (0, "Sam", "a"),
        (1, "Ruth", "b"),
        (2, "Sam", "c"),
        (3, "Sam", "d"),
        (10, "Sam", "e"),
        (11, "Ana", "f"),
        (12, "Sam", "g"),
    ]
    tally.add(Message(toy.START + timedelta(hours=h), who, text, h + 1) for h, who, text in hours)
    assert seen == [("a", ""), ("c", "b"), ("d", "b"), ("e", ""), ("g", "f")]
    assert sum(day.them["found"] for day in tally.days().values()) == 5
    assert Tally("Sam", "Ruth", coder).days() == {}


def test_the_two_hours_of_an_autumn_night_are_told_apart_where_the_export_can():
    """2:30 summer time, then 2:10 winter time forty minutes later."""
    night = datetime(2021, 10, 31, 2, 30), datetime(2021, 10, 31, 2, 10)
    instants = 1635640200, 1635642600
    rows = zip(night, ("Ruth", "Sam"), instants, strict=True)
    known = [Message(at, who, "x", i, instant=instant) for i, (at, who, instant) in enumerate(rows)]
    waits = [code_days(m, "Sam", "Ruth")[night[0].date()].them["reply_seconds"]
             for m in (known, [m._replace(instant=None) for m in known])]  # fmt: skip
    assert waits == [2400, 0]
