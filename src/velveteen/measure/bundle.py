"""A bundle: what a therapist gets, weekly cells and nothing else.

Schema 1 is one JSON object in UTF-8: `format` "velveteen-bundle"; `schema` 1; `title`; `made`, an ISO day; `cells`, a list
of objects with the keys of `table_out.CELL_COLUMNS`: `week` is an ISO Monday, and null stands where strain, audience or
the number of items coded was not recorded. There are no words but the title, no turning points, no danger answers, no
single day and no odds.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from velveteen.measure.cells import Cell, check_cells, parse_cells
from velveteen.measure.channels import registry
from velveteen.measure.tables import Row
from velveteen.measure.weeks import monday
from velveteen.problems import BadInput, Refused

FORMAT, SCHEMA = "velveteen-bundle", 1
NEUTRAL = "A record"
LONGEST_TITLE = 80
_FROM = {
    "partner": "your own entries", "messages": "the messages", "self": "what they say of themselves",
    "therapist": "a therapist", "other": "somebody else",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bundle:
    """What is in a bundle: a title that may say nothing, the day it was made, and the cells, their weeks dated."""

    title: str
    made: date
    cells: tuple[Cell, ...]


def bundle_of(cells: Sequence[Cell], *, made: date, title: str = "") -> Bundle:
    """A bundle of cells with dated weeks, as `weekly_cells` gives them.

    Raises:
        Refused: code "no_cells".
        BadInput: a cell that cannot be, or of a channel that does not ship (its name would be somebody's own words).
    """
    if not cells:
        raise Refused(
            "no_cells", "Nothing in this journal can be counted by week yet, so there is no bundle."
        )
    check_cells(cells, registry())
    return Bundle(_printable(title) or NEUTRAL, made, tuple(cells))


def to_bytes(bundle: Bundle) -> bytes:
    """The JSON, one cell a line, so that a person can read what leaves."""
    head = {"format": FORMAT, "schema": SCHEMA, "title": bundle.title, "made": bundle.made.isoformat()}
    lines = [f"{_json(key)}: {_json(value)}," for key, value in head.items()]
    cells = ",\n".join(f"  {_json(_cell(cell))}" for cell in bundle.cells)
    return "\n".join(["{", *lines, '"cells": [', cells, "]", "}", ""]).encode()


def from_bytes(data: bytes) -> Bundle:
    """The bundle that `to_bytes` wrote; anybody can have written it.

    Raises:
        BadInput: `bundle_unreadable`, `newer_version`, or what is wrong with its first bad cell.
    """
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        raise _unreadable("it is not JSON") from None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise _unreadable("it is no Velveteen bundle")
    if found.get("schema") != SCHEMA:
        message = "This bundle was made by another version of Velveteen. Nothing was changed; a newer version may read it."
        raise BadInput("newer_version", message)
    return Bundle(
        _printable(found.get("title")) or NEUTRAL, _made(found.get("made")), _cells(found.get("cells"))
    )


def in_words(bundle: Bundle) -> list[str]:
    """What is in a bundle, in plain sentences for the person whose record it is."""
    weeks = sorted({cell.week for cell in bundle.cells})
    first, last = (monday(week).isoformat() for week in (weeks[0], weeks[-1]))
    counted = Counter((cell.channel, cell.informant) for cell in bundle.cells)
    return [
        f"The title “{bundle.title}”, and the day on which it was made, {bundle.made.isoformat()}.",
        f"Numbers about {len(weeks)} weeks, from the week of {first} to the week of {last}:",
        *(f"  {registry()[channel].label}, from {_FROM[who]}: {n} in all" for (channel, who), n in sorted(counted.items())),
        "Each number has its week, what is counted, how much of it, out of how much, from whom, and how hard the days were.",
        "Nothing else is in it. Words, names, single days, turning points, danger answers and odds are left out.",
    ]  # fmt: skip


def _cell(cell: Cell) -> dict[str, Any]:
    return {
        "week": monday(cell.week).isoformat(), "channel": cell.channel, "value": cell.value, "of": cell.of,
        "informant": cell.informant, "strain": cell.strain, "audience": cell.audience, "coded": cell.coded,
    }  # fmt: skip


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _printable(title: object) -> str:
    """A title in one line: what a terminal would obey instead of show is left out."""
    return (
        "".join(c for c in title if c.isprintable())[:LONGEST_TITLE].strip() if isinstance(title, str) else ""
    )


def _made(text: object) -> date:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        raise _unreadable("it does not say on which day it was made") from None


def _cells(found: object) -> tuple[Cell, ...]:
    if not isinstance(found, list) or not all(isinstance(cell, dict) for cell in found):
        raise _unreadable("it has no list of cells")
    try:
        cells, dated = parse_cells([Row(cell, line) for line, cell in enumerate(found, start=1)], registry())
    except OverflowError:
        raise _unreadable("it holds a number that is too large") from None
    if not dated:
        raise _unreadable("its weeks are no dates")
    return tuple(cells)


def _unreadable(reason: str) -> BadInput:
    return BadInput(
        "bundle_unreadable", f"This is not a bundle that can be read: {reason}. Nothing was changed."
    )
