"""`notebook`: a second passphrase, for somebody who may be made to open their journal."""

from __future__ import annotations

from typing import Annotated

import typer

from velveteen.cli.opened import check_there
from velveteen.cli.options import Journal, Json, PassphraseFile
from velveteen.cli.passphrases import new_passphrase, passphrase
from velveteen.cli.voice import Voice

_LIMITS = (
    "Write in the second one often: one that is empty or old gives itself away. It may fail against someone who knows this "
    "program, since they know what two files mean. It is never promised that you can deny the journal."
)


def notebook(
    journal: Journal,
    passphrase_file: PassphraseFile = None,
    notebook_passphrase_file: Annotated[
        str | None,
        typer.Option(
            "--notebook-passphrase-file",
            metavar="FILE",
            help="A file that holds the second passphrase. Without it you are asked.",
            show_default=False,
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Put an ordinary notebook beside a journal: a second passphrase opens it. It may fail against who knows the program."""
    from velveteen.journal.notebook import open_either
    from velveteen.journal.pairing import pair_up

    check_there(journal)
    own = passphrase(passphrase_file)
    with open_either(journal, own) as sealed:  # before a second one is thought up
        file, entries = sealed.path, len(sealed.entries())
    both = sorted(map(str, pair_up(file, own, new_passphrase(notebook_passphrase_file))))
    voice = Voice(as_json)
    voice.say(f"There are two files now, {both[0]} and {both[1]}; all that was written is in one of them.")
    voice.say(
        f"Open them as before, with --journal {journal}: the passphrase alone decides which of the two opens."
    )
    voice.say(_LIMITS)
    voice.result({"schema": 1, "files": both, "entries": entries})


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("notebook", epilog="Example: velveteen notebook --journal notes.vv")(notebook)
