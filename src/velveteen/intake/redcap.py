"""Answers to questionnaires as REDCap exports its records: a table, one row a record, one stretch of columns an instrument.

Source of the format: REDCap's own data export (CSV, raw or labels): the columns of an instrument end with
`<instrument>_complete` (2 or "Complete": finished), and `<instrument>_timestamp` says when a survey was sent off.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from velveteen.intake.answers import Answered, entries_of
from velveteen.journal.dates import read_both
from velveteen.journal.entries import Entry
from velveteen.journal.table_file import Record, read_table_file
from velveteen.problems import BadInput, Problem

_END, _WHEN = "_complete", "_timestamp"
_DONE = frozenset({"2", "complete"})
_ABOUT = re.compile(r"redcap_\w+")
_NUMBER = re.compile(r"-?\d{1,9}(\.\d{1,9})?")


@dataclass(frozen=True, slots=True)
class _Instrument:
    name: str
    columns: tuple[str, ...]  # its questions
    when: str | None  # the column of its moment


def looks_like(header: str) -> bool:
    """Whether the first line of a table is one of REDCap's."""
    names = [name.strip(' "').casefold() for name in re.split(r"[,;\t]", header)]
    return len(names) > 2 and any(name.endswith(_END) and name != _END for name in names)


def read(data: bytes, about: str = "") -> tuple[list[Entry], list[Problem]]:
    """An `answer` entry for each finished instrument of each row, and a problem for each that is not taken.

    Raises:
        BadInput: `not_answers`, `several_people`; as `journal.table_file.read_table_file`.
    """
    header, rows = read_table_file(data)
    names = [name.casefold() for name in header.cells]
    if not looks_like(",".join(names)):
        message = "No finished questionnaire stands in this table, so nothing was added. Is it an export of answers?"
        raise BadInput("not_answers", message)
    _one_person({row.cells[0] for row in rows})
    found: list[Answered] = []
    problems: list[Problem] = []
    for row in rows:
        cells = {name: cell for name, cell in zip(names, row.cells, strict=False) if cell}
        for instrument in _instruments(names):
            _take(instrument, cells, row, found, problems)
    entries, misfits = entries_of(found, about)
    return entries, problems + misfits


def _one_person(records: set[str]) -> None:
    if len(records) > 1:
        message = (
            "This table holds the answers of several people, and these notes are one person's. Nothing was added. Please "
            "leave only your own rows in it."
        )
        raise BadInput("several_people", message)


def _instruments(names: Sequence[str]) -> list[_Instrument]:
    """The instruments in the order of the table; the first column names the record and belongs to none."""
    made, begin = [], 1
    for place, name in enumerate(names):
        if not name.endswith(_END) or name == _END:
            continue
        within = [n for n in names[begin:place] if not _ABOUT.fullmatch(n)]
        stem = name.removesuffix(_END)
        when = next((n for n in within if n == stem + _WHEN), None)
        when = when or next((n for n in within if re.search(r"(^|_)date(_|$)", n)), None)
        made.append(_Instrument(stem, tuple(n for n in within if n != when and not n.endswith(_WHEN)), when))
        begin = place + 1
    return made


def _take(
    instrument: _Instrument,
    cells: Mapping[str, str],
    row: Record,
    found: list[Answered],
    problems: list[Problem],
) -> None:
    items = {name: _value(cells[name]) for name in instrument.columns if name in cells}
    if not items:
        return
    where, named = f"line {row.line}", f"“{instrument.name[:40]}”"
    at = _moment(cells.get(instrument.when or "", ""))
    if cells.get(instrument.name + _END, "").casefold() not in _DONE:
        problems.append(Problem("not_finished", f"{named} was not finished, so it was not added.", where))
    elif at is None:
        message = f"When {named} was answered does not stand there, so it was not added."
        problems.append(Problem("response_undated", message, where))
    else:
        found.append(Answered(instrument.name, at, items, where))


def _moment(text: str) -> datetime | None:
    """A moment as REDCap writes it, year first; other orders of day and month are not read, since nothing tells them."""
    day = read_both(text)
    if day[0] is None or day[0] != day[1]:
        return None
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return datetime(day[0].year, day[0].month, day[0].day)


def _value(cell: str) -> Any:
    if not _NUMBER.fullmatch(cell):
        return cell
    number = float(cell)
    return int(number) if number.is_integer() else number
