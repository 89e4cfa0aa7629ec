"""WhatsApp's exported chat, Android and iOS, in every language: one header a message, bodies of any number of lines.

The shape of the headers and the order of day and month are each decided once for the whole file, by a first reading; a
second gives the messages. What cannot be dated is listed, line by line; it is never guessed, and never added to
somebody else's message.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from itertools import accumulate, groupby, repeat
from typing import TYPE_CHECKING

from velveteen.messages.chat import Message
from velveteen.messages.formats import notices
from velveteen.messages.formats.authors import Names, NameTable
from velveteen.messages.formats.cutting import Cut, Cutter
from velveteen.messages.formats.dates import read_dates
from velveteen.messages.formats.header import count_candidates, looks_like_header, shape_of
from velveteen.messages.text import UTF16_MARKS, Text, text_of
from velveteen.problems import BadInput, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from velveteen.messages.formats.contract import Choice, Notes, Part

NAME = "whatsapp"
SAMPLED = 1024 * 1024
"""Bytes at the start of the text, and as many in its middle, by which the shape of its headers is told."""
KEPT = 8 * 1024 * 1024
"""Up to so many bytes the text is cut once and kept for the second reading."""
_MARKS = frozenset(notices.MARKS)
_MIDNIGHT = time()
_MAKE = partial(tuple.__new__, Message)  # as Message._make, and four times as fast
_HEADER_START = re.compile(r"\n[^\w\n\[]{0,8}\[?[^\w\n]{0,4}\d{1,4}[^\w\n]{1,4}\d{1,2}")
_UNREAD = "This line could not be read as part of a message; it was left out."


def fits(part: Part) -> bool:
    """Whether a line at the start of the part begins as messages do."""
    return _likeness(part) > 0


def stream(parts: Sequence[Part], notes: Notes, choice: Choice) -> Iterator[Message]:
    """Messages of one chat; of several parts, which an export never has, the one that looks most like a chat is read.

    Raises:
        AmbiguousDates: day and month could be either way round.
        BadInput: this is no WhatsApp chat, or one whose dates or times cannot be read without guessing.
    """
    chosen, *others = sorted(parts, key=_likeness, reverse=True) if len(parts) > 1 else parts
    notes.problems += [
        Problem("other_text", f"“{part.name}” looks like a chat too and was not read.") for part in others
    ]
    text = text_of(chosen)
    notes.problems += text.problems
    plan = _plan(text, choice.day_first)
    notes.problems += plan.problems
    yield from _Reader(plan, notes).messages(text)


def _likeness(part: Part) -> int:
    encoding = "utf-16" if part.head[:2] in UTF16_MARKS else "utf-8"
    return count_candidates(part.head.decode(encoding, "replace").replace("\r", "\n"))


@dataclass(frozen=True, slots=True)
class _Plan:
    """What the first reading decides for the second; a short text is cut already."""

    cutter: Cutter
    cuts: list[Cut] | None
    names: Names
    plain: dict[str | None, str]
    days: dict[str, date | None]
    problems: list[Problem]


def _plan(text: Text, day_first: bool | None) -> _Plan:
    shape = shape_of(*_sample(text))
    if shape is None:
        raise _no_chat()
    cutter, names = Cutter(shape), NameTable()
    dates: list[str] = []
    prose, count = 0, 0
    same: dict[str, str] = {}
    kept: list[Cut] | None = [] if text.part.size <= KEPT else None
    for cut in cutter.cuts(text.blocks()):
        prose += sum(1 for line in cut.preamble.split("\n") if line.strip())
        count += len(cut.dates)
        dates += [same.setdefault(written, written) for written, _ in groupby(cut.dates)]
        names.add(cut)
        if kept is not None:
            kept.append(cut)
    if not dates or prose > max(20, count):
        raise _no_chat()
    found = names.names()
    return _Plan(cutter, kept, found, found.plain(), *read_dates(dates, day_first))


def _sample(text: Text) -> tuple[str, str]:
    """Text from the start and from the middle on."""
    start, past = "", 0
    for block in text.blocks(SAMPLED):
        if past == 0:
            start = block
        elif past * 2 >= text.part.size - SAMPLED:
            return start, block[block.find("\n") + 1 :]
        past += SAMPLED
    middle = start.find("\n", len(start) // 2)
    return start, start[middle:] if middle > 0 else ""


def _no_chat() -> BadInput:
    return BadInput("not_a_chat", "No chat was found in this file: too few of its lines begin with a date and a time. "
                    "Nothing is lost. Open the chat in WhatsApp, choose “Export chat”, and give the file that it "
                    "makes.")  # fmt: skip


class _Reader:
    """The second reading: messages one by one, and in the notes what is none."""

    def __init__(self, plan: _Plan, notes: Notes) -> None:
        self._plan, self._notes = plan, notes
        self._line = 1
        self._last = datetime(1, 1, 1)
        self._back: list[int] = []

    def messages(self, text: Text) -> Iterator[Message]:
        """Every message of the text; the notes are whole once they have all been taken."""
        kept = self._plan.cuts
        for cut in self._plan.cutter.cuts(text.blocks()) if kept is None else kept:
            self._list(self._line, cut.preamble[1:])
            self._line += cut.preamble.count("\n")
            yield from self._of(cut)
        self._note_order()

    def _of(self, cut: Cut) -> Iterator[Message]:
        """The messages of a cut: made column by column, and anew one by one where anything is out of the ordinary."""
        days, count = self._plan.days, len(cut.dates)
        dated = [days.get(written) or date.max for written in cut.dates]
        moments = map(datetime.combine, dated, [clock or _MIDNIGHT for clock in cut.clocks])
        lines = list(accumulate((1 + rest.count("\n") for rest in cut.bodies), initial=self._line))
        self._line = lines.pop()
        authors = map(self._plan.plain.get, cut.authors)
        more = repeat(False, count), repeat("", count), repeat(None, count)
        made: list[Message | None] = list(
            map(_MAKE, zip(moments, authors, cut.bodies, lines, *more, strict=True))
        )
        for i in self._odd(cut):
            made[i] = self._one(cut, i, lines[i])
        messages = [message for message in made if message is not None]
        self._note_steps(messages)
        yield from messages

    def _odd(self, cut: Cut) -> Iterable[int]:
        """Places of messages that may be more, or less, than an author and words on one line."""
        if notices.hints_in("\n".join(cut.bodies)):
            return range(len(cut.dates))
        marks, signs, ends = _MARKS, notices.AFTER_NOTE, notices.NOTE_ENDS
        odd = {
            i
            for i, body in enumerate(cut.bodies)
            if body[-3:] in ends or body[-1:] in signs or body[:1] in marks or "\n" in body
        }
        for column, known in (
            (cut.dates, {written for written, day in self._plan.days.items() if day is not None}),
            (cut.authors, self._plan.plain.keys()),
            (cut.clocks, set(cut.clocks) - {None}),
        ):
            if not known >= set(column):
                odd.update(i for i, value in enumerate(column) if value not in known)
        return sorted(odd)

    def _one(self, cut: Cut, i: int, line: int) -> Message | None:
        """The message at a place, or None where it is none, which then is in the notes."""
        day, clock, rest = self._plan.days.get(cut.dates[i]), cut.clocks[i], cut.bodies[i]
        if day is None or clock is None:
            self._list(line, cut.written(i))
            return None
        if "\n" in rest:
            self._list_quoted(line, rest)
        author, body = self._plan.names.read(cut.authors[i], rest)
        text = _words(body)
        if author == "" or text is None:
            self._notes.system_lines += 1
            return None
        return Message(datetime.combine(day, clock), author, text, line, notices.is_note(text))

    def _list(self, first: int, block: str) -> None:
        for number, content in enumerate(block.split("\n"), first):
            if content.strip().strip(notices.MARKS):
                self._notes.leave_out(number, content, _UNREAD, unit="line")

    def _list_quoted(self, first: int, rest: str) -> None:
        words = ("This line begins like a message, but in another form than the rest of the file; it was kept as part "
                 "of the message above it.")  # fmt: skip
        if not _HEADER_START.search(rest):
            return
        for number, content in enumerate(rest.split("\n")[1:], first + 1):
            if looks_like_header(content):
                self._notes.problems.append(Problem("header_in_body", words, f"line {number}", content[:200]))

    def _note_steps(self, messages: list[Message]) -> None:
        for message in messages:
            if message.at < self._last and (self._last - message.at).days >= 1:
                self._back.append(message.line)
            self._last = message.at

    def _note_order(self) -> None:
        """Says where the file steps back by more than a day: such lines are kept as they stand."""
        if self._back:
            words = f"{len(self._back)} message(s) are dated more than a day before the one above; they were kept so."
            self._notes.problems.append(Problem("out_of_order", words, where=f"line {self._back[0]}"))


def _words(body: str) -> str | None:
    """The body without the app's marks; None where the app wrote it."""
    marked = body[:1] in _MARKS
    if marked:
        body = body.lstrip(notices.MARKS)
    if (marked or notices.hints_in(body)) and notices.is_notice(body, marked=marked):
        return None
    body = body.rstrip("\n")
    return notices.without_edited_mark(body) if body[-1:] == ">" else body
