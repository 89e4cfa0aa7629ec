"""Nothing can be read behind the cover, after a lock, or by going back: in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import sync_playwright
from tests.app.browsing import ARGS, CHROMIUM, person

from velveteen.app.shell import path

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]
WORDS = "The plate hit the wall beside me"


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as played:
        made = played.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield made
        made.close()


@pytest.fixture
def her(browser, tmp_path):
    with person(browser, tmp_path / "notes", 390, "light") as somebody:
        somebody.page.clock.install()
        yield somebody


def begin(her):
    her.page.goto(her.server.origin + path("first"))
    her.write("In your own words", WORDS)
    her.tap("Go on")
    her.choose("Someone in my life")
    her.choose("I have written it down")
    her.tap("Keep it", role="button")


def seen(page):
    """All that can be read on the screen, fields included."""
    fields = page.locator("textarea:visible, input:visible").all()
    return page.locator("body").inner_text() + " ".join(field.input_value() for field in fields)


def test_before_there_is_a_passphrase_the_cover_comes_after_a_minute_and_keeps_the_words(her):
    page = her.page
    page.goto(her.server.origin + path("first"))
    her.write("In your own words", WORDS)
    page.clock.run_for(55_000)
    assert WORDS in seen(page)
    page.clock.run_for(10_000)
    assert WORDS not in seen(page)
    page.keyboard.type("more")
    assert "more" not in page.locator("textarea").input_value()
    page.get_by_role("button", name="Go on").click()
    page.locator("textarea").wait_for()
    assert WORDS in seen(page)


def test_an_offered_passphrase_is_covered_too(her):
    page = her.page
    page.goto(her.server.origin + path("begin"))
    offered = page.locator("input[name=offered]").input_value()
    page.clock.run_for(65_000)
    assert offered not in seen(page)


def test_from_behind_the_first_cover_three_times_shift_leaves(her):
    page = her.page
    page.goto(her.server.origin + path("first"))
    her.write("In your own words", WORDS)
    page.clock.run_for(65_000)
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url("about:blank")
    assert her.server.until(lambda: WORDS not in her.server.client.get(path("first")).text)


def test_going_back_after_leaving_shows_nothing_that_was_written(her):
    page = her.page
    begin(her)
    page.goto(her.server.origin + path("record"))
    assert WORDS in seen(page)
    page.goto(her.server.origin + path("today"))
    page.get_by_role("button", name="Leave now").click()
    page.wait_for_url("about:blank")
    assert her.server.until(her.server.locked)
    for _ in range(3):
        page.go_back()
        page.wait_for_load_state()
        assert WORDS not in seen(page)
        assert WORDS not in page.content()


def test_another_tab_shows_nothing_once_this_one_has_locked(her):
    begin(her)
    other = her.page.context.new_page()
    other.clock.install()
    other.goto(her.server.origin + path("record"))
    assert WORDS in seen(other)
    her.page.get_by_role("button", name="Lock").click()
    assert her.server.until(her.server.locked)
    other.clock.run_for(65_000)
    assert WORDS not in seen(other)
    other.get_by_role("button", name="Go on").click()
    other.wait_for_url(f"**{path('first')}")
    assert WORDS not in other.content()
    # For the empty page of a lock the browser asks for an icon at the root, where nothing is given to anybody.
    assert {said.rpartition("(")[2] for said in her.troubles} <= {"Forbidden)"}
    her.troubles.clear()


def test_going_back_after_saving_saves_nothing_twice_and_shows_no_old_field(her):
    page = her.page
    begin(her)
    page.goto(her.server.origin + path("today"))
    page.locator("textarea[name=words]").fill("A second thing")
    page.locator("form:has(textarea[name=words]) button[type=submit]").click()
    page.wait_for_load_state()
    page.go_back()
    page.wait_for_load_state()
    assert page.locator("textarea[name=words]").input_value() == ""
    page.reload()
    page.goto(her.server.origin + path("record"))
    assert page.locator("body").inner_text().count("A second thing") == 1
