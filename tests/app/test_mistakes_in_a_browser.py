"""A day in four taps, and a mistake taken back in one, in a real browser, with and without scripts; axe on every page."""

from __future__ import annotations

import pytest
from tests.app.browsing import CHROMIUM, person
from tests.app.conftest import PASSPHRASE
from tests.app.notes import entry

from velveteen.app.shell import path
from velveteen.journal.sealed import SealedJournal

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


@pytest.fixture
def notes(tmp_path):
    with SealedJournal.create(tmp_path / "notes", PASSPHRASE) as made:
        made.append([entry("setting", key="side", value="partner")])
    return tmp_path / "notes"


@pytest.mark.parametrize(
    ("width", "scheme"), [(320, "light"), (390, "light"), (390, "dark"), (1280, "light"), (1280, "dark")]
)
def test_a_day_takes_four_taps_and_a_mistake_one(browser, notes, width, scheme):
    with person(browser, notes, width, scheme) as she:
        she.write("Passphrase", PASSPHRASE)
        she.tap("Open", role="button")
        keep = she.page.get_by_role("button", name="Keep the day")
        assert keep.evaluate("e => e.getBoundingClientRect().bottom <= innerHeight")
        she.taps = 0
        she.tap("Hurt: truth, blame, fairness")
        she.looks(must=("Did they lie to me?",))
        she.choose("Did they lie to me?")
        she.choose("Calm")
        she.tap("Keep the day", role="button")
        assert she.taps == 4
        she.looks(must=("It is kept.", "Lied.", "That was a mistake"))
        she.page.locator("li", has_text="Lied.").get_by_role("button").click()
        she.page.wait_for_load_state()
        she.looks(must=("It is taken back, and counts nowhere.",), never=("Lied.",))
        she.tap("Record", role="link")
        she.looks(must=("taken back", "A calm day."))
        she.page.locator("summary", has_text="taken back").click()
        she.tap("What was written when", role="link")
        she.looks(must=("count it again",))


def test_the_last_field_that_the_keyboard_reaches_is_not_behind_the_button(browser, notes):
    with person(browser, notes, 390, "light") as she:
        she.write("Passphrase", PASSPHRASE)
        she.tap("Open", role="button")
        she.page.locator("input[name=act]").first.focus()
        for _ in range(6):
            she.page.keyboard.press("Tab")
            hidden = she.page.evaluate(
                """() => document.activeElement.closest("label, summary").getBoundingClientRect().bottom
                    > document.querySelector(".stay").getBoundingClientRect().top"""
            )
            assert not hidden


def test_the_folds_and_the_mistake_need_no_script(browser, notes):
    with person(browser, notes, 390, "light") as she:
        she.write("Passphrase", PASSPHRASE)
        she.tap("Open", role="button")
        cookies = she.page.context.cookies()
        plain = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
        plain.add_cookies(cookies)
        page = plain.new_page()
        page.goto(she.server.origin + path("record"))
        page.locator("summary", has_text="Show only").click()
        assert page.get_by_role("link", name="Limits").is_visible()
        page.goto(she.server.origin + path("today"))
        page.get_by_label("Calm").check()
        page.get_by_role("button", name="Keep the day").click()
        page.get_by_role("button", name="That was a mistake").click()
        assert "It is taken back" in page.locator("main").inner_text()
        plain.close()
