"""Sealing for somebody else: the `age` format (age-encryption.org/v1), to one X25519 public key, opened by its secret key.

What is sealed here the public `age` tool opens as well, and the identity files are those of `age-keygen`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pyrage

from velveteen.journal.atomic import write_atomically
from velveteen.problems import BadInput

_BEGINNING = "age-secret-key-"
_LONGEST = 1 << 16  # bytes of an identity file


def seal(data: bytes, recipient: str) -> bytes:
    """Data that only the holder of the secret key to `recipient` (an `age1…` public key) can open.

    Raises:
        BadInput: `secret_key_given`, `not_a_public_key`.
    """
    key = recipient.strip()
    if key.lower().startswith(_BEGINNING):
        message = (
            "This is a secret key, and it is not used here; nothing was written. Whoever made it should make a new one, "
            "and give away only the public key, which begins with age1."
        )
        raise BadInput("secret_key_given", message)
    try:
        to = pyrage.x25519.Recipient.from_str(key)
    except pyrage.RecipientError:
        message = (
            "This is not a public key: it should be one word that begins with age1. Nothing was written. Please copy it "
            "whole; one wrong letter is always noticed."
        )
        raise BadInput("not_a_public_key", message) from None
    return bytes(pyrage.encrypt(data, [to]))


def unseal(data: bytes, identities: Sequence[Any]) -> bytes:
    """What was sealed.

    Args:
        data: the sealed bytes.
        identities: as `read_identities` gives them.

    Raises:
        BadInput: `cannot_unseal`: sealed for another key, changed on its way, or not sealed at all.
    """
    try:
        return bytes(pyrage.decrypt(data, list(identities)))
    except pyrage.DecryptError:
        message = "This key does not open it: it was sealed for another key, was changed on its way, or was never sealed."
        raise BadInput("cannot_unseal", message) from None


def write_identity(path: Path) -> str:
    """Make a new secret key in a file that nobody else can read (mode 0600), and return its public key.

    Raises:
        FileExistsError: something stands there; it is not touched.
        OSError: the disk is full or read-only, or the folder is missing.
    """
    identity = pyrage.x25519.Identity.generate()
    public = str(identity.to_public())
    made = datetime.now().isoformat(timespec="seconds")
    text = f"# created: {made}\n# public key: {public}\n{identity}\n"
    write_atomically(path, text.encode(), replace=False)
    return public


def read_identities(path: Path) -> list[Any]:
    """The secret keys of an identity file, one a line; lines that begin with # are remarks.

    Raises:
        BadInput: `no_identity`.
    """
    try:
        with path.open("rb") as file:
            text = file.read(_LONGEST).decode()
        lines = [line.strip() for line in text.splitlines()]
        found = [pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except OSError as error:
        raise _no_identity(path, f"could not be read ({error.strerror})") from error
    except (UnicodeDecodeError, pyrage.IdentityError):
        raise _no_identity(path, "holds something else than secret keys") from None
    if not found:
        raise _no_identity(path, "holds no secret key")
    return found


def _no_identity(path: Path, what: str) -> BadInput:
    message = (
        f"The file {path} {what}. Nothing was changed. “velveteen caseload keys --out FILE” makes a new key."
    )
    return BadInput("no_identity", message)
