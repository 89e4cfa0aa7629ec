"""`entries` lists what stands; `erase` takes it out, asks first, and warns about courts before it leaves no trace."""

from __future__ import annotations

import io
import sys
from datetime import date, datetime

import pytest

from velveteen.cli import erase_commands
from velveteen.cli.erase_commands import short_ids
from velveteen.guide.danger import answer, answers, danger_state
from velveteen.guide.words import NEVER_SAID, SHAMING, found
from velveteen.journal.entries import Entry
from velveteen.journal.sealed import SealedJournal

from .conftest import PASSPHRASE


def made(end, day=5, corrects=None, facts="", **payload):
    at = datetime(2026, 3, day)
    return Entry(f"01980000-0000-7000-8000-0000{end}", "act", at, at, payload, facts=facts, corrects=corrects)


FIRST = made("aaaaaaaa", 5, act="lied", facts="He said\nhe was at work")
SECOND = made("bbbbbbbb", 6, act="thanked_me")
OLD = made("cccccccc", 7, act="shouted")
NEW = made("dddddddd", 7, act="raised_voice", corrects=OLD.id)


@pytest.fixture
def filled(journal):
    with SealedJournal.open(journal[1], PASSPHRASE) as sealed:
        sealed.append([FIRST, SECOND, OLD, NEW])
    return journal


def left(filled):
    with SealedJournal.open(filled[1], PASSPHRASE) as sealed:
        return sealed.entries(), sealed.erased(), sealed.verify()


@pytest.fixture
def typed(monkeypatch):
    def line(text):
        monkeypatch.setattr(erase_commands, "person_is_here", lambda: True)
        monkeypatch.setattr(sys, "stdin", io.StringIO(f"{text}\n"))

    return line


def test_entries_that_stand_with_short_id_day_kind_and_words(vv, filled):
    lines = vv("entries", *filled).out.splitlines()
    assert lines == [
        "aaaaaaaa  2026-03-05  act  act: lied · He said he was at work",
        "bbbbbbbb  2026-03-06  act  act: thanked_me",
        "dddddddd  2026-03-07  act  act: raised_voice",
    ]


def test_entries_of_one_day(vv, filled):
    ended = vv("entries", *filled, "--day", "2026-03-06", "--json")
    assert ended.json == {
        "schema": 1,
        "entries": [
            {
                "id": SECOND.id,
                "short": "bbbbbbbb",
                "day": "2026-03-06",
                "kind": "act",
                "words": "act: thanked_me",
            }
        ],
    }
    assert "Nothing stands there" in vv("entries", *filled, "--day", "2026-03-09").out


def test_a_day_that_is_none(vv, filled):
    ended = vv("entries", *filled, "--day", "Tuesday")
    assert ended.code == 2
    assert "2026-03-05" in ended.err


def test_long_words_are_cut_on_a_line(vv, filled):
    with SealedJournal.open(filled[1], PASSPHRASE) as sealed:
        sealed.append([made("eeeeeeee", 9, facts="w" * 500)])
    assert vv("entries", *filled, "--day", "2026-03-09").out.strip().endswith("w…")


def test_ids_whose_ends_are_alike_are_shown_whole():
    one, two, three = (
        made("aaaaaaaa"),
        made("bbbbbbbb"),
        Entry("x-aaaaaaaa", "act", *[datetime(2026, 1, 1)] * 2),
    )
    assert short_ids([one, two, three]) == {one.id: one.id, two.id: "bbbbbbbb", three.id: three.id}


@pytest.mark.parametrize("given", ["aaaaaaaa", FIRST.id])
def test_an_entry_by_its_short_id_or_the_whole(vv, filled, given):
    ended = vv("erase", *filled, "--id", given, "--yes", "--json")
    assert (ended.code, ended.json) == (0, {"schema": 1, "erased": 1, "no_trace": False})
    assert left(filled) == ([SECOND, OLD, NEW], 1, None)
    assert "court" not in ended.err
    assert "Papers, exports, backups" in ended.err


def test_every_version_goes_and_several_may_be_named(vv, filled):
    assert vv("erase", *filled, "--id", "dddddddd", "--id", "bbbbbbbb", "--yes", "--json").json["erased"] == 3
    assert left(filled) == ([FIRST], 3, None)


def test_no_trace_warns_about_courts_first(vv, filled, typed):
    typed("n")
    ended = vv("erase", *filled, "--id", "aaaaaaaa", "--no-trace")
    assert ended.code == 130
    assert "court" in ended.out
    assert len(left(filled)[0]) == 4
    typed("y")
    assert vv("erase", *filled, "--id", "aaaaaaaa", "--no-trace").code == 0
    assert left(filled) == ([SECOND, OLD, NEW], 0, None)


def test_places_of_earlier_erasing_can_be_taken_out(vv, filled, typed):
    assert vv("erase", *filled, "--id", "aaaaaaaa", "--yes").code == 0
    typed("y")
    assert vv("erase", *filled, "--no-trace").code == 0
    assert left(filled) == ([SECOND, OLD, NEW], 0, None)


def test_a_chain_that_does_not_fit_is_said_before_it_is_written_anew(vv, filled):
    with SealedJournal.open(filled[1], PASSPHRASE) as sealed:
        sealed._connection.execute("UPDATE entries SET link = zeroblob(32) WHERE seq = 2")
    ended = vv("erase", *filled, "--id", "aaaaaaaa", "--no-trace", "--yes")
    assert "Entry 2 of 4 does not fit" in ended.out
    assert "nothing will show that any more" in ended.out


def test_without_an_id_nothing_is_erased_and_nothing_asked(vv, filled):
    ended = vv("erase", *filled)
    assert (ended.code, len(left(filled)[0])) == (0, 4)
    assert "No entry was named" in ended.out


@pytest.mark.parametrize("given", ["zzzzzzzz", "aaaa", ""])
def test_an_id_that_is_none_erases_nothing(vv, filled, given):
    ended = vv("erase", *filled, "--id", given, "--id", "bbbbbbbb", "--yes")
    assert ended.code == 2
    assert "velveteen entries" in ended.err
    assert len(left(filled)[0]) == 4


def test_an_end_that_two_share_erases_nothing(vv, filled):
    with SealedJournal.open(filled[1], PASSPHRASE) as sealed:
        sealed.append([Entry("other-aaaaaaaa", "act", *[datetime(2026, 3, 9)] * 2)])
    assert "More than one" in vv("erase", *filled, "--id", "aaaaaaaa", "--yes").err


def test_nobody_to_ask_erases_nothing(vv, filled):
    ended = vv("erase", *filled, "--id", "aaaaaaaa")
    assert ended.code == 2
    assert "--yes" in ended.err
    assert len(left(filled)[0]) == 4


def test_the_warning_shames_nobody():
    assert found(erase_commands._COURTS, SHAMING + NEVER_SAID) == []


def test_erasing_a_danger_sign_brings_no_odds_back(journal, vv):
    yes = answer("weapon", "yes", at=datetime.now())
    with SealedJournal.open(journal[1], PASSPHRASE) as sealed:
        sealed.append([*answers([], at=datetime.now()), yes], known="keep")
    vv("erase", "--id", yes.id, "--yes", *journal)
    with SealedJournal.open(journal[1], PASSPHRASE) as sealed:
        state = danger_state(sealed.entries(), date.today())
    assert state.standing == ()
    assert state.closed


def test_whose_notes_they_are_is_not_erased(journal, vv):
    at = datetime.now()
    side = Entry(
        "01980000-0000-7000-8000-0000eeeeeeee", "setting", at, at, {"key": "side", "value": "changer"}
    )
    with SealedJournal.open(journal[1], PASSPHRASE) as sealed:
        sealed.append([side])
    assert vv("erase", "--id", side.id, "--yes", *journal).code == 2
    with SealedJournal.open(journal[1], PASSPHRASE) as sealed:
        assert side in sealed.entries()
