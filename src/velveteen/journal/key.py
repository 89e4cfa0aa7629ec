"""The key of a sealed journal: Argon2id over a passphrase, with salt and parameters in a file beside the journal.

The key file holds nothing that opens the journal. It holds a check value, from bytes of the same derivation that the
key does not contain, so that a wrong passphrase can be told from a damaged file; and a digest of itself, so that a
damaged key file can be told from both. Whoever holds only this file can test guesses, at the cost of one derivation
each, exactly as with the journal itself.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import unicodedata
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from argon2.low_level import Type, hash_secret_raw

from velveteen.problems import BadInput

HEADER_VERSION = 1
KEY_BYTES = 32
CHECK_BYTES = 8
_BOUNDS = {
    "memory_kib": (8, 1 << 20),
    "time": (1, 20),
    "lanes": (1, 16),
}  # a changed file must not exhaust a machine


@dataclass(frozen=True, slots=True)
class Header:
    """What stands in the key file.

    Attributes:
        salt: 16 random bytes, in hex.
        memory_kib, time, lanes: cost of Argon2id.
        check: 8 bytes of the derivation, in hex.
    """

    salt: str
    memory_kib: int = 65536
    time: int = 3
    lanes: int = 4
    check: str = ""


def key_path(journal: Path) -> Path:
    """Where the key file of a journal stands: the same name with “.key” after it."""
    return journal.with_name(journal.name + ".key")


def new_key(passphrase: str) -> tuple[Header, bytes]:
    """A fresh salt, and the header and 32-byte key that follow from it. Takes about 0.1 s and 64 MiB."""
    bare = Header(salt=os.urandom(16).hex())
    key, check = _derive(bare, passphrase)
    return Header(salt=bare.salt, check=check), key


def unlock(header: Header, passphrase: str) -> bytes:
    """The 32-byte key.

    Raises:
        BadInput: `wrong_passphrase`.
    """
    key, check = _derive(header, passphrase)
    if not hmac.compare_digest(check, header.check):
        raise BadInput(
            "wrong_passphrase",
            "This passphrase does not open the journal. Nothing was changed; you can try again as often as you like. "
            "Look out for capitals, spaces between the words and the keyboard's language.",
        )
    return key


def to_bytes(header: Header) -> bytes:
    """The key file's content: one JSON object, indented, with a digest of the rest under “sum”."""
    record = {"format": "velveteen key", "version": HEADER_VERSION, "kdf": "argon2id", **asdict(header)}
    return json.dumps({**record, "sum": _sum(record)}, indent=1).encode("ascii") + b"\n"


def read_header(journal: Path) -> Header:
    """The header beside a journal.

    Raises:
        BadInput: `key_file_missing`, `key_file_damaged`, `key_file_unreadable` or `newer_version`.
    """
    return read_file(key_path(journal))


def read_file(path: Path) -> Header:
    """The header in a key file.

    Raises:
        BadInput: as `read_header`.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise _missing(path) from None
    except OSError as error:
        raise BadInput(
            "key_file_unreadable", f"The key file {path.name} could not be read ({error.strerror})."
        ) from None
    record = _parsed(data, path)
    if record.get("version") != HEADER_VERSION:
        raise BadInput(
            "newer_version",
            f"The key file {path.name} was written by a newer version of this program. Nothing was changed; "
            "open it with that version, or update this one.",
        )
    return _header(record, path)


def _header(record: dict[str, Any], path: Path) -> Header:
    try:
        header = Header(**{name: record[name] for name in Header.__slots__})
        bytes.fromhex(header.salt)
        sizes = all(low <= getattr(header, name) <= high for name, (low, high) in _BOUNDS.items())
    except (KeyError, TypeError, ValueError):
        raise _damaged(path) from None
    if not sizes or len(header.salt) != 32:
        raise _damaged(path)
    return header


def _parsed(data: bytes, path: Path) -> dict[str, Any]:
    try:
        record = json.loads(data)
    except (ValueError, RecursionError):
        raise _damaged(path) from None
    if not isinstance(record, dict) or record.pop("sum", None) != _sum(record):
        raise _damaged(path)
    return record


def _sum(record: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(record, sort_keys=True).encode("ascii")).hexdigest()[:16]


def _derive(header: Header, passphrase: str) -> tuple[bytes, str]:
    secret = unicodedata.normalize("NFC", passphrase).encode(
        "utf-8", "surrogatepass"
    )  # one accent, many keyboards
    raw = hash_secret_raw(
        secret, bytes.fromhex(header.salt), time_cost=header.time, memory_cost=header.memory_kib,
        parallelism=header.lanes, hash_len=KEY_BYTES + CHECK_BYTES, type=Type.ID,
    )  # fmt: skip
    return raw[:KEY_BYTES], raw[KEY_BYTES:].hex()


def _missing(path: Path) -> BadInput:
    return BadInput(
        "key_file_missing",
        f"The journal is here, but its key file {path.name} is not beside it, and the journal cannot be opened without. "
        "Nothing was changed. If you moved or copied the journal, bring the key file too; a backup has it as well.",
    )


def _damaged(path: Path) -> BadInput:
    return BadInput(
        "key_file_damaged",
        f"The key file {path.name} has been changed or damaged, so the journal cannot be opened with it. "
        "The journal itself was not touched. Put back a copy of the key file from a backup.",
    )
