"""`import`: files become entries. Each file has its own result: a bad one adds nothing and does not stop the good ones."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from velveteen.cli.importers import Choices, format_at, read_file
from velveteen.cli.opened import opened
from velveteen.cli.options import Chat, DayFirst, Journal, Json, PassphraseFile
from velveteen.cli.voice import Voice
from velveteen.intake.found import Found
from velveteen.problems import BadInput, VelveteenError

if TYPE_CHECKING:
    from velveteen.journal.sealed import SealedJournal

_SHOWN = 40  # letters of what could not be read; it may be the wrong file, and private


def import_files(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...",
            help="A diary table, a chat, notes, JSONL, or answers (FHIR, REDCap).",
        ),
    ],
    journal: Journal,
    mapping: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="FIELD=COLUMN",
            help="Which column holds what; again for each.",
            show_default=False,
        ),
    ] = None,
    yes: Annotated[
        bool,
        typer.Option(
            "--yes",
            help="Take the guessed columns without asking. With --map alone, only its columns are read.",
        ),
    ] = False,
    them: Annotated[
        str | None, typer.Option("--them", help="The other's name in the chat.", show_default=False)
    ] = None,
    me: Annotated[
        str | None, typer.Option("--me", help="Your own name in the chat.", show_default=False)
    ] = None,
    chat: Chat = None,
    day_first: DayFirst = None,
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    """Add files to a journal. Each is recognised by its content; the same file twice adds nothing."""
    voice = Voice(as_json)
    choices = Choices(mapping=tuple(mapping or ()), yes=yes, them=them, me=me, day_first=day_first, chat=chat)
    errors: list[VelveteenError] = []
    with opened(journal, passphrase_file) as sealed:
        results = [_one(voice, sealed, file, choices, errors, several=len(files) > 1) for file in files]
    if errors and len(files) == 1:
        raise errors[0]
    voice.result(
        {
            "schema": 1,
            "added": sum(item["added"] for item in results),
            "files": results,
            **(errors[0].as_dict() if errors else {}),
        }
    )
    if errors:
        raise typer.Exit(BadInput.exit_code)


def _one(
    voice: Voice,
    sealed: SealedJournal,
    file: Path,
    choices: Choices,
    errors: list[VelveteenError],
    *,
    several: bool,
) -> dict[str, Any]:
    """The result of one file; what stops it is said and put with the errors."""
    try:
        found = read_file(voice, file, format_at(file), choices, sealed.entries())
        # Announced only after the commit: what is said to be added is on the disk.
        return _added(voice, file, found, sealed.append(found.entries))
    except VelveteenError as error:
        if several:
            voice.say(f"{file}: {error.message}")
        errors.append(error)
        return {"file": str(file), "added": 0, "error": error.as_dict()["error"]}


def _added(voice: Voice, file: Path, found: Found, count: int) -> dict[str, Any]:
    again = (
        ""
        if count == len(found.entries)
        else f"; {len(found.entries) - count} {_were(len(found.entries) - count)} there already"
    )
    voice.say(f"{file}: {found.what}. {count} {'entry' if count == 1 else 'entries'} added{again}.")
    if found.problems:
        voice.say("To look at (everything else was added):")
        voice.problems(found.problems)
    problems = [{**p.as_dict(), "text": p.text[:_SHOWN]} for p in found.problems]
    return {
        "file": str(file),
        "format": found.format,
        "entries": len(found.entries),
        "added": count,
        "problems": problems,
    }


def _were(count: int) -> str:
    return "was" if count == 1 else "were"


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    example = "Example: velveteen import diary.csv chat.zip --journal notes.vv --them Ben --me Ana"
    app.command("import", epilog=example)(import_files)
