"""*Leave now* in a real browser while much is typed: a browser sends little on behalf of a page that is gone."""

from __future__ import annotations

import pytest
from playwright.sync_api import sync_playwright
from tests.app.browsing import ARGS, CHROMIUM, person
from tests.app.conftest import PASSPHRASE

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine: nobody left"),
]
WORDS = "ночь и снег " * 3000  # 36,000 letters, of which a form makes about 170,000 bytes


def test_leaving_with_very_many_words_seals_them_and_locks(tmp_path):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        with person(browser, tmp_path / "notes", 390, "light") as it:
            it.server.client.post(
                "/n/l", data={"side": "partner", "which": "own", "own": PASSPHRASE, "again": PASSPHRASE}
            )
            it.page.goto(it.server.origin + "/n/a")
            box = it.page.locator("[data-draft]")
            name = box.get_attribute("data-draft")
            assert name
            box.fill(WORDS)
            it.page.locator("#leave button").click()
            it.page.wait_for_url("about:blank")
            assert it.server.until(it.server.locked)
            again = it.server.client.post("/n/", data={"words": "", "passphrase": PASSPHRASE}).text
            assert WORDS.strip() in again
        browser.close()
