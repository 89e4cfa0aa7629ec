"""`open`: the pages, on this machine alone."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def open_notes(
    journal: Annotated[
        Path | None,
        typer.Option(
            "--journal",
            help="The file; it need not exist yet. Without it: notes/notes in your home.",
            show_default=False,
        ),
    ] = None,
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="Where to listen; 0 takes a free port.")
    ] = 0,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Open the browser, or only say the address, once.")
    ] = True,
) -> None:
    """Open the pages in your browser. They are served to this machine alone, until you press Ctrl-C here."""
    from velveteen.app.serve import open_pages

    path = journal or Path.home() / "notes" / "notes"
    open_pages(path.absolute(), port=port, browser=browser, told=typer.echo)


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("open", epilog="Example: velveteen open")(open_notes)
