"""Wherever lines would stand: a country is asked for in one plain form, and then the numbers stand there, to be tapped."""

from __future__ import annotations

import re
from datetime import date, datetime
from html import unescape

import pytest
from tests.app.conftest import PASSPHRASE
from tests.app.records import words_of

from velveteen.app.shell import path
from velveteen.guide.danger import answer
from velveteen.guide.lines import CALL_LOG, countries, help_lines

LOCKED = [path("help"), path("read", "despair"), path("read", "strangled")]
OPEN = [path("help"), path("safety"), path("read", "despair")]
SECOND = "seven lanterns drift beyond the harbour wall"
BEGIN = {"side": "partner", "which": "own", "own": PASSPHRASE, "again": PASSPHRASE}


def choices(page):
    return re.findall(r'<input type="radio" name="cc" value="(\w\w)"', page)


def dials(page):
    return re.findall(r'href="((?:tel|sms):[^"]*)"', page)


def asks_and_then_shows(client, address):
    """The page before and after a country was chosen on it, as a browser without scripts goes."""
    before = client.get(address).text
    assert choices(before) == [cc for cc, _ in countries()]
    assert " checked>" not in before.replace(" required", "")
    assert "call the emergency number of the country you are in" in before
    assert "findahelpline.com" in before
    assert dials(before) == []
    assert f'method="post" action="{address}"' in before
    sent = client.post(address, data={"cc": "GB"})
    assert (sent.status_code, sent.headers["location"]) == (303, address)
    return client.get(address).text


def numbers_stand_there(page):
    assert '<div class="lines">' in page
    assert 'href="tel:999"' in page
    assert 'href="tel:08082000247">0808 2000 247</a>' in page
    assert page.index('href="tel:999"') < page.index('href="tel:08082000247"')
    assert "United Kingdom" in words_of(page).split("Other country")[0]


@pytest.mark.parametrize("address", LOCKED)
def test_before_there_are_notes_a_country_brings_its_numbers_on_the_same_page_and_touches_no_disk(
    address, client, tmp_path
):
    numbers_stand_there(asks_and_then_shows(client, address))
    assert list(tmp_path.rglob("*")) == []


@pytest.mark.parametrize("address", LOCKED)
def test_while_the_notes_are_locked_too(address, opened, desk):
    desk.close()
    numbers_stand_there(asks_and_then_shows(opened, address))


@pytest.mark.parametrize("address", OPEN)
@pytest.mark.parametrize("side", ["partner", "changer", "unsure"])
def test_in_open_notes_it_is_kept_in_them(address, side, began, desk):
    client = began(side)
    numbers_stand_there(asks_and_then_shows(client, address))
    assert desk.settings["country"] == "GB"


@pytest.mark.parametrize("sign", ["afraid_now", "strangled", "own_despair"])
def test_after_a_yes_the_page_asks_for_the_country_or_has_the_numbers(sign, opened, desk):
    desk.add([answer(sign, "yes", at=datetime.now())])
    numbers_stand_there(asks_and_then_shows(opened, path("safety")))


def test_another_country_can_be_chosen_afterwards(client):
    client.post(path("help"), data={"cc": "GB"})
    page = client.get(path("help")).text
    assert "<summary>Other country</summary>" in page
    assert re.findall(r'value="(\w\w)" checked', page) == ["GB"]
    client.post(path("help"), data={"cc": "IE"})
    assert "1800 341 900" in client.get(path("help")).text


def test_a_country_chosen_before_there_are_notes_is_kept_in_them(client, desk):
    client.post(path("help"), data={"cc": "GB"})
    assert '<option value="GB" selected>' in client.get(path("begin")).text
    client.post(path("begin"), data=BEGIN)
    assert desk.settings["country"] == "GB"


@pytest.mark.parametrize(("said", "kept"), [("IE", "IE"), ("", None)])
def test_what_is_said_when_the_notes_begin_counts_more(said, kept, client, desk):
    client.post(path("help"), data={"cc": "GB"})
    client.post(path("begin"), data=BEGIN | {"country": said})
    assert desk.settings.get("country") == kept


def test_a_country_chosen_while_locked_is_kept_where_the_notes_have_none(opened, desk):
    desk.close()
    opened.post(path("help"), data={"cc": "GB"})
    opened.post("/n/", data={"words": "", "passphrase": PASSPHRASE})
    assert desk.settings["country"] == "GB"


def test_nobody_changes_the_country_of_the_notes_without_the_passphrase(opened, desk):
    desk.set(country="IE")
    desk.close()
    opened.post(path("help"), data={"cc": "GB"})
    opened.post("/n/", data={"words": "", "passphrase": PASSPHRASE})
    assert desk.settings["country"] == "IE"
    desk.close()
    assert desk.country == ""


def test_the_second_notebook_is_told_no_country(opened, desk):
    desk.add_notebook(PASSPHRASE, SECOND)
    desk.close()
    opened.post(path("help"), data={"cc": "GB"})
    opened.post("/n/", data={"words": "", "passphrase": SECOND})
    assert desk.notebook
    assert desk.entries == []


def test_a_lock_drops_it(client, desk):
    client.post(path("help"), data={"cc": "GB"})
    client.post(path("leave"), data={})
    assert desk.country == ""


@pytest.mark.parametrize("sent", ["", "XX", "gb", "<b>"])
def test_what_is_no_country_is_not_taken(sent, client, desk):
    assert client.post(path("help"), data={"cc": sent}).headers["location"] == path("help")
    assert desk.country == ""


def test_no_address_tells_the_country(client):
    assert client.post(path("help"), data={"cc": "GB"}).headers["location"] == path("help")
    assert choices(client.get(path("help") + "?cc=GB").text)
    assert dials(client.get(path("help") + "?cc=XX").text) == dials(client.get(path("help")).text)


@pytest.mark.parametrize("cc", [cc for cc, _ in countries()])
def test_every_number_is_written_out_and_dials_itself(cc, client):
    client.post(path("help"), data={"cc": cc})
    page = client.get(path("help")).text
    links = re.findall(r'<a class="number" href="(tel|sms):([^"]*)">([^<]*)</a>', page)
    assert len(links) == len(dials(page))
    assert [(digits, shown) for _, digits, shown in links if re.sub(r"[^\d+]", "", shown) != digits] == []
    lines = help_lines(cc, date.today())
    words = unescape(words_of(page))
    for line in (*lines.abuse, *lines.crisis, *lines.for_people_who_harm):
        assert line.number in words
        assert line.text in words
    assert links[0][1] == re.search(r"\d+", lines.emergency)[0]  # the emergency number comes first
    assert words.index(CALL_LOG) < words.index(lines.abuse[0].name)


def test_a_line_for_texts_is_texted_and_the_word_to_send_is_said(client):
    client.post(path("help"), data={"cc": "GB"})
    page = client.get(path("help")).text
    assert 'href="sms:85258"' in page
    assert "Text SHOUT to 85258" in words_of(page)


def test_what_is_known_of_a_number_is_said_in_plain_words(client):
    client.post(path("help"), data={"cc": "GB"})
    words = words_of(client.get(path("help")).text)
    assert (
        "Two lists agree on this country’s line about abuse; the newer was checked 7 October 2026." in words
    )
    assert "That is grade A, the surest of three." in words
    assert "Listed, not graded: the number is on a list, and only lines about abuse were compared" in words
