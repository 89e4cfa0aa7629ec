"""Words that shame, diagnose, promise or accuse stand in no text of the guide."""

from __future__ import annotations

from datetime import date

import pytest

from velveteen.guide.danger import CLOSED, signs, sources, why
from velveteen.guide.lines import COPIED, countries, help_lines, none_chosen
from velveteen.guide.words import NEVER_NAMES, NEVER_SAID, SHAMING, found
from velveteen.judge.verdict import TO_PEOPLE


def texts() -> list[str]:
    told = [why(), CLOSED, COPIED, none_chosen()]
    told += [text for s in signs() for text in (s.question, s.label)]
    for cc, _ in countries():
        lines = help_lines(cc, date(2026, 11, 22))
        told += [lines.note, *lines.remarks, *(line.standing for line in (*lines.abuse, *lines.crisis))]
    return told


@pytest.mark.parametrize("words", [SHAMING, NEVER_SAID], ids=["shaming", "never said"])
def test_no_text_of_the_guide_holds_one(words: tuple[str, ...]) -> None:
    assert [(text, hit) for text in texts() if (hit := found(text, words))] == []


def test_no_name_accuses_or_promises() -> None:
    names = [*TO_PEOPLE, *TO_PEOPLE.values(), *(s.id for s in signs()), *(s.label for s in signs())]
    assert [
        (name, hit) for name in names if (hit := found(name.replace("_", " "), NEVER_NAMES + SHAMING))
    ] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He is a Narcissist.", ["narcissist"]),
        ("It is your\nfault", ["your fault"]),
        ("madam, the sickle is weakly lit", []),
        ("a low-risk day", []),
        ("a LOW risk", ["low risk"]),
    ],
)
def test_whole_words_are_found_in_any_case_and_parts_are_not(text: str, expected: list[str]) -> None:
    assert found(text, SHAMING + NEVER_SAID) == expected


def test_sources_are_named_in_full() -> None:
    assert all(len(what) > 20 for what in sources().values())
