"""`doctor`: what on this device could tell somebody that a journal is kept. It changes nothing."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from velveteen.cli.options import Json
from velveteen.cli.voice import Voice

_LIMITS = (
    "This looks in the places it knows, and there are others. It cannot find spyware, a hidden camera, or somebody who "
    "knows your screen lock. If this device may be watched, use one that nobody else has had. Clearing much at once can "
    "be noticed: think first about what would be seen."
)


def doctor(
    journal: Annotated[
        Path | None,
        typer.Option(
            "--journal", help="The journal's file, to look around it. It is not opened.", show_default=False
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Look for traces on this device that somebody else could find, and say how to clear each. Changes nothing."""
    from velveteen.cli.opened import check_there
    from velveteen.journal.traces import find_traces

    if journal is not None:
        check_there(journal)
    voice = Voice(as_json)
    found = find_traces(Path.home(), journal)
    for trace in found:
        voice.say(f"• {trace.where}\n  {trace.what}\n  {trace.clear}")
    if not found:
        voice.say("Nothing was found in the places that are known here.")
    voice.say(f"\n{_LIMITS}")
    voice.result({"schema": 1, "traces": [asdict(trace) for trace in found]})


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("doctor", epilog="Example: velveteen doctor --journal notes.vv")(doctor)
