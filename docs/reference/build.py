"""Writes `cli.md` beside this file from the commands themselves: `make docs`. A test fails while it is stale."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any

import typer

from velveteen.cli.app import app

PAGE = Path(__file__).with_name("cli.md")
_INTRO = """\
# The commands

Made from the program by `make docs`; do not edit by hand.

Exit codes: 0 done · 2 bad input · 3 refused (too little to say, dates that fit both ways, the danger gate) · 70 something
broke inside · 130 stopped by you. With `--json`, standard output is one object, also for an error:
`{"schema": 1, "error": {"code": "…", "message": "…", "line": null}}`; everything else goes to standard error.
A passphrase is asked for, or read from a file or standard input; it is never an argument.
"""


def page() -> str:
    """The whole page as Markdown."""
    root: Any = typer.main.get_command(app)
    return "\n".join(
        [_INTRO, *(line for name, command in commands(root) for line in _command(name, command))]
    )


def commands(group: Any, above: str = "") -> Iterator[tuple[str, Any]]:
    """Every command by the words that call it, those of groups among them."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, f"{above}{name} ")
        else:
            yield f"{above}{name}", command


def _command(name: str, command: Any) -> Iterator[str]:
    yield f"## velveteen {name}\n"
    yield f"{inspect.cleandoc(command.help)}\n"
    yield "| | |\n|---|---|"
    for parameter in command.params:
        yield f"| {_name(parameter)} | {_words(parameter)} |"
    yield f"\n    {command.epilog.removeprefix('Example: ')}\n"


def _name(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return f"`{parameter.metavar or parameter.name}`"
    names = "`, `".join((*parameter.opts, *parameter.secondary_opts))
    return f"`{names}`"


def _words(parameter: Any) -> str:
    words, default = parameter.help or "", parameter.default
    if isinstance(default, Enum):
        words += f" One of: {', '.join(choice.value for choice in type(default))}."
        default = default.value
    if parameter.required:
        return words + " Required."
    return words if default in (None, False, ()) else f"{words} Default: {default}."


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
