"""Rows of households as a Parquet file with a schema that does not depend on what is in it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from velveteen.cohort.rows import QUESTIONS
from velveteen.journal.atomic import write_atomically
from velveteen.judge.verdict import ACCOUNTS, READERS, TESTS

_EFFECT = pl.Struct(
    {
        "channel": pl.String,
        "before": pl.Float64,
        "now": pl.Float64,
        "low": pl.Float64,
        "high": pl.Float64,
        "unit": pl.String,
    }
)
SCHEMA: dict[str, Any] = {
    "household": pl.String, "status": pl.String, "code": pl.String, "reason": pl.String,
    "weeks": pl.Int32, "cells": pl.Int32, "leading": pl.String, "rung": pl.String, "words": pl.String,
    **{f"log_evidence_{account}": pl.Float64 for account in ACCOUNTS},
    **{f"odds_{reader}_{account}": pl.Float64 for reader in READERS for account in ACCOUNTS},
    **dict.fromkeys(QUESTIONS, pl.Float64),
    **{f"test_{test}{end}": kind for test in TESTS for end, kind in (("", pl.String), ("_probability", pl.Float64))},
    "effects": pl.List(_EFFECT), "numerical_error": pl.Float64, "problems": pl.List(pl.String),
    "therapy": pl.String, "hyperprior": pl.String, "version": pl.String,
}  # fmt: skip


def write_rows(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write rows as Parquet, whole or not at all; a column that a row lacks is null there."""
    lists = [[row.get(name) for name in SCHEMA] for row in rows]
    write_frame(path, pl.DataFrame(lists, schema=SCHEMA, orient="row"))


def write_frame(path: Path, frame: pl.DataFrame, metadata: dict[str, str] | None = None) -> None:
    """Write a table as Parquet, whole or not at all, with words about how it was made."""
    out = io.BytesIO()
    frame.write_parquet(out, metadata=metadata or {})
    write_atomically(path, out.getvalue())
