"""Two questionnaires for oneself: a word about dying leads to help before any score, and no number is given a name."""

from __future__ import annotations

import pytest

from velveteen.app.shell import path
from velveteen.guide.words import SHAMING, found
from velveteen.journal.payloads import misfit
from velveteen.measure.questionnaires import shipped

PHQ, GAD = path("me", 1), path("me", 2)
NINE = {f"i_{n}": "1" for n in range(1, 9)}
SIDES = pytest.mark.parametrize("side", ["partner", "changer", "unsure"])


def kept(desk):
    return [e.payload for e in desk.standing if e.kind == "answer"]


@SIDES
@pytest.mark.parametrize("answer", ["1", "2", "3"])
def test_any_answer_above_nought_to_the_ninth_opens_the_crisis_page_with_its_lines_first(
    side, answer, began, desk
):
    client = began(side)
    desk.set(country="IE")
    sent = client.post(PHQ, data=NINE | {"i_9": answer})
    assert sent.headers["location"] == path("read", "despair")
    page = client.get(sent.headers["location"]).text
    assert page.index("When you cannot bear it") < page.index("<article>")
    assert kept(desk)[0]["score"] == 8 + int(answer)


def test_it_opens_too_where_all_other_answers_are_missing(opened, desk):
    assert opened.post(PHQ, data={"i_9": "1"}).headers["location"] == path("read", "despair")
    assert kept(desk) == [{"questionnaire": "phq9", "items": {"9": 1}}]


def test_nought_to_the_ninth_does_not(opened, desk):
    assert opened.post(PHQ, data=NINE | {"i_9": "0"}).headers["location"] == PHQ
    assert kept(desk)[0]["score"] == 8
    assert "8 of 27" in opened.get(PHQ).text
    assert [misfit(e) for e in desk.standing] == [None] * len(desk.standing)


def test_the_other_one_has_seven_and_no_such_question(opened, desk):
    sent = {f"i_{n}": "3" for n in range(1, 8)}
    assert opened.post(GAD, data=sent).headers["location"] == GAD
    assert "21 of 21" in opened.get(GAD).text


@pytest.mark.parametrize("gone", ["i_1", "i_9"])
def test_a_missing_answer_is_asked_for_and_the_others_stay(gone, opened, desk):
    sent = {k: v for k, v in (NINE | {"i_9": "0"}).items() if k != gone}
    page = opened.post(PHQ, data=sent)
    assert page.status_code == 400
    assert f"Number {gone[2:]} has no answer yet" in page.text
    assert page.text.count("checked") == 8
    assert kept(desk) == []


def test_no_range_of_scores_is_named_on_any_page(opened):
    opened.post(PHQ, data=dict.fromkeys(NINE, "3") | {"i_9": "0"})
    page = opened.get(PHQ).text.lower()
    assert [band.name for band in shipped()["phq9"].bands if band.name in page] == []
    assert found(page.replace("you are a failure", ""), SHAMING) == []


def test_there_are_two(opened):
    assert opened.get(path("me", 3)).status_code == 400
    assert opened.post(path("me", 0), data=NINE).status_code == 400


def test_while_locked_it_asks_for_the_passphrase(opened, desk):
    desk.close()
    assert opened.post(PHQ, data=NINE).headers["location"] == path("first")
