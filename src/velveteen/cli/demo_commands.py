"""`simulate` and `demo`: invented households, so that nobody has to try this with their own life first."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from velveteen.cli.options import Json, Therapy, TherapyOption
from velveteen.cli.places import check_household
from velveteen.cli.voice import Voice


class Account(StrEnum):
    """The account that is true of an invented household."""

    SAME = "same"
    WORSE = "worse"
    TEMPORARY = "temporary"
    SURFACE = "surface"
    CONDITIONAL = "conditional"
    LASTING = "lasting"


Out = Annotated[
    Path, typer.Option("--out", metavar="DIR", help="The folder to write into; made if it is not there.")
]
Seed = Annotated[int, typer.Option("--seed", min=0, help="The same seed gives the same household.")]


def simulate(
    out: Annotated[
        Path, typer.Option("--out", metavar="DIR", help="The folder to write into.", show_default=False)
    ],
    account: Annotated[
        Account, typer.Option("--account", help="What is true of this household.")
    ] = Account.TEMPORARY,
    weeks: Annotated[
        int, typer.Option("--weeks", min=1, max=1040, help="Length of the record in weeks.")
    ] = 104,
    seed: Seed = 1,
    therapy: TherapyOption = Therapy.NONE,
    as_json: Json = False,
) -> None:
    """Invent a household. Its diary, its chat, its weekly tables and what is true of it are written."""
    from velveteen.demo import write_household

    check_household(out)
    voice = Voice(as_json)
    files = write_household(out, account.value, weeks, seed, therapy.value)
    for name, path in files.items():
        voice.say(f"{name:<15} {path}")
    voice.result(
        {
            "schema": 1,
            "account": account.value,
            "weeks": weeks,
            "seed": seed,
            "files": {k: str(v) for k, v in files.items()},
        }
    )


def demo(out: Out = Path("velveteen-demo"), seed: Seed = 1) -> None:
    """Show the whole way on an invented household. Each command is shown as one types it, then run; nothing is asked."""
    from velveteen.cli.edge import run
    from velveteen.demo import show

    check_household(out)
    voice = Voice(as_json=False)
    code = show(out, seed, say=voice.say, run=run)
    if code:
        raise typer.Exit(code)


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(
        "simulate", epilog="Example: velveteen simulate --out household --account lasting --weeks 64"
    )(simulate)
    app.command("demo", epilog="Example: velveteen demo --out velveteen-demo")(demo)
