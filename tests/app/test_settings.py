"""Settings are checked before they are kept; a new passphrase needs the old one and shuts it out."""

from __future__ import annotations

import pytest
from tests.app.conftest import PASSPHRASE

from velveteen.app.serve import lock_after
from velveteen.app.settings import SAID
from velveteen.app.shell import path
from velveteen.journal.sealed import SealedJournal
from velveteen.problems import BadInput

GOOD = {
    "window_name": "Recipes", "leave_to": "https://weather.example/today?q=1", "cover_after": "30", "lock_after": "2",
    "country": "IE", "about": "M.",
}  # fmt: skip
NEW = "seven lanterns drift beyond the harbour wall"


def test_what_is_kept_is_what_was_chosen_and_takes_effect(opened, desk):
    assert opened.post(path("settings"), data=GOOD).headers["location"] == path("settings") + "?s=kept"
    assert {key: desk.settings[key] for key in GOOD} == GOOD
    page = opened.get(path("settings")).text
    assert "<title>Recipes</title>" in page
    assert 'data-away="https://weather.example/today?q=1"' in page
    assert 'data-cover="30"' in page
    assert lock_after(desk) == 120.0


def test_a_setting_is_written_once_and_an_empty_one_takes_it_back(opened, desk):
    opened.post(path("settings"), data=GOOD)
    before = len(desk.entries)
    opened.post(path("settings"), data=GOOD)
    assert len(desk.entries) == before
    opened.post(path("settings"), data=GOOD | {"window_name": "", "leave_to": ""})
    page = opened.get(path("settings")).text
    assert "<title>Notes</title>" in page
    assert 'data-away=""' in page


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("leave_to", "javascript:alert(1)"), ("leave_to", "data:text/html,x"), ("leave_to", "file:///etc/passwd"),
        ("leave_to", "//elsewhere.example"), ("leave_to", "https://"), ("leave_to", "https://a b.example"),
        ("leave_to", "http://[bad"), ("leave_to", "https://x.example/" + "a" * 600), ("leave_to", "weather.example"),
        ("cover_after", "14"), ("cover_after", "301"), ("cover_after", "-60"), ("cover_after", "6e1"), ("cover_after", "٦٠"),
        ("lock_after", "0"), ("lock_after", "61"), ("lock_after", "soon"), ("window_name", "x" * 41),
        ("window_name", "two\nlines"), ("about", "y" * 81), ("country", "XX"),
    ],
)  # fmt: skip
def test_what_cannot_be_changes_nothing_and_says_so(key, value, opened, desk):
    before = desk.settings
    answer = opened.post(path("settings"), data=GOOD | {key: value})
    assert answer.status_code == 400
    assert "Nothing was changed." in answer.text
    assert desk.settings == before


@pytest.mark.parametrize(
    ("key", "value"),
    [("cover_after", "15"), ("cover_after", "300"), ("lock_after", "1"), ("lock_after", "60")],
)
def test_the_edges_of_a_range_belong_to_it(key, value, opened, desk):
    opened.post(path("settings"), data={key: value})
    assert desk.settings[key] == value


def opens(desk, word):
    try:
        SealedJournal.open(desk.path, word).close()
    except BadInput:
        return False
    return True


def sent(**changed):
    return {"passphrase": PASSPHRASE, "which": "own", "own": NEW, "again": NEW} | changed


def test_a_new_passphrase_opens_the_notes_and_the_old_one_does_not(opened, desk):
    desk.set(about="M")
    answer = opened.post(path("settings", "p"), data=sent())
    assert answer.headers["location"] == path("settings") + "?s=sealed"
    assert SAID["sealed"] in opened.get(answer.headers["location"]).text
    assert desk.settings["about"] == "M"
    assert opens(desk, NEW)
    assert not opens(desk, PASSPHRASE)


@pytest.mark.parametrize(
    "changed",
    [
        {"passphrase": "not this one"},
        {"own": "1234", "again": "1234"},
        {"again": "another"},
        {"which": "offered"},
    ],
)
def test_without_the_old_one_or_with_a_bad_new_one_the_old_one_stays(changed, opened, desk):
    assert opened.post(path("settings", "p"), data=sent(**changed)).status_code == 400
    assert opens(desk, PASSPHRASE)
    assert not desk.locked
    assert opened.get(path("me")).status_code == 200


def test_where_sealing_anew_fails_the_notes_stay_open_with_the_old_one(opened, desk, monkeypatch):
    def fails(*_):
        raise BadInput("disk_full", "The disk is full. Nothing was changed.")

    monkeypatch.setattr("velveteen.app.desk.change_passphrase", fails)
    answer = opened.post(path("settings", "p"), data=sent())
    assert (answer.status_code, "The disk is full." in answer.text) == (400, True)
    assert desk.settings["about"] == "M"
    assert opens(desk, PASSPHRASE)


def test_while_locked_nothing_is_changed(opened, desk):
    desk.close()
    for place in (path("settings"), path("settings", "p")):
        assert opened.post(place, data=GOOD | sent()).headers["location"] == path("first")
    assert opens(desk, PASSPHRASE)
