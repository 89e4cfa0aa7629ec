"""JSONL out and in again."""

import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from velveteen.journal.jsonl import dumps, loads, read, write
from velveteen.problems import BadInput

from .strategies import records

GOOD = b'{"at":"2026-03-01T00:00:00","id":"%s","kind":"day","payload":{"contact":true},"written":"2026-03-01T21:00:00"}\n'


@given(records)
def test_round_trip_to_the_byte(entries):
    data = dumps(entries)
    read_back, problems = loads(data)
    assert problems == []
    assert read_back == entries
    assert dumps(read_back) == data


@given(st.binary(max_size=200))
def test_any_bytes_give_entries_and_problems_and_no_error(data):
    entries, problems = loads(data)
    lines = [line for line in data.removeprefix(b"\xef\xbb\xbf").split(b"\n") if line.strip()]
    assert len(entries) + len(problems) == len(lines)


def test_unknown_kinds_and_keys_survive():
    line = GOOD.replace(b'"day"', b'"dream"').replace(b"true", b'true,"shape":{"a":[1,null,2.5]}')
    entries, problems = loads(line)
    assert problems == []
    assert entries[0].kind == "dream"
    assert entries[0].payload["shape"] == {"a": [1, None, 2.5]}
    assert dumps(entries) == line


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "not JSON"),
        (b"[1]", "not a JSON object"),
        (b"\xff\xfe{", "not UTF-8"),
        (GOOD.replace(b"true", b"NaN"), "NaN"),
        (GOOD.replace(b"true", b"1e999"), "too large"),
        (GOOD.replace(b'"kind":"day",', b""), "“kind” is missing"),
        (GOOD.replace(b"T00:00:00", b"T25:00:00"), "not a date"),
        (GOOD.replace(b'{"contact":true}', b"[]"), "must be an object"),
        (GOOD.replace(b'"kind"', b'"mood":1,"kind"'), "mood"),
        (GOOD.replace(b'"kind":"day"', b'"kind":"day","kind":"act"'), "same key twice"),
        (GOOD.replace(b'"day"', b"7"), "must be text"),
        (b"[" * 100_000, "nested too deeply"),
    ],
)
def test_a_broken_line_is_named_and_the_others_are_read(line, reason):
    entries, problems = loads(GOOD % b"a" + b"\n" + line.strip().replace(b"%s", b"b") + b"\n" + GOOD % b"c")
    assert [entry.id for entry in entries] == ["a", "c"]
    assert [problem.where for problem in problems] == ["line 3"]
    assert reason in problems[0].message


def test_an_id_that_comes_twice_is_named():
    entries, problems = loads(GOOD % b"a" + GOOD % b"a")
    assert len(entries) == 1
    assert (problems[0].code, problems[0].where) == ("repeated_id", "line 2")


def test_carriage_returns_and_a_mark_at_the_start_do_no_harm():
    entries, problems = loads(b"\xef\xbb\xbf" + (GOOD % b"a").replace(b"\n", b"\r\n"))
    assert ([entry.id for entry in entries], problems) == (["a"], [])


def test_a_file_is_written_whole_for_its_owner_alone(tmp_path, entry):
    out = tmp_path / "out.jsonl"
    given_entries = [entry(2, act="lied"), entry(3, act="listened")]
    write(out, given_entries)
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert read(out) == (given_entries, [])
    assert [file.name for file in tmp_path.iterdir()] == ["out.jsonl"]


def test_a_missing_file_and_a_missing_folder_are_said_plainly(tmp_path, entry):
    with pytest.raises(BadInput, match="could not be read"):
        read(tmp_path / "nowhere.jsonl")
    with pytest.raises(BadInput, match="no folder"):
        write(tmp_path / "nowhere" / "out.jsonl", [entry()])
