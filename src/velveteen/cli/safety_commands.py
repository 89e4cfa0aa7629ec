"""`danger` and `help-now`: safety before anything else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from velveteen.cli.options import Country, Json, PassphraseFile
from velveteen.cli.voice import Voice, person_is_here
from velveteen.problems import BadInput

if TYPE_CHECKING:
    from velveteen.guide.danger import DangerState
    from velveteen.journal.entries import Entry

_UNASKED = (
    "There is nobody here to ask. Nothing was changed. Answer with --none, or with --sign ID for each sign that is there; "
    "--list shows the signs."
)
_UNSURE_RETRACT = "There is nobody here to ask. Nothing was changed. In a script, add --yes to --retract ID."


def danger(
    journal: Annotated[
        Path | None, typer.Option("--journal", help="The journal's file.", show_default=False)
    ] = None,
    none: Annotated[bool, typer.Option("--none", help="None of the signs is there.")] = False,
    sign: Annotated[
        list[str] | None,
        typer.Option(
            "--sign", metavar="ID", help="This sign is there; may be given again. All others are answered no."
        ),
    ] = None,
    retract: Annotated[
        str | None,
        typer.Option(
            "--retract",
            metavar="ID",
            help="This sign was given by mistake: take its yes back. Both stay in the record; asks first.",
            show_default=False,
        ),
    ] = None,
    sure: Annotated[bool, typer.Option("--yes", help="With --retract: do not ask first.")] = False,
    listed: Annotated[bool, typer.Option("--list", help="Show the signs, and change nothing.")] = False,
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    """Answer the danger signs. While one stands, or is not answered within the month, only odds are left out."""
    voice = Voice(as_json)
    if listed:
        _show_list(voice)
    elif journal is None:
        raise BadInput(
            "usage", "Please name the journal with --journal FILE, or see the questions with --list."
        )
    elif retract is not None and (none or sign):
        raise BadInput(
            "usage", "--retract stands alone, so nothing was written. Please leave out --none and --sign."
        )
    elif retract is not None:
        _retract(voice, journal, passphrase_file, retract, sure=sure)
    elif none and sign:
        raise BadInput(
            "usage", "--none and --sign say opposite things, so nothing was written. Please give one of them."
        )
    else:
        _answer(voice, journal, passphrase_file, _named(none, sign))


def _named(none: bool, sign: list[str] | None) -> list[str] | None:
    if none or sign:
        return list(sign or ())
    if not person_is_here():
        raise BadInput("danger_unasked", _UNASKED)
    return None


def _answer(voice: Voice, journal: Path, passphrase_file: str | None, named: list[str] | None) -> None:
    from velveteen.cli.asking import ask, question_none
    from velveteen.cli.opened import opened
    from velveteen.guide.danger import answers

    with opened(journal, passphrase_file) as sealed:
        if named is None:
            ask(voice, sealed)
        else:
            given = answers(named, at=datetime.now())
            if not named:
                question_none(sealed)
            sealed.append(given, known="keep")
        entries = sealed.entries()
    _say_gate(voice, entries, reach=named is not None)


def _retract(voice: Voice, journal: Path, passphrase_file: str | None, sign: str, *, sure: bool) -> None:
    from velveteen.cli.opened import opened
    from velveteen.guide.danger import label, retractions

    with opened(journal, passphrase_file) as sealed:
        back = retractions(sealed.entries(), sign, at=datetime.now(), today=date.today())
        if not sure and not person_is_here():
            raise BadInput("retract_unasked", _UNSURE_RETRACT)
        question = f"“{label(sign)}”: was this answered by mistake, and is it not so?"
        if not sure and not typer.confirm(question, default=None, err=True):
            raise typer.Abort("Nothing was changed. The sign stands as it did.")
        sealed.append(back, known="keep")
        entries = sealed.entries()
    voice.say(
        f"Taken back: {label(sign)}. What was written before stays in the record, beside its correction."
    )
    _say_gate(voice, entries, reach=False)


def _say_gate(voice: Voice, entries: list[Entry], *, reach: bool) -> None:
    from velveteen.cli.reaching import say_who_can_be_reached
    from velveteen.guide.danger import danger_state

    state = danger_state(entries, date.today())
    if reach and state.standing:
        say_who_can_be_reached(voice, entries)
    _say_state(voice, state)
    due = state.due_again.isoformat() if state.due_again else None
    gate = {
        "unanswered": list(state.unanswered),
        "standing": list(state.standing),
        "closed": state.closed,
        "due_again": due,
    }
    voice.result({"schema": 1, **gate})


def _say_state(voice: Voice, state: DangerState) -> None:
    if state.closed:
        voice.say("Your answers are kept. No odds are shown for now.")
        _say_signs(voice, "These stand:", state.standing)
        _say_signs(voice, "These are not answered:", [s for s in state.unanswered if s not in state.standing])
        voice.say("“velveteen help-now --country CC” shows who can be reached.")
    else:
        voice.say(
            "Your answers are kept. They say nothing about how safe anything is; they will be asked again in a month."
        )


def _say_signs(voice: Voice, title: str, ids: Iterable[str]) -> None:
    from velveteen.guide.danger import label

    named = [f"  • {label(sign)} ({sign})" for sign in ids]
    if named:
        voice.say("\n".join([title, *named]))


def _show_list(voice: Voice) -> None:
    from velveteen.guide.danger import signs, why

    voice.say(why())
    for sign in signs():
        voice.say(f"  {sign.id:<28} {sign.question}")
    listed = [{"id": s.id, "question": s.question, "stands": s.stands} for s in signs()]
    voice.result({"schema": 1, "signs": listed})


def help_now(country: Country = None, as_json: Json = False) -> None:
    """Who can be reached now. Needs no journal and no passphrase, and keeps nothing."""
    from velveteen.guide.lines import help_lines

    voice = Voice(as_json)
    if country is None:
        _countries(voice)
        return
    lines = help_lines(country, date.today())
    voice.say(f"{lines.country}. In danger now: {lines.emergency}.")
    groups = {"abuse": "About abuse", "crisis": "In a crisis", "for_people_who_harm": "For people who harm"}
    for group, title in groups.items():
        _say_group(voice, title, getattr(lines, group))
    for remark in (lines.note, *lines.remarks):
        voice.say(remark)
    voice.result(_lines_as_dict(lines, tuple(groups)))


def _countries(voice: Voice) -> None:
    from velveteen.guide.lines import countries, directory, none_chosen

    voice.say(none_chosen())
    for cc, name in countries():
        voice.say(f"  {cc}  {name}")
    for name, address, coverage in directory():
        voice.say(f"{name}: {address} ({coverage})")
    listed = [{"cc": cc, "country": name} for cc, name in countries()]
    voice.result({"schema": 1, "country": None, "countries": listed, "message": none_chosen()})


def _say_group(voice: Voice, title: str, lines: tuple[Any, ...]) -> None:
    if not lines:
        return
    voice.say(f"\n{title}")
    for line in lines:
        reach = ", ".join(
            part for part in (line.number, line.text and f"text {line.text}", line.hours, line.url) if part
        )
        name = f"{line.name} ({line.audience})" if line.audience else line.name
        voice.say(f"  {name}: {reach}\n    {line.standing}")
    voice.say()


def _lines_as_dict(lines: Any, groups: tuple[str, ...]) -> dict[str, Any]:
    keys = ("name", "number", "text", "hours", "url", "audience", "standing")
    grouped = {
        group: [{key: getattr(line, key) for key in keys} for line in getattr(lines, group)]
        for group in groups
    }
    head = {"schema": 1, "country": lines.cc, "name": lines.country, "emergency": lines.emergency}
    return {**head, **grouped, "note": lines.note, "remarks": list(lines.remarks)}


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("danger", epilog="Example: velveteen danger --journal notes.vv --none")(danger)
    app.command("help-now", epilog="Example: velveteen help-now --country IE")(help_now)
