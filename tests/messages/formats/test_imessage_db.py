# ruff: noqa: E501  (an export is as long as its lines are)
"""Apple's `chat.db`."""

import sqlite3
from contextlib import closing

import pytest

from velveteen.messages.formats import imessage_db
from velveteen.messages.formats.typedstream import text_of
from velveteen.problems import BadInput

from .exports import DB_ROWS, START, database, part, read, typed


def only(*rows):
    return read(imessage_db, database(rows))


def on_disk(folder, data, name="chat.db"):
    path = folder / name
    path.write_bytes(data)
    return part(data, path.name, path=path)


def test_a_moment_is_read_in_billionths_and_in_seconds_since_2001():
    seconds = START - 978_307_200
    messages, _ = only({"text": "a", "date": seconds * 10**9 + 5}, {"text": "b", "date": seconds + 60})
    assert [(message.instant, message.at.minute) for message in messages] == [(START, 0), (START + 60, 1)]


@pytest.mark.parametrize("text", ["short", "é 😀", "x" * 127, "x" * 128, "y" * 40_000])
def test_a_text_that_is_only_in_the_stream_is_read(text):
    assert text_of(typed(text)) == text
    (message,), _ = only({"attributedBody": typed(text)})
    assert message.text == text


def test_the_text_of_a_mutable_string_and_a_long_length_is_read():
    blob = b"\x04\x0bstreamtyped\x81\xe8\x03\x84\x01@\x84\x84\x84\x0fNSMutableString\x01\x84\x84\x08NSString\x01\x95\x84\x01+"
    assert text_of(blob + b"\x82\x03\x00\x00\x00abc\x86") == "abc"


@pytest.mark.parametrize(
    "blob", [None, 5, b"", b"streamtyped", b"streamtyped NSString", typed("abc" * 9)[:-20], b"streamtypedNSString\x84\x01+\x82\xff\xff\xff\xff",
             b"streamtypedNSString\x84\x01+", b"streamtypedNSString\x84\x01+\x90abc"],
)  # fmt: skip
def test_a_stream_without_a_whole_text_has_none(blob):
    assert text_of(blob) is None


@pytest.mark.parametrize("kind", [1000, 2000, 2001, 2005, 2006, 2007, 3000, 3006])
def test_tapbacks_are_system_lines(kind):
    messages, notes = only({"text": "Loved “x”", "associated_message_type": kind})
    assert (messages, notes.system_lines) == ([], 1)


@pytest.mark.parametrize(
    "event", [{"item_type": 1}, {"item_type": 2}, {"group_action_type": 1}, {"is_system_message": 1}]
)
def test_what_happens_in_a_group_is_a_system_line(event):
    messages, notes = only(event)
    assert (messages, notes.system_lines) == ([], 1)


@pytest.mark.parametrize(
    ("row", "note"),
    [
        ({"text": "\ufffc"}, "[attachment]"),
        ({"attributedBody": typed("\ufffc")}, "[attachment]"),
        ({"cache_has_attachments": 1}, "[attachment]"),
        ({"date_edited": 1}, "[unsent]"),
        ({"date_retracted": 1}, "[unsent]"),
        ({"text": "\ufffd", "balloon_bundle_id": "com.apple.x"}, "[app]"),
        ({}, "[no text]"),
    ],
)
def test_what_has_no_words_is_a_note(row, note):
    (message,), _ = only(row)
    assert (message.text, message.note) == (note, True)


def test_words_around_a_picture_and_under_a_subject_are_words():
    messages, _ = only({"text": "\ufffcour garden"}, {"text": "body", "subject": "head"})
    assert [message.text for message in messages] == ["our garden", "head\nbody"]


def test_one_person_by_two_services_is_one_author_in_one_conversation():
    messages, _ = only({"text": "a"}, {"text": "b", "handle_id": 2, "chat": 2})
    assert {(message.author, message.chat) for message in messages} == {("+15550001111", "+15550001111")}


def test_a_group_has_its_name_and_its_people():
    messages, notes = only(
        {"text": "a", "chat": 3, "handle_id": 3}, {"text": "b", "chat": 3, "is_from_me": 1, "handle_id": 0}
    )
    assert [(message.author, message.chat) for message in messages] == [
        ("cara@a.example", "Family"),
        ("Me", "Family"),
    ]
    assert notes.owner == "Me"


def test_a_database_from_a_file_and_from_a_zip_are_the_same(tmp_path):
    data = database(DB_ROWS)
    assert read(imessage_db, on_disk(tmp_path, data, "odd ?&%#name.db")) == read(imessage_db, data)


def test_a_database_with_a_journal_is_read_without_it_and_that_is_said(tmp_path):
    data = database([{"text": "a"}], wal=True, folder=tmp_path)
    assert data[18:20] == b"\2\2"
    folder = tmp_path / "copy"
    folder.mkdir()
    made = on_disk(folder, data)
    assert imessage_db.fits(part(data, "in a zip"))
    assert len(read(imessage_db, data)[0]) == len(read(imessage_db, made)[0]) == 1
    assert [path.name for path in folder.iterdir()] == ["chat.db"]
    (folder / "chat.db-wal").write_bytes(b"latest")
    _, notes = read(imessage_db, made)
    assert [problem.code for problem in notes.problems] == ["journal_beside"]


def test_a_database_whose_tables_come_late_is_known_by_them(tmp_path):
    data = database(DB_ROWS)
    late = part(data, "x")
    hidden = type(late)(late.name, late.size, data[:100], late.open)
    assert imessage_db.fits(hidden)
    with closing(sqlite3.connect(":memory:")) as other:
        other.execute("CREATE TABLE message (text TEXT)")
        assert not imessage_db.fits(part(bytes(other.serialize())))


def test_views_are_never_read(tmp_path):
    path = tmp_path / "made.db"
    with closing(sqlite3.connect(path)) as made:
        for table in ("handle", "chat", "chat_message_join"):
            made.execute(f"CREATE TABLE {table} (ROWID_ INTEGER)")
        made.execute(
            "CREATE VIEW message AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT i FROM n"
        )
        made.commit()
    data = path.read_bytes()
    with pytest.raises(BadInput) as refused:
        read(imessage_db, data)
    assert refused.value.code == "not_a_chat"


def test_an_old_database_without_the_later_columns_is_read(tmp_path):
    path = tmp_path / "old.db"
    with closing(sqlite3.connect(path)) as made:
        made.executescript("CREATE TABLE message (ROWID INTEGER PRIMARY KEY, text TEXT, date INTEGER, is_from_me INTEGER, handle_id INTEGER);"
                           "CREATE TABLE handle (ROWID INTEGER PRIMARY KEY, id TEXT); CREATE TABLE chat (ROWID INTEGER PRIMARY KEY, "
                           "chat_identifier TEXT); CREATE TABLE chat_message_join (chat_id INTEGER, message_id INTEGER);"
                           "INSERT INTO message VALUES (1, 'hi', 700000000, 0, 1); INSERT INTO handle VALUES (1, 'ana@a.example');"
                           "INSERT INTO chat VALUES (1, 'ana@a.example'); INSERT INTO chat_message_join VALUES (1, 1);")  # fmt: skip
    (message,), _ = read(imessage_db, path.read_bytes())
    assert (message.author, message.chat, message.text) == ("ana@a.example", "ana@a.example", "hi")


def test_a_broken_database_is_refused_and_one_too_large_for_memory_too(monkeypatch):
    data = database(DB_ROWS)
    with pytest.raises(BadInput) as refused:
        read(imessage_db, data[:100] + b"\xff" * (len(data) - 100))
    assert refused.value.code == "database_damaged"
    monkeypatch.setattr(imessage_db, "MOST_IN_MEMORY", 10)
    with pytest.raises(BadInput) as refused:
        read(imessage_db, data)
    assert refused.value.code == "file_too_large"


def test_a_database_that_breaks_off_gives_what_it_has_and_says_so():
    data = database([{"text": f"words {number} " * 50} for number in range(200)])
    messages, notes = read(imessage_db, data[: len(data) // 2] + b"\0" * (len(data) - len(data) // 2))
    assert 0 < len(messages) < 200
    assert [problem.code for problem in notes.problems] == ["cut_short"]
