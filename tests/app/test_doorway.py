"""The way in: what other logins of the machine can read of it, and that nothing of it stays."""

from __future__ import annotations

import asyncio
import stat
from pathlib import Path
from urllib.parse import unquote, urlsplit

import httpx2
import pytest
from playwright.sync_api import sync_playwright
from tests.app.browsing import ARGS, CHROMIUM
from tests.app.running import running

from velveteen.app import doorway, serve
from velveteen.app.doorway import Doorway
from velveteen.app.keys import Keys
from velveteen.app.shell import path

ADDRESS = "http://127.0.0.1:1/o/a-token"


@pytest.fixture
def asked(monkeypatch, tmp_path):
    """What the browser is started with."""
    found = []
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setattr(doorway.webbrowser, "open", lambda words: found.append(words) or True)
    return found


def file_of(words):
    return Path(unquote(urlsplit(words).path))


def test_the_browser_is_started_with_no_secret(asked):
    made = Doorway()
    assert made.open(ADDRESS)
    assert "token" not in asked[0]
    assert asked[0].startswith("file:///")
    assert ADDRESS in file_of(asked[0]).read_text("utf-8")
    made.close()


def test_only_its_owner_can_read_the_file_and_its_name_says_nothing(asked):
    Doorway().open(ADDRESS)
    file = file_of(asked[0])
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert file.name == "n.html"
    assert "<title> </title>" in file.read_text("utf-8")


def test_the_file_goes_with_its_folder_and_closing_twice_is_harmless(asked, tmp_path):
    made = Doorway()
    made.open(ADDRESS)
    made.close()
    made.close()
    assert list(tmp_path.iterdir()) == []


def test_without_a_folder_for_what_is_running_the_temporary_one_is_taken(asked, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "nowhere"))
    monkeypatch.setattr(doorway.tempfile, "tempdir", str(tmp_path))
    Doorway().open(ADDRESS)
    assert file_of(asked[0]).parent.parent == tmp_path


def test_where_no_file_can_be_made_the_browser_is_not_started(asked, monkeypatch):
    def full(**_):
        raise OSError

    monkeypatch.setattr(doorway.tempfile, "mkdtemp", full)
    assert not Doorway().open(ADDRESS)
    assert asked == []


def opened_pages(monkeypatch, tmp_path, *, opens=True):
    """(address told, what served was given) of a start whose server is not run."""
    told, served = [], []
    monkeypatch.setattr(doorway.webbrowser, "open", lambda _: opens)
    monkeypatch.setattr(
        serve, "run", lambda sock, path, keys, not_come: served.append((sock, keys, not_come))
    )
    serve.open_pages(tmp_path / "notes", told=told.append)
    served[0][0].close()
    return told, served[0][1], served[0][2]


def test_the_address_is_told_where_no_browser_can_be_opened(monkeypatch, tmp_path, asked):
    told, keys, _ = opened_pages(monkeypatch, tmp_path, opens=False)
    assert told[0].endswith(f"/o/{keys.token}")


def test_a_browser_that_may_not_read_the_file_leaves_its_owner_with_the_address(monkeypatch, tmp_path, asked):
    told, keys, not_come = opened_pages(monkeypatch, tmp_path)
    assert told == []
    monkeypatch.setattr(serve, "COMES", 0.0)
    asyncio.run(serve._comes(keys, not_come))
    assert told[0].startswith("If no page has opened")
    assert told[0].endswith(f"/o/{keys.token}")


def test_nothing_is_told_once_the_browser_has_come(monkeypatch):
    told = []
    monkeypatch.setattr(serve, "COMES", 0.0)
    keys = Keys()
    keys.spend(keys.token)
    asyncio.run(serve._comes(keys, lambda: told.append(1)))
    asyncio.run(serve._comes(Keys(), None))
    assert told == []


def test_the_file_is_gone_once_the_token_is_spent(monkeypatch, tmp_path):
    there = []
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setattr(doorway.webbrowser, "open", lambda _: True)

    def came(sock, _, keys, __):
        there.append(len(list(tmp_path.rglob("*.html"))))
        keys.spend(keys.token)
        there.append(len(list(tmp_path.iterdir())))
        sock.close()

    monkeypatch.setattr(serve, "run", came)
    serve.open_pages(tmp_path / "notes")
    assert there == [1, 0]


BROWSER = """
from velveteen.app import doorway
doorway.webbrowser.open = lambda words: print(words, flush=True) or True
real = serve.open_pages
serve.open_pages = lambda path, browser, told: real(path, told=told)
"""


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
def test_a_real_browser_comes_in_by_the_file_and_stays_in(tmp_path, monkeypatch):
    runtime = tmp_path / "runtime"
    runtime.mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    with running(tmp_path / "notes", BROWSER, spend=False) as it, sync_playwright() as played:
        browser = played.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        page = browser.new_page()
        page.goto(it.opening)
        page.wait_for_selector("textarea")
        (cookie,) = page.context.cookies()
        assert cookie["path"] + "/n/" == urlsplit(page.url).path
        assert not list(runtime.rglob("n.html"))
        page.fill("textarea", "a word")
        page.get_by_text("Go on").first.click()
        page.wait_for_url(f"**{path('begin')}")
        assert httpx2.get(page.url).status_code == 403
        browser.close()
