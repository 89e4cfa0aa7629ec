"""`new`: a journal is begun."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

import typer

from velveteen.cli.options import Country, Journal, Json, PassphraseFile
from velveteen.cli.voice import Voice
from velveteen.journal.entries import Entry, uuid7


def new(
    journal: Journal,
    country: Country = None,
    title: Annotated[
        str | None, typer.Option("--title", help="A title for its owner's eyes.", show_default=False)
    ] = None,
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    """Begin a journal. It is one sealed file that only its passphrase opens; without it nobody gets in again."""
    from velveteen.cli.passphrases import new_passphrase
    from velveteen.guide.lines import help_lines
    from velveteen.journal.sealed import SealedJournal

    settings = {"country": country and help_lines(country, date.today()).cc, "title": title}
    passphrase = new_passphrase(passphrase_file)
    entries = [_setting(key, value) for key, value in settings.items() if value]
    with SealedJournal.create(journal, passphrase) as sealed:
        sealed.append(entries, known="keep")
    voice = Voice(as_json)
    voice.say(
        f"The journal {journal} is there. Only its passphrase opens it; nobody can recover it, so keep it safe."
    )
    voice.result({"schema": 1, "journal": str(journal), "entries": len(entries)})


def _setting(key: str, value: str) -> Entry:
    now = datetime.now()
    return Entry(uuid7(), "setting", now, now, {"key": key, "value": value})


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("new", epilog="Example: velveteen new --journal notes.vv --country IE")(new)
