"""The options that several commands share, worded once."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

Journal = Annotated[Path, typer.Option("--journal", help="The journal's file.", show_default=False)]
PassphraseFile = Annotated[
    str | None,
    typer.Option(
        "--passphrase-file",
        metavar="FILE",
        help="A file that holds the passphrase; - reads it from standard input. Without it you are asked.",
        show_default=False,
    ),
]
NewPassphraseFile = Annotated[
    str | None,
    typer.Option(
        "--new-passphrase-file",
        metavar="FILE",
        help="A file that holds the new passphrase.",
        show_default=False,
    ),
]
Country = Annotated[
    str | None,
    typer.Option(
        "--country",
        metavar="CC",
        help="Your country, in two letters, for the numbers to call.",
        show_default=False,
    ),
]
Chat = Annotated[
    str | None,
    typer.Option(
        "--chat",
        metavar="NAME",
        help="The conversation, where a file holds several.",
        show_default=False,
    ),
]
DayFirst = Annotated[
    bool | None,
    typer.Option(
        "--day-first/--month-first",
        help="How dates are written, where the file itself does not tell.",
        show_default=False,
    ),
]
Hyperprior = Annotated[
    str | None,
    typer.Option(
        "--hyperprior",
        metavar="FILE",
        help="Priors of the hyperparameters, as “cohort prior” writes them; “circle” takes those of simulated households.",
        show_default=False,
    ),
]
Json = Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")]


class Therapy(StrEnum):
    """Whether the person whom the record is about is in therapy; it sets where a reader starts."""

    NONE = "none"
    BEGUN = "begun"
    COMMITTED = "committed"


TherapyOption = Annotated[
    Therapy,
    typer.Option("--therapy", help="The other's therapy: none, just begun, or six months and more attended."),
]
