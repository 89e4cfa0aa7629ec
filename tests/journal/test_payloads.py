"""What an entry from a file carries must fit its kind; what is not known here always fits."""

from datetime import datetime

import pytest

from velveteen.journal.entries import COSTS, Entry
from velveteen.journal.jsonl import dumps, read
from velveteen.journal.payloads import misfit

AT = datetime(2024, 3, 5)


def entry(kind, payload, at=AT, written=AT):
    return Entry("a", kind, at, written, payload)


@pytest.mark.parametrize(
    ("kind", "payload", "key"),
    [
        ("answer", {"questionnaire": "phq9", "score": True}, "score"),
        ("day", {"contact": "yes"}, "contact"),
        ("day", {"contact": True, "treated": 11}, "treated"),
        ("day", {"contact": True, "treated": True}, "treated"),
        ("day", {"contact": True, "day": "blue"}, "day"),
        ("day", {"contact": True, "acts": "no"}, "acts"),
        ("week", {"harm": 2}, "days_contact"),
        ("week", {"days_contact": 8}, "days_contact"),
        ("week", {"days_contact": 3, "harm": -1}, "harm"),
        ("act", {"harm": True}, "act"),
        ("act", {"act": ["lied"]}, "act"),
        ("act", {"act": "lied", "weight": 9}, "weight"),
        ("promise", {"what": "call", "due": "soon"}, "due"),
        ("promise", {"what": "call", "due": "0001-01-01"}, "due"),
        ("promise", {"what": "call", "outcome": "perhaps"}, "outcome"),
        ("confrontation", {"answer": "purple"}, "answer"),
        ("inward", {"told": 1}, "told"),
        ("inward", {"equals": "3"}, "equals"),
        ("turning_point", {"kind": "rain"}, "kind"),
        ("limit", {"limit": "no shouting", "event": "green"}, "event"),
        ("danger", {"sign": "weapon", "answer": "perhaps"}, "answer"),
        ("coded_day", {"channels": {"courtesy": [5, 2]}}, "channels"),
        ("coded_day", {"channels": [1, 2]}, "channels"),
        ("coded_day", {"channels": {}, "counts": {"them": 3}}, "counts"),
        ("unsure", {}, "sign"),
        ("term", {"by": "2026-05-01"}, "what"),
        ("term", {"what": "no shouting", "by": "May"}, "by"),
        ("answer", {"score": 7}, "questionnaire"),
        ("answer", {"questionnaire": "phq9", "items": [1, 2]}, "items"),
        ("answer", {"questionnaire": "phq9", "items": {"1": [2]}}, "items"),
        ("answer", {"questionnaire": "phq9", "score": "seven"}, "score"),
        ("practice", {"did": True}, "which"),
        ("practice", {"which": "before_a_talk", "did": "yes"}, "did"),
        ("practice", {"which": "before_a_talk", "note": 4}, "note"),
        ("cost", {"kind": "trouble"}, "what"),
        ("cost", {"what": "the job", "kind": "work"}, "kind"),
        ("cure_tried", {"outcome": "none"}, "what"),
        ("cure_tried", {"what": "a course", "cost": 900}, "cost"),
        ("guess", {"account": "same", "chance": 101}, "chance"),
        ("guess", {"words": "   "}, "words"),
        ("support", {"what": "listens"}, "who"),
        ("vignette", {"rating": 4}, "story"),
        ("vignette", {"story": "late_home"}, "rating"),
        ("vignette", {"story": "late_home", "rating": 11}, "rating"),
        ("list_item", {"choice": "name"}, "what"),
        ("list_item", {"what": "the dishes", "choice": "shout"}, "choice"),
        ("caseload_verdict", {"words": "Cannot tell yet."}, "bundle"),
    ],
)
def test_what_does_not_fit_is_named(kind, payload, key):
    assert f"“{key}” should be" in misfit(entry(kind, payload))


@pytest.mark.parametrize("year", [1, 1899, 2201, 9999])
def test_dates_beyond_a_life_do_not_fit(year):
    assert "before 1900 or after 2200" in misfit(entry("moon", {}, at=AT.replace(year=year)))
    assert "before 1900 or after 2200" in misfit(entry("moon", {}, written=AT.replace(year=year)))


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        ("day", {"contact": False, "free": False, "acts": False, "shape": {"a": 1}}),
        ("day", {"day": "calm", "treated": 6.5, "wellbeing": None}),
        ("promise", {"what": "call", "due": "2024-03-08", "outcome": "kept", "resolved": "2024-03-08"}),
        ("coded_day", {"channels": {"courtesy": [2, 5]}, "counts": {"them": {"words": 7}, "me": {}}}),
        ("moon", {"full": "very"}),
        ("note", {}),
        ("unsure", {"sign": "weapon"}),
        ("term", {"what": "no shouting", "by": "2026-05-01"}),
        ("answer", {"questionnaire": "phq9", "items": {"1": 2, "2": "often", "3": True}, "score": 7}),
        ("practice", {"which": "before_a_talk", "did": False, "note": ""}),
        *(("cost", {"what": "a friend of years", "kind": kind}) for kind in COSTS),
        ("cure_tried", {"what": "a course", "cost": "900 euro", "outcome": "nothing came of it"}),
        ("guess", {"account": "same"}),
        ("guess", {"words": "it will go on like this", "chance": 70}),
        ("support", {"who": "my sister", "what": "listens"}),
        ("vignette", {"story": "late_home", "rating": 0}),
        ("list_item", {"what": "the dishes", "choice": "let_pass"}),
        ("caseload_verdict", {"bundle": "00ff", "weeks": 60}),
    ],
)
def test_what_fits(kind, payload):
    assert misfit(entry(kind, payload)) is None


def test_a_guess_needs_an_account_or_words():
    assert "needs “account” or “words”" in misfit(entry("guess", {"chance": 30}))


def test_what_it_has_cost_is_of_seven_kinds():
    assert len(set(COSTS)) == 7


def test_an_import_lists_it_with_its_line(tmp_path):
    file = tmp_path / "export"
    file.write_bytes(dumps([entry("act", {}), entry("moon", {"x": 1})]))
    entries, problems = read(file)
    assert [e.kind for e in entries] == ["moon"]
    assert [(p.code, p.where) for p in problems] == [("payload_misfit", "line 1")]


@pytest.mark.parametrize(
    ("kind", "payload", "fits"),
    [
        ("coded_day", {"channels": {"hurt_in_messages": [3, 1, 40]}}, True),
        ("coded_day", {"channels": {"hurt_in_messages": [41, 1, 40]}}, False),
        (
            "coded_day",
            {"channels": {}, "lines": [["09:00", ["blame"], "x"]], "others": [["09:00", "x"]]},
            True,
        ),
        ("coded_day", {"channels": {}, "lines": [["09:00", "x"]]}, False),
        ("coded_day", {"channels": {}, "others": [["09:00", 3]]}, False),
        ("coded_day", {"channels": {}, "others": "x"}, False),
        ("relabel", {"message": "id l0", "counted": True, "hurts": "unsure"}, True),
        ("relabel", {"message": "id l0", "counted": True, "hurts": "again"}, True),
        ("relabel", {"message": "id l0", "counted": True, "hurts": "maybe"}, False),
        ("relabel", {"message": "id l0", "hurts": "yes"}, False),
    ],
)
def test_messages_of_a_chat_and_what_the_owner_says_of_them(kind, payload, fits):
    at = datetime(2026, 1, 5)
    assert (misfit(Entry("x", kind, at, at, payload)) is None) is fits
