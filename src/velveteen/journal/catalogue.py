"""The act catalogue: what can have happened, as plain questions. Data in `acts.toml`; a user's own acts stand beside it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

OPPOSITES = {
    "grandiosity": "modesty",
    "entitlement": "consideration",
    "low_empathy": "empathy",
    "admiration": "self_sufficiency",
}


@dataclass(frozen=True, slots=True)
class Act:
    """One kind of act.

    Attributes:
        name: identifier, as in the payload of an `act` entry; words with underscores.
        question: as it is asked, answered by yes or no.
        harm: True for harm, False for care.
        tendency: a key of OPPOSITES for harm, a value of it for care.
        side: "outward" (conduct) or "inward" (how they see themselves and the other).
        also: other words for it, read by `find_act`.
    """

    name: str
    question: str
    harm: bool
    tendency: str
    side: Literal["outward", "inward"]
    also: tuple[str, ...]

    @property
    def label(self) -> str:
        """The name in words."""
        return self.name.replace("_", " ")


@cache
def catalogue() -> dict[str, Act]:
    """The acts that ship with the package, harm first, in the order in which they are asked."""
    tables = tomllib.loads(resources.files("velveteen.journal").joinpath("acts.toml").read_text("utf-8"))
    return {
        name: Act(**{**table, "name": name, "also": tuple(table["also"])}) for name, table in tables.items()
    }


def find_act(words: str) -> Act | None:
    """The catalogue's act of that name or its other words, however spaces, hyphens and capitals are written; else None."""
    known = _by_words()
    return known.get(words) or known.get(_plain(words))


@cache
def _by_words() -> dict[str, Act]:
    """Plain words -> act; and the name as it is stored, as most acts are, which then need not be made plain."""
    plain = {_plain(words): act for act in catalogue().values() for words in (*act.also, act.name)}
    return plain | {name: plain[_plain(name)] for name in catalogue()}


def _plain(words: str) -> str:
    return " ".join(words.casefold().replace("-", " ").replace("_", " ").split())


def is_harm(payload: Mapping[str, Any]) -> bool:
    """Whether the payload of an `act` entry is harm: the catalogue says, else its own `harm`; if neither tells, it is."""
    known = find_act(str(payload.get("act", "")))
    return known.harm if known else payload.get("harm", True) is not False
