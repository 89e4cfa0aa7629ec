"""Rows of any table: Polars, pandas or Arrow through narwhals, a dict of columns, or a CSV file."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from velveteen.problems import BadInput


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its values by column name, and its 1-based line (the header is line 1)."""

    values: Mapping[str, Any]
    line: int


def read_rows(table: Any) -> list[Row]:
    """The rows of a table.

    Args:
        table: path of a CSV file, dict of equally long columns, or any eager frame that narwhals reads.

    Raises:
        BadInput: no such file, not text, no header, columns of different length, or no table at all.
    """
    if isinstance(table, str | Path):
        return _csv_rows(Path(table))
    columns = dict(table) if isinstance(table, Mapping) else _frame_columns(table)
    try:
        lists = {str(name): list(values) for name, values in columns.items()}
    except TypeError as error:
        raise BadInput(
            "not_a_table", "A column of the table is a single value; give one value a row."
        ) from error
    if len({len(values) for values in lists.values()}) > 1:
        raise BadInput("ragged_columns", "The columns of the table differ in length.")
    names = list(lists)
    return [
        Row(dict(zip(names, row, strict=True)), i + 2)
        for i, row in enumerate(zip(*lists.values(), strict=True))
    ]


def _frame_columns(table: Any) -> dict[str, list[Any]]:
    import narwhals as nw

    try:
        frame = nw.from_native(table, eager_only=True)
    except TypeError as error:
        kind = type(table).__name__
        raise BadInput(
            "not_a_table", f"A {kind} is no table; give a data frame, a dict of columns or a CSV."
        ) from error
    columns: dict[str, list[Any]] = frame.to_dict(as_series=False)
    return columns


def _csv_rows(path: Path) -> list[Row]:
    text = _text(path)
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        rows = [Row(values, reader.line_num) for values in reader]
    except csv.Error as error:
        raise BadInput(
            "not_csv", f"{path.name} is not readable as CSV: {error}.", line=reader.line_num
        ) from error
    if reader.fieldnames is not None and len(set(reader.fieldnames)) < len(reader.fieldnames):
        raise BadInput("repeated_column", f"{path.name} names a column twice in its header.", line=1)
    if reader.fieldnames is None:
        raise BadInput("empty_file", f"{path.name} is empty. It needs a header line and one row a cell.")
    for row in rows:
        if None in row.values or None in row.values.values():
            message = f"Line {row.line} of {path.name} has not as many fields as the header."
            raise BadInput("ragged_row", message, line=row.line)
    return rows


def _text(path: Path) -> str:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        raise BadInput("unreadable", f"{path.name} could not be opened: {reason}.") from error
    except UnicodeDecodeError as error:
        raise BadInput("not_text", f"{path.name} is not text in UTF-8, so it cannot be a table.") from error
    if "\0" in text:
        raise BadInput("not_text", f"{path.name} is not text, so it cannot be a table.")
    return text


def number(row: Row, column: str) -> float:
    """A finite number out of a row.

    Raises:
        BadInput: empty, not a number, NaN or infinite.
    """
    value = row.values.get(column)
    try:
        result = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError) as error:
        message = f"Row {row.line}: {column} is {value!r}, not a number. Leave the row out where nothing was recorded."
        raise BadInput("not_a_number", message, line=row.line) from error
    if not math.isfinite(result):
        message = (
            f"Row {row.line}: {column} is not a finite number. Leave the row out where nothing was recorded."
        )
        raise BadInput("not_finite", message, line=row.line)
    return result


def _iso_day(text: str) -> date | None:
    """The day of an ISO date or date with time; None for anything else, a frame's missing date among them."""
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        return None


def week_number(value: Any, line: int | None = None) -> tuple[int, bool]:
    """Index of a week, and whether it came from a date.

    A date is floored to its Monday: (ordinal - 1) // 7. An integer stands for itself.

    Raises:
        BadInput: neither an ISO date nor a whole number.
    """
    text = value.isoformat() if isinstance(value, date) else str(value).strip()
    day = _iso_day(text)
    if day is not None:
        return (day.toordinal() - 1) // 7, True
    try:
        whole = float(text)
        if math.isfinite(whole) and whole == int(whole):
            return int(whole), False
    except ValueError:
        pass
    message = f"Row {line}: week {text!r} is neither a date like 2024-01-31 nor a whole number."
    raise BadInput("week_unreadable", message, line=line)
