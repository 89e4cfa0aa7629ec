"""The columns of a diary and how their cells are read. Data in `diary_columns.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

Kind = Literal["date", "yes", "rating", "count", "word", "text"]

_YES = frozenset({"yes", "y", "true", "1", "x", "ja", "j", "si", "sí", "oui", "sim", "✓", "✔"})
_NO = frozenset({"no", "n", "false", "0", "nein", "non", "não", "nee"})
_MOST_ACTS = 99


@dataclass(frozen=True, slots=True)
class Column:
    """One column that a diary can have.

    Attributes:
        field: its canonical name.
        kind: how its cells are read.
        label: what it is, in plain words.
        names: other names for it, plain (`plain`), the likeliest first.
        words: plain word -> value, for kind "word".
    """

    field: str
    kind: Kind
    label: str
    names: tuple[str, ...]
    words: dict[str, str]


@cache
def columns() -> dict[str, Column]:
    """The canonical columns by name, in the order in which they are shown."""
    tables = tomllib.loads(
        resources.files("velveteen.journal").joinpath("diary_columns.toml").read_text("utf-8")
    )
    return {field: _column(field, table) for field, table in tables.items()}


def plain(text: str) -> str:
    """Lower case, everything but letters and digits as single spaces."""
    return " ".join(re.sub(r"[\W_]+", " ", text.casefold()).split())


def read_yes(text: str) -> bool:
    """Yes or no. Raises ValueError with the reason."""
    word = text.strip().casefold()
    if word in _YES or word in _NO:
        return word in _YES
    raise ValueError("it should be yes or no")


def read_rating(text: str) -> float:
    """A number from 0 to 10, also as “6,5” or “6/10”; whole ones as int. Raises ValueError with the reason."""
    found = re.fullmatch(r"\s*(\d{1,3}(?:[.,]\d+)?)\s*(?:/\s*10)?\s*", text)
    value = float(found[1].replace(",", ".")) if found else -1.0
    if not 0 <= value <= 10:
        raise ValueError("it should be a number from 0 to 10")
    return int(value) if value.is_integer() else value


def read_count(text: str) -> int:
    """A whole number from 0 to 99; yes is one, no is none. Raises ValueError with the reason."""
    word = text.strip().casefold()
    if word in _YES | _NO:
        return int(word in _YES)
    found = re.fullmatch(r"(\d{1,9})(?:[.,]0+)?", word)
    if not found or int(found[1]) > _MOST_ACTS:
        raise ValueError(f"it should be a whole number from 0 to {_MOST_ACTS}")
    return int(found[1])


def read_word(column: Column, text: str) -> str:
    """The value that a word stands for. Raises ValueError with the reason."""
    try:
        return column.words[plain(text)]
    except KeyError:
        allowed = ", ".join(dict.fromkeys(value.replace("_", " ") for value in column.words.values()))
        raise ValueError(f"it should be one of: {allowed}") from None


def read_cell(column: Column, text: str) -> Any:
    """The value of a cell, by its column's kind; dates are read elsewhere. Raises ValueError with the reason."""
    if column.kind == "word":
        return read_word(column, text)
    return _READERS[column.kind](text)


_READERS: dict[str, Callable[[str], Any]] = {
    "yes": read_yes,
    "rating": read_rating,
    "count": read_count,
    "text": str,
}


def _column(field: str, table: dict[str, Any]) -> Column:
    words = {
        plain(word): value for value, others in table.get("words", {}).items() for word in (value, *others)
    }
    return Column(field, table["kind"], table["label"], (plain(field), *map(plain, table["names"])), words)
