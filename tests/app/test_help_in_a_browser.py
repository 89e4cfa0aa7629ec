"""Lines and danger questions as a person meets them: without scripts, with the keyboard alone, and when they break off."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright
from tests.app.browsing import ARGS, CHROMIUM, Person, person
from tests.app.conftest import PASSPHRASE
from tests.app.test_evenings import LOOKS, reach

from velveteen.app.shell import path

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None, reason="no Chromium on this machine: the pages were not walked through"
    ),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield opened
        opened.close()


def at(it: Person, *page: object) -> str:
    """Go to a page; what is read on it."""
    it.page.goto(it.server.origin + path(*page))
    return it.page.locator("main").inner_text()


def starts(it: Person) -> None:
    """Notes about somebody, with a passphrase of one's own and no country."""
    at(it, "begin")
    it.choose("Someone in my life")
    it.choose("One of my own")
    for field in ("#own", "#again"):
        it.page.locator(field).fill(PASSPHRASE)
    it.tap("Keep it", role="button")


def said(it: Person, question: str, word: str) -> None:
    it.page.get_by_role("group", name=question).get_by_label(word, exact=True).check()


def test_without_scripts_a_country_brings_its_numbers_before_there_are_notes(browser, tmp_path):
    with person(browser, tmp_path / "notes", 390, "light", scripts=False) as it:
        it.tap("Help now", role="link")
        it.page.get_by_label("New Zealand").check()
        it.tap("Show the numbers", role="button")
        assert it.page.url.endswith(path("help"))
        assert it.page.get_by_role("link", name="0800 733 843").get_attribute("href") == "tel:0800733843"
        it.page.get_by_text("Other country").click()
        assert it.page.get_by_label("New Zealand").is_checked()


def test_without_scripts_the_four_pages_lead_to_the_end(browser, tmp_path):
    with person(browser, tmp_path / "notes", 390, "light", scripts=False) as it:
        starts(it)
        at(it, "signs")
        it.tap("Begin", role="link")
        for number in range(1, 5):
            words = it.page.locator("main").inner_text()
            assert f"{number} of 4" in words
            assert "another way" not in words  # without its script, a page sends nothing
            for no in it.page.get_by_role("radio", name="No", exact=True).all():
                no.check()
            it.tap("Keep", role="button")
        assert "Your answers are kept" in it.page.locator("main").inner_text()


@pytest.mark.parametrize("how", ["Back", "Today", "reload", "leave"])
def test_a_yes_counts_when_the_page_is_left_without_its_button(browser, tmp_path, how):
    with person(browser, tmp_path / "notes", 390, "light") as it:
        starts(it)
        assert "only a yes is kept" in at(it, "signs", "p", 1)
        said(it, "Are you afraid", "Yes")
        said(it, "a weapon", "No")
        if how == "leave":
            it.tap("Leave now", role="button")
            it.page.wait_for_url("about:blank")
            assert it.server.until(it.server.locked)
            at(it, "first")
            it.page.locator("#passphrase").fill(PASSPHRASE)
            it.tap("Open", role="button")
        elif how == "reload":
            it.page.reload()
        else:
            it.tap(how, role="link")
        words = at(it, "signs")
        assert "Afraid now" in words
        assert "3 open" in words  # the no beside it was not taken


def test_a_yes_that_was_changed_before_the_page_was_left_does_not_count(browser, tmp_path):
    with person(browser, tmp_path / "notes", 390, "light") as it:
        starts(it)
        at(it, "signs", "p", 1)
        said(it, "Are you afraid", "Yes")
        said(it, "Are you afraid", "No")
        it.tap("Back", role="link")
        assert "Afraid now" not in at(it, "signs")


def test_a_yes_that_was_taken_back_does_not_come_again_by_going_back_to_its_page(browser, tmp_path):
    with person(browser, tmp_path / "notes", 390, "light") as it:
        starts(it)
        at(it, "signs", "p", 1)
        said(it, "Are you afraid", "Yes")
        it.tap("Keep and go on", role="button")
        assert "Afraid now" in it.page.locator("main").inner_text()
        at(it, "signs", 9)
        it.tap("It did not happen", role="button")
        assert "It is taken back" in it.page.locator("main").inner_text()
        it.page.evaluate("history.go(-3)")
        it.page.wait_for_url("**" + path("signs", "p", 1))
        it.page.evaluate(
            "document.querySelector('input[value=yes]').checked = true"
        )  # as a browser fills in again
        it.tap("Today", role="link")
        assert "Afraid now" not in at(it, "signs")


def test_the_questions_are_answered_with_the_keyboard_alone_and_back_shows_what_was_said(browser, tmp_path):
    with person(browser, tmp_path / "notes", 1280, "dark") as it:
        starts(it)
        at(it, "signs", "p", 1)
        for number in (9, 1, 2, 3):
            reach(it, f"sign_{number}")
            it.page.keyboard.press("ArrowRight")  # on to “No”
        it.page.keyboard.press("Tab")
        it.page.keyboard.press("Enter")
        it.page.wait_for_url("**" + path("signs", "p", 2))
        it.page.go_back()
        it.page.wait_for_url("**" + path("signs", "p", 1))
        words = it.looks(must=("1 of 4",))
        assert words.count("You said no, less than a month ago.") == 4


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_a_number_is_large_enough_to_tap_and_asks_nothing_of_another_machine(
    browser, tmp_path, width, scheme
):
    with person(browser, tmp_path / "notes", width, scheme) as it:
        it.tap("Help now", role="link")
        it.looks(must=("Which country are you in?", "Find A Helpline"))
        it.choose("United Kingdom")
        it.tap("Show the numbers", role="button")
        it.looks(must=("999", "0808 2000 247", "Leave now"))
        boxes = [link.bounding_box() for link in it.page.locator("a.number").all()]
        assert len(boxes) > 8
        assert [box for box in boxes if box["height"] < 44 or box["width"] < 24] == []
        assert it.page.evaluate("scrollY") == 0  # “Leave now” is in view beside the first numbers
        here = it.page.url
        it.page.get_by_role("link", name="0808 2000 247").click()
        it.page.wait_for_timeout(300)
        assert it.page.url == here
        assert it.outward == ["tel:08082000247"]  # which the device's own telephone takes
        it.outward.clear()
