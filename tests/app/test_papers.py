"""Papers: looked at first, saved only with the passphrase, under a name that says nothing; the other side gets none."""

from __future__ import annotations

from datetime import datetime

import pyrage
import pytest
from tests.app.conftest import PASSPHRASE

from velveteen.app.shell import path
from velveteen.guide.danger import answer, label
from velveteen.guide.lines import help_lines
from velveteen.journal.entries import Entry, uuid7

AT = datetime(2026, 3, 4, 18)
THREE = pytest.mark.parametrize("number", [1, 2, 3])
WORDS = "he broke the <kitchen> door"


@pytest.fixture
def written(opened, desk):
    desk.add(
        [
            Entry(uuid7(), "day", AT, AT, {"contact": True, "day": "refused", "treated": 2}),
            Entry(uuid7(), "act", AT, AT, {"act": "put_down"}, facts=WORDS, feelings="I shook"),
        ]
    )
    return opened


@THREE
def test_a_paper_is_looked_at_before_anything_leaves(number, written):
    answer_ = written.get(path("papers", number))
    assert answer_.status_code == 200
    assert "content-disposition" not in answer_.headers
    assert "not sealed" in answer_.text
    assert "he broke the &lt;kitchen&gt; door" in answer_.text or number == 1
    assert "<style" not in answer_.text
    assert " style=" not in answer_.text


@THREE
@pytest.mark.parametrize("typed", ["", "wrong words entirely", PASSPHRASE.upper()])
def test_without_the_passphrase_nothing_leaves(number, typed, written):
    answer_ = written.post(path("papers", number), data={"passphrase": typed})
    assert answer_.status_code == 400
    assert "content-disposition" not in answer_.headers
    assert "does not open" in answer_.text


@THREE
def test_with_it_the_file_is_the_paper_that_was_shown_under_a_name_that_says_nothing(number, written):
    answer_ = written.post(path("papers", number), data={"passphrase": PASSPHRASE})
    assert answer_.status_code == 200
    assert answer_.headers["content-disposition"] == 'attachment; filename="notes.html"'
    assert answer_.headers["content-type"].startswith("text/html")
    shown = written.get(path("papers", number)).text
    assert answer_.text.partition("<main>")[2].partition("</main>")[0] in shown


@pytest.mark.parametrize(("number", "asked"), [(1, True), (2, True), (3, False)])
def test_a_paper_without_numbers_says_where_a_country_is_chosen(number, asked, written, desk):
    assert ("Choose yours on the safety page" in written.get(path("papers", number)).text) is asked
    desk.set(country="IE")
    assert "Choose yours on the safety page" not in written.get(path("papers", number)).text


@THREE
def test_no_paper_here_holds_odds(number, written):
    text = written.get(path("papers", number)).text
    assert "in 100" not in text
    assert "Of 20 records" not in text


def test_a_sign_that_stands_opens_the_paper_for_me_with_the_lines(written, desk):
    desk.set(country="IE")
    desk.add([answer("strangled", "yes", at=AT)])
    text = written.get(path("papers", 1)).text
    assert label("strangled") in text
    assert help_lines("IE", AT.date()).abuse[0].number in text
    assert "tel:" not in text  # a paper is printed


def test_feelings_stay_here(written):
    assert "I shook" not in written.get(path("papers", 2)).text + written.get(path("papers", 3)).text


@pytest.mark.parametrize("number", [0, 4, 99])
def test_there_is_no_fourth_paper(number, written):
    assert written.get(path("papers", number)).status_code == 400
    assert written.post(path("papers", number), data={"passphrase": PASSPHRASE}).status_code == 400


@THREE
def test_who_wants_to_change_gets_no_paper_that_could_be_held_up(number, changer):
    assert changer.get(path("papers", number)).status_code == 400
    assert changer.post(path("papers", number), data={"passphrase": PASSPHRASE}).status_code == 400
    assert changer.get(path("papers", "b")).status_code == 400


def test_the_page_for_a_therapist_holds_dated_practice_and_says_that_it_is_no_certificate(changer, desk):
    desk.add(
        [
            Entry(uuid7(), "practice", AT, AT, {"which": "the pause", "did": True}),
            Entry(uuid7(), "practice", AT, AT, {"which": "owning", "did_what": "I shouted"}),
            Entry(uuid7(), "promise", AT, AT, {"what": "x", "outcome": "kept"}),
            Entry(uuid7(), "therapy_session", AT, AT, {"attended": False}),
        ]
    )
    page = changer.get(path("papers")).text
    for words in (
        "no certificate",
        "Nobody has checked it",
        "the pause: done",
        "4 Mar 2026",
        "1 promise with an outcome: 1 kept",
    ):
        assert words in page
    assert "Of 1 session that was due, none took place." in page
    assert "in 100" not in page
    assert "I shouted" not in page
    assert "I shouted" in changer.get(path("papers") + "?r=1").text


def test_the_bundle_is_shown_to_the_letter_and_opens_with_the_therapist_s_key_alone(written):
    identity = pyrage.x25519.Identity.generate()
    page = written.get(path("papers", "b")).text
    assert "Nothing else is in it" in page
    sent = {"passphrase": PASSPHRASE, "to": str(identity.to_public())}
    answer_ = written.post(path("papers", "b"), data=sent)
    assert answer_.headers["content-disposition"] == 'attachment; filename="notes.age"'
    inside = pyrage.decrypt(answer_.content, [identity]).decode()
    assert WORDS not in inside
    assert inside.replace("'", "&#39;").replace('"', "&#34;") in page


@pytest.mark.parametrize("missing", ["passphrase", "to"])
def test_the_bundle_needs_the_passphrase_and_a_key(missing, written):
    sent = {"passphrase": PASSPHRASE, "to": str(pyrage.x25519.Identity.generate().to_public())}
    answer_ = written.post(path("papers", "b"), data={k: v for k, v in sent.items() if k != missing})
    assert answer_.status_code == 400
    assert "content-disposition" not in answer_.headers


def test_an_empty_record_has_papers_and_no_bundle(opened):
    assert [opened.get(path("papers", n)).status_code for n in (1, 2, 3)] == [200] * 3
    assert opened.get(path("papers", "b")).status_code == 409
