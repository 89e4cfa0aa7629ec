"""One row of a diary as the payloads of entries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from velveteen.journal.catalogue import find_act
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
        problems: what could not be read in it.
        values: fields that were read, so that each is complained about once.
    """

    line: int
    on: date
    cells: dict[str, str]
    day_first: bool
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
    """Everything in a row but the day itself, its words, and promises."""
    yield from _acts(row)
    yield from _confrontation(row)
    yield from _inward(row)
    if kind := row.get("turning_point"):
        yield "turning_point", {"kind": kind}
    yield from _limit(row)
    yield from _session(row)


def _acts(row: Row) -> Iterator[Told]:
    circumstances = {name: value for name in ("toward", "audience") if (value := row.get(name))}
    acts = [_act(row, part) for part in _parts(row.cells.get("acts", ""))]
    named = sum(act["harm"] for act in acts)
    count = row.get("harm")
    if count is not None and count < named:
        message = f"{named} harmful acts are named, more than the number says; the named ones are kept."
        row.problem("harm_below_named", message, "harm")
    acts += [{"act": "harm", "harm": True} for _ in range((count or 0) - named)]
    if circumstances and not acts:
        name = next(iter(circumstances))
        row.problem(
            "circumstance_without_act",
            "It says toward whom or before whom, but no act stands beside it.",
            name,
        )
    for act in acts:
        yield "act", act | circumstances


def _parts(text: str) -> list[str]:
    parts = [part.strip() for part in re.split(r"[;\n]", text) if part.strip()]
    if len(parts) == 1 and "," in text:  # a comma may belong to an act in one's own words
        by_comma = [part.strip() for part in text.split(",") if part.strip()]
        if all(find_act(part) for part in by_comma):
            return by_comma
    return parts


def _act(row: Row, text: str) -> dict[str, Any]:
    """An act as it is kept: the catalogue's name and side; or own words, harm unless “care:” stands before them."""
    name, _, weight = text.partition("*")
    side, colon, words = name.partition(":")
    prefixed = bool(colon) and side.strip().casefold() in {"care", "harm"}
    words = words.strip() if prefixed else name.strip()
    known = find_act(words)
    harm = known.harm if known else not (prefixed and side.strip().casefold() == "care")
    if known and prefixed and known.harm == (side.strip().casefold() == "care"):
        which = "harm" if known.harm else "care"
        row.problem("act_side", f"“{words}” counts as {which} in the catalogue, and is kept so.", "acts")
    act: dict[str, Any] = {"act": known.name if known else words or name.strip(), "harm": harm}
    return act | _weight(row, text, weight.strip())


def _weight(row: Row, text: str, weight: str) -> dict[str, int]:
    if weight in {"1", "2", "3"}:
        return {"weight": int(weight)}
    if "*" in text:
        row.problem(
            "act_weight", f"The weight in “{text}” should be 1, 2 or 3; the act is kept without.", "acts"
        )
    return {}


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
