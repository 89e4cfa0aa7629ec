"""Cells and turning points as the public CSV format, which `measure.cells.read_table` reads back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from velveteen.measure.cells import Cell, TurningPoint
from velveteen.measure.weeks import monday

CELL_COLUMNS = ("week", "channel", "value", "of", "informant", "strain", "audience", "coded")
TURNING_POINT_COLUMNS = ("week", "kind", "share")


def cells_csv(cells: Iterable[Cell]) -> str:
    """Cells as CSV text, header first: ISO Mondays, empty where strain, audience or items coded were not recorded."""
    rows = (
        (
            _week(c.week),
            c.channel,
            _number(c.value),
            _number(c.of),
            c.informant,
            _number(c.strain),
            c.audience or "",
            _number(c.coded),
        )
        for c in cells
    )
    return _csv(CELL_COLUMNS, rows)


def turning_points_csv(points: Iterable[TurningPoint]) -> str:
    """Turning points and boundary marks as CSV text, header first, with ISO Mondays."""
    return _csv(TURNING_POINT_COLUMNS, ((_week(p.week), p.kind, _number(p.share)) for p in points))


def _csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()


def _week(week: int) -> str:
    return monday(week).isoformat()


def _number(value: float | None) -> str:
    """Shortest text that reads back as the same number: a seventh must stay a seventh."""
    if value is None:
        return ""
    return str(int(value)) if value == int(value) else repr(float(value))
