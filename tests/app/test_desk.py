"""The desk holds what the file holds, also where another process writes to it."""

import asyncio
import threading
import time
from datetime import datetime

import pytest
from tests.app.conftest import PASSPHRASE

from velveteen.app.shell import path
from velveteen.guide.danger import answers
from velveteen.journal.entries import Entry, uuid7
from velveteen.journal.sealed import SealedJournal
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
