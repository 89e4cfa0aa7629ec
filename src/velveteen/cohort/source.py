"""A cohort in files: one table of cells with a column `household`, and one of turning points; CSV or Parquet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from velveteen.cohort.households import Household
from velveteen.measure.table_out import CELL_COLUMNS, TURNING_POINT_COLUMNS
from velveteen.problems import BadInput

FORMATS = (".parquet", ".csv")


@dataclass(frozen=True, slots=True)
class Tables:
    """The files of a cohort."""

    cells: Path
    turning_points: Path | None = None

    @property
    def files(self) -> list[Path]:
        """Those that there are."""
        return [self.cells, *([self.turning_points] if self.turning_points else [])]


def find_tables(given: Path, turning_points: Path | None = None) -> Tables:
    """The files of a cohort, checked.

    Args:
        given: a file of cells, or a folder with `cells.parquet` or `cells.csv` and, where there are any,
            `turning_points.parquet` or `turning_points.csv`.
        turning_points: a file of turning points, where `given` is a file.

    Raises:
        BadInput: a file is missing, is neither Parquet nor CSV, or lacks a column; or a row names no household.
    """
    tables = _in_folder(given) if given.is_dir() else Tables(given, turning_points)
    for path, columns in zip(tables.files, (("week", "channel", "value"), ("week", "kind")), strict=False):
        _check(path, ("household", *columns))
    return tables


def household_names(tables: Tables) -> list[str]:
    """Every household that either table names, in order."""
    found = [_collected(_scan(path).select("household").unique(), path) for path in tables.files]
    return sorted({name for frame in found for name in frame["household"]})


def read_households(tables: Tables, names: Sequence[str]) -> Iterator[Household]:
    """The named households, in the order asked for: each with its cells and turning points as dicts of columns."""
    cells = _by_household(tables.cells, CELL_COLUMNS, names)
    points = (
        _by_household(tables.turning_points, TURNING_POINT_COLUMNS, names) if tables.turning_points else {}
    )
    empty: dict[str, list[Any]] = {column: [] for column in ("week", "channel", "value")}
    for name in names:
        yield Household(name, cells.get(name, empty), points.get(name))


def _in_folder(folder: Path) -> Tables:
    cells, points = _one_of(folder, "cells"), _one_of(folder, "turning_points")
    if cells is None:
        message = f"{folder} holds neither cells.parquet nor cells.csv, so there is nothing to judge."
        raise BadInput("no_cells", message)
    return Tables(cells, points)


def _one_of(folder: Path, stem: str) -> Path | None:
    there = [path for end in FORMATS if (path := folder / f"{stem}{end}").exists()]
    if len(there) > 1:
        message = f"{folder} holds {stem} twice, as Parquet and as CSV. Please leave the one that counts."
        raise BadInput("two_tables", message)
    return there[0] if there else None


def _check(path: Path, needed: Iterable[str]) -> None:
    if path.suffix.lower() not in FORMATS:
        raise BadInput(
            "no_table", f"{path.name} is neither .parquet nor .csv. Please give the cohort as one of these."
        )
    names = _guarded(lambda: _raw(path).collect_schema().names(), path)
    for column in needed:
        if column not in names:
            message = f"{path.name} needs a column “{column}”. It has: {', '.join(names)}."
            raise BadInput("missing_column", message)
    nameless = _collected(_scan(path).select(_nameless().sum().alias("n")), path)["n"][0]
    if nameless:
        message = (
            f"{nameless} rows of {path.name} name no household. Please name it in each row, or remove them."
        )
        raise BadInput("household_missing", message)


def _nameless() -> pl.Expr:
    return pl.col("household").is_null() | (pl.col("household") == "")


def _raw(path: Path) -> pl.LazyFrame:
    # Everything in a CSV stays text: the judge says what is wrong with a value in the same words as for one household.
    return pl.scan_csv(path, infer_schema=False) if path.suffix.lower() == ".csv" else pl.scan_parquet(path)


def _scan(path: Path) -> pl.LazyFrame:
    return _raw(path).with_columns(pl.col("household").cast(pl.String))


def _by_household(
    path: Path, columns: Sequence[str], names: Sequence[str]
) -> dict[str, dict[str, list[Any]]]:
    rows = _scan(path).filter(pl.col("household").is_in(names))
    present = [c for c in columns if c in rows.collect_schema().names()]
    frame = _collected(rows.select("household", *present), path)
    parts = frame.partition_by("household", as_dict=True, include_key=False, maintain_order=True)
    return {str(key[0]): part.to_dict(as_series=False) for key, part in parts.items()}


def _collected(frame: pl.LazyFrame, path: Path) -> pl.DataFrame:
    found: pl.DataFrame = _guarded(lambda: frame.collect(engine="streaming"), path)
    return found


def _guarded(read: Any, path: Path) -> Any:
    try:
        return read()
    except (pl.exceptions.PolarsError, OSError) as error:
        reason = str(error).splitlines()[0].rstrip(".")
        raise BadInput(
            "unreadable", f"{path.name} could not be read as a table: {reason}. Nothing was changed."
        ) from error
