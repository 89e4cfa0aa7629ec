"""The papers in a browser: axe, small and large, light, dark, forced colours, zoomed, printed, and silent on the network."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright
from tests.report.household import TODAY

from velveteen.guide.danger import DangerState, answers, danger_state
from velveteen.guide.lines import HelpLines
from velveteen.report import Record, for_helper, for_lawyer, for_me

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine: the papers were not looked at"),
]
PAPERS = ("odds", "closed", "helper", "lawyer", "empty")


@pytest.fixture(scope="module")
def files(
    record: Record, gate_open: DangerState, lines: HelpLines, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    yes = answers(["strangled"], at=datetime(2026, 8, 30))
    signed = Record(
        (*record.entries, *yes), record.cells, record.turning_points, record.verdict, title=record.title
    )
    closed = danger_state(yes, TODAY)
    papers = {
        "odds": for_me(record, danger=gate_open, lines=lines, with_odds=True, today=TODAY),
        "closed": for_me(signed, danger=closed, lines=lines, with_odds=False, today=TODAY),
        "helper": for_helper(signed, danger=closed, lines=lines, today=TODAY),
        "lawyer": for_lawyer(signed, chain_fits=True, today=TODAY),
        "empty": for_me(Record(()), danger=gate_open, lines=None, with_odds=False, today=TODAY),
    }
    folder = tmp_path_factory.mktemp("papers")
    for name, paper in papers.items():
        (folder / f"{name}.html").write_text(paper, "utf-8")
    return {name: folder / f"{name}.html" for name in papers}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield opened
        opened.close()


def page_of(browser: Browser, path: Path, width: int, scheme: str, **options: str) -> Page:
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme, **options)
    page.goto(path.as_uri())
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", PAPERS)
def test_axe_finds_nothing(
    name: str, width: int, scheme: str, browser: Browser, files: dict[str, Path]
) -> None:
    page = page_of(browser, files[name], width, scheme)
    page.eval_on_selector_all("details", "all => all.forEach(d => d.open = true)")
    results = Axe().run(page)
    page.close()
    assert results.violations_count == 0, results.generate_report()


def test_axe_would_find_something(browser: Browser, files: dict[str, Path]) -> None:
    page = page_of(browser, files["empty"], 390, "light")
    page.evaluate("document.documentElement.removeAttribute('lang')")
    results = Axe().run(page)
    page.close()
    assert results.violations_count > 0


@pytest.mark.parametrize("name", PAPERS)
def test_nothing_is_asked_of_the_network(name: str, browser: Browser, files: dict[str, Path]) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(files[name].as_uri())
    page.wait_for_load_state("networkidle")
    page.close()
    assert asked == [files[name].as_uri()]


@pytest.mark.parametrize("name", PAPERS)
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_needs_sideways_scrolling(
    name: str, width: int, browser: Browser, files: dict[str, Path]
) -> None:
    """320 px is 1280 px at 400 % zoom."""
    page = page_of(browser, files[name], width, "light")
    page.eval_on_selector_all("details", "all => all.forEach(d => d.open = true)")
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    page.close()
    assert wide <= 0


def test_letters_lines_and_targets_are_as_large_as_promised(browser: Browser, files: dict[str, Path]) -> None:
    page = page_of(browser, files["odds"], 1280, "light")
    style = page.evaluate(
        "(({fontSize, lineHeight}) => [fontSize, lineHeight])(getComputedStyle(document.body))"
    )
    ch = page.evaluate(
        "(() => { const s = document.createElement('span'); s.textContent = '0'.repeat(62);"
        " document.querySelector('main').append(s); return s.getBoundingClientRect().width })()"
    )
    measure = page.evaluate("document.querySelector('section p').getBoundingClientRect().width")
    heights = page.eval_on_selector_all(
        "summary, a.number", "all => all.map(e => e.getBoundingClientRect().height)"
    )
    page.close()
    assert style == ["18px", "28.8px"]
    assert measure <= ch + 0.5
    assert heights
    assert min(heights) >= 44


def test_one_picture_serves_light_and_dark(browser: Browser, files: dict[str, Path]) -> None:
    colours = []
    for scheme in ("light", "dark"):
        page = page_of(browser, files["odds"], 390, scheme)
        colours.append(page.evaluate("getComputedStyle(document.querySelector('figure svg text')).fill"))
        page.close()
    assert colours == ["rgb(43, 39, 48)", "rgb(239, 233, 241)"]


def test_forced_colours_reach_the_pictures(browser: Browser, files: dict[str, Path]) -> None:
    page = page_of(browser, files["odds"], 390, "dark", forced_colors="active")
    ground, ink = page.evaluate(
        "[getComputedStyle(document.body).backgroundColor,"
        " getComputedStyle(document.querySelector('figure svg text')).fill]"
    )
    page.close()
    assert ground != "rgb(30, 26, 32)"
    assert ink != "rgb(239, 233, 241)"
    assert ink != ground


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no pdftotext: the printed pages were not read")
@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("name", ["odds", "closed", "helper", "lawyer"])
def test_every_printed_page_says_whose_it_is_what_it_is_not_and_its_number(
    name: str, paper: str, browser: Browser, files: dict[str, Path], tmp_path: Path
) -> None:
    page = page_of(browser, files[name], 1280, "dark")
    target = tmp_path / "paper.pdf"
    page.pdf(path=target, format=paper, print_background=True)
    ground = page.evaluate("matchMedia('print').matches")
    page.close()
    assert ground is False
    told = subprocess.run(
        ["pdftotext", "-layout", str(target), "-"], capture_output=True, text=True, check=True
    )
    pages = told.stdout.split("\f")[:-1]
    assert len(pages) > 3
    for number, text in enumerate(pages, 1):
        assert "R., about A." in text
        assert "It is not evidence, and nobody can check who keeps it." in text
        assert re.search(rf"Page\s*{number}\s*of\s*{len(pages)}\b", text)


def test_print_has_no_dark_ground_and_opens_the_ledgers(browser: Browser, files: dict[str, Path]) -> None:
    page = page_of(browser, files["odds"], 800, "dark")
    page.emulate_media(media="print", color_scheme="dark")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    shown = page.evaluate(
        "document.querySelector('#promises').parentElement.querySelector('details li').checkVisibility()"
    )
    page.close()
    assert ground == "rgb(255, 255, 255)"
    assert shown
