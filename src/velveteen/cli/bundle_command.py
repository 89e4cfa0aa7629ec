"""`bundle`: weekly numbers for a therapist, sealed to the therapist's key, and shown before they leave."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from velveteen.cli.opened import opened
from velveteen.cli.options import Journal, Json, PassphraseFile
from velveteen.cli.places import check_free
from velveteen.cli.voice import Voice, person_is_here
from velveteen.problems import BadInput

if TYPE_CHECKING:
    from velveteen.journal.entries import Entry
    from velveteen.measure.bundle import Bundle

_WHAT_FOLLOWS = (
    "Only the holder of the secret key can open it; nobody can take it back from them.",
    "With Velveteen they can work out odds from these numbers. You need not send them to anybody.",
    "Make sure that the key is your therapist’s: let them read it to you.",
    "If they also see the other person, talk about that with them first, alone.",
)
_DANGER = (
    "A danger sign stands or is not answered yet. The bundle can still be made, since it holds no odds. Your danger "
    "answers are not in it, so your therapist does not learn of them from it. “velveteen help-now” shows who can be reached."
)
_UNASKED = (
    "There is nobody here to ask, so nothing was written. Look at it with --show, and add --yes to write it."
)


def bundle(
    journal: Journal,
    to: Annotated[
        str, typer.Option("--to", metavar="age1…", help="Your therapist's public key.", show_default=False)
    ],
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE.age", help="Where to write the bundle.", show_default=False),
    ] = None,
    title: Annotated[
        str, typer.Option("--title", help="A title for your therapist; it need not name anybody.")
    ] = "A record",
    show: Annotated[
        bool, typer.Option("--show", help="Show what would be in it, and write nothing.")
    ] = False,
    sure: Annotated[
        bool, typer.Option("--yes", help="Write it without asking; it is shown all the same.")
    ] = False,
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    """Make a bundle for a therapist: weekly numbers only, without words and without odds, sealed to their key."""
    from velveteen.journal.sealing import seal
    from velveteen.measure.bundle import to_bytes

    voice = Voice(as_json)
    if out is None and not show:
        raise BadInput(
            "usage", "Please say where to write the bundle with --out FILE.age, or look at it with --show."
        )
    if out is not None:
        check_free(out)
    with opened(journal, passphrase_file) as sealed:
        entries = sealed.entries()
    made = _made(entries, title)
    content = to_bytes(made)
    closed = seal(content, to)
    _show(voice, made, content, danger_closed=_danger_closed(entries))
    written = out if not show and _agreed(sure=sure) else None
    _write(voice, written, closed)
    voice.result({"schema": 1, "out": written and str(written), "to": to.strip(), "bundle": _plain(content)})


def _made(entries: list[Entry], title: str) -> Bundle:
    from velveteen.measure.bundle import bundle_of
    from velveteen.measure.weekly import weekly_cells

    cells, _, _ = weekly_cells(entries)
    return bundle_of(cells, made=date.today(), title=title)


def _danger_closed(entries: list[Entry]) -> bool:
    from velveteen.guide.danger import danger_state

    return danger_state(entries, date.today()).closed


def _show(voice: Voice, made: Bundle, content: bytes, *, danger_closed: bool) -> None:
    from velveteen.measure.bundle import in_words

    voice.say("This is what is in the bundle:\n")
    for line in in_words(made):
        voice.say(line)
    voice.say(f"\nThe same to the letter, as it will be sealed:\n\n{content.decode()}")
    for sentence in (*_WHAT_FOLLOWS, *([_DANGER] if danger_closed else [])):
        voice.say(sentence)


def _agreed(*, sure: bool) -> bool:
    if sure:
        return True
    if not person_is_here():
        raise BadInput("bundle_unconfirmed", _UNASKED)
    return typer.confirm("Write this bundle?", default=None, err=True)


def _write(voice: Voice, out: Path | None, closed: bytes) -> None:
    from velveteen.journal.atomic import write_atomically

    if out is None:
        voice.say("Nothing was written.")
        return
    write_atomically(out, closed, replace=False)
    voice.say(f"The bundle is at {out}. Nothing was sent; how it gets to your therapist is up to you.")


def _plain(content: bytes) -> object:
    import json

    return json.loads(content)


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    example = "Example: velveteen bundle --journal notes.vv --to age1… --out numbers.age"
    app.command("bundle", epilog=example)(bundle)
