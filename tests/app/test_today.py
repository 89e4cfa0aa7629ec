"""A day in a few taps; and for who wants to change, one promise and what became of it."""

from datetime import date, datetime, timedelta

import pytest

from velveteen.app.shell import path
from velveteen.journal.entries import Entry, uuid7

TODAY = date.today()


def kinds(desk):
    return [e.kind for e in desk.standing if e.kind != "setting"]


def days(desk):
    return [e for e in desk.standing if e.kind == "day"]


def test_three_taps_keep_a_day(opened, desk):
    answer = opened.post(path("today"), data={"on": TODAY.isoformat(), "day": "refused", "treated": "3"})
    assert answer.status_code == 303
    (day,) = days(desk)
    assert day.payload == {"contact": True, "day": "refused", "treated": 3}
    assert day.at == datetime.combine(TODAY, datetime.min.time())
    assert day.about == "M"


def test_the_same_day_again_puts_it_right_and_keeps_what_was_not_asked(opened, desk):
    opened.post(path("today"), data={"day": "calm", "treated": "7", "wellbeing": "5"})
    opened.post(path("today"), data={"treated": "2"})
    (day,) = days(desk)
    assert day.payload == {"contact": True, "day": "calm", "treated": 2, "wellbeing": 5}
    assert len([e for e in desk.entries if e.kind == "day"]) == 2


def test_an_act_is_kept_with_the_day_and_only_once(opened, desk):
    for _ in range(2):
        opened.post(path("today"), data={"day": "stress", "act": ["shouted", "mocked", "no_such_act"]})
    assert sorted(e.payload["act"] for e in desk.standing if e.kind == "act") == ["mocked", "shouted"]
    assert len(days(desk)) == 1


def test_nothing_chosen_writes_nothing_and_says_so(opened, desk):
    answer = opened.post(path("today"), data={})
    assert kinds(desk) == []
    assert "nothing was written" in opened.get(answer.headers["location"]).text


def test_a_day_without_contact_is_a_day(opened, desk):
    opened.post(path("today"), data={"contact": "no"})
    assert days(desk)[0].payload == {"contact": False}


@pytest.mark.parametrize("wrong", [{"treated": "11"}, {"treated": "-1"}, {"treated": "x"}, {"day": "awful"}])
def test_an_answer_that_cannot_be_is_not_kept(opened, desk, wrong):
    opened.post(path("today"), data=wrong)
    assert kinds(desk) == []


def test_a_day_to_come_is_taken_as_today(opened, desk):
    opened.post(path("today"), data={"on": (TODAY + timedelta(days=9)).isoformat(), "day": "calm"})
    assert days(desk)[0].at.date() == TODAY


def test_an_earlier_day_is_shown_and_kept_as_that_day(opened, desk):
    earlier = TODAY - timedelta(days=3)
    page = opened.get(f"{path('today')}?d={earlier.isoformat()}").text
    assert f'name="on" value="{earlier.isoformat()}"' in page
    opened.post(path("today"), data={"on": earlier.isoformat(), "day": "calm"})
    assert days(desk)[0].at.date() == earlier


def test_no_page_reacts_to_a_day(opened):
    """Neither praise nor worry after an entry: the sentence is the same for the best and for the worst day."""
    pages = []
    for treated, kind in (("0", "criticised"), ("10", "calm")):
        to = opened.post(path("today"), data={"day": kind, "treated": treated}).headers["location"]
        pages.append(opened.get(to).text.split('role="status">')[1].split("<")[0])
    assert pages == ["It is kept. You can stop here."] * 2


def test_who_wants_to_change_is_asked_for_no_rating_of_the_other(changer, desk):
    page = changer.get(path("today")).text
    assert "How I was treated" not in page
    assert "Before I blow" in page
    assert "I did it tonight" in page
    changer.post(path("today"), data={"day": "calm", "treated": "9"})
    assert days(desk) == []


def promise(desk, **payload):
    now = datetime.now()
    entry = Entry(uuid7(), "promise", now, now, {"what": "call the bank", "can": True, **payload})
    desk.add([entry])
    return entry


def test_what_became_of_a_promise_is_its_correction_with_the_repair(changer, desk):
    made = promise(desk)
    form = {"outcome": "broken", "repair": "call on Monday", "repair_by": "2026-12-01"}
    changer.post(path("today", made.id), data=form)
    (stands,) = [e for e in desk.standing if e.kind == "promise"]
    assert stands.corrects == made.id
    assert stands.payload == {
        "what": "call the bank", "can": True, "outcome": "broken", "resolved": TODAY.isoformat(),
        "repair": "call on Monday", "repair_by": "2026-12-01",
    }  # fmt: skip
    assert changer.post(path("today", made.id), data=form).status_code == 400


def test_an_outcome_that_is_none_writes_nothing(changer, desk):
    made = promise(desk)
    changer.post(path("today", made.id), data={"outcome": "wonderful"})
    assert [e.id for e in desk.standing if e.kind == "promise"] == [made.id]


def test_the_promise_that_is_due_first_stands_first(changer, desk):
    promise(desk, what="without a day")
    promise(desk, what="later", due="2027-02-01")
    promise(desk, what="sooner", due="2027-01-01")
    page = changer.get(path("today")).text
    assert page.index("sooner") < page.index("later") < page.index("without a day")


def test_an_old_promise_stands_behind_a_line_and_is_still_there(changer, desk):
    old = (TODAY - timedelta(days=200)).isoformat()
    promise(desk, what="long ago", due=old)
    promise(desk, what="of this week", due=TODAY.isoformat())
    page = changer.get(path("today")).text
    assert page.index("of this week") < page.index("1 older promise") < page.index("long ago")
    promise(desk, what="by a day that is none", due="soon")
    assert "by a day that is none" in changer.get(path("today")).text
