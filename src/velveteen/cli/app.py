"""The list of commands."""

from __future__ import annotations

from typing import Annotated

import typer

from velveteen.cli import (
    bundle_command,
    caseload_commands,
    chat_commands,
    cohort_commands,
    demo_commands,
    doctor_command,
    draft_command,
    erase_commands,
    export_command,
    file_commands,
    guide_command,
    import_command,
    journal_commands,
    notebook_command,
    open_command,
    report_command,
    safety_commands,
    table_commands,
)

app = typer.Typer(
    name="velveteen",
    help="See what changes, and whether it holds. One record of one relationship, kept on your own device.",
    epilog="Example: velveteen demo shows the whole way on an invented household. In danger now? velveteen help-now",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(wanted: bool) -> None:
    if wanted:
        from velveteen import __version__

        typer.echo(f"velveteen {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    pass


open_command.register(app)
journal_commands.register(app)
import_command.register(app)
report_command.register(app)
chat_commands.register(app)
bundle_command.register(app)
table_commands.register(app)
safety_commands.register(app)
guide_command.register(app)
draft_command.register(app)
caseload_commands.register(app)
file_commands.register(app)
notebook_command.register(app)
erase_commands.register(app)
export_command.register(app)
doctor_command.register(app)
cohort_commands.register(app)
demo_commands.register(app)
