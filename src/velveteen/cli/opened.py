"""An existing journal, opened for the length of one command."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from velveteen.cli.passphrases import passphrase
from velveteen.journal.entries import Entry, current
from velveteen.problems import BadInput

if TYPE_CHECKING:
    from velveteen.journal.sealed import SealedJournal


@contextmanager
def opened(journal: Path, passphrase_file: str | None) -> Iterator[SealedJournal]:
    """Open a journal, or whichever of a pair the passphrase fits, and close it whatever happens.

    Raises:
        BadInput: no such journal, a wrong passphrase, a damaged file.
    """
    from velveteen.journal.notebook import open_either

    check_there(journal)

    with open_either(journal, passphrase(passphrase_file)) as sealed:
        yield sealed


def check_there(journal: Path) -> None:
    """Pass in silence where a journal may be, before anybody is asked for its passphrase.

    Raises:
        BadInput: `not_found`.
    """
    from velveteen.journal.pair import names

    if not any(file.exists() for file in (journal, *names(journal.absolute()))):
        message = f"There is no journal at {journal}. Please check the path; “velveteen new --journal {journal}” begins one."
        raise BadInput("not_found", message)


def settings(entries: list[Entry]) -> dict[str, str]:
    """The settings that stand in a journal, the latest of each key."""
    chosen = [e for e in current(entries) if e.kind == "setting"]
    return {
        str(e.payload.get("key")): str(e.payload.get("value"))
        for e in sorted(chosen, key=lambda e: (e.written, e.id))
    }
