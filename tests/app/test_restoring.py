"""A backup is brought back from the first screen; nothing that stands is replaced, and the file is held in memory."""

from __future__ import annotations

import os
import tempfile
from dataclasses import replace

import pyrage
import pytest
from tests.app.conftest import PASSPHRASE
from tests.app.notes import entry, main

from velveteen.app.shell import path
from velveteen.guide.words import SHAMING, found
from velveteen.journal import backup
from velveteen.journal.notebook import create_pair
from velveteen.journal.sealed import SealedJournal
from velveteen.problems import BadInput, Refused

OWN = "seven lanterns drift beyond the harbour wall"
WORDS = "A plate broke"


@pytest.fixture
def no_wait(monkeypatch):
    """The sealing of backups in next to no time; a passphrase still decides."""

    def encrypt(data, passphrase):
        return backup._AGE + passphrase.encode() + b"\n" + data

    def decrypt(data, passphrase):
        own, _, whole = data.removeprefix(backup._AGE).partition(b"\n")
        if own != passphrase.encode():
            raise pyrage.DecryptError(backup._WRONG)
        return whole

    monkeypatch.setattr(backup.pyrage.passphrase, "encrypt", encrypt)
    monkeypatch.setattr(backup.pyrage.passphrase, "decrypt", decrypt)


def rows_of(folder, entries, erased=0):
    """The chain of a journal elsewhere that holds these entries."""
    with SealedJournal.create(folder / "elsewhere", "x") as made:
        made.append(entries, known="keep")
        made.erase([e.id for e in entries[:erased]], rewrite_chain=False)
        return made.chain()


@pytest.fixture
def rows(tmp_path):
    kept = [
        entry("note", 9, facts="gone"),
        entry("setting", 8, key="side", value="partner"),
        entry("note", 2, facts=WORDS),
    ]
    return rows_of(tmp_path, kept, erased=1)


@pytest.fixture
def whole(rows, no_wait):
    """The bytes of a backup."""
    return backup.pyrage.passphrase.encrypt(backup.dumps(rows), PASSPHRASE)


def bring(client, data, *, name="notes.age", **fields):
    """Send a file, then its passphrase; the last answer."""
    sent = client.post(path("restore"), files={"file": (name, data, "application/octet-stream")})
    if sent.status_code != 303:
        return sent
    return client.post(sent.headers["location"], data={"passphrase": PASSPHRASE, "which": "same"} | fields)


def on_disk(desk):
    folder = desk.path.parent
    return {file.name: file.read_bytes() for file in folder.iterdir()} if folder.is_dir() else {}


@pytest.mark.parametrize("page", ["first", "begin"])
def test_before_there_are_notes_the_way_to_it_is_in_view(client, page):
    assert f'<a class="later" href="{path("restore")}">I have a backup</a>' in client.get(path(page)).text
    page = client.get(path("restore")).text
    assert 'type="file"' in page
    assert 'enctype="multipart/form-data"' in page


def test_a_backup_that_was_truly_sealed_makes_the_notes_anew(client, desk, rows):
    answer = bring(client, pyrage.passphrase.encrypt(backup.dumps(rows), PASSPHRASE))
    assert answer.headers["location"] == path("restore", "3")
    assert main(client.get(path("restore", "3"))).startswith("Your notes are here again 2 entries came back")
    assert (desk.journal.chain(), desk.journal.verify(), desk.side) == (rows, None, "partner")
    desk.close()
    desk.open(PASSPHRASE)
    assert WORDS in client.get(path("record")).text
    assert sorted(on_disk(desk)) == ["notes", "notes-shm", "notes-wal", "notes.key"]


def test_they_can_have_another_passphrase_from_now_on(client, desk, whole):
    assert bring(client, whole, which="own", own=OWN, again=OWN).status_code == 303
    desk.close()
    assert client.post(path("first"), data={"passphrase": PASSPHRASE}).status_code == 400
    desk.open(OWN)
    assert [e.facts for e in desk.standing if e.kind == "note"] == [WORDS]


@pytest.mark.parametrize(
    "fields",
    [
        {"which": "own", "own": "1234", "again": "1234"}, {"which": "own", "own": OWN, "again": "another"},
        {"which": "offered", "offered": OWN}, {"which": "x", "offered": ""}, {"passphrase": ""},
    ],
)  # fmt: skip
def test_without_a_passphrase_that_will_do_nothing_is_made_and_the_file_waits(client, desk, whole, fields):
    answer = bring(client, whole, **fields)
    assert (answer.status_code, on_disk(desk)) == (400, {})
    assert "“notes.age”" in answer.text
    assert (
        client.post(path("restore", "1"), data={"passphrase": PASSPHRASE, "which": "same"}).status_code == 303
    )
    assert not desk.locked


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            lambda data: data.replace(PASSPHRASE.encode(), b"other"),
            "This passphrase does not open notes.age.",
        ),
        (lambda data: data[:-20], "cut short or changed"),
        (
            lambda data: data.replace(b'"version":1', b'"version":2'),
            "made by a newer version of this program",
        ),
        (lambda data: b"PK\x03\x04" + data, "no backup from this program"),
        (lambda _: b"", "no backup from this program"),
    ],
)
def test_what_cannot_be_opened_is_a_plain_sentence_and_nothing_is_written(client, desk, whole, change, said):
    changed = change(whole)
    assert changed != whole
    answer = bring(client, changed)
    assert (answer.status_code, desk.locked, on_disk(desk)) == (400, True, {})
    words = main(answer)
    assert said in words
    assert "Nothing was written" in words
    assert found(words, SHAMING) == []


def test_no_file_is_a_plain_sentence(client):
    assert "No file was chosen" in client.post(path("restore"), files={"file": ("", b"")}).text
    assert client.get(path("restore", "1")).headers["location"] == path("restore")
    assert client.post(path("restore", "1"), data={"passphrase": "x"}).headers["location"] == path("restore")


def test_what_is_no_backup_is_not_held(client, desk):
    answer = client.post(path("restore"), files={"file": ("photo.jpg", b"\xff\xd8", "image/jpeg")})
    assert (answer.status_code, 'type="file"' in answer.text, desk.held) == (400, True, {})
    assert "photo.jpg is no backup from this program" in main(answer)


def test_another_file_can_be_taken_instead(client, desk, whole):
    bring(client, whole, passphrase="not this one")
    assert client.get(path("restore")).headers["location"] == path("restore", "1")
    assert client.post(path("restore", "2")).headers["location"] == path("restore")
    assert desk.held == {}
    assert 'type="file"' in client.get(path("restore")).text


def test_leaving_drops_the_file(client, desk, whole, locks):
    bring(client, whole, passphrase="not this one")
    client.post(path("leave"))
    assert (desk.held, locks, on_disk(desk)) == ({}, ["locked"], {})


def test_words_written_before_are_kept_in_the_notes_that_come_back(client, desk, whole):
    client.post(path("first"), data={"words": "He rang again"})
    answer = bring(client, whole)
    note = next(e for e in desk.standing if e.facts == "He rang again")
    assert answer.headers["location"] == path("confirm", note.id)


def test_a_large_file_makes_no_temporary_file(client, desk, no_wait, monkeypatch):
    rolled, made, real = [], [], os.open

    def watching(name, flags, *rest, **more):
        if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            made.append(str(name))
        return real(name, flags, *rest, **more)

    monkeypatch.setattr(tempfile.SpooledTemporaryFile, "rollover", rolled.append)
    monkeypatch.setattr(os, "open", watching)
    bring(client, backup._AGE + b"w" * (5 << 20), passphrase="not this one")
    assert len(desk.held["backup"].data) > 5 << 20
    assert rolled == made == []


def test_a_disk_that_does_not_take_it_leaves_nothing_and_the_file_waits(client, desk, whole, monkeypatch):
    def full(*_):
        raise Refused("disk_full", "The disk is full. Nothing was written.")

    with monkeypatch.context() as context:
        context.setattr("velveteen.app.desk.put_back", full)
        answer = bring(client, whole)
        assert (answer.status_code, "The disk is full" in answer.text, desk.locked) == (400, True, True)
    assert (
        client.post(path("restore", "1"), data={"passphrase": PASSPHRASE, "which": "same"}).status_code == 303
    )


def test_locked_notes_are_never_touched(opened, desk, whole):
    desk.held["backup"] = None
    opened.post(path("restore"), files={"file": ("notes.age", whole, "application/octet-stream")})
    kept = desk.held["backup"]
    desk.close()
    before = on_disk(desk)
    page = main(opened.get(path("restore")))
    assert "nothing is put in their place" in page
    assert 'type="file"' not in opened.get(path("restore")).text
    assert bring(opened, whole).headers["location"] == path("restore")
    desk.held["backup"] = kept
    answer = opened.post(path("restore", "1"), data={"passphrase": PASSPHRASE, "which": "same"})
    assert answer.headers["location"] == path("restore")
    assert (on_disk(desk), desk.locked) == (before, True)


@pytest.mark.parametrize("left", ["notes-1", "notes-2"])
def test_one_of_a_pair_is_in_the_way_as_well(client, desk, whole, left):
    desk.path.parent.mkdir()
    for file in create_pair(desk.path, PASSPHRASE, OWN):
        if file.name != left:
            file.unlink()
    before = on_disk(desk)
    assert "nothing is put in their place" in main(client.get(path("restore")))
    assert bring(client, whole).headers["location"] == path("restore")
    assert on_disk(desk) == before


def test_notes_that_appear_while_it_is_opened_are_not_replaced(client, desk, whole, monkeypatch):
    real = backup.opened

    def meanwhile(*given):
        SealedJournal.create(desk.path, OWN).close()
        return real(*given)

    desk.path.parent.mkdir()
    monkeypatch.setattr(backup, "opened", meanwhile)
    assert bring(client, whole).headers["location"] == path("first")
    desk.open(OWN)
    assert desk.entries == []


@pytest.mark.parametrize("name", ["notes", "notes-1", "notes-2"])
def test_the_desk_makes_no_notes_beside_others(desk, name):
    desk.path.parent.mkdir()
    (desk.path.parent / name).write_text("mine")
    with pytest.raises(BadInput) as caught:
        desk.put_back(backup.Backup([]), OWN)
    assert (caught.value.code, on_disk(desk)) == ("file_exists", {name: b"mine"})


def test_the_backup_of_a_second_notebook_comes_back_as_one(client, desk, tmp_path, no_wait):
    rows = rows_of(tmp_path, [entry("note", 2, facts="The beans are up")])
    data = backup.pyrage.passphrase.encrypt(backup.dumps(rows, plain=True), PASSPHRASE)
    assert bring(client, data).headers["location"] == path("notebook")
    assert "The beans are up" in client.get(path("notebook")).text


def test_open_notes_get_what_they_do_not_hold_and_lose_nothing(opened, desk, whole):
    desk.add([entry("note", 1, facts="of today")])
    before = desk.journal.chain()
    assert path("restore") in opened.get(path("backup")).text
    assert "Entries that you erased since it was made come back" in main(opened.get(path("restore")))
    answer = bring(opened, whole)
    assert answer.headers["location"] == path("import", "2")
    page = main(opened.get(answer.headers["location"]))
    assert "“notes.age”, a backup: 1 entry added" in page
    assert "Settings stay as they are" in page
    assert desk.journal.chain()[: len(before)] == before
    assert {e.facts for e in desk.standing if e.kind == "note"} == {WORDS, "of today"}
    assert desk.settings["about"] == "M"
    assert "Nothing new" in opened.get(bring(opened, whole).headers["location"]).text
    assert desk.journal.verify() is None


def test_open_notes_take_a_backup_of_their_own_back_as_it_was(opened, desk, no_wait):
    desk.add(
        [
            entry("note", 3, facts="first"),
            entry("note", 2, facts="second"),
            entry("danger", 1, sign="weapon", answer="no"),
        ]
    )
    data = backup.pyrage.passphrase.encrypt(backup.dumps(desk.journal.chain()), PASSPHRASE)
    desk.journal.erase([next(e.id for e in desk.entries if e.facts == "first")], rewrite_chain=True)
    desk.forget()
    page = main(opened.get(bring(opened, data).headers["location"]))
    assert "1 entry added" in page
    assert "Nothing in it was left out" in page
    assert [e.facts for e in desk.standing if e.kind == "note"] == ["first", "second"]


def test_no_backup_of_the_other_side_is_added(changer, desk, whole):
    before = desk.journal.chain()
    answer = bring(changer, whole)
    assert (answer.status_code, "the other side" in answer.text) == (400, True)
    assert desk.journal.chain() == before


def test_a_no_to_a_safety_question_is_not_taken_from_a_backup(opened, desk, tmp_path, no_wait):
    rows = rows_of(tmp_path, [entry("danger", 2, sign="weapon", answer="no"), entry("note", 2, facts=WORDS)])
    data = backup.pyrage.passphrase.encrypt(backup.dumps(rows), PASSPHRASE)
    page = main(opened.get(bring(opened, data).headers["location"]))
    assert "not taken from a file" in page
    assert [e.kind for e in desk.standing if e.kind != "setting"] == ["note"]


def test_a_place_that_holds_no_entry_is_told_where_it_is_added(opened, desk, rows, no_wait):
    broken = [*rows, replace(rows[2], stored=b"[1]")]
    data = backup.pyrage.passphrase.encrypt(backup.dumps(broken), PASSPHRASE)
    page = main(opened.get(bring(opened, data).headers["location"]))
    assert "One place holds no entry that can be read" in page
    assert "1 entry added" in page
