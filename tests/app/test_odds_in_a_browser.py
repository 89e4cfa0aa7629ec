"""A real browser at *What holds* and *What has changed?*: a guess, the wait, the odds, and Safety in their place."""

import pytest
from tests.app.browsing import CHROMIUM, person
from tests.app.conftest import PASSPHRASE
from tests.app.records import a_sign, at, no_signs, weeks_of

from velveteen.app.shell import path
from velveteen.journal.sealed import SealedJournal

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


@pytest.fixture
def journal(tmp_path):
    place = tmp_path / "notes"
    with SealedJournal.create(place, PASSPHRASE) as made:
        made.append([*weeks_of(26), *no_signs(), at("setting", key="side", value="partner")])
    return place


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_a_guess_the_wait_and_the_odds_without_a_tap_between_them(browser, journal, width, scheme):
    with person(browser, journal, width, scheme) as she:
        she.write("Passphrase", PASSPHRASE)
        she.tap("Open", role="button")
        she.tap("What holds", role="link")
        she.looks(must=("Hard days", "Last times"), never=("depending on where one starts",))
        she.tap("What has changed?", role="link")
        she.looks(
            must=("The harm there is now", "My own guess"), never=("depending on where one starts", "in 100")
        )
        she.page.get_by_label("Better for a while").check(force=True)
        she.tap("Keep my guess", role="button")
        she.page.wait_for_selector("text=depending on where one starts", timeout=60_000)
        she.looks(
            must=("A real change can still be too little", "Once a week at most", "never test it on purpose")
        )


def test_with_a_sign_that_stands_a_tap_on_the_tab_meets_safety_and_no_odds(browser, journal):
    with SealedJournal.open(journal, PASSPHRASE) as opened:
        opened.append(a_sign())
    with person(browser, journal, 390, "light") as she:
        she.write("Passphrase", PASSPHRASE)
        she.tap("Open", role="button")
        she.page.goto(she.server.origin + path("odds"))
        she.looks(must=("Safety comes first",), never=("depending on where one starts", "My own guess"))
        she.page.goto(she.server.origin + path("holds"))
        she.looks(must=("Safety comes first",), never=("What has changed?",))
