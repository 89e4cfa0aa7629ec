"""A new passphrase for a journal: the whole file is sealed anew, so that the old passphrase and key file open nothing.

The order of the steps, and why being stopped between any two loses nothing, stands in `keyring`. Copies of the file made
before the change still open with the old passphrase.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

from velveteen.journal import key, keyring, pair
from velveteen.journal.erase import clear_remains
from velveteen.journal.sealed import SealedJournal
from velveteen.journal.sealed_errors import busy, disk_full, in_plain_words
from velveteen.journal.sealed_file import BUSY_SECONDS, connected, keyed
from velveteen.problems import BadInput, Refused, VelveteenError

_ROOM = 2  # every page is written once to the log before it takes its place


def change_passphrase(path: str | Path, old: str, new: str, *, busy_seconds: float = BUSY_SECONDS) -> None:
    """Seal a journal with a new passphrase. About 0.3 s; then whoever has it open elsewhere is asked to open it again.

    The passphrase may be any but the empty one; `velveteen.journal.passphrase.check` judges its strength.

    Raises:
        BadInput: `empty_passphrase`, `same_passphrase` (it opens the other of a pair),
            and as `SealedJournal.open` with the old one; the old one is in force then.
        Refused: `journal_busy`, `read_only`, `disk_full`, `disk_trouble`; the old one is in force then.
    """
    path = Path(path).absolute()
    if not new:
        raise BadInput(
            "empty_passphrase", "A journal needs a passphrase, and the new one is empty. Nothing was changed."
        )
    _check_other(path, new)
    SealedJournal.open(path, old, busy_seconds=busy_seconds).close()  # and so an earlier change is finished
    before = key.unlock(key.read_header(path), old)
    earlier = keyring.laid_out(path)
    header, after = key.new_key(new)
    with in_plain_words(path), pair.levelled(path):
        if shutil.disk_usage(path.parent).free < _ROOM * path.stat().st_size:
            raise disk_full(path)
        file = keyring.lay_out(path, header)
        refusal = _seal_anew(path, before, after, busy_seconds)
        if not _opens(path, after):
            if _opens(path, before):  # else the file laid out may be the only one that fits
                file.unlink(missing_ok=True)
            raise refusal or _disk_trouble(path)
        keyring.settle(path, file)
        for left in earlier:
            left.unlink(missing_ok=True)


def _check_other(path: Path, new: str) -> None:
    beside = pair.other(path)
    if beside is None:
        return
    with suppress(BadInput):  # which it should raise: no other file opens with it
        keyring.unlocked(beside, new)
        beside = None
    if beside is None:
        raise BadInput(
            "same_passphrase",
            "This passphrase is in use already, so it could not be told which to open. Nothing was changed; choose another.",
        )


def _seal_anew(path: Path, before: bytes, after: bytes, busy_seconds: float) -> VelveteenError | None:
    """Write every page with the new key, in one transaction; what is known to have stopped it, or None.

    None is no success: the database says nothing of a disk that failed at the end. And the connection serves nothing
    else, since one that failed midway may hold either key.
    """
    connection = keyed(path, before, busy_seconds)
    try:
        with in_plain_words(path):
            connection.execute("BEGIN IMMEDIATE")  # says that another one writes; changing the key would not
            connection.execute("ROLLBACK")
        if not clear_remains(connection):  # what fills a pair up is no page, and no page can be left out
            return busy(path)
        connection.execute(f"PRAGMA rekey = \"x'{after.hex()}'\"")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except VelveteenError as error:
        return error
    except sqlcipher.Error:
        return None
    finally:
        with suppress(sqlcipher.Error):
            connection.close()
    return None


def _opens(path: Path, secret: bytes) -> bool:
    try:
        connected(path, secret).close()
    except VelveteenError:
        return False
    return True


def _disk_trouble(path: Path) -> Refused:
    return Refused(
        "disk_trouble",
        f"The disk under {path.name} did not do what it was asked, so the passphrase could not be changed. Nothing is lost, "
        "and the old passphrase opens the journal as before. Check the disk and its free space, then try again.",
    )
