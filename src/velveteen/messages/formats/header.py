"""The header of a line: a date of three numbers, something between, a time, perhaps a day mark, and an end.

A tolerant grammar finds candidates; the commonest shape among them is the file's own, and only lines of that shape
are headers. A quoted header of another shape, or “10:30 - ok”, stays part of the message it stands in. Every
repetition is bounded, so that no line takes long.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from velveteen.messages.formats.day_marks import GAP_CHARS, is_neutral, slot
from velveteen.problems import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator

_G = f"[{GAP_CHARS}]{{0,6}}"
_G1 = f"[{GAP_CHARS}]{{1,6}}"
_OPEN = rf"^{_G}(\[?){_G}"
_DATE_SEPARATOR = rf"({_G}[./\-‐‑–年월년月٫]{_G})"
_DATE = rf"(\d{{1,4}}){_DATE_SEPARATOR}(\d{{1,4}}){_DATE_SEPARATOR}([RHrh]?\d{{1,4}})"
_TIME_SEPARATOR = rf"({_G}(?:[:.：٫hH時时시点點分분]|min){_G})"
_TIME = rf"(?<!\d)(\d{{1,2}}){_TIME_SEPARATOR}(\d{{1,2}})(?:{_TIME_SEPARATOR}(\d{{1,2}}))?(?!\d)"
_BETWEEN = r"([^\d\n\[\]]{1,24}?)"
_LOOSE_DATE_FIRST = re.compile(rf"{_OPEN}{_DATE}(?!\d){_BETWEEN}{_TIME}", re.MULTILINE)
_LOOSE_TIME_FIRST = re.compile(rf"{_OPEN}{_TIME}{_BETWEEN}(?<!\d){_DATE}(?!\d)", re.MULTILINE)

_TAIL = r"([^\d\n\[\]:;–—\-]{0,24}?)"
_AFTER_BRACKET = re.compile(rf"{_TAIL}{_G}\]{_G}(?:[-–—:]{_G1})?")
_AFTER_DASH = re.compile(rf"{_TAIL}{_G1}([-–—]){_G1}|()([-–—]){_G}")
_AFTER_COLON = re.compile(rf"{_TAIL}{_G}([:;])(?:{_G1}|$)", re.MULTILINE)
_WORD = re.compile(rf"{_G}([^\s\d:;\[\]–—-]{{1,8}}(?:[ \u00a0\u202f]m\.)?)(?={_G1})")

SAMPLE = 1500
"""How many candidate lines decide the shape: from the start of the text, and half as many from its middle."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What all headers of one export have in common; spaces, invisible marks and commas do not count."""

    time_first: bool
    bracket: bool
    date_separators: tuple[str, str]
    time_separators: tuple[str, str]
    between: str
    after: str
    mark: str  # where the day mark stands: "between", "after" or ""
    end: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that begins as a header might."""

    shape: Shape
    hour: int


def _bare(separator: str | None) -> str:
    return re.sub(f"[{GAP_CHARS}]", "", separator or "").casefold()


def _end_of(rest: str, *, bracket: bool) -> tuple[str, str] | None:
    """(text after the time, how the header ends) or None where it does not end as a header does."""
    if bracket:
        found = _AFTER_BRACKET.match(rest)
        return (found[1], "]") if found else None
    if found := _AFTER_DASH.match(rest):
        return (found[1] or "", found[2] or found[4])
    found = _AFTER_COLON.match(rest)
    if found and (
        not found[1].strip() or slot(found[1])[1]
    ):  # “22:52 Ana: hi” ends after the time, not after “Ana”
        return (found[1], found[2])
    found = _WORD.match(rest)
    if found and slot(found[1])[1]:
        return (found[1], "")
    return ("", "") if rest[:1].isspace() and rest.strip() else None


def _candidate(found: re.Match[str], line_end: str, *, time_first: bool) -> Candidate | None:
    groups = found.groups()
    if time_first:
        bracket, hour, t1, _, t2, _, between, _, d1, _, d2, _ = groups
    else:
        bracket, _, d1, _, d2, _, between, hour, t1, _, t2, _ = groups
    end = _end_of(line_end, bracket=bool(bracket))
    if end is None:
        return None
    words, kind = slot(between)
    after, after_kind = slot(end[0])
    mark = "between" if kind else "after" if after_kind else ""
    shape = Shape(
        time_first, bool(bracket), (_bare(d1), _bare(d2)), (_bare(t1), _bare(t2)), words, after, mark, end[1]
    )
    return Candidate(shape, int(hour))


def _line_rest(text: str, start: int) -> str:
    stop = text.find("\n", start, start + 80)
    return text[start : stop if stop >= 0 else start + 80]


def candidates(text: str) -> Iterator[Candidate]:
    """Lines that look like headers of whatever shape; where a line fits both ways, the date comes first."""
    seen: set[int] = set()
    for pattern, time_first in ((_LOOSE_DATE_FIRST, False), (_LOOSE_TIME_FIRST, True)):
        for found in pattern.finditer(text):
            candidate = _candidate(found, _line_rest(text, found.end()), time_first=time_first)
            if candidate is not None and found.start() not in seen:
                seen.add(found.start())
                yield candidate


def count_candidates(text: str) -> int:
    """How many lines look like headers."""
    return sum(1 for _ in candidates(text))


def looks_like_header(line: str) -> bool:
    """Whether a line begins as a header of any shape does."""
    return next(candidates(line), None) is not None


def shape_of(start: str, middle: str) -> Shape | None:
    """The one shape of a file's headers, or None where no line looks like a header.

    Args:
        start: whole lines from the start of the file.
        middle: whole lines from its middle on.

    Raises:
        BadInput: headers of two shapes in bulk (two exports in one file), or a word beside the time that may be a day mark
            and is not known: guessing it could move messages by half a day.
    """
    sample = [*islice(candidates(start), SAMPLE), *islice(candidates(middle), SAMPLE // 2)]
    counts = Counter(candidate.shape for candidate in sample)
    if not counts:
        return None
    (shape, count), *others = counts.most_common()
    _refuse_unknown_words(
        shape, [c for c in sample if c.shape == shape], [o for o, n in others if n * 10 >= count]
    )
    rival = others[0][1] if others else 0
    if rival >= 20 and rival * 5 >= count:
        raise BadInput("mixed_headers", "This file seems to hold two exports with different ways of writing dates, one "
                       "after the other. Nothing is lost: put each export in a file of its own and give them one by "
                       "one.")  # fmt: skip
    return shape


def _refuse_unknown_words(shape: Shape, same: list[Candidate], rivals: list[Shape]) -> None:
    unknown = [words for words in (shape.between, shape.after) if not is_neutral(words)]
    if not unknown:
        return
    varies = any((r.between, r.after) != (shape.between, shape.after) and r.end == shape.end for r in rivals)
    if varies or not any(c.hour > 12 for c in same):
        raise BadInput("unknown_day_words", f"The word “{unknown[0]}” stands beside the time, and it is not known whether "
                       "it means before or after noon, so no time was guessed. Nothing is lost: set the phone to a 24-hour "
                       "clock, export the chat again, and give that file.")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Patterns:
    """What finds the headers of one shape, and reads them.

    Attributes:
        cut: a header at the start of a line, the line feed before it included. Groups: what stands before the date, the
            date, what follows it to the header's end, and the author where one is plain to see (else None).
        clock: reads what follows the date; with the time first, what stands before it, a line feed, and what follows.
            Groups: words before the time, hour, minute, second (or None), words after it; with the time first: hour,
            minute, second, words before the date, words after it.
    """

    cut: re.Pattern[str]
    clock: re.Pattern[str]


def patterns_of(shape: Shape) -> Patterns:
    """The patterns of one shape."""
    d1, d2 = (re.escape(s) for s in shape.date_separators)
    date = rf"(\d{{1,4}}{_G}{d1}{_G}\d{{1,4}}{_G}{d2}{_G}[RHrh]?\d{{1,4}})(?!\d)"
    t1, t2 = (re.escape(s) for s in shape.time_separators)
    second = rf"{_G}{t2}{_G}(\d{{1,2}})(?!\d)" if t2 else r"(?!\d)()"
    time = rf"(\d{{1,2}}){_G}{t1}{_G}(\d{{1,2}}){second}"
    opening = rf"{_G}\[{_G}" if shape.bracket else _G
    before = rf"{opening}{time}{_BETWEEN}(?<!\d)" if shape.time_first else opening
    after = _ending(shape) if shape.time_first else rf"{_BETWEEN}(?<!\d){time}{_ending(shape)}"
    # Ignoring case costs a third of the time, and most separators are no letters.
    flags = re.MULTILINE | (re.IGNORECASE if re.search("[^\\W\\d_]", d1 + d2 + t1 + t2) else re.NOFLAG)
    cut = rf"\n({_uncaptured(before)}){date}({_uncaptured(after)})(?:([^:：\n]{{1,100}}): )?"
    clock = rf"{before}\n{after}" if shape.time_first else after
    return Patterns(re.compile(cut, flags), re.compile(clock, flags))


def _uncaptured(pattern: str) -> str:
    return re.sub(r"(?<!\\)\((?!\?)", "(?:", pattern)


def _ending(shape: Shape) -> str:
    if shape.bracket:
        return rf"{_TAIL}{_G}\]{_G}(?:[-–—:]{_G1})?"
    if shape.end in {":", ";"}:
        return rf"{_TAIL}{_G}{shape.end}(?:{_G1}|$)"
    if shape.end:
        tail = _TAIL if shape.mark == "after" or shape.after else "()"
        return rf"{tail}{_G}{re.escape(shape.end)}{_G}"
    return rf"{_WORD.pattern}{_G1}" if shape.mark == "after" else f"(){_G1}"
