"""What must be known before a file is read, by format: what is asked, and what the answers make of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from velveteen.app.forms import Form
from velveteen.intake import readers
from velveteen.intake.detect import Format
from velveteen.intake.found import Found, checked
from velveteen.intake.people import NOBODY, People, people_in
from velveteen.journal.diary_columns import columns
from velveteen.journal.entries import Entry
from velveteen.problems import AmbiguousDates, BadInput, Problem, SeveralChats, VelveteenError

if TYPE_CHECKING:
    from velveteen.messages.read import Export

KINDS: dict[Format, str] = {
    "diary": "a diary kept as a table", "chat": "a chat from a phone",
    "pocket": "short notes, one line a day", "fhir": "answers to questionnaires, as a file of FHIR",
    "redcap": "answers to questionnaires, as a table of REDCap",
    "jsonl": "entries that were saved from notes like these",
}  # fmt: skip
OWN_COLUMNS = frozenset(
    {"date", "wellbeing", "promise", "promise_due", "promise_outcome", "note", "feelings"}
)
MOST_NAMES = 60
MOST_CHATS = 1000
SHOWN = 40  # letters of what could not be read; it may be the wrong file, and private
_SAMPLES = 200
# What a sentence of the terminal says, said for a page.
_HERE = {
    "no_date_column": "Please choose the column that holds the date. Nothing was added yet.",
    "danger_from_file": "Answers to the safety questions are not taken from a file. They are given on the Safety page.",
    "unknown_person": "Please choose who is who from the names in the chat. Nothing was added yet.",
    "same_person": "Both names are the same person’s. Please choose two. Nothing was added yet.",
}  # fmt: skip
_CHOSEN = frozenset({"text_column_unused", "columns_unused"})  # said with the columns on the page itself


@dataclass(slots=True)
class Waiting:
    """A file between its arrival and the answers that it needs.

    Attributes:
        name: as the browser told it; only ever shown.
        data: its bytes.
        kind: what it is taken for.
        chat: the conversation that was chosen, of a file that holds several.
    """

    name: str
    data: bytes
    kind: Format
    chat: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """What a page asks about a file.

    Attributes:
        kind: what it is taken for.
        chats: chat: (conversation, messages), the most first, where there are several; which one is asked first of all.
        names: chat: (name, messages), the most first.
        people: chat: who is who, as far as it is known.
        columns: diary: (column, examples, field that it is taken for).
        dates: a date of the file that can be read in two ways, where it is so; else empty.
        about: what is in it, in a sentence.
    """

    kind: Format
    chats: Sequence[tuple[str, int]] = ()
    names: Sequence[tuple[str, int]] = ()
    people: People = NOBODY
    columns: Sequence[tuple[str, str, str]] = ()
    dates: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """What a file became: entries to add, and all that is to be said about it, each with line and text."""

    what: str
    entries: list[Entry]
    problems: list[Problem]
    needs_help: bool = False


def fields_for(side: str) -> list[tuple[str, str]]:
    """(field, its meaning) that a column can have; in notes about oneself only what is one's own."""
    return [(name, c.label) for name, c in columns().items() if side != "changer" or name in OWN_COLUMNS]


def question(waiting: Waiting, side: str, before: Sequence[Entry] = ()) -> Question:
    """What is to be asked about a file; `before` are all entries that are there already.

    Raises:
        BadInput: where nothing in it can be read as what it is taken for.
    """
    match waiting.kind:
        case "chat":
            return _about_chat(waiting, before)
        case "diary":
            return _about_table(waiting, side)
        case _:
            found = _plain(waiting, Form([]), (), "")
            return Question(waiting.kind, about=_summary(found))


def read(waiting: Waiting, form: Form, before: Sequence[Entry], about: str, side: str) -> Read:
    """What a file becomes with the answers of its page.

    Raises:
        BadInput: what is not answered, does not fit, or may not be added.
        AmbiguousDates: day and month could be either way round, and nobody said which.
    """
    try:
        match waiting.kind:
            case "chat":
                found = _chat(waiting, form, before)
            case "diary":
                found = _table(waiting, form, about, side)
            case _:
                found = _plain(waiting, form, before, about)
        taken = checked(found, before, "this file")
    except AmbiguousDates:
        raise
    except BadInput as no:
        raise BadInput(no.code, _HERE.get(no.code, no.message)) from no
    kept = [e for e in taken.entries if e.kind != "setting"]
    problems = [_said(p) for p in taken.problems if p.code not in _CHOSEN]
    if len(kept) < len(taken.entries):
        message = "Settings stay as they are in these notes, so those in the file were not taken."
        problems.append(Problem("settings_stay", message))
    return Read(KINDS[waiting.kind], kept, problems, readers.needs_help(taken))


def _said(problem: Problem) -> Problem:
    message = _HERE.get(problem.code, problem.message)
    return Problem(problem.code, message, problem.where, problem.text[:SHOWN])


def day_first_of(form: Form) -> bool | None:
    """Which comes first, the day or the month, where that was asked and said."""
    return {"day": True, "month": False}.get(form.text("first"))


def _export(waiting: Waiting, day_first: bool | None = None) -> Export:
    """The chat, read through once; where the conversation that was chosen is not there, it is asked again."""
    from velveteen.messages.formats.contract import Choice
    from velveteen.messages.read import open_export

    try:
        return open_export(waiting.data, Choice(day_first, waiting.chat)).survey()
    except BadInput as no:
        waiting.chat = None if no.code == "unknown_chat" else waiting.chat
        raise


def _about_chat(waiting: Waiting, before: Sequence[Entry]) -> Question:
    """Who writes in it does not hang on the order of day and month, so it can be asked in the same breath."""
    example = ""
    try:
        try:
            export = _export(waiting)
        except AmbiguousDates as either:
            example = either.example or "?"
            export = _export(waiting, day_first=True)
    except SeveralChats as several:
        return Question("chat", chats=list(several.chats.items())[:MOST_CHATS])
    names = Counter(export.participants).most_common(MOST_NAMES)
    people = people_in(export.participants, before, export.notes.owner)
    return Question("chat", names=names, people=people, dates=example, about=f"{export.count:,} messages.")


def _chat(waiting: Waiting, form: Form, before: Sequence[Entry]) -> Found:
    them, me = form.text("them"), form.text("me")
    if not them:
        raise BadInput("who_is_who", "Please say who is who in this chat. Nothing was added yet.")
    return readers.chat(_export(waiting, day_first_of(form)), them, me or None, before)


def _about_table(waiting: Waiting, side: str) -> Question:
    from velveteen.journal.diary_csv import guess_mapping
    from velveteen.journal.table_file import read_table_file

    header, rows = read_table_file(waiting.data)
    guessed = {column: name for name, column in guess_mapping(waiting.data).items()}
    known = dict(fields_for(side))
    shown = []
    for place, column in enumerate(header.cells):
        if column and column not in header.cells[:place]:
            cells = [
                row.cells[place] for row in rows[:_SAMPLES] if place < len(row.cells) and row.cells[place]
            ]
            examples = " · ".join(cell[:SHOWN] for cell in list(dict.fromkeys(cells))[:3])
            name = guessed.get(column, "")
            shown.append((column, examples, name if name in known else ""))
    return Question("diary", columns=shown, dates=_either_way(waiting, shown), about=f"{len(rows):,} rows.")


def _either_way(waiting: Waiting, shown: Sequence[tuple[str, str, str]]) -> str:
    from velveteen.journal.diary_csv import read_diary

    mapping = {name: column for column, _, name in shown if name == "date"}
    try:
        if mapping:
            read_diary(waiting.data, mapping)
    except AmbiguousDates as either:
        return either.example or "?"
    return ""


def _table(waiting: Waiting, form: Form, about: str, side: str) -> Found:
    asked, known = _about_table(waiting, side), dict(fields_for(side))
    mapping: dict[str, str] = {}
    for place, (column, _, guess) in enumerate(asked.columns):
        name = form.text(f"c{place}") if form.text("columns") else guess
        if name not in known:
            continue
        if name in mapping:
            message = f"Two columns are chosen for “{known[name]}”. Please choose one of them. Nothing was added yet."
            raise BadInput("two_columns", message)
        mapping[name] = column
    return readers.diary(waiting.data, mapping, day_first=day_first_of(form), about=about)


def _plain(waiting: Waiting, form: Form, before: Sequence[Entry], about: str) -> Found:
    match waiting.kind:
        case "pocket":
            return readers.pocket(
                waiting.data, month=_month(form.text("month")), now=datetime.now(), about=about
            )
        case "fhir" | "redcap":
            return readers.answers(waiting.data, waiting.kind)
        case _:
            return readers.jsonl(waiting.data, before)


def _month(text: str) -> tuple[int, int] | None:
    found = re.fullmatch(r"(\d{4})-(\d{2})", text)
    year, month = (int(found[1]), int(found[2])) if found else (0, 0)
    return (year, month) if 1900 <= year <= date.today().year and 1 <= month <= 12 else None


def _summary(found: Found) -> str:
    days = [e.at.date() for e in found.entries]
    if not days:
        return "Nothing in it can be read so yet."
    span = f"{min(days).isoformat()} to {max(days).isoformat()}"
    return f"{len(days):,} {'entry' if len(days) == 1 else 'entries'}, {span}."


def in_words(error: VelveteenError) -> str:
    """A refusal, for a page."""
    return _HERE.get(error.code, error.message)
