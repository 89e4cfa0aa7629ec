"""A chat's text cut at its headers, block by block: never more in memory than a block and the message it ends in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time
from enum import Enum
from typing import TYPE_CHECKING, Any, cast

from velveteen.messages.formats.day_marks import hour_of, is_neutral, slot
from velveteen.messages.formats.header import Patterns, Shape, patterns_of
from velveteen.problems import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LONGEST = 4 * 1024 * 1024
"""Letters of one message; WhatsApp takes 65,536."""


class Stray(Enum):
    """What is no header of this file."""

    OTHER = "a header of another shape, which is part of the message that it stands in"


Clock = time | Stray | None
"""A time of day; None where no time can be read."""


@dataclass(slots=True)
class Cut:
    """Messages one after the other, as columns of equal length.

    Attributes:
        preamble: what stands before the first header of the file; each of its lines begins with a line feed.
        befores, dates, afters: the pieces of the headers.
        authors: what stands before “: ”, where it has no colon in it; else None, and it is still in the body.
        bodies: everything up to the next header.
        clocks: the time that each header tells; None where it cannot be read.
    """

    preamble: str = ""
    befores: list[str] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)
    afters: list[str] = field(default_factory=list)
    authors: list[str | None] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)
    clocks: list[time | None] = field(default_factory=list)

    def written(self, i: int) -> str:
        """The message at a place as it stands in the file, without the line feed before it."""
        return f"{self.befores[i]}{self.dates[i]}{self.afters[i]}{self.rest(i)}"

    def rest(self, i: int) -> str:
        """What follows the header at a place."""
        author = self.authors[i]
        return self.bodies[i] if author is None else f"{author}: {self.bodies[i]}"

    def taken_off(self) -> str:
        """Takes the last message off, and gives it as it stood, the line feed before it included."""
        text = "\n" + self.written(-1)
        for column in _columns(self):
            column.pop()
        return text


class Cutter:
    """Cuts texts whose headers have one shape; what it has learnt of their times it keeps."""

    def __init__(self, shape: Shape) -> None:
        self._shape = shape
        self._patterns: Patterns = patterns_of(shape)
        self._clocks: dict[str, Clock] = {}

    def cuts(self, blocks: Iterable[str]) -> Iterator[Cut]:
        """The messages of a text; only the first cut can have a preamble.

        Raises:
            BadInput: `message_too_long`.
        """
        carry, begun = "\n", False
        for block in blocks:
            text = carry + block
            end = text.rfind("\n")
            cut = self._cut(text[:end])  # whole lines alone: half a header may look like another
            if not cut.dates:
                carry = text
                _refuse_endless(carry)
                continue
            carry = cut.taken_off() + text[end:]
            _refuse_endless(carry)
            if cut.dates or cut.preamble:
                begun = True
                yield cut
        last = self._cut(carry)
        if last.dates or not begun:
            yield last

    def _cut(self, text: str) -> Cut:
        pieces = self._patterns.cut.split(text)
        cut = Cut(pieces[0], pieces[1::5], pieces[2::5], pieces[3::5], pieces[4::5], pieces[5::5])
        keys = cut.afters
        if self._shape.time_first:
            keys = [f"{before}\n{after}" for before, after in zip(cut.befores, cut.afters, strict=True)]
        known = self._clocks
        for key in set(keys) - known.keys():
            known[key] = self._clock(key)
        clocks = [known[key] for key in keys]
        return _joined(cut, clocks)

    def _clock(self, key: str) -> Clock:
        found = self._patterns.clock.fullmatch(key)
        if found is None:
            return None
        if self._shape.time_first:
            hour, minute, second, between, after = found.groups()
        else:
            between, hour, minute, second, after = found.groups()
        kind = _kind_of(self._shape, between, after)
        if not isinstance(kind, str):
            return kind
        on_clock = hour_of(int(hour), kind)
        if on_clock is None or int(minute) > 59 or int(second or 0) > 59:
            return None
        return time(on_clock, int(minute), int(second or 0))


def _kind_of(shape: Shape, between: str, after: str) -> str | Stray | None:
    """The day mark's kind; None where this shape's header has an unknown word there, or lacks the mark."""
    (words, kind), (tail, tail_kind) = slot(between), slot(after)
    if words == shape.between and tail == shape.after:
        return kind or tail_kind or (None if shape.mark else "")
    known = is_neutral(words) and is_neutral(tail)
    return None if shape.mark and not known else Stray.OTHER


def _joined(cut: Cut, clocks: list[Clock]) -> Cut:
    """The same with its times, headers of another shape put back into the message that they stand in."""
    cut.clocks = cast("list[time | None]", clocks)
    if Stray.OTHER not in clocks:
        return cut
    joined = Cut(cut.preamble)
    for i, clock in enumerate(clocks):
        if clock is not Stray.OTHER:
            for column, value in zip(_columns(joined), (c[i] for c in _columns(cut)), strict=True):
                column.append(value)
        elif joined.bodies:
            joined.bodies[-1] += "\n" + cut.written(i)
        else:
            joined.preamble += "\n" + cut.written(i)
    return joined


def _columns(cut: Cut) -> tuple[list[Any], ...]:
    return cut.befores, cut.dates, cut.afters, cut.authors, cut.bodies, cut.clocks


def _refuse_endless(text: str) -> None:
    if len(text) > LONGEST:
        message = "One message of this file would be as long as a book. No app made it, so it was not read. Nothing is lost."
        way = "Export the chat again in the app that it is from, and give that file."
        raise BadInput("message_too_long", f"{message} {way}")
