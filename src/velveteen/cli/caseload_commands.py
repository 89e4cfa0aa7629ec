"""`caseload keys` and `caseload read`: a therapist's key, and the bundles that were sealed to it."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from velveteen.cli.opened import opened
from velveteen.cli.options import Json, PassphraseFile
from velveteen.cli.places import check_free
from velveteen.cli.voice import Voice

if TYPE_CHECKING:
    from velveteen.cohort.caseload import Case
    from velveteen.journal.entries import Entry

NOTES = (
    "How often these words are wrong has been counted in simulated households only, and not yet measured on real ones.",
    "Odds are for you alone. Never show odds to the person they are about: shown, they become a certificate, or a threat.",
    "Danger answers and turning points are not in a bundle. Ask about danger yourself: calm numbers say nothing about it.",
    "A change can be there and still be too little. None of this says stay or go.",
)

app = typer.Typer(
    name="caseload",
    help="For therapists: a key of your own, and the bundles that people sealed to it.",
    epilog="Example: velveteen caseload keys --out caseload.key",
    rich_markup_mode=None,
    no_args_is_help=True,
)


@app.command(epilog="Example: velveteen caseload keys --out caseload.key")
def keys(
    out: Annotated[
        Path, typer.Option("--out", metavar="FILE", help="Where to keep the secret key.", show_default=False)
    ],
    as_json: Json = False,
) -> None:
    """Make a secret key in a file that only you can read, and show the public key to give away."""
    from velveteen.journal.sealing import write_identity

    check_free(out)
    public = write_identity(out)
    voice = Voice(as_json)
    voice.say(f"The public key, for the people who bring you bundles:\n\n{public}\n")
    voice.say(
        f"The secret key is in {out}. Keep it, and never give it away: without it no bundle opens again."
    )
    voice.result({"schema": 1, "file": str(out), "public_key": public})


@app.command(epilog="Example: velveteen caseload read bundles/ --identity caseload.key")
def read(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="A folder of bundles, files that end in .age.")
    ],
    identity: Annotated[
        Path,
        typer.Option("--identity", metavar="FILE", help="The file with your secret key.", show_default=False),
    ],
    journal: Annotated[
        Path | None,
        typer.Option(
            "--journal", help="Your own journal; the verdicts are kept in it, sealed.", show_default=False
        ),
    ] = None,
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    """Open each bundle of a folder and weigh it, from its weekly numbers alone. One that does not open says why."""
    from velveteen.cohort.caseload import bundles_in, judge_caseload
    from velveteen.journal.sealing import read_identities

    voice = Voice(as_json)
    identities, files = read_identities(identity), bundles_in(folder)
    with ExitStack() as stack:
        sealed = stack.enter_context(opened(journal, passphrase_file)) if journal else None
        with voice.progress("Weighing bundles") as progress:
            cases = list(judge_caseload(files, identities, progress))
        kept = sealed.append(_kept(cases)) if sealed else 0
    _say(voice, cases, kept)
    voice.result({"schema": 1, "notes": list(NOTES), "kept": kept, "bundles": [_row(case) for case in cases]})


def _say(voice: Voice, cases: list[Case], kept: int) -> None:
    from rich.table import Table

    table = Table("bundle", "title", "made", "weeks", "what the numbers say", show_lines=True)
    for case in cases:
        row = _row(case)
        weeks = "–" if case.verdict is None else str(case.verdict.weeks)
        table.add_row(_shown(case.file), row["title"] or "–", row["made"] or "–", weeks, _words(case))
    voice.say(table)
    for note in NOTES:
        voice.say(note)
    if kept:
        voice.say(f"{kept} {'verdict is' if kept == 1 else 'verdicts are'} kept in your journal.")


def _words(case: Case) -> str:
    return _shown(case.reason) if case.verdict is None else case.verdict.words


def _shown(text: str) -> str:
    """What somebody else wrote, without what a terminal would obey instead of show."""
    return "".join(c for c in text if c.isprintable())


def _row(case: Case) -> dict[str, Any]:
    return {
        "file": case.file,
        "title": case.bundle and case.bundle.title,
        "made": case.bundle and case.bundle.made.isoformat(),
        "verdict": case.verdict and case.verdict.as_dict(),
        "code": case.code,
        "reason": case.reason,
    }


def _kept(cases: list[Case]) -> list[Entry]:
    """One entry for each verdict, dated to the day on which the bundle was made: the same again adds nothing."""
    from velveteen import __version__
    from velveteen.journal.entries import Entry, uuid7

    now = datetime.now()
    return [
        Entry(
            uuid7(), "caseload_verdict", datetime.combine(case.bundle.made, time()), now,
            {
                "bundle": case.digest, "file": case.file, "title": case.bundle.title, "weeks": case.verdict.weeks,
                "words": case.verdict.words, "odds": case.verdict.odds, "version": __version__,
            },
        )
        for case in cases
        if case.bundle and case.verdict
    ]  # fmt: skip


def register(root: typer.Typer) -> None:
    """Add the commands of this module."""
    root.add_typer(app)
