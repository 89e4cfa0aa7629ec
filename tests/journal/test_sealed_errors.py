"""Every way in which the database or the disk can fail has its own code and a plain sentence with a way on."""

import errno
from types import SimpleNamespace

import pytest

from velveteen.journal.sealed_errors import from_database, in_plain_words
from velveteen.problems import BadInput, Refused


@pytest.mark.parametrize(
    ("result", "kind", "code"),
    [
        (26, BadInput, "journal_damaged"),
        (11, BadInput, "journal_damaged"),
        (11 | 1 << 8, BadInput, "journal_damaged"),
        (5, Refused, "journal_busy"),
        (5 | 2 << 8, Refused, "journal_busy"),
        (6, Refused, "journal_busy"),
        (8, Refused, "read_only"),
        (13, Refused, "disk_full"),
        (14, Refused, "cannot_open"),
        (10 | 3 << 8, Refused, "disk_trouble"),
        (7, Refused, "disk_trouble"),
        (None, Refused, "disk_trouble"),
    ],
)
def test_result_codes_of_the_database(tmp_path, result, kind, code):
    error = from_database(SimpleNamespace(sqlite_errorcode=result), tmp_path / "notes")
    assert type(error) is kind
    assert error.code == code


def test_a_folder_that_may_only_be_read_is_told_from_other_reasons(tmp_path, monkeypatch):
    monkeypatch.setattr("velveteen.journal.sealed_errors.os.access", lambda *_: False)
    assert from_database(SimpleNamespace(sqlite_errorcode=14), tmp_path / "notes").code == "read_only"


@pytest.mark.parametrize(
    ("number", "kind", "code"),
    [
        (errno.ENOSPC, Refused, "disk_full"),
        (errno.EDQUOT, Refused, "disk_full"),
        (errno.EROFS, Refused, "read_only"),
        (errno.EACCES, Refused, "read_only"),
        (errno.EEXIST, BadInput, "file_exists"),
        (errno.ENOENT, BadInput, "folder_not_found"),
        (errno.EIO, Refused, "disk_trouble"),
    ],
)
def test_errors_of_the_disk(tmp_path, number, kind, code):
    with pytest.raises(kind) as caught, in_plain_words(tmp_path / "notes"):
        raise OSError(number, "as the system says it")
    assert caught.value.code == code


@pytest.mark.parametrize("result", [26, 5, 8, 13, 14, 10])
def test_each_sentence_says_what_stands_and_what_to_do(tmp_path, result):
    message = from_database(SimpleNamespace(sqlite_errorcode=result), tmp_path / "notes").message
    assert any(
        words in message
        for words in ("Nothing was changed", "nothing else is lost", "nothing was changed", "still there")
    )
    assert any(words in message for words in ("Copy", "try again", "open a backup"))
    assert str(tmp_path) not in message


def test_other_errors_pass(tmp_path):
    with pytest.raises(KeyError), in_plain_words(tmp_path / "notes"):
        raise KeyError
