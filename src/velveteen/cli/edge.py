"""The edge: every ending of a command becomes one plain sentence, or one JSON object, and an exit code."""

from __future__ import annotations

import itertools
import json
import os
import re
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
    except (KeyboardInterrupt, typer.Abort) as stop:
        return _fail(BadInput("stopped", str(stop) or _STOPPED), STOPPED, arguments)
    except Exception as error:  # noqa: BLE001  (the last line before a person: no traceback passes it)
        known, code = _known(error, arguments)
        if os.environ.get("VELVETEEN_DEBUG") == "1":
            traceback.print_exc()
        return _fail(known, code, arguments)


def _invoke(arguments: list[str]) -> int:
    from velveteen.cli.app import app

    code = app(args=arguments, prog_name="velveteen", standalone_mode=False)
    sys.stdout.flush()
    return code if isinstance(code, int) else 0


def _known(error: Exception, arguments: Sequence[str]) -> tuple[VelveteenError, int]:
    if isinstance(error, VelveteenError):
        return error, error.exit_code
    if isinstance(error, typer.TyperException):
        sentence = f"{_slip(error, arguments)} Nothing was changed; “velveteen --help” shows what there is."
        return BadInput("usage", sentence), BAD_INPUT
    if isinstance(error, OSError):
        name = f"{_name(error.filename)}: " if error.filename else ""
        sentence = (
            f"{name}{error.strerror or error}. What was saved before is still there. Please check the path."
        )
        return BadInput("file", sentence), BAD_INPUT
    return BadInput("unexpected", _UNEXPECTED), UNEXPECTED


def _name(path: object) -> str:
    """A file's path as its owner knows it: drafts carry a name of their own until they are whole."""
    return re.sub(r"(^|[/\\])\.([^/\\]+)\.[0-9a-f]{8}$", r"\1\2", str(path))


def _slip(error: typer.TyperException, arguments: Sequence[str]) -> str:
    """What was typed wrongly, in our own words where the value is at fault."""
    if not isinstance(error, typer.BadParameter) or not error.message:
        return error.format_message().rstrip(".") + "."
    option = str(error.param.get_error_hint()) if error.param else "an option"
    given = _given(option, arguments)
    named = f"“{given}” does not fit there" if given else "what was given does not fit there"
    return f"{option.strip(chr(39))} takes {_takes(error.message)}; {named}."


def _given(option: str, arguments: Sequence[str]) -> str:
    names = re.findall(r"--?[\w-]+", option)
    pairs = [a.split("=", 1) for a in arguments if "=" in a] + [
        list(p) for p in itertools.pairwise(arguments)
    ]
    return next((value for name, value in pairs if name in names), "")


def _takes(message: str) -> str:
    chosen = re.search(r"not one of (.+?)\.?$", message)
    if chosen:
        return "one of " + chosen[1].replace("'", "")
    bound = re.search(r"(greater|less) than or equal to (\d+)", message)
    if bound:
        return f"a whole number, {bound[2]} or {'more' if bound[1] == 'greater' else 'less'}"
    return "a whole number" if "integer" in message else "something else"


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
