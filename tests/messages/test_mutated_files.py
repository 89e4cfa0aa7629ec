"""Damaged exports: no crash, no hang, and every line is in a message, in a notice, or listed."""

import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from velveteen.messages import read_export
from velveteen.messages.codes import coded_entries
from velveteen.problems import VelveteenError

from .shapes import SHAPES, conversation, export_text

BASES = [export_text(shape, conversation(5, 25)).encode() for shape in SHAPES]
ODD = [
    "[",
    "]",
    " - ",
    ":",
    "\u200e",
    "\u202f",
    "٣",
    "13/13/2021, ",
    "[1/1/21, ",
    "\r",
    "\n\n",
    " ",
    "//",
    "99:99",
    "PM",
    "\u2028",
    "à",
    "\0",
]


@st.composite
def mutated(draw):
    data = bytearray(draw(st.sampled_from(BASES)))
    for _ in range(draw(st.integers(1, 12))):
        at = draw(st.integers(0, max(0, len(data) - 1)))
        what = draw(st.sampled_from(["byte", "cut", "insert", "repeat", "odd"]))
        if what == "byte" and data:
            data[at] = draw(st.integers(0, 255))
        elif what == "cut":
            del data[at : at + draw(st.integers(1, 60))]
        elif what == "insert":
            data[at:at] = draw(st.binary(max_size=30))
        elif what == "repeat":
            data[at:at] = data[at : at + draw(st.integers(1, 80))] * draw(st.integers(1, 30))
        else:
            data[at:at] = draw(st.sampled_from(ODD)).encode()
    return bytes(data)


def read_or_refuse(path):
    try:
        export = read_export(path)
    except VelveteenError:
        return None
    assert sum(export.participants.values()) == len(export.messages)
    listed = [int(p.where.removeprefix("line ")) for p in export.problems if p.code == "unparsed"]
    assert listed == [line for line, _ in export.unparsed] == sorted(set(listed))
    lines = [m.line for m in export.messages]
    assert lines == sorted(set(lines))
    return export


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=mutated())
def test_a_damaged_text(tmp_path, data):
    path = tmp_path / "chat.txt"
    path.write_bytes(data)
    export = read_or_refuse(path)
    if export and export.messages:
        assert coded_entries(export, export.messages[0].author)[0].payload["messages"] == len(export.messages)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(position=st.floats(0, 1), byte=st.integers(0, 255), base=st.sampled_from(BASES))
def test_a_damaged_zip(tmp_path, position, byte, base):
    path = tmp_path / "chat.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_chat.txt", base)
    data = bytearray(path.read_bytes())
    data[int(position * (len(data) - 1))] = byte
    path.write_bytes(data)
    read_or_refuse(path)


@pytest.mark.parametrize(
    "piece",
    [
        "[",
        " ",
        "\u200e",
        "1",
        "1/",
        "1/1/21",
        "1:",
        "[1",
        "١",
        "13/01/2021, 10:00 ",
        "13/01/2021 a",
        "22 h ",
        "x" * 23 + "1",
    ],
)
def test_long_runs_of_one_piece_do_not_hang(tmp_path, piece):
    path = tmp_path / "chat.txt"
    run = piece * (200_000 // len(piece))
    path.write_text(
        f"13/01/2021, 10:00 - Ana: a\n{run}\n13/01/2021, 10:01 - Ana: b\n13/01/2021, 10:02 - {run}\n", "utf-8"
    )
    assert read_or_refuse(path).messages[-1].text
