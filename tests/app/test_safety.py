"""Safety: what stands comes first, then who can be reached; the order of the lines follows the side."""

from __future__ import annotations

import re
from datetime import datetime

import pytest

from velveteen.app.shell import path
from velveteen.guide.danger import answer, label, left_open, signs
from velveteen.guide.pages import page

NOW = datetime(2026, 1, 5, 20)


def yes(*ids):
    return [answer(sign, "yes", at=NOW, seen="the knife from the drawer") for sign in ids]


def headings(text):
    return re.findall(r"<h[23][^>]*>(.*?)</h[23]>", text)


def test_what_stands_comes_before_all_else_and_repeats_no_details(opened, desk):
    desk.add(yes("weapon"))
    text = opened.get(path("safety")).text
    assert headings(text)[0] == "What you said yes to"
    assert label("weapon") in text
    assert "drawer" not in text


def test_nothing_that_stands_nothing_said(opened):
    assert "What you said yes to" not in opened.get(path("safety")).text


def test_hands_around_the_neck_bring_their_text_first(opened, desk):
    desk.add(yes("strangled"))
    text = opened.get(path("safety")).text
    assert text.index(page("strangled").title) < text.index("Who can be reached")


def test_thoughts_of_dying_bring_the_crisis_lines_and_their_text_first(opened, desk):
    desk.set(country="IE")
    desk.add(yes("own_despair"))
    text = opened.get(path("safety")).text
    assert text.index(page("despair").title) < text.index("Who can be reached")
    assert text.index("When you cannot bear it") < text.index("When someone hurts or frightens you")


@pytest.mark.parametrize("sent", ["", "XX", "ie", "<b>"])
def test_what_is_no_country_changes_nothing(sent, opened, desk):
    desk.set(country="IE")
    opened.post(path("safety"), data={"cc": sent})
    assert desk.settings["country"] == "IE"


@pytest.mark.parametrize(
    "text", ["leaving-and-after", "next-room", "technology-and-your-device", "joint-counselling"]
)
@pytest.mark.parametrize("side", ["partner", "unsure"])
def test_who_may_be_hurt_finds_the_texts_and_the_plan(side, text, began):
    shown = began(side).get(path("safety")).text
    assert f'href="{path("read", text)}"' in shown
    assert f'href="{path("plan")}"' in shown
    assert f'href="{path("signs")}"' in shown


def test_who_is_not_sure_finds_the_page_for_that_first(began):
    shown = began("unsure").get(path("safety")).text
    assert shown.index(page("am-i-the-one").title) < shown.index(page("leaving-and-after").title)


def test_who_hurts_others_finds_the_lines_for_that_first_and_no_way_into_another_s_safety(changer, desk):
    desk.set(country="GB")
    desk.add([*yes("weapon"), left_open("strangled", at=NOW)])
    text = changer.get(path("safety")).text
    for name in ("before-i-blow", "i-did-it-tonight", "despair"):
        assert f'href="{path("read", name)}"' in text
    assert text.index("For people who hurt someone") < text.index("When you cannot bear it")
    assert text.index("When you cannot bear it") < text.index("When someone hurts or frightens you")
    assert "What you said yes to" not in text
    assert path("signs") + '"' not in text
    assert path("read", "leaving-and-after") not in text


def test_while_locked_it_asks_for_the_passphrase(opened, desk):
    desk.close()
    assert opened.get(path("safety")).headers["location"] == path("first")
    assert opened.post(path("safety"), data={"cc": "IE"}).headers["location"] == path("first")


def test_every_sign_that_can_stand_has_its_label_on_the_page(opened, desk):
    desk.add(yes(*[s.id for s in signs()]))
    text = opened.get(path("safety")).text.replace("&#39;", "'")
    assert [s.label for s in signs() if s.label not in text] == []
