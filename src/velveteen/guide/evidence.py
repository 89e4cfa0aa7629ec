"""What the texts may lean on: a closed list of sources that were read, how sure each is, and the figures it gives.

Data: `evidence.toml`. A figure that was remembered and not read stands there only so that a test can find it in a text.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal, get_args

Sure = Literal["not sure", "fairly sure", "sure"]
LEVELS: tuple[Sure, ...] = get_args(Sure)


@dataclass(frozen=True, slots=True)
class Source:
    """One source.

    Attributes:
        key: as texts name it.
        what: what was read, in words for a reader.
        where: address, number or name under which it can be found.
        trust: how sure its statements are taken to be at most, one of `LEVELS`.
        figures: every figure that a text may take from it, in the words in which texts write it.
    """

    key: str
    what: str
    where: str
    trust: Sure
    figures: tuple[str, ...]


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(resources.files("velveteen.guide").joinpath("evidence.toml").read_text("utf-8"))


@cache
def sources() -> dict[str, Source]:
    """Key -> source, in the file's order."""
    return {
        key: Source(key, table["what"], table["where"], table["trust"], tuple(table.get("figures", ())))
        for key, table in _data()["sources"].items()
    }


def recalled() -> tuple[str, ...]:
    """Figures that were remembered and not read; no text may hold one."""
    return tuple(_data()["recalled"])
