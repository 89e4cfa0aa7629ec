"""`verify`, `backup`, `restore` and `passphrase`: what a person does with the journal's file as a whole."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from velveteen.cli.opened import check_there, opened
from velveteen.cli.options import Journal, Json, NewPassphraseFile, PassphraseFile
from velveteen.cli.passphrases import new_passphrase, passphrase
from velveteen.cli.places import check_free
from velveteen.cli.voice import Voice
from velveteen.problems import BadInput


def verify(journal: Journal, passphrase_file: PassphraseFile = None, as_json: Json = False) -> None:
    """Say whether each entry is as it was written, and in its place. It shows order, never whether something is so."""
    voice = Voice(as_json)
    with opened(journal, passphrase_file) as sealed:
        problem, places, erased = sealed.verify(), len(sealed.chain()), sealed.erased()
    if problem is not None:
        raise BadInput(problem.code, problem.message, where=problem.where)
    kept = places - erased
    voice.say(f"{kept} {'entry is' if kept == 1 else 'entries are'} as written, each in its place.")
    if erased:
        voice.say(
            f"{erased} more {'was' if erased == 1 else 'were'} erased by its owner; the places are left."
        )
    voice.result({"schema": 1, "fits": True, "entries": kept, "erased": erased})


def backup(
    journal: Journal,
    out: Annotated[
        Path, typer.Option("--out", metavar="FILE.age", help="Where to write the backup.", show_default=False)
    ],
    passphrase_file: PassphraseFile = None,
    backup_passphrase_file: Annotated[
        str | None,
        typer.Option(
            "--backup-passphrase-file",
            metavar="FILE",
            help="A file that holds another passphrase for the backup. Without it, it has the journal's.",
            show_default=False,
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Write a sealed copy of the record. The public program age opens it too, should this one be gone."""
    from velveteen.journal.backup import back_up
    from velveteen.journal.notebook import open_either

    check_there(journal)
    check_free(out, journal)
    own = passphrase(passphrase_file)
    other = own if backup_passphrase_file is None else new_passphrase(backup_passphrase_file)
    with open_either(journal, own) as sealed:
        count = back_up(sealed, out, other)
    voice = Voice(as_json)
    whose = "the journal's passphrase" if other == own else "its own passphrase"
    voice.say(
        f"The backup is at {out}, sealed with {whose}. Keep it where only you look, best away from this device."
    )
    voice.say("Words you erase later stay in it until you delete it.")
    voice.result({"schema": 1, "out": str(out), "entries": count})


def restore(
    file: Annotated[Path, typer.Argument(metavar="BACKUP", help="A file that “velveteen backup” wrote.")],
    journal: Journal,
    passphrase_file: PassphraseFile = None,
    new_passphrase_file: NewPassphraseFile = None,
    as_json: Json = False,
) -> None:
    """Make a new journal from a backup. Without a new passphrase it has the backup's."""
    from velveteen.journal.backup import restore as restored

    own = passphrase(passphrase_file)
    count = restored(
        file, journal, own, own if new_passphrase_file is None else new_passphrase(new_passphrase_file)
    )
    voice = Voice(as_json)
    voice.say(f"The journal {journal} is there again, with {count} {'entry' if count == 1 else 'entries'}.")
    voice.say(f"“velveteen verify --journal {journal}” says whether each is as it was written.")
    voice.result({"schema": 1, "journal": str(journal), "entries": count})


def change_passphrase(
    journal: Journal,
    passphrase_file: PassphraseFile = None,
    new_passphrase_file: NewPassphraseFile = None,
    as_json: Json = False,
) -> None:
    """Seal a journal with a new passphrase. The old one then opens nothing but older copies of the file."""
    from velveteen.journal.notebook import open_either
    from velveteen.journal.rekey import change_passphrase as change

    check_there(journal)
    old = passphrase(passphrase_file)
    with open_either(journal, old) as sealed:  # before a new one is thought up
        file = sealed.path
    change(file, old, new_passphrase(new_passphrase_file))
    voice = Voice(as_json)
    voice.say("The new passphrase opens the journal now; the old one no longer does.")
    voice.say(
        "Backups, and copies of the file made before, still open with the old one. Delete those you do not need."
    )
    voice.result({"schema": 1, "journal": str(journal)})


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("verify", epilog="Example: velveteen verify --journal notes.vv")(verify)
    app.command("backup", epilog="Example: velveteen backup --journal notes.vv --out notes.age")(backup)
    app.command("restore", epilog="Example: velveteen restore notes.age --journal again.vv")(restore)
    app.command("passphrase", epilog="Example: velveteen passphrase --journal notes.vv")(change_passphrase)
