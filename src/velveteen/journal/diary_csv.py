"""A diary kept as a table becomes entries.

What each row gives: a day (00:00) if contact, the kind of day or a rating is told; acts, promises, confrontations and the
rest (12:00). Contact that no column tells counts as yes on days that tell something about the two of you, and a problem
says so. Several rows of one day make one day: contact if any says so, the hardest kind of day, mean ratings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import groupby
from pathlib import Path
from typing import Any

from velveteen.journal.dates import day_comes_first, read_both
from velveteen.journal.diary_acts import Acts, read_acts
from velveteen.journal.diary_columns import plain
from velveteen.journal.diary_mapping import DiaryMapping, match_columns, parse_map, seen
from velveteen.journal.diary_mapping import guess_mapping as _guess
from velveteen.journal.diary_promises import Ledger
from velveteen.journal.diary_rows import Row, told
from velveteen.journal.entries import Entry, uuid7
from velveteen.journal.table_file import UNREADABLE, Record, name_of, read_table_file
from velveteen.problems import BadInput, Problem

__all__ = ["DiaryMapping", "guess_mapping", "parse_map", "read_diary"]

_SAMPLE = 200
_SHOWN = 40  # letters of what cannot be read; it may be the wrong file, and private
_YES_OR_NO = frozenset({"yes", "no", "ja", "nein", "true", "false"})
_ABOUT_US = (
    "day",
    "treated",
    "acts",
    "harm",
    "raised",
    "answer",
    "told",
    "acknowledged",
    "equals",
    "free_to_say_no",
)
_HARDNESS = ("calm", "stress", "refused", "criticised")


def guess_mapping(path: str | Path | bytes, given: Mapping[str, str] | None = None) -> DiaryMapping:
    """The likeliest mapping for a file, to be shown and confirmed; `given` pairs stand.

    Raises:
        BadInput: as `read_diary`.
    """
    header, rows = read_table_file(path)
    return _guess(header.cells, [row.cells for row in rows[:_SAMPLE]], given)


def read_diary(
    path: str | Path | bytes,
    mapping: Mapping[str, str] | None = None,
    *,
    day_first: bool | None = None,
    now: datetime | None = None,
    about: str = "",
) -> tuple[list[Entry], list[Problem]]:
    """Entries in the order of their days, and a problem for all that is not taken as it stands.

    Args:
        path: CSV with comma, semicolon or tab; UTF-8, UTF-16 or Windows-1252; or the bytes of one.
        mapping: field -> column, taken as it is; None: guessed.
        day_first: how numeric dates are written; None: told by the file, or asked.
        now: moment of writing of the entries (local, naive); None: this moment.
        about: whom the entries are about.

    Raises:
        BadInput: `file_unreadable`, `file_too_large`, `not_text`, `empty_file`, `unknown_column`, `no_date_column`.
        AmbiguousDates: day and month could be either way round.
    """
    header, records = read_table_file(path)
    if mapping is None:
        mapping = _guess(header.cells, [row.cells for row in records[:_SAMPLE]])
    columns = match_columns(mapping, header.cells)
    if "date" not in columns:
        raise _no_date(header, name_of(path))
    diary = _Diary(now or datetime.now(), about, [])
    diary.problems += _about_columns(header, records, columns)
    rows = diary.dated(header, records, columns, day_first)
    entries = [
        entry for _, group in groupby(rows, key=lambda row: row.on) for entry in diary.one_day(list(group))
    ]
    return entries, diary.all_problems(rows)


@dataclass(slots=True)
class _Diary:
    """The moment of writing, whom it is about, the promises still open, and what there is to say at the end."""

    now: datetime
    about: str
    problems: list[Problem]
    ledger: Ledger = field(init=False)
    assumed: list[date] = field(default_factory=list)
    blank: list[date] = field(default_factory=list)
    joined: list[date] = field(default_factory=list)
    unknown: dict[str, tuple[str, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.ledger = Ledger(self.later)

    def dated(
        self, header: Record, records: Sequence[Record], columns: Mapping[str, str], day_first: bool | None
    ) -> list[Row]:
        """The rows that have a date, in the order of their days."""
        place = {name: header.cells.index(column) for name, column in columns.items()}
        cut = [_cut(record, place) for record in records]
        if day_first is None:
            day_first = _order(cut)
        rows = []
        for record, cells in zip(records, cut, strict=True):
            on = read_both(cells.get("date", ""))[0 if day_first else 1]
            if on is None:
                self.problems.append(_undated(record, cells.get("date", "")))
            else:
                whole = not record.broken and not any(record.cells[len(header.cells) :])
                rows.append(Row(record.line, on, cells, day_first, frozenset(columns), whole))
        return sorted(rows, key=lambda row: row.on)

    def one_day(self, rows: list[Row]) -> Iterator[Entry]:
        """The entries of all rows of one day."""
        day = _day(rows)
        acts = [read_acts(row) for row in rows]
        facts, feelings = _words(rows, "note", acts), _words(rows, "feelings")
        if "contact" not in day and any(row.cells.get(name) for row in rows for name in _ABOUT_US):
            day = {"contact": True, **day}
            self.assumed.append(rows[0].on)
        if day and not all(each.asked for each in acts):
            day["acts"] = False
        if len(rows) > 1:
            self.joined.append(rows[0].on)
        if day or facts or feelings:
            yield self._entry(
                rows[0].on, time(), "day" if day else "note", day, facts=facts, feelings=feelings
            )
        elif all(set(row.cells) == {"date"} for row in rows):
            self.blank.append(rows[0].on)
        for row, each in zip(rows, acts, strict=True):
            for name in each.unknown:
                self.unknown.setdefault(plain(name), (name, row.line))
            yield from (self.later(row, "act", payload) for payload in each.payloads)
            yield from (self.later(row, kind, payload) for kind, payload in told(row))
            yield from self.ledger.read(row)

    def later(self, row: Row, kind: str, payload: dict[str, Any], corrects: Entry | None = None) -> Entry:
        """An entry at noon of the row's day, or at the moment of the one that it corrects."""
        if corrects is not None:
            return self._entry(corrects.at.date(), corrects.at.time(), kind, payload, corrects=corrects.id)
        return self._entry(row.on, time(12), kind, payload)

    def all_problems(self, rows: list[Row]) -> list[Problem]:
        """Problems of the file, then of its rows by line."""
        future = sorted({row.on for row in rows if row.on > self.now.date()})
        self._sum_up(
            "contact_assumed", "Contact is not told there; these count as days with contact", self.assumed
        )
        self._sum_up(
            "blank_days", "Nothing but the date stands there, so it counts as not written", self.blank
        )
        self._sum_up(
            "several_rows", "More than one row has the same date; they were taken as one day", self.joined
        )
        self._sum_up(
            "future_date", "This is still to come; it is kept as it stands (is the year right?)", future
        )
        problems = [*self._unknown_acts(), *(p for row in rows for p in row.problems)]
        by_line = sorted(problems, key=lambda p: int(p.where.split()[1]))
        return self.problems + by_line

    def _unknown_acts(self) -> Iterator[Problem]:
        """One for each act that is in nobody's catalogue, at its first line."""
        for name, line in self.unknown.values():
            message = (
                f"“{name}” is not in the catalogue of acts; it counts as harm unless you correct it. If it was care, "
                f"write “care: {name}”."
            )
            yield Problem("act_not_in_catalogue", message, f"line {line}", name)

    def _sum_up(self, code: str, message: str, days: list[date]) -> None:
        if days:
            span = f"{days[0]}" if len(days) == 1 else f"{len(days)} days, {days[0]} to {days[-1]}"
            self.problems.append(Problem(code, f"{message}: {span}.", where=str(days[0])))

    def _entry(self, on: date, at: time, kind: str, payload: dict[str, Any], **rest: Any) -> Entry:
        return Entry(uuid7(), kind, datetime.combine(on, at), self.now, payload, self.about, **rest)


def _cut(record: Record, place: Mapping[str, int]) -> dict[str, str]:
    return {name: record.cells[i] for name, i in place.items() if i < len(record.cells) and record.cells[i]}


def _order(cut: Sequence[Mapping[str, str]]) -> bool:
    """The order of the days' column; where that can be read one way only, of the column of due dates."""
    days, dues = ([cells[name] for cells in cut if name in cells] for name in ("date", "promise_due"))
    plain_days = all(first == second for first, second in map(read_both, days))
    return day_comes_first(dues if plain_days else days)


def _day(rows: list[Row]) -> dict[str, Any]:
    """What the rows of one day tell about it."""
    day: dict[str, Any] = {}
    if contact := [value for row in rows if (value := row.get("contact")) is not None]:
        day["contact"] = any(contact)
    if kinds := [value for row in rows if (value := row.get("day"))]:
        day["day"] = max(kinds, key=_HARDNESS.index)
    for name in ("treated", "wellbeing"):
        if ratings := [value for row in rows if (value := row.get(name)) is not None]:
            day[name] = ratings[0] if len(ratings) == 1 else round(sum(ratings) / len(ratings), 2)
    return day


def _words(rows: list[Row], name: str, acts: Sequence[Acts] = ()) -> str:
    written = [row.cells[name] for row in rows if row.cells.get(name)]
    return "\n".join([*written, *(words for each in acts for words in each.words)])


def _about_columns(
    header: Record, records: Sequence[Record], columns: Mapping[str, str]
) -> Iterator[Problem]:
    filled = [
        i for i in range(len(header.cells)) if any(i < len(row.cells) and row.cells[i] for row in records)
    ]
    taken = {header.cells.index(column) for column in columns.values()}
    left = [i for i in filled if i not in taken]
    texts = [
        i for i in left if header.cells[i] and _is_text(row.cells[i] for row in records if i < len(row.cells))
    ]
    for name in (header.cells[i] for i in texts):
        message = (
            f"The column “{name}” was not read; if it says what they did, run again with --map 'acts={name}', "
            f"or, if it tells the day in words, with --map 'note={name}'."
        )
        yield Problem("text_column_unused", message, where=f"line {header.line}")
    if unused := [header.cells[i] or f"column {i + 1}" for i in left if i not in texts]:
        message = (
            f"These columns were not read: {', '.join(unused)}. Say what one holds with --map FIELD=COLUMN."
        )
        yield Problem("columns_unused", message, where=f"line {header.line}")
    for row in records:
        text = " ".join(row.cells)
        if UNREADABLE in text:
            message = f"Some letters of this line could not be read; {UNREADABLE} stands for them."
            yield Problem("unreadable_letters", message, f"line {row.line}", text)
        if row.broken:
            message = "A quotation mark is not closed; the line was cut at its separators."
            yield Problem("open_quote", message, f"line {row.line}", text)
        if any(row.cells[len(header.cells) :]):
            message = "This row has more cells than there are columns; what is beyond the last was not read."
            yield Problem("extra_cells", message, f"line {row.line}", text)


def _is_text(cells: Iterable[str]) -> bool:
    """Whether most of what stands in a column is words; a yes or no is none."""
    told = [cell for cell in cells if cell]
    words = [cell for cell in told if sum(map(str.isalpha, cell)) > 1 and plain(cell) not in _YES_OR_NO]
    return 2 * len(words) >= len(told) > 0 and any(read_both(cell) == (None, None) for cell in words)


def _undated(record: Record, text: str) -> Problem:
    why = "has no date" if not text else f"has a date that cannot be read, “{text[:_SHOWN]}”"
    shown = " ".join(record.cells).strip()
    return Problem("unreadable_date", f"This row {why}, so it was not added.", f"line {record.line}", shown)


def _no_date(header: Record, name: str) -> BadInput:
    example = next((cell for cell in header.cells if cell), "Datum")[:_SHOWN]
    return BadInput(
        "no_date_column",
        f"Which column of {name} holds the date could not be told, so nothing was added. "
        f"It has: {seen(header.cells)[:_SHOWN]}. "
        f"If the first line names no columns, add one that does; otherwise say it, for example --map 'date={example}'.",
        line=header.line,
    )
