"""The cover notebook: a second passphrase that opens an ordinary notebook, for somebody who may be made to open one.

Two sealed files stand side by side as NAME-1 and NAME-2. A coin decides which is which, they have the same size and the same
times, and whichever the passphrase fits is opened, in the same time. The notebook protects only if its owner really uses
it: one that is empty or old says what it is.

What it cannot do. Two files are there, and whoever knows this program knows what two files mean; it then protects nothing,
and may make somebody ask for the other passphrase. A copy of both files taken earlier shows which one has changed
since. While one is open, and after the program or the device was stopped without locking, a log lies beside that one, and
sizes may differ, until it is opened and locked again; `doctor` says so. The disk's own notes (when a file was made, which of
its blocks were written), a backup made by the system, and whoever looks over a shoulder can tell them apart. On Windows
sizes are not made alike. **It is no proof that nothing else is there, and deniability is not promised.** A device
that nobody else has had is safer than any notebook.
"""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from velveteen.journal import key, keyring, pair
from velveteen.journal.chain import Row
from velveteen.journal.sealed import SealedJournal
from velveteen.journal.sealed_errors import file_exists
from velveteen.problems import BadInput

MARK = "notebook"  # kept in the notebook's own sealed file: it opens as one, under whatever name it stands


def create_pair(
    path: str | Path, passphrase: str, notebook_passphrase: str, filled: Sequence[Row] = ()
) -> tuple[Path, Path]:
    """Make a journal and a notebook side by side; give the path of each. Each is a `SealedJournal` of its own.

    Args:
        path: NAME; the files become NAME-1 and NAME-2, before the suffix. A journal that stands at NAME is not touched.
        passphrase: of the journal.
        notebook_passphrase: of the notebook; another one.
        filled: rows that the journal begins with, as `SealedJournal.chain` gives them.

    Raises:
        BadInput: `same_passphrase`, and as `SealedJournal.create`; nothing is left behind then.
        Refused: as `SealedJournal.create`.
    """
    check_other(passphrase, notebook_passphrase)
    both = pair.names(Path(path).absolute())
    for file in both:
        if file.exists() or key.key_path(file).exists():
            raise file_exists(file)
    journal, notebook = both if secrets.randbelow(2) else both[::-1]
    SealedJournal.create(journal, passphrase, filled).close()
    try:
        with SealedJournal.create(notebook, notebook_passphrase) as made:
            made.keep(MARK, b"1")
    except BaseException:
        for file in (journal, key.key_path(journal)):
            file.unlink(missing_ok=True)
        raise
    return journal, notebook


def is_notebook(opened: SealedJournal) -> bool:
    """Whether an open file is the notebook of a pair."""
    return opened.kept(MARK) is not None


def check_other(passphrase: str, notebook_passphrase: str) -> None:
    """Pass in silence where the two passphrases differ.

    Raises:
        BadInput: `same_passphrase`.
    """
    if _plain(passphrase) == _plain(notebook_passphrase):
        raise BadInput(
            "same_passphrase",
            "The notebook needs another passphrase than the journal, since the passphrase alone decides which of the two "
            "opens. Nothing was written.",
        )


def open_either(where: str | Path, passphrase: str) -> SealedJournal:
    """Open whichever journal or notebook the passphrase fits. A key is derived for each, so that the time does not tell.

    Where only one file stands, one more key is derived for nothing: the time does not tell either whether there are two.

    Args:
        where: a folder, to try each sealed file in it; one file of a pair; or the NAME that `create_pair` was given.
        passphrase: of either.

    Raises:
        BadInput: `not_found`, and as `SealedJournal.open`.
        Refused: as `SealedJournal.open`.
    """
    where = Path(where).absolute()
    pair.clear_key(where)
    files = _files(where)
    if not files:
        raise BadInput(
            "not_found", f"There is no journal at {where}. Check the spelling; nothing was changed."
        )
    fitting, refusals = [], []
    for file in files:
        try:
            fitting.append((file, keyring.unlocked(file, passphrase)))
        except BadInput as error:
            refusals.append(error)
    if len(files) == 1:
        _derive_for_nothing(files[0], passphrase)
    if not fitting:
        raise next((e for e in refusals if e.code != "wrong_passphrase"), refusals[0])
    return SealedJournal.open_unlocked(*fitting[0])


def _files(where: Path) -> list[Path]:
    if where.is_dir():
        sealed = (file.with_name(file.name.removesuffix(".key")) for file in where.glob("*.key"))
        return sorted(file for file in sealed if file.is_file())
    if where.is_file():
        beside = pair.other(where)
        return [where] if beside is None else sorted((where, beside))
    return [file for file in pair.names(where) if file.is_file()]


def _derive_for_nothing(file: Path, passphrase: str) -> None:
    with suppress(BadInput):
        key.unlock(replace(key.read_header(file), salt="00" * 16, check=""), passphrase)


def _plain(passphrase: str) -> str:
    return unicodedata.normalize("NFC", passphrase)
