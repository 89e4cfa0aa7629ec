"""Lists of words that rules are made of, compiled: in TOML, so that they can be read without reading code.

Each table of a file is one pattern: `any` holds alternatives, `form` says where one of them ("{any}") may stand. "{name}" is
the table of that name, which comes earlier in the file.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Any

_NAME = re.compile(r"\{([a-z_]+)\}")


@cache
def worded(file: str) -> dict[str, re.Pattern[str]]:
    """The patterns of a file in this folder, by name.

    Raises:
        KeyError: a pattern names a list that does not come before it.
    """
    sources: dict[str, str] = {}
    for name, table in tables(file).items():
        known = sources | {"any": any_of(table.get("any", ()))}
        form = _filled(table.get("form", "{any}"), known)
        sources[name] = _filled(form, known)  # alternatives may name lists as well
    return {name: re.compile(source) for name, source in sources.items()}


def _filled(form: str, known: dict[str, str]) -> str:
    return _NAME.sub(lambda found: known[found[1]], form)


def any_of(alternatives: Sequence[str]) -> str:
    """A pattern for one of these."""
    return f"(?:{'|'.join(alternatives)})"


@cache
def tables(file: str) -> dict[str, Any]:
    """A TOML file of this folder."""
    return tomllib.loads(resources.files("velveteen.messages.coder").joinpath(file).read_text("utf-8"))
