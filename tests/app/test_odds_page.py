"""*What has changed?*: harm now, my terms, my own guess, and only then odds, with what they do not say."""

import re
from datetime import timedelta

import pytest
from tests.app.records import (
    SPEAKS_OF_ODDS,
    a_sign,
    at,
    guess,
    no_signs,
    once_weighed,
    quick_judge,
    sure_of,
    weeks_of,
    words_of,
)
from tests.report.household import ERROR_RATES, a_verdict

from velveteen.app.shell import path
from velveteen.app.what_changed import GUESSES
from velveteen.judge.verdict import ACCOUNTS
from velveteen.problems import Refused


@pytest.fixture
def ready(opened, desk):
    """A record that can be weighed, and the gate open."""
    desk.add([*weeks_of(20), *no_signs(), at("term", 9, what="no shouting")])
    return opened


def test_harm_comes_before_terms_before_the_guess_before_the_caution_before_the_odds(ready, monkeypatch):
    quick_judge(monkeypatch)
    guess(ready)
    page = once_weighed(ready)
    parts = (
        "The harm there is now", "My terms", "no shouting", "My own guess", "Better for a while, then back again",
        "A real change can still be too little. This does not say stay or go.", "between 4 and 31 in 100", "<svg",
    )  # fmt: skip
    places = [page.index(part) for part in parts]
    assert places == sorted(places)


def test_without_a_guess_there_are_no_odds_and_nothing_is_weighed(ready, monkeypatch):
    seen = []
    quick_judge(monkeypatch, seen=seen)
    ready.post(path("odds"))
    page = ready.get(path("odds")).text
    assert not SPEAKS_OF_ODDS.search(words_of(page))
    assert all(words in page for _, words in GUESSES)
    assert seen == []


EXPLAINED = "Odds are numbers: of 100 records like this one, about how many show which kind of change."


def test_what_odds_are_is_said_once_wherever_the_page_speaks_of_them(ready, monkeypatch):
    quick_judge(monkeypatch)
    before = words_of(ready.get(path("odds")).text)
    guess(ready)
    for page in (before, words_of(once_weighed(ready))):
        assert page.count(EXPLAINED) == 1


def test_with_the_gate_closed_what_odds_are_is_said_too(opened, desk):
    assert words_of(opened.get(path("odds")).text).count(EXPLAINED) == 1
    desk.add(a_sign())
    assert words_of(opened.get(path("odds")).text).count(EXPLAINED) == 1


def test_a_guess_is_kept_as_an_entry_with_its_account_and_how_sure(ready, desk, monkeypatch):
    quick_judge(monkeypatch)
    guess(ready, "surface", "7")
    (kept,) = [e for e in desk.standing if e.kind == "guess"]
    assert (kept.payload, kept.about) == ({"account": "surface", "chance": 70}, "M")
    once_weighed(ready)


def test_who_cannot_say_may_say_so(ready, desk, monkeypatch):
    quick_judge(monkeypatch)
    guess(ready, "cannot_say", "")
    (kept,) = [e for e in desk.standing if e.kind == "guess"]
    assert kept.payload == {"words": "I cannot say"}
    assert "you guessed: “I cannot say”" in once_weighed(ready)


@pytest.mark.parametrize("account", ["", "narcissist"])
def test_a_guess_that_is_not_on_the_list_is_not_kept(ready, desk, monkeypatch, account):
    quick_judge(monkeypatch)
    assert guess(ready, account).status_code == 303
    assert not [e for e in desk.standing if e.kind == "guess"]


def test_the_guesses_are_the_judges_accounts_and_not_knowing():
    assert [value for value, _ in GUESSES] == [*ACCOUNTS, "cannot_say"]


def test_each_untested_item_ends_with_the_word_never_to_test_it(ready, monkeypatch):
    quick_judge(monkeypatch)
    guess(ready)
    part = once_weighed(ready).partition("What is untested")[2].partition("</ul>")[0]
    items = re.findall(r"<li>(.*?)</li>", part)
    assert len(items) == sum(t.answer == "untested" for t in a_verdict().tests.values())
    assert all(item.endswith("You need not find this out. Never test it on purpose.") for item in items)


def test_error_rates_say_that_they_are_of_simulated_households(ready, monkeypatch):
    quick_judge(monkeypatch)
    guess(ready)
    page = words_of(once_weighed(ready))
    assert "Counted in simulated households, not yet measured on real ones." in page
    assert ERROR_RATES in page


def test_nothing_above_80_in_100_is_said_of_a_lasting_change(ready, monkeypatch):
    quick_judge(monkeypatch, sure_of("lasting", 0.99))
    guess(ready)
    page = once_weighed(ready)
    assert "broad change that holds so far: about 80 in 100" in page
    part = page[page.index("A real change can still") : page.index("Three questions")]
    assert not re.search(
        r"(?<![\d.])(8[1-9]|9\d)(?![\d.])", re.sub(r"<svg.*?</svg>", "", part, flags=re.DOTALL)
    )


def test_a_record_that_holds_too_little_gets_a_sentence_before_any_guess_is_asked(opened, desk, monkeypatch):
    seen = []
    quick_judge(monkeypatch, seen=seen)
    desk.add([*weeks_of(3), *no_signs()])
    page = opened.get(path("odds"))
    assert page.status_code == 200
    assert "below 6 nothing honest can be said" in page.text
    assert "What do you think has happened?" not in page.text
    guess(opened)
    assert seen == []


def test_an_empty_record_says_what_will_be_here(opened, desk):
    desk.add(no_signs())
    assert "it needs some weeks of days, promises or messages" in opened.get(path("odds")).text


def test_a_refusal_of_the_judge_is_a_sentence_and_leaves_a_way_on(ready, monkeypatch):
    from velveteen.judge import api

    def no(*_, **__):
        raise Refused("only_self_report", "That alone gives no verdict.")

    monkeypatch.setattr(api, "judge", no)
    guess(ready)
    page = once_weighed(ready)
    assert "There are none yet. That alone gives no verdict." in page
    quick_judge(monkeypatch)
    ready.post(path("odds"))
    assert "between 4 and 31 in 100" in once_weighed(ready)


def test_an_error_in_the_judge_becomes_a_sentence_that_repeats_nothing_of_the_record(ready, monkeypatch):
    from velveteen.judge import api

    def broken(*_, **__):
        raise ValueError("no shouting")

    monkeypatch.setattr(api, "judge", broken)
    guess(ready)
    page = once_weighed(ready)
    assert "Something in the program broke while it weighed" in page
    assert page.count("no shouting") == 1


def test_the_whole_way_with_the_judge_itself(ready):
    guess(ready)
    page = once_weighed(ready)
    assert "depending on where one starts" in page
    assert re.search(r"After 2\d weeks this record", page)
    assert "style=" not in page


def test_the_person_who_wants_to_change_is_led_away_from_odds(changer, desk, monkeypatch):
    seen = []
    quick_judge(monkeypatch, seen=seen)
    desk.add([*weeks_of(20), *no_signs()])
    assert changer.get(path("odds")).headers["location"] == path("holds")
    guess(changer)
    changer.post(path("odds"))
    assert seen == []
    assert not [e for e in desk.standing if e.kind == "guess"]


def test_who_is_not_sure_which_of_them_it_is_has_the_partners_page(began, desk):
    page = began("unsure")
    assert "Some questions come first" in page.get(path("odds")).text


def test_a_page_that_renews_itself_does_not_keep_the_notes_open(ready, desk, monkeypatch):
    desk._seen -= 100
    ready.get(path("odds") + "?w=1")
    ready.get(path("odds", "p"))
    assert desk.alone_for() > 99
    ready.get(path("odds"))
    assert desk.alone_for() < 99


def test_earlier_guesses_are_compared_with_what_was_said_then(ready, desk, monkeypatch):
    quick_judge(monkeypatch)
    guess(ready, "lasting", "9")
    once_weighed(ready)
    shift_days(desk, 8)
    desk.add([at("day", contact=True, day="calm", treated=5)])
    quick_judge(monkeypatch, sure_of("worse", 0.9))
    guess(ready, "worse", "2")
    page = once_weighed(ready)
    earlier = words_of(page).partition("What I guessed, what it said")[2]
    assert "“A broad change that holds so far”, 9 of 10 sure" in earlier
    assert "between 4 and 31 in 100" in earlier
    assert "“It has become worse”, 2 of 10 sure" in page.partition("What I guessed")[0]


def shift_days(desk, days):
    """The kept verdict as if it had been made so many days earlier."""
    import json

    from velveteen.app.kept_verdict import NAME, load

    kept = load(desk)
    found = json.loads(desk.journal.kept(NAME))
    found["now"]["made"] = (kept.made - timedelta(days=days)).isoformat()
    desk.journal.keep(NAME, json.dumps(found).encode())
