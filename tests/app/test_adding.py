"""A large file: the pages are answered meanwhile, how far it is can be seen, and a lock in the middle loses nothing."""

from __future__ import annotations

import asyncio
from collections import Counter

import httpx2
import pytest
from tests.app.conftest import ORIGIN, PASSPHRASE
from tests.app.files import DIARY
from tests.app.notes import entry, main

from velveteen.app import desk as desks
from velveteen.app import importing
from velveteen.app.shell import path
from velveteen.journal.jsonl import dumps
from velveteen.journal.sealed import SealedJournal
from velveteen.problems import Refused


@pytest.fixture
def slowly(monkeypatch):
    """Files are added three entries at a time, and nobody waits for them."""
    monkeypatch.setattr(importing, "PATIENCE", 0.0)
    monkeypatch.setattr(desks, "SLICE", 3)


def asked(opened, steps):
    """Several requests in one loop, in which what was begun goes on between them."""

    async def all_of_them():
        transport = httpx2.ASGITransport(opened.app, raise_app_exceptions=False)
        more = {"cookies": opened.cookies, "headers": opened.headers}
        async with httpx2.AsyncClient(transport=transport, base_url=ORIGIN, **more) as client:
            return await steps(client)

    return asyncio.run(all_of_them())


async def sent(client, data):
    await client.post(path("import"), files={"file": ("f", data)})
    return await client.post(path("import", "1"), data={})


async def at_its_end(client):
    for _ in range(200):
        page = await client.get(path("import", "2"))
        if page.status_code != 303 and "is being " not in page.text:
            return page
        await asyncio.sleep(0.01)
    raise AssertionError


def notes(count):
    return [entry("note", n % 300, facts=f"{n % 7} things") for n in range(count)]


def brought(desk):
    return [e for e in desk.entries if e.kind != "setting"]


def test_a_large_file_is_added_while_other_pages_are_answered(opened, desk, slowly):
    async def steps(client):
        answer = await sent(client, dumps(notes(100)))
        assert answer.headers["location"] == path("import", "2")
        during = []
        while (page := await client.get(path("import", "2"))) and "is being " in page.text:
            during.append((page, len(desk.journal.entries())))
            await asyncio.sleep(0)
        other = await client.get(path("record"))
        return during, other, await at_its_end(client)

    during, other, end = asked(opened, steps)
    assert {page.status_code for page, _ in during} == {other.status_code} == {200}
    assert any(2 < count < 100 for _, count in during)
    assert "is being read" in during[0][0].text
    assert '<noscript><meta http-equiv="refresh"' in during[0][0].text
    assert "100 entries added" in main(end)
    assert len(brought(desk)) == 100


def test_how_far_it_is_grows_and_is_no_sign_of_a_person(opened, desk, slowly, monkeypatch):
    touched = []

    async def steps(client):
        await sent(client, dumps(notes(60)))
        monkeypatch.setattr(desk, "touch", lambda: touched.append(1))
        found = []
        while (answer := await client.get(path("import", "p"))).status_code == 200:
            await client.get(path("import", "2"))
            found.append(int(answer.text))
            await asyncio.sleep(0)
        return found, answer

    found, end = asked(opened, steps)
    assert found == sorted(found)
    assert any(0 < far < 100 for far in found)
    assert end.headers["location"] == path("import", "2")
    assert touched in ([], [1])  # the page of what came of it is for a person


def test_equal_entries_in_different_parts_are_all_kept_and_twice_adds_none(opened, desk, slowly):
    same = [entry("act", 1, act="shouted") for _ in range(10)]

    async def twice(client):
        await sent(client, dumps(same))
        await at_its_end(client)
        await sent(client, dumps(same))
        return await at_its_end(client)

    assert "Nothing new" in main(asked(opened, twice))
    assert len(brought(desk)) == 10


def test_a_lock_in_the_middle_leaves_whole_entries_and_the_same_file_adds_the_rest_without_doubles(
    opened, desk, slowly
):
    data = dumps(notes(100))

    async def cut_off(client):
        await sent(client, data)
        while len(desk.journal.entries()) < 20:
            await asyncio.sleep(0)
        await client.post(path("lock"), data={})
        await asyncio.sleep(0.05)

    asked(opened, cut_off)
    assert desk.locked
    desk.open(PASSPHRASE)
    assert 10 < len(brought(desk)) < 100
    assert desk.journal.verify() is None

    async def again(client):
        await sent(client, data)
        return await at_its_end(client)

    asked(opened, again)
    told = Counter((e.facts, e.at) for e in brought(desk))
    assert told == Counter((e.facts, e.at) for e in notes(100))


def test_opened_again_in_between_the_rest_is_not_added_by_itself(opened, desk, slowly):
    async def cut_off(client):
        await sent(client, dumps(notes(100)))
        while len(desk.journal.entries()) < 20:
            await asyncio.sleep(0)
        desk.close()
        desk.open(PASSPHRASE)
        await asyncio.sleep(0.1)

    asked(opened, cut_off)
    assert len(brought(desk)) < 100


def test_two_tabs_cannot_add_a_file_at_once(opened, desk, slowly):
    async def steps(client):
        await sent(client, dumps(notes(60)))
        again = [
            await client.post(path("import", "1"), data={}),
            await client.post(path("import", "3"), data={"kind": "pocket"}),
            await client.post(path("import"), files={"file": ("g", DIARY)}),
            await client.get(path("import")),
        ]
        return again, await at_its_end(client)

    again, end = asked(opened, steps)
    assert {answer.headers["location"] for answer in again} == {path("import", "2")}
    assert "60 entries added" in main(end)


def test_what_is_found_out_later_is_asked_on_the_questions_page(opened, desk, slowly):
    async def steps(client):
        await sent(client, "date,contact\n03/04/2024,yes\n05/06/2024,yes\n")
        page = await at_its_end(client)
        await client.post(path("import", "1"), data={"first": "day"})
        return page, await at_its_end(client)

    page, end = asked(opened, steps)
    assert page.status_code == 400
    assert "which comes first" in main(page)
    assert "2 entries added" in main(end)


def test_a_disk_that_is_full_in_the_middle_says_that_a_part_was_added(opened, desk, slowly, monkeypatch):
    real, calls = SealedJournal.append, []

    def filling(self, entries, **more):
        calls.append(1)
        if len(calls) > 3:
            raise Refused("disk_full", "The disk is full.")
        return real(self, entries, **more)

    async def steps(client):
        monkeypatch.setattr(SealedJournal, "append", filling)
        await sent(client, dumps(notes(60)))
        return await at_its_end(client)

    page = asked(opened, steps)
    assert page.status_code == 409
    assert "A part of the file was added before" in page.text
    assert len(brought(desk)) == 9
    assert opened.get(path("import")).headers["location"] == path("import", "1")
