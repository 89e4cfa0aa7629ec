"""Cells: one row a (week, channel, informant, strain, audience), the public input of the judge."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from velveteen.journal.entries import AUDIENCES, TURNING_POINTS
from velveteen.measure.channels import Channel
from velveteen.measure.tables import Row, number, week_number
from velveteen.problems import BadInput

INFORMANTS = ("partner", "self", "therapist", "messages", "other")
MARKS = (*TURNING_POINTS, "boundary_held")
LONGEST = 52 * 50
SMALLEST_OF = 1e-3  # a week has 168 hours
LARGEST = 1e9  # beyond it nothing is a week's count, exposure or rating, and sums lose their digits


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the record.

    Attributes:
        week: index of the week: (Monday's proleptic ordinal - 1) // 7 for dates, or the integer as given.
        channel: name in the channel registry.
        value: count, successes, or mean rating.
        of: exposure (contact days / 7), trials, or number of ratings; > 0 for an informative cell.
        informant: one of INFORMANTS.
        strain: share of hard days in [0, 1]; None where it was not recorded.
        audience: one of journal.entries.AUDIENCES, or None.
        row: 1-based line of the source, for messages to people.
        coded: number of items that a coder looked at; None where none did, or nobody kept it.
    """

    week: int
    channel: str
    value: float
    of: float = 1.0
    informant: str = "other"
    strain: float | None = None
    audience: str | None = None
    row: int | None = None
    coded: float | None = None

    @property
    def key(self) -> tuple[Any, ...]:
        """What must not repeat."""
        return (self.week, self.channel, self.informant, self.strain, self.audience)

    @property
    def informative(self) -> bool:
        """Whether the cell tells of the other person: observed, and not a self-report."""
        return self.of > 0 and self.informant != "self"


@dataclass(frozen=True, slots=True)
class TurningPoint:
    """A dated turning point, or (kind "boundary_held") the share of a week in which a limit stood."""

    week: int
    kind: str
    share: float = 1.0


def parse_cells(rows: Sequence[Row], channels: Mapping[str, Channel]) -> tuple[list[Cell], bool]:
    """Cells from the rows of a table, in the order given, and whether their weeks are dates.

    Raises:
        BadInput: a missing column, a value that cannot be, a repeated cell, an unknown channel, dates mixed with integers.
    """
    if not rows:
        raise BadInput("no_cells", "The table has a header but no rows, so there is nothing to judge.")
    for column in ("week", "channel", "value"):
        if column not in rows[0].values:
            seen = ", ".join(rows[0].values)
            raise BadInput("missing_column", f"The table needs a column “{column}”. It has: {seen}.", line=1)
    weeks, dated = _weeks(rows)
    cells = [_cell(row, week, channels) for row, week in zip(rows, weeks, strict=True)]
    check_cells(cells, channels)
    return cells, dated


def check_cells(cells: Sequence[Cell], channels: Mapping[str, Channel]) -> None:
    """Raise BadInput for the first cell that cannot be: see `parse_cells`."""
    seen: dict[tuple[Any, ...], Cell] = {}
    for cell in cells:
        _check_value(cell, channels)
        twin = seen.setdefault(cell.key, cell)
        if twin is not cell:
            other = f"row {twin.row}" if twin.row else "another cell"
            raise _bad(cell, "repeated_cell", f"says the same week, channel and circumstances as {other}")
    span = max(c.week for c in cells) - min(c.week for c in cells) + 1
    if span > LONGEST:
        raise BadInput(
            "weeks_far_apart", f"The weeks span {span} weeks, more than fifty years; please check them."
        )


def parse_turning_points(rows: Sequence[Row], *, dated: bool, last_week: int) -> list[TurningPoint]:
    """Turning points from the rows of a table; their weeks must be of the cells' kind and within the record.

    Raises:
        BadInput: a missing column, an unknown kind, a share outside 0-1, a week after the record's last.
    """
    for column in ("week", "kind"):
        if rows and column not in rows[0].values:
            raise BadInput("missing_column", f"The turning points need a column “{column}”.", line=1)
    weeks, points_dated = _weeks(rows) if rows else ([], dated)
    if points_dated != dated:
        raise BadInput(
            "mixed_weeks", "The cells and the turning points must both use dates, or both integers."
        )
    points = [_turning_point(row, week) for row, week in zip(rows, weeks, strict=True)]
    for point, row in zip(points, rows, strict=True):
        check_turning_point(point, last_week, row.line)
    check_marks(points)
    return points


def check_marks(points: Sequence[TurningPoint]) -> None:
    """Raise BadInput if a week carries two marks of a held limit."""
    weeks = Counter(p.week for p in points if p.kind == "boundary_held")
    if weeks and max(weeks.values()) > 1:
        message = "A week is marked “boundary_held” twice. Give it one mark, with its share of the week."
        raise BadInput("repeated_mark", message)


def check_turning_point(point: TurningPoint, last_week: int, line: int | None = None) -> None:
    """Raise BadInput if a turning point is of no known kind, lies after the record, or its share is no share."""
    if point.kind not in MARKS:
        choices = ", ".join(MARKS)
        raise BadInput(
            "unknown_turning_point", f"“{point.kind}” is no turning point; use one of {choices}.", line=line
        )
    if point.week > last_week:
        raise BadInput(
            "turning_point_after_end",
            f"A turning point ({point.kind}) lies after the record's last week. Remove it, or add the weeks up to it.",
            line=line,
        )
    if not 0 <= point.share <= 1:
        raise BadInput("share_range", f"A share must lie between 0 and 1; it is {point.share:g}.", line=line)


def _weeks(rows: Sequence[Row]) -> tuple[list[int], bool]:
    parsed = [week_number(row.values.get("week"), row.line) for row in rows]
    kinds = {dated for _, dated in parsed}
    if len(kinds) > 1:
        raise BadInput("mixed_weeks", "Weeks must be all dates (2024-01-31) or all integers, not both.")
    return [week for week, _ in parsed], kinds.pop()


def _cell(row: Row, week: int, channels: Mapping[str, Channel]) -> Cell:
    strain, coded = row.values.get("strain"), row.values.get("coded")
    return Cell(
        week=week,
        channel=_channel(row, channels),
        value=number(row, "value"),
        of=1.0 if _blank(row.values.get("of")) else number(row, "of"),
        informant=_choice(row, "informant", INFORMANTS) or "other",
        strain=None if _blank(strain) else number(row, "strain"),
        audience=_choice(row, "audience", AUDIENCES),
        coded=None if _blank(coded) else number(row, "coded"),
        row=row.line,
    )


def _blank(value: Any) -> bool:
    return (
        value is None
        or (isinstance(value, float) and math.isnan(value))
        or str(value).strip() in ("", "NaT", "<NA>")
    )


def _channel(row: Row, channels: Mapping[str, Channel]) -> str:
    name = str(row.values.get("channel") or "").strip()
    if name in channels:
        return name
    known = ", ".join(channels)
    message = (
        f"Row {row.line}: there is no channel “{name}”. Known: {known}. A channels file can add your own."
    )
    raise BadInput("unknown_channel", message, line=row.line)


def _choice(row: Row, column: str, allowed: Sequence[str]) -> str | None:
    value = row.values.get(column)
    if _blank(value):
        return None
    name = str(value).strip()
    if name not in allowed:
        choices = ", ".join(allowed)
        raise BadInput(
            f"unknown_{column}", f"Row {row.line}: {column} “{name}” is none of {choices}.", line=row.line
        )
    return name


def _turning_point(row: Row, week: int) -> TurningPoint:
    share = 1.0 if _blank(row.values.get("share")) else number(row, "share")
    return TurningPoint(week, str(row.values.get("kind") or "").strip(), share)


def _bad(cell: Cell, code: str, what: str) -> BadInput:
    place = f"Row {cell.row}" if cell.row else f"Week {cell.week}, {cell.channel}"
    return BadInput(code, f"{place}: the cell {what}.", line=cell.row)


def _check_value(cell: Cell, channels: Mapping[str, Channel]) -> None:
    if cell.channel not in channels:
        raise _bad(cell, "unknown_channel", f"names a channel, “{cell.channel}”, that is not in the registry")
    if cell.informant not in INFORMANTS:
        raise _bad(cell, "unknown_informant", f"names an informant, “{cell.informant}”, that is not known")
    if not math.isfinite(cell.value) or not math.isfinite(cell.of):
        raise _bad(
            cell,
            "not_finite",
            "holds a value that is not a number; leave the row out where nothing was recorded",
        )
    if max(abs(cell.value), cell.of) > LARGEST:
        raise _bad(
            cell, "too_large", f"holds a number beyond {LARGEST:,.0f}; please check it, or use a larger unit"
        )
    if cell.of < 0:
        raise _bad(cell, "negative_of", "has a negative exposure")
    if 0 < cell.of < SMALLEST_OF:
        raise _bad(
            cell, "too_small", f"has an exposure below {SMALLEST_OF:g}; leave the row out if nothing was seen"
        )
    if cell.strain is not None and not 0 <= cell.strain <= 1:
        raise _bad(
            cell, "strain_range", f"has strain {cell.strain:g}; strain lies between 0 (calm) and 1 (hard)"
        )
    _CHECKS[channels[cell.channel].family](cell, channels[cell.channel])
    _check_coded(cell, channels[cell.channel])


def _check_count(cell: Cell, _channel: Channel) -> None:
    if cell.value < 0:
        raise _bad(cell, "negative_count", f"has a negative count, {cell.value:g}")
    if cell.value != int(cell.value):
        raise _bad(
            cell, "fractional_count", f"has a count of {cell.value:g}; a rate goes in as a rating channel"
        )
    if cell.of == 0 and cell.value > 0:
        raise _bad(cell, "count_without_exposure", "counts acts in a week without any exposure")


def _check_proportion(cell: Cell, _channel: Channel) -> None:
    if cell.value < 0:
        raise _bad(cell, "negative_count", f"has a negative number of successes, {cell.value:g}")
    if cell.value > cell.of:
        raise _bad(cell, "kept_over_due", f"has more kept ({cell.value:g}) than due ({cell.of:g})")
    if cell.value != int(cell.value) or cell.of != int(cell.of):
        raise _bad(
            cell, "fractional_count", "has a share with parts of a trial; a rate goes in as a rating channel"
        )


def _check_rating(cell: Cell, channel: Channel) -> None:
    if 0 < cell.of < 1:
        raise _bad(cell, "rating_number", f"is a mean of {cell.of:g} ratings; that is a number from 1 on")
    if channel.range is not None and cell.of > 0 and not channel.range[0] <= cell.value <= channel.range[1]:
        low, high = channel.range
        raise _bad(cell, "rating_range", f"has a rating of {cell.value:g}, outside {low:g} to {high:g}")


def _check_coded(cell: Cell, channel: Channel) -> None:
    """The number of items that a coder looked at: needed where a coder with figures made a count."""
    if cell.coded is None:
        if channel.coder and channel.family == "count" and cell.informant == "messages" and cell.of > 0:
            what = f"needs “coded”, the number of messages coded: “{cell.channel}” has a coder with figures"
            raise _bad(cell, "coded_missing", what)
    elif not 0 <= cell.coded <= LARGEST or cell.coded != int(cell.coded):
        raise _bad(cell, "coded_range", f"has {cell.coded:g} items coded; that is a whole number from 0 on")
    elif channel.family != "rating" and cell.value > cell.coded:
        raise _bad(cell, "more_than_coded", f"counts {cell.value:g} among {cell.coded:g} items coded")


_CHECKS = {"count": _check_count, "proportion": _check_proportion, "rating": _check_rating}
