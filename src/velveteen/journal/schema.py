"""The tables of a sealed journal, and the way from each older version to the newest."""

from __future__ import annotations

from typing import Any

from velveteen.problems import BadInput

# MIGRATIONS[n] brings a journal of version n to n + 1. A step that has been released is never changed.
MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE entries (
            seq INTEGER PRIMARY KEY,
            identity BLOB NOT NULL UNIQUE,
            fingerprint BLOB NOT NULL,
            salt BLOB NOT NULL,
            stored BLOB NOT NULL,
            link BLOB NOT NULL
        ) STRICT""",
        "CREATE INDEX entries_fingerprint ON entries (fingerprint)",
    ),
    ("CREATE TABLE kept (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT",),
)
VERSION = len(MIGRATIONS)


def migrate(connection: Any) -> None:
    """Bring an open journal to the newest version, in one transaction.

    Raises:
        BadInput: `newer_version`, when a newer program wrote it.
    """
    version = _version(connection)
    if version > VERSION:
        raise BadInput(
            "newer_version",
            "This journal was written by a newer version of this program "
            f"(its format is {version}, this one knows {VERSION}). "
            "Nothing was changed; open it with that version, or update this one.",
        )
    if version < VERSION:
        _climb(connection)


def _climb(connection: Any) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        for step in MIGRATIONS[_version(connection) :]:  # read again: another process may have been first
            for statement in step:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _version(connection: Any) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
