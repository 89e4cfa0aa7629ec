"""Journals that open fast: the same derivation at its lowest cost, written in the key file like any other."""

from __future__ import annotations

from datetime import datetime

import pytest
from cheap_key import new_key

from velveteen.journal import key
from velveteen.journal.entries import Entry, uuid7
from velveteen.journal.sealed import SealedJournal

PASSPHRASE = "prodigy ripening record ascent ceramics pretended"
NOW = datetime(2026, 5, 1, 21, 30)


@pytest.fixture
def cheap_key(monkeypatch):
    monkeypatch.setattr(key, "new_key", new_key)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "notes"


@pytest.fixture
def journal(cheap_key, path):
    with SealedJournal.create(path, PASSPHRASE) as opened:
        yield opened


@pytest.fixture
def entry():
    """Makes an entry of that day in March 2026."""

    def make(day=1, kind="act", about="", facts="", feelings="", corrects=None, **payload):
        at = datetime(2026, 3, day)
        return Entry(uuid7(), kind, at, NOW, payload, about, facts, feelings, corrects)

    return make
