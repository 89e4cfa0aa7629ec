"""`export`: the record leaves the sealed file as plain text, after its owner has said so once more."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from velveteen.cli.opened import opened
from velveteen.cli.options import Journal, Json, PassphraseFile
from velveteen.cli.passphrases import passphrase
from velveteen.cli.places import check_free
from velveteen.cli.voice import Voice, person_is_here
from velveteen.problems import BadInput

if TYPE_CHECKING:
    from velveteen.journal.entries import Entry

_OPEN = "This file will not be sealed: whoever finds it can read it, and deleting it later may leave copies on the disk."
_UNASKED = "There is nobody here to ask. Nothing was written. In a script, add --yes."


class Form(StrEnum):
    """What is written."""

    JSONL = "jsonl"
    CSV = "csv"
    CELLS = "cells"


def export(
    journal: Journal,
    form: Annotated[
        Form,
        typer.Option(
            "--as",
            help="Jsonl: everything, and it can be imported. Csv: a table of entries. Cells: weekly numbers, no words.",
        ),
    ],
    out: Annotated[
        Path, typer.Option("--out", metavar="FILE", help="Where to write it.", show_default=False)
    ],
    sure: Annotated[
        bool, typer.Option("--yes", help="Do not ask first, where the passphrase comes from a file.")
    ] = False,
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    """Write the record to a file that is not sealed. Asks for the passphrase once more before it does."""
    from velveteen.journal.atomic import write_atomically
    from velveteen.journal.sealed_errors import in_plain_words

    voice = Voice(as_json)
    with opened(journal, passphrase_file) as sealed:
        entries = sealed.entries()
    check_free(out, journal)
    voice.say(_OPEN)
    _step_up(journal, passphrase_file, sure=sure)
    data = _written(voice, form, entries)
    with in_plain_words(out.absolute()):
        write_atomically(out.absolute(), data, replace=False)
    voice.say(f"Written to {out}. It is not sealed.")
    voice.result({"schema": 1, "out": str(out), "as": form.value, "entries": len(entries), "sealed": False})


def _step_up(journal: Path, passphrase_file: str | None, *, sure: bool) -> None:
    """Somebody who finds a terminal open must not get the record out with one command.

    Raises:
        BadInput: `wrong_passphrase`, or there is nobody to ask.
        typer.Abort: the owner would rather not.
    """
    from velveteen.journal.keyring import unlocked

    if passphrase_file is None:
        unlocked(journal.absolute(), passphrase(None))
    elif not sure:
        if not person_is_here():
            raise BadInput("export_unasked", _UNASKED)
        if not typer.confirm("Write it?", default=None, err=True):
            raise typer.Abort("Nothing was written.")


def _written(voice: Voice, form: Form, entries: list[Entry]) -> bytes:
    if form is Form.JSONL:
        from velveteen.journal.jsonl import dumps

        return dumps(entries)
    if form is Form.CSV:
        from velveteen.journal.csv_out import entries_csv

        return entries_csv(entries)
    from velveteen.measure.table_out import cells_csv
    from velveteen.measure.weekly import weekly_cells

    cells, _, problems = weekly_cells(entries)
    voice.problems(problems)
    return cells_csv(cells).encode()


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("export", epilog="Example: velveteen export --journal notes.vv --as jsonl --out notes.jsonl")(
        export
    )
