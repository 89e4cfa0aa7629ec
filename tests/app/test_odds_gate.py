"""No odds while a danger sign stands or is not answered, whatever was weighed before."""

import threading
from datetime import date, timedelta

import pytest
from tests.app.records import (
    SPEAKS_OF_ODDS,
    a_sign,
    guess,
    no_signs,
    once_weighed,
    quick_judge,
    weeks_of,
    words_of,
)

from velveteen.app import kept_verdict
from velveteen.app.shell import path


@pytest.fixture
def shown(opened, desk, monkeypatch):
    """Odds that stand on the page."""
    quick_judge(monkeypatch)
    desk.add([*weeks_of(20), *no_signs()])
    guess(opened)
    assert "between 4 and 31 in 100" in once_weighed(opened)
    return opened


def test_a_sign_that_stands_hides_a_kept_verdict_at_once_and_leads_to_safety(shown, desk):
    desk.add(a_sign())
    page = shown.get(path("odds")).text
    assert not SPEAKS_OF_ODDS.search(words_of(page))
    assert page.index("Safety comes first") < page.index("The harm there is now")
    assert f'href="{path("safety")}"' in page.partition("<main")[2]


@pytest.mark.parametrize("page", ["today", "holds", "odds", "record", "me", "safety", "signs", "papers"])
def test_a_closed_gate_shows_nothing_of_a_kept_verdict_on_any_page(shown, desk, page):
    desk.add(a_sign())
    told = words_of(shown.get(path(page)).text)
    assert "depending on where one starts" not in told
    assert "A real change can still be too little" not in told


def test_a_sign_that_stands_takes_the_way_to_odds_from_the_tab_and_puts_safety_first(shown, desk):
    assert f'href="{path("odds")}"' in shown.get(path("holds")).text
    desk.add(a_sign())
    page = shown.get(path("holds")).text
    assert f'href="{path("odds")}"' not in page
    assert page.index("Safety comes first") < page.index("Hard days")


def test_a_kinder_month_after_a_sign_brings_no_odds_back(shown, desk):
    desk.add([*a_sign(), *no_signs()])
    assert not SPEAKS_OF_ODDS.search(words_of(shown.get(path("odds")).text))


def test_questions_not_answered_within_the_month_close_the_gate_and_are_linked(opened, desk, monkeypatch):
    quick_judge(monkeypatch)
    desk.add([*weeks_of(20), *no_signs(date.today() - timedelta(days=32))])
    page = opened.get(path("odds")).text
    assert f'href="{path("signs")}"' in page
    assert "What do you think has happened?" not in page


def test_a_guess_sent_to_a_closed_gate_is_not_kept_and_weighs_nothing(opened, desk, monkeypatch):
    seen = []
    quick_judge(monkeypatch, seen=seen)
    desk.add([*weeks_of(20), *no_signs(), *a_sign()])
    guess(opened)
    opened.post(path("odds"))
    assert not [e for e in desk.standing if e.kind == "guess"]
    assert seen == []


def test_a_gate_that_closes_while_it_weighs_lets_nothing_be_sealed(opened, desk, monkeypatch):
    wait = threading.Event()
    quick_judge(monkeypatch, wait=wait)
    desk.add([*weeks_of(20), *no_signs()])
    guess(opened)
    assert opened.get(path("odds", "p")).status_code == 200
    desk.add(a_sign())
    assert opened.get(path("odds", "p")).status_code == 204
    wait.set()
    opened.app.state.weighing._job.thread.join(20)
    assert not SPEAKS_OF_ODDS.search(words_of(opened.get(path("odds")).text))
    assert desk.journal.kept(kept_verdict.NAME) is None


def test_the_harm_there_is_now_and_my_terms_stay_while_the_gate_is_closed(shown, desk):
    desk.add(a_sign())
    page = words_of(shown.get(path("odds")).text)
    assert "The harm there is now" in page
    assert "My terms" in page
