"""`guide`: a list of pages, or one of them with its plan and where to read on; no journal, no passphrase."""

from __future__ import annotations

import pytest

from velveteen.guide.pages import page, pages
from velveteen.guide.plans import plan


@pytest.mark.parametrize("side", [None, "partner", "changer"])
def test_the_list_names_every_page_of_a_side(vv, side):
    ended = vv("guide", *(["--side", side] if side else []), "--json")
    assert ended.code == 0
    assert [p["id"] for p in ended.json["pages"]] == [p.id for p in pages(side)]
    assert all(p.title in ended.err for p in pages(side))


@pytest.mark.parametrize("shown", pages(), ids=lambda p: p.id)
def test_a_page_is_shown_with_its_plan_and_where_to_read_on(vv, shown):
    ended = vv("guide", shown.id)
    assert ended.code == 0
    assert f"# {shown.title}" in ended.out
    assert all(f"velveteen guide {other}" in ended.out for other in shown.see)
    assert all(s.prompt in ended.out for s in (plan(shown.plan).sections if shown.plan else ()))


def test_where_somebody_may_be_in_danger_the_way_to_help_stands_before_the_text(vv):
    ended = vv("guide", "strangled")
    assert ended.out.index("help-now") < ended.out.index("# When hands")
    assert "In danger now?" not in vv("guide", "after-a-gap").out


def test_one_object_holds_the_page_for_other_programs(vv):
    told = vv("guide", "how-long", "--json").json["page"]
    assert told["sources"] == list(page("how-long").sources)
    assert told["reviewed"] == page("how-long").reviewed.isoformat()
    assert told["html"].startswith("<h2>Why</h2>")


def test_on_a_terminal_headings_are_drawn(vv, monkeypatch):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    ended = vv("guide", "grief")
    assert "Grief" in ended.out
    assert "## Why" not in ended.out


def test_an_unknown_page_is_two_and_says_where_the_list_is(vv):
    ended = vv("guide", "no-such-page", "--json")
    assert (ended.code, ended.json["error"]["code"]) == (2, "unknown_page")


def test_a_page_and_a_side_together_are_two(vv):
    assert vv("guide", "grief", "--side", "partner", "--json").json["error"]["code"] == "usage"
