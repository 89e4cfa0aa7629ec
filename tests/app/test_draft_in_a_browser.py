"""A real browser at *Before I send*, with and without scripts; axe on each page; what is typed is gone with *Leave now*."""

from __future__ import annotations

import pytest
from tests.app.browsing import CHROMIUM, person
from tests.app.conftest import PASSPHRASE
from tests.app.notes import entry

from velveteen.app.desk import DRAFTS
from velveteen.app.shell import path
from velveteen.journal.sealed import SealedJournal

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
WORDS = "You always do this, zanzibar. You went out again, didn't you?"


@pytest.fixture
def notes(tmp_path):
    with SealedJournal.create(tmp_path / "notes", PASSPHRASE) as made:
        made.append([entry("setting", key="side", value="changer")])
    return tmp_path / "notes"


def opens(he):
    he.write("Passphrase", PASSPHRASE)
    he.tap("Open", role="button")
    he.tap("Before I send", role="link")


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_a_message_is_held_beside_the_questions_and_is_gone_when_asked_for_again(
    browser, notes, width, scheme
):
    with person(browser, notes, width, scheme) as he:
        opens(he)
        he.looks(must=("How will this land?", "English only"), never=("score of", "send it"))
        he.write("What you are about to send", WORDS)
        he.tap("Ask the four questions", role="button")
        he.looks(must=("You always do", "How it lands", "Above them", "Not tonight"), never=("good to send",))
        he.page.reload()
        he.looks(must=("What you are about to send",), never=("zanzibar",))
        he.tap("Not tonight", role="link")
        he.page.go_back()
        he.page.wait_for_load_state()
        he.looks(never=("zanzibar",))


def test_it_works_without_scripts(browser, notes):
    with person(browser, notes, 390, "dark", scripts=False) as he:
        opens(he)
        he.write("What you are about to send", WORDS)
        he.tap("Ask the four questions", role="button")
        said = he.page.locator("main").inner_text()
        assert "You always do How it lands" in said
        assert "Not tonight. It can wait until morning" in said


def test_leave_now_seals_nothing_of_what_was_typed(browser, notes):
    with person(browser, notes, 390, "light") as he:
        opens(he)
        he.write("What you are about to send", WORDS)
        he.page.wait_for_timeout(800)  # words of other pages would be held by now
        he.page.get_by_role("button", name="Leave now").click()
        assert he.server.until(he.server.locked)
        he.page.goto(he.server.origin + path("first"))
        he.looks(never=("zanzibar",))
    with SealedJournal.open(notes, PASSPHRASE) as sealed:
        assert sealed.kept(DRAFTS) is None
        assert [e.kind for e in sealed.entries()] == ["setting"]
