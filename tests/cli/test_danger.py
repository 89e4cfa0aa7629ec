"""`danger`: the closed list is answered, or shown, or asked; what was not asked is never written."""

from __future__ import annotations

import io
import sys

import pytest

from velveteen.cli import safety_commands
from velveteen.guide.danger import signs


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


def test_leaving_midway_writes_nothing(vv, journal, monkeypatch):
    monkeypatch.setattr(safety_commands, "person_is_here", lambda: True)
    monkeypatch.setattr(sys, "stdin", io.StringIO("n\n"))
    assert vv("danger", *journal).code == 130
    assert vv("danger", *journal, "--sign", signs()[-1].id, "--json").json["unanswered"] == []
