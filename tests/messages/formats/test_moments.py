"""Moments as exports count them, and the bytes of JSON as they are mended."""

import io
from decimal import Decimal

import pytest

from velveteen.messages.formats.json_parts import Mended
from velveteen.messages.formats.moments import instant, written

from .exports import START


@pytest.mark.parametrize("value", [START, str(START), float(START), Decimal(START), f" {START} "])
def test_a_number_in_any_form_is_an_instant(value):
    assert instant(value) == START
    assert instant(START * 1000 + 999, 1000) == START


@pytest.mark.parametrize(
    "value",
    [
        "NaN",
        "Infinity",
        "sNaN",
        "1e999999999",
        Decimal("NaN"),
        float("nan"),
        "9" * 40,
        "then",
        "",
        None,
        True,
        [],
        0,
        -START,
    ],
)
def test_what_is_no_believable_moment_is_none(value):
    assert instant(value) is None


@pytest.mark.parametrize("value", ["then", "0001-01-01T00:00:00", "2024-13-01", None, 5, "2" * 50])
def test_a_text_that_is_no_moment_is_none(value):
    assert written(value) is None


@pytest.mark.parametrize("size", [1, 2, 3, 5])
def test_bytes_are_mended_wherever_the_pieces_end(size):
    mended = Mended(io.BytesIO(rb'"a\x1Fb\\x1F \\\x0A"' + "é".encode() + b"\xe9"))
    pieces = list(iter(lambda: mended.read(size), b""))
    assert b"".join(pieces) == rb'"a\u001Fb\\x1F \\\u000A"' + "é\ufffd".encode()
    assert mended.replaced
