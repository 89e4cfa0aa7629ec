"""Record: dated sentences, newest first, by month and by ledger; and a day that was not written freely looks as before."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from tests.app.notes import TODAY, ago, entry, main

from velveteen.app.shell import path
from velveteen.app.story import line_of, tells
from velveteen.guide.words import NEVER_SAID, SHAMING, found
from velveteen.journal.entries import uuid7
from velveteen.measure.days import free_entries


def plain(html):
    """A page as it looks: without the ids, which are in addresses alone."""
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "ID", html)


def test_an_empty_record_asks_for_nothing(opened):
    assert "Nothing is asked of you" in main(opened.get(path("record")))


def test_the_story_is_dated_sentences_newest_first(opened, desk):
    desk.add(
        [
            entry("day", 0, contact=True, day="refused", treated=3, wellbeing=5),
            entry("act", 0, act="shouted"),
            entry("promise", 0, what="Call the bank", due=ago(-3).isoformat()),
            entry("note", 0, facts="A plate broke.", feelings="I was afraid."),
        ]
    )
    said = main(opened.get(path("record")))
    for words in (
        "I said no, or disagreed. Treated: 3 of 10. How I was: 5 of 10.", "Shouted.", "“Call the bank”. Due",
        "A plate broke.", "I was afraid.", f"{TODAY.day} {TODAY:%B}",
    ):  # fmt: skip
        assert words in said
    assert said.index("I said no") < said.index("Shouted.") < said.index("Call the bank")


def test_what_is_shown_alone_is_chosen_in_a_fold_that_says_what_is_chosen(opened, desk):
    desk.add([entry("promise", 1, what="Ring up")])
    page = opened.get(path("record")).text
    fold = page.partition("<details><summary>Show only")[2].partition("</details>")[0]
    assert fold.count("<a href") == 8
    chosen = opened.get(path("record"), params={"f": "1"})
    assert "Now: Promises" in chosen.text.partition("<summary>Show only")[2].partition("</summary>")[0]
    assert f'<a href="{path("record")}">Show all of it</a>' in chosen.text
    assert "ledger" not in main(chosen).lower()


def test_newer_days_stand_above_older_ones_and_months_are_pages(opened, desk):
    first = TODAY.replace(day=1)
    older = (TODAY - first).days + 5
    desk.add(
        [
            entry("note", 0, facts="plate"),
            entry("note", older, facts="window"),
            entry("note", older + 1, facts="chair"),
        ]
    )
    here = opened.get(path("record")).text
    assert "plate" in here
    assert "window" not in main(opened.get(path("record")))
    month = f"{ago(older):%Y-%m}"
    assert f"?m={month}" in here
    there = main(opened.get(path("record"), params={"m": month}))
    assert there.index("window") < there.index("chair")
    assert "plate" not in there


def test_a_month_that_holds_nothing_shows_the_newest(opened, desk):
    desk.add([entry("note", 0, facts="a plate")])
    for odd in ("1999-01", "x", "2026-13", ""):
        assert "a plate" in main(opened.get(path("record"), params={"m": odd}))


@pytest.mark.parametrize(
    ("ledger", "inside", "outside"),
    [
        ("1", entry("promise", what="Ring up"), entry("limit", limit="No shouting", event="held")),
        ("2", entry("limit", limit="No shouting", event="held"), entry("promise", what="Ring up")),
        ("3", entry("confrontation", raised="The plate", answer="denied"), entry("promise", what="Ring up")),
        ("4", entry("turning_point", kind="left"), entry("promise", what="Ring up")),
        ("5", entry("therapy_session", attended=False), entry("turning_point", kind="left")),
        ("5", entry("turning_point", kind="therapy_began"), entry("promise", what="Ring up")),
        ("6", entry("cure_tried", what="A weekend course"), entry("promise", what="Ring up")),
        ("7", entry("note", facts="A plate broke."), entry("promise", what="Ring up")),
    ],
)
def test_each_ledger_holds_its_own_and_nothing_else(opened, desk, ledger, inside, outside):
    desk.add([replace(e, id=uuid7()) for e in (inside, outside)])
    said = main(opened.get(path("record"), params={"f": ledger}))
    assert (told(inside) or inside.facts) in said
    assert told(outside) not in said


def told(one):
    return line_of(one, TODAY, "partner").text


def test_the_promises_are_summed_up_as_they_stand(opened, desk):
    desk.add([entry("promise", n, what="Ring up", outcome=o) for n, o in enumerate(("kept", "broken", None))])
    assert "3 promises are written: 1 kept, 1 not kept" in main(opened.get(path("record"), params={"f": "1"}))


def test_a_long_ledger_has_pages(opened, desk):
    desk.add([entry("limit", n, limit=f"limit number {n}", event="held") for n in range(120)])
    pages = [
        main(opened.get(path("record"), params={"f": "2", "p": p}))
        for p in ("1", "2", "3", "99", "x", "-1", "0")
    ]
    assert [len(re.findall("limit number", page)) for page in pages] == [50, 50, 20, 20, 50, 50, 50]
    assert "limit number 0”" in pages[0]
    assert "limit number 119”" in pages[2]


def test_every_kind_can_be_told_and_shames_nobody():
    shown = [
        entry("week", days_contact=5, hard_days=2, harm=3, treated=4), entry("inward", told=True, acknowledged=False),
        entry("inward", told=False, equals=3.5), entry("danger", sign="strangled", answer="yes", seen="Marks"),
        entry("imported", source="x", messages=12), entry("answer", questionnaire="phq-9", score=7),
        entry("practice", which="Counting to ten", did=False, note="Too late"), entry("cost", what="My brother left"),
        entry("practice", which="owning", did_what="I shouted", next="I leave the room"), entry("guess", words="I hope"),
        entry("support", who="Anna", what="She calls"), entry("vignette", story="late-home", rating=6),
        entry("list_item", what="The shoes", choice="let_pass"), entry("term", what="No shouting", by="2030-01-01"),
        entry("cure_tried", what="A course", cost="600 euros", outcome="Nine quiet days"), entry("moon", full=True),
    ]  # fmt: skip
    for one in shown:
        for side in ("partner", "changer"):
            line = line_of(one, TODAY, side)
            words = f"{line.name}. {line.text}"
            assert tells(one)
            assert line.name
            assert not found(words, SHAMING + NEVER_SAID)
            assert "{" not in words


def test_what_is_no_story_is_not_told():
    silent = [
        entry("setting", key="side", value="partner"), entry("coded_day", channels={}), entry("danger", sign="weapon",
        answer="no"), entry("unsure", sign="weapon"), entry("day", free=False), entry("note"),
    ]  # fmt: skip
    assert [e.kind for e in silent if tells(e)] == []


def test_odd_payloads_are_told_without_a_fault():
    for odd in ([], {}, 7, None, True, "x" * 300, float("inf")):
        for kind in ("day", "week", "act", "limit", "confrontation", "turning_point", "term", "inward", "practice",
                     "therapy_session", "danger", "imported", "answer", "cost", "cure_tried", "list_item", "guess",
                     "support", "vignette", "note"):  # fmt: skip
            keys = ("contact", "day", "treated", "act", "event", "answer", "kind", "idea", "what", "by", "told", "which",
                    "did", "sign", "messages", "score", "days_contact", "choice", "rating", "weight", "toward")  # fmt: skip
            line_of(entry(kind, **dict.fromkeys(keys, odd)), TODAY, "partner")


@pytest.mark.parametrize("kinds", [("day", "act", "promise"), ("note",), ("act",), ("day",)])
def test_a_day_that_was_not_free_counts_no_more_and_every_page_looks_as_before(opened, desk, kinds):
    made = {
        "day": entry("day", 2, contact=True, day="calm", treated=8, facts="A good day."),
        "act": entry("act", 2, act="listened"), "promise": entry("promise", 2, what="Ring up"),
        "note": entry("note", 2, facts="All was well."),
    }  # fmt: skip
    desk.add([replace(made[kind], id=uuid7()) for kind in kinds])
    pages = [path("record"), path("then"), path("free", ago(2).isoformat()), f"{path('today')}?d={ago(2)}"]
    pages += [f"{path('record')}?f={n}" for n in range(1, 8)]
    pages += [path("entry", e.id) for e in desk.standing if e.kind != "setting"]
    pages += [path("entry", e.id, "1") for e in desk.standing if e.kind != "setting"]
    before = [plain(opened.get(page).text) for page in pages]
    answer = opened.post(path("free", ago(2).isoformat()), data={"way": "1"})
    assert answer.status_code == 303
    assert [e.kind for e in free_entries(desk.standing) if e.kind != "setting"] == []
    assert [plain(opened.get(page).text) for page in pages] == before


def test_the_answer_tells_nobody_whether_a_day_was_marked_before(opened, desk):
    desk.add([entry("day", 2, contact=True, day="calm")])
    answers = [opened.post(path("free", ago(2).isoformat()), data={"way": way}) for way in "1122"]
    assert len({a.headers["location"] for a in answers}) == 1
    assert len({plain(opened.get(a.headers["location"]).text) for a in answers}) == 1


def test_a_mark_can_be_taken_back(opened, desk):
    desk.add([entry("day", 2, contact=True, day="calm", treated=8), entry("promise", 3, what="Ring up")])
    for day in (2, 3):
        opened.post(path("free", ago(day).isoformat()), data={"way": "1"})
    assert not [e for e in free_entries(desk.standing) if e.kind in ("day", "promise")]
    for day in (2, 3):
        opened.post(path("free", ago(day).isoformat()), data={"way": "2"})
    counted = {
        e.kind: e for e in free_entries(desk.standing) if e.kind != "setting" and e.at.date() == ago(2)
    }
    assert counted["day"].payload == {"contact": True, "day": "calm", "treated": 8}
    assert [e.kind for e in free_entries(desk.standing) if e.at.date() == ago(3)].count("promise") == 1
    assert [e.payload for e in desk.standing if e.kind == "day" and e.at.date() == ago(3)] == [
        {"acts": False}
    ]


@pytest.mark.parametrize("day", ["x", "2999-01-01", "1200-01-01", "2026-02-30"])
def test_a_day_that_cannot_be_is_no_day(opened, day):
    assert opened.get(path("free", day)).status_code == 400
    assert opened.post(path("free", day), data={"way": "1"}).status_code == 400


def test_nothing_chosen_marks_nothing(opened, desk):
    before = len(desk.entries)
    answer = opened.post(path("free", TODAY.isoformat()), data={})
    assert "nothing was changed" in opened.get(answer.headers["location"]).text
    assert len(desk.entries) == before


@pytest.mark.parametrize(
    "page", [path("record"), path("then"), path("entry", "x"), path("entry", "x", "1"), path("import"),
             path("import", "1"), path("import", "2"), path("free", "2026-01-01")]
)  # fmt: skip
def test_locked_notes_show_the_first_screen_instead(client, page):
    answer = client.get(page)
    assert (answer.status_code, answer.headers["location"]) == (303, path("first"))


def test_the_changer_reads_what_they_said_they_would_do(changer, desk):
    desk.add(
        [
            entry("promise", 1, what="Be home at six", outcome="broken"),
            entry("practice", 1, which="Breathing", did=True), entry("cost", 1, what="My son went out", kind="family"),
            entry("practice", 1, which="owning", did_what="I shouted"),
        ]
    )  # fmt: skip
    said = main(changer.get(path("record")))
    assert "What I said I would do · “Be home at six”" in said
    assert "What I did: I shouted." in said
    for ledger, words in (("1", "Be home at six"), ("8", "Breathing. Done."), ("9", "My son went out")):
        assert words in main(changer.get(path("record"), params={"f": ledger}))
    assert "What they did" not in said
    assert "Promises" not in said


def test_a_ten_year_record_is_a_small_page(opened, desk):
    start = datetime.combine(ago(3650), datetime.min.time())
    days = [
        replace(entry("day", contact=True, day="calm", treated=5), at=start + timedelta(days=n))
        for n in range(3650)
    ]
    acts = [replace(entry("act", act="shouted"), at=start + timedelta(days=n)) for n in range(3650)]
    desk.add([*days, *acts])
    answer = opened.get(path("record"))
    assert len(answer.content) < 300_000
    assert answer.text.count("<option") == len({f"{d.at:%Y-%m}" for d in days})
