"""One reader a format. What must be known first is asked by whoever calls; nothing is asked here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from velveteen.intake.detect import Format
from velveteen.intake.found import Found
from velveteen.journal.entries import Entry
from velveteen.problems import BadInput

if TYPE_CHECKING:
    from velveteen.messages.chat import ChatExport
    from velveteen.messages.read import Export

File = str | Path | bytes
_DANGER = (
    "Danger answers are not taken from a file; the questions are asked one by one, in the program itself."
)
_SETTING = "This line would take the place of a setting, and it is none. Settings stay as they are."
_CAP = 64 * 1024 * 1024


def chat(
    export: ChatExport | Export, them: str, me: str | None = None, before: Sequence[Entry] = ()
) -> Found:
    """What `them` wrote in a chat, counted day by day; messages that the journal counted already are left out.

    Raises:
        BadInput: as `messages.codes.coded_entries`.
    """
    from velveteen.messages.codes import coded_entries

    entries = coded_entries(export, them, me, before)
    count = sum(export.participants.values())
    what = f"a chat of {count} messages; only what {them} wrote is counted"
    if before and len(entries) == 1:
        what += "; all of it was counted before"
    return Found("chat", what, entries, export.problems)


def diary(file: File, mapping: Mapping[str, str], *, day_first: bool | None = None, about: str = "") -> Found:
    """A diary table, by the columns that somebody confirmed.

    Raises:
        BadInput, AmbiguousDates: as `journal.diary_csv.read_diary`.
    """
    from velveteen.journal.diary_csv import read_diary

    entries, problems = read_diary(file, mapping, day_first=day_first, about=about)
    return Found("diary", "a diary table", entries, problems)


def jsonl(file: File, before: Sequence[Entry]) -> Found:
    """Entries of Velveteen's own export. Of the danger answers only a plain yes is taken; in a setting's place, a setting.

    Args:
        file: the export.
        before: all entries that the journal holds already; their danger answers cannot be corrected from a file,
            and their settings by nothing but a setting.

    Raises:
        BadInput: `file_unreadable`.
    """
    from velveteen.journal.jsonl import read

    # A correction within the file would reach an answer of the journal that says the same.
    known = (*before, *read(file)[0])
    answers = {e.id for e in known if e.kind in ("danger", "unsure")}
    settings = {e.id for e in known if e.kind == "setting"}

    def check(entry: Entry) -> tuple[str, str] | None:
        if entry.kind != "setting" and entry.corrects in settings:
            return "setting_from_file", _SETTING
        not_clear = entry.kind == "danger" and entry.payload.get("answer") != "yes"
        return ("danger_from_file", _DANGER) if not_clear or entry.corrects in answers else None

    entries, problems = read(file, check)
    return Found("jsonl", "entries of a Velveteen journal", entries, problems)


def pocket(
    file: File, *, month: tuple[int, int] | None = None, now: datetime | None = None, about: str = ""
) -> Found:
    """Pocket notes; `month` is (year, month) of the lines above the first one that names a month.

    Raises:
        BadInput: `not_text`, `file_too_large`, `file_unreadable`.
    """
    from velveteen.journal.pocket import parse
    from velveteen.journal.table_file import decode, name_of

    year, number = month or (None, None)
    text = decode(content(file), name_of(file))
    entries, problems = parse(text, year=year, month=number, now=now, about=about)
    return Found("pocket", "pocket notes", entries, problems)


def answers(file: File, kind: Format) -> Found:
    """Answers to questionnaires, as FHIR or REDCap has them. `needs_help` tells whether one speaks of dying.

    Raises:
        BadInput: `not_fhir`, `not_redcap`, `several_people`, `not_text`, `file_too_large`, `file_unreadable`.
    """
    from velveteen.journal.table_file import decode, name_of
    from velveteen.measure.questionnaires.fhir import read_responses
    from velveteen.measure.questionnaires.redcap import read_redcap

    data = content(file)
    found = read_redcap(data) if kind == "redcap" else read_responses(decode(data, name_of(file)))
    return Found(kind, "answers to questionnaires", *found)


def needs_help(found: Found) -> bool:
    """Whether an answer in it is about thoughts of dying or of hurting oneself: then who can be reached is said at once."""
    from velveteen.measure.questionnaires.answers import needs_help as one_does

    return found.format in ("fhir", "redcap") and one_does(found.entries)


def content(file: File) -> bytes:
    """The bytes of a file, up to 64 MB.

    Raises:
        BadInput: `file_too_large`, `file_unreadable`.
    """
    if isinstance(file, bytes):
        return file
    try:
        with Path(file).open("rb") as opened:
            data = opened.read(_CAP + 1)
    except OSError as error:
        reason = (error.strerror or "it cannot be read").lower()
        raise BadInput(
            "file_unreadable",
            f"{file} could not be opened: {reason}. Nothing was changed; please check the path.",
        ) from error
    if len(data) > _CAP:
        raise BadInput(
            "file_too_large", f"{file} is larger than 64 MB, so it was not read. Nothing was changed."
        )
    return data
