"""One row of a diary as the payloads of entries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from velveteen.journal.dates import read_both
from velveteen.journal.diary_columns import columns, read_cell
from velveteen.problems import Problem

Told = tuple[str, dict[str, Any]]  # kind, payload


@dataclass(slots=True)
class Row:
    """One dated row.

    Attributes:
        line: 1-based line of the file on which it begins.
        on: its day.
        cells: canonical field -> text, where something stands.
        day_first: how its dates are written.
        mapped: fields that have a column, blank or not.
        whole: whether the row was cut as it was meant; False after an open quote or with too many cells.
        problems: what could not be read in it.
        values: fields that were read, so that each is complained about once.
    """

    line: int
    on: date
    cells: dict[str, str]
    day_first: bool
    mapped: frozenset[str] = frozenset()
    whole: bool = True
    problems: list[Problem] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)

    def get(self, name: str) -> Any:
        """The cell's value by its column's kind; None where it is empty, or cannot be read (then with a problem)."""
        if name not in self.values:
            self.values[name] = self._read(name)
        return self.values[name]

    def problem(self, code: str, message: str, name: str) -> None:
        """Something to know about the cell of a field."""
        self.problems.append(Problem(code, message, where=f"line {self.line}", text=self.cells.get(name, "")))

    def _read(self, name: str) -> Any:
        text = self.cells.get(name, "")
        if not text:
            return None
        column = columns()[name]
        try:
            return self._date(text) if column.kind == "date" else read_cell(column, text)
        except ValueError as error:
            words = name.replace("_", " ")
            self.problem(
                "unreadable_value",
                f"“{words}” could not be read: {error}. The rest of the row is kept.",
                name,
            )
            return None

    def _date(self, text: str) -> date:
        found = read_both(text)[0 if self.day_first else 1]
        if found is None:
            raise ValueError("it is not a date")
        return found


def told(row: Row) -> Iterator[Told]:
    """Everything in a row but the day itself, its words, acts, and promises."""
    yield from _confrontation(row)
    yield from _inward(row)
    if kind := row.get("turning_point"):
        yield "turning_point", {"kind": kind}
    yield from _limit(row)
    yield from _session(row)


def _confrontation(row: Row) -> Iterator[Told]:
    raised, answer = row.get("raised"), row.get("answer")
    if answer:
        yield "confrontation", {"raised": raised, "answer": answer} if raised else {"answer": answer}
    elif raised:
        message = (
            "Something was raised, and the answer is not told or could not be read; it is kept as a note."
        )
        row.problem("raised_without_answer", message, "raised")
        yield "note", {"raised": raised}


def _inward(row: Row) -> Iterator[Told]:
    payload = {name: row.get(name) for name in ("told", "acknowledged", "equals", "free_to_say_no")}
    if payload["acknowledged"] is not None and payload["told"] is None:
        payload["told"] = True  # only what was told can be acknowledged or not
    if payload["acknowledged"] and payload["told"] is False:
        message = "Nothing was told that day, and yet it was acknowledged; both are kept."
        row.problem("acknowledged_untold", message, "acknowledged")
    payload = {name: value for name, value in payload.items() if value is not None}
    if payload:
        yield "inward", payload


def _limit(row: Row) -> Iterator[Told]:
    limit, event = row.get("limit"), row.get("limit_event")
    if limit or event:
        yield "limit", {"limit": limit or "my limit", "event": event or "stated"}


def _session(row: Row) -> Iterator[Told]:
    session = row.get("session")
    if session == "due":
        message = "A session was due; whether it was attended is not told, so it does not count either way."
        row.problem("session_open", message, "session")
    elif session:
        yield "therapy_session", {"attended": session == "attended"}
