"""`entries` and `erase`: what stands in a journal, and taking some of it out for good."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from velveteen.cli.opened import opened
from velveteen.cli.options import Journal, Json, PassphraseFile
from velveteen.cli.voice import Voice, person_is_here
from velveteen.problems import BadInput

if TYPE_CHECKING:
    from velveteen.journal.entries import Entry
    from velveteen.journal.sealed import SealedJournal

_SHORT = 8  # letters from an id's end; its beginning is the moment of writing, which many share
_SHOWN = 90
_COURTS = (
    "Please read this first. With --no-trace nobody can see that something was taken out, and it cannot be undone. If there "
    "is a court case, or may be one, a record that was changed like this can be held against you, and these words may be "
    "what you need. A lawyer or a helpline can tell you more. Without --no-trace the words go as well; only an empty place "
    "stays. If the words put you in danger here, your safety comes first."
)
_UNASKED = "There is nobody here to ask. Nothing was erased or changed. In a script, add --yes."


def entries(
    journal: Journal,
    day: Annotated[
        str | None,
        typer.Option("--day", metavar="DATE", help="Only this day, like 2026-03-05.", show_default=False),
    ] = None,
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    """List the entries that stand, with the short id that “velveteen erase” takes."""
    from velveteen.journal.entries import current

    on = _day(day)

    voice = Voice(as_json)
    with opened(journal, passphrase_file) as sealed:
        everything = sealed.entries()
    short = short_ids(everything)
    listed = [e for e in current(everything) if on is None or e.at.date() == on]
    for entry in listed:
        voice.say(_line(short[entry.id], entry))
    if not listed:
        voice.say("Nothing stands there.")
    voice.result({"schema": 1, "entries": [_as_dict(short[e.id], e) for e in listed]})


def erase(
    journal: Journal,
    ids: Annotated[
        list[str] | None,
        typer.Option(
            "--id",
            metavar="ID",
            help="An entry, by its id or the short one of “velveteen entries”; may be given again.",
        ),
    ] = None,
    no_trace: Annotated[
        bool, typer.Option("--no-trace", help="Leave no empty place either. Read the warning about courts.")
    ] = False,
    sure: Annotated[bool, typer.Option("--yes", help="Do not ask first.")] = False,
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    """Erase entries with every version of them. It cannot be undone. Without an id, clear what earlier erasing left."""
    from velveteen.guide.danger import after_erasing

    voice = Voice(as_json)
    with opened(journal, passphrase_file) as sealed:
        everything = sealed.entries()
        short = short_ids(everything)
        chosen = [_found(given, everything) for given in ids or ()]
        _keep_the_side(chosen)
        for entry in chosen:
            voice.say(_line(short[entry.id], entry))
        _ask(voice, sealed, len(chosen), no_trace=no_trace, sure=sure)
        count = sealed.erase([entry.id for entry in chosen], rewrite_chain=no_trace)
        sealed.append(after_erasing(everything, sealed.entries(), at=datetime.now()), known="keep")
    _say_erased(voice, count)
    voice.result({"schema": 1, "erased": count, "no_trace": no_trace})


def short_ids(entries: Iterable[Entry]) -> dict[str, str]:
    """The end of each id, or the whole of those whose end others share."""
    ids = [entry.id for entry in entries]
    ends: dict[str, int] = {}
    for one in ids:
        ends[one[-_SHORT:]] = ends.get(one[-_SHORT:], 0) + 1
    return {one: one[-_SHORT:] if ends[one[-_SHORT:]] == 1 else one for one in ids}


def _keep_the_side(chosen: list[Entry]) -> None:
    """Whose notes they are decides whether odds may stand in them; that is not taken out."""
    if any(e.kind == "setting" and e.payload.get("key") == "side" for e in chosen):
        message = "This entry says whose notes these are, and which safeguards they have. Nothing was erased or changed."
        raise BadInput("side_stays", message)


def _found(given: str, entries: list[Entry]) -> Entry:
    whole = [e for e in entries if e.id == given]
    ending = whole or [e for e in entries if len(given) >= _SHORT and e.id.endswith(given)]
    if len(ending) == 1:
        return ending[0]
    what = "More than one entry ends" if ending else "No entry has the id, or ends"
    message = f"{what} with “{given[:60]}”. Nothing was erased or changed. “velveteen entries” lists the ids."
    raise BadInput("no_such_entry", message)


def _ask(voice: Voice, sealed: SealedJournal, count: int, *, no_trace: bool, sure: bool) -> None:
    if no_trace:
        voice.say(_COURTS)
        if (problem := sealed.verify()) is not None:
            voice.say(f"{problem.message} After this, nothing will show that any more.")
    if sure or (not count and not no_trace):
        return
    if not person_is_here():
        raise BadInput("erase_unasked", _UNASKED)
    what = f"Erase {_counted(count)} for good" if count else "Take out the places that earlier erasing left"
    if not typer.confirm(f"{what}, with every version?" if count else f"{what}?", default=None, err=True):
        raise typer.Abort("Nothing was erased or changed.")


def _say_erased(voice: Voice, count: int) -> None:
    if not count:
        voice.say("No entry was named. What earlier erasing left in the file is cleared.")
        return
    voice.say(f"Erased: {_counted(count)}, earlier versions and corrections included.")
    voice.say(
        "Papers, exports, backups and other copies still have the words; so has the file they were imported from, which "
        "would bring them back."
    )


def _counted(count: int) -> str:
    return f"{count} {'entry' if count == 1 else 'entries'}"


def _line(short: str, entry: Entry) -> str:
    words = _words(entry)
    cut = words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…"
    return f"{short}  {entry.at:%Y-%m-%d}  {entry.kind}  {cut}".rstrip()


def _words(entry: Entry) -> str:
    said = [f"{key}: {value}" for key, value in entry.payload.items() if isinstance(value, str | int | float)]
    return " · ".join(" ".join(part.split()) for part in (*said, entry.facts, entry.feelings) if part)


def _as_dict(short: str, entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id, "short": short, "day": f"{entry.at:%Y-%m-%d}", "kind": entry.kind, "words": _words(entry),
    }  # fmt: skip


def _day(given: str | None) -> date | None:
    try:
        return None if given is None else date.fromisoformat(given)
    except ValueError:
        message = f"“{given}” is no day. Nothing was changed. Write it like 2026-03-05."
        raise BadInput("bad_day", message) from None


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("entries", epilog="Example: velveteen entries --journal notes.vv --day 2026-03-05")(entries)
    app.command("erase", epilog="Example: velveteen erase --journal notes.vv --id 4f1c9a2b")(erase)
