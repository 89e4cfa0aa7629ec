"""A real browser at Record: a line that opens, words of then, erasing, and a file that is brought in; axe on every page."""

from __future__ import annotations

import pytest
from tests.app.browsing import CHROMIUM, person
from tests.app.conftest import PASSPHRASE
from tests.app.files import DIARY, chat_txt
from tests.app.notes import ago, entry
from tests.app.records import weeks_of

from velveteen.journal.sealed import SealedJournal

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
NEVER = ("traceback", "velveteen", "in 100")


def kept(place, side):
    with SealedJournal.create(place, PASSPHRASE) as made:
        if side == "partner":
            hardest = entry("day", 2, contact=True, day="criticised", treated=0)
            made.append([*weeks_of(12), hardest, entry("term", 18, what="No shouting at night")])
        made.append(
            [
                entry("setting", key="side", value=side), entry("note", 2, facts="A plate broke.", feelings="Tired."),
                entry("promise", 20, what="Ring up", due=ago(19).isoformat(), outcome="kept"),
                entry("practice", 3, which="owning", did_what="I shouted"),
            ]
        )  # fmt: skip
    return place


@pytest.mark.parametrize(
    ("side", "width", "scheme"),
    [
        ("partner", 390, "dark"),
        ("partner", 1280, "light"),
        ("changer", 390, "light"),
        ("changer", 1280, "dark"),
    ],
)
def test_every_page_of_the_record_can_be_used(browser, tmp_path, side, width, scheme):
    with person(browser, kept(tmp_path / "notes", side), width, scheme) as she:
        she.write("Passphrase", PASSPHRASE)
        she.tap("Open", role="button")
        she.tap("Record", role="link")
        she.looks(must=("A plate broke.",), never=(*NEVER, "not written freely"))
        she.page.locator("summary", has_text="My words").first.click()
        she.looks(must=("Put right", "Erase", "This day was not written freely"))
        she.tap("What was written when", role="link")
        she.looks(must=("It was written once",), never=NEVER)
        she.tap("Erase it", role="link")
        she.looks(must=("about courts", "Leave no trace"), never=NEVER)
        she.tap("Erase nothing", role="link")
        she.tap("Read an earlier month again", role="link")
        she.looks(must=("A plate broke.", "Tired."), never=NEVER)
        she.tap("Record", role="link")
        ledger = "Promises" if side == "partner" else "What I said I would do"
        she.page.locator("summary", has_text="Show only").focus()
        she.page.keyboard.press("Enter")
        she.tap(ledger, role="link")
        she.looks(must=("Ring up", "Kept"), never=NEVER)
        she.page.goto(she.server.origin + "/n/ag/" + ago(2).isoformat())
        she.looks(must=("No page shows what you choose here",), never=NEVER)


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_a_diary_and_a_chat_are_brought_in(browser, tmp_path, width, scheme):
    with person(browser, kept(tmp_path / "notes", "partner"), width, scheme) as she:
        she.write("Passphrase", PASSPHRASE)
        she.tap("Open", role="button")
        she.tap("Record", role="link")
        for name, text, asked in (
            ("d.csv", DIARY + "someday,yes,4,,x\n", "a diary kept as a table"), ("c.txt", chat_txt(), "Who is the person"),
        ):  # fmt: skip
            she.tap("Bring in a file", role="link")
            she.looks(must=("up to 64 MB",))
            she.page.set_input_files(
                "#file", {"name": name, "mimeType": "text/plain", "buffer": text.encode()}
            )
            she.tap("Read it", role="button")
            she.looks(must=(asked,), never=(*NEVER, "--"))
            if she.page.locator("#them").count():
                she.page.select_option("#them", "Ben")
            she.tap("Add it", role="button")
            she.looks(must=("added",), never=(*NEVER, "--"))
            she.tap("To the record", role="link")
