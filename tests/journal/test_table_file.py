"""Tables as spreadsheets write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from velveteen.journal.table_file import MAX_BYTES, decode, find_delimiter, read_table_file, records
from velveteen.problems import BadInput


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_encodings(encoding):
    assert decode("Gefühl;schön – “ja”".encode(encoding)) == "Gefühl;schön – “ja”"


def test_one_bad_byte_does_not_spoil_every_umlaut():
    assert decode("schön, früh".encode() + b" \xff") == "schön, früh \ufffd"
    assert decode(b"date,note\n" * 10 + b"\x81") == "date,note\n" * 10 + "\ufffd"


@pytest.mark.parametrize("data", [b"a,b\0c", b"\x81\x8d\xff", b"\xff\xfe\x00"])
def test_what_is_not_text(data):
    with pytest.raises(BadInput) as caught:
        decode(data)
    assert caught.value.code == "not_text"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimiters(delimiter):
    text = (
        delimiter.join(["date", "note"]) + "\n" + delimiter.join(["2024-01-01", '"one, two; three"']) + "\n"
    )
    assert find_delimiter(text) == delimiter


def test_one_column_has_no_delimiter_to_find():
    assert [record.cells for record in records("date\n2024-01-01\n", find_delimiter("date\n2024-01-01\n"))][
        :2
    ] == [("date",), ("2024-01-01",)]


def test_lines_are_counted_through_cells_with_line_breaks():
    found = list(records('date,note\n2024-01-01,"one\ntwo"\n2024-01-02,x\n', ","))
    assert [(r.line, r.cells) for r in found[:3]] == [
        (1, ("date", "note")),
        (2, ("2024-01-01", "one\ntwo")),
        (4, ("2024-01-02", "x")),
    ]


@pytest.mark.parametrize("cell", ['"open', '"open, but long', 'x"y', '"closed" too late'])
def test_a_quote_that_is_not_closed_swallows_no_other_line(cell):
    found = [r for r in records(f'date,note\n2024-01-01,{cell}\n2024-01-02,"fine"\n', ",") if any(r.cells)]
    assert [r.line for r in found] == [1, 2, 3]
    assert found[2].cells == ("2024-01-02", "fine")


def test_separators_within_a_cell_do_not_cut_a_line(tmp_path):
    file = tmp_path / "d.csv"
    file.write_text("date,note\n2024-01-01,one\u2028two\x0cthree\n2024-01-02,x\n", "utf-8")
    _, rows = read_table_file(file)
    assert [row.line for row in rows] == [2, 3]


@given(st.text(max_size=200), st.sampled_from([",", ";", "\t"]))
def test_any_text_is_cut_without_an_error_and_every_line_is_somewhere(text, delimiter):
    lines = text.split("\n")
    starts = [record.line for record in records(text, delimiter)]
    assert starts == sorted(set(starts))
    assert starts[0] == 1
    assert starts[-1] <= len(lines)


def test_empty_missing_and_far_too_large_files(tmp_path):
    empty = tmp_path / "empty.csv"
    empty.write_text(" \n,,\n")
    with pytest.raises(BadInput) as caught:
        read_table_file(empty)
    assert caught.value.code == "empty_file"
    with pytest.raises(BadInput) as caught:
        read_table_file(tmp_path / "nowhere.csv")
    assert caught.value.code == "file_unreadable"
    with empty.open("r+b") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(BadInput) as caught:
        read_table_file(empty)
    assert caught.value.code == "file_too_large"
