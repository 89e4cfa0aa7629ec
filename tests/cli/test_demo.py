"""`demo`: shows the commands that it runs, leaves what it says, and touches nothing that it did not make."""

from __future__ import annotations

import json

import pytest

from velveteen import demo

SHOWN = ["new", "import", "import", "danger", "report", "report"]


@pytest.fixture(autouse=True)
def short(monkeypatch):
    """Sixteen weeks take the same way as two years."""
    monkeypatch.setattr(demo, "_WEEKS", 16)


def test_the_whole_way(vv, tmp_path):
    out = tmp_path / "demo"
    ended = vv("demo", "--out", out, "--seed", "2")
    assert ended.code == 0
    commands = [line.split()[2] for line in ended.out.splitlines() if line.startswith("$ velveteen")]
    assert commands == SHOWN
    assert "--with-odds" in ended.out
    assert str((out / "paper.html").absolute()) in ended.out.splitlines()[-2]
    assert "in 100" in (out / "paper.html").read_text("utf-8")
    assert "in 100" not in (out / "helper.html").read_text("utf-8")
    assert json.loads((out / "truth.json").read_text("utf-8"))["weeks"] == 16
    assert {p.name for p in out.iterdir()} <= set(demo._MADE)


def test_it_says_that_the_passphrase_is_a_demonstration_s(tmp_path):
    said = []
    assert demo.show(tmp_path / "demo", 1, say=said.append, run=lambda _: 0) == 0
    assert any("for this demonstration only" in line for line in said)


def test_it_can_be_shown_again(tmp_path):
    for _ in range(2):
        assert demo.show(tmp_path / "demo", 1, say=lambda _: None, run=lambda _: 0) == 0


def test_it_stops_at_the_first_command_that_fails(tmp_path):
    ran = []
    code = demo.show(
        tmp_path / "demo",
        1,
        say=lambda _: None,
        run=lambda typed: ran.append(typed[0]) or 3 * (len(ran) == 2),
    )
    assert code == 3
    assert ran == SHOWN[:2]


def test_its_code_is_the_commands_code(vv, tmp_path, monkeypatch):
    monkeypatch.setattr(demo, "show", lambda *_, **__: 3)
    assert vv("demo", "--out", tmp_path / "demo").code == 3


def test_a_folder_of_somebody_else_is_not_touched(vv, tmp_path):
    (tmp_path / "diary.csv").write_text("mine")
    for command in ("demo", "simulate"):
        ended = vv(command, "--out", tmp_path)
        assert ended.code == 2
        assert "choose another folder" in ended.err
    assert {p.name: p.read_text() for p in tmp_path.iterdir()} == {"diary.csv": "mine"}
