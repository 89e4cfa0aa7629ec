"""`report`: a paper from a journal. Odds only when asked for, and never while the danger gate is closed."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from velveteen.cli.opened import opened, settings
from velveteen.cli.options import Country, Journal, Json, PassphraseFile, Therapy, TherapyOption
from velveteen.cli.places import check_out, has_odds
from velveteen.cli.voice import Voice
from velveteen.problems import BadInput, Refused

if TYPE_CHECKING:
    from velveteen.guide.danger import DangerState
    from velveteen.journal.entries import Entry
    from velveteen.judge.verdict import Verdict
    from velveteen.measure.cells import Cell, TurningPoint
    from velveteen.report.record import Record


_OF_ONESELF = (
    "These notes are about their owner, and there are no odds of oneself: they would become a certificate. Nothing was "
    "written. Leave out --with-odds for the paper without them."
)


class Reader(StrEnum):
    """For whom the paper is."""

    ME = "me"
    HELPER = "helper"
    LAWYER = "lawyer"


def report(
    journal: Journal,
    out: Annotated[
        Path, typer.Option("--out", metavar="FILE.html", help="Where to write the paper.", show_default=False)
    ],
    with_odds: Annotated[
        bool, typer.Option("--with-odds", help="With odds; needs the danger signs answered.")
    ] = False,
    reader: Annotated[
        Reader,
        typer.Option(
            "--for",
            help="Me: all of it. Helper: dates, promises, limits, no odds. Lawyer: dated facts, and when each was written.",
        ),
    ] = Reader.ME,
    country: Country = None,
    therapy: TherapyOption = Therapy.NONE,
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    """Write a paper from a journal. It is one page that needs no internet, and it is not sealed."""
    from velveteen.guide.danger import danger_state

    if with_odds and reader is not Reader.ME:
        message = f"A {reader.value}’s paper has no odds, so nothing was written. Leave --with-odds out, or say --for me."
        raise BadInput(f"no_odds_for_{reader.value}", message)
    voice = Voice(as_json)
    with opened(journal, passphrase_file) as sealed:
        entries = sealed.entries()
        chain_fits = sealed.verify() is None if reader is Reader.LAWYER else None
    danger = danger_state(entries, date.today())
    if with_odds and settings(entries).get("side") == "changer":
        raise Refused("no_odds_of_oneself", _OF_ONESELF)
    if with_odds:
        _gate(danger, out)
    check_out(out, journal, passphrase_file)
    record = _record(voice, entries, therapy, with_odds=with_odds)
    _write(out, _paper(record, danger, reader, country, chain_fits=chain_fits))
    _announce(voice, out, reader, record, danger)


def _gate(danger: DangerState, out: Path) -> None:
    from velveteen.guide.danger import require_open

    try:
        require_open(danger)
    except Refused as no:
        if not has_odds(out):
            raise
        message = f"{no.message} An older paper with odds is still at {out}; it was not touched, and you can delete it."
        raise Refused(no.code, message, older_paper=str(out)) from None


def _record(voice: Voice, entries: list[Entry], therapy: Therapy, *, with_odds: bool) -> Record:
    from velveteen.journal.entries import current
    from velveteen.measure.weekly import weekly_cells
    from velveteen.report.record import Record

    cells, points, problems = weekly_cells(entries)
    verdict = refusal = None
    growth: list[tuple[int, dict[str, float]]] = []
    if with_odds:
        try:
            verdict, growth = _weighed(voice, cells, points, therapy)
        except Refused as no:
            refusal = no
    return Record(
        entries=tuple(current(entries)), cells=tuple(cells), turning_points=tuple(points), verdict=verdict, refusal=refusal,
        growth=tuple(growth), problems=tuple(problems), title=settings(entries).get("title", ""), history=tuple(entries),
    )  # fmt: skip


def _weighed(
    voice: Voice, cells: list[Cell], points: list[TurningPoint], therapy: Therapy
) -> tuple[Verdict, list[tuple[int, dict[str, float]]]]:
    from velveteen.judge.api import judge
    from velveteen.judge.growth import odds_as_it_grew

    if not cells:
        raise Refused(
            "no_cells", "Nothing in this journal can be weighed yet: it needs days, promises or messages."
        )
    with voice.progress("Weighing the accounts") as progress:
        verdict = judge(cells, points, therapy=therapy.value, progress=progress)
    with voice.progress("Following the odds as the record grew") as progress:
        return verdict, odds_as_it_grew(
            cells, points, None, therapy.value, progress=progress, verdict=verdict
        )


def _paper(
    record: Record, danger: DangerState, reader: Reader, country: str | None, *, chain_fits: bool | None
) -> str:
    from velveteen.guide.lines import help_lines
    from velveteen.report import for_helper, for_lawyer, for_me

    today = date.today()
    if reader is Reader.LAWYER:
        return for_lawyer(record, chain_fits=chain_fits, today=today)
    cc = country or settings(list(record.entries)).get("country")
    lines = help_lines(cc, today) if cc else None
    if reader is Reader.HELPER:
        return for_helper(record, danger=danger, lines=lines, today=today)
    with_odds = record.verdict is not None
    return for_me(record, danger=danger, lines=lines, with_odds=with_odds, today=today)


def _write(out: Path, html: str) -> None:
    from velveteen.journal.atomic import write_atomically

    write_atomically(out.absolute(), html.encode())


def _announce(voice: Voice, out: Path, reader: Reader, record: Record, danger: DangerState) -> None:
    if record.refusal is not None:
        message = f"{record.refusal.message} The paper without odds is at {out}."
        raise Refused(record.refusal.code, message, out=str(out))
    voice.say(f"The paper is at {out}. It is not sealed; keep it where only you look.")
    if reader is Reader.LAWYER:
        voice.say("Read it before you hand it on: it holds your own words. Ask the lawyer how to send it.")
    elif danger.closed:
        voice.say(
            "Danger signs stand or are not answered, so it opens with who can be reached, and has no odds."
        )
    if record.problems:
        voice.say("To look at:")
        voice.problems(record.problems)
    voice.result(_summary(out, reader, record, danger))


def _summary(out: Path, reader: Reader, record: Record, danger: DangerState) -> dict[str, Any]:
    problems = [p.as_dict() for p in record.problems]
    head = {
        "schema": 1,
        "out": str(out),
        "for": reader.value,
        "danger_gate": "closed" if danger.closed else "open",
    }
    counts = {"entries": len(record.entries), "cells": len(record.cells), "problems": problems}
    return {**head, **counts, "verdict": None if record.verdict is None else record.verdict.as_dict()}


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("report", epilog="Example: velveteen report --journal notes.vv --out paper.html")(report)
