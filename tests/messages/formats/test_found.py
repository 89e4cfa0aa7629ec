"""Every format is found by its content: as a file, in memory, in a zip and in a folder, whatever it is called."""

import zipfile
from io import BytesIO

import pytest

from velveteen.intake.detect import LOOK, format_of
from velveteen.messages import open_export, read_export
from velveteen.messages.formats import whatsapp
from velveteen.messages.formats.contract import Choice
from velveteen.messages.read import FORMATS
from velveteen.problems import BadInput

from .exports import EXPORTS, UTC, read

every_export = pytest.mark.parametrize("name", EXPORTS)
alone = pytest.mark.parametrize("name", [name for name, export in EXPORTS.items() if len(export.parts) == 1])


def conversations(name):
    """(conversation, its messages) as the format's own module reads them."""
    messages, _ = read(EXPORTS[name].form, *EXPORTS[name].parts)
    return [
        (chat, [m for m in messages if m.chat == chat]) for chat in dict.fromkeys(m.chat for m in messages)
    ]


def holds(name, origin):
    for chat, messages in conversations(name):
        export = open_export(origin, Choice(chat=chat, zone=UTC))
        assert export.format == EXPORTS[name].form.NAME
        assert list(export.stream()) == messages


def zipped(parts):
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("export/photos/a.jpg", b"\xff\xd8" + b"\0" * 5000)
        for label, data in parts:
            archive.writestr(f"export/{label}", data)
    return out.getvalue()


@alone
@pytest.mark.parametrize("called", ["export", "photo.jpg"])
def test_a_file_is_known_whatever_it_is_called(name, called, tmp_path):
    path = tmp_path / called
    path.write_bytes(EXPORTS[name].parts[0][1])
    holds(name, path)


@alone
def test_bytes_are_known_as_a_browser_sends_them(name):
    data = EXPORTS[name].parts[0][1]
    assert format_of(data[:LOOK]) == "chat"
    holds(name, data)


@every_export
def test_a_zip_of_an_export_is_read(name, tmp_path):
    data = zipped(EXPORTS[name].parts)
    (tmp_path / "export.zip").write_bytes(data)
    assert format_of(data[:LOOK]) == "chat"
    holds(name, data)
    holds(name, tmp_path / "export.zip")


@every_export
def test_a_folder_of_an_export_is_read(name, tmp_path):
    for label, data in EXPORTS[name].parts:
        path = tmp_path / "export" / label
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    (tmp_path / "export" / "a.jpg").write_bytes(b"\xff\xd8")
    holds(name, tmp_path)


def test_every_format_that_there_is_can_be_found_and_whatsapp_is_asked_last():
    assert {form.NAME for form in FORMATS} == {export.form.NAME for export in EXPORTS.values()} | {"whatsapp"}
    assert FORMATS[-1] is whatsapp


def test_a_database_of_something_else_is_refused_in_a_sentence(tmp_path):
    other = b"SQLite format 3\0" + b"\0" * 5000
    assert format_of(other) == "chat"
    with pytest.raises(BadInput) as refused:
        read_export(other)
    assert refused.value.code == "file_binary"
