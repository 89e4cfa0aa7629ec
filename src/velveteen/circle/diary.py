"""A written record as diary rows and as journal entries: the same content twice."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import datetime, time, timedelta
from io import StringIO
from typing import TYPE_CHECKING, Any

from velveteen.journal.entries import Entry

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np

    from velveteen.circle.days import Promise
    from velveteen.circle.record import Written

COLUMNS = (
    "date", "contact", "day", "treated", "wellbeing", "acts", "audience", "promise", "promise_due", "promise_outcome",
    "raised", "answer", "told", "acknowledged", "equals", "free_to_say_no", "turning_point", "limit", "limit_event",
    "session", "note", "feelings",
)  # fmt: skip


def rows(written: list[Written]) -> list[dict[str, str]]:
    """One row a written day in COLUMNS; empty where nothing was written. A promise's words return with its outcome."""
    return [_row(line) for line in written]


def _row(line: Written) -> dict[str, str]:
    promise = line.promise
    made = promise is not None and not line.promise_outcome
    cells: dict[str, object] = {
        "date": line.date.isoformat(), "contact": line.contact, "day": line.kind, "treated": line.treated,
        "wellbeing": line.wellbeing, "acts": ";".join(line.acts + line.care), "audience": line.audience,
        "promise": promise.what if promise else "", "promise_due": line.promise_due if made else None,
        "promise_outcome": line.promise_outcome, "raised": line.raised, "answer": line.answer, "told": line.told,
        "acknowledged": line.acknowledged, "equals": line.equals, "free_to_say_no": line.free_to_say_no,
        "turning_point": line.turning_point, "limit": line.limit, "limit_event": line.limit_event,
        "session": line.session, "note": line.note, "feelings": line.feelings,
    }  # fmt: skip
    return {column: _cell(cells[column]) for column in COLUMNS}


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def to_csv(written: list[Written]) -> str:
    """The rows as CSV text with a header line."""
    out = StringIO()
    table = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    table.writeheader()
    table.writerows(rows(written))
    return out.getvalue()


def entries(written: list[Written], about: str, rng: np.random.Generator) -> list[Entry]:
    """The same content as entries, in order of writing; ids are deterministic for one generator.

    Each day is written that evening; what came of a promise is a correction of it.
    """
    ledger: dict[Promise, Entry] = {}
    result: list[Entry] = []
    for line in written:
        evening = datetime.combine(line.date, time(20)) + timedelta(minutes=int(rng.integers(0, 230)))
        for kind, payload, promise in _payloads(line):
            evening += timedelta(milliseconds=40)
            at = datetime.combine(line.date, time(0 if kind == "day" else 12))  # a diary tells no hour
            blank = Entry(_uuid7(evening, rng), kind, at, evening, about=about)
            entry = _filled(blank, line, payload, ledger.get(promise) if promise else None)
            if promise:
                ledger[promise] = entry
            result.append(entry)
    return result


def _filled(blank: Entry, line: Written, payload: dict[str, Any], first: Entry | None) -> Entry:
    if first is not None:
        return replace(blank, at=first.at, payload={**first.payload, **payload}, corrects=first.id)
    if blank.kind == "day":
        return replace(blank, payload=payload, facts=line.note, feelings=line.feelings)
    return replace(blank, payload=payload)


def _payloads(line: Written) -> Iterator[tuple[str, dict[str, Any], Promise | None]]:
    day = {"contact": line.contact, "day": line.kind, "treated": line.treated, "wellbeing": line.wellbeing}
    yield "day", _told(day), None
    for name in line.acts + line.care:
        yield "act", {"act": name, "audience": line.audience, "harm": name in line.acts}, None
    if line.promise is not None:
        yield "promise", _promise(line, line.promise), line.promise
    if line.answer:
        yield "confrontation", {"raised": line.raised, "answer": line.answer}, None
    if line.told is not None:
        yield "inward", _told({
            "told": line.told, "acknowledged": line.acknowledged, "equals": line.equals,
            "free_to_say_no": line.free_to_say_no,
        }), None  # fmt: skip
    if line.turning_point:
        yield "turning_point", {"kind": line.turning_point}, None
    if line.limit_event:
        yield "limit", {"limit": line.limit, "event": line.limit_event}, None
    if line.session:
        yield "therapy_session", {"attended": line.session == "attended"}, None


def _promise(line: Written, promise: Promise) -> dict[str, Any]:
    if line.promise_outcome:
        return {"outcome": line.promise_outcome, "resolved": line.date.isoformat()}
    return {"what": promise.what, "due": str(line.promise_due)}


def _told(payload: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in payload.items() if value is not None and value != ""}


def _uuid7(moment: datetime, rng: np.random.Generator) -> str:
    """A UUIDv7 of a simulated moment (taken as UTC) and drawn bits."""
    milliseconds = int((moment - datetime(1970, 1, 1)) / timedelta(milliseconds=1))
    high, low = (int(bits) for bits in rng.integers(0, 1 << 62, size=2))
    text = f"{milliseconds:012x}7{high & 0xFFF:03x}{0x8000_0000_0000_0000 | low:016x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
