"""The second notebook: made from the settings, opened on the first screen, and alone while it is open."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from tests.app.conftest import PASSPHRASE

from velveteen.app import notebook
from velveteen.app.desk import Desk
from velveteen.app.shell import PATHS, path
from velveteen.guide.words import NEVER_NAMES, NEVER_SAID, SHAMING, found
from velveteen.journal import key
from velveteen.journal.entries import Entry, uuid7
from velveteen.journal.sealed import SealedJournal
from velveteen.problems import BadInput, Refused

SECOND = "seven lanterns drift beyond the harbour wall"
SECRET = "He threw the plate at the door"
PURPOSE = re.compile(
    r"safety|help now|danger|harm|hurt|afraid|journal|notebook|second|other|record|what holds|odds|sign|partner|guide|"
    r"import|passphrase|velveteen",
    re.IGNORECASE,
)


def sent(**changed):
    return {"present": PASSPHRASE, "second": SECOND, "second_again": SECOND} | changed


def note(words, at=None):
    at = at or datetime.now()
    return Entry(uuid7(), "note", at, at, {}, facts=words)


@pytest.fixture
def paired(opened, desk):
    """Locked notes with something in them, and a second notebook beside."""
    desk.add([note(SECRET)])
    desk.drafts["sentence"] = SECRET
    assert (
        opened.post(path("settings", "q"), data=sent()).headers["location"] == path("settings") + "?s=second"
    )
    desk.close()
    return opened


@pytest.fixture
def inside(paired):
    """The second notebook, open."""
    paired.post(path("first"), data={"passphrase": SECOND})
    return paired


def words_of(page):
    return re.sub(r"<[^>]+>", " ", page)


def test_the_settings_say_what_it_is_and_what_it_cannot_do(opened):
    page = words_of(opened.get(path("settings")).text)
    for said in ("may fail against someone who knows this program", "look alike in size and time",
                 "helps only if you use it", "never promise that you can deny"):  # fmt: skip
        assert said in page


def test_it_is_made_without_losing_an_entry_and_the_notes_stay_open(opened, desk):
    desk.add([note(SECRET)])
    desk.drafts["sentence"] = "half a"
    before = desk.journal.chain()
    answer = opened.post(path("settings", "q"), data=sent())
    page = opened.get(answer.headers["location"]).text
    assert "The second notebook is there." in page
    assert 'name="second"' not in page
    assert (desk.journal.chain(), desk.journal.verify(), desk.notebook) == (before, None, False)
    assert sorted(file.name for file in desk.path.parent.iterdir() if "wal" not in file.name and "shm" not in file.name) == [
        "notes-1", "notes-1.key", "notes-2", "notes-2.key",
    ]  # fmt: skip
    desk.close()
    desk.open(PASSPHRASE)
    assert (desk.journal.chain(), desk.drafts["sentence"]) == (before, "half a")


@pytest.mark.parametrize(
    "changed",
    [
        {"present": "not this one"}, {"second": PASSPHRASE, "second_again": PASSPHRASE},
        {"second": "1234", "second_again": "1234"},
        {"second": "password", "second_again": "password"}, {"second": "", "second_again": ""}, {"second_again": "another"},
    ],
)  # fmt: skip
def test_without_the_present_one_or_with_a_bad_second_one_nothing_is_made(changed, opened, desk):
    before = desk.journal.chain()
    assert opened.post(path("settings", "q"), data=sent(**changed)).status_code == 400
    assert (desk.paired, desk.journal.chain()) == (False, before)
    assert not any("-1" in file.name or "-2" in file.name for file in desk.path.parent.iterdir())


def test_where_it_cannot_be_made_the_notes_stay_open(opened, desk, monkeypatch):
    def fails(*_):
        raise Refused("disk_full", "The disk is full. Nothing was changed.")

    before = desk.journal.chain()
    monkeypatch.setattr("velveteen.app.desk.pair_up", fails)
    answer = opened.post(path("settings", "q"), data=sent())
    assert (answer.status_code, "The disk is full." in answer.text) == (400, True)
    assert desk.journal.chain() == before


def test_while_locked_none_is_made(opened, desk):
    desk.close()
    assert opened.post(path("settings", "q"), data=sent()).headers["location"] == path("first")
    assert desk.path.exists()


def test_the_passphrase_alone_decides_which_opens(paired, desk):
    assert 'name="passphrase"' in paired.get(path("first")).text
    assert paired.post(path("first"), data={"passphrase": SECOND}).headers["location"] == path("notebook")
    assert (desk.side, desk.settings, desk.drafts) == ("notebook", {}, {})
    desk.close()
    assert paired.post(path("first"), data={"passphrase": PASSPHRASE}).headers["location"] == path("today")
    assert (desk.side, desk.settings["about"], desk.drafts) == ("partner", "M", {"sentence": SECRET})
    desk.close()
    assert paired.post(path("first"), data={"passphrase": "neither of them"}).status_code == 400


def test_as_many_keys_are_derived_whichever_passphrase_is_typed(paired, desk, monkeypatch):
    derived, real = [], key._derive

    def counting(header, passphrase):
        derived.append(header.memory_kib)
        return real(header, passphrase)

    monkeypatch.setattr(key, "_derive", counting)
    counts = set()
    for passphrase in (PASSPHRASE, SECOND, "neither of them"):
        derived.clear()
        paired.post(path("first"), data={"passphrase": passphrase})
        counts.add(len(derived))
        desk.close()
    assert counts == {2}


def test_one_alone_takes_as_long_to_open_as_one_of_two(began, desk, monkeypatch):
    client, derived, real = began("partner"), [], key._derive
    desk.close()
    monkeypatch.setattr(key, "_derive", lambda *given: (derived.append(1), real(*given))[1])
    client.post(path("first"), data={"passphrase": PASSPHRASE})
    assert len(derived) == 2


def test_words_typed_before_are_kept_as_a_note_there_and_nowhere_else(paired, desk):
    paired.post(path("first"), data={"words": "The beans are up", "passphrase": SECOND})
    assert [(e.kind, e.facts) for e in desk.entries] == [("note", "The beans are up")]
    assert "The beans are up" in paired.get(path("notebook")).text
    desk.close()
    desk.open(PASSPHRASE)
    assert all("beans" not in e.facts for e in desk.entries)


OWN = {"notebook", "style", "script", "icon", "leave", "lock", "keep", "alive"}


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_every_other_address_leads_to_its_first_page(inside, desk, method):
    before = desk.journal.chain()
    templates = {route.path for route in inside.app.routes}
    own = {PATHS[name] for name in OWN} | {"/o/{token}", path("first")}
    others = {template for template in templates - own if not template.startswith(PATHS["notebook"] + "/")}
    assert len(others) > 30
    for template in [*sorted(others), "/n/zz", "/elsewhere"]:
        address = re.sub(r"{[^}]+}", "1", template)
        answer = inside.request(method, address)
        assert (address, answer.status_code, answer.headers.get("location")) == (
            address,
            303,
            path("notebook"),
        )
        assert answer.content == b""
    assert desk.journal.chain() == before


def test_the_first_screen_leads_on_to_it(inside):
    address = path("first")
    for _ in range(3):
        answer = inside.get(address)
        if answer.status_code != 303:
            break
        address = answer.headers["location"]
    assert address == path("notebook")
    assert inside.post(path("first"), data={"words": "More"}).headers["location"] == path("notebook")
    assert "More" in inside.get(path("notebook")).text


def test_nothing_of_the_notes_can_be_read_from_it(inside, desk):
    pages = [inside.request(method, address).text for method in ("GET", "POST") for name, address in PATHS.items()
             if name not in {"leave", "lock"}]  # fmt: skip
    assert not any(SECRET in page for page in pages)
    assert desk.standing == []


def test_the_page_has_no_word_of_what_the_program_is_for(inside):
    inside.post(path("notebook"), data={"words": "The beans are up"})
    page = inside.get(path("notebook")).text
    shown = words_of(page)
    assert PURPOSE.findall(shown) == []
    assert [found(shown, words) for words in (NEVER_NAMES, NEVER_SAID, SHAMING)] == [[], [], []]
    assert "<nav" not in page
    assert path("safety") not in page
    assert "Leave now" in shown
    assert "Lock" in shown
    assert "<title>Notes</title>" in page


def test_notes_stand_newest_first_under_their_days(inside, desk):
    now = datetime.now()
    desk.add([note("Sowed the beans", now - timedelta(days=3)), note("Rain")])
    desk.add([note("Rain again")])
    page = inside.get(path("notebook")).text
    assert page.index("Rain again") < page.index("Rain</p>") < page.index("Sowed the beans")
    assert page.count("<h2") == 2


def test_many_notes_are_read_page_by_page_and_none_is_left_out(inside, desk):
    desk.add([note(f"Note {n:03}.") for n in range(notebook.AT_ONCE * 2 + 1)])
    address, seen = path("notebook"), []
    while address:
        page = inside.get(address).text
        seen += re.findall(r"Note \d{3}\.(?=</p>)", page)
        on = re.search(r'href="([^"]+)">Older notes', page)
        address = on and on.group(1)
    assert seen == [f"Note {n:03}." for n in reversed(range(notebook.AT_ONCE * 2 + 1))]
    assert inside.get(path("notebook") + "?p=x").status_code == 200


def test_a_script_in_a_note_is_shown_and_not_run(inside):
    inside.post(path("notebook"), data={"words": "<script>alert(1)</script>"})
    assert "<script>alert" not in inside.get(path("notebook")).text


def test_nothing_written_keeps_nothing_and_too_much_is_said(inside, desk):
    inside.post(path("notebook"), data={"words": "  "})
    answer = inside.post(path("notebook"), data={"words": "w" * 100_001})
    assert (answer.status_code, "was not saved" in answer.text) == (400, True)
    assert PURPOSE.findall(words_of(answer.text)) == []
    assert desk.entries == []


def test_what_was_typed_and_not_kept_is_there_again_in_it_alone(inside, desk):
    inside.post(path("keep"), data={"draft": "note", "words": "Half a line"})
    inside.post(path("leave"))
    desk.close()
    desk.open(PASSPHRASE)
    assert "note" not in desk.drafts
    desk.close()
    desk.open(SECOND)
    assert "Half a line" in inside.get(path("notebook")).text
    inside.post(path("notebook"), data={"words": "Half a line, ended"})
    assert desk.drafts == {}


def test_trouble_with_the_disk_names_no_file(inside, desk, monkeypatch):
    def full(*_, **__):
        raise Refused("disk_full", f"The disk under {desk.file.name} is full.")

    monkeypatch.setattr(Desk, "add", full)
    answer = inside.post(path("notebook"), data={"words": "The beans are up"})
    assert (answer.status_code, notebook.TROUBLE in answer.text) == (400, True)
    assert PURPOSE.findall(words_of(answer.text).replace(notebook.TROUBLE, "")) == []
    assert desk.file.name not in answer.text
    assert "<nav" not in answer.text


def test_its_settings_are_its_own(inside, desk):
    desk.set(window_name="Garden", leave_to="https://weather.example")
    page = inside.get(path("notebook")).text
    assert "<title>Garden</title>" in page
    desk.close()
    desk.open(PASSPHRASE)
    assert {"window_name", "leave_to"} & set(desk.settings) == set()


def test_the_page_is_not_there_for_whoever_has_the_notes_open(opened, desk):
    for answer in (opened.get(path("notebook")), opened.post(path("notebook"), data={"words": "x"})):
        assert answer.headers["location"] == path("today")
    desk.close()
    assert opened.get(path("notebook")).headers["location"] == path("first")
    assert opened.post(path("notebook"), data={"words": "x"}).headers["location"] == path("first")


def test_a_new_passphrase_of_the_notes_still_opens_one_of_the_two(paired, desk):
    desk.open(PASSPHRASE)
    with pytest.raises(BadInput) as caught:
        desk.reseal(PASSPHRASE, SECOND)
    assert caught.value.code == "same_passphrase"
    desk.reseal(PASSPHRASE, "a wholly different line of words")
    desk.close()
    desk.open("a wholly different line of words")
    assert desk.side == "partner"
    desk.close()
    desk.open(SECOND)
    assert desk.side == "notebook"


def test_no_second_one_is_made_of_a_pair(paired, desk):
    desk.open(PASSPHRASE)
    answer = paired.post(path("settings", "q"), data=sent(second="third line of quite other words",
                                                         second_again="third line of quite other words"))  # fmt: skip
    assert answer.status_code == 400
    with SealedJournal.open(desk.file, PASSPHRASE) as still:
        assert any(e.facts == SECRET for e in still.entries())
