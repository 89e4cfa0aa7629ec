"""The desk holds what the file holds, also where another process writes to it."""

import asyncio
import threading
import time
from dataclasses import replace
from datetime import datetime

import pytest
from tests.app.conftest import PASSPHRASE

from velveteen.app import holds
from velveteen.app.shell import path
from velveteen.guide.danger import answers
from velveteen.journal.entries import Entry, uuid7
from velveteen.journal.sealed import SealedJournal
from velveteen.measure.weekly import weekly_cells
from velveteen.problems import Refused


def note(words):
    now = datetime.now()
    return Entry(uuid7(), "note", now, now, {}, facts=words)


def test_what_another_process_writes_is_seen_at_once(opened, desk):
    assert desk.once("number", lambda: len(desk.standing)) == len(desk.standing)
    before = len(desk.standing)
    with SealedJournal.open(desk.path, PASSPHRASE) as other:
        other.append([note("from the command line")])
    assert desk.once("number", lambda: len(desk.standing)) == before + 1
    assert desk.standing[-1].facts == "from the command line"


def test_a_danger_sign_answered_on_the_command_line_closes_the_pages_that_are_open(opened, desk):
    desk.add(answers([], at=datetime.now()))
    assert "Safety comes first" not in opened.get(path("odds")).text
    with SealedJournal.open(desk.path, PASSPHRASE) as other:
        other.append(answers(["weapon"], at=datetime.now()), known="keep")
    assert "Safety comes first" in opened.get(path("odds")).text


def test_what_was_made_is_made_again_only_when_the_record_changed(opened, desk):
    made = []
    for _ in range(3):
        desk.once("page", lambda: made.append(1))
    assert made == [1]
    desk.add([note("more")])
    desk.once("page", lambda: made.append(1))
    assert made == [1, 1]


def by_desk_and_by_file(desk):
    """What the desk goes on with, and what a desk that reads the file anew has."""
    known = (desk.entries, desk.standing, desk.settings, desk.side, dict(desk.by_id))
    desk.forget()
    return known, (desk.entries, desk.standing, desk.settings, desk.side, dict(desk.by_id))


def test_what_is_added_by_hand_stands_as_if_the_file_were_read_anew(opened, desk):
    first, late = note("first"), note("dated back")
    assert desk.standing
    desk.add([first, replace(late, at=datetime(2020, 5, 1))])
    desk.add([replace(note("put right"), at=first.at, corrects=first.id)])
    desk.set(country="IE")
    known, read = by_desk_and_by_file(desk)
    assert known == read
    assert desk.standing[0].facts == "dated back"
    assert "first" not in {e.facts for e in desk.standing}


def test_an_addition_by_hand_reads_nothing_again(opened, desk, monkeypatch):
    assert desk.standing
    monkeypatch.setattr(desk.journal, "entries", lambda: pytest.fail("the whole file was read again"))
    desk.add([note("more")])
    assert desk.entries[-1].facts == desk.standing[-1].facts == "more"


def test_what_is_brought_in_from_a_file_is_read_as_the_file_keeps_it(opened, desk):
    known = note("known")
    desk.add([known])
    assert desk.standing
    assert desk.add([replace(known, id=uuid7()), note("new")], by_hand=False) == 1
    assert [e.facts for e in desk.standing if e.kind == "note"] == ["known", "new"]


def test_what_another_process_wrote_just_before_an_addition_is_seen_too(opened, desk):
    assert desk.standing
    with SealedJournal.open(desk.path, PASSPHRASE) as other:
        other.append([note("from the command line")])
    desk.add([note("by hand")])
    known, read = by_desk_and_by_file(desk)
    assert known == read
    assert [e.facts for e in desk.entries if e.kind == "note"] == ["from the command line", "by hand"]


def test_what_depends_on_some_kinds_is_made_again_only_when_one_of_these_is_added_or_put_right(opened, desk):
    made = []

    def made_after(*entries):
        desk.add(entries)
        desk.once("page", lambda: made.append(1), of=("day", "danger"))
        return len(made)

    assert desk.standing
    day = replace(note(""), kind="day", payload={"contact": True})
    assert made_after(note("no day")) == 1
    assert made_after(note("no day either")) == 1
    assert made_after(day) == 2
    assert made_after(replace(note("instead of the day"), corrects=day.id)) == 3
    assert made_after(note("no day")) == 3


def test_a_locked_desk_gives_nothing(opened, desk):
    desk.close()
    for ask in (lambda: desk.entries, lambda: desk.standing, lambda: desk.settings, lambda: desk.side,
                lambda: desk.once("x", list), lambda: desk.add([note("x")])):  # fmt: skip
        with pytest.raises(Refused, match="locked"):
            ask()


def test_an_empty_setting_takes_one_back(opened, desk):
    desk.set(country="GB")
    desk.set(country="")
    assert desk.settings["country"] == ""


def test_a_side_that_is_not_known_gets_the_partner_s_safeguards(opened, desk):
    desk.set(side="something new")
    assert desk.side == "partner"


def test_what_takes_long_is_made_beside_the_pages_and_once(opened, desk):
    threads = []

    def make(number):
        threads.append(threading.current_thread())
        return number

    async def twice():
        return [await desk.once_beside("slow", make, 7) for _ in range(2)]

    assert asyncio.run(twice()) == [7, 7]
    assert len(threads) == 1
    assert threads[0] is not threading.current_thread()


def test_what_was_made_of_a_record_that_changed_meanwhile_is_not_kept(opened, desk):
    def make():
        with SealedJournal.open(desk.path, PASSPHRASE) as other:
            other.append([note("meanwhile")])
        return "old"

    assert asyncio.run(desk.once_beside("slow", make)) == "old"
    assert desk.once("slow", lambda: "new") == "new"


def test_what_was_made_while_the_notes_were_locked_is_dropped(opened, desk):
    async def locked_meanwhile():
        waits = asyncio.create_task(desk.once_beside("slow", time.sleep, 0.2))
        await asyncio.sleep(0.05)
        desk.close()
        with pytest.raises(Refused, match="locked"):
            await waits

    asyncio.run(locked_meanwhile())


@pytest.mark.parametrize("page", ["holds", "odds"])
def test_cells_are_counted_beside_the_pages(opened, desk, monkeypatch, page):
    threads = []

    def counted(entries):
        threads.append(threading.current_thread())
        return weekly_cells(entries)

    monkeypatch.setattr(holds, "weekly_cells", counted)
    desk.add(answers([], at=datetime.now()))
    assert opened.get(path(page)).status_code == 200
    assert len(threads) == 1
    assert threads[0] is not threading.current_thread()
