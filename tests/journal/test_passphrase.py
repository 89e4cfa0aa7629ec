"""Passphrases made, judged and read."""

import io
import math
import sys

import pytest

from velveteen.journal.passphrase import bits, check, generate, read_passphrase_file
from velveteen.problems import BadInput


def test_six_words_of_the_long_list():
    words = generate().split(" ")
    assert len(words) == 6
    assert all(word.isascii() and word == word.lower() for word in words)
    assert math.isclose(bits(), 6 * math.log2(7776))


def test_the_words_are_drawn_anew_each_time_and_from_the_whole_list():
    drawn = [word for _ in range(60) for word in generate(10).split(" ")]
    assert len(set(drawn)) > 500  # of 600 drawn from 7,776, about 22 come twice
    assert len({word[0] for word in drawn}) >= 20


def test_a_generated_one_passes_its_own_check():
    for _ in range(5):
        check(generate())


def test_too_few_words():
    with pytest.raises(BadInput) as caught:
        generate(4)
    assert caught.value.code == "too_few_words"


@pytest.mark.parametrize(
    ("passphrase", "code", "reason"),
    [
        ("", "empty_passphrase", "empty"),
        ("   ", "empty_passphrase", "empty"),
        ("1234", "pin_passphrase", "four-digit"),
        ("19 04 1987", "pin_passphrase", "number"),
        ("٠١٢٣٤٥", "pin_passphrase", "number"),
        ("password", "weak_passphrase", "common words"),
        ("Summer2019!", "weak_passphrase", "common words"),
        ("qwertyuiop[]", "weak_passphrase", "guessed"),
        ("abababab", "weak_passphrase", "repeats"),
        ("xK9", "weak_passphrase", "short"),
    ],
)
def test_a_weak_one_is_refused_with_the_reason(passphrase, code, reason):
    with pytest.raises(BadInput, match=reason) as caught:
        check(passphrase)
    assert caught.value.code == code
    assert "six words" in caught.value.message


@pytest.mark.parametrize(
    "passphrase", ["vague penguin radio copper", "x" * 3 + "Trellis otter 9 gravy moon" * 10]
)
def test_a_strong_one_of_ones_own_passes(passphrase):
    check(passphrase)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"six words", "six words"),
        (b"six words\n", "six words"),
        (b"six words\r\n", "six words"),
        (b"\xef\xbb\xbfsix words\n", "six words"),
        (b" six words \n", " six words "),
        ("käse öl".encode(), "käse öl"),
    ],
)
def test_a_file_gives_its_line(tmp_path, monkeypatch, data, expected):
    file = tmp_path / "pass"
    file.write_bytes(data)
    assert read_passphrase_file(file) == expected
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert read_passphrase_file("-") == expected


@pytest.mark.parametrize("data", [b"", b"\n", b"one\ntwo\n", b"\xff\xfe\x00", b"x" * 5000])
def test_a_file_that_cannot_be_one(tmp_path, data):
    file = tmp_path / "pass"
    file.write_bytes(data)
    with pytest.raises(BadInput, match="one line") as caught:
        read_passphrase_file(file)
    assert caught.value.code == "passphrase_file"


def test_a_missing_file(tmp_path):
    with pytest.raises(BadInput, match="could not be read"):
        read_passphrase_file(tmp_path / "nowhere")
