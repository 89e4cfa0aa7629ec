"""Who wrote a line: what stands before the first colon, except where a name itself has a colon, or the app quotes one."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from velveteen.messages.formats import notices

if TYPE_CHECKING:
    from datetime import datetime

    Row = tuple[datetime, int, str]
    """Moment, 1-based line, and everything after the header up to the next one."""

LONGEST_NAME = 100
_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_DROP = str.maketrans("", "", notices.MARKS)
_COLON = re.compile(rf"[:：](?=[\s{notices.MARKS}]|$)", re.MULTILINE)
_SAME_START = 3  # messages that must all begin alike before a colon is taken to belong to the name


@dataclass(slots=True)
class Names:
    """Names by what was written before the colon.

    Attributes:
        clean: raw text before the colon -> author; what the app wrote has no entry.
        extra: raw text -> the further piece of a name that has a colon in it, to be cut from the body.
    """

    clean: dict[str, str] = field(default_factory=dict)
    extra: dict[str, str] = field(default_factory=dict)

    def late_author(self, rest: str) -> tuple[str, str]:
        """(author, body) of a line whose colon has no space after it; ("", "") unless the author is known otherwise."""
        raw, colon, body = rest.partition("\n")[0].partition(":")
        if not colon or raw not in self.clean:
            return "", ""
        return self.clean[raw], body + rest[len(raw) + 1 + len(body) :]


def split_author(rest: str) -> tuple[str, str]:
    """(what stands before the first colon that ends a word, what stands after it); ("", "") without such a colon."""
    colon = rest.find(": ")
    newline = rest.find("\n")
    if colon < 0 or -1 < newline < colon or rest.find("：", 0, colon) >= 0:
        found = _COLON.search(rest, 0, newline if newline >= 0 else len(rest))
        if found is None:
            return "", ""
        body = rest[found.end() :]
        return rest[: found.start()], body[1:] if body[:1] in {" ", "\u00a0"} else body
    return rest[:colon], rest[colon + 2 :]


def names_of(split: list[tuple[str, str]], rests: list[str]) -> Names:
    """The authors of a whole file, decided together: a name with a colon shows only in all of its messages."""
    raws = dict.fromkeys(raw for raw, _ in split)
    if not any(raw for raw in raws):
        raws = dict.fromkeys(
            rest.partition("\n")[0].partition(":")[0] for rest in rests if ":" in rest.partition("\n")[0]
        )
    names = Names({raw: name for raw in raws if (name := _clean(raw)) is not None})
    _cut_unspaced(names, split)
    _join_colons(names, split)
    _drop_tildes(names)
    return names


def _clean(raw: str) -> str | None:
    if not raw or len(raw) > LONGEST_NAME or notices.has_open_quote(raw) or notices.quotes_a_change(raw):
        return None
    name = _SPACES.sub(" ", raw).translate(_DROP).strip()
    return name or None


def _cut_unspaced(names: Names, split: list[tuple[str, str]]) -> None:
    """“Ana:look: here” is Ana's, if Ana is an author: a name that holds a known one and is rare is none."""
    counts = Counter(raw for raw, _ in split if ":" in raw)
    for raw, count in counts.items():
        if count < _SAME_START and raw.partition(":")[0] in names.clean:
            names.clean.pop(raw, None)


def _join_colons(names: Names, split: list[tuple[str, str]]) -> None:
    first: dict[str, str] = {}
    bodies: dict[str, list[str]] = defaultdict(list)
    for raw, body in split:
        if raw not in first:
            piece, colon, _ = body[: LONGEST_NAME // 2].partition(": ")
            first[raw] = piece + ":" if colon and "\n" not in piece else ""
        if first[raw]:
            bodies[raw].append(body)
    for raw, same in bodies.items():
        piece = first[raw]
        if len(same) >= _SAME_START and raw in names.clean and all(b.startswith(piece + " ") for b in same):
            names.clean[raw] = f"{names.clean[raw]}: {piece[:-1]}"
            names.extra[raw] = piece


def _drop_tildes(names: Names) -> None:
    """“~ Ana” is how the app shows who is not in the address book; the tilde goes unless both are there."""
    present = set(names.clean.values())
    for raw, name in names.clean.items():
        bare = name.removeprefix("~").strip()
        if bare and bare != name and bare not in present:
            names.clean[raw] = bare
