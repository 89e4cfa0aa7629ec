"""A browser writes down what is typed, so that a closed window can come back: not what is typed here."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import sync_playwright
from tests.app.browsing import ARGS, CHROMIUM
from tests.app.running import running

from velveteen.app.shell import path

CANARY = "Xanthippe-kanarienvogel"


def held(folder):
    forms = (CANARY.encode(), CANARY.encode("utf-16-le"))
    return [
        f.name for f in folder.rglob("*") if f.is_file() and any(form in f.read_bytes() for form in forms)
    ]


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
def test_what_is_typed_is_in_no_file_of_the_browser_s(tmp_path):
    profile = tmp_path / "profile"
    with running(tmp_path / "notes", spend=False) as it, sync_playwright() as played:
        context = played.chromium.launch_persistent_context(str(profile), executable_path=CHROMIUM, args=ARGS)
        page = context.new_page()
        page.goto(it.opening)
        page.locator("textarea").press_sequentially(f"{CANARY} said nothing", delay=2)
        page.goto("about:blank")
        time.sleep(4)  # it writes every few seconds
        found = held(profile)
        context.close()
    assert list(profile.rglob("Session_*"))
    assert found + held(profile) == []


@pytest.mark.parametrize(
    "page", ["today", "record", "settings", "import", "plan", "backup", "done", "papers", "me"]
)
def test_no_form_is_one_that_a_browser_keeps(opened, page):
    forms = re.findall("<form[^>]*>", opened.get(path(page)).text)
    assert forms
    assert all('autocomplete="off"' in form for form in forms)
