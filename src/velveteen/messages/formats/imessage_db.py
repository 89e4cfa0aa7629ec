"""Apple's `chat.db`: messages, handles and chats in SQLite, read without a change and without a file beside it.

Tables and columns as their readers describe them (ReagentX/imessage-exporter, docs/tables; variants of messages). Times
count from 2001, in seconds on old phones and in billionths since. The database has no names but addresses; the owner is
"Me". An edited message is its last words; one taken back is a note.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any

from velveteen.messages.chat import Message
from velveteen.messages.formats.letters import ME, NOBODY, Names, aside, name, words
from velveteen.messages.formats.moments import instant, local
from velveteen.messages.formats.typedstream import text_of
from velveteen.problems import BadInput, Problem

if TYPE_CHECKING:
    from velveteen.messages.formats.contract import Choice, Notes, Part

NAME = "imessage_db"
MOST_IN_MEMORY = 1024 * 1024 * 1024
"""Largest database that is read without a file of its own, in bytes."""
_BROKEN = (sqlite3.Error, UnicodeError)
"""What a damaged database raises: its own errors, or their wording being no text."""
_MAGIC = b"SQLite format 3\0"
_TABLES = {"message", "handle", "chat", "chat_message_join"}
_COLUMNS = ("date", "text", "attributedBody", "is_from_me", "handle_id", "associated_message_type", "item_type",
            "group_action_type", "is_system_message", "balloon_bundle_id", "cache_has_attachments", "date_edited",
            "date_retracted", "subject")  # fmt: skip
_SINCE_2001, _BILLIONTHS, _SECONDS_END = 978_307_200, 1_000_000_000, 100_000_000_000
_ATTACHMENT = "\ufffc"
_APP = "\ufffd"
_FIRST_TAPBACK = 1000
_UNDATED = "This message has no date that can be read; it was left out."
_UNREAD = "This message is damaged; it was left out."
_DAMAGED = ("This database could not be read; it is damaged. Nothing was changed and nothing is lost. Copy chat.db once "
            "more while Messages is closed, and give the copy.")  # fmt: skip


def fits(part: Part) -> bool:
    """Whether this is a database of Messages: SQLite, with its tables."""
    if not part.head.startswith(_MAGIC):
        return False
    if b"chat_message_join" in part.head and b"attributedBody" in part.head:
        return True
    try:
        with closing(_opened(part)) as database:
            return _tables(database) >= _TABLES
    except (*_BROKEN, BadInput, OSError):
        return False


def _opened(part: Part) -> sqlite3.Connection:
    """The database, read only: its own file, never locked and never written beside; or a copy in memory."""
    if part.path is not None:
        uri = f"{part.path.absolute().as_uri()}?mode=ro&immutable=1"
        database = sqlite3.connect(uri, uri=True, isolation_level=None)
    else:
        database = _in_memory(part)
    database.text_factory = lambda raw: raw.decode("utf-8", "replace")
    for pragma in ("query_only=ON", "temp_store=MEMORY", "trusted_schema=OFF", "cell_size_check=ON"):
        database.execute(f"PRAGMA {pragma}")
    return database


def _in_memory(part: Part) -> sqlite3.Connection:
    if part.size > MOST_IN_MEMORY:
        raise BadInput("file_too_large", "This database is too large to be read out of a zip. Nothing was changed and "
                       "nothing is lost. Take chat.db out of the zip and give it by itself.")  # fmt: skip
    with part.open() as file:
        data = bytearray(file.read(MOST_IN_MEMORY + 1))
    # A database that keeps a journal beside it cannot be opened in memory; the mark of that is two bytes.
    data[18:20] = b"\1\1"
    database = sqlite3.connect(":memory:", isolation_level=None)
    try:
        database.deserialize(data)
    except (*_BROKEN, OverflowError):
        database.close()
        raise
    return database


def _tables(database: sqlite3.Connection) -> set[str]:
    # Tables alone: a view in a made-up database could compute for ever.
    return {row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


@dataclass(slots=True)
class _Book:
    """Who the numbers are: handles by row, chats by row."""

    handles: dict[int, str] = field(default_factory=dict)
    chats: dict[int, str] = field(default_factory=dict)


def stream(parts: Sequence[Part], notes: Notes, choice: Choice) -> Iterator[Message]:
    """Messages in the order of time as `contract.Format.stream` says, each with its conversation.

    Raises:
        BadInput: the database is damaged at its root, or too large to be read out of a zip.
    """
    number = 0
    for part in parts:
        _note_journal(part, notes)
        try:
            with closing(_opened(part)) as database:
                book, select = _book(database), _select(database)
                rows, whole = _order(database)
                for row, chat in rows:
                    number += 1
                    record = _fetched(database, select, row)
                    message = _message(record, number, book.chats.get(chat, NOBODY), book, notes, choice)
                    if message is not None:
                        yield message
        except _BROKEN as error:
            raise BadInput("database_damaged", _DAMAGED) from error
        if not whole:
            number += 1
            notes.leave_out(number, part.name, "The database is damaged; some of its messages could not be read.",
                            code="cut_short")  # fmt: skip


def _note_journal(part: Part, notes: Notes) -> None:
    journal = part.path.with_name(part.path.name + "-wal") if part.path is not None else None
    if journal is not None and journal.is_file() and journal.stat().st_size > 0:
        words_ = ("Beside this file lies one whose name ends in “-wal”. It holds the latest messages, and was not read. "
                  "Quit Messages, copy chat.db again, and give that copy to have them too.")  # fmt: skip
        notes.problems.append(Problem("journal_beside", words_, where=part.name))


def _book(database: sqlite3.Connection) -> _Book:
    if not _tables(database) >= _TABLES:
        raise BadInput("not_a_chat", "This database holds no messages of Apple's. Nothing was changed and nothing is lost. "
                       "Give the file chat.db from the folder Library/Messages.")  # fmt: skip
    book, people, groups = _Book(), Names(taken={ME}), Names()
    person = "person_centric_id" if "person_centric_id" in _columns(database, "handle") else "NULL"
    for row, address, same in database.execute(f"SELECT ROWID, id, {person} FROM handle ORDER BY ROWID"):  # noqa: S608
        address_ = name(str(address or "")) or NOBODY
        book.handles[row] = people.of(str(same or address_), address_)
    members = _members(database, book)
    shown = "display_name" if "display_name" in _columns(database, "chat") else "NULL"
    query = f"SELECT ROWID, {shown}, chat_identifier FROM chat ORDER BY ROWID"  # noqa: S608
    for row, called, identifier in database.execute(query):
        wanted = (
            name(called) or ", ".join(sorted(members.get(row, ()))) or name(str(identifier or "")) or NOBODY
        )
        book.chats[row] = groups.of(str(identifier or row), wanted)
    return book


def _members(database: sqlite3.Connection, book: _Book) -> dict[int, set[str]]:
    members: dict[int, set[str]] = {}
    if "chat_handle_join" in _tables(database):
        for chat, handle in database.execute("SELECT chat_id, handle_id FROM chat_handle_join"):
            members.setdefault(chat, set()).add(book.handles.get(handle, NOBODY))
    return members


def _columns(database: sqlite3.Connection, table: str) -> set[str]:
    return {row[1] for row in database.execute(f"PRAGMA table_info({table})")}


def _select(database: sqlite3.Connection) -> str:
    there = _columns(database, "message")
    columns = ", ".join(column if column in there else f"NULL AS {column}" for column in _COLUMNS)
    return f"SELECT {columns} FROM message WHERE ROWID = ?"  # noqa: S608


def _order(database: sqlite3.Connection) -> tuple[Iterable[tuple[int, int]], bool]:
    """((row of a message, row of its chat) in the order of time, whether these are all).

    Numbers alone are sorted, so that a million messages fit in little memory.
    """
    moment = f"CASE WHEN m.date BETWEEN -{_SECONDS_END} AND {_SECONDS_END} THEN m.date * {_BILLIONTHS} ELSE m.date END"
    query = (f"SELECT m.ROWID, min(j.chat_id) FROM message m LEFT JOIN chat_message_join j ON j.message_id = m.ROWID "  # noqa: S608
             f"GROUP BY m.ROWID ORDER BY {moment}, m.ROWID")  # fmt: skip
    try:
        cursor = database.execute(query)
        first = cursor.fetchone()
    except _BROKEN:
        return _rescued(database), False
    return (chain([first], cursor) if first else []), True


def _rescued(database: sqlite3.Connection) -> list[tuple[int, int]]:
    """What a damaged table gives from its beginning and from its end, in the order of its rows."""
    chats: dict[int, int] = {}
    rows: set[int] = set()
    for way in ("ASC", "DESC"):
        with suppress(*_BROKEN):
            for message, chat in database.execute(
                f"SELECT message_id, chat_id FROM chat_message_join ORDER BY ROWID {way}"  # noqa: S608
            ):
                chats.setdefault(message, chat)
        with suppress(*_BROKEN):
            for (row,) in database.execute(f"SELECT ROWID FROM message ORDER BY ROWID {way}"):  # noqa: S608
                rows.add(row)
    if not rows:
        raise BadInput("database_damaged", _DAMAGED)
    return [(row, chats.get(row, 0)) for row in sorted(rows)]


def _fetched(database: sqlite3.Connection, select: str, row: int) -> tuple[Any, ...] | None:
    try:
        found: tuple[Any, ...] | None = database.execute(select, (row,)).fetchone()
    except _BROKEN:
        return None
    return found


def _moment(date: object) -> int | None:
    if not isinstance(date, int) or date == 0:
        return None
    since = date if abs(date) < _SECONDS_END else date // _BILLIONTHS
    return instant(since + _SINCE_2001)


def _message(
    row: tuple[Any, ...] | None, number: int, chat: str, book: _Book, notes: Notes, choice: Choice
) -> Message | None:
    record = dict(zip(_COLUMNS, row, strict=True)) if row else {}
    if choice.chat is not None and chat != choice.chat:
        return None
    if _is_event(record):
        notes.system_lines += 1
        return None
    moment = _moment(record.get("date"))
    if moment is None:
        notes.leave_out(number, _said(record), _UNDATED if row else _UNREAD)
        return None
    own = record["is_from_me"] == 1
    author = ME if own else book.handles.get(record["handle_id"], chat)
    if own:
        notes.owner = ME
    text = _said(record)
    note = "" if text.strip() else _note(record)
    at = local(moment, choice.zone)
    return Message(at, author, note or text, number, note=note != "", chat=chat, instant=moment)


def _is_event(record: dict[str, Any]) -> bool:
    """Whether this is a tapback, somebody who came or went, a new name for the group, or the like."""
    kind = record.get("associated_message_type")
    if isinstance(kind, int) and kind >= _FIRST_TAPBACK:
        return True
    return any(
        record.get(key) not in {None, 0} for key in ("item_type", "group_action_type", "is_system_message")
    )


def _said(record: dict[str, Any]) -> str:
    text = words(record.get("text")) or words(text_of(record.get("attributedBody")))
    subject = words(record.get("subject"))
    both = f"{subject}\n{text}" if subject.strip() else text
    return both.replace(_ATTACHMENT, "").removeprefix(_APP).strip("\n")


def _note(record: dict[str, Any]) -> str:
    if record.get("date_retracted") or record.get("date_edited"):
        return aside("unsent")
    if record.get("balloon_bundle_id"):
        return aside("app")
    shown = words(record.get("text")) + words(text_of(record.get("attributedBody")))
    return aside("attachment" if record.get("cache_has_attachments") or _ATTACHMENT in shown else "no text")
