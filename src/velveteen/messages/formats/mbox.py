"""Mail in an mbox file: every message after a line that begins with "From ".

The separators and the two ways to quote them are RFC 4155 and its relatives (mboxo, mboxrd); headers and parts are read by
Python's `email`. What somebody quotes, forwards or signs with is not counted as their words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from email import message_from_bytes
from email.header import decode_header
from email.message import Message as Mail
from email.utils import getaddresses, parsedate_to_datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from velveteen.messages.chat import Message
from velveteen.messages.formats.letters import NOBODY, Names, aside, name, words
from velveteen.messages.formats.mail_text import own_words, text_of_page
from velveteen.messages.formats.moments import instant, local
from velveteen.problems import BadInput, Problem

if TYPE_CHECKING:
    from velveteen.messages.formats.contract import Choice, Notes, Part

NAME = "mbox"
LONGEST_MAIL = 8 * 1024 * 1024
"""Bytes of one mail that are held; words stand at its start, what is larger are attachments."""
LONGEST_LINE = 64 * 1024
MOST_PARTS = 200
_SEPARATOR = re.compile(rb"From (?:$|-|\S+@|\S+ .*\d\d:\d\d|.*\d\d:\d\d:\d\d.*\d{4}|MAILER-DAEMON)")
_HEADER = re.compile(rb">?[!-9;-~]{1,80}:|>From ")
_QUOTED = re.compile(rb">+From ")
_BROKEN = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError)
"""What the `email` package raises, here and there, on headers and parts that are none."""
_ALL = 0.95
"""Share of mails in which an address must stand to be taken for the owner's."""


def fits(part: Part) -> bool:
    """Whether this is an mbox: a separator, and a header below it."""
    lines = part.head.lstrip(b"\xef\xbb\xbf\r\n").split(b"\n", 2)
    return (
        len(lines) > 1
        and _SEPARATOR.match(lines[0].rstrip()) is not None
        and _HEADER.match(lines[1]) is not None
    )


@dataclass(slots=True)
class _Book:
    """Who the addresses are.

    Attributes:
        owner: the owner's address; "" where the mails do not show it.
        people: one name for one address.
        wanted: address -> the name that mails give it.
    """

    owner: str = ""
    people: Names = field(default_factory=Names)
    wanted: dict[str, str] = field(default_factory=dict)

    def who(self, address: str) -> str:
        """The name of whoever has an address."""
        return self.people.of(address, self.wanted.get(address) or address or NOBODY)


def stream(parts: Sequence[Part], notes: Notes, choice: Choice) -> Iterator[Message]:
    """Messages as `contract.Format.stream` says, each with the people it was exchanged with as its conversation.

    Raises:
        BadInput: no mail could be read.
    """
    book, count = _book(parts)
    if count == 0:
        raise BadInput("not_a_chat", "No mail was found in this file. Nothing was changed and nothing is lost. Give a file "
                       "in the form mbox, as mail programs export a folder.")  # fmt: skip
    if book.owner:
        notes.owner = book.who(book.owner)
    number = 0
    for part in parts:
        for raw in _mails(part, LONGEST_MAIL):
            number += 1
            try:
                message = _message(message_from_bytes(raw), number, book, notes, choice)
            except _BROKEN:
                notes.leave_out(
                    number, raw[:200].decode("utf-8", "replace"), "This mail is damaged; it was left out."
                )
                continue
            if message is not None:
                yield message


def _mails(part: Part, most: int) -> Iterator[bytes]:
    """Every mail without its separator, the first `most` bytes of it, quoted separators as they were written."""
    held: list[bytes] | None = None
    size, empty, waiting = 0, True, b""
    with part.open() as file:
        while line := file.readline(LONGEST_LINE):
            if waiting:
                if _HEADER.match(line):
                    if held is not None:
                        yield b"".join(held)
                    held, size = [], 0
                elif held is not None:
                    held.append(waiting)
                waiting = b""
            bare = line.rstrip(b"\r\n")
            if empty and _SEPARATOR.match(
                bare if size or held is not None else bare.removeprefix(b"\xef\xbb\xbf")
            ):
                waiting = line
            elif held is not None and size < most:
                held.append(line[1:] if _QUOTED.match(line) else line)
                size += len(line)
            empty = not bare
    if held is not None:
        yield b"".join(held)


def _book(parts: Sequence[Part]) -> tuple[_Book, int]:
    """Names and the owner, of the headers of every mail, and how many mails there are."""
    book, count, delivered, seen = _Book(), 0, Counter[str](), Counter[str]()
    for part in parts:
        for raw in _mails(part, LONGEST_LINE):
            count += 1
            try:
                mail = message_from_bytes(re.split(rb"\r?\n\r?\n", raw[:LONGEST_LINE], maxsplit=1)[0])
                people, to = _people(mail, "from", "to", "cc"), _people(mail, "delivered-to", "x-original-to")
            except _BROKEN:
                continue  # listed when the mails themselves are read
            delivered.update(address for _, address in to)
            seen.update({address for _, address in people})
            for called, address in people:
                if called and called.casefold() != address:
                    book.wanted.setdefault(address, called)
    book.owner = _owner(delivered, seen, count)
    return book, count


def _owner(delivered: Counter[str], seen: Counter[str], count: int) -> str:
    """The address that mails were delivered to; else the only one that stands in nearly all of them."""
    if delivered:
        return delivered.most_common(1)[0][0]
    everywhere = [address for address, times in seen.items() if times >= _ALL * count]
    return everywhere[0] if count > 1 and len(everywhere) == 1 else ""


def _people(mail: Mail, *headers: str) -> list[tuple[str, str]]:
    """(display name, address in small letters) of everybody in some headers."""
    fields = [str(value) for header in headers for value in mail.get_all(header, [])]
    return [person for field_ in fields for person in _addresses(field_)]


@lru_cache(maxsize=4096)
def _addresses(value: str) -> tuple[tuple[str, str], ...]:
    # Split before names are decoded: a name may have a comma in it.
    found = getaddresses([value])
    return tuple((name(_header(called)), address.casefold()) for called, address in found if "@" in address)


def _header(value: str) -> str:
    """A header's text, its encoded words read; what cannot be read is replaced."""
    try:
        pieces = decode_header(value)
    except (ValueError, LookupError):
        return words(value)
    return words("".join(_decoded(piece, charset) for piece, charset in pieces))


def _decoded(piece: bytes | str, charset: str | None) -> str:
    if isinstance(piece, str):
        return piece
    try:
        return piece.decode(charset or "utf-8", "replace")
    except (LookupError, UnicodeError, ValueError):
        return piece.decode("utf-8", "replace")


def _message(mail: Mail, number: int, book: _Book, notes: Notes, choice: Choice) -> Message | None:
    sender = next((address for _, address in _people(mail, "from")), "")
    others = {address for _, address in _people(mail, "from", "to", "cc")} - {book.owner}
    chat = ", ".join(sorted(book.who(address) for address in others)) or book.who(book.owner)
    if choice.chat is not None and chat != choice.chat:
        return None
    if _is_machine(mail):
        notes.system_lines += 1
        return None
    moment = _moment(mail)
    if moment is None or not sender:
        why = ("This mail has no date that can be read; it was left out." if sender else
               "This mail has no sender that can be read; it was left out.")  # fmt: skip
        notes.leave_out(number, _header(str(mail.get("subject", ""))), why)
        return None
    text, what = _body(mail, number, notes)
    at = local(moment, choice.zone)
    return Message(at, book.who(sender), what or text, number, note=what != "", chat=chat, instant=moment)


def _is_machine(mail: Mail) -> bool:
    """Whether a program wrote this: a mail that came back, an answer while somebody is away."""
    automatic = str(mail.get("auto-submitted", "no")).strip().casefold()
    return mail.get_content_type() == "multipart/report" or not automatic.startswith("no")


def _moment(mail: Mail) -> int | None:
    """When it was sent; else when it arrived."""
    received = [str(value).rpartition(";")[2] for value in mail.get_all("received", [])[:1]]
    for text in [str(value) for value in mail.get_all("date", [])[:1]] + received:
        try:
            found = instant(parsedate_to_datetime(text[:200]).timestamp())
        except (ValueError, TypeError, OverflowError, IndexError, OSError):
            continue
        if found is not None:
            return found
    return None


def _body(mail: Mail, number: int, notes: Notes) -> tuple[str, str]:
    """(the sender's own words, what stands in their place where there are none)."""
    plain, pages, files = _parts(mail, number, notes)
    whole = (
        "\n".join(plain)
        if any(text.strip() for text in plain)
        else "\n".join(text_of_page(page) for page in pages)
    )
    text = own_words(whole)
    if text:
        return text, ""
    if whole.strip():
        return "", aside("quoted or forwarded")
    return "", aside("attachment" if files else "no text")


def _parts(mail: Mail, number: int, notes: Notes) -> tuple[list[str], list[str], int]:
    """(plain texts, pages, how many files) that belong to the mail itself, not to one that it carries."""
    plain: list[str] = []
    pages: list[str] = []
    files, open_parts, seen = 0, [mail], 0
    while open_parts and seen < MOST_PARTS:
        part, seen = open_parts.pop(0), seen + 1
        kind = part.get_content_type()
        if part.is_multipart() and not kind.startswith("message/"):
            open_parts = [child for child in part.get_payload() if isinstance(child, Mail)] + open_parts
        elif (
            kind not in {"text/plain", "text/html"}
            or "attachment" in str(part.get("content-disposition", "")).casefold()
        ):
            files += 1
        else:
            (plain if kind == "text/plain" else pages).append(_text(part, number, notes))
    return plain, pages, files


def _text(part: Mail, number: int, notes: Notes) -> str:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    charset = part.get_content_charset("utf-8")
    try:
        text = data.decode(charset, "strict")
    except (LookupError, UnicodeError, ValueError):
        text = data.decode("utf-8", "replace")
        if not data.isascii():
            why = "Some letters of this mail could not be read as it says; a few may look wrong."
            notes.problems.append(Problem("encoding", why, where=f"message {number}"))
    text = words(text.replace("\r\n", "\n").replace("\r", "\n"))
    flowed = str(part.get_param("format", "")).casefold() == "flowed"
    return re.sub(r"(?<!^--) \n(?!>)", " ", text, flags=re.MULTILINE) if flowed else text
