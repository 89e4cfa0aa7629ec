"""The journal's key at its lowest cost, for what tries the file or the pages a thousand times: it guards nobody's words."""

from __future__ import annotations

import os
from dataclasses import replace

from velveteen.journal import key


def new_key(passphrase: str) -> tuple[key.Header, bytes]:
    """As `velveteen.journal.key.new_key`, with 8 KiB, one pass and one lane; the cost stands in the key file as ever."""
    bare = key.Header(salt=os.urandom(16).hex(), memory_kib=8, time=1, lanes=1)
    secret, check = key._derive(bare, passphrase)  # noqa: SLF001  (its cost is all that is changed)
    return replace(bare, check=check), secret


def lowest_cost() -> None:
    """Let every journal that this process makes from now on have such a key."""
    key.new_key = new_key
