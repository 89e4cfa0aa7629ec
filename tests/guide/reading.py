"""How hard a text is to read: the Flesch–Kincaid grade (Kincaid and others 1975), with syllables counted by rule."""

from __future__ import annotations

import re

from velveteen.guide.pages import MARK


def grade(text: str) -> float:
    """.39 words per sentence + 11.8 syllables per word − 15.59, of Markdown without headings and marks of sources."""
    found = sentences(text)
    words = [word for sentence in found for word in words_of(sentence)]
    return 0.39 * len(words) / len(found) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def sentences(text: str) -> list[str]:
    """The sentences of a text, marks of sources kept; headings left out; each point of a list begins a new one."""
    kept = re.sub(r"^(#.*|\s*(?:-|\d+\.)\s+)", "\n\n", text, flags=re.MULTILINE)
    parts = re.split(r"\n\s*\n|(?<=[.!?])\s+|(?<=[.!?][*”)])\s+", kept)
    return [part.strip() for part in parts if words_of(part)]


def words_of(sentence: str) -> list[str]:
    """The words of a sentence, its marks of sources left out."""
    return re.findall(r"[a-z]+(?:['’][a-z]+)?", MARK.sub("", sentence).lower())


def syllables(word: str) -> int:
    """Groups of vowels, without a silent e or ed at the end; at least one."""
    bare = re.sub(r"['’].*", "", word)
    bare = re.sub(
        r"(?<![aeiouylszxcgh])es$|(?<![aeiouytdl])ed$|(?<=[aeiouy][a-z])e$|(?<=[^aeiouyl])e$", "", bare
    )
    return max(1, len(re.findall(r"[aeiouy]+", bare)))
