"""The measure of how hard a text is: syllables and sentences as a person counts them, and the formula."""

from __future__ import annotations

import pytest

from .reading import grade, sentences, syllables


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("you", 1), ("safe", 1), ("hurts", 1), ("walked", 1), ("promise", 2), ("promises", 3), ("little", 2), ("wanted", 2),
        ("afraid", 2), ("counsellor", 3), ("therapy", 3), ("it's", 1), ("people", 2), ("emergency", 4),
    ],
)  # fmt: skip
def test_syllables_are_those_one_hears(word: str, expected: int) -> None:
    assert syllables(word) == expected


def test_headings_are_no_sentences_and_points_are() -> None:
    text = "## Why\n\nYou can. “Go?” Yes [Glass; sure].\n\n- One point\n- Another\n\n1. Third\n"
    assert sentences(text) == ["You can.", "“Go?”", "Yes [Glass; sure].", "One point", "Another", "Third"]


def test_the_formula_by_hand() -> None:
    assert grade("You can go now. Call one of us.") == pytest.approx(0.39 * 4 + 11.8 * 1 - 15.59)


def test_long_words_and_sentences_are_harder() -> None:
    assert (
        grade(
            "Immediate professional consultation is advisable, considering the aforementioned circumstances."
        )
        > 8
    )
