"""The export reads back as it was said, by the program's own reader, in each form."""

import zipfile

import pytest

from velveteen import circle
from velveteen.messages import read_export


@pytest.fixture(scope="module")
def home():
    return circle.simulate("temporary", 60, 12)


@pytest.mark.parametrize("form", ["ios", "android"])
@pytest.mark.parametrize("seconds", [True, False])
@pytest.mark.parametrize("name", ["chat.zip", "chat.txt"])
def test_it_reads_back_message_by_message(home, tmp_path, form, seconds, name):
    home.write_whatsapp(tmp_path / name, form=form, seconds=seconds)
    export = read_export(tmp_path / name)
    said = [(at if seconds else at.replace(second=0), who, text) for at, who, text in home.chat()]
    assert [(message.at, message.author, message.text) for message in export.messages] == said
    assert export.unparsed == []


def test_it_holds_lines_of_the_program_itself(home, tmp_path):
    home.write_whatsapp(tmp_path / "chat.zip")
    assert read_export(tmp_path / "chat.zip").system_lines == 2


def test_the_archive_holds_one_file_and_is_the_same_each_time(home, tmp_path):
    home.write_whatsapp(tmp_path / "a.zip")
    home.write_whatsapp(tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert archive.namelist() == ["_chat.txt"]
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_some_days_are_past_the_twelfth(home):
    assert any(at.day > 12 for at, _, _ in home.chat())
