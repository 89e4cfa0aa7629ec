"""Coded days of chats that overlap: each message once, of one person, by one version of the coder."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from velveteen.journal.entries import Entry, uuid7
from velveteen.measure.weekly import weekly_cells

MONDAY = datetime(2024, 1, 1)


def coded(pair, version=None, keys="AAAAAAAAAAE=", written=1):
    payload = {"channels": {"courtesy": pair}}
    payload |= {} if version is None else {"coder": version, "keys": keys}
    return Entry(uuid7(), "coded_day", MONDAY, datetime(2024, 2, written), payload, about="Ben")


def read(*entries):
    cells, _, problems = weekly_cells(list(entries))
    return [(c.value, c.of) for c in cells], [p.code for p in problems]


def test_days_that_name_their_messages_are_added_up():
    assert read(coded([1, 4], "a"), coded([2, 9], "a")) == ([(3.0, 13.0)], [])


@pytest.mark.parametrize("old", [[3, 14], [3, 12]])
def test_an_older_day_without_keys_stands_alone(old):
    new = coded([1, 4], "a"), coded([2, 9], "a")
    assert read(coded(old), *new) == ([(3.0, max(13.0, old[1]))], ["chats_overlap"])


def test_of_two_versions_the_one_that_counted_most_is_used():
    entries = coded([1, 4], "a"), coded([2, 9], "a"), coded([5, 12], "b")
    assert read(*entries) == ([(3.0, 13.0)], ["coder_versions"])
    assert read(*entries, coded([1, 2], "b")) == ([(6.0, 14.0)], ["coder_versions"])


def test_of_versions_that_counted_as_many_the_later_writing_is_used():
    assert read(coded([1, 9], "b", written=1), coded([2, 9], "a", written=2))[0] == [(2.0, 9.0)]


def test_versions_of_two_days_are_said_once():
    tuesday = [replace(coded([1, 4], v), at=datetime(2024, 1, 2)) for v in "ab"]
    _, _, problems = weekly_cells([coded([1, 4], "a"), coded([1, 4], "b"), *tuesday])
    assert [(p.code, p.where) for p in problems] == [("coder_versions", "2024-01-01")]
    assert "2 days were" in problems[0].message
