"""One entry as bytes: canonical JSON, the same in the sealed file and in an export."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from velveteen.journal.entries import Entry
from velveteen.problems import BadInput

FIELDS = frozenset({"id", "kind", "at", "written", "payload", "about", "facts", "feelings", "corrects"})
_UNLIKE = (
    KeyError,
    TypeError,
    ValueError,
    RecursionError,
)  # what reading raises where it is not as `to_bytes` wrote it


def to_bytes(entry: Entry) -> bytes:
    """Canonical JSON of an entry: keys sorted, no spaces, empty fields left out, UTF-8, no line break.

    Raises:
        BadInput: `entry_unstorable`, when the payload is not plain JSON (a date, a NaN) or a moment has a time zone.
    """
    if entry.at.tzinfo or entry.written.tzinfo:
        raise _unstorable(entry, "its moments must be local, without a time zone")
    record: dict[str, Any] = {"id": entry.id, "kind": entry.kind, "at": entry.at.isoformat()}
    record["written"] = entry.written.isoformat()
    for name in ("payload", "about", "facts", "feelings", "corrects"):
        if value := getattr(entry, name):
            record[name] = value
    try:
        return canonical(record)
    except (TypeError, ValueError, RecursionError) as error:
        raise _unstorable(entry, str(error)) from error


def from_bytes(data: bytes) -> Entry:
    """The entry that `to_bytes` wrote, or any JSON object with the same fields in any order.

    Raises:
        BadInput: `broken_entry`, with what is wrong in plain words.
    """
    try:
        record = json.loads(data, object_pairs_hook=_without_repeats, parse_constant=_no_constant)
    except RecursionError:
        raise _broken("it is nested too deeply") from None
    except UnicodeDecodeError:
        raise _broken("it is not UTF-8 text") from None
    except json.JSONDecodeError as error:
        raise _broken(f"it is not JSON ({error.msg.lower()}, column {error.colno})") from None
    except ValueError as error:
        raise _broken(str(error)) from None
    if not isinstance(record, dict):
        raise _broken("it is not a JSON object")
    return _entry(record)


def from_stored(data: bytes) -> Entry:
    """`from_bytes` for what `to_bytes` wrote, quicker: nothing is checked as long as it fits.

    Raises:
        BadInput: `broken_entry`.
    """
    try:
        return _as_it_is(json.loads(data))
    except _UNLIKE:
        return from_bytes(data)


def all_from_stored(rows: Sequence[bytes]) -> list[Entry]:
    """`from_stored` for each of some rows, read as one array: in less time, and every key is in memory but once.

    Raises:
        BadInput: `broken_entry`.
    """
    try:
        records = json.loads(b"[" + b",".join(rows) + b"]")
        if len(records) == len(rows):
            return [_as_it_is(record) for record in records]
    except _UNLIKE:
        pass
    return [from_stored(data) for data in rows]


def _as_it_is(record: dict[str, Any]) -> Entry:
    record["at"], record["written"] = map(datetime.fromisoformat, (record["at"], record["written"]))
    return Entry(**record)


def canonical(value: Any) -> bytes:
    """JSON with sorted keys and no spaces, in UTF-8.

    Raises:
        TypeError, ValueError, RecursionError: it is not plain JSON.
    """
    options: dict[str, Any] = {"sort_keys": True, "separators": (",", ":"), "allow_nan": False}
    try:
        return json.dumps(value, ensure_ascii=False, **options).encode("utf-8")
    except (
        UnicodeEncodeError
    ):  # half of a surrogate pair, as broken exports hold; only an escape can carry it
        return json.dumps(value, **options).encode("ascii")


def fingerprint(entry: Entry) -> bytes:
    """16 bytes that two entries share when they say the same: all but id and the moment of writing."""
    said = [
        entry.kind,
        entry.at.isoformat(),
        entry.payload,
        entry.facts,
        entry.feelings,
        entry.about,
        entry.corrects,
    ]
    return hashlib.sha256(canonical(said)).digest()[:16]


def _entry(record: dict[str, Any]) -> Entry:
    if unknown := sorted(record.keys() - FIELDS):
        raise _broken(f"it has a field that this version does not know: {', '.join(unknown)[:40]}")
    return Entry(
        id=_text(record, "id", needed=True), kind=_text(record, "kind", needed=True),
        at=_moment(record, "at"), written=_moment(record, "written"), payload=_payload(record),
        about=_text(record, "about"), facts=_text(record, "facts"), feelings=_text(record, "feelings"),
        corrects=_text(record, "corrects") or None,
    )  # fmt: skip


def _text(record: dict[str, Any], name: str, *, needed: bool = False) -> str:
    value = record.get(name)
    value = "" if value is None else value
    if not isinstance(value, str):
        raise _broken(f"“{name}” must be text")
    if needed and not value:
        raise _broken(f"“{name}” is missing")
    return value


def _moment(record: dict[str, Any], name: str) -> datetime:
    text = _text(record, name, needed=True)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise _broken(f"“{name}” is not a date and time: {text[:40]}") from None
    if moment.tzinfo:
        raise _broken(f"“{name}” must be a local time, without a time zone")
    return moment


def _payload(record: dict[str, Any]) -> dict[str, Any]:
    payload = record.get("payload", {})
    if not isinstance(payload, dict):
        raise _broken("“payload” must be an object")
    try:
        canonical(payload)
    except ValueError:
        raise _broken("“payload” holds a number that is too large to keep") from None
    return payload


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("it names the same key twice")
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(f"it holds {name}, which is no number")


def _broken(reason: str) -> BadInput:
    return BadInput("broken_entry", f"This entry cannot be read: {reason}.")


def _unstorable(entry: Entry, reason: str) -> BadInput:
    message = f"An entry of kind “{entry.kind}” cannot be kept as it is: {reason}. Nothing was written."
    return BadInput("entry_unstorable", message)
