"""Notes about oneself stay so: nothing that comes in a form or a file makes them notes about someone else."""

from __future__ import annotations

import pytest
from tests.app.files import send
from tests.app.notes import entry

from velveteen.app.shell import path
from velveteen.journal.jsonl import dumps


def said(desk):
    return next(e for e in desk.entries if e.kind == "setting" and e.payload["key"] == "side")


def test_no_form_puts_something_in_the_place_of_a_setting(changer, desk):
    answer = changer.post(path("sheet", "13", said(desk).id), data={"what": "Ring at six", "can": "yes"})
    assert answer.status_code == 400
    assert said(desk) in desk.standing


def test_no_sheet_takes_an_entry_of_another_kind(opened, desk):
    note = entry("note", 1, facts="A plate broke")
    desk.add([note])
    assert opened.get(path("sheet", "8", note.id)).status_code == 400
    assert opened.post(path("sheet", "8", note.id), data={"what": "No shouting"}).status_code == 400
    assert desk.standing[-1].kind in ("note", "setting")


@pytest.mark.parametrize("side", ["changer", "unsure"])
def test_no_file_puts_something_in_the_place_of_a_setting(began, desk, side):
    client = began(side)
    data = dumps([entry("note", 1, facts="x", corrects=said(desk).id), entry("note", 2, facts="A walk")])
    send(client, data)
    assert client.post(path("import", "1"), data={}).status_code == 303
    assert "Settings stay as they are" in client.get(path("import", "2")).text
    assert [e.facts for e in desk.standing if e.kind == "note"] == ["A walk"]
    assert said(desk) in desk.standing


@pytest.mark.parametrize("way", ["later word", "in its place"])
def test_notes_about_oneself_cannot_be_turned(changer, desk, way):
    if way == "later word":
        desk.set(side="partner")
    else:
        desk.add([entry("note", 0, facts="x", corrects=said(desk).id)])
    assert desk.side == "changer"
    assert changer.get(path("odds")).headers["location"] == path("holds")


def test_a_file_of_the_other_side_is_refused_also_where_its_side_was_put_right(changer, desk):
    theirs = entry("setting", 3, key="side", value="partner")
    send(
        changer,
        dumps(
            [
                theirs,
                entry("setting", 2, corrects=theirs.id, key="about", value="M"),
                entry("note", 1, facts="x"),
            ]
        ),
    )
    assert changer.post(path("import", "1"), data={}).status_code == 400
    assert [e for e in desk.standing if e.kind == "note"] == []


def test_a_file_about_someone_that_does_not_say_so_is_refused_and_nothing_of_it_is_added(changer, desk):
    before = list(desk.entries)
    send(changer, dumps([entry("note", 2, facts="x"), entry("act", 1, act="shouted")]))
    refused = changer.post(path("import", "1"), data={})
    assert refused.status_code == 400
    assert "other side" in refused.text
    assert desk.entries == before
