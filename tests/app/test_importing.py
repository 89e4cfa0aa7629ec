"""Bringing in a file: asked before it is added, told line by line, in memory alone."""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from tests.app.files import DIARY, chat_txt, send, zipped
from tests.app.notes import TODAY, ago, entry, main
from tests.messages import toy

from velveteen.app.guards import LARGEST
from velveteen.app.shell import path
from velveteen.journal.entries import uuid7
from velveteen.journal.jsonl import dumps


def answer(client, **form):
    return client.post(path("import", "1"), data=form)


def brought(desk):
    return [e for e in desk.entries if e.kind != "setting"]


def test_a_diary_is_shown_as_it_would_be_read_and_confirmed(opened, desk):
    assert send(opened, DIARY).headers["location"] == path("import", "1")
    asked = opened.get(path("import", "1"))
    assert "a diary kept as a table" in main(asked)
    assert 'value="treated" selected' in asked.text
    assert brought(desk) == []
    told = answer(opened)
    assert told.headers["location"] == path("import", "2")
    assert {e.kind for e in brought(desk)} == {"day", "act"}
    assert {e.about for e in brought(desk)} == {"M"}
    assert f"{len(brought(desk))} entries added" in main(opened.get(path("import", "2")))


def test_a_column_can_be_read_as_something_else_or_not_at_all(opened, desk):
    send(opened, DIARY)
    answer(opened, columns="yes", c0="date", c1="contact", c2="wellbeing", c3="", c4="feelings")
    assert [e.payload.get("wellbeing") for e in brought(desk)] == [7, 3]
    assert [e.feelings for e in brought(desk)] == ["a walk", "late home"]
    assert {e.kind for e in brought(desk)} == {"day"}


def test_two_columns_for_one_meaning_are_asked_again_with_the_choices_kept(opened, desk):
    send(opened, DIARY)
    again = answer(opened, columns="yes", c0="date", c1="contact", c2="treated", c3="", c4="treated")
    assert again.status_code == 400
    assert "Two columns are chosen" in main(again)
    assert again.text.count('value="treated" selected') == 2
    assert brought(desk) == []
    answer(opened, columns="yes", c0="date", c1="contact", c2="treated")
    assert len(brought(desk)) == 2


def test_without_a_date_column_nothing_is_added(opened, desk):
    send(opened, DIARY)
    again = answer(opened, columns="yes", c1="contact")
    assert (again.status_code, brought(desk)) == (400, [])
    assert "Please choose the column that holds the date" in main(again)


def test_dates_that_fit_both_ways_are_asked(opened, desk):
    send(opened, "date,contact\n03/04/2024,yes\n05/06/2024,yes\n")
    asked = opened.get(path("import", "1"))
    assert "03/04/2024" in main(asked)
    assert answer(opened).status_code == 400
    assert brought(desk) == []
    answer(opened, first="month")
    assert [f"{e.at:%m-%d}" for e in brought(desk)] == ["03-04", "05-06"]


def test_a_chat_asks_who_is_who(opened, desk):
    send(opened, chat_txt())
    asked = main(opened.get(path("import", "1")))
    assert "Ana (5 messages)" in asked
    assert "Ben (5 messages)" in asked
    assert "say who is who" in main(answer(opened))
    answer(opened, them="Ben")
    assert [e.kind for e in brought(desk)] == ["imported", *["coded_day"] * 5]
    assert brought(desk)[0].payload["them"] == "Ben"


def test_a_chat_whose_dates_fit_both_ways_asks_for_both_at_once(opened, desk):
    send(opened, "03/04/2024, 09:30 - Ana: hello\n05/06/2024, 09:31 - Ben: hello\n")
    asked = main(opened.get(path("import", "1")))
    assert "Ana (1 message)" in asked
    assert "03/04" in asked
    assert answer(opened, them="Ben").status_code == 400
    answer(opened, them="Ben", first="day")
    assert [f"{e.at:%m-%d}" for e in brought(desk) if e.kind == "coded_day"] == ["04-03", "06-05"]


def test_of_several_conversations_one_is_asked_first_and_the_owner_is_known(opened, desk, monkeypatch):
    toy.known(monkeypatch)
    send(opened, toy.toy("Ben|Ben|a", "Ben|Ana|b", "Cid|Cid|c", owner="Ana"))
    asked = main(opened.get(path("import", "1")))
    assert "Which one is it about?" in asked
    assert "Ben (2 messages)" in asked
    answer(opened, chat="Dora")
    assert "no conversation “Dora”" in main(opened.get(path("import", "1")))
    assert "Which one is it about?" in main(opened.get(path("import", "1")))
    assert brought(desk) == []
    answer(opened, chat="Ben")
    assert "you are Ana" in " ".join(main(opened.get(path("import", "1"))).split())
    answer(opened, them="Ben", me="Ana")
    assert [e.payload.get("me") for e in brought(desk) if e.kind == "imported"] == ["Ana"]


def test_a_later_export_of_the_chat_with_another_name_is_refused(opened, desk):
    send(opened, chat_txt(3))
    answer(opened, them="Ben")
    send(opened, chat_txt(5))
    asked = opened.get(path("import", "1")).text
    assert 'name="them" value="Ben"' in asked
    assert 'name="me" value="Ana"' in asked
    refused = answer(opened, them="Ana")
    assert refused.status_code == 400
    assert "“Ben”" in main(refused)


@pytest.mark.parametrize(("them", "me"), [("Dora", ""), ("Ben", "Ben"), ("Ben", "Dora")])
def test_a_name_that_does_not_write_is_not_taken(opened, desk, them, me):
    send(opened, chat_txt())
    assert answer(opened, them=them, me=me).status_code == 400
    assert brought(desk) == []


def test_short_notes_without_a_month_ask_for_it(opened, desk):
    send(opened, "12 2 6\n13 3 2 s\n")
    assert answer(opened).status_code == 400
    assert answer(opened, month="2024-01").status_code == 303
    assert [f"{e.at:%Y-%m-%d}" for e in brought(desk) if e.kind == "day"] == ["2024-01-12", "2024-01-13"]


def test_saved_entries_come_back_and_settings_stay(opened, desk):
    saved = [
        entry("note", 3, facts="A plate broke"),
        entry("setting", key="leave_to", value="https://else.example"),
    ]
    send(opened, dumps(saved))
    answer(opened)
    assert brought(desk) == saved[:1]
    assert "leave_to" not in desk.settings
    assert "Settings stay as they are" in main(opened.get(path("import", "2")))


def test_notes_of_the_other_side_are_refused(opened, desk):
    theirs = [entry("setting", key="side", value="changer"), entry("promise", what="Be home")]
    send(opened, dumps(theirs))
    refused = answer(opened)
    assert (refused.status_code, brought(desk)) == (400, [])
    assert "the other side" in main(refused)


def test_a_no_to_a_danger_sign_is_not_taken_and_the_page_says_where_to_answer(opened, desk):
    signs = [
        entry("danger", 1, sign="strangled", answer="yes"),
        entry("danger", 1, sign="weapon", answer="no"),
    ]
    send(opened, dumps(signs))
    answer(opened)
    assert [e.payload["sign"] for e in brought(desk)] == ["strangled"]
    said = main(opened.get(path("import", "2")))
    assert "Line 2" in said
    assert "Safety page" in said
    assert "velveteen" not in said


def test_answers_to_a_questionnaire_are_kept_and_a_word_of_death_says_who_can_be_reached(opened, desk):
    items = [{"linkId": f"phq9_{n}", "answer": [{"valueInteger": 1}]} for n in range(1, 10)]
    response = {
        "resourceType": "QuestionnaireResponse", "status": "completed", "authored": f"{ago(2)}T10:00:00",
        "questionnaire": "phq9", "item": items,
    }  # fmt: skip
    send(opened, json.dumps(response))
    answer(opened)
    assert [e.kind for e in brought(desk)] == ["answer"]
    page = opened.get(path("import", "2"))
    assert path("help") in page.text
    assert "thoughts of death" in main(page)


def test_every_problem_stands_with_its_line_text_and_reason(opened, desk):
    send(opened, DIARY + "someday,yes,4,,private words\n2024-01-18,yes,99,,x\n")
    answer(opened)
    said = main(opened.get(path("import", "2")))
    assert "Line 4 This row has a date that cannot be read" in said
    assert "someday yes 4 private words" in said
    assert "Line 5" in said
    assert "--map" not in said


def test_many_problems_are_pages_and_none_is_left_out(opened, desk):
    send(opened, DIARY + "".join(f"odd{n},yes,4,,\n" for n in range(250)))
    answer(opened)
    pages = [opened.get(path("import", "2"), params={"p": p}).text for p in ("1", "2", "3", "x", "99")]
    assert all(sum(f"odd{n}," in page or f"“odd{n}”" in page for page in pages[:3]) == 1 for n in range(250))
    assert len(pages[0]) < 300_000


def test_the_same_file_twice_adds_nothing(opened, desk):
    for data, form in ((DIARY, {}), (chat_txt(), {"them": "Ben"}), ("2024-01\n12 2 6\n", {})):
        send(opened, data)
        answer(opened, **form)
        before = brought(desk)
        send(opened, data)
        answer(opened, **form)
        assert brought(desk) == before
        assert "Nothing new" in main(opened.get(path("import", "2")))


@pytest.mark.parametrize(
    "bad", [b"", b"\n \n", b"\x00\x01\x02" * 99, b"PK\x03\x04 cut short", b"a,b\n\x81\x8d,2\n"],
    ids=["empty", "blank", "binary", "broken zip", "no text"],
)  # fmt: skip
def test_what_cannot_be_read_is_told_in_a_sentence(opened, desk, bad):
    page = send(opened, bad)
    if page.status_code == 303:
        page = opened.get(path("import", "1"))
        if page.status_code == 200:
            page = answer(opened)
    assert page.status_code == 400
    assert 'role="alert"' in page.text
    assert brought(desk) == []


def test_no_file_is_told_in_a_sentence(opened):
    assert "No file was chosen" in main(opened.post(path("import"), data={}))
    assert "No file was chosen" in main(opened.post(path("import"), files={"file": ("", b"")}))


def test_a_file_can_be_read_as_something_else_or_dropped(opened, desk):
    send(opened, "milk, eggs\n12 2 6\nbread, butter\ntea, sugar\n")
    opened.post(path("import", "3"), data={"kind": "pocket"})
    answer(opened, month="2024-01")
    assert [e.kind for e in brought(desk)] == ["day"]
    send(opened, DIARY)
    opened.post(path("import", "3"), data={})
    assert desk.held.keys() == {"told"} or desk.held == {}
    assert answer(opened).headers["location"] == path("import")


def test_the_bytes_wait_in_memory_and_go_after_the_answer_and_with_a_lock(opened, desk, locks):
    send(opened, DIARY)
    assert desk.held["file"].data == DIARY.encode()
    answer(opened)
    assert "file" not in desk.held
    send(opened, DIARY)
    opened.post(path("leave"), data={})
    assert locks == ["locked"]
    assert desk.held == {}


def test_what_was_brought_in_is_told_no_longer_after_a_lock(opened, desk):
    send(opened, DIARY)
    answer(opened)
    desk.close()
    assert opened.get(path("import", "2")).headers["location"] == path("first")


def test_notes_about_oneself_take_no_chat_and_no_days_of_somebody_else(changer, desk):
    for data in (chat_txt(), "2024-01\n12 2 6\n13 1 8\n"):
        refused = send(changer, data)
        assert refused.status_code == 400
        assert "These notes are about you" in main(refused)
        assert desk.held == {}
    send(changer, DIARY)
    assert 'value="treated"' not in changer.get(path("import", "1")).text
    changer.post(path("import", "3"), data={"kind": "chat"})
    assert "file" not in desk.held


def test_names_inside_a_zip_reach_no_disk(opened, desk, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    before = everything(tmp_path)
    hostile = zipped(
        **{
            "../../escaped.txt": chat_txt(), "/etc/escaped2.txt": chat_txt(3), "..\\..\\escaped3.txt": "x",
            "a" * 300 + ".txt": "x", "<script>alert(1)</script>.txt": chat_txt(2),
        }
    )  # fmt: skip
    send(opened, hostile, name="../../<b>name</b>.zip")
    assert "<b>name" not in opened.get(path("import", "1")).text
    answer(opened, them="Ben")
    told = opened.get(path("import", "2"))
    assert "<script>alert" not in told.text
    assert len([e for e in brought(desk) if e.kind == "coded_day"]) == 5
    after = everything(tmp_path)
    assert {p.name for p in after - before} <= {"notes", "notes.key", "notes-wal", "notes-shm"}
    assert not any(Path(p).exists() for p in ("/etc/escaped2.txt", tmp_path.parent / "escaped.txt"))


def everything(folder):
    return set(folder.rglob("*"))


def lying_zip():
    """A ZIP that says one small size and holds far more."""
    data = bytearray(zipped(**{"chat.txt": chat_txt() + "\n" + "x" * 40_000_000}))
    true = (40_000_000 + 1 + len(chat_txt())).to_bytes(4, "little")
    return bytes(data.replace(true, (5_000).to_bytes(4, "little")))


@pytest.mark.parametrize(
    "bomb",
    [
        lambda: zipped(**{"chat.txt": chat_txt() + "\n" * 200_000_000}), lying_zip,
        lambda: zipped(**{"chat.txt": (chat_txt() + "\n") * 100_000}),
        lambda: zipped(**{f"{n}.txt": "x" for n in range(500)}),
    ],
    ids=["declared", "lying", "within the cap", "many"],
)  # fmt: skip
def test_a_zip_bomb_is_refused_in_a_sentence(opened, desk, bomb):
    send(opened, bomb())
    page = opened.get(path("import", "1"))
    assert page.status_code == 400
    assert 'role="alert"' in page.text
    assert brought(desk) == []


def test_a_large_upload_makes_no_temporary_file(opened, desk, tmp_path, monkeypatch):
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    rolled, made = [], []
    monkeypatch.setattr(tempfile.SpooledTemporaryFile, "rollover", rolled.append)
    real = os.open

    def watching(name, flags, *rest, **more):
        if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            made.append(str(name))
        return real(name, flags, *rest, **more)

    monkeypatch.setattr(os, "open", watching)
    answer_ = send(opened, "date,contact\n2024-01-01,yes\n" + "x" * 20 * 2**20)
    assert answer_.status_code == 303
    assert len(desk.held["file"].data) > 20 * 2**20
    assert rolled == made == list(folder.iterdir()) == []


def test_more_than_the_cap_is_refused(opened):
    assert send(opened, b"x" * (LARGEST + 1)).status_code == 413


def test_an_entry_of_today_comes_back_with_its_id(opened, desk):
    note = replace(entry("note", facts="A plate broke"), id=uuid7())
    send(opened, dumps([note]))
    answer(opened)
    assert brought(desk)[0].id == note.id
    assert brought(desk)[0].at.date() == TODAY
