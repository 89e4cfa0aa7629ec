"""A real browser at the second notebook and at a backup that is brought back; axe on every page, narrow and wide."""

from __future__ import annotations

from pathlib import Path

import cheap_key
import pyrage
import pytest
from tests.app.browsing import CHROMIUM, person
from tests.app.conftest import PASSPHRASE
from tests.app.notes import entry

from velveteen.journal import backup
from velveteen.journal.notebook import create_pair
from velveteen.journal.sealed import SealedJournal

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
SECOND = "seven lanterns drift beyond the harbour wall"
NEVER = ("traceback", "velveteen", "journal", "safety", "help now")
WINDOWS = pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])


@WINDOWS
def test_notes_are_written_changed_found_and_deleted(browser, tmp_path, width, scheme):
    create_pair(tmp_path / "notes", PASSPHRASE, SECOND)
    with person(browser, tmp_path / "notes", width, scheme) as somebody:
        somebody.write("Passphrase", SECOND)
        somebody.tap("Open", role="button")
        somebody.looks(must=("A new note",), never=NEVER)
        for words in ("Sowed the beans", "Rain, and the dentist at four"):
            somebody.write("A new note", words)
            somebody.tap("Keep", role="button")
        somebody.looks(must=("Sowed the beans", "Search", "Settings"), never=NEVER)
        somebody.write("Search", "DENTIST")
        somebody.tap("Find", role="button")
        somebody.looks(must=("1 note", "Rain, and the dentist"), never=(*NEVER, "beans"))
        somebody.page.locator("a:has-text('Edit: Rain')").click()
        somebody.looks(must=("The note", "Delete"), never=NEVER)
        somebody.write("The note", "Rain, and the dentist at five")
        somebody.tap("Keep", role="button")
        somebody.looks(must=("Kept.", "at five"), never=("at four",))
        somebody.page.locator("a:has-text('Edit: Sowed')").click()
        somebody.tap("Delete", role="link")
        somebody.looks(must=("Delete this note?", "Sowed the beans"), never=NEVER)
        somebody.tap("Delete it", role="button")
        somebody.looks(must=("Deleted.", "at five"), never=("beans",))
        somebody.tap("Settings", role="link")
        somebody.page.get_by_text("Change it").click()
        somebody.looks(must=("Title", "Where “Leave now” goes", "The one it has now"), never=NEVER)
        somebody.write("Title", "Garden")
        somebody.tap("Keep the settings", role="button")
        assert somebody.page.title() == "Garden"


@WINDOWS
def test_a_backup_is_brought_back_on_the_first_screen(browser, tmp_path, monkeypatch, width, scheme):
    monkeypatch.setattr("velveteen.journal.key.new_key", cheap_key.new_key)
    with SealedJournal.create(tmp_path / "old", "x") as old:
        old.append(
            [entry("setting", 9, key="side", value="partner"), entry("note", 2, facts="A plate broke")]
        )
        sealed = pyrage.passphrase.encrypt(backup.dumps(old.chain()), PASSPHRASE)
    file = Path(tmp_path / "notes.age")
    file.write_bytes(sealed)
    with person(browser, tmp_path / "new" / "notes", width, scheme) as somebody:
        somebody.write("In your own words", "He rang again")
        somebody.tap("Go on", role="button")
        somebody.tap("I have a backup", role="link")
        somebody.looks(must=("The file, up to 64 MB", "Help now"), never=("traceback",))
        somebody.page.get_by_label("The file").set_input_files(file)
        somebody.tap("Go on", role="button")
        somebody.looks(must=("“notes.age”", "The one of the backup"), never=("I have written it down",))
        somebody.page.set_default_timeout(60_000)
        somebody.write("Passphrase", "not this one")
        somebody.tap("Bring it back", role="button")
        somebody.looks(must=("does not open notes.age", "Nothing was written"), never=("traceback",))
        assert ["400" in trouble for trouble in somebody.troubles] == [True]  # the browser notes the status
        somebody.troubles.clear()
        somebody.choose("One of my own")
        somebody.looks(must=("The same again",), never=("I have written it down",))
        somebody.write("Passphrase", PASSPHRASE)
        somebody.write("Your own passphrase", SECOND)
        somebody.write("The same again", SECOND)
        somebody.tap("Bring it back", role="button")
        somebody.looks(must=("Keep the day",))
        somebody.page.goto(somebody.server.origin + "/n/b")
        somebody.looks(must=("A plate broke", "He rang again"))
