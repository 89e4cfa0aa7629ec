"""`doctor` looks through the home it is run in, opens no journal, and changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from velveteen.cli.doctor_command import _LIMITS
from velveteen.guide.words import NEVER_SAID, SHAMING, found


@pytest.fixture
def home(tmp_path, monkeypatch):
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setattr(Path, "home", lambda: folder)
    return folder


def test_a_trace_is_named_with_how_to_clear_it(vv, home):
    history = home / ".bash_history"
    history.write_text("velveteen new --journal a\n")
    ended = vv("doctor", "--json")
    assert ended.code == 0
    [trace] = [t for t in ended.json["traces"] if t["kind"] == "shell_history"]
    assert trace["where"] == str(history)
    assert trace.keys() == {"kind", "where", "what", "clear"}
    assert trace["what"] in ended.err
    assert trace["clear"] in ended.err
    assert history.read_text() == "velveteen new --journal a\n"


def test_nothing_found_still_says_what_it_cannot_find(vv, home, monkeypatch):
    monkeypatch.setattr("velveteen.journal.traces.find_traces", lambda *_: [])
    said = vv("doctor").out
    assert "Nothing was found" in said
    assert "cannot find spyware" in said
    assert found(_LIMITS, SHAMING + NEVER_SAID) == []


def test_the_journal_is_looked_around_without_its_passphrase(vv, home):
    journal = home / "notes.vv"
    journal.write_bytes(b"sealed")
    journal.chmod(0o644)
    ended = vv("doctor", "--journal", journal, "--json")
    assert "permissions" in {t["kind"] for t in ended.json["traces"]}
    assert journal.read_bytes() == b"sealed"


def test_a_journal_that_is_not_there_is_said(vv, home):
    assert vv("doctor", "--journal", home / "nowhere.vv").code == 2
