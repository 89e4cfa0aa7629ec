"""A journal that stands alone becomes one of a pair: the same sealed file under another name, and a notebook beside it.

The order of the steps, so that being stopped between any two leaves a journal that opens, with all that is in it:

1. the journal's key file is copied to the name that a coin chose: from then on the two names are known to be its own;
2. the notebook is made under the other name;
3. the sealed file is copied, opened under its new name, and compared link by link;
4. the old file goes, then its key file.

Up to the fourth step the old file stands as it was and is the one that opens; making the pair once more, with the same
passphrases, goes on from where it was stopped. A key file that is left alone at the end goes when the pair is next opened.
"""

from __future__ import annotations

import os
import secrets
import shutil
import sys
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from velveteen.journal import key, keyring, pair
from velveteen.journal.atomic import sync_folder, take_free_name, write_atomically
from velveteen.journal.chain import Row
from velveteen.journal.notebook import MARK, check_other
from velveteen.journal.sealed import SealedJournal
from velveteen.journal.sealed_errors import busy, damaged, file_exists, in_plain_words
from velveteen.journal.sealed_file import PAGE_BYTES
from velveteen.problems import BadInput, Refused


def pair_up(path: str | Path, passphrase: str, notebook_passphrase: str) -> tuple[Path, Path]:
    """Make a pair of a journal that no window has open; give the path of the journal and of the notebook. About 0.6 s.

    The journal keeps its passphrase, its chain and what is kept beside the record.

    Args:
        path: of the journal, NAME; the files become NAME-1 and NAME-2, before the suffix, and NAME is gone.
        passphrase: of the journal.
        notebook_passphrase: of the notebook; `velveteen.journal.passphrase.check` judges its strength.

    Raises:
        BadInput: `same_passphrase`, `paired_already`, `half_made` (an earlier attempt had another second passphrase),
            `file_exists`, and as `SealedJournal.open` and `SealedJournal.create`; the journal stands as it was then.
        Refused: `no_locks` (Windows), and as those two; the journal stands as it was then.
    """
    path = Path(path).absolute()
    _check(path, passphrase, notebook_passphrase)
    with SealedJournal.open(path, passphrase) as journal:
        chain = journal.chain()
    mine, second, earlier = _places(path)
    made = [] if earlier else [mine, key.key_path(mine)]
    if not second.exists():
        made += [second, key.key_path(second)]
    try:
        with in_plain_words(path):
            if not earlier:
                write_atomically(key.key_path(mine), key.key_path(path).read_bytes(), replace=False)
            _notebook(second, notebook_passphrase)
            _move(path, mine, passphrase, chain)
    except BaseException:
        if path.exists():
            for file in made:
                file.unlink(missing_ok=True)
        raise
    return mine, second


def _check(path: Path, passphrase: str, notebook_passphrase: str) -> None:
    check_other(passphrase, notebook_passphrase)
    if pair.other(path) is not None:
        raise BadInput("paired_already", "There is a second notebook already. Nothing was changed.")
    if sys.platform == "win32":
        message = "On this system the two files cannot be kept alike, so no second one was made. Nothing was changed."
        raise Refused("no_locks", message)


def _places(path: Path) -> tuple[Path, Path, bool]:
    """Where the journal goes, where the notebook goes, and whether an earlier attempt chose so."""
    both = pair.names(path)
    for mine, second in (both, both[::-1]):
        if pair.same_key(path, mine):
            return mine, second, True
    for file in both:
        if file.exists() or key.key_path(file).exists():
            raise file_exists(file)
    mine, second = both if secrets.randbelow(2) else both[::-1]
    return mine, second, False


def _notebook(second: Path, passphrase: str) -> None:
    if second.exists():
        try:
            made = SealedJournal.open(second, passphrase)
        except BadInput as error:
            raise _half_made(second) if error.code == "wrong_passphrase" else error from None
    else:
        key.key_path(second).unlink(missing_ok=True)  # of an attempt that was stopped; it opens nothing
        made = SealedJournal.create(second, passphrase)
    with made:
        made.keep(MARK, b"1")


def _move(path: Path, mine: Path, passphrase: str, chain: list[Row]) -> None:
    _clear_copy(mine, passphrase, chain)
    with path.open("r+b") as file, pair.alone(file.fileno()) as alone:
        if not alone or pair.in_use(path):
            raise busy(path)
        _copy(file, mine)
        with SealedJournal.open(mine, passphrase) as copied:
            if copied.chain()[: len(chain)] != chain:
                raise damaged(mine)
        _remove(path, file)


def _clear_copy(mine: Path, passphrase: str, chain: list[Row]) -> None:
    """Remove what an earlier attempt copied, unless something was written there since."""
    if not mine.exists():
        return
    with SealedJournal.open(mine, passphrase) as copied:
        there = copied.chain()
    if there != chain[: len(there)]:
        raise file_exists(mine)
    mine.unlink()


def _copy(file: BinaryIO, mine: Path) -> None:
    draft = mine.with_name(mine.name + ".new")
    draft.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            shutil.copyfileobj(file, out)
            out.flush()
            os.fsync(out.fileno())
        take_free_name(draft, mine)
    finally:
        draft.unlink(missing_ok=True)
    sync_folder(mine.parent)


def _remove(path: Path, file: BinaryIO) -> None:
    """Take the old file away. Whoever waited to open it finds no journal in it, and so writes nothing that would be lost."""
    path.unlink()
    with suppress(OSError):  # the pair stands whole by now
        if os.fstat(file.fileno()).st_nlink == 0:
            file.seek(0)
            file.write(os.urandom(PAGE_BYTES))
            file.flush()
        for left in (key.key_path(path), *keyring.laid_out(path)):
            left.unlink(missing_ok=True)
        sync_folder(path.parent)


def _half_made(second: Path) -> BadInput:
    return BadInput(
        "half_made",
        f"An earlier attempt was stopped before its end, and {second.name} has another passphrase than this one. Nothing "
        "was changed and nothing is lost. Please give the second passphrase of that time, or move that file away.",
    )
