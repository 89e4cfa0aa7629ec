"""Where a passphrase comes from: a file, standard input, or a hidden prompt; never an argument or the environment."""

from __future__ import annotations

from getpass import getpass

import typer

from velveteen.cli.voice import person_is_here
from velveteen.problems import BadInput

_NEEDED = (
    "The journal needs its passphrase, and there is nobody here to ask. Nothing was changed. "
    "Give a file that holds it with --passphrase-file FILE, or - to read it from standard input."
)


def passphrase(file: str | None) -> str:
    """The passphrase of an existing journal.

    Args:
        file: path of a file with the passphrase in its first line, "-" for standard input, None to ask.

    Raises:
        BadInput: the file cannot be read or is empty, or there is nobody to ask.
    """
    from velveteen.journal.passphrase import read_passphrase_file

    if file is not None:
        return read_passphrase_file(file)
    _somebody_is_here()
    return getpass("Passphrase: ")


def new_passphrase(file: str | None) -> str:
    """A passphrase for a new journal: from the file after a check, or a generated one offered first, or one's own.

    Raises:
        BadInput: the file cannot be read, the passphrase is too weak, or there is nobody to ask.
    """
    from velveteen.journal.passphrase import check, generate, read_passphrase_file

    if file is not None:
        own = read_passphrase_file(file)
        check(own)
        return own
    _somebody_is_here()
    offered = generate()
    typer.echo(f"Here is a passphrase that nobody can guess:\n\n    {offered}\n", err=True)
    if typer.confirm("Use it? (Write it down where only you look.)", default=True, err=True):
        return offered
    return _own_passphrase()


def _own_passphrase() -> str:
    from velveteen.journal.passphrase import check

    while True:
        own = getpass("Your own passphrase: ")
        try:
            check(own)
        except BadInput as weak:
            typer.echo(weak.message, err=True)
            continue
        if getpass("The same once more: ") == own:
            return own
        typer.echo("The two were different. Please type it again.", err=True)


def _somebody_is_here() -> None:
    if not person_is_here():
        raise BadInput("passphrase_needed", _NEEDED)
