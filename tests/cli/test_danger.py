"""`danger`: the closed list is answered, or shown, or asked; what was not asked is never written."""

from __future__ import annotations

import io
import sys
from datetime import date, datetime

import pytest

from velveteen.cli import asking, safety_commands
from velveteen.guide.danger import danger_state, signs
from velveteen.guide.lines import help_lines
from velveteen.journal.entries import Entry
from velveteen.journal.sealed import SealedJournal

from .conftest import PASSPHRASE

NOW = datetime(2026, 1, 5, 12)


def test_none_of_the_signs_opens_the_gate_for_a_month(vv, journal):
    ended = vv("danger", *journal, "--none", "--json")
    assert ended.code == 0
    assert (ended.json["closed"], ended.json["standing"], ended.json["unanswered"]) == (False, [], [])
    assert ended.json["due_again"] is not None


@pytest.mark.parametrize("sign", [s.id for s in signs()])
def test_a_sign_closes_it(vv, journal, sign):
    ended = vv("danger", *journal, "--sign", sign, "--json")
    assert ended.code == 0
    assert (ended.json["closed"], ended.json["standing"]) == (True, [sign])
    assert "help-now" in ended.err


def test_an_open_gate_never_speaks_of_low_risk(vv, journal):
    said = vv("danger", *journal, "--none").out
    assert "nothing about how safe" in said
    assert "low" not in said.split()


def test_the_list_needs_no_journal(vv):
    ended = vv("danger", "--list", "--json")
    assert ended.code == 0
    assert [(s["id"], s["question"]) for s in ended.json["signs"]] == [(s.id, s.question) for s in signs()]


@pytest.mark.parametrize(
    "options", [(), ("--none", "--sign", "afraid_now"), ("--sign", "odd"), ("--none", "--sign", "odd")]
)
def test_a_slip_changes_nothing(vv, journal, options):
    ended = vv("danger", *journal, *options)
    assert ended.code == 2
    assert "nothing was" in ended.err.lower()


def test_without_a_journal_it_says_what_is_missing(vv):
    ended = vv("danger", "--none")
    assert ended.code == 2
    assert "--list" in ended.err


def test_on_a_terminal_each_question_is_asked(vv, journal, monkeypatch):
    monkeypatch.setattr(safety_commands, "person_is_here", lambda: True)
    monkeypatch.setattr(sys, "stdin", io.StringIO("y\n" + "n\n" * (len(signs()) - 1)))
    ended = vv("danger", *journal, "--json")
    assert ended.code == 0
    assert ended.json["standing"] == [signs()[0].id]
    for sign in signs():
        assert sign.question in ended.err


@pytest.fixture
def typed(monkeypatch):
    """Somebody sits at a terminal and types these lines, then closes it."""

    def lines(*given):
        monkeypatch.setattr(safety_commands, "person_is_here", lambda: True)
        monkeypatch.setattr(asking, "person_is_here", lambda: True)
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in given)))

    return lines


def state_of(journal):
    with SealedJournal.open(journal[1], PASSPHRASE) as sealed:
        return danger_state(sealed.entries(), date.today())


def add(journal, *entries):
    with SealedJournal.open(journal[1], PASSPHRASE) as sealed:
        sealed.append(entries, known="keep")


def test_leaving_midway_keeps_no_answer_but_each_yes(vv, journal, typed):
    typed("n")
    ended = vv("danger", *journal)
    assert ended.code == 130
    assert "nothing new was kept" in ended.err
    assert state_of(journal).standing == ()
    typed("n", "y", "n", "y")
    ended = vv("danger", *journal)
    assert ended.code == 130
    assert state_of(journal).standing == (signs()[1].id, signs()[3].id)
    assert f"kept: {signs()[1].label}; {signs()[3].label}" in ended.err


def test_ctrl_c_keeps_each_yes(vv, journal, monkeypatch, typed):
    typed()
    given = iter(["y"])

    def prompt(*_, **__):
        try:
            return next(given)
        except StopIteration:
            raise KeyboardInterrupt from None

    monkeypatch.setattr("typer.prompt", prompt)
    ended = vv("danger", *journal)
    assert (ended.code, state_of(journal).standing) == (130, (signs()[0].id,))
    assert signs()[0].label in ended.err


@pytest.mark.parametrize("word", ["?", "not sure", "Skip", "I cannot say."])
def test_i_cannot_say_leaves_a_sign_open_even_after_an_earlier_no(vv, journal, typed, word):
    assert vv("danger", *journal, "--none").code == 0
    typed("what", word, *["no"] * (len(signs()) - 1))
    ended = vv("danger", *journal, "--json")
    assert (ended.json["closed"], ended.json["unanswered"]) == (True, [signs()[0].id])
    assert "stays open, so no odds are shown" in ended.err


def test_a_yes_brings_the_lines_of_the_journal_s_country_emergency_first(
    vv, tmp_path, passphrase_file, typed
):
    sealed = ["--journal", str(tmp_path / "ie.vv"), "--passphrase-file", str(passphrase_file)]
    assert vv("new", *sealed, "--country", "IE").code == 0
    lines = help_lines("IE", date.today())
    said = vv("danger", *sealed, "--sign", "afraid_now").out
    assert said.index(lines.emergency) < said.index(lines.abuse[0].number)
    typed("y", *["n"] * (len(signs()) - 1))
    said = vv("danger", *sealed).out
    assert lines.emergency in said
    assert lines.abuse[0].number in said


def test_without_a_country_it_says_how_to_choose_one(vv, journal):
    assert "help-now --country" in vv("danger", *journal, "--sign", "afraid_now").out
    add(journal, Entry("s", "setting", NOW, NOW, {"key": "country", "value": "ZZ"}))
    ended = vv("danger", *journal, "--sign", "afraid_now")
    assert ended.code == 0
    assert "help-now --country" in ended.out


def test_a_sign_given_by_mistake_is_taken_back(vv, journal, typed):
    assert vv("danger", *journal, "--sign", "weapon").code == 0
    unasked = vv("danger", *journal, "--retract", "weapon")
    assert (unasked.code, state_of(journal).standing) == (2, ("weapon",))
    assert "--yes" in unasked.err
    typed("n")
    assert vv("danger", *journal, "--retract", "weapon").code == 130
    assert state_of(journal).standing == ("weapon",)
    assert vv("danger", *journal, "--retract", "weapon", "--yes", "--json").json["closed"] is False


def test_what_does_not_stand_cannot_be_taken_back_and_the_ids_are_listed(vv, journal):
    assert vv("danger", *journal, "--sign", "weapon").code == 0
    ended = vv("danger", *journal, "--retract", "wepon", "--yes")
    assert ended.code == 2
    assert "These stand: weapon." in ended.err


def test_none_is_questioned_by_the_words_of_the_record_and_never_overruled(vv, journal, typed):
    add(journal, Entry("a", "act", NOW, NOW, {"act": "hurt"}, facts="He choked me."))
    ended = vv("danger", *journal, "--none", "--json")
    assert (ended.code, ended.json["closed"]) == (0, False)
    assert "“choked”" in ended.err
    assert "nothing is changed" in ended.err
    typed("n")
    assert vv("danger", *journal, "--none").code == 130
    assert "words like" not in vv("danger", *journal, "--sign", "strangled").err
