"""Every text of the guide is sourced, plain, kind and speaks to one person; and each check finds what it is there for."""

from __future__ import annotations

import re

import pytest

from velveteen.guide.evidence import LEVELS, recalled, sources
from velveteen.guide.lines import HelpLines
from velveteen.guide.pages import Page, pages
from velveteen.guide.plans import plans
from velveteen.guide.words import NEVER_NAMES, NEVER_SAID, SHAMING, found

from .checks import (
    figures_not_read,
    marks,
    sections_without_you,
    surer_than_the_source,
    unknown_sources,
    unsourced,
)
from .reading import grade, words_of

ALWAYS = ["Why", "A small first step", "When not to"]
MISUSE = "How it can be misused"
PLANS = [
    f"{plan.opening}\n\n"
    + "\n\n".join(f"{s.prompt} {s.why}\n\n" + "\n\n".join(s.ideas) for s in plan.sections)
    for plan in plans().values()
]
TEXTS = [p.body for p in pages()] + PLANS
NAMES = [p.id for p in pages()] + list(plans())
every_text = pytest.mark.parametrize("text", TEXTS, ids=NAMES)
every_page = pytest.mark.parametrize("page", pages(), ids=[p.id for p in pages()])


def headings(page: Page) -> list[str]:
    return re.findall(r"^## (.+)$", page.body, re.MULTILINE)


@every_text
def test_every_source_that_is_named_was_read(text: str) -> None:
    assert unknown_sources(text) == []


@every_text
def test_nothing_is_said_more_surely_than_its_source_allows(text: str) -> None:
    assert surer_than_the_source(text) == []


@every_text
def test_figures_and_findings_name_their_source(text: str) -> None:
    assert unsourced(text) == []


@every_text
def test_no_figure_is_one_that_was_only_recalled(text: str) -> None:
    assert figures_not_read(text) == []


@every_text
def test_it_can_be_read_after_eight_years_of_school(text: str) -> None:
    assert grade(text) <= 8


@every_text
def test_no_word_shames_diagnoses_or_makes_anyone_wait(text: str) -> None:
    assert found(text, SHAMING + NEVER_SAID) == []


@every_page
def test_each_part_of_a_page_speaks_to_its_reader(page: Page) -> None:
    assert sections_without_you(page.body) == []


@every_page
def test_each_page_says_why_how_little_is_enough_and_when_not_to(page: Page) -> None:
    assert [heading for heading in ALWAYS if heading not in headings(page)] == []
    assert page.kind == "page" or MISUSE in headings(page)


@every_page
def test_a_page_is_short(page: Page) -> None:
    assert 150 <= len(words_of(page.body)) <= 450


@every_page
def test_the_head_names_what_the_text_leans_on_and_where_to_read_on(page: Page) -> None:
    assert set(page.sources) == {key for key, _ in marks(page.body)}
    other = {"partner": "changer", "changer": "partner"}.get(page.side)
    linked = {p.id: p.side for p in pages()}
    assert [i for i in page.see if i not in linked or i == page.id or linked[i] == other] == []
    assert page.see
    assert set(page.lines) <= set(HelpLines.__slots__)
    assert page.plan in {"", *plans()}
    assert all(re.fullmatch(r"[A-E]\d{1,2}", row) for row in page.rows)


def test_no_title_accuses_or_promises() -> None:
    titles = [p.title for p in pages()] + [s.title for plan in plans().values() for s in plan.sections]
    assert [(t, hit) for t in titles if (hit := found(t, NEVER_NAMES + SHAMING))] == []


@pytest.mark.parametrize("page_id", ["strangled", "despair"])
def test_a_page_for_danger_opens_with_what_to_do_now_and_with_the_lines(page_id: str) -> None:
    page = next(p for p in pages() if p.id == page_id)
    assert headings(page)[0] == "Now"
    assert "crisis" in page.lines
    assert "emergency number" in page.body.split("## ")[1]


def test_the_plans_have_the_parts_that_the_design_asks_for() -> None:
    safety, despair = plans()["safety"], plans()["despair"]
    assert [s.id for s in safety.sections] == [
        "now", "at_home", "leaving", "after", "children", "handovers", "money", "pets", "technology", "legal",
    ]  # fmt: skip
    assert [s.id for s in despair.sections] == [
        "warning_signs", "alone", "people_and_places", "people_to_ask", "professionals", "safer_place",
    ]  # fmt: skip
    assert all(
        s.prompt.rstrip(" ”").endswith(("?", ".")) and s.ideas for s in (*safety.sections, *despair.sections)
    )
    assert set(safety.sources) | set(despair.sources) <= set(sources())


def test_the_evidence_says_what_was_read_and_no_figure_is_both_read_and_recalled() -> None:
    assert all(s.what and s.where and s.trust in LEVELS for s in sources().values())
    assert [s.key for s in sources().values() if found(f"{s.what} {s.where}", SHAMING + NEVER_SAID)] == []
    assert {f for s in sources().values() for f in s.figures} & set(recalled()) == set()


@pytest.mark.parametrize(
    ("check", "bad", "expected"),
    [
        (unknown_sources, "It is so [Nobody; sure].", ["Nobody"]),
        (unknown_sources, "It is so [Glass; certain].", ["[Glass; certain]"]),
        (unknown_sources, "It is so [Glass].", ["[Glass]"]),
        (surer_than_the_source, "He asks for credit [Pajamas; sure].", ["Pajamas"]),
        (unsourced, "Of ten people, 41% did it again.", ["Of ten people, 41% did it again."]),
        (unsourced, "You know it. One in five did it again.", ["One in five did it again."]),
        (unsourced, "A third sentence. Studies say that you can.", ["Studies say that you can."]),
        (figures_not_read, "Of those, 64 in 100 left [Perry; fairly sure].", ["recalled: 64 in 100"]),
        (figures_not_read, "Of those, 53 in 100 stayed [Glass; sure].", ["53 in 100"]),
        (figures_not_read, "It was 41% [Gond30; fairly sure].", ["41%"]),
        (figures_not_read, "Of those, 43 in 100 stayed.", ["43 in 100"]),
        (sections_without_you, "## Why\n\nOne may rest.\n\n## How\n\nYou may rest.\n", ["Why"]),
    ],
)
def test_each_check_finds_what_it_is_there_for(check, bad, expected) -> None:
    assert check(bad) == expected


@pytest.mark.parametrize(
    "good",
    [
        "In one study, 43 in 100 had been strangled [Glass; sure].",
        "Nearly two in three came early [Gond30; not sure].",
        "You may rest.",
    ],
)
def test_the_checks_pass_what_is_well(good: str) -> None:
    checks = (unknown_sources, surer_than_the_source, unsourced, figures_not_read)
    assert [check(good) for check in checks] == [[]] * 4
