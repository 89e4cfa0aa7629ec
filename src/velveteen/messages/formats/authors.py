"""Who wrote a line: what stands before the first colon, except where a name itself has a colon, or the app quotes one."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from velveteen.messages.formats import notices

if TYPE_CHECKING:
    from velveteen.messages.formats.cutting import Cut

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

    def plain(self) -> dict[str | None, str]:
        """Raw text -> author, where nothing of the name is left in the body."""
        return {raw: name for raw, name in self.clean.items() if raw not in self.extra}

    def read(self, raw: str | None, rest: str) -> tuple[str, str]:
        """(author, body) of what follows a header; the author is "" where the app wrote it.

        Args:
            raw: what stands before “: ”, where that was plain to see; `rest` then is what follows it.
            rest: else everything after the header.
        """
        if raw is None:
            raw, body = split_author(rest)
            author = self.clean.get(raw)
            if author is None:
                return self.late_author(rest)
        else:
            body, author = rest, self.clean.get(raw)
            if author is None:
                return self.late_author(f"{raw}: {rest}")
        return author, body[len(self.extra[raw]) :].lstrip(" ") if raw in self.extra else body

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


@dataclass(slots=True)
class NameTable:
    """What stands before the colons of a whole file, gathered line by line: a name with a colon shows only in all of them.

    Attributes:
        counts: raw text before the colon -> number of lines.
        pieces: raw text -> the piece up to a further colon with which its bodies begin, all of them so far; "" without.
        unspaced: what stands before a colon of any kind; gathered only as long as no line has an author.
    """

    counts: Counter[str] = field(default_factory=Counter)
    pieces: dict[str, str] = field(default_factory=dict)
    unspaced: dict[str, None] = field(default_factory=dict)

    def add(self, cut: Cut) -> None:
        """Takes in the lines of one cut."""
        authors, bodies = list(cut.authors), cut.bodies
        if None in authors:
            bodies = list(bodies)
            for i in (i for i, author in enumerate(authors) if author is None):
                self._add_unspaced(bodies[i])
                authors[i], bodies[i] = split_author(bodies[i])
        raws = cast("list[str]", authors)
        self.counts.update(raws)
        for raw in dict.fromkeys(raws).keys() - self.pieces.keys():
            self.pieces[raw] = _first_piece(bodies[raws.index(raw)])
        for raw in [raw for raw in set(raws) if self.pieces[raw]]:
            start = self.pieces[raw] + " "
            if not all(body.startswith(start) for r, body in zip(raws, bodies, strict=True) if r == raw):
                self.pieces[raw] = ""

    def _add_unspaced(self, rest: str) -> None:
        raw, colon, _ = rest.partition("\n")[0].partition(":")
        if colon and not self.pieces.keys() - {""}:
            self.unspaced[raw] = None

    def names(self) -> Names:
        """The authors of the file."""
        raws = self.counts.keys() - {""} or self.unspaced.keys()
        names = Names({raw: name for raw in raws if (name := _clean(raw)) is not None})
        _cut_unspaced(names, self.counts)
        self._join_colons(names)
        _drop_tildes(names)
        return names

    def _join_colons(self, names: Names) -> None:
        for raw, piece in self.pieces.items():
            if piece and self.counts[raw] >= _SAME_START and raw in names.clean:
                names.clean[raw] = f"{names.clean[raw]}: {piece[:-1]}"
                names.extra[raw] = piece


def _first_piece(body: str) -> str:
    piece, colon, _ = body[: LONGEST_NAME // 2].partition(": ")
    return piece + ":" if colon and "\n" not in piece else ""


def _clean(raw: str) -> str | None:
    if not raw or len(raw) > LONGEST_NAME or notices.has_open_quote(raw) or notices.quotes_a_change(raw):
        return None
    name = _SPACES.sub(" ", raw).translate(_DROP).strip()
    return name or None


def _cut_unspaced(names: Names, counts: Counter[str]) -> None:
    """“Ana:look: here” is Ana's, if Ana is an author: a name that holds a known one and is rare is none."""
    for raw, count in counts.items():
        if ":" in raw and count < _SAME_START and raw.partition(":")[0] in names.clean:
            names.clean.pop(raw, None)


def _drop_tildes(names: Names) -> None:
    """“~ Ana” is how the app shows who is not in the address book; the tilde goes unless both are there."""
    present = set(names.clean.values())
    for raw, name in names.clean.items():
        bare = name.removeprefix("~").strip()
        if bare and bare != name and bare not in present:
            names.clean[raw] = bare
