"""`cohort judge` and `cohort prior`: many households in one table, for researchers."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from velveteen.cli.options import Hyperprior, Json, Therapy, TherapyOption
from velveteen.cli.places import check_free
from velveteen.cli.voice import Voice

if TYPE_CHECKING:
    from velveteen.cohort.judged import Settings
    from velveteen.cohort.part_run import PartDone

Cohort = Annotated[
    Path,
    typer.Argument(
        metavar="IN",
        help="A folder with cells.parquet or cells.csv, or such a file; each row names its household.",
    ),
]
TurningPoints = Annotated[
    Path | None,
    typer.Option(
        "--turning-points",
        metavar="FILE",
        help="Turning points: household, week, kind. In a folder, turning_points.parquet or .csv is found.",
        show_default=False,
    ),
]
Channels = Annotated[
    Path | None, typer.Option("--channels", metavar="FILE", help="Own channels, as TOML.", show_default=False)
]
MinCells = Annotated[int, typer.Option("--min-cells", min=1, help="Fewer informative cells are refused.")]
Processes = Annotated[
    int | None,
    typer.Option("--processes", min=1, help="How many processes; all cores without it.", show_default=False),
]


class Reader(StrEnum):
    """Whose prior over the accounts weighs a household while a hyperprior is fitted."""

    EQUAL = "equal"
    SCEPTIC = "sceptic"
    NEUTRAL = "neutral"
    HOPEFUL = "hopeful"


app = typer.Typer(
    name="cohort",
    help="Many households in one table, for researchers. It asks nobody whether they are safe.",
    epilog="Example: velveteen cohort judge cohort/ --out verdicts",
    rich_markup_mode=None,
    no_args_is_help=True,
)


@app.command(epilog="Example: velveteen cohort judge cohort/ --part 1/4 --out verdicts --json")
def judge(
    table: Cohort,
    out: Annotated[
        Path, typer.Option("--out", metavar="DIR", help="The folder for the results.", show_default=False)
    ],
    part: Annotated[
        str,
        typer.Option(
            "--part", metavar="I/N", help="Only the I-th of N parts; a household is always in the same."
        ),
    ] = "1/1",
    turning_points: TurningPoints = None,
    channels: Channels = None,
    therapy: TherapyOption = Therapy.NONE,
    min_cells: MinCells = 12,
    hyperprior: Hyperprior = None,
    processes: Processes = None,
    scheduler: Annotated[
        str | None,
        typer.Option(
            "--scheduler",
            metavar="ADDRESS",
            help="A Dask scheduler whose workers do the work, such as tcp://10.0.0.5:8786.",
            show_default=False,
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Judge every household of a cohort. Each becomes a row of one Parquet file a part; what is done is never redone."""
    from velveteen.cohort import extra

    extra.check("polars", *(["distributed"] if scheduler else []))
    from velveteen.cohort.part_run import here, judge_part
    from velveteen.cohort.parts import parse_part
    from velveteen.cohort.source import find_tables

    voice = Voice(as_json)
    wanted, tables = parse_part(part), find_tables(table, turning_points)
    settings = settings_of(channels, therapy, min_cells, hyperprior)
    if scheduler:
        from velveteen.cohort.cluster import on_cluster
    run = on_cluster(scheduler) if scheduler else here(processes)
    with voice.progress("Judging households") as progress:
        done = judge_part(tables, out, wanted, settings, run, progress)
    say_part(voice, done)
    voice.result({"schema": 1, "part": f"{wanted.index}/{wanted.of}", **summary_of(done)})


@app.command(epilog="Example: velveteen cohort prior cohort/ --out hyperprior.toml")
def prior(
    table: Cohort,
    out: Annotated[
        Path,
        typer.Option(
            "--out", metavar="FILE", help="Where to write the hyperprior, as TOML.", show_default=False
        ),
    ],
    turning_points: TurningPoints = None,
    channels: Channels = None,
    min_cells: MinCells = 12,
    reader: Annotated[
        Reader, typer.Option("--reader", help="Whose prior over the accounts weighs each household.")
    ] = Reader.EQUAL,
    most: Annotated[
        int,
        typer.Option(
            "--most", min=1, help="Of a larger cohort, fit on this many households, chosen by name."
        ),
    ] = 1000,
    processes: Processes = None,
    as_json: Json = False,
) -> None:
    """Fit the priors of the hyperparameters to a cohort without labels. Its file says on whom, and what it gains."""
    from velveteen.cohort import extra

    extra.check("polars")
    from velveteen.cohort.card import card_of, hyperprior_toml
    from velveteen.cohort.hyperfit import fit_hyperprior
    from velveteen.cohort.parts import chosen
    from velveteen.cohort.source import find_tables, household_names, read_households
    from velveteen.journal.atomic import write_atomically

    voice = Voice(as_json)
    check_free(out)
    tables = find_tables(table, turning_points)
    households = list(read_households(tables, chosen(household_names(tables), most)))
    settings = settings_of(channels, Therapy.NONE, min_cells, None)
    with voice.progress("Fitting") as progress:
        fit = fit_hyperprior(
            households, settings, out.name, reader=reader.value, processes=processes, progress=progress
        )
    write_atomically(out, hyperprior_toml(fit).encode(), replace=False)
    card = card_of(fit)
    say_card(voice, card)
    voice.say(f"Written: {out}")
    voice.result({"schema": 1, "file": str(out), "card": card})


def say_card(voice: Voice, card: dict[str, Any]) -> None:
    """Say what a fitted hyperprior was fitted on, how it moved, what it gained, and what to beware of."""
    voice.say(
        f"Fitted on {card['households']} households; {card['held_out']} more were left out to see what it gains."
    )
    for name, moved in card["moved"].items():
        old, new = ((moved["median"][i], moved["sd"][i]) for i in (0, 1))
        voice.say(f"{name}: median {old[0]:g} → {new[0]:g}, sd {old[1]:g} → {new[1]:g}")
    if card["held_out_gain"]:
        gain = card["held_out_gain"]
        voice.say(
            f"Held out: {gain['mean']:+.3f} nats of log evidence a household (standard error {gain['standard_error']:.3f})."
        )
    for code, count in card["failed"].items():
        voice.say(f"{count} could not be weighed: {code.replace('_', ' ')}")
    voice.say(card["warning"])


def settings_of(channels: Path | None, therapy: Therapy, min_cells: int, hyperprior: str | None) -> Settings:
    """The options that hold for every household, loaded and checked."""
    from velveteen.cohort.judged import Settings
    from velveteen.judge.hyperprior import load_hyperprior
    from velveteen.measure.channels import load_channels

    return Settings(load_channels(channels), therapy.value, min_cells, load_hyperprior(hyperprior))


def say_part(voice: Voice, done: PartDone) -> None:
    """Say what became of a part."""
    if done.skipped:
        voice.say("This part was done already; nothing was done again.")
    elif done.found:
        voice.say(f"{done.found} households were there from an earlier run.")
    voice.say(f"{done.households} households, {done.judged} with a verdict: {done.file}")
    for code, count in done.failed.items():
        voice.say(f"  {count} without one: {code.replace('_', ' ')}")


def summary_of(done: PartDone) -> dict[str, Any]:
    """The `--json` keys of a part."""
    return {
        "file": str(done.file),
        "households": done.households,
        "judged": done.judged,
        "failed": done.failed,
        "found": done.found,
        "skipped": done.skipped,
    }


def register(root: typer.Typer) -> None:
    """Add the commands of this module."""
    root.add_typer(app)
