"""Cells go out as the public CSV and come back the same."""

from __future__ import annotations

import csv
import io
from datetime import date

from velveteen.measure.cells import Cell, TurningPoint
from velveteen.measure.table_out import cells_csv, turning_points_csv
from velveteen.measure.weeks import week_of

A = week_of(date(2024, 1, 1))


def test_cells_carry_their_monday_and_leave_the_unknown_empty():
    cells = [
        Cell(A, "harm", 3.0, 2 / 7, "partner", 0.0),
        Cell(A, "courtesy", 1.0, 4.0, "messages", None, "messages", coded=4.0),
    ]
    rows = list(csv.DictReader(io.StringIO(cells_csv(cells))))
    assert [r["week"] for r in rows] == ["2024-01-01", "2024-01-01"]
    assert [r["strain"] for r in rows] == ["0", ""]
    assert [r["audience"] for r in rows] == ["", "messages"]
    assert [r["coded"] for r in rows] == ["", "4"]
    assert float(rows[0]["of"]) == 2 / 7


def test_turning_points_carry_their_share():
    text = turning_points_csv([TurningPoint(A, "left"), TurningPoint(A + 1, "boundary_held", 0.25)])
    assert text == "week,kind,share\n2024-01-01,left,1\n2024-01-08,boundary_held,0.25\n"
