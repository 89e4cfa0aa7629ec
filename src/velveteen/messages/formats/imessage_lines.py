"""The text layout of `imessage-exporter`: a moment, a name and a body a message, an empty line between two.

Layout as the exporter writes it (ReagentX/imessage-exporter, exporters/txt.rs). An answer stands twice, indented below what
it answers and once more in its place: only its place counts. What stands below an indented answer may belong to either
message, so it is nobody's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from velveteen.messages.formats.letters import aside

MOMENT = r"([A-Z][a-z]{2}) (\d{1,2}), (\d{4}) {1,2}(\d{1,2}):(\d{2}):(\d{2}) ([AP]M)"
_HEADER = re.compile(MOMENT + r"(?: \(Read by (.{1,80}?) after .{1,100}\))?")
_EVENT = re.compile(MOMENT + r" \S")
_EDIT = re.compile(r"Edited .{1,80}? later: ")
_MONTHS = {month: number for number, month in enumerate(
    ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"), 1)}  # fmt: skip
_TAPBACKS = {"Tapbacks:", "Reactions:"}
_TAPBACK = re.compile(r"\S.{0,60} by .+|Sticker from .+|.{0,60}Sticker from .+")
_ANSWERED = "This message responded to an earlier message."
_EFFECTS = {f"Sent with {effect}" for effect in (
    "Confetti", "Echo", "Fireworks", "Balloons", "Heart", "Lasers", "Shooting Star", "Shooting Start", "Sparkles",
    "Spotlight", "Slam", "Loud", "Gentle", "Invisible Ink")}  # fmt: skip
_FILE = re.compile(r"(?:~?/|attachments/|[A-Z]:\\)[^\n]{0,500}\.[A-Za-z0-9]{1,5}")
_ASIDES = ((re.compile(r"Attachment missing!|Unable to locate attachment: .*"), "attachment"), (_FILE, "attachment"),
           (re.compile(r"(?:You|They|.{1,80}) unsent this message part(?: .{1,80} after sending)?!"), "unsent"),
           (re.compile(r"(?:.{1,40} )?Sticker from .{1,80}: .+"), "sticker"),
           (re.compile(r"SharePlay Message"), "SharePlay"),
           (re.compile(r"(?:Started sharing|Stopped sharing|Shared) location!"), "location"),
           (re.compile(r"Unable to format app message: .*"), "app"))  # fmt: skip
_DELETED = "This message was deleted from the conversation!"


@dataclass(slots=True)
class Said:
    """One message as an exported page has it.

    Attributes:
        line: 1-based line of its moment.
        at: the moment; None where it cannot be read.
        sender: the name; "" where there is none.
        own: whether the page shows that the owner sent it.
        event: whether the app wrote it of somebody.
        body: its lines.
        aside: what stands in place of words, where a part of it is none.
        unclear: whether words below an answer were left out.
    """

    line: int
    at: datetime | None
    sender: str = ""
    own: bool = False
    event: bool = False
    body: list[str] = field(default_factory=list)
    aside: str = ""
    unclear: bool = False


def moment_of(match: re.Match[str] | None) -> datetime | None:
    """The moment that `MOMENT` found; None where no calendar or clock has it."""
    if match is None:
        return None
    month, day, year, hour, minute, second, half = match.groups()[:7]
    hours = int(hour) % 12 + (12 if half == "PM" else 0)
    if not 1990 <= int(year) < 2100 or month not in _MONTHS or not 1 <= int(hour) <= 12:
        return None
    try:
        return datetime(int(year), _MONTHS[month], int(day), hours, int(minute), int(second))
    except ValueError:
        return None


def messages_in(lines: Iterable[str]) -> Iterator[Said]:
    """Messages and events of a text export, one by one; text before the first is one without a moment."""
    said, empty = Said(1, None), True
    for number, line in enumerate(lines, 1):
        header = _HEADER.fullmatch(line) if empty else None
        event = _EVENT.match(line) if empty and header is None else None
        if header is not None or event is not None:
            if number > 1:
                yield _finished(said)
            said = Said(number, moment_of(header or event), event=event is not None,
                        own=header is not None and header[8] == "them", body=[line] if event else [])  # fmt: skip
        elif said.at is not None and not said.sender and not said.event:
            said.sender = line.strip()
        else:
            said.body.append(line)
        empty = line == ""
    yield _finished(said)


def _finished(said: Said) -> Said:
    if not said.event:
        _take_body(said)
    return said


def _take_body(said: Said) -> None:
    """Leaves the sender's own words in the body: no tapbacks, effects, paths of files, earlier wordings, or answers."""
    lines, said.body, below, at = said.body, [], False, 0
    while at < len(lines):
        line = lines[at]
        if line.startswith("    ") and _HEADER.fullmatch(line.strip()):
            below, at = True, _end_of_block(lines, at)
        elif line == "Ended" and at > 0 and lines[at - 1] == "SharePlay Message":
            pass  # the second line of the same aside
        elif line in _TAPBACKS and at + 1 < len(lines) and _TAPBACK.fullmatch(lines[at + 1]):
            at = _end_of_block(lines, at)
        elif below:
            said.unclear |= bool(line.strip()) and not line.startswith("    ") and line != _ANSWERED
        elif line not in {_DELETED, _ANSWERED} and line not in _EFFECTS:
            said.aside = said.aside or _aside(line)
            if not _aside(line):
                said.body.append(line)
        at += 1
    said.body = _latest(said.body)


def _end_of_block(lines: list[str], at: int) -> int:
    """The next empty line, or the last one."""
    return next((number for number in range(at, len(lines)) if lines[number] == ""), len(lines) - 1)


def _aside(line: str) -> str:
    return next((aside(what) for pattern, what in _ASIDES if pattern.fullmatch(line)), "")


def _latest(body: list[str]) -> list[str]:
    """The last wording of an edited body, else the body."""
    if not body or not _EVENT.match(body[0]):
        return body
    edits = [number for number, line in enumerate(body) if _EDIT.match(line)]
    if not edits:
        return body
    last = edits[-1]
    return [_EDIT.sub("", body[last], count=1), *body[last + 1 :]]
