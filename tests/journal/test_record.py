"""An entry as bytes."""

import math
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given

from velveteen.journal.record import all_from_stored, fingerprint, from_bytes, from_stored, to_bytes
from velveteen.problems import BadInput

from .strategies import entries, records


@given(entries)
def test_what_is_written_is_read_back(entry):
    assert from_bytes(to_bytes(entry)) == entry


@given(entries)
def test_the_fast_way_back_gives_the_same(entry):
    assert from_stored(to_bytes(entry)) == entry


@pytest.mark.parametrize(
    "data",
    [
        b"{}",
        b"[]",
        b"7",
        b"{",
        b"\xff{}",
        b'{"id":"a","kind":"n","at":"2026-01-01","written":"2026-01-01"}]',
        b'{"id":"a","kind":"day","at":"x","written":"x"}',
    ],
)
def test_the_fast_way_back_says_what_is_wrong_too(data):
    with pytest.raises(BadInput) as caught:
        from_stored(data)
    assert caught.value.code == "broken_entry"


@given(records)
def test_many_are_read_back_as_one_by_one(record):
    assert all_from_stored([to_bytes(entry) for entry in record]) == record


@pytest.mark.parametrize(
    "broken", [b"{}", b"7", b"{", b'{"id":"a"},{"id":"b"}', b"null", b"", b"[" * 10_000 + b"]" * 10_000]
)
def test_one_of_many_that_is_broken_is_said_to_be(entry, broken):
    with pytest.raises(BadInput) as caught:
        all_from_stored([to_bytes(entry()), broken, to_bytes(entry())])
    assert caught.value.code == "broken_entry"


def test_two_entries_in_one_row_are_not_two_entries(entry):
    two = to_bytes(entry()) + b"," + to_bytes(entry())
    with pytest.raises(BadInput, match="not JSON"):
        all_from_stored([two])


@given(entries)
def test_one_entry_is_one_line_and_always_the_same_bytes(entry):
    data = to_bytes(entry)
    assert b"\n" not in data
    assert to_bytes(replace(entry, payload=dict(reversed(entry.payload.items())))) == data


@pytest.mark.parametrize("value", [math.nan, math.inf, date(2026, 1, 1), {1, 2}])
def test_what_json_cannot_hold_is_refused_before_it_is_kept(entry, value):
    with pytest.raises(BadInput, match="Nothing was written") as caught:
        to_bytes(entry(strange=value))
    assert caught.value.code == "entry_unstorable"


def test_a_time_zone_is_refused_on_both_ways(entry):
    with pytest.raises(BadInput, match="time zone"):
        to_bytes(replace(entry(), at=datetime(2026, 1, 1, tzinfo=UTC)))
    with pytest.raises(BadInput, match="time zone"):
        from_bytes(
            b'{"id":"a","kind":"day","at":"2026-01-01T00:00:00+01:00","written":"2026-01-01T00:00:00"}'
        )


def test_equal_words_share_a_fingerprint_whenever_they_were_written(entry):
    first = entry(3, act="lied")
    again = replace(entry(3, act="lied"), written=datetime(2027, 1, 1))
    assert first.id != again.id
    assert fingerprint(first) == fingerprint(again)


def test_half_a_surrogate_pair_survives(entry):
    odd = entry(facts="broken \ud83d emoji")
    assert from_bytes(to_bytes(odd)) == odd


@pytest.mark.parametrize(
    "change",
    [{"kind": "day"}, {"at": datetime(2026, 3, 4)}, {"payload": {"act": "denied_it"}}, {"facts": "x"}, {"feelings": "x"},
     {"about": "x"}, {"corrects": "x"}],
)  # fmt: skip
def test_any_other_word_changes_the_fingerprint(entry, change):
    first = entry(3, act="lied")
    assert fingerprint(replace(first, **change)) != fingerprint(first)
