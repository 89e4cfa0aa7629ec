"""The pages without a network: a client that speaks as the browser would that the program opened."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import httpx2
import pytest
from cheap_key import new_key

from velveteen.app.desk import Desk
from velveteen.app.keys import COOKIE, Keys
from velveteen.app.pages import application
from velveteen.journal import key

PASSPHRASE = "seven quiet herons cross a field"
PORT = 8000
ORIGIN = f"http://127.0.0.1:{PORT}"


class Client:
    """Requests to the pages, answered in the test's own thread, to which the sealed file belongs."""

    def __init__(self, app, **headers: str) -> None:
        self.app = app
        self.headers = headers
        self.cookies: dict[str, str] = {}

    def request(
        self, method: str, address: str, headers: dict[str, str] | None = None, **body: Any
    ) -> httpx2.Response:
        """One request; `headers` replace the client's own, and one that is empty is not sent."""
        return asyncio.run(self._sent(method, address, {**self.headers, **(headers or {})}, body))

    async def _sent(
        self, method: str, address: str, headers: dict[str, str], body: dict[str, Any]
    ) -> httpx2.Response:
        transport = httpx2.ASGITransport(self.app, raise_app_exceptions=False)
        sent = {name: value for name, value in headers.items() if value}
        async with httpx2.AsyncClient(transport=transport, base_url=ORIGIN, cookies=self.cookies) as client:
            return await client.request(method, address, headers=sent, **body)

    def get(self, address: str, **more: Any) -> httpx2.Response:
        return self.request("GET", address, **more)

    def post(self, address: str, **more: Any) -> httpx2.Response:
        return self.request("POST", address, **more)


@pytest.fixture(autouse=True)
def cheap_key(monkeypatch):
    """Argon2id at its least cost: these tests are of pages."""
    monkeypatch.setattr(key, "new_key", new_key)


@pytest.fixture
def desk(tmp_path):
    made = Desk(tmp_path / "notes" / "notes")
    yield made
    if not made.locked:
        made.close()


@pytest.fixture
def keys() -> Keys:
    return Keys()


@pytest.fixture
def locks() -> list[str]:
    """Every lock that was asked for; the process is not replaced here."""
    return []


@pytest.fixture
def client(desk: Desk, keys: Keys, locks: list[str]) -> Client:
    def lock() -> None:
        desk.close()
        locks.append("locked")

    made = Client(application(desk, keys, PORT, lock), origin=ORIGIN)
    made.cookies[COOKIE] = keys.cookie
    return made


@pytest.fixture
def began(client: Client, desk: Desk) -> Callable[[str], Client]:
    def begin(side: str) -> Client:
        desk.begin(PASSPHRASE, side=side, about="M")
        return client

    return begin


@pytest.fixture
def opened(began: Callable[[str], Client]) -> Client:
    """Open notes about someone in the owner's life."""
    return began("partner")


@pytest.fixture
def changer(began: Callable[[str], Client]) -> Client:
    """Open notes about the owner."""
    return began("changer")


@pytest.fixture(scope="module")
def browser():
    """One Chromium for the tests of a module."""
    from playwright.sync_api import sync_playwright
    from tests.app.browsing import ARGS, CHROMIUM

    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield started
        started.close()
