"""A real browser over the running pages: what a person would tap, and what must hold on every page that is seen."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import cheap_key
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from tests.app.running import Running, running

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
CHEAP = f"""
import sys
sys.path.append({str(Path(cheap_key.__file__).parent)!r})
import cheap_key
cheap_key.lowest_cost()
"""


class Person:
    """Somebody at the pages: taps and words, with every page that they see looked at by axe."""

    def __init__(self, page: Page, server: Running) -> None:
        self.page = page
        self.server = server
        self.taps = 0
        self.outward: list[str] = []
        self.troubles: list[str] = []
        self.seen: list[str] = []
        page.on("request", self._asked)
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("console", lambda said: self.troubles.append(said.text) if said.type == "error" else None)

    def _asked(self, request) -> None:
        if not request.url.startswith((self.server.origin, "about:", "data:")):
            self.outward.append(request.url)

    def tap(self, words: str, *, role: str | None = None) -> None:
        """Tap what carries these words."""
        self.taps += 1
        if role:
            self.page.get_by_role(role, name=words).first.click()
        else:
            self.page.get_by_text(words, exact=False).locator("visible=true").first.click()
        self.page.wait_for_load_state()

    def choose(self, words: str) -> None:
        """Choose the answer that carries these words."""
        self.taps += 1
        self.page.get_by_label(words).first.check()

    def write(self, label: str, words: str) -> None:
        """Type into the field of that label."""
        self.page.get_by_label(label).first.fill(words)

    def looks(self, *, must: tuple[str, ...] = (), never: tuple[str, ...] = ()) -> str:
        """Hold the page that is seen against what must and must not stand on it, and against axe; its words."""
        words = self.page.locator("body").inner_text()
        self.seen.append(words)
        for expected in must:
            assert expected.lower() in words.lower(), f"“{expected}” is missing on: {words[:600]}"
        for unwanted in never:
            assert unwanted.lower() not in words.lower(), f"“{unwanted}” stands on: {words[:600]}"
        found = Axe().run(self.page).response["violations"]
        assert not found, [(v["id"], [n["html"] for n in v["nodes"]][:3]) for v in found]
        wide = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wide <= 0, "the page is wider than the window"
        return words

    def ends_well(self) -> None:
        """Nothing was asked of another machine, and nothing broke on the way."""
        assert self.outward == []
        assert self.troubles == []


@contextmanager
def person(
    browser: Browser, journal: Path, width: int, scheme: str, before: str = "", *, scripts: bool = True
) -> Iterator[Person]:
    """Somebody who has just started the program, at a window of a width, light or dark."""
    with running(journal, CHEAP + before) as server:
        context = browser.new_context(
            viewport={"width": width, "height": 844}, color_scheme=scheme, java_script_enabled=scripts
        )
        page = context.new_page()
        page.set_default_timeout(10_000)
        # The opening address was spent by the test's own client; the browser gets the same cookie.
        for name, value in server.client.cookies.items():
            cookie = {
                "name": name,
                "value": value,
                "url": server.origin,
                "httpOnly": True,
                "sameSite": "Strict",
            }
            context.add_cookies([cookie])
        page.goto(server.origin + "/n/")
        somebody = Person(page, server)
        yield somebody
        somebody.ends_well()
        context.close()
