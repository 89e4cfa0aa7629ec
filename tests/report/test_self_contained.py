"""A paper is one file that asks nothing of the network and runs nothing."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from tests.report.household import TODAY

from velveteen.guide.danger import DangerState, danger_state
from velveteen.guide.lines import HelpLines
from velveteen.report import Record, for_helper, for_lawyer, for_me

LOADING = {
    "src",
    "srcset",
    "href",
    "xlink:href",
    "action",
    "formaction",
    "data",
    "poster",
    "background",
    "ping",
}
FORBIDDEN = {
    "script",
    "iframe",
    "object",
    "embed",
    "link",
    "img",
    "form",
    "base",
    "audio",
    "video",
    "image",
    "use",
}


class Reader(HTMLParser):
    """Collects what could load or run."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.addresses: list[str] = []
        self.handlers: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            if name in LOADING:
                self.addresses.append(value or "")
            if name.startswith("on"):
                self.handlers.append(name)


def read(paper: str) -> Reader:
    reader = Reader()
    reader.feed(paper)
    return reader


@pytest.fixture(scope="module")
def papers(record: Record, gate_open: DangerState, lines: HelpLines) -> list[str]:
    return [
        for_me(record, danger=gate_open, lines=lines, with_odds=True, today=TODAY),
        for_me(record, danger=danger_state([], TODAY), lines=None, with_odds=False, today=TODAY),
        for_helper(record, danger=gate_open, lines=lines, today=TODAY),
        for_lawyer(record, chain_fits=True, today=TODAY),
    ]


def test_the_reader_finds_what_it_looks_for() -> None:
    reader = read('<a href="https://x.example"><script></script><p onclick="f()">')
    assert reader.addresses == ["https://x.example"]
    assert "script" in reader.tags
    assert reader.handlers == ["onclick"]


def test_nothing_loads_and_nothing_runs(papers: list[str]) -> None:
    for paper in papers:
        reader = read(paper)
        assert reader.tags & FORBIDDEN == set()
        assert reader.handlers == []
        assert reader.addresses == []


def test_no_style_sheet_loads_anything(papers: list[str]) -> None:
    for paper in papers:
        assert re.findall(r"url\((?!#)[^)]*\)", paper) == []
        assert "@import" not in paper
        assert "@font-face" not in paper


def test_the_page_itself_forbids_what_it_does_not_need(papers: list[str]) -> None:
    policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    for paper in papers:
        assert policy in paper
        assert paper.index(policy) < paper.index("<style>")


def test_the_page_stays_below_its_weight(papers: list[str]) -> None:
    assert max(len(paper.encode()) for paper in papers) <= 300_000


def test_ids_are_unique(papers: list[str]) -> None:
    for paper in papers:
        ids = re.findall(r'\sid="([^"]+)"', paper)
        assert len(ids) == len(set(ids))
