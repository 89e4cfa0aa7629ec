"""`import`: files are told by their content, shown, confirmed and counted; a bad file adds nothing and stops no other."""

from __future__ import annotations

import io
import sys
import zipfile
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from tests.messages import toy

from velveteen.cli import importers
from velveteen.cli.voice import Voice
from velveteen.journal.entries import Entry, uuid7
from velveteen.journal.jsonl import dumps
from velveteen.journal.sealed import SealedJournal

from .conftest import PASSPHRASE, diary_csv


def chat_txt(days, people=("Ana", "Ben")):
    start = datetime(2024, 1, 20, 9, 30)
    lines = [
        f"{start + timedelta(days=day, minutes=i):%d/%m/%Y, %H:%M} - {name}: thank you, see you"
        for day in range(days)
        for i, name in enumerate(people)
    ]
    return "\n".join(lines) + "\n"


def stored(journal):
    with SealedJournal.open(journal[1], PASSPHRASE) as sealed:
        return sealed.entries()


def kinds(journal):
    return {entry.kind for entry in stored(journal)}


@pytest.fixture
def terminal(monkeypatch):
    def sit(typed):
        monkeypatch.setattr(importers, "person_is_here", lambda: True)
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))

    return sit


def test_a_diary_with_a_guessed_mapping(vv, journal, written):
    ended = vv("import", written("old notes", diary_csv(2)), *journal, "--yes", "--json")
    assert ended.code == 0
    assert [f["format"] for f in ended.json["files"]] == ["diary"]
    assert ended.json["added"] == len(stored(journal)) == 16
    assert kinds(journal) == {"day", "act"}
    assert "treated: how you were treated" in ended.err


def test_a_diary_with_a_given_mapping_reads_that_and_no_more(vv, journal, written):
    diary = written("diary.csv", diary_csv(2))
    assert vv("import", diary, *journal, "--map", "date=date", "--map", "contact=contact").code == 0
    assert kinds(journal) == {"day"}
    assert all(entry.payload == {"contact": True, "acts": False} for entry in stored(journal))


def test_nobody_confirmed_the_mapping(vv, journal, written):
    ended = vv("import", written("diary.csv", diary_csv(1)), *journal, "--json")
    assert (ended.code, ended.json["error"]["code"]) == (2, "mapping_unconfirmed")
    assert "--map 'treated=treated'" in ended.json["error"]["message"]
    assert stored(journal) == []


@pytest.mark.parametrize(("answer", "code", "count"), [("y\n", 0, 8), ("n\n", 2, 0)])
def test_on_a_terminal_the_mapping_is_asked(vv, journal, written, terminal, answer, code, count):
    terminal(answer)
    assert vv("import", written("diary.csv", diary_csv(1)), *journal).code == code
    assert len(stored(journal)) == count


def test_the_same_file_twice_adds_nothing(vv, journal, written):
    diary, chat = written("diary.csv", diary_csv(1)), written("chat.txt", chat_txt(3))
    typed = ("import", diary, chat, *journal, "--yes", "--them", "Ben", "--json")
    assert vv(*typed).json["added"] == 8 + 4
    again = vv(*typed)
    assert again.json["added"] == 0
    assert "were there already" in again.err


def test_a_chat_in_a_zip(vv, journal, tmp_path):
    with zipfile.ZipFile(tmp_path / "export", "w") as archive:
        archive.writestr("_chat.txt", chat_txt(3))
    ended = vv("import", tmp_path / "export", *journal, "--them", "Ben", "--me", "Ana", "--json")
    assert (ended.code, ended.json["files"][0]["format"]) == (0, "chat")
    assert kinds(journal) == {"imported", "coded_day"}


def test_ones_own_name_tells_the_other_of_two(vv, journal, written):
    assert vv("import", written("chat.txt", chat_txt(3)), *journal, "--me", "Ana").code == 0
    assert {entry.about for entry in stored(journal)} == {"Ben"}


@pytest.mark.parametrize(
    ("people", "options", "code"),
    [
        (("Ana", "Ben"), (), "who_is_who"),
        (("Ana", "Ben", "Cid"), ("--me", "Ana"), "who_is_who"),
        (("Ana", "Ben"), ("--them", "Dora"), "unknown_person"),
        (("Ana", "Ben"), ("--me", "Dora"), "who_is_who"),
        (("Ana", "Ben"), ("--them", "Ben", "--me", "Ben"), "same_person"),
    ],
)
def test_who_is_who_is_never_guessed(vv, journal, written, people, options, code):
    ended = vv("import", written("chat.txt", chat_txt(3, people)), *journal, *options, "--json")
    assert (ended.code, ended.json["error"]["code"]) == (2, code)
    assert "Ana" in ended.json["error"]["message"] or code == "same_person"
    assert stored(journal) == []


@pytest.mark.parametrize(("answer", "code"), [("2\n", 0), ("7\n", 2), ("0\n", 2)])
def test_on_a_terminal_one_chooses_who(vv, journal, written, terminal, answer, code):
    terminal(answer)
    ended = vv("import", written("chat.txt", chat_txt(3)), *journal)
    assert ended.code == code
    assert {entry.about for entry in stored(journal)} == ({"Ben"} if code == 0 else set())


def test_a_chat_whose_dates_fit_both_ways_asks(vv, journal, written):
    both = "03/04/2024, 09:30 - Ana: hello\n05/06/2024, 09:31 - Ben: hello\n"
    chat = written("chat.txt", both)
    ended = vv("import", chat, *journal, "--them", "Ben", "--json")
    assert (ended.code, ended.json["ambiguous_dates"]) == (3, True)
    assert stored(journal) == []
    assert vv("import", chat, *journal, "--them", "Ben", "--day-first").code == 0
    assert [e.at.date().isoformat() for e in stored(journal) if e.kind == "coded_day"] == [
        "2024-04-03",
        "2024-06-05",
    ]


def test_velveteens_own_jsonl_keeps_the_ids(vv, journal, written):
    at = datetime(2024, 1, 1)
    entries = [
        Entry(uuid7(), "day", at, at, {"contact": True}),
        Entry(uuid7(), "moon", at, at, {"full": True}),
    ]
    assert vv("import", written("export", dumps(entries)), *journal).code == 0
    assert stored(journal) == entries


def test_pocket_notes(vv, journal, written):
    ended = vv("import", written("notes.txt", "2024-01\n12 2 6\n13 1 8\n"), *journal, "--json")
    assert (ended.code, ended.json["files"][0]["format"]) == (0, "pocket")
    assert [e.at.date().isoformat() for e in stored(journal) if e.kind == "day"] == [
        "2024-01-12",
        "2024-01-13",
    ]


def test_every_problem_comes_with_its_line(vv, journal, written):
    diary = "date,contact,treated\n2024-01-01,yes,7\nsomeday,yes,7\n2024-01-03,yes,99\n"
    ended = vv("import", written("diary.csv", diary), *journal, "--yes", "--json")
    assert ended.code == 0
    assert {p["where"] for p in ended.json["files"][0]["problems"]} == {"line 3", "line 4"}
    assert "line 3" in ended.err


@pytest.mark.parametrize(
    "bad", [b"", b"\n \n", b"\x00\x01\x02\x03" * 99, None], ids=["empty", "blank", "binary", "missing"]
)
def test_one_bad_file_among_good_ones_adds_nothing_and_stops_none(vv, journal, written, tmp_path, bad):
    path = tmp_path / "nothing" if bad is None else written("bad", bad)
    ended = vv("import", path, written("diary.csv", diary_csv(1)), *journal, "--yes", "--json")
    assert ended.code == 2
    assert ended.json["error"]["message"].endswith(".")
    assert [(f["added"], "error" in f) for f in ended.json["files"]] == [(0, True), (8, False)]
    assert len(stored(journal)) == ended.json["added"] == 8


@pytest.mark.parametrize(
    "junk",
    [
        "lantern orbit mustard velvet cabin dolphin umbrella\n",
        "lantern, orbit, mustard, velvet, cabin, dolphin, umbrella\n",
        "<!DOCTYPE html><html><head><title>Home, sweet home</title>\n<body>Hello, hello there</body>\n",
        '{"lantern orbit mustard velvet cabin dolphin umbrella": 1}\n',
        '["lantern", "orbit", "mustard", "velvet", "cabin", "dolphin", "umbrella"]\n',
    ],
)
def test_a_file_of_which_nothing_can_be_read_is_not_echoed(vv, journal, written, junk):
    for json in ((), ("--json",)):
        ended = vv("import", written("junk", junk), *journal, "--yes", *json)
        assert ended.code == 2
        said = ended.out + ended.err
        assert not any(junk[i : i + 41] in said for i in range(len(junk) - 41))
        assert "umbrella" not in said
    assert stored(journal) == []


def test_a_line_that_cannot_be_read_is_shown_in_part(vv, journal, written):
    long = "a long and private line about something that is nobody's business"
    ended = vv("import", written("notes", f"2024-01\n12 2 6\n{long}\n"), *journal, "--json")
    assert (ended.code, [p["text"] for p in ended.json["files"][0]["problems"]]) == (0, [long[:40]])


@pytest.mark.parametrize(
    "notes",
    [
        "Januar 2024\n12,2,6\n13,1,8\n".encode("utf-16"),
        "grüße\n2024-01\n12 2 6\n13 1 8\n".encode("cp1252"),
        b"milk, eggs\n2024-01\n12 2 6\n13 1 8\n",
        b"2024-01\n12,2,6\n13,1,8\n",
    ],
    ids=["utf-16", "cp1252", "first line with a comma", "commas"],
)
def test_pocket_notes_in_other_shapes(vv, journal, written, notes):
    ended = vv("import", written("notes", notes), *journal, "--json")
    assert (ended.code, ended.json["files"][0]["format"]) == (0, "pocket")
    assert [e.payload["treated"] for e in stored(journal)] == [6, 8]


def test_the_same_chat_with_another_name_is_refused(vv, journal, written):
    for days in (3, 4):  # the same file, and a later export of it
        assert vv("import", written("chat.txt", chat_txt(3)), *journal, "--them", "Ben").code == 0
        before = stored(journal)
        ended = vv("import", written("chat.txt", chat_txt(days)), *journal, "--them", "Ana", "--json")
        assert (ended.code, ended.json["error"]["code"]) == (2, "other_person")
        assert "imported before with “Ben”" in ended.json["error"]["message"]
        assert stored(journal) == before


def test_one_entry_is_one_entry(vv, journal, written):
    notes = written("notes", "2024-01\n12 2 6\n")
    assert "1 entry added." in vv("import", notes, *journal).out
    assert "0 entries added; 1 was there already." in vv("import", notes, *journal).out


AT = datetime(2024, 1, 1)


def test_danger_answers_are_not_taken_from_a_file_but_a_yes_is(vv, journal, written):
    answers = [
        Entry(uuid7(), "danger", AT, AT, {"sign": "strangled", "answer": "yes"}),
        Entry(uuid7(), "danger", AT, AT, {"sign": "weapon", "answer": "no"}),
    ]
    ended = vv("import", written("export", dumps(answers)), *journal, "--json")
    assert [e.payload["sign"] for e in stored(journal)] == ["strangled"]
    (problem,) = ended.json["files"][0]["problems"]
    assert (problem["code"], problem["where"]) == ("danger_from_file", "line 2")
    assert problem["message"].startswith("Danger answers are not taken from a file")


@pytest.mark.parametrize("kind", ["danger", "note", "moon"])
@pytest.mark.parametrize("copied", [False, True])
def test_a_file_cannot_correct_a_danger_answer(vv, journal, written, kind, copied):
    first = Entry(uuid7(), "danger", AT, AT, {"sign": "strangled", "answer": "yes"})
    assert vv("import", written("export", dumps([first])), *journal).code == 0
    same = replace(first, id=uuid7()) if copied else first
    payload = {"sign": "weapon", "answer": "yes"} if kind == "danger" else {}
    undo = Entry(uuid7(), kind, AT, AT, payload, corrects=same.id)
    ended = vv(
        "import",
        written("undo", dumps([same, undo] if copied else [undo, Entry(uuid7(), "moon", AT, AT)])),
        *journal,
        "--json",
    )
    assert [p["code"] for p in ended.json["files"][0]["problems"]] == ["danger_from_file"]
    assert [e for e in stored(journal) if e.kind != "moon" or e.corrects] == [first]


def test_an_entry_that_does_not_fit_its_kind_is_listed_with_its_line(vv, journal, written):
    entries = [Entry(uuid7(), "day", AT, AT, {"contact": True, "treated": t}) for t in (6, "many")]
    ended = vv("import", written("export", dumps(entries)), *journal, "--json")
    assert [(p["code"], p["where"]) for p in ended.json["files"][0]["problems"]] == [
        ("payload_misfit", "line 2")
    ]
    assert stored(journal) == entries[:1]


@pytest.mark.parametrize("kind", ["diary", "jsonl"])
def test_what_is_about_someone_else_stays_out_of_notes_about_oneself(vv, journal, written, kind):
    at = datetime(2024, 1, 14, 12)
    with SealedJournal.open(journal[1], PASSPHRASE) as sealed:
        sealed.append([Entry(uuid7(), "setting", at, at, {"key": "side", "value": "changer"})])
    act = Entry(uuid7(), "act", at, at, {"act": "shouted"})
    data = diary_csv(2) if kind == "diary" else dumps([act])
    ended = vv("import", written("file", data), *journal, "--yes", "--json")
    assert (ended.code, ended.json["error"]["code"]) == (2, "other_side")
    assert [e.kind for e in stored(journal)] == ["setting"]


def test_names_that_were_said_once_are_not_asked_again(vv, journal, written):
    assert vv("import", written("a.txt", chat_txt(3)), *journal, "--them", "Ben").code == 0
    again = vv("import", written("b.txt", chat_txt(5)), *journal)
    assert again.code == 0
    assert "Ben is the person your journal is about, you are Ana." in again.out
    days = [e.at.day for e in stored(journal) if e.kind == "coded_day"]
    assert sorted(days) == [20, 21, 22, 23, 24]


def test_an_export_that_was_counted_before_says_so(vv, journal, written):
    assert vv("import", written("a.txt", chat_txt(5)), *journal, "--them", "Ben").code == 0
    again = vv("import", written("b.txt", chat_txt(3)), *journal)
    assert "all of it was counted before" in again.out
    assert [e.kind for e in stored(journal)].count("coded_day") == 5


SEVERAL = toy.toy("Ben|Ben|thanks", "Ben|Ana|hello", "Cid|Cid|hello", owner="Ana")


def test_which_of_several_conversations_is_said_or_asked(vv, journal, written, terminal, monkeypatch):
    toy.known(monkeypatch)
    file = written("result.json", SEVERAL)
    ended = vv("import", file, *journal, "--json")
    assert (ended.code, ended.json["error"]["code"], ended.json["chats"]) == (
        3,
        "several_chats",
        {"Ben": 2, "Cid": 1},
    )
    assert vv("import", file, *journal, "--chat", "Dora").code == 2
    terminal("3\n")
    assert vv("import", file, *journal).code == 2
    assert stored(journal) == []
    terminal("1\n")
    assert vv("import", file, *journal).code == 0
    assert {e.about for e in stored(journal)} == {"Ben"}
    assert stored(journal)[0].payload["me"] == "Ana"


def test_one_conversation_named_is_read(vv, journal, written, monkeypatch):
    toy.known(monkeypatch)
    ended = vv("import", written("result.json", SEVERAL), *journal, "--chat", "Ben", "--json")
    assert (ended.code, ended.json["files"][0]["entries"]) == (0, 2)
    ended = vv("messages", written("result.json", SEVERAL), "--chat", "Cid", "--json")
    assert ended.json["participants"] == {"Cid": 1}


def test_a_folder_is_a_chat(vv, journal, tmp_path):
    (tmp_path / "export").mkdir()
    (tmp_path / "export" / "_chat.txt").write_text(chat_txt(3), "utf-8")
    assert vv("import", tmp_path / "export", *journal, "--them", "Ben").code == 0
    assert kinds(journal) == {"imported", "coded_day"}


def test_how_far_a_long_file_is_is_told_in_bytes(written, monkeypatch):
    told = []

    @contextmanager
    def bar(_self, words):
        yield lambda _, done, total: told.append((words, done, total))

    monkeypatch.setattr(Voice, "progress", bar)
    file = written("a.txt", chat_txt(30_000))
    importers.read_file(Voice(as_json=False), file, "chat", importers.Choices(them="Ben"))
    size = file.stat().st_size
    for words in ("Reading a.txt", "Counting a.txt"):
        mine = [(done, total) for w, done, total in told if w == words]
        assert {total for _, total in mine} == {size}
        assert any(0 < done < size for done, _ in mine)
        assert max(mine)[0] == size
