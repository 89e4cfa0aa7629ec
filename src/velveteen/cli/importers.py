"""Files on the terminal: what must be known before one is read is asked there, or said to be missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import typer

from velveteen.cli.voice import Voice, person_is_here
from velveteen.intake import readers
from velveteen.intake.detect import LOOK, Format, format_of
from velveteen.intake.found import Found, checked
from velveteen.journal.entries import Entry
from velveteen.problems import BadInput

_HELP = "One of these answers is about thoughts of dying or of hurting yourself. If they are there now: velveteen help-now."


@dataclass(frozen=True, slots=True)
class Choices:
    """What was typed beside the files.

    Attributes:
        mapping: "field=Column" for diary tables; empty: guessed.
        yes: the guessed mapping is taken without asking.
        them, me: names in a chat; None: asked, or followed from the other where two people write.
        day_first: how dates are written; None: told by the file, or refused.
    """

    mapping: tuple[str, ...] = ()
    yes: bool = False
    them: str | None = None
    me: str | None = None
    day_first: bool | None = None


def format_at(path: Path) -> Format:
    """The format of a file, as `intake.detect.format_of`.

    Raises:
        BadInput: the file cannot be read, is empty, or is not text.
    """
    try:
        with path.open("rb") as file:
            start = file.read(LOOK)
    except OSError as error:
        reason = (error.strerror or "it cannot be read").lower()
        raise BadInput(
            "file", f"{path} could not be opened: {reason}. Nothing was changed; please check the path."
        ) from error
    return format_of(start, str(path))


def read_file(
    voice: Voice, file: Path, kind: Format, choices: Choices, before: Sequence[Entry] = ()
) -> Found:
    """The entries and problems of one file; `before` are the entries that the journal holds already.

    Raises:
        BadInput: nothing in the file could be read, it names another person than before or comes from the other side's
            notes, a mapping is not confirmed, nobody said who is who.
        AmbiguousDates: day and month could be either way round.
    """
    match kind:
        case "jsonl":
            found = readers.jsonl(file, before)
        case "pocket":
            found = readers.pocket(file)
        case "fhir" | "redcap":
            found = readers.answers(file, kind)
            if readers.needs_help(found):
                voice.say(_HELP)
        case "chat":
            found = _chat(voice, file, choices)
        case "diary":
            found = _diary(voice, file, choices)
    return checked(found, before, str(file))


def _diary(voice: Voice, file: Path, choices: Choices) -> Found:
    from velveteen.journal.diary_csv import guess_mapping, parse_map, read_diary

    given = parse_map(choices.mapping)
    # Without somebody who confirms, only what was said or waved through is read.
    exact = bool(given) and not choices.yes and not person_is_here()
    mapping = given if exact else guess_mapping(file, given)
    if "date" not in mapping:  # it may be any file; its first line is not shown
        read_diary(file, mapping)
    voice.say(f"{file} looks like a diary. Its columns are read so:")
    for line in mapping.lines():
        voice.say(f"  {line}")
    if not (exact or choices.yes):
        _confirm_mapping(mapping)
    return readers.diary(file, mapping, day_first=choices.day_first)


def _confirm_mapping(mapping: Mapping[str, str]) -> None:
    if not person_is_here():
        given = " ".join(f"--map '{field}={column}'" for field, column in mapping.items())
        message = f"Nothing was added: the columns were guessed, and nobody is here to say yes. Add --yes, or {given}."
        raise BadInput("mapping_unconfirmed", message)
    if not typer.confirm("Is that right?", default=True, err=True):
        message = "Nothing was added. Say which column holds what with --map FIELD=COLUMN, once for each."
        raise BadInput("mapping_declined", message)


def _chat(voice: Voice, file: Path, choices: Choices) -> Found:
    from velveteen.messages import read_export

    with voice.progress(f"Reading {file.name}"):
        export = read_export(file, choices.day_first)
    return readers.chat(export, _them(list(export.participants), choices), choices.me)


def _them(names: list[str], choices: Choices) -> str:
    """The name of the person whom the journal is about; where two people write, one's own name tells it."""
    if choices.them is not None:
        return choices.them
    if choices.me in names and len(names) == 2:
        return next(name for name in names if name != choices.me)
    if choices.me is not None or not person_is_here():
        raise _who(names)
    return _ask_who(names)


def _ask_who(names: list[str]) -> str:
    typer.echo("Who writes in this chat:", err=True)
    for number, name in enumerate(names, 1):
        typer.echo(f"  {number}  {name}", err=True)
    chosen = int(typer.prompt("Number of the person whom your journal is about", type=int, err=True))
    if not 1 <= chosen <= len(names):
        raise _who(names)
    return names[chosen - 1]


def _who(names: list[str]) -> BadInput:
    message = f"Nothing was added: please say who is who with --them NAME and --me NAME. These write: {', '.join(names)}."
    return BadInput("who_is_who", message)
