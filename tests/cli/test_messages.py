"""`messages`: the contract of its JSON, the question when dates fit both ways, and files that are no chat."""

from __future__ import annotations

import zipfile

import pytest

CHAT = (
    "13/04/2024, 09:30 - Messages and calls are end-to-end encrypted. No one outside of this chat can read them.\n"
    "13/04/2024, 09:31 - Ana: hello\n"
    "how are you: well?\n"
    "14/04/2024, 23:59 - Ben: fine\n"
)


def test_the_contract(vv, written):
    ended = vv("messages", written("chat.txt", CHAT), "--json")
    assert ended.code == 0
    told = ended.json
    assert {k: told[k] for k in ("schema", "messages", "system_lines", "participants", "unparsed", "ambiguous_dates")} == {
        "schema": 1, "messages": 2, "system_lines": 1, "participants": {"Ana": 1, "Ben": 1}, "unparsed": [],
        "ambiguous_dates": False,
    }  # fmt: skip
    assert (told["first"], told["last"]) == ("2024-04-13T09:31:00", "2024-04-14T23:59:00")


def test_a_line_that_belongs_to_no_message_is_listed(vv, written):
    ended = vv("messages", written("chat.txt", "lost words\n" + CHAT), "--json")
    assert ended.json["unparsed"] == [{"line": 1, "text": "lost words"}]
    assert "line 1" in ended.err


def test_the_prose(vv, written):
    said = vv("messages", written("chat.txt", CHAT)).out
    assert "2 messages" in said
    assert "Ana: 1" in said


def test_dates_that_fit_both_ways_are_asked_for(vv, written):
    chat = written("chat.txt", "03/04/2024, 09:30 - Ana: hello\n05/06/2024, 09:31 - Ben: hello\n")
    ended = vv("messages", chat, "--json")
    assert ended.code == 3
    assert ended.json["ambiguous_dates"] is True
    assert ended.json["error"]["code"] == "ambiguous_dates"
    assert vv("messages", chat, "--day-first", "--json").json["first"].startswith("2024-04-03")
    assert vv("messages", chat, "--month-first", "--json").json["first"].startswith("2024-03-04")


def bomb(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_chat.txt", CHAT + " " * (80 * 1024 * 1024))
    return path


NO_CHATS = [b"", b"\n\n", b"\x7fELF\x00\x01\x02" * 400, b"dear diary,\nnothing\n", b"PK\x03\x04broken", None]


@pytest.mark.parametrize("content", NO_CHATS)
def test_what_is_no_chat_is_two(vv, written, tmp_path, content):
    ended = vv("messages", tmp_path / "none" if content is None else written("chat", content), "--json")
    assert ended.code == 2
    assert ended.json["error"]["message"].endswith(".")


def test_a_zip_that_unpacks_to_too_much_is_refused_before_it_is_unpacked(vv, tmp_path):
    ended = vv("messages", bomb(tmp_path / "chat.zip"), "--json")
    assert ended.code == 2
    assert ended.json["error"]["code"] == "zip_too_tight"


def test_the_same_bomb_adds_nothing_to_a_journal(vv, journal, tmp_path):
    assert vv("import", bomb(tmp_path / "chat.zip"), *journal, "--them", "Ben").code == 2
