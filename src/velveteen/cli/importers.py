"""Files on the terminal: what must be known before one is read is asked there, or said to be missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from velveteen.cli.voice import Voice, person_is_here
from velveteen.intake import readers
from velveteen.intake.detect import LOOK, Format, format_of
from velveteen.intake.found import Found, checked
from velveteen.intake.people import People, people_in
from velveteen.journal.entries import Entry
from velveteen.problems import BadInput, SeveralChats

if TYPE_CHECKING:
    from velveteen.messages.read import Export

_HELP = "One of these answers is about thoughts of dying or of hurting yourself. If they are there now: velveteen help-now."


@dataclass(frozen=True, slots=True)
class Choices:
    """What was typed beside the files.

    Attributes:
        mapping: "field=Column" for diary tables; empty: guessed.
        yes: the guessed mapping is taken without asking.
        them, me: names in a chat; None: as said before, asked, or followed from the other where two people write.
        day_first: how dates are written; None: told by the file, or refused.
        chat: the conversation, in a file that holds several; None: asked, or refused.
    """

    mapping: tuple[str, ...] = ()
    yes: bool = False
    them: str | None = None
    me: str | None = None
    day_first: bool | None = None
    chat: str | None = None


def format_at(path: Path) -> Format:
    """The format of a file, as `intake.detect.format_of`.

    Raises:
        BadInput: the file cannot be read, is empty, or is not text.
    """
    if path.is_dir():  # only chats are exported as one
        return "chat"
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
        SeveralChats: the file holds several conversations, and nobody is here to say which.
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
            found = _chat(voice, file, choices, before)
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


def _chat(voice: Voice, file: Path, choices: Choices, before: Sequence[Entry]) -> Found:
    export = _surveyed(voice, file, choices)
    known = people_in(export.participants, before, export.notes.owner)
    them = _them(list(export.participants), choices, known)
    me = choices.me or (known.me if known.me != them else None)
    if choices.them is None and choices.me is None and known.them == them:
        voice.say(
            f"{file.name}: {them} is the person your journal is about{f', you are {me}' if me else ''}."
        )
    with voice.progress(f"Counting {file.name}") as tell:
        export.watch = tell
        return readers.chat(export, them, me, before)


def _surveyed(voice: Voice, file: Path, choices: Choices) -> Export:
    """The export, read through once; where it holds several conversations and somebody is here, one is asked for."""
    from velveteen.messages.formats.contract import Choice
    from velveteen.messages.read import open_export

    try:
        with voice.progress(f"Reading {file.name}") as tell:
            return open_export(file, Choice(choices.day_first, choices.chat), tell).survey()
    except SeveralChats as several:
        if not person_is_here():
            raise
        chosen = _ask_which(several.chats)
    return _surveyed(voice, file, replace(choices, chat=chosen))


def _ask_which(chats: Mapping[str, int]) -> str:
    return _ask([f"{name} ({count})" for name, count in chats.items()], list(chats), "Conversations in this file:",
                "Number of the conversation to read", "Nothing was added: please say which with --chat NAME.")  # fmt: skip


def _them(names: list[str], choices: Choices, known: People) -> str:
    """The name of the person whom the journal is about; where two people write, one's own name tells it."""
    if choices.them is not None:
        return choices.them
    if choices.me in names and len(names) == 2:
        return next(name for name in names if name != choices.me)
    if choices.me is None and known.them is not None:
        return known.them
    if choices.me is not None or not person_is_here():
        raise _who(names)
    return _ask(names, names, "Who writes in this chat:", "Number of the person whom your journal is about",
                _who(names).message)  # fmt: skip


def _ask(shown: Sequence[str], values: Sequence[str], about: str, asked: str, refusal: str) -> str:
    typer.echo(about, err=True)
    for number, line in enumerate(shown, 1):
        typer.echo(f"  {number}  {line}", err=True)
    chosen = int(typer.prompt(asked, type=int, err=True))
    if not 1 <= chosen <= len(values):
        raise BadInput("no_such_number", refusal)
    return values[chosen - 1]


def _who(names: list[str]) -> BadInput:
    message = f"Nothing was added: please say who is who with --them NAME and --me NAME. These write: {', '.join(names)}."
    return BadInput("who_is_who", message)
