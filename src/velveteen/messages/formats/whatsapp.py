"""WhatsApp's exported chat, Android and iOS, in every language: one header a message, bodies of any number of lines.

The shape of the headers and the order of day and month are each decided once for the whole file. What cannot be
dated is listed, line by line; it is never guessed, and never added to somebody else's message.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from velveteen.messages.chat import Message, Parsed
from velveteen.messages.formats import notices
from velveteen.messages.formats.authors import names_of, split_author
from velveteen.messages.formats.dates import read_dates
from velveteen.messages.formats.day_marks import hour_of, is_neutral, slot
from velveteen.messages.formats.header import Shape, looks_like_header, pattern_of, shape_of
from velveteen.problems import BadInput, Problem

if TYPE_CHECKING:
    from velveteen.messages.formats.authors import Row

NAME = "whatsapp"
_MARKS = frozenset(notices.MARKS)
_HEADER_START = re.compile(r"\n[^\w\n\[]{0,8}\[?[^\w\n]{0,4}\d{1,4}[^\w\n]{1,4}\d{1,2}")


class _Header(NamedTuple):
    """Where a header stands, and its parts as written; hour is None where time and day mark contradict each other."""

    start: int
    end: int
    date: str
    hour: int | None
    minute: int
    second: int


def parse(text: str, day_first: bool | None = None) -> Parsed:
    """Messages of a WhatsApp export, and everything that is none.

    Args:
        text: the whole chat text, line feeds between lines.
        day_first: the reader's own answer about the dates, or None.

    Raises:
        AmbiguousDates: day and month could be either way round.
        BadInput: this is no WhatsApp chat, or one whose dates or times cannot be read without guessing.
    """
    shape = shape_of(text)
    headers = _headers(text, shape) if shape else []
    if not headers or _is_mostly_prose(text, headers[0].start, len(headers)):
        raise BadInput("not_a_chat", "No chat was found in this file: too few of its lines begin with a date and a time. "
                       "Nothing is lost. Open the chat in WhatsApp, choose “Export chat”, and give the file that it "
                       "makes.")  # fmt: skip
    dates, problems = read_dates([h.date for h in headers], day_first)
    parsed = Parsed(problems=problems)
    rows = _rows(text, headers, dates, parsed)
    _add_messages(rows, parsed, notices.hints_in(text))
    _note_order(parsed)
    return parsed


def _is_mostly_prose(text: str, start: int, headers: int) -> bool:
    before = sum(1 for line in text[:start].split("\n") if line.strip())
    return before > max(20, headers)


def _headers(text: str, shape: Shape) -> list[_Header]:
    """Every header of the file's shape; a word beside the time that is not of this shape means that it is body text."""
    pattern, time_first, needs_mark = pattern_of(shape), shape.time_first, shape.mark != ""
    slots: dict[tuple[str, str], str | None] = {}
    hours: dict[tuple[str, str | None], int | None] = {}
    found: list[_Header] = []
    for match in pattern.finditer(text):
        if time_first:
            hour, minute, second, between, day, after = match.groups()
        else:
            day, between, hour, minute, second, after = match.groups()
        words = (between, after)
        if words not in slots:
            slots[words] = _kind_of(shape, between, after)
        kind = slots[words]
        if kind == "other":
            continue
        key = (hour, kind)
        if key not in hours:
            hours[key] = None if kind is None or (needs_mark and kind == "") else hour_of(int(hour), kind)
        found.append(_Header(*match.span(), day, hours[key], int(minute), int(second or 0)))
    return found


def _kind_of(shape: Shape, between: str, after: str) -> str | None:
    """The day mark's kind; None where this shape's header has an unknown word there; "other" for another shape."""
    (words, kind), (tail, tail_kind) = slot(between), slot(after)
    if words == shape.between and tail == shape.after:
        return kind or tail_kind
    known = is_neutral(words) and is_neutral(tail)
    return "other" if known and not shape.mark else None if shape.mark else "other"


def _moment(header: _Header, day: date | None) -> datetime | None:
    if day is None or header.hour is None or header.minute > 59 or header.second > 59:
        return None
    return datetime(day.year, day.month, day.day, header.hour, header.minute, header.second)


def _rows(text: str, headers: list[_Header], dates: dict[str, date | None], parsed: Parsed) -> list[Row]:
    """Headers with what follows each, up to the next; what cannot be dated goes to `parsed.unparsed`."""
    _list_unparsed(parsed, 1, text[: headers[0].start])
    rows: list[Row] = []
    line = text.count("\n", 0, headers[0].start) + 1
    ends = [h.start for h in headers[1:]] + [len(text)]
    for header, end in zip(headers, ends, strict=True):
        at = _moment(header, dates[header.date])
        rest = text[header.end : end]
        if at is None:
            _list_unparsed(parsed, line, text[header.start : end])
        else:
            rows.append((at, line, rest))
            if "\n" in rest and _HEADER_START.search(rest):
                _list_quoted(parsed, line, rest)
        line += text.count("\n", header.start, end)
    return rows


def _list_unparsed(parsed: Parsed, first: int, block: str) -> None:
    for number, content in enumerate(block.split("\n"), first):
        bare = content.strip().strip(notices.MARKS)
        if bare:
            parsed.unparsed.append((number, content))
            parsed.problems.append(Problem("unparsed", "This line could not be read as part of a message; it was left out.",
                                           where=f"line {number}", text=content))  # fmt: skip


def _list_quoted(parsed: Parsed, first: int, block: str) -> None:
    words = ("This line begins like a message, but in another form than the rest of the file; it was kept as part of the "
             "message above it.")  # fmt: skip
    for number, content in enumerate(block.split("\n")[1:], first + 1):
        if looks_like_header(content):
            parsed.problems.append(Problem("header_in_body", words, where=f"line {number}", text=content))


def _add_messages(rows: list[Row], parsed: Parsed, hints: tuple[str, ...]) -> None:
    split = [split_author(rest) for _, _, rest in rows]
    names = names_of(split, [rest for _, _, rest in rows])
    clean, extra = names.clean, names.extra
    for (at, line, rest), (raw, after) in zip(rows, split, strict=True):
        author, body = clean.get(raw), after
        if author is None:
            author, body = names.late_author(rest)
        elif raw in extra:
            body = body[len(extra[raw]) :].lstrip(" ")
        marked = body[:1] in _MARKS
        if marked:
            body = body.lstrip(notices.MARKS)
        suspect = marked or (hints and any(hint in body for hint in hints))
        if author == "" or (suspect and notices.is_notice(body, marked=marked)):
            parsed.system_lines += 1
            continue
        body = body.rstrip("\n")
        parsed.messages.append(
            Message(at, author, notices.without_edited_mark(body) if body[-1:] == ">" else body, line)
        )


def _note_order(parsed: Parsed) -> None:
    """Says where the file steps back by more than a day: such lines are kept as they stand."""
    back = [b.line for a, b in pairwise(parsed.messages) if (a.at - b.at).days >= 1]
    if back:
        words = f"{len(back)} message(s) are dated more than a day before the one above; they were kept as they are."
        parsed.problems.append(Problem("out_of_order", words, where=f"line {back[0]}"))
