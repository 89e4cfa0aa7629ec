"""SMS Backup & Restore's XML: `sms` and `mms` elements of every conversation on a phone.

Fields as the maker describes them (synctech.com.au, "Fields in XML Backup Files"); the word "null" stands for nothing. A
message that was never sent (a draft, or one that failed) is a note: the other never read its words. Two ways to write one
person's number are joined only where the address book says so, or where no other number could be meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from velveteen.messages.chat import Message
from velveteen.messages.formats import numbers
from velveteen.messages.formats.letters import ME, NOBODY, Names, aside, name, words
from velveteen.messages.formats.moments import instant, local
from velveteen.messages.formats.sms_elements import BROKEN, CUT, Element, elements
from velveteen.messages.formats.xml_bytes import Cleaned
from velveteen.problems import BadInput, Problem

if TYPE_CHECKING:
    from velveteen.messages.formats.contract import Choice, Notes, Part

NAME = "sms"
_ROOT = re.compile(rb"<smses[\s>/]")
_RECEIVED, _SENT = "1", "2"
_UNSENT = {"3": "draft", "4": "not yet sent", "5": "failed", "6": "not yet sent"}
_OWN = "insert-address-token"
_UNKNOWN = {"", "(unknown)", "unknown"}
_MILLISECONDS = 100_000_000_000
"""Below it a number of `date` is seconds, as phones hold an MMS."""


def fits(part: Part) -> bool:
    """Whether this is a backup of messages by SMS Backup & Restore."""
    head = part.head.replace(b"\0", b"") if part.head[:2] in {b"\xff\xfe", b"\xfe\xff"} else part.head
    return (
        head[:64].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<") and _ROOT.search(head) is not None
    )


@dataclass(slots=True)
class _Book:
    """Who the numbers are.

    Attributes:
        same: a number as written -> the one that stands for it.
        called: that number -> the name in the address book.
        people: one name for one person.
    """

    same: dict[str, str] = field(default_factory=dict)
    called: dict[str, str] = field(default_factory=dict)
    people: Names = field(default_factory=Names)

    def who(self, address: str) -> str:
        """The name of whoever is at an address; the address where the book has no name."""
        number = numbers.plain(address)
        number = self.same.get(number, number)
        known = self.called.get(number)
        return self.people.of(f"name {known}" if known else number, known or name(number) or NOBODY)


def stream(parts: Sequence[Part], notes: Notes, choice: Choice) -> Iterator[Message]:
    """Messages as `contract.Format.stream` says, each with its conversation.

    Raises:
        BadInput: no message could be read, or the file declares entities.
    """
    book, count = _book(parts)
    if count == 0 and any(element.kind in {BROKEN, CUT} for part in parts for element in _elements(part)):
        raise BadInput("xml_damaged", "No message in this file could be read; it is damaged or was cut short. Nothing "
                       "was changed and nothing is lost. Make a new backup in SMS Backup & Restore and give that "
                       "file.")  # fmt: skip
    number = 0
    for part in parts:
        for element in _elements(part, notes):
            number += 1
            message = _message(element, number, book, notes, choice)
            if message is not None:
                yield message


def _elements(part: Part, notes: Notes | None = None) -> Iterator[Element]:
    with part.open() as file:
        chunks = Cleaned(file)
        yield from elements(chunks)
    if notes is not None and chunks.replaced:
        text = f"{chunks.replaced} character(s) were broken in the backup; each was replaced by a mark."
        notes.problems.append(Problem("broken_letters", text, where=part.name))


def _book(parts: Sequence[Part]) -> tuple[_Book, int]:
    """Names and numbers of the whole backup, read before its messages, and how many messages there are."""
    book, count = _Book(people=Names(taken={ME})), 0
    names: dict[str, str] = {}
    known: set[str] = set()
    for part in parts:
        for element in _elements(part):
            count += element.kind not in {BROKEN, CUT}
            known.update(numbers.plain(address) for address in _addresses(element))
            contact = name(element.value("contact_name"))
            if contact.casefold() not in _UNKNOWN and "~" not in element.value("address"):
                names.setdefault(numbers.plain(element.value("address")), contact)
    book.same = numbers.same(known)
    for number, contact in names.items():
        book.called.setdefault(book.same.get(number, number), contact)
    return book, count


def _addresses(element: Element) -> list[str]:
    return [*element.value("address").split("~"), element.sender, *element.others]


def _message(element: Element, number: int, book: _Book, notes: Notes, choice: Choice) -> Message | None:
    if element.kind not in {"sms", "mms"}:
        notes.leave_out(number, element.kind, _WHY.get(element.kind, _WHY[""]))
        return None
    chat = ", ".join(sorted({book.who(address) for address in element.value("address").split("~")}))
    if choice.chat is not None and chat != choice.chat:
        return None
    box = element.value("type" if element.kind == "sms" else "msg_box")
    moment = _moment(element)
    if moment is None or box not in {_RECEIVED, _SENT, *_UNSENT}:
        notes.leave_out(number, words(element.value("body")), _WHY["date" if moment is None else "box"])
        return None
    author = _author(element, book) if box == _RECEIVED else ME
    if author == ME:
        notes.owner = ME
    text = _text(element)
    note = aside("not sent", _UNSENT[box]) if box in _UNSENT else "" if text.strip() else _note(element)
    at = local(moment, choice.zone)
    return Message(at, author, note or text, number, note=note != "", chat=chat, instant=moment)


_WHY = {
    BROKEN: "A message here is damaged and could not be read; it was left out.",
    CUT: "The file ends here in the middle; what came after could not be read.",
    "date": "This message has no date that can be read; it was left out.",
    "box": "This message does not say whether it was sent or received; it was left out.",
    "": "This piece of the backup is no message; it was left out.",
}


def _moment(element: Element) -> int | None:
    date = element.value("date").strip()
    if not date.isdecimal() or len(date) > 20:
        return None
    return instant(int(date), 1000 if int(date) >= _MILLISECONDS else 1)


def _author(element: Element, book: _Book) -> str:
    """Who sent a received message: in a group the address that it came from, else the conversation's."""
    if element.sender and element.sender != _OWN:
        return book.who(element.sender)
    addresses = element.value("address").split("~")
    return book.who(addresses[0]) if len(addresses) == 1 else NOBODY


def _text(element: Element) -> str:
    if element.kind == "sms":
        return words(element.values.get("body", ""))
    subject = words(element.value("sub"))
    pieces = [subject if subject.casefold() != "nosubject" else "", *(words(text) for text in element.texts)]
    return "\n".join(piece for piece in pieces if piece.strip())


def _note(element: Element) -> str:
    if not element.files:
        return aside("no text")
    return aside(element.files[0].partition("/")[0] or "attachment")
