"""`import`: files become entries. Every file is read before the first entry is added, so a bad one changes nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from velveteen.cli.detect import format_of
from velveteen.cli.importers import Choices, Found, read_file
from velveteen.cli.opened import opened
from velveteen.cli.options import DayFirst, Journal, Json, PassphraseFile
from velveteen.cli.voice import Voice


def import_files(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="A diary table, a chat export, notes, or JSONL.")
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
    day_first: DayFirst = None,
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    """Add files to a journal. Each is recognised by its content; the same file twice adds nothing."""
    voice = Voice(as_json)
    choices = Choices(mapping=tuple(mapping or ()), yes=yes, them=them, me=me, day_first=day_first)
    formats = {file: format_of(file) for file in files}
    with opened(journal, passphrase_file) as sealed:
        found = [(file, read_file(voice, file, formats[file], choices)) for file in files]
        # Announced only after the commit: what is said to be added is on the disk.
        added = [_added(voice, file, each, sealed.append(each.entries)) for file, each in found]
    voice.result({"schema": 1, "added": sum(item["added"] for item in added), "files": added})


def _added(voice: Voice, file: Path, found: Found, count: int) -> dict[str, Any]:
    again = "" if count == len(found.entries) else f"; {len(found.entries) - count} were there already"
    voice.say(f"{file}: {found.what}. {count} entries added{again}.")
    if found.problems:
        voice.say("To look at (everything else was added):")
        voice.problems(found.problems)
    problems = [{**p.as_dict(), "text": p.text} for p in found.problems]
    return {
        "file": str(file),
        "format": found.format,
        "entries": len(found.entries),
        "added": count,
        "problems": problems,
    }


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    example = "Example: velveteen import diary.csv chat.zip --journal notes.vv --them Ben --me Ana"
    app.command("import", epilog=example)(import_files)
