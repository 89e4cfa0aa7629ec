"""Erasing: a person's own entries, gone from their own file, because a life can depend on it.

Either the link stays (salt and bytes go; the chain still shows that something stood there, and when it is told apart from
tampering), or the chain is written anew and shows nothing. What lies outside the file is out of reach: backups, exports,
and blocks that a disk keeps of what was overwritten, which are sealed with the journal's key.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from velveteen.journal import record, rows
from velveteen.journal.chain import FIRST, Row
from velveteen.journal.entries import Entry
from velveteen.problems import BadInput


def erase(connection: Any, ids: Iterable[str], *, rewrite_chain: bool) -> int:
    """Erase entries with every version of them, within an open transaction; return how many rows lost their content.

    The cached verdicts go too: they were weighed from what is erased.

    Args:
        connection: of an open journal.
        ids: of the entries; none, with `rewrite_chain`, takes out the places that earlier erasures left.
        rewrite_chain: False leaves digest and link; True ties all that stays anew, with fresh salts.

    Raises:
        BadInput: `no_such_entry`.
    """
    found = [(seq, Row(*row)) for seq, *row in connection.execute(_ALL).fetchall()]
    gone = _with_versions({seq: entry for seq, row in found if (entry := _entry(row))}, set(ids))
    if rewrite_chain:
        _write_anew(connection, [row for seq, row in found if seq not in gone and not row.erased])
    else:
        for seq, row in found:
            if seq in gone:
                _empty(connection, seq, row.without_content())
    connection.execute("DELETE FROM kept WHERE substr(name, 1, 7) = 'verdict'")
    return len(gone)


def clear_remains(connection: Any) -> bool:
    """Write the file anew and empty its log, so that no page keeps a copy of what was there; False where that must wait.

    SQLite zeroes what it deletes, but keeps the room, and copies that moving rows between pages has left.
    """
    connection.execute("VACUUM")
    busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


def _with_versions(entries: dict[int, Entry], ids: set[str]) -> set[int]:
    """Places of the entries, of all that they correct and of all that correct them, however far."""
    known = {entry.id for entry in entries.values()}
    if missing := sorted(ids - known):
        raise _no_such_entry(missing[0])
    beside: dict[str, set[str]] = {}
    for entry in entries.values():
        if entry.corrects is not None:
            beside.setdefault(entry.id, set()).add(entry.corrects)
            beside.setdefault(entry.corrects, set()).add(entry.id)
    reached, ahead = set(ids), list(ids)
    while ahead:
        new = beside.get(ahead.pop(), set()) - reached
        reached |= new
        ahead += new
    return {seq for seq, entry in entries.items() if entry.id in reached}


def _write_anew(connection: Any, kept: list[Row]) -> None:
    """The same entries in a new chain, numbered without a gap."""
    connection.execute("DELETE FROM entries")
    previous = FIRST
    for row in kept:
        anew = rows.tied(previous, row.stored)
        rows.insert(connection, anew)
        previous = anew.link


def _empty(connection: Any, seq: int, row: Row) -> None:
    statement = "UPDATE entries SET identity = ?, fingerprint = ?, salt = ?, stored = ? WHERE seq = ?"
    connection.execute(statement, (*rows.look_up(row), row.salt, row.stored, seq))


def _entry(row: Row) -> Entry | None:
    if row.erased:
        return None
    try:
        return record.from_stored(row.stored)
    except BadInput:  # changed after it was written; it names nothing, and stands in nobody's way
        return None


def _no_such_entry(entry_id: str) -> BadInput:
    return BadInput(
        "no_such_entry",
        f"There is no entry with the id {entry_id[:60]}. Nothing was erased or changed. Look the id up and try again.",
    )


_ALL = "SELECT seq, salt, stored, link FROM entries ORDER BY seq"
