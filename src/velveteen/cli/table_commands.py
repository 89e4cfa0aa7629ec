"""`judge` and `messages`: from a table or a chat export straight to numbers, without a journal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from velveteen.cli.options import Chat, DayFirst, Hyperprior, Json, Therapy, TherapyOption
from velveteen.cli.voice import Voice

if TYPE_CHECKING:
    from velveteen.judge.verdict import Verdict
    from velveteen.messages.read import Export

_DOOR = (
    "This is the researcher's door: it weighs a table, and asks nobody whether they are safe. "
    "For one's own life there is “velveteen report”, which asks first."
)


def judge(
    table: Annotated[
        Path, typer.Argument(metavar="CELLS.csv", help="Weekly cells: week, channel, value, of, …")
    ],
    turning_points: Annotated[
        Path | None,
        typer.Option(
            "--turning-points", metavar="FILE", help="Turning points: week, kind.", show_default=False
        ),
    ] = None,
    channels: Annotated[
        Path | None,
        typer.Option("--channels", metavar="FILE", help="Own channels, as TOML.", show_default=False),
    ] = None,
    therapy: TherapyOption = Therapy.NONE,
    min_cells: Annotated[
        int, typer.Option("--min-cells", min=1, help="Fewer informative cells are refused.")
    ] = 12,
    hyperprior: Hyperprior = None,
    audit: Annotated[
        bool,
        typer.Option(
            "--audit", help="Compute it a second time by random draws, and say how far the two differ."
        ),
    ] = False,
    as_json: Json = False,
) -> None:
    """Weigh the rival accounts of a table. The researcher's door: it asks nothing about safety."""
    from velveteen.judge.api import judge as weigh

    voice = Voice(as_json)
    voice.say(_DOOR)
    with voice.progress("Weighing the accounts") as progress:
        verdict = weigh(
            table, turning_points, channels, therapy=therapy.value, min_cells=min_cells, progress=progress,
            hyperprior=hyperprior, audit=audit,
        )  # fmt: skip
    say_verdict(voice, verdict)
    voice.result(verdict.as_dict())


def say_verdict(voice: Voice, verdict: Verdict) -> None:
    """Say a verdict: its sentence, odds by reader, effects, tests, and what a reader should know beside them."""
    before = verdict.detail.get("present", {}).get("words", "")
    voice.say(f"\n{verdict.words}\n")
    if before:
        voice.say(f"{before}\n")
    voice.say(_odds_table(verdict))
    if verdict.sensitivity:
        voice.say(verdict.sensitivity["words"])
    for channel, effect in verdict.effect.items():
        interval = f"90 % interval {effect.low:.2g} to {effect.high:.2g}"
        voice.say(f"{channel}: {effect.before:.2g} → {effect.now:.2g} ({interval}), {effect.unit}")
    for name, test in verdict.tests.items():
        sure = "" if test.probability is None else f", probability {test.probability:.2f}"
        voice.say(f"{name.replace('_', ' ')}: {test.answer} ({test.observations} observations{sure})")
    if "audit" in verdict.detail:
        voice.say(_audit_words(verdict.detail["audit"]))
    if verdict.problems:
        voice.say("\nTo know beside this:")
        voice.problems(verdict.problems)


def _audit_words(audit: dict[str, Any]) -> str:
    errors = [row["log_bayes_factor_error"] for row in audit["accounts"].values()]
    return (
        f"computed again by {audit['draws']} random draws: log Bayes factors differ by at most "
        f"{audit['largest_difference']:.2f} nats (standard error up to {max(errors):.2f})"
    )


def _odds_table(verdict: Verdict) -> object:
    from rich.table import Table

    from velveteen.judge.verdict import TO_PEOPLE

    table = Table(
        "account", *verdict.odds, title=f"Odds over {verdict.weeks} weeks, by reader", title_justify="left"
    )
    for account, words in TO_PEOPLE.items():
        table.add_row(words, *(f"{odds[account]:.2f}" for odds in verdict.odds.values()))
    return table


def messages(
    file: Annotated[Path, typer.Argument(metavar="CHAT", help="A chat export: a file, a zip or a folder.")],
    chat: Chat = None,
    day_first: DayFirst = None,
    as_json: Json = False,
) -> None:
    """Read a chat export and say what is in it. Nothing is kept, and nothing leaves this device."""
    from velveteen.messages.formats.contract import Choice
    from velveteen.messages.read import open_export

    voice = Voice(as_json)
    with voice.progress("Reading the chat") as tell:
        export = open_export(file, Choice(day_first, chat), tell).survey()
    summary = summary_of(export)
    voice.say(f"{summary['messages']} messages from {summary['first'] or '–'} to {summary['last'] or '–'}.")
    for name, count in summary["participants"].items():
        voice.say(f"  {name}: {count}")
    if export.problems:
        voice.say("Lines that could not be read:")
        voice.problems(export.problems)
    voice.result(summary)


def summary_of(export: Export) -> dict[str, Any]:
    """The `--json` object of one chat export: how much, by whom, from when to when, and every line that was not read."""
    return {
        "schema": 1,
        "messages": export.count,
        "system_lines": export.notes.system_lines,
        "participants": export.participants,
        "first": export.first.isoformat() if export.first else None,
        "last": export.last.isoformat() if export.last else None,
        "unparsed": [{"line": line, "text": text} for line, text in export.notes.unparsed],
        "ambiguous_dates": False,  # else the export was refused
        "problems": [p.as_dict() for p in export.problems],
    }


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(
        "judge", epilog="Example: velveteen judge cells.csv --turning-points turning_points.csv --json"
    )(judge)
    app.command("messages", epilog="Example: velveteen messages chat.zip --day-first")(messages)
