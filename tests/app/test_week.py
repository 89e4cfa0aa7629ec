"""One verdict a week at most, kept in the sealed file; no page reacts to an entry before the next."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.app.records import at, guess, no_signs, once_weighed, quick_judge, sure_of, weeks_of
from tests.app.test_odds_page import shift_days

from velveteen.app import kept_verdict
from velveteen.app.kept_verdict import NAME, Kept, Then, digest
from velveteen.app.shell import path
from velveteen.report.phrases import day

TODAY = date.today()


@pytest.fixture
def shown(opened, desk, monkeypatch):
    quick_judge(monkeypatch)
    desk.add([*weeks_of(20), *no_signs()])
    guess(opened)
    once_weighed(opened)
    return opened


def part(page):
    return page[page.index('<h2 id="odds">') :]


def test_within_a_week_the_same_odds_stand_whatever_was_written_meanwhile(shown, desk, monkeypatch):
    seen = []
    before = part(shown.get(path("odds")).text)
    desk.add([at("act", 0, act="put_me_down", harm=True), at("day", 1, contact=True, treated=0)])
    quick_judge(monkeypatch, sure_of("worse", 0.9), seen=seen)
    guess(shown)
    shown.post(path("odds"))
    assert part(once_weighed(shown)) == before
    assert seen == []


def test_a_guess_that_came_another_way_weighs_nothing_within_the_week(shown, desk, monkeypatch):
    seen = []
    quick_judge(monkeypatch, seen=seen)
    desk.add([at("guess", account="worse")])
    shown.post(path("odds"))
    once_weighed(shown)
    assert seen == []


def test_the_page_says_when_it_was_weighed_and_from_when_on_the_next_may_be(shown):
    page = shown.get(path("odds")).text
    assert f"Weighed on {day(TODAY)}." in page
    assert f"the next from {day(TODAY + timedelta(days=7))} on" in page


@pytest.mark.parametrize(("days", "stands"), [(6, True), (7, False), (400, False)])
def test_a_new_one_may_be_made_from_the_seventh_day_on_once_something_was_written(shown, desk, days, stands):
    shift_days(desk, days)
    desk.add([at("day", contact=True, day="calm", treated=5)])
    assert ("in 100" in shown.get(path("odds")).text) is stands
    assert ("What do you think has happened?" in shown.get(path("odds")).text) is not stands


def test_after_the_week_an_unchanged_record_keeps_its_odds_and_says_so(shown, desk):
    shift_days(desk, 60)
    assert "Nothing that it weighs was written since then" in shown.get(path("odds")).text


def test_a_verdict_from_a_day_to_come_does_not_bar_the_next(shown, desk):
    shift_days(desk, -3)
    assert "What do you think has happened?" in shown.get(path("odds")).text


@pytest.mark.parametrize("rewrite_chain", [False, True])
def test_erasing_an_entry_takes_the_verdict_along_and_a_new_one_may_be_made(
    shown, desk, monkeypatch, rewrite_chain
):
    act = next(e for e in desk.standing if e.kind == "act")
    desk.journal.erase([act.id], rewrite_chain=rewrite_chain)
    desk.forget()
    assert "in 100" not in shown.get(path("odds")).text
    quick_judge(monkeypatch, sure_of("worse", 0.9))
    guess(shown, "worse")
    assert "“worse”: about 90 in 100" in once_weighed(shown)


def test_a_guess_after_the_odds_is_not_kept(shown, desk):
    guess(shown, "worse")
    assert len([e for e in desk.standing if e.kind == "guess"]) == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda found: {**found, "form": 0},
        lambda found: {k: v for k, v in found.items() if k != "now"},
        lambda found: {**found, "now": {"guess": "x", "made": "a while ago", "said": ""}},
        lambda found: {**found, "earlier": 3},
        lambda found: [found],
        lambda found: None,
    ],
)
def test_what_another_program_kept_is_not_read_and_a_new_one_may_be_made(shown, desk, monkeypatch, change):
    desk.journal.keep(NAME, json.dumps(change(json.loads(desk.journal.kept(NAME)))).encode())
    assert shown.get(path("odds")).status_code == 200
    assert kept_verdict.load(desk) is None
    guess(shown)
    assert "in 100" in once_weighed(shown)


@pytest.mark.parametrize("bytes_", [b"", b"\xff\xfe", b"{"])
def test_bytes_that_are_no_verdict_are_not_read(shown, desk, bytes_):
    desk.journal.keep(NAME, bytes_)
    assert kept_verdict.load(desk) is None


def test_the_verdict_is_sealed_and_there_again_after_the_notes_were_locked(shown, desk):
    from tests.app.conftest import PASSPHRASE

    before = part(shown.get(path("odds")).text)
    desk.close()
    desk.open(PASSPHRASE)
    assert part(shown.get(path("odds")).text) == before


def test_the_digest_is_of_what_is_weighed_and_of_nothing_else():
    entries = weeks_of(2)
    aside = [*no_signs(), at("guess", account="same"), at("setting", key="side", value="partner")]
    assert digest(entries) == digest([*entries, *aside])
    assert digest(entries) != digest(entries[:-1])
    assert digest(entries) != digest([*entries, at("day", contact=True)])


def test_a_kept_verdict_stands_for_a_week_and_then_as_long_as_the_record_is_the_same():
    kept = Kept(Then("g", "2026-03-01", "said"), "a", "")
    assert kept.next == date(2026, 3, 8)
    assert kept.stands("b", date(2026, 3, 7))
    assert not kept.stands("b", date(2026, 3, 8))
    assert kept.stands("a", date(2027, 3, 8))
    assert not replace(kept, now=Then("g", "2026-03-02", "")).stands("a", date(2026, 3, 1))
