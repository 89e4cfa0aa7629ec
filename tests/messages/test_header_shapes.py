"""Every header shape, read back to author, minute and body."""

import pytest

from .shapes import SHAPES, as_read, conversation, export_text


@pytest.mark.parametrize("shape", SHAPES, ids=lambda s: s.name)
@pytest.mark.parametrize("seed", [1, 2])
def test_a_year_of_messages_is_read_back_whole(read, shape, seed):
    written = conversation(seed)
    export = read(export_text(shape, written))
    assert [(m.at, m.author, m.text) for m in export.messages] == as_read(shape, written)
    assert export.unparsed == []
    assert export.system_lines == 0


@pytest.mark.parametrize("shape", SHAPES, ids=lambda s: s.name)
def test_windows_line_ends_and_a_byte_order_mark_change_nothing(read, shape):
    written = conversation(3)
    export = read("\ufeff" + export_text(shape, written).replace("\n", "\r\n"))
    assert [(m.at, m.author, m.text) for m in export.messages] == as_read(shape, written)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda s: s.name)
def test_lines_are_numbered_from_one(read, shape):
    written = conversation(4, 40)
    expected, line = [], 1
    for message in written:
        expected.append(line)
        line += 1 + message.text.count("\n")
    day_first = {"day": True, "month": False, "year": None}[shape.order]
    export = read(export_text(shape, written), day_first)
    assert [m.line for m in export.messages] == expected
