"""That was a mistake: in one tap it counts nowhere, stays readable, and can count again."""

from __future__ import annotations

import re
from datetime import date

import pytest
from tests.app.conftest import PASSPHRASE
from tests.app.notes import ago, entry, main

from velveteen.app.shell import path
from velveteen.guide.danger import answer
from velveteen.journal.corrections import corrected
from velveteen.journal.entries import WITHDRAWN
from velveteen.measure.days import free_entries
from velveteen.measure.weekly import weekly_cells

TODAY = date.today()


def kept(client, **form):
    """A day is kept; the page that follows."""
    return client.get(client.post(path("today"), data=form).headers["location"])


def buttons(page):
    """Where each “That was a mistake” of a page leads."""
    return re.findall(rf'action="({re.escape(path("entry"))}/[^"]+/2)"', page.text)


def standing(desk, kind):
    return [e for e in desk.standing if e.kind == kind]


def test_the_page_that_follows_takes_each_thing_back_in_one_tap(opened, desk):
    page = kept(opened, day="calm", treated="7", act=["shouted", "mocked"])
    assert len(buttons(page)) == 3
    (shouted,) = [e for e in standing(desk, "act") if e.payload["act"] == "shouted"]
    answered = opened.post(path("entry", shouted.id, "2"), data={"way": "1", "to": "today"})
    assert answered.headers["location"].startswith(path("today"))
    assert "It is taken back, and counts nowhere." in main(opened.get(answered.headers["location"]))
    assert [e.payload["act"] for e in standing(desk, "act")] == ["mocked"]
    assert shouted in desk.entries


def test_another_visit_does_not_offer_it_again(opened):
    kept(opened, day="calm", treated="7")
    assert buttons(opened.get(path("today"))) == []


def test_a_lock_forgets_what_was_written_last(opened, desk):
    kept(opened, day="calm", treated="7")
    desk.close()
    desk.open(PASSPHRASE)
    assert buttons(opened.get(path("today") + "?s=kept")) == []


def test_an_answer_of_a_day_goes_back_to_what_stood_before(opened, desk):
    kept(opened, day="calm", treated="7")
    page = kept(opened, treated="1")
    opened.post(buttons(page)[0], data={"way": "1", "to": "today"})
    (day,) = standing(desk, "day")
    assert day.payload == {"contact": True, "day": "calm", "treated": 7}
    assert len([e for e in desk.entries if e.kind == "day"]) == 3


def test_a_day_that_stands_only_because_of_a_mistaken_act_goes_with_it(opened, desk):
    """Left alone it would count as a day on which nothing happened."""
    page = kept(opened, act="shouted")
    (act,) = standing(desk, "act")
    assert path("entry", act.id, "2") in buttons(page)
    opened.post(path("entry", act.id, "2"), data={"way": "1", "to": "today"})
    assert standing(desk, "day") == []
    assert weekly_cells(desk.entries)[0] == []


@pytest.mark.parametrize(
    "others", [{"act": ["shouted", "mocked"]}, {"act": "shouted", "day": "calm"}, {"act": "shouted", "treated": "3"}]
)  # fmt: skip
def test_a_day_that_says_more_stays(opened, desk, others):
    kept(opened, **others)
    act = next(e for e in standing(desk, "act") if e.payload["act"] == "shouted")
    opened.post(path("entry", act.id, "2"), data={"way": "1"})
    assert len(standing(desk, "day")) == 1


def test_the_record_shows_what_was_taken_back_and_said_to_be_so(opened, desk):
    act = entry("act", 1, act="shouted", facts="At the table.")
    desk.add([act, entry("day", 1, contact=True, day="calm")])
    answered = opened.post(path("entry", act.id, "2"), data={"way": "2"})
    assert "counts nowhere" in main(opened.get(answered.headers["location"]))
    said = main(opened.get(path("record")))
    assert "What they did, taken back · Shouted." in said
    assert [e.kind for e in free_entries(desk.entries) if e.kind in ("act", WITHDRAWN)] == [WITHDRAWN]
    page = opened.get(path("entry", act.id))
    assert "At the table." in main(page)
    assert "Taken back" in main(page)
    assert "Put right" not in main(page)


def test_it_can_count_again(opened, desk):
    act = entry("act", 1, act="shouted")
    desk.add([act])
    opened.post(path("entry", act.id, "2"), data={"way": "2"})
    (taken,) = standing(desk, WITHDRAWN)
    assert "count it again" in main(opened.get(path("entry", act.id)))
    answered = opened.post(path("entry", taken.id, "2"), data={"way": "1"})
    assert "It stands as it did before." in main(opened.get(answered.headers["location"]))
    assert [e.payload for e in standing(desk, "act")] == [{"act": "shouted"}]
    assert "taken back" not in main(opened.get(path("record")))


def test_an_entry_with_a_history_goes_back_one_step_or_wholly(opened, desk):
    made = entry("promise", 9, what="Ring up")
    later = corrected(made, at=made.written, payload={"outcome": "broken"})
    desk.add([made, later])
    page = main(opened.get(path("entry", made.id)))
    assert "Back to how it stood before" in page
    assert "All of it was a mistake" in page
    opened.post(path("entry", later.id, "2"), data={"way": "1"})
    (stands,) = standing(desk, "promise")
    assert stands.payload == {"what": "Ring up"}
    opened.post(path("entry", stands.id, "2"), data={"way": "2"})
    assert standing(desk, "promise") == []


def test_the_same_tap_sent_twice_takes_back_once(opened, desk):
    act = entry("act", 1, act="shouted")
    desk.add([act])
    for _ in range(2):
        assert opened.post(path("entry", act.id, "2"), data={"way": "1"}).status_code == 303
    assert standing(desk, "act") == []
    assert len(standing(desk, WITHDRAWN)) == 1


def test_without_a_way_nothing_is_written(opened, desk):
    act = entry("act", 1, act="shouted")
    desk.add([act])
    before = len(desk.entries)
    opened.post(path("entry", act.id, "2"), data={"way": "3"})
    assert len(desk.entries) == before


def test_a_day_that_was_written_anew_is_not_doubled(opened, desk):
    day = entry("day", 1, contact=True, day="calm")
    desk.add([day])
    opened.post(path("entry", day.id, "2"), data={"way": "2"})
    desk.add([entry("day", 1, contact=True, day="refused")])
    (taken,) = standing(desk, WITHDRAWN)
    assert opened.post(path("entry", taken.id, "2"), data={"way": "1"}).status_code == 400
    assert [e.payload["day"] for e in standing(desk, "day")] == ["refused"]


def test_a_danger_sign_and_a_chat_have_ways_of_their_own(opened, desk):
    yes = answer("weapon", "yes", at=entry("note", 1).at)
    desk.add([yes, entry("imported", 2, source="x", messages=3)])
    for kind in ("danger", "imported"):
        (one,) = standing(desk, kind)
        assert opened.post(path("entry", one.id, "2"), data={"way": "2"}).status_code == 400
        assert "mistake" not in main(opened.get(path("entry", one.id)))
    assert standing(desk, WITHDRAWN) == []


def test_a_mark_stays_in_force_and_out_of_sight_when_its_day_is_taken_back(opened, desk):
    desk.add([entry("day", 2, contact=True, day="calm", treated=8), entry("act", 2, act="shouted")])
    opened.post(path("free", ago(2).isoformat()), data={"way": "1"})
    (day,) = standing(desk, "day")
    opened.post(path("entry", day.id, "2"), data={"way": "2"})
    assert weekly_cells(desk.entries)[0] == []
    assert "free" not in main(opened.get(path("entry", day.id)))
    opened.post(path("free", ago(2).isoformat()), data={"way": "2"})
    assert weekly_cells(desk.entries)[0] != []
    (taken,) = standing(desk, WITHDRAWN)
    opened.post(path("entry", taken.id, "2"), data={"way": "1"})
    (again,) = standing(desk, "day")
    assert again.payload == {"contact": True, "day": "calm", "treated": 8}


def test_what_was_taken_back_is_erased_with_all_its_writings(opened, desk):
    act = entry("act", 1, act="shouted", facts="canary")
    desk.add([act])
    opened.post(path("entry", act.id, "2"), data={"way": "2"})
    opened.post(path("entry", act.id, "1"), data={"way": "1", "passphrase": PASSPHRASE})
    assert [e for e in desk.entries if e.kind in ("act", WITHDRAWN)] == []


def test_a_sheet_and_a_sentence_can_be_taken_back_on_the_page_that_follows(opened, desk):
    to = opened.post(path("sheet", "3"), data={"limit": "No shouting", "event": "held"}).headers["location"]
    page = opened.get(to)
    assert "No shouting" in main(page)
    opened.post(buttons(page)[0], data={"way": "1", "to": "today"})
    assert standing(desk, "limit") == []


def test_on_the_other_side_a_promise_s_outcome_goes_back(changer, desk):
    made = entry("promise", 1, what="Be home at six")
    desk.add([made])
    page = changer.get(changer.post(path("today", made.id), data={"outcome": "broken"}).headers["location"])
    changer.post(buttons(page)[0], data={"way": "1", "to": "today"})
    (stands,) = standing(desk, "promise")
    assert stands.payload == {"what": "Be home at six"}


def test_what_was_taken_back_is_no_word_of_then(opened, desk):
    act = entry("act", 2, act="shouted", facts="At the table.")
    desk.add([act, entry("note", 2, facts="A plate broke.")])
    opened.post(path("entry", act.id, "2"), data={"way": "2"})
    said = main(opened.get(path("then")))
    assert "A plate broke." in said
    assert "At the table." not in said
