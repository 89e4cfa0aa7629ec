"""Cells: one row a (week, channel, informant, strain, audience), the public input of the judge.

A `Cell` is a value; `read_table` takes any table (Polars, pandas, Arrow through narwhals, a dict of columns, a CSV path).
"""

from __future__ import annotations

from dataclasses import dataclass

INFORMANTS = ("partner", "self", "therapist", "messages", "other")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the record.

    Attributes:
        week: index of the week: Monday's ordinal // 7 for dates (`week_of`), or the integer as given.
        channel: name in the channel registry.
        value: count, successes, or mean rating.
        of: exposure (contact days / 7), trials, or number of ratings; > 0 for an informative cell.
        informant: one of INFORMANTS.
        strain: share of hard days in [0, 1]; None where it was not recorded.
        audience: one of journal.entries.AUDIENCES, or None.
        row: 1-based line of the source, for messages to people.
    """

    week: int
    channel: str
    value: float
    of: float = 1.0
    informant: str = "other"
    strain: float | None = None
    audience: str | None = None
    row: int | None = None


@dataclass(frozen=True, slots=True)
class TurningPoint:
    """A dated turning point, or (kind "boundary_held") the share of a week in which a limit stood."""

    week: int
    kind: str
    share: float = 1.0
