"""Every header shape, read back to author, minute and body."""

import pytest
from .shapes import SHAPES, as_read, conversation, export_text

from velveteen.messages import read_export


def read(tmp_path, text, day_first=None):
    path = tmp_path / "chat.txt"
    path.write_text(text, "utf-8")
    return read_export(path, day_first)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda s: s.name)
@pytest.mark.parametrize("seed", [1, 2])
def test_a_year_of_messages_is_read_back_whole(tmp_path, shape, seed):
    written = conversation(seed)
    export = read(tmp_path, export_text(shape, written))
    assert [(m.at, m.author, m.text) for m in export.messages] == as_read(shape, written)
    assert export.unparsed == []
    assert export.system_lines == 0


@pytest.mark.parametrize("shape", SHAPES, ids=lambda s: s.name)
def test_windows_line_ends_and_a_byte_order_mark_change_nothing(tmp_path, shape):
    written = conversation(3)
    export = read(tmp_path, "\ufeff" + export_text(shape, written).replace("\n", "\r\n"))
    assert [(m.at, m.author, m.text) for m in export.messages] == as_read(shape, written)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda s: s.name)
def test_lines_are_numbered_from_one(tmp_path, shape):
    written = conversation(4, 40)
    expected, line = [], 1
    for message in written:
        expected.append(line)
        line += 1 + message.text.count("\n")
    day_first = {"day": True, "month": False, "year": None}[shape.order]
    export = read(tmp_path, export_text(shape, written), day_first)
    assert [m.line for m in export.messages] == expected
