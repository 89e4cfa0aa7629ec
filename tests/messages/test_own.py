"""One's own messages of a chat: what the others wrote is read as the turn before, and nothing of it is kept."""

from __future__ import annotations

import base64
import json
from dataclasses import asdict
from datetime import date, datetime, timedelta

import pytest

from velveteen.journal.entries import Entry, uuid7
from velveteen.journal.payloads import misfit
from velveteen.measure.weekly import weekly_cells
from velveteen.messages import open_export, read_export
from velveteen.messages.codes import coded_entries
from velveteen.messages.own import is_mine, own_entries
from velveteen.problems import BadInput

START = datetime(2021, 3, 1, 9)
OTHER = "Quillfeather", "zanzibar marmalade, thank you Sam?"
OWN = "Sam", "tortoise lighthouse, thank you"


def written(tmp_path, rows, name="chat.txt"):
    """(minutes after the start, author, text) as a file."""
    path = tmp_path / name
    lines = (f"{START + timedelta(minutes=m):%d/%m/%Y, %H:%M} - {who}: {text}" for m, who, text in rows)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def chat(tmp_path):
    rows = [(m, *(OTHER if m % 3 else OWN)) for m in range(-60, 60 * 24 * 20, 601)]
    return read_export(written(tmp_path, rows), day_first=True)


def stored(entries):
    return json.dumps([asdict(e) for e in entries], default=str, ensure_ascii=False)


def test_no_word_count_key_or_name_of_the_others_is_kept(chat):
    entries = own_entries(chat, "Sam")
    said = stored(entries).lower()
    assert not any(
        word in said for word in ("quillfeather", "zanzibar", "marmalade", "tortoise", "lighthouse")
    )
    imported, *days = entries
    own = [m for m in chat.messages if m.author == "Sam"]
    assert imported.payload["participants"] == {"Sam": len(own)}
    assert imported.payload["messages"] == len(own)
    assert (imported.payload["first"], imported.payload["last"]) == (
        own[0].at.isoformat(),
        own[-1].at.isoformat(),
    )
    assert all(set(d.payload["counts"]) == {"me"} for d in days)
    assert sum(d.payload["counts"]["me"]["messages"] for d in days) == len(own)
    assert {e.at.date() for e in days} == {m.at.date() for m in own}


def test_as_many_keys_are_kept_as_one_wrote_messages(tmp_path):
    chat = read_export(
        written(tmp_path, [(0, *OTHER), (1, *OWN), (2, *OTHER), (3, "Sam", "more")]), day_first=True
    )
    (_, day) = own_entries(chat, "Sam")
    assert len(base64.b64decode(day.payload["keys"])) == 2 * 8


def test_on_the_other_side_no_word_of_ones_own_is_kept_and_three_bare_counts_alone(chat):
    entries = coded_entries(chat, "Quillfeather", "Sam")
    said = stored(entries).lower()
    assert not any(word in said for word in ("zanzibar", "marmalade", "tortoise", "lighthouse"))
    assert not any(map(is_mine, entries))
    for day in entries[1:]:
        assert set(day.payload["counts"]["me"]) <= {"messages", "words", "starts"}


ENGLISH = [
    (0, "Quillfeather", "I feel so sad today. You shouted at me and it was not okay, marmalade."),
    (1, "Sam", "That never happened. You are pathetic, tortoise."),
    (2, "Quillfeather", "You always do this. It is all your fault, zanzibar."),
    (3, "Sam", "I am sorry that I shouted at you, and that I hurt you, lighthouse. It was wrong."),
]  # fmt: skip


def test_where_lines_are_quoted_none_is_of_the_side_that_is_not_counted(tmp_path):
    long = [(m + 1000 * k, who, text) for k in range(9) for m, who, text in ENGLISH]
    chat = read_export(written(tmp_path, long), day_first=True)
    theirs, mine = stored(coded_entries(chat, "Quillfeather", "Sam")), stored(own_entries(chat, "Sam"))
    assert "zanzibar" in theirs  # what is coded rests on their lines
    assert not any(word in theirs for word in ("tortoise", "lighthouse"))
    assert not any(
        word in mine for word in ("zanzibar", "marmalade", "tortoise", "lighthouse", "Quillfeather")
    )
    assert '"denial"' in mine


def test_the_turn_before_is_read_all_the_same(tmp_path):
    chat = read_export(written(tmp_path, [(0, *OTHER), (2, *OWN)]), day_first=True)
    (_, day) = own_entries(chat, "Sam")
    counts = day.payload["counts"]["me"]
    assert (counts["replies"], counts["reply_seconds"]) == (1, 120)


def test_they_say_whose_they_are_and_fit_their_kind(chat):
    entries = own_entries(chat, "Sam")
    assert all(map(is_mine, entries))
    assert {e.about for e in entries} == {"Sam"}
    assert [misfit(e) for e in entries] == [None] * len(entries)
    odd = Entry(uuid7(), "coded_day", START, START, {"channels": {}, "whose": "everybody"})
    assert "whose" in str(misfit(odd))


def test_they_make_no_cell_about_anybody(chat):
    entries = own_entries(chat, "Sam")
    cells, points, problems = weekly_cells(entries)
    assert (cells, points, problems) == ([], [], [])
    theirs = coded_entries(chat, "Quillfeather", "Sam")
    assert weekly_cells([*theirs, *entries])[0] == weekly_cells(theirs)[0] != []


def test_a_later_export_adds_what_is_new_and_nothing_twice(tmp_path):
    rows = [(m * 700, *OWN) for m in range(6)] + [(m * 700 + 5, *OTHER) for m in range(6)]
    rows.sort()
    first = own_entries(read_export(written(tmp_path, rows[:8]), day_first=True), "Sam")
    second = own_entries(read_export(written(tmp_path, rows, "b.txt"), day_first=True), "Sam", first)
    counted = [e.payload["counts"]["me"]["messages"] for e in (*first, *second) if e.kind == "coded_day"]
    assert sum(counted) == 6
    assert [
        e.kind
        for e in own_entries(read_export(written(tmp_path, rows), day_first=True), "Sam", [*first, *second])
    ] == ["imported"]


def test_who_was_one_person_of_a_chat_is_not_another_one_later(chat):
    with pytest.raises(BadInput) as refused:
        own_entries(chat, "Quillfeather", own_entries(chat, "Sam"))
    assert refused.value.code == "other_person"
    assert "“Sam”" in refused.value.message


def test_in_another_chat_one_may_have_another_name(tmp_path, chat):
    other = read_export(written(tmp_path, [(0, "Sammy", "hi"), (1, "Cid", "hi")], "c.txt"), day_first=True)
    assert own_entries(other, "Sammy", own_entries(chat, "Sam"))[0].payload["me"] == "Sammy"


def test_a_name_that_does_not_write_is_not_taken(chat):
    with pytest.raises(BadInput) as refused:
        own_entries(chat, "Dora")
    assert refused.value.code == "unknown_person"
    assert "Quillfeather" in refused.value.message


def test_a_chat_that_was_not_read_yet_is_read_first(tmp_path):
    path = written(tmp_path, [(0, *OWN), (60 * 24 * 14, *OTHER)])
    imported, day = own_entries(open_export(path), "Sam")
    assert imported.payload["last"] == START.isoformat()
    assert day.at.date() == date(2021, 3, 1)
