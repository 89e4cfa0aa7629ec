"""Texts are found by their name and side, and are shown without anything in them becoming markup of its own."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from velveteen.guide.evidence import sources
from velveteen.guide.pages import html, page, pages, parse, text
from velveteen.guide.plans import plan
from velveteen.problems import BadInput

HEAD = '+++\nid = "x"\ntitle = "A title"\nside = "both"\norder = 1\nrows = []\nsources = []\nreviewed = 2026-01-02\n+++\n'
GLASS = sources()["Glass"]


def made(body: str):
    return parse("x", HEAD + body)


def test_a_side_sees_its_own_pages_and_those_for_both_in_their_order() -> None:
    partner, changer = ({p.id for p in pages(side)} for side in ("partner", "changer"))
    assert {"strangled", "despair"} <= partner
    assert {"i-did-it-tonight", "despair"} <= changer
    assert "strangled" not in changer
    assert "i-did-it-tonight" not in partner
    assert partner | changer == {p.id for p in pages()}
    assert [p.order for p in pages()] == sorted(p.order for p in pages())


def test_every_page_is_found_by_its_id() -> None:
    assert all(page(p.id) is p for p in pages())


def test_an_unknown_page_or_plan_says_where_the_list_is() -> None:
    with pytest.raises(BadInput, match="lists them all") as unknown:
        page("no-such-page")
    assert unknown.value.code == "unknown_page"
    with pytest.raises(BadInput, match="safety, despair"):
        plan("no-such-plan")


def test_a_head_that_names_another_page_is_an_error() -> None:
    with pytest.raises(ValueError, match="another page"):
        parse("y", HEAD + "You.")


def test_a_mark_becomes_a_number_with_its_source_and_how_sure_below() -> None:
    shown = html(made("It is so [Glass; sure]. And so [Arce; not sure]. Again [Glass; sure]."))
    assert re.findall(r'It is so<sup><a href="#source-x-1"[^>]*>1</a></sup>\.', shown) != []
    assert re.findall(r">(\d)</a>", shown) == ["1", "2", "1"]
    assert f'<li id="source-x-1">{GLASS.what} ({GLASS.where}). How sure: sure.</li>' in shown
    assert 'aria-label="source 2, not sure"' in shown
    assert shown.count("<li") == 2


def test_one_source_taken_more_and_less_surely_has_two_notes() -> None:
    assert html(made("So [Glass; sure]. Perhaps [Glass; not sure].")).count("<li") == 2


def test_without_a_mark_there_is_no_list_of_sources() -> None:
    assert html(made("You may rest.")) == "<p>You may rest.</p>\n"
    assert text(made("You may rest.")) == "# A title\n\nYou may rest.\n"


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        "You <b onclick=x>may</b>.",
        "[go](http://example.org)",
        "![p](http://example.org/p.png)",
        "<http://example.org>",
        "[a]\n\n[a]: http://example.org",
    ],
)
def test_no_html_link_or_picture_comes_out_of_a_text(body: str) -> None:
    assert re.findall(r"<(?!/?p>)\w+", html(made(body))) == []


def test_what_a_source_is_called_is_escaped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sources(), "Glass", replace(GLASS, what="<i>Glass</i> & others"))
    assert "&lt;i&gt;Glass&lt;/i&gt; &amp; others" in html(made("So [Glass; sure]."))


def test_a_bracket_that_is_no_mark_stays_as_it_is() -> None:
    assert "[ ] one [Glass]" in html(made("You [ ] one [Glass]."))


@pytest.mark.parametrize("shown", pages(), ids=lambda p: p.id)
def test_every_page_becomes_html_and_text_without_a_mark_left_over(shown) -> None:
    for form in (html(shown), text(shown)):
        assert re.findall(r"; (?:fairly |not )?sure\]", form) == []
        assert all(sources()[key].what.split("'")[0] in form for key in shown.sources)
    assert html(shown).count("<h2>") == shown.body.count("\n## ") + shown.body.startswith("## ") + bool(
        shown.sources
    )
