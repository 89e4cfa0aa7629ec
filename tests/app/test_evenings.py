"""Five evenings, as a person would go through them in a real browser: what must stand on each page, and what must not.

Every page is looked at by axe, at a phone's and a desk's width, light and dark; nothing is asked of another machine.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright
from tests.app.browsing import ARGS, CHROMIUM, Person, person
from tests.app.conftest import PASSPHRASE

from velveteen.app.shell import path

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None, reason="no Chromium on this machine: the evenings were not walked through"
    ),
]
LOOKS = [(390, "light"), (390, "dark"), (1280, "light"), (1280, "dark")]
PAGES = (
    "today", "record", "then", "holds", "odds", "me", "safety", "plan", "papers", "settings", "backup", "done",
    "read", "import",
)  # fmt: skip
ODDS = ("in 100", "lasting", "broad change", "likely")
NEVER = ("wait and see", "give it time", "be patient", "streak", "well done", "congratulations", "low risk")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield opened
        opened.close()


@pytest.fixture(params=LOOKS, ids=lambda look: f"{look[0]}-{look[1]}")
def somebody(request, browser, tmp_path) -> Iterator[Person]:
    width, scheme = request.param
    with person(browser, tmp_path / "notes", width, scheme) as found:
        yield found


def begins(it: Person, words: str, side: str, country: str | None = "GB") -> None:
    """From the first screen, with words of tonight, to the page after a passphrase was chosen."""
    it.looks(
        must=("What happened?", "Leave now", "Help now"), never=(*ODDS, *NEVER, "passphrase to continue")
    )
    it.page.locator("#words").fill(words)
    it.tap("Go on")
    it.looks(
        must=("Who are these notes about?", "Only the passphrase opens these notes"), never=(*ODDS, *NEVER)
    )
    it.choose(side)
    if country is not None:
        it.page.locator("#country").select_option(country)
    it.choose("I have written it down")
    it.taps += 1
    it.tap("Keep it", role="button")


def test_a_promise_after_a_fight(somebody):
    it = somebody
    begins(it, "We had a fight. He promised to see a therapist by Friday", "Someone in my life")
    it.looks(must=("It is kept", "A promise", "Friday"), never=(*ODDS, *NEVER))
    it.tap("Keep these", role="button")
    it.looks(must=("It is kept.", "The day between us"), never=(*ODDS, *NEVER))
    it.page.goto(it.server.origin + path("read", "after-a-promise"))
    it.looks(must=("write down", "Leave now"), never=("has changed for good", *NEVER))
    it.page.goto(it.server.origin + path("record"))
    it.looks(must=("see a therapist",), never=(*ODDS, *NEVER))
    it.page.goto(it.server.origin + path("holds"))
    it.looks(never=("in 100", *NEVER))
    it.page.goto(it.server.origin + path("odds"))
    it.looks(must=("questions about danger", "The harm there is now"), never=("in 100", "lasting", *NEVER))
    assert it.taps <= 8


def test_they_are_in_the_next_room(somebody):
    it = somebody
    begins(it, "She read my messages again", "Someone in my life")
    it.page.goto(it.server.origin + path("today"))
    secret = "I am thinking of leaving in March"
    it.page.locator("#words").fill(secret)
    started = time.monotonic()
    steps = it.page.evaluate("history.length")
    covered = it.page.evaluate(
        """() => new Promise((done) => {
            const began = performance.now();
            new MutationObserver(() => done(performance.now() - began))
                .observe(document.documentElement, { attributes: true, attributeFilter: ["class"] });
            document.querySelector("#leave button").click();
        })"""
    )
    assert covered < 100, f"the cover took {covered:.0f} ms"
    it.page.wait_for_url("about:blank")
    assert time.monotonic() - started < 5
    assert it.page.evaluate("history.length") == steps  # the page that was left is no step of the history
    assert it.page.locator("body").inner_text().strip() == ""
    assert it.server.until(it.server.locked)
    # “Back” shows a page that asks for the passphrase, and no word of the evening.
    it.page.go_back()
    it.page.wait_for_load_state()
    words = it.page.locator("body").inner_text()
    for unseen in (secret, "messages again", "The day between us"):
        assert unseen not in words
        assert unseen not in it.page.content()
    it.page.goto(it.server.origin + "/n/")
    it.looks(must=("Passphrase",), never=(secret, "messages again"))


def test_three_times_shift_does_the_same(browser, tmp_path):
    with person(browser, tmp_path / "notes", 390, "light") as it:
        begins(it, "A word", "Someone in my life")
        it.page.goto(it.server.origin + path("today"))
        for key in ("Shift", "a", "Shift", "Shift"):
            it.page.keyboard.press(key)
        assert it.page.url.endswith(path("today"))
        it.page.keyboard.press("Shift")
        it.page.wait_for_url("about:blank")
        assert it.server.until(it.server.locked)


def test_strangled_last_year(somebody):
    it = somebody
    begins(it, "Last year he put his hands around my neck and I could not breathe", "Someone in my life")
    it.looks(must=("One thing first", "around your neck"), never=(*ODDS, *NEVER))
    it.choose("Yes")
    it.tap("Keep these", role="button")
    words = it.looks(
        must=("Safety", "What you said yes to", "999", "A quieter month does not change that"),
        never=(*ODDS, *NEVER),
    )
    assert words.index("What you said yes to") < words.index("Who can be reached")
    it.page.goto(it.server.origin + path("odds"))
    it.looks(must=("Safety comes first",), never=("in 100", "lasting", *NEVER))
    it.page.goto(it.server.origin + path("read", "strangled"))
    it.looks(must=("999",), never=NEVER)
    # A later no does not lower it.
    it.page.goto(it.server.origin + path("signs"))
    it.looks(must=("What you said yes to",), never=NEVER)
    it.tap("Go on", role="link")
    for number in range(1, 5):
        words = it.looks(must=(f"{number} of 4", "Leave now"), never=("in 100", "lasting", *NEVER))
        assert ("it stands" in words) is (number == 1)
        for no in it.page.get_by_role("radio", name="No", exact=True).all():
            no.check()
        it.tap("Keep", role="button")
    it.looks(must=("Your answers are kept", "What you said yes to"), never=NEVER)
    it.page.goto(it.server.origin + path("odds"))
    it.looks(must=("Safety comes first",), never=("in 100", "lasting"))


def test_afraid_now_and_no_country_chosen(somebody):
    it = somebody
    begins(it, "He is in the kitchen", "Someone in my life", country=None)
    it.page.goto(it.server.origin + path("signs"))
    it.tap("Begin", role="link")
    it.looks(must=("1 of 4", "Are you afraid of them now?", "Leave now"), never=(*ODDS, *NEVER))
    it.page.get_by_role("group", name="Are you afraid").get_by_label("Yes").check()
    it.tap("Keep and go on", role="button")
    words = it.looks(
        must=("Afraid now", "emergency number of the country", "Argentina"), never=(*ODDS, *NEVER)
    )
    assert words.index("What you said yes to") < words.index("Which country are you in?")
    before = it.taps
    it.choose("Ireland")
    it.tap("Show the numbers", role="button")
    assert it.taps == before + 2
    words = it.looks(must=("What you said yes to", "112", "1800 341 900"), never=(*ODDS, *NEVER))
    assert words.index("112") < words.index("1800 341 900")
    assert it.page.get_by_role("link", name="1800 341 900").get_attribute("href") == "tel:1800341900"
    it.tap("Go on with the questions", role="link")
    it.looks(must=("1 of 4", "You said yes."), never=(*ODDS, *NEVER))


def test_am_i_the_one(somebody):
    it = somebody
    begins(
        it, "I screamed back at her and now she says I am the abusive one", "I am not sure which of us it is"
    )
    it.page.goto(it.server.origin + path("safety"))
    it.looks(must=("Am I the one?", "Who can be reached", "Sixteen questions"), never=(*ODDS, *NEVER))
    it.tap("Am I the one?")
    it.looks(must=("no verdict",), never=("you are the", "narciss", *NEVER))
    it.page.goto(it.server.origin + path("today"))
    it.looks(must=("How I was treated",), never=(*ODDS, *NEVER))
    it.page.goto(it.server.origin + path("odds"))
    it.looks(must=("questions about danger",), never=("in 100", "lasting", *NEVER))


def test_i_shouted_tonight(somebody):
    it = somebody
    begins(it, "I shouted at Anna and the kids were there", "Me: I want to stop hurting people")
    it.page.goto(it.server.origin + path("today"))
    it.looks(must=("I did it tonight", "Before I blow"), never=(*ODDS, *NEVER, "How I was treated"))
    it.tap("I did it tonight")
    it.looks(must=("For people who hurt someone",), never=("forgive me", "certificate of", *NEVER))
    it.page.goto(it.server.origin + path("sheet", "16"))
    it.looks(must=("What did I do?", "What did it do to them?", "not an apology"), never=NEVER)
    it.page.goto(it.server.origin + path("holds"))
    it.looks(never=("in 100", "odds are", *NEVER))
    it.page.goto(it.server.origin + path("odds"))
    it.looks(never=("in 100", "lasting", "The harm there is now", *NEVER))
    it.page.goto(it.server.origin + path("safety"))
    words = it.looks(must=("For people who hurt someone",), never=(*ODDS, *NEVER))
    assert words.index("For people who hurt someone") < words.index("When you cannot bear it")


def test_an_evening_with_the_keyboard_alone(browser, tmp_path):
    with person(browser, tmp_path / "notes", 1280, "light") as it:
        keys = it.page.keyboard
        keys.type("He promised to call by Friday")  # the first field has the focus
        for _ in range(2):
            keys.press("Tab")
            if it.page.evaluate("document.activeElement.textContent").strip() == "Go on":
                break
        keys.press("Enter")
        it.page.wait_for_url("**" + path("begin"))
        reach(it, "side")
        keys.press("Space")
        reach(it, "which")
        keys.press("ArrowDown")
        reach(it, "own")
        keys.type(PASSPHRASE)
        keys.press("Tab")
        keys.type(PASSPHRASE)
        keys.press("Enter")
        it.page.wait_for_url("**" + path("confirm") + "/*")
        it.looks(must=("It is kept", "A promise"))
        visible = it.page.evaluate(
            "() => { const s = getComputedStyle(document.activeElement); return s.outlineStyle }"
        )
        assert visible is not None


def reach(it: Person, name: str) -> None:
    """Tab until the field of that name has the focus."""
    for _ in range(40):
        if it.page.evaluate("document.activeElement.name") == name:
            return
        it.page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach “{name}”")


@pytest.mark.parametrize("side", ["Someone in my life", "Me: I want to stop hurting people"])
@pytest.mark.parametrize("look", [(390, "light"), (1280, "dark")], ids=["390-light", "1280-dark"])
def test_every_page_of_a_side_is_open_to_everybody(browser, tmp_path, side, look):
    with person(browser, tmp_path / "notes", *look) as it:
        begins(it, "A word of tonight", side)
        for page in PAGES:
            it.page.goto(it.server.origin + path(page))
            it.looks(must=("Leave now",), never=NEVER)


def test_at_four_hundred_percent_nothing_is_cut_off(browser, tmp_path):
    with person(browser, tmp_path / "notes", 320, "light") as it:  # 1280 px at 400 %
        begins(it, "A word of tonight", "Someone in my life")
        for page in ("today", "record", "holds", "me", "safety"):
            it.page.goto(it.server.origin + path(page))
            it.looks()
