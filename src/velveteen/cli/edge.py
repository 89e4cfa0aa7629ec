"""The edge: every ending of a command becomes one plain sentence, or one JSON object, and an exit code."""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Sequence
from typing import Any

import typer

from velveteen.problems import BadInput, VelveteenError

GONE, BAD_INPUT, UNEXPECTED, STOPPED = 1, 2, 70, 130
_UNEXPECTED = (
    "Something went wrong inside Velveteen, not with you. What was saved before is still there. "
    "To see what happened, run the same again with VELVETEEN_DEBUG=1 set."
)
_STOPPED = "Stopped. What was saved before is still there."


def run(arguments: Sequence[str]) -> int:
    """Run one command.

    Args:
        arguments: what was typed after the program's name; none shows the help.

    Returns:
        Exit code: 0 done, 1 nobody reads our output any more, 2 bad input, 3 refused, 70 unexpected, 130 stopped.
    """
    try:
        return _invoke(list(arguments) or ["--help"])
    except (BrokenPipeError, SystemExit):
        # Whoever read our output has gone (Typer leaves then); a second flush at exit would raise again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return GONE
    except (KeyboardInterrupt, typer.Abort):
        return _fail(BadInput("stopped", _STOPPED), STOPPED, arguments)
    except Exception as error:  # noqa: BLE001  (the last line before a person: no traceback passes it)
        known, code = _known(error)
        if os.environ.get("VELVETEEN_DEBUG") == "1":
            traceback.print_exc()
        return _fail(known, code, arguments)


def _invoke(arguments: list[str]) -> int:
    from velveteen.cli.app import app

    code = app(args=arguments, prog_name="velveteen", standalone_mode=False)
    sys.stdout.flush()
    return code if isinstance(code, int) else 0


def _known(error: Exception) -> tuple[VelveteenError, int]:
    if isinstance(error, VelveteenError):
        return error, error.exit_code
    if isinstance(error, typer.TyperException):
        sentence = f"{error.format_message()} Nothing was changed; “velveteen --help” shows what there is."
        return BadInput("usage", sentence), BAD_INPUT
    if isinstance(error, OSError):
        name = f"{error.filename}: " if error.filename else ""
        sentence = (
            f"{name}{error.strerror or error}. What was saved before is still there. Please check the path."
        )
        return BadInput("file", sentence), BAD_INPUT
    return BadInput("unexpected", _UNEXPECTED), UNEXPECTED


def _fail(error: VelveteenError, code: int, arguments: Sequence[str]) -> int:
    print(error.message, file=sys.stderr)  # noqa: T201
    if "--json" in arguments:
        print(json.dumps(plain(error.as_dict()), ensure_ascii=False, allow_nan=False))  # noqa: T201
    return code


def plain(value: Any) -> Any:
    """The same value with every number that JSON does not know (NaN, infinities) as None."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, float) and value - value != 0:
        return None
    return value
