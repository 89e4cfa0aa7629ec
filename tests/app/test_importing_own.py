"""A chat in notes about oneself: one's own messages are counted, and nothing of anybody else's is kept or shown."""

from __future__ import annotations

import json
from dataclasses import asdict

import pytest
from tests.app.files import chat_txt, send
from tests.app.notes import main

from velveteen.app.holds import measured
from velveteen.app.shell import path
from velveteen.journal.jsonl import dumps
from velveteen.measure.weekly import weekly_cells
from velveteen.messages import read_export
from velveteen.messages.codes import coded_entries

CHAT = (
    "20/01/2024, 09:30 - Ana: zanzibar, thank you\n20/01/2024, 09:31 - Ben: marmalade, thank you\n"
    "21/01/2024, 09:30 - Ana: tortoise?\n21/01/2024, 09:31 - Ben: lighthouse\n"
)
WORDS = ("zanzibar", "marmalade", "tortoise", "lighthouse")


def answer(client, **form):
    return client.post(path("import", "1"), data=form)


def brought(desk):
    return [e for e in desk.entries if e.kind != "setting"]


def told(desk):
    return json.dumps([asdict(e) for e in brought(desk)], default=str)


def test_it_asks_which_name_is_ones_own_and_never_who_the_other_is(changer, desk):
    assert "a chat that a phone exported" in main(changer.get(path("import")))
    send(changer, CHAT)
    asked = changer.get(path("import", "1"))
    assert "Which name is yours?" in main(asked)
    assert 'name="them"' not in asked.text
    again = answer(changer)
    assert (again.status_code, brought(desk)) == (400, [])
    assert "which name in this chat is yours" in main(again)


def test_nothing_of_the_other_is_kept_or_shown(changer, desk):
    send(changer, CHAT)
    answer(changer, me="Ben", them="Ana")
    assert [e.kind for e in brought(desk)] == ["imported", "coded_day", "coded_day"]
    assert brought(desk)[1].payload["counts"]["me"]["messages"] == 1
    assert not any(word in told(desk) for word in ("Ana", "them", *WORDS))
    pages = [main(changer.get(address)) for address in (path("import", "2"), path("record"), path("holds"))]
    assert not any(word in page for page in pages for word in ("Ana", *WORDS))
    assert "2 of my own messages in a chat were counted, nobody else’s" in pages[1]


def test_lines_that_cannot_be_read_are_listed_without_their_words(changer, desk):
    send(changer, "lost words of somebody\n" + CHAT)
    answer(changer, me="Ben")
    said = main(changer.get(path("import", "2")))
    assert "1 thing to look at" in said
    assert "lost words" not in said


@pytest.mark.parametrize("side", ["partner", "unsure"])
def test_on_the_other_side_no_word_of_ones_own_is_kept(began, desk, side):
    client = began(side)
    send(client, CHAT)
    answer(client, them="Ben", me="Ana")
    assert not any(word in told(desk) for word in ("zanzibar", "tortoise"))
    days = [e.payload["counts"]["me"] for e in brought(desk) if e.kind == "coded_day"]
    assert all(set(mine) <= {"messages", "words", "starts"} for mine in days)
    assert all(e.payload.get("whose") != "me" for e in brought(desk))


def test_no_cell_comes_of_ones_own_messages(changer, desk):
    send(changer, chat_txt())
    answer(changer, me="Ben")
    assert measured(desk) == ([], [], [])


def test_the_second_time_one_is_known_and_nobody_else_can_be_oneself(changer, desk):
    send(changer, chat_txt(3))
    answer(changer, me="Ben")
    send(changer, chat_txt(5))
    asked = changer.get(path("import", "1"))
    assert 'type="hidden" name="me" value="Ben"' in asked.text
    refused = answer(changer, me="Ana")
    assert refused.status_code == 400
    assert "you were “Ben” before" in main(refused)
    answer(changer, me="Ben")
    own = [e.payload["counts"]["me"]["messages"] for e in brought(desk) if e.kind == "coded_day"]
    assert sum(own) == 5


def test_ones_own_messages_stay_out_of_notes_about_someone_and_theirs_out_of_notes_about_oneself(
    changer, desk, tmp_path
):
    (tmp_path / "chat.txt").write_text(chat_txt(), encoding="utf-8")
    theirs = coded_entries(read_export(tmp_path / "chat.txt", day_first=True), "Ana", "Ben")
    send(changer, dumps(theirs))
    assert answer(changer).status_code == 400
    assert brought(desk) == []
    assert weekly_cells(theirs)[0] != []
