"""A therapist's caseload: sealed bundles, each judged from its weekly cells alone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from velveteen.cohort.households import Household
from velveteen.cohort.judged import Settings, judge_one
from velveteen.journal.sealing import unseal
from velveteen.judge.progress import Progress
from velveteen.judge.verdict import Verdict
from velveteen.measure.bundle import Bundle, from_bytes
from velveteen.problems import BadInput

LARGEST = 16 * 1024 * 1024  # bytes; fifty years with every channel take less


@dataclass(frozen=True, slots=True)
class Case:
    """One bundle of a folder.

    Attributes:
        file: its name.
        bundle: what was in it; None where it could not be read.
        digest: SHA-256 of what was sealed, in hex; empty where it could not be read.
        verdict: what the judge said; None where it could not.
        code, reason: why there is no verdict; empty where there is one.
    """

    file: str
    bundle: Bundle | None = None
    digest: str = ""
    verdict: Verdict | None = None
    code: str = ""
    reason: str = ""


def bundles_in(folder: Path) -> list[Path]:
    """The sealed files of a folder (`*.age`), by name.

    Raises:
        BadInput: `no_bundles`: no such folder, or none in it.
    """
    found = sorted(path for path in folder.glob("*.age") if path.is_file()) if folder.is_dir() else []
    if not found:
        message = f"There is no bundle in {folder}: a bundle is a file whose name ends in .age. Nothing was changed."
        raise BadInput("no_bundles", message)
    return found


def judge_caseload(files: Sequence[Path], identities: Sequence[Any], progress: Progress) -> Iterator[Case]:
    """Judge bundles one after the other, in the order given; one that cannot be read or judged says why.

    Args:
        files: sealed bundles.
        identities: as `journal.sealing.read_identities` gives them.
        progress: called as (file, done, total) after each.
    """
    settings = Settings()
    for done, path in enumerate(files, start=1):
        yield _case(path, identities, settings)
        progress(path.name, done, len(files))


def _case(path: Path, identities: Sequence[Any], settings: Settings) -> Case:
    try:
        content = unseal(_content(path), identities)
        bundle = from_bytes(content)
    except BadInput as error:
        return Case(path.name, code=error.code, reason=error.message)
    judged = judge_one(settings, Household(path.name, list(bundle.cells)))
    digest = hashlib.sha256(content).hexdigest()
    return Case(path.name, bundle, digest, judged.verdict, judged.code, judged.reason)


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise BadInput("file_unreadable", f"It could not be read ({error.strerror}).") from error
    if len(data) > LARGEST:
        raise BadInput("too_large", "It is far larger than any bundle, so it was not opened.")
    return data
