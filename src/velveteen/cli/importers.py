"""One reader a format, each giving entries and problems; what must be known first is asked, or said to be missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer

from velveteen.cli.detect import Format
from velveteen.cli.voice import Voice, person_is_here
from velveteen.journal.entries import Entry, current
from velveteen.problems import BadInput, Problem

_DANGER = "Danger answers are not taken from a file; answer them with velveteen danger."

_HELP = "One of these answers is about thoughts of dying or of hurting yourself. If they are there now: velveteen help-now."


@dataclass(frozen=True, slots=True)
class Choices:
    """What was typed beside the files.

    Attributes:
        mapping: "field=Column" for diary tables; empty: guessed.
        yes: the guessed mapping is taken without asking.
        them, me: names in a chat; None: asked, or followed from the other where two people write.
        day_first: how dates are written; None: told by the file, or refused.
    """

    mapping: tuple[str, ...] = ()
    yes: bool = False
    them: str | None = None
    me: str | None = None
    day_first: bool | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What one file holds; `what` names it for people."""

    format: Format
    what: str
    entries: list[Entry]
    problems: list[Problem]


def read_file(
    voice: Voice, file: Path, kind: Format, choices: Choices, before: Sequence[Entry] = ()
) -> Found:
    """The entries and problems of one file; `before` are the entries that the journal holds already.

    Raises:
        BadInput: nothing in the file could be read, it names another person than before, a mapping is
            not confirmed, nobody said who is who.
        AmbiguousDates: day and month could be either way round.
    """
    if kind == "jsonl":
        found = _jsonl(file, before)
    else:
        readers = {"chat": _chat, "diary": _diary, "pocket": _pocket, "fhir": _fhir, "redcap": _redcap}
        found = readers[kind](voice, file, choices)
    if found.problems and not found.entries:
        first = found.problems[0]
        where = f" ({first.where})" if first.where else ""
        message = f"Nothing of {file} could be taken, so nothing was added. The first reason{where}: {first.message}"
        raise BadInput("nothing_read", message)
    _same_person(found, before)
    return found


def _same_person(found: Found, before: Sequence[Entry]) -> None:
    """Refuse a chat that was imported before with another name for the other person."""
    for chat in (e.payload for e in found.entries if found.format == "chat" and e.kind == "imported"):
        for earlier in (e.payload for e in current(list(before)) if e.kind == "imported"):
            if _same_chat(chat, earlier) and earlier.get("them") not in (None, chat["them"]):
                message = (
                    f"This chat was imported before with “{earlier['them']}” as the other person, not “{chat['them']}”. "
                    f"Nothing was added. Run it again with --them '{earlier['them']}'; if that name was the mistake, "
                    "begin a new journal for it."
                )
                raise BadInput("other_person", message)


def _same_chat(chat: Mapping[str, Any], earlier: Mapping[str, Any]) -> bool:
    """The same file, or a later export of a chat of the same two."""
    if chat["source"] == earlier.get("source"):
        return True
    people, others = set(chat["participants"]), earlier.get("participants")
    return len(people) == 2 and isinstance(others, dict) and people == set(others)


def _diary(voice: Voice, file: Path, choices: Choices) -> Found:
    from velveteen.journal.diary_csv import guess_mapping, parse_map, read_diary

    given = parse_map(choices.mapping)
    # Without somebody who confirms, only what was said or waved through is read.
    exact = bool(given) and not choices.yes and not person_is_here()
    mapping = given if exact else guess_mapping(file, given)
    if "date" not in mapping:  # it may be any file; its first line is not shown
        read_diary(file, mapping)
    voice.say(f"{file} looks like a diary. Its columns are read so:")
    for line in mapping.lines():
        voice.say(f"  {line}")
    if not (exact or choices.yes):
        _confirm_mapping(mapping)
    entries, problems = read_diary(file, mapping, day_first=choices.day_first)
    return Found("diary", "a diary table", entries, problems)


def _confirm_mapping(mapping: Mapping[str, str]) -> None:
    if not person_is_here():
        given = " ".join(f"--map '{field}={column}'" for field, column in mapping.items())
        message = f"Nothing was added: the columns were guessed, and nobody is here to say yes. Add --yes, or {given}."
        raise BadInput("mapping_unconfirmed", message)
    if not typer.confirm("Is that right?", default=True, err=True):
        message = "Nothing was added. Say which column holds what with --map FIELD=COLUMN, once for each."
        raise BadInput("mapping_declined", message)


def _chat(voice: Voice, file: Path, choices: Choices) -> Found:
    from velveteen.messages import read_export
    from velveteen.messages.codes import coded_entries

    with voice.progress(f"Reading {file.name}"):
        export = read_export(file, choices.day_first)
    them = _them(list(export.participants), choices)
    entries = coded_entries(export, them, choices.me)
    what = f"a chat of {len(export.messages)} messages; only what {them} wrote is counted"
    return Found("chat", what, entries, export.problems)


def _them(names: list[str], choices: Choices) -> str:
    """The name of the person whom the journal is about; where two people write, one's own name tells it."""
    if choices.them is not None:
        return choices.them
    if choices.me in names and len(names) == 2:
        return next(name for name in names if name != choices.me)
    if choices.me is not None or not person_is_here():
        raise _who(names)
    return _ask_who(names)


def _ask_who(names: list[str]) -> str:
    typer.echo("Who writes in this chat:", err=True)
    for number, name in enumerate(names, 1):
        typer.echo(f"  {number}  {name}", err=True)
    chosen = int(typer.prompt("Number of the person whom your journal is about", type=int, err=True))
    if not 1 <= chosen <= len(names):
        raise _who(names)
    return names[chosen - 1]


def _who(names: list[str]) -> BadInput:
    message = f"Nothing was added: please say who is who with --them NAME and --me NAME. These write: {', '.join(names)}."
    return BadInput("who_is_who", message)


def _jsonl(file: Path, before: Sequence[Entry]) -> Found:
    from velveteen.journal.jsonl import read

    # A correction within the file would reach an answer of the journal that says the same.
    answers = {e.id for e in (*before, *read(file)[0]) if e.kind in ("danger", "unsure")}

    def check(entry: Entry) -> tuple[str, str] | None:
        not_clear = entry.kind == "danger" and entry.payload.get("answer") != "yes"
        return ("danger_from_file", _DANGER) if not_clear or entry.corrects in answers else None

    entries, problems = read(file, check)
    return Found("jsonl", "entries of a Velveteen journal", entries, problems)


def _pocket(_: Voice, file: Path, __: Choices) -> Found:
    from velveteen.journal.pocket import parse
    from velveteen.journal.table_file import decode

    entries, problems = parse(decode(file.read_bytes(), file.name))
    return Found("pocket", "pocket notes", entries, problems)


def _fhir(voice: Voice, file: Path, _: Choices) -> Found:
    from velveteen.journal.table_file import decode
    from velveteen.measure.questionnaires.fhir import read_responses

    return _answers(voice, "fhir", *read_responses(decode(file.read_bytes(), file.name)))


def _redcap(voice: Voice, file: Path, _: Choices) -> Found:
    from velveteen.measure.questionnaires.redcap import read_redcap

    return _answers(voice, "redcap", *read_redcap(file))


def _answers(voice: Voice, kind: Format, entries: list[Entry], problems: list[Problem]) -> Found:
    from velveteen.measure.questionnaires.answers import needs_help

    if needs_help(entries):
        voice.say(_HELP)
    return Found(kind, "answers to questionnaires", entries, problems)
