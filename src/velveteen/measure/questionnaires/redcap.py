"""REDCap: a CSV export of raw data, one row a record and event, with a column an item."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from velveteen.journal.entries import Entry
from velveteen.journal.table_file import Record, read_table_file
from velveteen.measure.questionnaires.answers import SHOWN, Sheet, moment, number
from velveteen.measure.questionnaires.definition import Questionnaire, shipped
from velveteen.problems import BadInput, Problem

RECORD, EVENT = "record_id", "redcap_event_name"
_DATE = re.compile(r"(?:\w*_)?(?:timestamp|date|datetime|dt)")
_OWN = re.compile(rf"{RECORD}|redcap_\w+|\w+_complete")

Columns = dict[int, str]
"""Place of a column -> id of its item."""


def looks_like(header: Sequence[str]) -> bool:
    """Whether a table's first line is that of such an export, with an item of a questionnaire that is known."""
    names = [name.strip().lower() for name in header]
    return RECORD in names and any(_columns(names, of) for of in shipped().values())


def read_redcap(
    path: str | Path | bytes, *, now: datetime | None = None, known: Mapping[str, Questionnaire] | None = None
) -> tuple[list[Entry], list[Problem]]:
    """Entries in the order of the rows, one for each questionnaire of a row that has answers.

    When it was answered stands in a column of the questionnaire itself (`phq9_timestamp`, `phq9_date`), else in the
    first other column named as a date.

    Args:
        path: CSV with comma, semicolon or tab; UTF-8, UTF-16 or Windows-1252; or the bytes of one.
        now: moment of writing of the entries (local, naive); None: this moment.
        known: questionnaires by id; None: those of the package.

    Raises:
        BadInput: `not_redcap`, no `record_id` or no item; `several_people`, more than one record; as `read_table_file`.
    """
    header, rows = read_table_file(path)
    names = [cell.strip().lower() for cell in header.cells]
    columns = {of.id: found for of in (known or shipped()).values() if (found := _columns(names, of))}
    if RECORD not in names or not columns:
        message = f"A REDCap table needs {RECORD} and columns such as phq9_1. Nothing was added; export the raw data again."
        raise BadInput("not_redcap", message)
    _one_person(rows, names.index(RECORD))
    written = now or datetime.now().replace(microsecond=0)
    entries: list[Entry] = []
    problems = _unread(names, columns)
    for row in rows:
        for name, places in columns.items():
            entry, wrong = _row(row, names, (known or shipped())[name], places, written)
            entries += [entry] if entry else []
            problems += wrong
    return entries, problems


def _row(
    row: Record, names: list[str], of: Questionnaire, places: Columns, now: datetime
) -> tuple[Entry | None, list[Problem]]:
    given = {place: _cell(row, place) for place in places if _cell(row, place)}
    if not given:  # an event at which it was not asked
        return None, []
    sheet, dated = Sheet(of, f"line {row.line}"), _date(row, names, of)
    at = moment(dated)
    if at is None:
        message = f"When {of.title} was answered cannot be read, so these answers were not added."
        return None, [Problem("unreadable_date", message, sheet.where, dated[:SHOWN])]
    for place, text in given.items():
        sheet.take(places[place], number(text, of), text)
    event = _cell(row, names.index(EVENT)) if EVENT in names else ""
    return sheet.entry(at, now, {"event": event} if event else {}), sheet.problems


def _columns(names: Sequence[str], of: Questionnaire) -> Columns:
    pattern = re.compile(of.fields or r"(?!)()", re.IGNORECASE)
    found = {place: pattern.fullmatch(name) for place, name in enumerate(names)}
    items = {place: of.item(match[1]) for place, match in found.items() if match}
    return {place: item.id for place, item in items.items() if item is not None}


def _date(row: Record, names: list[str], of: Questionnaire) -> str:
    """The date of the questionnaire itself, else of the row; "" without one."""
    dated = [place for place, name in enumerate(names) if _DATE.fullmatch(name)]
    own = [place for place in dated if names[place].replace("_", "").startswith(of.id.lower())]
    others = [place for place in dated if not any(_is_of(names[place], q) for q in shipped().values())]
    return next((text for place in (*own, *others) if (text := _cell(row, place))), "")


def _is_of(name: str, of: Questionnaire) -> bool:
    return name.replace("_", "").startswith(of.id)


def _cell(row: Record, place: int) -> str:
    return row.cells[place].strip() if place < len(row.cells) else ""


def _one_person(rows: Sequence[Record], place: int) -> None:
    if len({name for row in rows if (name := _cell(row, place))}) > 1:
        message = "This table holds more than one record. Nothing was added; give a table with one person's rows alone."
        raise BadInput("several_people", message)


def _unread(names: list[str], columns: Mapping[str, Columns]) -> list[Problem]:
    taken = {place for places in columns.values() for place in places}
    left = [
        n
        for p, n in enumerate(names)
        if p not in taken and n and not _DATE.fullmatch(n) and not _OWN.fullmatch(n)
    ]
    if not left:
        return []
    message = "These columns are no item of a questionnaire that is known here, so they were not read."
    return [Problem("columns_not_read", message, "", ", ".join(left)[:200])]
