"""What a text of the guide must not do, each as a function from a text to what it found; nothing found is well."""

from __future__ import annotations

import re

from velveteen.guide.evidence import LEVELS, recalled, sources
from velveteen.guide.pages import MARK

from .reading import sentences, words_of

NUMBER = r"(?:\d[\d.,]*|one|two|three|four|five|six|seven|eight|nine|ten)"
FIGURE = re.compile(
    rf"{NUMBER} (?:in|out of) {NUMBER}\b|\d[\d.,]*\s?%|{NUMBER} (?:per cent|percent)\b", re.IGNORECASE
)
REPORTS = re.compile(
    r"\b(study|studies|research|review|trials?|by one report|on average|most people|many people)\b"
)


def marks(sentence: str) -> list[tuple[str, str]]:
    return [(mark["key"], mark["sure"]) for mark in MARK.finditer(sentence)]


def unknown_sources(text: str) -> list[str]:
    """Keys that stand nowhere in the evidence, and brackets that look like a mark and are none."""
    unknown = [key for key, _ in marks(text) if key not in sources()]
    return unknown + [b for b in re.findall(r"\[[^\]\n]*\]", text) if not MARK.fullmatch(b)]


def surer_than_the_source(text: str) -> list[str]:
    return [
        key
        for key, sure in marks(text)
        if key in sources() and LEVELS.index(sure) > LEVELS.index(sources()[key].trust)
    ]


def unsourced(text: str) -> list[str]:
    """Sentences with a figure, a digit or words of research, and no mark."""
    told = [
        s for s in sentences(text) if FIGURE.search(s) or re.search(r"\d", s) or REPORTS.search(s.lower())
    ]
    return [s for s in told if not marks(s)]


def figures_not_read(text: str) -> list[str]:
    """Figures that none of their sentence's sources was read to say; those that were only recalled are called so."""
    wrong: list[str] = []
    for sentence in sentences(text):
        allowed = {f for key, _ in marks(sentence) if key in sources() for f in sources()[key].figures}
        wrong += [figure for f in FIGURE.findall(sentence) if (figure := f.lower()) not in allowed]
    return [f"recalled: {figure}" if figure in recalled() else figure for figure in wrong]


def sections_without_you(text: str) -> list[str]:
    """Headings under which nobody is spoken to."""
    parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)[1:]
    told = zip(parts[::2], parts[1::2], strict=True)
    return [heading for heading, body in told if not {"you", "your", "yours"} & set(words_of(body))]
