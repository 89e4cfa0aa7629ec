"""What `contract.Format` promises, held for every format alike."""

import sys

import pytest

from velveteen.messages.formats.contract import Choice, Notes
from velveteen.problems import BadInput

from .exports import EXPORTS, IN_UTC, UTC, part, read

MODULES = list({id(export.form): export.form for export in EXPORTS.values()}.values())
every_export = pytest.mark.parametrize("name", EXPORTS)


def parts_of(name, register=None):
    return [part(data, label, register) for label, data in EXPORTS[name].parts]


@every_export
def test_a_format_fits_its_own_exports_and_nobody_elses(name):
    for made in parts_of(name):
        assert [form.NAME for form in MODULES if form.fits(made)] == [EXPORTS[name].form.NAME]


@pytest.mark.parametrize(
    "head",
    [b"", b"\0" * 100, b"{", b"[1, 2]", b"From ", b"From me to you", b"<html>", b"<smse", b"SQLite format 3\0",
     b"{" * 70_000, b"<" * 70_000, b'{"messages": 1}', b'{"participants": []}', b"\xff\xfe", "May 01, 2024 ü".encode(),
     b"13/01/2021, 10:00 - Ana: hello\n" * 3],
)  # fmt: skip
def test_what_is_no_export_fits_nowhere_and_never_raises(head):
    assert [form.NAME for form in MODULES if form.fits(part(head))] == []


@every_export
def test_every_record_is_a_message_a_system_line_or_listed(name):
    messages, notes = read(EXPORTS[name].form, *parts_of(name))
    assert len(messages) + notes.system_lines + len(notes.unparsed) == EXPORTS[name].records
    listed = [problem for problem in notes.problems if problem.code in {"unparsed", "cut_short"}]
    assert [problem.text for problem in listed] == [text for _, text in notes.unparsed]


@every_export
def test_numbers_rise_and_no_message_is_empty(name):
    messages, notes = read(EXPORTS[name].form, *parts_of(name))
    lines = [message.line for message in messages]
    assert lines == sorted(set(lines))
    assert not set(lines) & {number for number, _ in notes.unparsed}
    for message in messages:
        assert message.author
        assert message.text.strip()
        assert message.at.tzinfo is None


@pytest.mark.parametrize("name", ["messenger", "messenger encrypted", "imessage database"])
def test_a_format_that_stores_out_of_order_streams_in_the_order_of_time(name):
    messages, _ = read(EXPORTS[name].form, *reversed(parts_of(name)))
    moments = [message.instant for message in messages]
    assert len(moments) > 1
    assert moments == sorted(moments)


@every_export
def test_every_file_is_closed_even_where_reading_stops_early(name):
    opened = []
    read(EXPORTS[name].form, *parts_of(name, opened))
    stream = EXPORTS[name].form.stream(parts_of(name, opened), Notes(), IN_UTC)
    next(stream)
    stream.close()
    assert opened
    assert all(file.closed for file in opened)


@every_export
def test_a_chosen_conversation_is_read_alone(name):
    form = EXPORTS[name].form
    messages, _ = read(form, *parts_of(name))
    for chat in {message.chat for message in messages}:
        alone, _ = read(form, *parts_of(name), choice=Choice(chat=chat, zone=UTC))
        assert alone == [message for message in messages if message.chat == chat]
    assert read(form, *parts_of(name), choice=Choice(chat="nobody's", zone=UTC))[0] == []


_written = []
sys.addaudithook(lambda event, args: _written.append(args) if event in {"os.mkdir", "os.rename", "os.remove"} or (
    event == "open" and isinstance(args[1], str) and set(args[1]) & set("wax+")) else None)  # fmt: skip


@every_export
def test_nothing_is_written_to_the_disk(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made = []
    for number, (label, data) in enumerate(EXPORTS[name].parts):
        path = tmp_path / f"{number}.bin"
        path.write_bytes(data)
        made.append(part(data, label, path=path))
    before = {path.name: (path.stat().st_mtime_ns, path.read_bytes()) for path in tmp_path.iterdir()}
    _written.clear()
    read(EXPORTS[name].form, *made)
    assert _written == []
    assert {path.name: (path.stat().st_mtime_ns, path.read_bytes()) for path in tmp_path.iterdir()} == before


@every_export
def test_a_file_without_anything_to_read_is_refused_in_a_whole_sentence_or_listed(name):
    form = EXPORTS[name].form
    notes = Notes()
    try:
        messages = list(form.stream([part(b"\x00\xff<{[broken")], notes, IN_UTC))
    except BadInput as error:
        assert "nothing is lost" in error.message  # noqa: PT017  (either end is right, and each is looked at)
    else:
        assert messages == []
        assert notes.unparsed
