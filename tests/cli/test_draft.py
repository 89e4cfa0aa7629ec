"""`draft`: the message comes by standard input alone; the questions and marks are plain; nothing is kept."""

from __future__ import annotations

import io
import sys

import pytest

from velveteen.cli import draft_command


@pytest.fixture
def typed(monkeypatch):
    def give(text):
        monkeypatch.setattr(sys, "stdin", io.StringIO(text))

    return give


def test_the_prose(vv, typed):
    typed("Well. You always do this.\n")
    ended = vv("draft")
    assert ended.code == 0
    assert ended.out.startswith("Well. [1: You always do] this.\n")
    for words in (
        "1  How will this land?\n   Look at “You always do”.",
        "4  Am I about to",
        "Not tonight.",
        "English only",
    ):
        assert words in ended.out


def test_the_contract(vv, typed):
    typed("You went out, didn't you?")
    told = vv("draft", "--json").json
    assert (told["schema"], told["letters"], told["whole"], told["language"]) == (1, 25, True, "en")
    assert [q["id"] for q in told["questions"]] == ["land", "other_end", "small", "above"]
    assert told["questions"][3]["places"] == [{"start": 0, "end": 25, "words": "You went out, didn't you?"}]
    assert told["questions"][0]["places"] == []
    assert told["way_on"].startswith("Not tonight")


@pytest.mark.parametrize("nothing", ["", " \n\n"])
def test_no_message_is_a_sentence(vv, typed, nothing):
    typed(nothing)
    ended = vv("draft", "--json")
    assert (ended.code, ended.json["error"]["code"]) == (2, "no_message")


def test_what_is_no_text_is_a_sentence(vv, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\xff\xfe\x81"), "utf-8"))
    ended = vv("draft", "--json")
    assert (ended.code, ended.json["error"]["code"]) == (2, "not_text")


def test_the_message_is_no_argument(vv, typed):
    typed("")
    assert vv("draft", "You always do this").code == 2


def test_on_a_terminal_it_is_asked_for(vv, typed, monkeypatch):
    monkeypatch.setattr(draft_command, "person_is_here", lambda: True)
    typed("Fine\n")
    assert "Ctrl-D" in vv("draft").err


def test_a_long_message_says_that_its_rest_was_not_looked_at(vv, typed):
    typed("so it goes " * 200)
    assert "only the first 2,000 letters" in vv("draft").out


def test_nothing_is_written(vv, typed, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    typed("You always do this.")
    vv("draft")
    assert list(tmp_path.rglob("*")) == []
