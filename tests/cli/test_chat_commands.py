"""`chat-counts` and `relabel`: counts without a line, and answers that are asked, kept, and reckoned with."""

from __future__ import annotations

import io
import json
import sys

import pytest
from tests.measure.coded import coded, hurting_chat

from velveteen.cli import chat_commands, report_command
from velveteen.cli.voice import Voice
from velveteen.guide.danger import answers
from velveteen.journal.entries import Entry, uuid7
from velveteen.journal.sealed import SealedJournal
from velveteen.measure.coded_weeks import HURT
from velveteen.measure.relabel_draw import relabelling

from .conftest import PASSPHRASE


def kept(journal, entries):
    with SealedJournal.open(journal[1], PASSPHRASE) as sealed:
        sealed.append(entries)


def held(journal):
    with SealedJournal.open(journal[1], PASSPHRASE) as sealed:
        return sealed.entries()


@pytest.fixture
def chat(journal):
    kept(journal, hurting_chat())
    return journal


@pytest.fixture
def typed(monkeypatch):
    """Somebody sits at a terminal and types these lines."""

    def at_a_terminal(*lines):
        monkeypatch.setattr(chat_commands, "person_is_here", lambda: True)
        monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join(lines) + "\n"))

    return at_a_terminal


def of_oneself(journal):
    now = hurting_chat(1)[0].written
    kept(journal, [Entry(uuid7(), "setting", now, now, {"key": "side", "value": "changer"})])


def test_counts_are_told_by_group_and_no_line_is(vv, chat):
    said = vv("chat-counts", *chat).out
    assert "This is a count, not a verdict about a person." in said
    assert "What hurts" in said
    assert "Any of these: counted in 80" in said
    assert not any(f"{word} {day}" in said for word in ("blame", "threat", "plain") for day in range(40))


def test_the_contract(vv, chat):
    told = vv("chat-counts", *chat, "--json").json
    assert (told["schema"], told["years"], told["own"]) == (1, [2024], False)
    assert {
        "week": "2024-01-01",
        "code": "messages",
        "counted": 280,
        "messages": 280,
        "low": None,
        "high": None,
    } in told["weeks"]
    assert "threat 3" not in json.dumps(told)


def test_a_year_is_chosen_or_said_not_to_be_there(vv, chat):
    kept(chat, [coded(400)])
    assert "of 2024" in vv("chat-counts", *chat, "--year", "2024").out
    assert "of 2025" in vv("chat-counts", *chat).out
    refused = vv("chat-counts", *chat, "--year", "1999")
    assert refused.code == 2
    assert "there are: 2025, 2024" in refused.err


def test_without_a_chat_both_say_so(vv, journal):
    for command in ("chat-counts", "relabel"):
        refused = vv(command, *journal)
        assert refused.code == 3
        assert "read into this journal" in refused.err


def test_while_a_sign_stands_who_can_be_reached_is_said_first(vv, chat):
    kept(
        chat,
        [e for e in answers(["strangled"], at=hurting_chat(1)[0].written) if e.payload["answer"] == "yes"],
    )
    said = vv("chat-counts", *chat).out
    assert 0 <= said.index("help-now") < said.index("This is a count")


def test_each_message_is_asked_and_each_answer_is_sealed_until_one_stops(vv, chat, typed):
    typed("y", "perhaps", "n", "?", "s")
    ended = vv("relabel", *chat, "--json")
    assert ended.code == 0
    assert (ended.json["answered"], ended.json["waiting"], ended.json["coder"]) == (3, 37, None)
    assert [e.payload["hurts"] for e in held(chat) if e.kind == "relabel"] == ["yes", "no", "unsure"]
    assert "2 of 40" in ended.err
    assert "Does this hurt? (an insult" in ended.err


def test_all_answers_come_to_figures(vv, chat, typed):
    typed(*("y" if i.counted else "n" for i in relabelling(held(chat)).waiting))
    ended = vv("relabel", *chat, "--json")
    assert ended.json["waiting"] == 0
    assert ended.json["coder"]["false_positives"][1] > 281
    assert ended.json["before"] == {"right": 10, "asked": 10, "missed": 0, "asked_others": 10}
    assert "Of 20 messages counted as hurting you called 20 so." in vv("relabel", *chat).out


def test_told_asks_nothing_and_where_nobody_is_there_nothing_is_changed(vv, chat):
    assert "Nothing is answered yet." in vv("relabel", *chat, "--told").out
    refused = vv("relabel", *chat)
    assert refused.code == 2
    assert "nobody here to ask" in refused.err
    assert not [e for e in held(chat) if e.kind == "relabel"]


def test_nobody_is_judge_of_their_own_words(vv, chat):
    of_oneself(chat)
    refused = vv("relabel", *chat, "--told")
    assert refused.code == 3
    assert "nobody is judge of their own words" in refused.err


def test_a_paper_with_odds_is_weighed_with_the_household_s_figures(vv, chat, typed, monkeypatch):
    typed(*("y" if i.counted else "n" for i in relabelling(held(chat)).waiting))
    vv("relabel", *chat)
    given = []

    def judge(cells, points, channels, **more):
        given.append(channels)
        raise InterruptedError

    monkeypatch.setattr("velveteen.judge.api.judge", judge)
    with pytest.raises(InterruptedError):
        report_command._record(Voice(False), held(chat), report_command.Therapy.NONE, with_odds=True)
    assert list(given[0]) == [HURT]
