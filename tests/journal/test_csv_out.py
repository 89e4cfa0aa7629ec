"""The table of entries holds every word, and no cell that a spreadsheet would run."""

import csv
import io
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from velveteen.journal.csv_out import COLUMNS, cell_words, entries_csv, safe_cell

from .strategies import records


def rows(data):
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
def test_what_would_be_a_formula_is_words(entry, start):
    given_words = f'{start}HYPERLINK("http://example.org","he said")'
    cells = rows(entries_csv([entry(facts=given_words, about=given_words, feelings=given_words)]))[1]
    for name in ("facts", "about", "feelings"):
        cell = cells[COLUMNS.index(name)]
        assert cell == f"'{given_words}"
        assert cell_words(cell) == given_words


def test_plain_words_stay_as_they_are(entry):
    cells = rows(entries_csv([entry(facts="He said = and +1; “no”,\nthen left", act="lied")]))[1]
    assert cells[COLUMNS.index("facts")] == "He said = and +1; “no”,\nthen left"
    assert json.loads(cells[COLUMNS.index("payload")]) == {"act": "lied"}


@given(st.text())
def test_every_cell_gives_its_words_back_and_none_begins_a_formula(words):
    cell = safe_cell(words)
    assert cell_words(cell) == words
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@given(records)
def test_nothing_of_any_record_is_lost(entries):
    whole = [replace(e, facts=e.facts.replace("\0", ""), kind="day") for e in entries]
    head, *cells = rows(entries_csv(whole))
    assert tuple(head) == COLUMNS
    assert len(cells) == len(whole)
    for row, one in zip(cells, whole, strict=True):
        named = dict(zip(COLUMNS, map(cell_words, row), strict=True))
        assert (named["id"], named["kind"], named["facts"]) == (one.id, one.kind, one.facts)
        assert (named["corrects"] or None) == one.corrects
        assert json.loads(named["payload"]) == one.payload


def test_half_of_a_pair_of_signs_is_written_as_its_number(entry):
    assert b"half \\ud83d a pair" in entries_csv([entry(facts="half \ud83d a pair")])
